use accounts::Actor;
use database::testing::for_each_backend;
use notices::Inbox;

use super::*;
use crate::testing::{World, client, colleague, days, key, nation, now, organisation, person, province};
use crate::{EventState, settle};

fn new<'a>(key: &'a str, event: &'a EventId, evidence: &'a [String]) -> NewPaper<'a> {
    NewPaper {
        key, kind: PaperKind::Objection, event, capacity: "代理机构负责人", words: "当日已完成补报", evidence
    }
}

async fn objected(world: &World, event: &EventId) -> Paper {
    let mut write = world.database.write().await.unwrap();
    let (key, evidence) = (key(50), ["回执".to_owned()]);
    let made = hand_in(&mut write, days(3), &client(1), &new(&key, event, &evidence)).await.unwrap();
    let again = hand_in(&mut write, days(3), &client(1), &new(&key, event, &evidence)).await.unwrap();
    assert_eq!(made, again);
    write.commit().await.unwrap();
    made
}

async fn ruled(
    world: &World,
    by: &Actor,
    objection: &Paper,
    (outcome, rule): (Outcome, Option<&str>),
) -> Result<Paper, CreditError> {
    let mut write = world.database.write().await?;
    let ruling = Decision { id: &objection.id, version: objection.version, outcome, rule, reason: "经复核" };
    let after = decide(&mut write, days(30), by, &ruling).await?;
    write.commit().await?;
    Ok(after)
}

#[tokio::test]
async fn an_objection_holds_the_event_until_another_person_decides() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await;
        let event = world.announced(&agency, (1, "M02")).await;
        let objection = objected(&world, &event.id).await;
        assert_eq!(settle(&database, days(20)).await.unwrap(), 0, "it waits for the decision");
        assert_eq!(world.heard(Inbox::Organisation(&organisation(2))).await, ["credit.objected"]);
        let own = ruled(&world, &province(), &objection, (Outcome::Rejected, None)).await.unwrap_err();
        assert!(matches!(own, CreditError::OwnMatter), "{own}");
        assert!(ruled(&world, &client(1), &objection, (Outcome::Granted, None)).await.is_err());
        ruled(&world, &colleague(), &objection, (Outcome::Rejected, None)).await.unwrap();
        assert_eq!(world.heard(Inbox::Person(&person(1).0)).await, ["credit.objection-decided"]);
        assert_eq!(settle(&database, days(40)).await.unwrap(), 1);
        let (event, _) = world.credit.event(&province(), &event.id).await.unwrap();
        assert_eq!(event.counts_from.unwrap().to_string(), "2026-07-02", "the day after the decision");
        let seen = world.credit.papers_of(&client(1), &event.id).await.unwrap();
        assert!(seen.len() == 1 && world.credit.papers_of(&client(2), &event.id).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_objection_may_cancel_the_event_or_put_it_under_another_rule() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await;
        let event = world.announced(&agency, (1, "M06")).await;
        let objection = objected(&world, &event.id).await;
        let same = ruled(&world, &nation(), &objection, (Outcome::Partly, Some("M06"))).await.unwrap_err();
        assert!(matches!(same, CreditError::Invalid(_)), "{same}");
        ruled(&world, &nation(), &objection, (Outcome::Partly, Some("M05"))).await.unwrap();
        let (event, _) = world.credit.event(&province(), &event.id).await.unwrap();
        assert_eq!((event.state, event.points), (EventState::Announced, -15));
        let again = ruled(&world, &nation(), &objection, (Outcome::Granted, None)).await.unwrap_err();
        assert!(matches!(again, CreditError::Stale { .. }), "{again}");
        let mut write = database.write().await.unwrap();
        let (key, evidence) = (key(51), []);
        let second = hand_in(&mut write, days(30), &client(2), &new(&key, &event.id, &evidence)).await.unwrap_err();
        assert!(matches!(second, CreditError::AlreadyObjected), "{second}");
        drop(write);

        let event = world.announced(&world.agency(2).await, (2, "M06")).await;
        let mut write = database.write().await.unwrap();
        let third = crate::testing::key(52);
        let late = hand_in(&mut write, days(16), &client(2), &new(&third, &event.id, &evidence)).await.unwrap_err();
        assert!(matches!(late, CreditError::TooLate { .. }), "{late}");
        let made = hand_in(&mut write, days(15), &client(2), &new(&third, &event.id, &evidence)).await.unwrap();
        write.commit().await.unwrap();
        ruled(&world, &nation(), &made, (Outcome::Granted, None)).await.unwrap();
        assert!(world.credit.event(&Actor::visitor(), &event.id).await.is_err(), "a cancelled event is public no more");
        assert_eq!(
            world.credit.score_of(&event.agency, crate::office_day(days(400))).await.unwrap().unwrap().total,
            100
        );
    })
    .await;
}

#[tokio::test]
async fn a_visitor_signs_in_to_object() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let event = world.announced(&world.agency(1).await, (1, "M02")).await;
        let mut write = database.write().await.unwrap();
        let key = key(60);
        let refused = hand_in(&mut write, now(), &Actor::visitor(), &new(&key, &event.id, &[])).await.unwrap_err();
        assert!(matches!(refused, CreditError::Denied(_)), "{refused}");
    })
    .await;
}
