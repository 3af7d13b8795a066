use accounts::Actor;
use database::testing::for_each_backend;
use jiff::civil::date;

use super::*;
use crate::testing::{World, client, colleague, days, keeper, key, nation, now, province, told};
use crate::{EventQuery, Grade};

#[tokio::test]
async fn an_event_is_drafted_announced_and_counts_after_the_days_for_objections() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await;
        let drafted = world.draft(&agency, (1, "M06")).await.unwrap();
        assert_eq!((drafted.state, drafted.points, drafted.edition), (EventState::Draft, -25, 1));
        for stranger in [client(1), Actor::visitor(), keeper(30, &[3])] {
            assert!(world.credit.event(&stranger, &drafted.id).await.is_err(), "a draft is seen by keepers only");
            assert!(world.credit.events_of(&stranger, &agency.id).await.unwrap().is_empty());
        }
        let event = world.announced(&agency, (1, "M06")).await;
        assert_eq!(event.id, drafted.id, "the same key is the same event");
        assert_eq!(event.objections_until, Some(date(2026, 6, 16)));
        assert!(world.credit.event(&Actor::visitor(), &event.id).await.is_ok());
        assert_eq!(world.credit.score_of(&agency.id, date(2026, 6, 16)).await.unwrap().unwrap().total, 100);
        assert_eq!(settle(&database, days(15)).await.unwrap(), 0, "the last day for objections is not over");
        assert_eq!(settle(&database, days(40)).await.unwrap(), 1);
        assert_eq!(settle(&database, days(40)).await.unwrap(), 0);
        let (event, parts) = world.credit.event(&province(), &event.id).await.unwrap();
        assert_eq!((event.state, event.counts_from), (EventState::InForce, Some(date(2026, 6, 17))));
        assert_eq!(parts.iter().map(|part| part.act).collect::<Vec<_>>(), [Act::Draft, Act::Announce, Act::TakeEffect]);
        let score = world.credit.score_of(&agency.id, date(2026, 6, 17)).await.unwrap().unwrap();
        assert_eq!((score.total, score.grade), (75, Grade::C));
        let asked = crate::AgencyQuery { grade: Some(Grade::C), ..crate::AgencyQuery::default() };
        let found = world.credit.agencies(date(2026, 6, 17), &asked).await.unwrap();
        assert_eq!((found.rows.len(), found.total, found.grades[3]), (1, 1, (Grade::C, 1)));
    })
    .await;
}

#[tokio::test]
async fn only_keepers_of_the_agency_work_its_events() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await;
        let event = world.draft(&agency, (1, "M02")).await.unwrap();
        for stranger in [client(1), Actor::visitor(), keeper(30, &[3])] {
            let mut write = database.write().await.unwrap();
            let (key, told) = (key(9), told("M02"));
            let new = NewEvent { key: &key, agency: &agency.id, told: &told };
            assert!(matches!(draft(&mut write, now(), &stranger, &new).await, Err(CreditError::Denied(_))));
            let step = Step { id: &event.id, version: 1, words: "x" };
            assert!(announce(&mut write, now(), &stranger, step).await.is_err());
            assert!(withdraw(&mut write, now(), &stranger, step).await.is_err());
        }
        assert!(world.credit.events(&client(1), &EventQuery::default()).await.is_err());
        let other = world.credit.events(&keeper(30, &[3]), &EventQuery::default()).await.unwrap();
        assert!(other.rows.is_empty());
        let above = world.credit.events(&nation(), &EventQuery::default()).await.unwrap();
        assert_eq!(above.rows.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_changed_and_faults_are_named_together() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await;
        let event = world.draft(&agency, (1, "M02")).await.unwrap();
        let mut write = database.write().await.unwrap();
        let wrong = Told { happened: date(2027, 1, 1), facts: " ".to_owned(), ..told("X99") };
        let refused = edit_draft(&mut write, now(), &province(), (&event.id, 1), &wrong).await.unwrap_err();
        let CreditError::Invalid(faults) = &refused else { panic!("{refused}") };
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["facts", "happened", "rule"]);
        let after = edit_draft(&mut write, now(), &colleague(), (&event.id, 1), &told("M05")).await.unwrap();
        assert_eq!((after.version, after.points), (2, -15));
        let stale = edit_draft(&mut write, now(), &province(), (&event.id, 1), &told("M05")).await.unwrap_err();
        assert!(matches!(stale, CreditError::Stale { version: 2 }), "{stale}");
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_counts_no_more_and_stays_in_the_history() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await;
        let event = world.in_force(&agency, (1, "M06")).await;
        let mut write = database.write().await.unwrap();
        let silent = Step { id: &event.id, version: event.version, words: " " };
        assert!(matches!(withdraw(&mut write, days(30), &province(), silent).await, Err(CreditError::Invalid(_))));
        let step = Step { words: "录入有误", ..silent };
        let after = withdraw(&mut write, days(30), &province(), step).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(after.ended, Some(date(2026, 7, 1)));
        let total = async |day| world.credit.score_of(&agency.id, day).await.unwrap().unwrap().total;
        assert_eq!((total(date(2026, 6, 30)).await, total(date(2026, 7, 1)).await), (75, 100));
        assert_eq!(world.credit.events_of(&Actor::visitor(), &agency.id).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_announce_and_settle_at_once_each_thing_happens_once() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await;
        let event = world.draft(&agency, (1, "M02")).await.unwrap();
        let tries = (0..6).map(|_| {
            let (database, id) = (database.clone(), event.id.clone());
            tokio::spawn(async move {
                let mut write = database.write().await?;
                announce(&mut write, now(), &province(), Step { id: &id, version: 1, words: "" }).await?;
                write.commit().await?;
                Ok::<_, CreditError>(())
            })
        });
        let mut won = 0;
        for outcome in tries.collect::<Vec<_>>() {
            match outcome.await.unwrap() {
                Ok(()) => won += 1,
                Err(CreditError::Stale { .. }) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(won, 1);
        let settlers: Vec<_> = (0..6)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move { settle(&database, days(20)).await.unwrap() })
            })
            .collect();
        let mut settled = 0;
        for settler in settlers {
            settled += settler.await.unwrap();
        }
        assert_eq!(settled, 1);
    })
    .await;
}
