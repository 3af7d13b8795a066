use database::testing::for_each_backend;

use crate::testing::{World, administrator, city, code, entry, nation, now, period, province, unit};
use crate::{ClosingState, Definition, IndicatorsError, Verdict};

#[tokio::test]
async fn a_parent_closes_after_its_children_alone() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let at = period("2025");
        let close = |by: accounts::Actor, of: u32| {
            let world = world.clone();
            async move { world.indicators.close(now(), &by, &unit(of), at).await }
        };
        let open = close(province(), 2).await.unwrap_err();
        assert!(matches!(&open, IndicatorsError::StillOpen { units, .. } if units.len() == 2), "{open}");
        let open = close(city(), 4).await.unwrap_err();
        assert!(
            matches!(&open, IndicatorsError::StillOpen { values, .. } if *values == [code("A"), code("B")]),
            "{open}"
        );
        world.accepted(4, "A", "2025", 1.0).await;
        world.accepted(4, "B", "2025", 2.0).await;
        assert_eq!(close(city(), 4).await.unwrap().state, ClosingState::Closed);
        assert_eq!(close(city(), 4).await.unwrap().state, ClosingState::Closed, "closed twice is closed once");
        let missing = world.indicators.declare_missing(now(), &city(), &unit(5), at, "撤并").await.unwrap_err();
        assert!(matches!(missing, IndicatorsError::Denied(_)));
        let missing = world.indicators.declare_missing(now(), &province(), &unit(5), at, "撤并").await.unwrap();
        assert_eq!((missing.state, missing.reason.as_str()), (ClosingState::Missing, "撤并"));
        close(province(), 2).await.unwrap();
        let late = world.indicators.save(now(), &administrator(5, &[5]), &entry(5, "A", "2025", Some(1.0)), 0).await;
        assert!(matches!(late.unwrap_err(), IndicatorsError::Closed(_)));
        let shut = world.indicators.reopen_period(now(), &province(), &unit(4), at, "更正").await.unwrap_err();
        assert!(matches!(shut, IndicatorsError::Closed(_)), "the province has closed");
        let own = world.indicators.reopen_period(now(), &province(), &unit(2), at, "更正").await.unwrap_err();
        assert!(matches!(own, IndicatorsError::Denied(_)));
        world.indicators.reopen_period(now(), &nation(), &unit(2), at, "更正").await.unwrap();
        world.indicators.reopen_period(now(), &province(), &unit(4), at, "更正").await.unwrap();
        let running = world.indicators.close(now(), &city(), &unit(4), period("2026")).await.unwrap_err();
        assert!(matches!(running, IndicatorsError::NotOver(_)));
    })
    .await;
}

#[tokio::test]
async fn at_the_top_someone_else_accepts() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let top = Definition {
            code: code("TOP"),
            levels: vec![network::Level::Nation],
            rules: Vec::new(),
            ..crate::testing::definitions().remove(0)
        };
        let from = (jiff::civil::date(2020, 1, 1), None);
        world.indicators.define(now(), &nation(), &top, from, 0).await.unwrap();
        let draft = world.draft(&nation(), 1, "TOP", "2025", 1.0).await;
        let sent = world.indicators.submit(now(), &nation(), &[draft.seen()]).await.unwrap().remove(0);
        let own = world.indicators.review(now(), &nation(), &[sent.seen()], Verdict::Accept).await.unwrap_err();
        assert!(matches!(own, IndicatorsError::OwnValue));
        let second = administrator(11, &[1, 2, 3]);
        world.indicators.review(now(), &second, &[sent.seen()], Verdict::Accept).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_reason_is_needed_to_return() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let draft = world.draft(&city(), 4, "A", "2025", 1.0).await;
        let sent = world.indicators.submit(now(), &city(), &[draft.seen()]).await.unwrap().remove(0);
        let silent = world.indicators.review(now(), &province(), &[sent.seen()], Verdict::Return(" ")).await;
        assert!(matches!(silent.unwrap_err(), IndicatorsError::Invalid(_)));
        let early = world.indicators.review(now(), &province(), &[sent.seen()], Verdict::Reopen("更正")).await;
        assert!(matches!(early.unwrap_err(), IndicatorsError::Step { .. }));
    })
    .await;
}
