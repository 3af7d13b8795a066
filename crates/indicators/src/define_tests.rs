use accounts::Actor;
use database::testing::for_each_backend;
use jiff::civil::date;
use proptest::prelude::*;

use crate::testing::{World, administrator, city, code, definitions, nation, now, period, province, unit};
use crate::{Definition, Formula, IndicatorsError, Mark, Trajectory};

fn mark(when: &str, number: f64) -> Mark {
    Mark { period: period(when), number }
}

#[tokio::test]
async fn a_definition_has_versions_and_old_periods_keep_theirs() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let old = definitions().remove(0);
        let new = Definition { decimals: 2, ..old.clone() };
        let from = (date(2026, 1, 1), None);
        let made = world.indicators.define(now(), &nation(), &new, from, 1).await.unwrap();
        assert_eq!(made.number, 2);
        let again = world.indicators.define(now(), &nation(), &new, from, 1).await.unwrap();
        assert_eq!(again.number, 2, "written twice, it is one version");
        let stale = world.indicators.define(now(), &nation(), &old, from, 1).await.unwrap_err();
        assert!(matches!(stale, IndicatorsError::StaleVersion { version: 2 }));
        let book = world.indicators.book().await.unwrap();
        assert_eq!(book.on(&code("A"), date(2025, 12, 31)).unwrap().definition.decimals, 1);
        assert_eq!(book.on(&code("A"), date(2026, 1, 1)).unwrap().definition.decimals, 2);
        assert_eq!(book.at("2026-03-01T00:00:00Z".parse().unwrap()).codes().count(), 0, "nothing was written by then");
    })
    .await;
}

#[tokio::test]
async fn rings_and_strangers_are_refused_by_name() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let from = (date(2020, 1, 1), None);
        let of = |what: &str, formula| Definition {
            code: code(what),
            rules: Vec::new(),
            formula,
            ..definitions().remove(0)
        };
        let ring = of("B", Formula::Ratio { of: code("A-PER-B"), per: code("A"), factor: 1.0 });
        let refused = world.indicators.define(now(), &nation(), &ring, from, 1).await.unwrap_err();
        assert!(
            matches!(&refused, IndicatorsError::Circular { ring } if *ring == [code("B"), code("A-PER-B"), code("B")]),
            "{refused}"
        );
        assert!(refused.text("zh").contains("B → A-PER-B → B"));
        let strange = of("N", Formula::Growth { of: code("NOWHERE") });
        let refused = world.indicators.define(now(), &nation(), &strange, from, 0).await.unwrap_err();
        assert!(refused.to_string().contains("NOWHERE"));
        let ended = (date(2020, 1, 1), Some(date(2027, 1, 1)));
        let refused = world.indicators.define(now(), &nation(), &definitions().remove(1), ended, 1).await.unwrap_err();
        assert!(matches!(&refused, IndicatorsError::InUse { by, .. } if by.len() == 2), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn who_keeps_what() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let from = (date(2020, 1, 1), None);
        let national = Definition { code: code("NEW"), ..definitions().remove(0) };
        for other in [Actor::visitor(), city(), province()] {
            let refused = world.indicators.define(now(), &other, &national, from, 0).await.unwrap_err();
            assert!(matches!(refused, IndicatorsError::Denied(_)));
        }
        let own = Definition { owner: Some(unit(2)), ..national.clone() };
        world.indicators.define(now(), &province(), &own, from, 0).await.unwrap();
        let taken = world.indicators.define(now(), &administrator(3, &[3]), &national, from, 1).await.unwrap_err();
        assert!(matches!(taken, IndicatorsError::Denied(_)), "nor take it over");
        let there = world.indicators.due(&nation(), &unit(4), period("2025"), crate::testing::today()).await.unwrap();
        let elsewhere =
            world.indicators.due(&nation(), &unit(6), period("2025"), crate::testing::today()).await.unwrap();
        assert_eq!((there.len(), elsewhere.len()), (3, 2), "it holds under its owner");
    })
    .await;
}

#[tokio::test]
async fn the_unit_above_sets_targets_and_none_is_none() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (a, four) = (code("A"), unit(4));
        let marks = (Some(mark("2020", 10.0)), Some(mark("2025", 20.0)));
        let own = world.indicators.set_target(now(), &city(), (&a, &four), marks, "", 0).await.unwrap_err();
        assert!(matches!(own, IndicatorsError::Denied(_)));
        let made = world.indicators.set_target(now(), &province(), (&a, &four), marks, "任务书", 0).await.unwrap();
        assert_eq!(made.trajectory().unwrap().at(period("2022")), Some(14.0));
        let backwards = (Some(mark("2025", 10.0)), Some(mark("2020", 20.0)));
        let refused = world.indicators.set_target(now(), &province(), (&a, &four), backwards, "", 1).await.unwrap_err();
        assert!(matches!(refused, IndicatorsError::Invalid(_)));
        let stale =
            world.indicators.set_target(now(), &province(), (&a, &four), (None, None), "", 0).await.unwrap_err();
        assert!(matches!(stale, IndicatorsError::StaleVersion { version: 1 }));
        let gone = world.indicators.set_target(now(), &province(), (&a, &four), (None, None), "", 1).await.unwrap();
        assert_eq!(gone.trajectory(), None);
        assert_eq!(world.indicators.targets(&a).await.unwrap(), [gone]);
    })
    .await;
}

#[tokio::test]
async fn the_starting_indicators_are_entered_once() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let program = Actor::system("test");
        let count = world.indicators.install(now(), &program).await.unwrap();
        assert_eq!(count, crate::starting(now()).unwrap().len());
        assert_eq!(world.indicators.install(now(), &program).await.unwrap(), 0);
    })
    .await;
}

#[test]
fn a_target_without_a_baseline_holds_for_its_own_period_alone() {
    let way = Trajectory { baseline: None, target: mark("2025", 180.0) };
    assert_eq!(way.at(period("2025")), Some(180.0));
    assert_eq!(way.at(period("2025-12")), Some(180.0), "the end of the year is the end of December");
    assert_eq!((way.at(period("2024")), way.at(period("2026"))), (None, None));
}

proptest! {
    #[test]
    fn a_trajectory_is_straight_and_keeps_between_its_ends(from in -1000..1000_i32, to in -1000..1000_i32, year in 2015_i16..2030) {
        let (from, to) = (f64::from(from), f64::from(to));
        let way = Trajectory { baseline: Some(mark("2020", from)), target: mark("2025", to) };
        let at = way.at(crate::Period::year(year));
        prop_assert_eq!(at.is_some(), (2020..=2025).contains(&year));
        if let Some(at) = at {
            prop_assert!(at >= from.min(to) - 1e-9 && at <= from.max(to) + 1e-9);
            prop_assert!((at - (from + (to - from) * f64::from(year - 2020) / 5.0)).abs() < 1e-9);
        }
    }
}
