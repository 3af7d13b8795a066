use database::testing::for_each_backend;
use notices::Inbox;

use super::*;
use crate::testing::{Staff, World, actor, days, lead, now, person, province};

async fn one(world: &World) -> Warning {
    world.check(&Staff::of(&[(3, Some(1.0))]), now()).await;
    world.open().await.remove(0)
}

#[tokio::test]
async fn a_warning_is_acknowledged_given_to_a_person_closed_and_opened_again() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let mut at = one(&world).await;
        let steps = [
            (Act::Acknowledge, State::Acknowledged),
            (Act::Assign, State::Acknowledged),
            (Act::Comment, State::Acknowledged),
            (Act::Close, State::Closed),
            (Act::Comment, State::Closed),
            (Act::Reopen, State::Acknowledged),
            (Act::Close, State::Closed),
        ];
        for (act, state) in steps {
            at = world.step(days(1), &lead(3), (&at, act)).await.unwrap();
            assert_eq!(at.state, state, "{act}");
        }
        assert_eq!((at.assignee.clone(), at.outcome), (Some(person(103)), Some(Outcome::Tolerated)));
        assert_eq!(world.heard(Inbox::Person(&person(103).0)).await, ["warning.assigned"]);
        let (_, events) = world.warnings.warning(&province(), &at.id).await.unwrap();
        assert_eq!(events.iter().map(|event| event.number).collect::<Vec<_>>(), (1..=8).collect::<Vec<_>>());
        let wrong = world.step(days(1), &lead(3), (&at, Act::Acknowledge)).await.unwrap_err();
        assert!(matches!(wrong, WarningsError::Step { .. }) && wrong.text("zh").contains("已关闭"), "{wrong}");
    })
    .await;
}

#[tokio::test]
async fn a_step_needs_its_words_and_someone_who_may() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let at = one(&world).await;
        let mut write = database.write().await.unwrap();
        let close = Step { id: &at.id, version: 1, act: Act::Close, words: " ", assignee: None, outcome: None };
        let Err(WarningsError::Invalid(faults)) = step(&mut write, now(), &lead(3), &close).await else {
            panic!("closed without a word")
        };
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["words", "outcome"]);
        let auditor = actor(9, accounts::Role::Auditor, &[1, 2, 3, 4]);
        for stranger in [lead(4), auditor, Actor::visitor()] {
            let sound = Step { words: "好", outcome: Some(Outcome::DealtWith), ..close.clone() };
            assert!(step(&mut write, now(), &stranger, &sound).await.is_err());
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_who_close_at_once_one_is_told() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let at = one(&world).await;
        let tries = [Act::Close, Act::Acknowledge, Act::Comment].map(|act| {
            let (world, at) = (world.clone(), at.clone());
            tokio::spawn(async move { world.step(now(), &lead(3), (&at, act)).await })
        });
        let (mut won, mut told) = (0, 0);
        for outcome in tries {
            match outcome.await.unwrap() {
                Ok(_) => won += 1,
                Err(WarningsError::Stale { version: 2 }) => told += 1,
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!((won, told), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_closed_warning_is_not_opened_beside_a_newer_one() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let first = one(&world).await;
        let closed = world.step(days(1), &lead(3), (&first, Act::Close)).await.unwrap();
        world.check(&Staff::of(&[(3, Some(5.0))]), days(2)).await;
        world.check(&Staff::of(&[(3, Some(1.0))]), days(100)).await;
        let refused = world.step(days(101), &lead(3), (&closed, Act::Reopen)).await.unwrap_err();
        assert!(matches!(refused, WarningsError::OpenAlready), "{refused}");
    })
    .await;
}
