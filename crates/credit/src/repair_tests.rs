use database::testing::for_each_backend;
use jiff::civil::date;

use super::*;
use crate::testing::{World, client, colleague, days, key, province};
use crate::{EventState, Grade};

async fn applied(world: &World, at: Timestamp, event: &EventId, number: u32) -> Result<Paper, CreditError> {
    let mut write = world.database.write().await?;
    let (key, evidence) = (key(number), ["缴款凭证".to_owned()]);
    let new = NewPaper {
        key: &key,
        kind: PaperKind::Repair,
        event,
        capacity: "代理机构",
        words: "已缴清并整改",
        evidence: &evidence,
    };
    let repair = hand_in(&mut write, at, &client(1), &new).await?;
    write.commit().await?;
    Ok(repair)
}

async fn decided(world: &World, by: &Actor, repair: &Paper, outcome: Outcome) -> Result<Paper, CreditError> {
    let mut write = world.database.write().await?;
    let decision = Decision { id: &repair.id, version: repair.version, outcome, rule: None, reason: "材料齐全" };
    let after = decide(&mut write, days(250), by, &decision).await?;
    write.commit().await?;
    Ok(after)
}

#[tokio::test]
async fn a_repaired_event_counts_no_more_and_stays_in_the_history() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let agency = world.agency(1).await;
        let event = world.in_force(&agency, (1, "M06")).await;
        let early = applied(&world, days(100), &event.id, 70).await.unwrap_err();
        assert!(matches!(early, CreditError::TooEarly { from } if from == date(2026, 12, 17)), "{early}");
        let first = applied(&world, days(240), &event.id, 71).await.unwrap();
        let twice = applied(&world, days(240), &event.id, 72).await.unwrap_err();
        assert!(matches!(twice, CreditError::Step { state: EventState::Repairing, .. }), "{twice}");
        let own = decided(&world, &province(), &first, Outcome::Granted).await.unwrap_err();
        assert!(matches!(own, CreditError::OwnMatter), "{own}");
        decided(&world, &colleague(), &first, Outcome::Refused).await.unwrap();
        let second = applied(&world, days(245), &event.id, 73).await.unwrap();
        decided(&world, &colleague(), &second, Outcome::Granted).await.unwrap();
        let (event, _) = world.credit.event(&Actor::visitor(), &event.id).await.unwrap();
        assert_eq!((event.state, event.ended), (EventState::Repaired, Some(date(2027, 2, 6))));
        let grade = async |day| world.credit.score_of(&agency.id, day).await.unwrap().unwrap().grade;
        assert_eq!((grade(date(2027, 2, 5)).await, grade(date(2027, 2, 6)).await), (Grade::C, Grade::A));
        assert_eq!(world.credit.papers_of(&client(1), &event.id).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn some_events_know_no_repair() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let agency = world.agency(1).await;
        for (number, rule) in [(1, "M08"), (2, "P01")] {
            let event = world.in_force(&agency, (number, rule)).await;
            let refused = applied(&world, days(900), &event.id, 80 + number).await.unwrap_err();
            assert!(matches!(refused, CreditError::NoRepair), "{rule}: {refused}");
        }
    })
    .await;
}
