use database::testing::for_each_backend;
use notices::Inbox;

use crate::Progress;
use crate::remind;
use crate::testing::{World, contents, days, said, unit};

#[tokio::test]
async fn each_rule_is_told_once_and_late_ones_are_told_above_too() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        // Task 3 is due on 30 June for units 4 and 5: told 14 days before, on the day and 7 days after.
        assert_eq!(remind(&world.plans, days(0)).await.unwrap(), 0);
        assert_eq!(remind(&world.plans, days(15)).await.unwrap(), 2);
        assert_eq!(remind(&world.plans, days(16)).await.unwrap(), 0, "once");
        world.submitted(&plan, (1, 5, "3"), &said(Progress::Done, "做完")).await;
        assert_eq!(remind(&world.plans, days(29)).await.unwrap(), 1, "what waits for the unit above is not told");
        assert_eq!(remind(&world.plans, days(40)).await.unwrap(), 1);
        let told = world.told(Inbox::Organisation(&unit(4))).await;
        assert_eq!(told, ["plan.due-soon", "plan.due-today", "plan.late"]);
        let above = world.told(Inbox::Organisation(&unit(2))).await;
        assert_eq!(above, ["plan.report-submitted", "plan.late-below"]);
    })
    .await;
}

#[tokio::test]
async fn many_processes_tell_once_and_a_long_pause_tells_the_latest_alone() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.issued(&contents()).await;
        let all = (0..4).map(|_| {
            let world = world.clone();
            tokio::spawn(async move { remind(&world.plans, days(45)).await.unwrap() })
        });
        let mut told = 0;
        for one in all.collect::<Vec<_>>() {
            told += one.await.unwrap();
        }
        assert_eq!(told, 2);
        assert_eq!(world.told(Inbox::Organisation(&unit(4))).await, ["plan.late"]);
    })
    .await;
}
