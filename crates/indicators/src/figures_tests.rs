use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use accounts::Actor;
use database::testing::for_each_backend;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use network::Level;

use crate::testing::{World, city, code, definitions, now, period, unit};
use crate::{
    Boxed, Definition, Figure, Figures, Formula, Measure, Missing, PeriodKind, Reading, Span, State, Text, Unit,
};

/// Counts what it is told to count.
#[derive(Debug, Default)]
struct Counting(AtomicI64);

impl Figures for Counting {
    fn measures(&self) -> Vec<Measure> {
        let measure = |code: &str, any_period| Measure {
            code: code.to_owned(),
            name: Text::default(),
            meaning: Text::default(),
            any_period,
        };
        vec![measure("test.flow", true), measure("test.stock", false), measure("test.fails", true)]
    }

    fn read<'a>(
        &'a self,
        measure: &'a str,
        units: &'a [Unit],
        _: crate::Period,
        _: Date,
    ) -> Boxed<'a, Result<Vec<Figure>, String>> {
        let number = self.0.load(Ordering::SeqCst) as f64;
        Box::pin(async move {
            if measure == "test.fails" {
                return Err("the room is shut".to_owned());
            }
            let figure = |of: &Unit| Figure {
                number: if of.id == unit(3) { Err(Text::new("不足 5 条", "fewer than 5")) } else { Ok(number) },
                href: Some(format!("/search?q={}", of.region)),
            };
            Ok(units.iter().map(figure).collect())
        })
    }
}

async fn measured(world: &World) {
    for (what, measure) in
        [("FLOW", "test.flow"), ("STOCK", "test.stock"), ("FAILS", "test.fails"), ("NONE", "test.none")]
    {
        let definition = Definition {
            code: code(what),
            rules: Vec::new(),
            levels: vec![Level::Nation, Level::Province],
            periods: vec![PeriodKind::Year, PeriodKind::Month],
            formula: Formula::Counted { measure: measure.to_owned() },
            ..definitions().remove(0)
        };
        let from = (date(2020, 1, 1), None);
        world.indicators.define(now(), &Actor::system("test"), &definition, from, 0).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_measured_is_kept_with_its_moment_and_its_list() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        measured(&world).await;
        let counting = Arc::new(Counting::default());
        counting.0.store(7, Ordering::SeqCst);
        let rooms: Vec<Arc<dyn Figures>> = vec![counting.clone()];
        let program = Actor::system("indicators");
        let indicators = world.indicators.clone().with(rooms);
        let refresh = |at| {
            let (indicators, program) = (indicators.clone(), program.clone());
            async move { indicators.refresh(at, &program, Span { back: 1 }, &|| 0).await.unwrap() }
        };
        let first = refresh(now()).await;
        // Three units: two periods of two kinds that flow, the running ones of what stands.
        assert_eq!((first.measured, first.changed), (3 * 4 + 3 * 2, 3 * 4 + 3 * 2));
        let failed: Vec<_> = first.failures.iter().map(|(code, why)| (code.as_str(), why.as_str())).collect();
        assert_eq!(failed, [("FAILS", "the room is shut"), ("NONE", "no room measures test.none")], "{failed:?}");
        assert_eq!(world.value(2, "FLOW", "2026-02").await, Reading::settled(7.0));
        assert_eq!(world.value(2, "STOCK", "2025").await.missing(), Some(&Missing::NotMeasured));
        assert_eq!(world.value(3, "STOCK", "2026").await.missing(), Some(&Missing::Untold), "too few is not zero");
        let later = now() + SignedDuration::from_hours(24);
        assert_eq!(refresh(later).await.changed, 0, "nothing is new");
        counting.0.store(8, Ordering::SeqCst);
        assert_eq!(refresh(later).await.changed, 2 * 4 + 2 * 2);
        let value = world.indicators.entered(&program, &unit(2), &code("FLOW"), period("2026")).await.unwrap().unwrap();
        assert_eq!((value.state, value.number, value.version, value.at), (State::Computed, Some(8.0), 2, later));
        assert_eq!(value.href.as_deref(), Some("/search?q=500000"));
        let untold =
            world.indicators.entered(&program, &unit(3), &code("FLOW"), period("2026")).await.unwrap().unwrap();
        assert_eq!((untold.number, untold.note_text("zh").as_str()), (None, "不足 5 条"));
        assert_eq!(world.indicators.last_refresh().await.unwrap().unwrap().at, later);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_write_indicators_does_not_measure() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let visitor = world.indicators.refresh(now(), &Actor::visitor(), Span { back: 0 }, &|| 0).await;
        assert!(visitor.is_err());
        world.indicators.refresh(now(), &city(), Span { back: 0 }, &|| 0).await.unwrap();
    })
    .await;
}
