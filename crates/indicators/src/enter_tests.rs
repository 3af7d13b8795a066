use accounts::{Actor, Role};
use database::testing::for_each_backend;

use crate::testing::{World, administrator, city, code, entry, nation, now, period, province, unit};
use crate::{Entry, IndicatorsError, State, Verdict};

#[tokio::test]
async fn a_value_passes_from_draft_to_accepted_and_keeps_its_versions() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let draft = world.draft(&city(), 4, "A", "2025", 12.5).await;
        assert_eq!((draft.version, draft.state), (1, State::Draft));
        let sent = world.indicators.submit(now(), &city(), &[draft.seen()]).await.unwrap().remove(0);
        let seen = [sent.seen()];
        let back =
            world.indicators.review(now(), &province(), &seen, Verdict::Return("请核对")).await.unwrap().remove(0);
        assert_eq!((back.state, back.reason.as_str()), (State::Returned, "请核对"));
        let told = world.notices.inbox(notices::Inbox::Organisation(&unit(4)), None, 10).await.unwrap();
        assert_eq!(told.items.iter().map(|item| item.template.as_str()).collect::<Vec<_>>(), ["indicators.returned"]);
        let mended = world.draft(&city(), 4, "A", "2025", 13.0).await;
        let sent = world.indicators.submit(now(), &city(), &[mended.seen()]).await.unwrap().remove(0);
        let done =
            world.indicators.review(now(), &province(), &[sent.seen()], Verdict::Accept).await.unwrap().remove(0);
        assert_eq!((done.state, done.number, done.version), (State::Accepted, Some(13.0), 6));
        let locked = world.indicators.save(now(), &city(), &entry(4, "A", "2025", Some(14.0)), 6).await.unwrap_err();
        assert!(matches!(locked, IndicatorsError::Step { state: State::Accepted }));
        let seen = [done.seen()];
        world.indicators.review(now(), &province(), &seen, Verdict::Reopen("更正")).await.unwrap();
        world.draft(&city(), 4, "A", "2025", 14.0).await;
        let versions = world.indicators.versions(&city(), &unit(4), &code("A"), period("2025")).await.unwrap();
        let states: Vec<State> = versions.iter().map(|version| version.state).collect();
        let codes: Vec<&str> = states.iter().map(|state| state.code()).collect();
        let all = ["draft", "submitted", "returned", "draft", "submitted", "accepted", "returned", "draft"];
        assert_eq!(codes, all);
    })
    .await;
}

#[tokio::test]
async fn sent_twice_it_is_done_once() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let first = world.draft(&city(), 4, "A", "2025", 1.0).await;
        let again = world.indicators.save(now(), &city(), &entry(4, "A", "2025", Some(1.0)), 0).await.unwrap();
        assert_eq!(first, again);
        let sent = world.indicators.submit(now(), &city(), &[first.seen()]).await.unwrap().remove(0);
        assert_eq!(world.indicators.submit(now(), &city(), &[first.seen()]).await.unwrap(), []);
        world.indicators.review(now(), &province(), &[sent.seen()], Verdict::Accept).await.unwrap();
        assert_eq!(world.indicators.review(now(), &province(), &[sent.seen()], Verdict::Accept).await.unwrap(), []);
        let versions = world.indicators.versions(&city(), &unit(4), &code("A"), period("2025")).await.unwrap();
        assert_eq!(versions.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn two_people_who_edit_one_value_do_not_overwrite_each_other() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let draft = world.draft(&city(), 4, "A", "2025", 1.0).await;
        let other = administrator(44, &[4]);
        let (one, two) = (entry(4, "A", "2025", Some(2.0)), entry(4, "A", "2025", Some(3.0)));
        let city = city();
        let (first, second) = tokio::join!(
            world.indicators.save(now(), &city, &one, draft.version),
            world.indicators.save(now(), &other, &two, draft.version)
        );
        let failed: Vec<_> = [first, second].into_iter().filter_map(Result::err).collect();
        assert!(matches!(&failed[..], [IndicatorsError::Stale { now }] if now.version == 2), "{failed:?}");
        // The same, where nothing was yet.
        let (one, two) = (entry(4, "B", "2025", Some(2.0)), entry(4, "B", "2025", Some(3.0)));
        let (first, second) =
            tokio::join!(world.indicators.save(now(), &city, &one, 0), world.indicators.save(now(), &other, &two, 0));
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|done| **done).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_cannot() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let asked = entry(4, "A", "2025", Some(1.0));
        let staff = {
            let cover = accounts::Cover::At([unit(4)].into());
            let grants = vec![accounts::Grant { role: Role::OutletStaff, cover }];
            Actor::person(accounts::PersonId(crate::testing::id(77)), "李工", grants)
        };
        for other in [Actor::visitor(), staff, administrator(5, &[5])] {
            let refused = world.indicators.save(now(), &other, &asked, 0).await.unwrap_err();
            assert!(matches!(refused, IndicatorsError::Denied(_)));
        }
        let draft = world.draft(&city(), 4, "A", "2025", 1.0).await;
        let sent = world.indicators.submit(now(), &city(), &[draft.seen()]).await.unwrap().remove(0);
        for other in [city(), administrator(3, &[3, 6]), Actor::visitor()] {
            for verdict in [Verdict::Accept, Verdict::Return("不"), Verdict::Reopen("不")] {
                let refused = world.indicators.review(now(), &other, &[sent.seen()], verdict).await.unwrap_err();
                assert!(matches!(refused, IndicatorsError::Denied(_)), "a unit never accepts itself");
            }
        }
        assert!(world.indicators.entered(&administrator(5, &[5]), &unit(4), &code("A"), period("2025")).await.is_err());
        assert!(world.indicators.waiting(&city(), crate::testing::today()).await.unwrap().is_empty());
        assert_eq!(world.indicators.waiting(&province(), crate::testing::today()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_entered_is_told_with_the_reason() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let said = |entry: Entry| {
            let world = world.clone();
            async move { world.indicators.save(now(), &nation(), &entry, 0).await.unwrap_err().to_string() }
        };
        assert!(said(entry(2, "A", "2025", Some(1.0))).await.contains("not kept at this level"));
        assert!(said(entry(4, "A-UP", "2025", Some(1.0))).await.contains("made by the platform"));
        assert!(said(entry(4, "A", "2025-Q1", Some(1.0))).await.contains("this kind of period"));
        assert!(said(entry(4, "A", "2027", Some(1.0))).await.contains("has not begun"));
        assert!(said(entry(4, "NONE", "2025", Some(1.0))).await.contains("no indicator NONE"));
        assert!(said(entry(4, "A", "2025", Some(1.234))).await.contains("1 digits"));
    })
    .await;
}

#[tokio::test]
async fn rules_are_asked_when_it_is_sent_and_all_or_nothing_goes() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.accepted(4, "A", "2024", 100.0).await;
        let quiet = Entry { note: String::new(), ..entry(4, "A", "2025", Some(190.0)) };
        let leap = world.indicators.save(now(), &city(), &quiet, 0).await.unwrap();
        assert_eq!(world.indicators.look_at(now(), &city(), &quiet).await.unwrap().len(), 1);
        let sound = world.draft(&city(), 4, "B", "2025", 5.0).await;
        let refused = world.indicators.submit(now(), &city(), &[leap.seen(), sound.seen()]).await.unwrap_err();
        assert!(matches!(&refused, IndicatorsError::Invalid(faults) if faults.len() == 1 && faults[0].field == "A"));
        let kept = world.indicators.entered(&city(), &unit(4), &code("B"), period("2025")).await.unwrap().unwrap();
        assert_eq!(kept.state, State::Draft, "nothing was sent");
    })
    .await;
}
