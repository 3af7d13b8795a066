use accounts::Actor;
use database::testing::for_each_backend;

use super::*;
use crate::Act;
use crate::testing::{World, client, lead, now, on, staff};

async fn round(world: &World, day: &str) -> Vec<(WarningRule, u64)> {
    let program = Actor::system("monitor");
    world.cases.monitor(on(day), By::from(&program)).await.unwrap().warnings
}

#[tokio::test]
async fn each_rule_warns_once_for_a_case_and_period() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let one = world.submitted(1, 1).await.case;
        let two = world.submitted(2, 1).await.case;
        world.act(now(), &staff(1), &two, Act::Accept).await.unwrap();
        assert_eq!(round(&world, "2026-06-03").await, []);
        assert_eq!(round(&world, "2026-06-04").await, [(WarningRule::DueSoon, 2)]);
        assert_eq!(round(&world, "2026-06-05").await, [], "said once");
        let late = [(WarningRule::NotAccepted, 1), (WarningRule::Late, 1)];
        assert_eq!(round(&world, "2026-06-09").await, late);
        assert!(world.get(&one.id).await.escalated, "whoever leads sees it");
        assert_eq!(world.get(&one.id).await.version, 1, "nobody's view of it becomes stale");
        assert_eq!(round(&world, "2026-06-16").await, [(WarningRule::Idle, 2)], "nothing happened for two weeks");
        let warnings = world.cases.warnings(By::from(&lead(1)), None, now()).await.unwrap();
        assert_eq!(warnings.len(), 6);
        assert!(world.cases.warnings(By::from(&lead(2)), None, now()).await.unwrap().is_empty());
        assert_eq!(world.count("SELECT COUNT(*) FROM accounts_audit WHERE action = 'case.warn'").await, 6);
    })
    .await;
}

#[tokio::test]
async fn a_moved_deadline_is_warned_of_anew_and_a_clock_that_stands_is_not_late() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let case = world.submitted(1, 1).await.case;
        let case = world.act(now(), &staff(1), &case, Act::Accept).await.unwrap();
        assert_eq!(round(&world, "2026-06-04").await, [(WarningRule::DueSoon, 1)]);
        let pause = Act::Pause { reason: "等待当事人".to_owned() };
        let case = world.act(on("2026-06-05"), &staff(1), &case, pause).await.unwrap();
        assert_eq!(round(&world, "2026-06-30").await, []);
        assert_eq!(round(&world, "2026-07-06").await, [(WarningRule::PausedLong, 1)]);
        world.act(on("2026-07-07"), &staff(1), &case, Act::Resume).await.unwrap();
        assert_eq!(round(&world, "2026-07-07").await, [(WarningRule::DueSoon, 1)], "another deadline");
    })
    .await;
}

#[tokio::test]
async fn two_rounds_at_once_warn_once() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        for number in 0..12 {
            world.submitted(number, 1).await;
        }
        let mut rounds = Vec::new();
        for _ in 0..4 {
            let world = world.clone();
            rounds.push(tokio::spawn(async move { round(&world, "2026-06-10").await }));
        }
        let mut given = 0;
        for round in rounds {
            given += round.await.unwrap().iter().map(|(_, count)| count).sum::<u64>();
        }
        assert_eq!(given, 24, "not accepted, and due: each of the twelve once");
        assert_eq!(world.count("SELECT COUNT(*) FROM cases_warnings").await, 24);
        assert!(world.cases.monitor(now(), By::from(&client(1))).await.is_err());
    })
    .await;
}
