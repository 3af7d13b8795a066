use accounts::Role;
use database::Database;
use database::testing::for_each_backend;
use jiff::civil::date;
use sqlx::Row as _;

use super::*;
use crate::testing::{administrator, drafted, id, item, now, open, organisation, person, published, seen};
use crate::{ItemQuery, Services, Text};

/// What happened to an item, in words.
async fn events(services: &Services, actor: &Actor, code: &ItemCode) -> Vec<(i64, EventKind)> {
    let history = services.history(actor, code).await.unwrap();
    history.into_iter().map(|event| (event.number, event.kind)).collect()
}

async fn audited(database: &Database) -> i64 {
    let mut read = database.read().await.unwrap();
    let count = "SELECT COUNT(*) FROM accounts_audit WHERE kind = 'service-item'";
    database::query(count).fetch_one(&mut *read).await.unwrap().try_get(0).unwrap()
}

#[tokio::test]
async fn a_draft_is_not_public_until_it_is_published() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let draft = drafted(&database, 1, &item("X-1")).await.unwrap();
        assert_eq!((draft.number, draft.state, draft.revision), (1, VersionState::Draft, 1));
        let visitor = Actor::visitor();
        assert!(matches!(services.version(&visitor, &draft.code, 1).await, Err(ServicesError::NoVersion { .. })));
        assert!(matches!(services.versions(&visitor, &draft.code).await, Err(ServicesError::NoItem(_))));
        assert!(matches!(services.history(&visitor, &draft.code).await, Err(ServicesError::NoItem(_))));
        assert!(matches!(services.drafts(&visitor).await, Err(ServicesError::Denied(_))));
        assert_eq!(services.version_on(&draft.code, date(2026, 6, 1)).await.unwrap(), None);
        assert_eq!(services.drafts(&administrator()).await.unwrap(), std::slice::from_ref(&draft));

        let version = published(&database, &draft, date(2026, 6, 10)).await.unwrap();
        assert_eq!((version.state, version.from, version.to), (VersionState::Published, Some(date(2026, 6, 10)), None));
        assert_eq!(services.version(&visitor, &draft.code, 1).await.unwrap(), version);
        assert_eq!(services.version_on(&draft.code, date(2026, 6, 9)).await.unwrap(), None);
        assert_eq!(services.version_on(&draft.code, date(2026, 6, 10)).await.unwrap(), Some(version));
        assert_eq!(events(&services, &visitor, &draft.code).await, [(1, EventKind::Published)]);
        let history = services.history(&visitor, &draft.code).await.unwrap();
        assert!(history.iter().all(|event| event.by.is_none()), "the public is told no persons");
        assert!(services.history(&administrator(), &draft.code).await.unwrap().iter().all(|event| event.by.is_some()));
        assert_eq!(audited(&database).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_new_version_ends_the_old_one_without_a_gap_or_an_overlap() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let first = drafted(&database, 1, &item("X-1")).await.unwrap();
        published(&database, &first, date(2020, 1, 1)).await.unwrap();
        let mut changed = item("X-1");
        changed.title = Text::new("新名称", "New title");
        let second = drafted(&database, 2, &changed).await.unwrap();
        published(&database, &second, date(2026, 9, 1)).await.unwrap();
        // A third one, earlier than the second: it ends where the second begins.
        let third = drafted(&database, 3, &item("X-1")).await.unwrap();
        let third = published(&database, &third, date(2026, 7, 1)).await.unwrap();
        assert_eq!(third.to, Some(date(2026, 9, 1)));
        let number = async |day| services.version_on(&first.code, day).await.unwrap().map(|version| version.number);
        assert_eq!(number(date(2019, 12, 31)).await, None);
        assert_eq!(number(date(2020, 1, 1)).await, Some(1));
        assert_eq!(number(date(2026, 6, 30)).await, Some(1));
        assert_eq!(number(date(2026, 7, 1)).await, Some(3));
        assert_eq!(number(date(2026, 8, 31)).await, Some(3));
        assert_eq!(number(date(2026, 9, 1)).await, Some(2));
        // A fourth from the day of the second takes its place whole; the number of the second still answers.
        let fourth = drafted(&database, 4, &item("X-1")).await.unwrap();
        published(&database, &fourth, date(2026, 9, 1)).await.unwrap();
        assert_eq!(number(date(2026, 9, 1)).await, Some(4));
        let second = services.version(&Actor::visitor(), &first.code, 2).await.unwrap();
        assert_eq!((second.from, second.to, &second.item), (Some(date(2026, 9, 1)), Some(date(2026, 9, 1)), &changed));
        let events = events(&services, &Actor::visitor(), &first.code).await;
        let superseded = events.iter().filter(|(_, kind)| *kind == EventKind::Superseded).map(|(number, _)| *number);
        assert_eq!(superseded.collect::<Vec<_>>(), [1, 1, 2], "the end of the first moved twice");
    })
    .await;
}

#[tokio::test]
async fn what_was_in_force_is_not_rewritten() {
    for_each_backend(|database| async move {
        open(&database).await;
        let first = drafted(&database, 1, &item("X-1")).await.unwrap();
        let first = published(&database, &first, date(2020, 1, 1)).await.unwrap();
        let second = drafted(&database, 2, &item("X-1")).await.unwrap();
        let early = published(&database, &second, date(2026, 5, 31)).await;
        assert!(matches!(early, Err(ServicesError::Day { .. })), "yesterday");
        published(&database, &second, date(2026, 6, 1)).await.unwrap();
        let mut write = database.write().await.unwrap();
        let error = edit(&mut write, now(), &administrator(), seen(&first), &item("X-1")).await.unwrap_err();
        assert!(matches!(error, ServicesError::Stale { .. }), "{error}");
        let again = crate::version(&mut write, &administrator(), &first.code, 1).await.unwrap();
        let error = edit(&mut write, now(), &administrator(), seen(&again), &item("X-1")).await.unwrap_err();
        assert!(matches!(error, ServicesError::State { state: VersionState::Published, .. }), "{error}");
    })
    .await;
}

#[tokio::test]
async fn the_same_key_again_answers_the_same_draft() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move { drafted(&database, 1, &item("X-1")).await })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap().unwrap().number, 1);
        }
        assert_eq!(services.drafts(&administrator()).await.unwrap().len(), 1);
        assert_eq!(audited(&database).await, 1);
        let other = drafted(&database, 2, &item("X-1")).await;
        assert!(matches!(other, Err(ServicesError::DraftOpen { number: 1, .. })));
        assert!(matches!(drafted(&database, 1, &item("X-2")).await, Err(ServicesError::KeyTaken(_))));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_edit_the_same_revision_one_wins_and_one_is_told() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let draft = drafted(&database, 1, &item("X-1")).await.unwrap();
        let tasks: Vec<_> = (0..4)
            .map(|who| {
                let (database, draft) = (database.clone(), draft.clone());
                tokio::spawn(async move {
                    let mut changed = draft.item.clone();
                    changed.title = Text::new(format!("名{who}"), format!("Title {who}"));
                    let mut write = database.write().await.unwrap();
                    let outcome = edit(&mut write, now(), &administrator(), seen(&draft), &changed).await;
                    if outcome.is_ok() {
                        write.commit().await.unwrap();
                    }
                    outcome
                })
            })
            .collect();
        let (mut won, mut told) = (Vec::new(), Vec::new());
        for task in tasks {
            match task.await.unwrap() {
                Ok(version) => won.push(version),
                Err(ServicesError::Stale { now }) => told.push(*now),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!((won.len(), told.len()), (1, 3));
        assert!(told.iter().all(|now| *now == won[0]), "the others see what won");
        assert_eq!(services.version(&administrator(), &draft.code, 1).await.unwrap(), won[0]);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_version_ends_and_says_why() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let draft = drafted(&database, 1, &item("X-1")).await.unwrap();
        let version = published(&database, &draft, date(2020, 1, 1)).await.unwrap();
        let on = date(2026, 6, 5);
        for (day, reason) in [(on, "  "), (date(2026, 5, 1), "停办")] {
            let mut write = database.write().await.unwrap();
            let error = withdraw(&mut write, now(), &administrator(), seen(&version), day, reason).await.unwrap_err();
            assert!(matches!(error, ServicesError::NoReason | ServicesError::Day { .. }), "{error}");
        }
        let mut write = database.write().await.unwrap();
        let after = withdraw(&mut write, now(), &administrator(), seen(&version), on, "停办").await.unwrap();
        write.commit().await.unwrap();
        assert_eq!((after.state, after.to), (VersionState::Withdrawn, Some(on)));
        assert!(services.version_on(&draft.code, date(2026, 6, 4)).await.unwrap().is_some());
        assert_eq!(services.version_on(&draft.code, on).await.unwrap(), None);
        let history = services.history(&Actor::visitor(), &draft.code).await.unwrap();
        assert_eq!(history.last().unwrap().reason.as_deref(), Some("停办"));
        // It can come back as a new version.
        let again = drafted(&database, 2, &item("X-1")).await.unwrap();
        published(&database, &again, date(2026, 7, 1)).await.unwrap();
        assert_eq!(services.version_on(&draft.code, date(2026, 6, 20)).await.unwrap(), None);
        assert_eq!(services.version_on(&draft.code, date(2026, 7, 1)).await.unwrap().unwrap().number, 2);
    })
    .await;
}

#[tokio::test]
async fn a_version_that_is_planned_can_be_taken_back() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let draft = drafted(&database, 1, &item("X-1")).await.unwrap();
        let planned = published(&database, &draft, date(2026, 8, 1)).await.unwrap();
        let mut write = database.write().await.unwrap();
        withdraw(&mut write, now(), &administrator(), seen(&planned), date(2026, 6, 1), "有误").await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(services.version_on(&draft.code, date(2026, 8, 1)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_draft_given_up_makes_room_for_another() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let draft = drafted(&database, 1, &item("X-1")).await.unwrap();
        let mut write = database.write().await.unwrap();
        let after = discard(&mut write, now(), &administrator(), seen(&draft), None).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(after.state, VersionState::Discarded);
        assert_eq!(services.drafts(&administrator()).await.unwrap(), []);
        assert_eq!(drafted(&database, 2, &item("X-1")).await.unwrap().number, 2);
    })
    .await;
}

#[tokio::test]
async fn each_keeps_its_own_items_and_sees_no_others_drafts() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let (here, there) = (person(1, Role::Administrator, &[1]), person(2, Role::Administrator, &[2]));
        let keeper = organisation(1);
        let mine = item("X-1");
        let mut write = database.write().await.unwrap();
        let new = NewDraft { key: &id(1), keeper: Some(&keeper), item: &mine };
        let denied = draft(&mut write, now(), &there, &new).await.unwrap_err();
        assert!(matches!(denied, ServicesError::Denied(_)), "not for another organisation");
        drop(write);
        let mut write = database.write().await.unwrap();
        let made = draft(&mut write, now(), &here, &new).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(services.drafts(&there).await.unwrap(), []);
        assert_eq!(services.drafts(&here).await.unwrap().len(), 1);
        assert!(services.version(&there, &made.code, 1).await.is_err());
        for actor in [Actor::visitor(), there, person(3, Role::OutletLead, &[1]), person(4, Role::Auditor, &[1])] {
            for step in 0..4 {
                let mut write = database.write().await.unwrap();
                let outcome = match step {
                    0 => edit(&mut write, now(), &actor, seen(&made), &mine).await,
                    1 => publish(&mut write, now(), &actor, seen(&made), (date(2026, 6, 1), None), None).await,
                    2 => discard(&mut write, now(), &actor, seen(&made), None).await,
                    _ => withdraw(&mut write, now(), &actor, seen(&made), date(2026, 6, 1), "x").await,
                };
                assert!(matches!(outcome, Err(ServicesError::Denied(_))), "{actor:?} {step}");
            }
        }
        let mut write = database.write().await.unwrap();
        let nobodys = NewDraft { key: &id(9), keeper: None, item: &item("X-9") };
        assert!(matches!(draft(&mut write, now(), &here, &nobodys).await, Err(ServicesError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn an_unsound_item_is_refused_with_everything_that_is_wrong() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let mut wrong = item("X-1");
        wrong.title.en = String::new();
        wrong.steps.clear();
        wrong.form.steps.clear();
        let Err(ServicesError::Invalid(faults)) = drafted(&database, 1, &wrong).await else { panic!("refused") };
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["title.en", "steps", "form"]);
        assert_eq!(services.items_on(date(2026, 6, 1), &ItemQuery::default()).await.unwrap(), []);
        let mut other = item("X-1");
        let draft = drafted(&database, 1, &other).await.unwrap();
        other.code = "X-2".parse().unwrap();
        let mut write = database.write().await.unwrap();
        let error = edit(&mut write, now(), &administrator(), seen(&draft), &other).await.unwrap_err();
        assert!(matches!(error, ServicesError::Invalid(_)), "the code stays");
    })
    .await;
}
