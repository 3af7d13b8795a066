use database::testing::for_each_backend;

use crate::ClosingState;
use crate::testing::{World, city, code, nation, now, period, province, today, unit};

#[tokio::test]
async fn who_has_not_reported_is_named() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.accepted(4, "A", "2025", 1.0).await;
        world.draft(&city(), 4, "B", "2025", 1.0).await;
        world.indicators.declare_missing(now(), &nation(), &unit(6), period("2025"), "撤并").await.unwrap();
        let all = world.indicators.completeness(&nation(), &unit(1), period("2025"), today()).await.unwrap();
        let told: Vec<_> =
            all.iter().map(|one| (one.unit.clone(), one.due, one.accepted, one.drafts, one.none.len())).collect();
        assert_eq!(told, [(unit(4), 2, 1, 1, 0), (unit(5), 2, 0, 0, 2), (unit(6), 2, 0, 0, 2)]);
        assert_eq!(all.iter().map(crate::Progress::is_complete).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!((all[2].state, all[2].reason.as_str()), (ClosingState::Missing, "撤并"));
        let mine = world.indicators.completeness(&province(), &unit(2), period("2025"), today()).await.unwrap();
        assert_eq!(mine.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_due_stands_beside_what_is_there_and_what_was() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.accepted(4, "A", "2024", 7.0).await;
        world.draft(&city(), 4, "A", "2025", 8.0).await;
        let due = world.indicators.due(&city(), &unit(4), period("2025"), today()).await.unwrap();
        assert_eq!(due.iter().map(|due| due.definition.code.clone()).collect::<Vec<_>>(), [code("A"), code("B")]);
        assert_eq!(due[0].value.as_ref().unwrap().number, Some(8.0));
        assert_eq!(due[0].last.settled_number(), Some(7.0));
        assert!(due[1].value.is_none() && due[1].last.number().is_none());
    })
    .await;
}
