use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use accounts::Actor;
use database::testing::for_each_backend;
use jiff::SignedDuration;
use jiff::civil::date;
use network::Level;

use crate::testing::{World, city, code, definitions, now, period, unit};
use crate::{
    Asked, Boxed, Definition, Figure, Figures, Formula, Measure, Missing, PeriodKind, Reading, Span, State, Text, Unit,
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
            narrows: code == "test.flow",
        };
        vec![measure("test.flow", true), measure("test.stock", false), measure("test.fails", true)]
    }

    fn check(&self, condition: &str) -> Result<(), Text> {
        if condition == "kind=half" { Ok(()) } else { Err(Text::new("条件写错了", "that is no condition")) }
    }

    fn read<'a>(
        &'a self,
        Asked { measure, condition, .. }: Asked<'a>,
        units: &'a [Unit],
    ) -> Boxed<'a, Result<Vec<Figure>, String>> {
        let whole = self.0.load(Ordering::SeqCst) as f64;
        let number = if condition.is_some() { whole / 2.0 } else { whole };
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

fn counted(measure: &str, condition: Option<&str>) -> Formula {
    Formula::Counted { measure: measure.to_owned(), condition: condition.map(str::to_owned) }
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
            formula: counted(measure, None),
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
async fn a_condition_narrows_what_is_counted_and_is_checked_by_its_room() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let counting = Arc::new(Counting::default());
        counting.0.store(8, Ordering::SeqCst);
        let rooms: Vec<Arc<dyn Figures>> = vec![counting];
        let program = Actor::system("indicators");
        let indicators = world.indicators.clone().with(rooms);
        let define = |measure: &str, condition: &str| {
            let formula = counted(measure, Some(condition));
            let definition = Definition { code: code("HALF"), rules: Vec::new(), formula, ..definitions().remove(0) };
            let (indicators, program) = (indicators.clone(), program.clone());
            async move { indicators.define(now(), &program, &definition, (date(2020, 1, 1), None), 0).await }
        };
        for (measure, condition, said) in [
            ("test.flow", "kind=third", "formula: that is no condition"),
            ("test.flow", " ", "formula: a condition has 1 to 2000 characters; leave it out for none"),
            ("test.stock", "kind=half", "formula: this measure takes no condition"),
            ("test.none", "kind=half", "formula: there is no such measure that could check the condition"),
        ] {
            assert_eq!(define(measure, condition).await.unwrap_err().to_string(), said);
        }
        let kept = define("test.flow", "kind=half").await.unwrap();
        assert_eq!(kept.definition.formula, counted("test.flow", Some("kind=half")));
        let book = indicators.book().await.unwrap();
        assert_eq!(book.latest(&code("HALF")).unwrap(), &kept, "it is stored with its condition");
        indicators.refresh(now(), &program, Span { back: 1 }, &|| 0).await.unwrap();
        assert_eq!(world.value(4, "HALF", "2026").await, Reading::settled(4.0));
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
