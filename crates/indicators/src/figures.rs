//! What the platform measures itself: asked of other rooms through one trait, kept as values.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use accounts::{Actor, Entry as Trail, Permission, record};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Fault, Level, OrganisationId, RegionCode, Shape};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::evaluate::{is_for_unit, level_of, tree_day};
use crate::sql::{refreshes, values};
use crate::words::{day_of, whole};
use crate::{Book, Code, Definition, Formula, Indicators, IndicatorsError, Period, PeriodKind, State, Text, Value};

/// An answer that comes later.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a room can measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Measure {
    /// Its name in formulas: `rights.in-force.invention`.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// How it counts, in words.
    pub meaning: Text,
    /// Whether it tells of any period; otherwise only how things stand now, and past periods keep what was measured in them.
    pub any_period: bool,
    /// Whether a condition can narrow it.
    pub narrows: bool,
}

/// What a room is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Which of its measures.
    pub measure: &'a str,
    /// What narrows it, where the measure can be narrowed.
    pub condition: Option<&'a str>,
    /// In which period.
    pub period: Period,
    /// The day on which is measured.
    pub today: Date,
}

/// A unit of which something is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Which.
    pub id: OrganisationId,
    /// Its level; whoever serves clients is an outlet.
    pub level: Level,
    /// The region it serves.
    pub region: RegionCode,
    /// It and all that stand under it.
    pub under: Vec<OrganisationId>,
}

/// What was measured of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// How much, or why there is nothing to tell.
    pub number: Result<f64, Text>,
    /// Address of the list behind it.
    pub href: Option<String>,
}

/// Whoever measures.
pub trait Figures: Send + Sync + fmt::Debug {
    /// What it can measure.
    fn measures(&self) -> Vec<Measure>;

    /// Whether a condition is understood; otherwise what is wrong, where, and how to mend it.
    fn check(&self, _condition: &str) -> Result<(), Text> {
        Ok(())
    }

    /// A refresh begins: what was kept in mind of the last one is old.
    fn begin(&self) {}

    /// Measures units: a figure for each, in their order, or why it failed for all.
    fn read<'a>(&'a self, asked: Asked<'a>, units: &'a [Unit]) -> Boxed<'a, Result<Vec<Figure>, String>>;
}

/// Measures by their names, each with its room.
type Measured<'a> = BTreeMap<String, (Measure, &'a Arc<dyn Figures>)>;

/// What a refresh did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorRefresh)]
pub struct Refresh {
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Milliseconds.
    pub took: i64,
    /// Values measured.
    pub measured: i64,
    /// Values that are others now.
    pub changed: i64,
    /// What could not be measured, and why.
    pub failures: Vec<(Code, String)>,
}

/// Which periods are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Periods before the running one, of every kind, for measures that tell of any period.
    pub back: usize,
}

impl Indicators {
    /// The same, asking these rooms for what is counted.
    #[must_use]
    pub fn with(mut self, rooms: Vec<Arc<dyn Figures>>) -> Self {
        self.rooms = rooms.into();
        self
    }

    /// Everything that can be measured here.
    pub fn measures(&self) -> Vec<Measure> {
        self.rooms.iter().flat_map(|room| room.measures()).collect()
    }

    /// The measures by their names, each with its room.
    fn measured(&self) -> Measured<'_> {
        let of = |room| move |measure: Measure| (measure.code.clone(), (measure, room));
        self.rooms.iter().flat_map(|room| room.measures().into_iter().map(of(room))).collect()
    }

    /// What is wrong with the condition of a formula, as the room says that is to understand it.
    pub(crate) fn misunderstood(&self, formula: &Formula) -> Option<Fault> {
        let Formula::Counted { measure, condition: Some(condition) } = formula else { return None };
        let wrong = match self.measured().get(measure) {
            None => {
                Text::new("没有该计算口径，条件无法核对", "there is no such measure that could check the condition")
            }
            Some((known, _)) if !known.narrows => {
                Text::new("该计算口径不能附加条件", "this measure takes no condition")
            }
            Some((_, room)) => room.check(condition).err()?,
        };
        Some(Fault { field: "formula".to_owned(), zh: wrong.zh, en: wrong.en })
    }

    /// Measures everything that is counted and keeps what is new. `clock` answers milliseconds since some moment.
    pub async fn refresh(
        &self,
        now: Timestamp,
        actor: &Actor,
        span: Span,
        clock: &(dyn Fn() -> i64 + Sync),
    ) -> Result<Refresh, IndicatorsError> {
        actor.require(Permission::EditIndicators)?;
        let _turn = self.measuring.lock().await;
        let (now, today, begun) = (whole(now), day_of(now), clock());
        let mut read = self.database().read().await?;
        let (book, shape) = self.known(&mut read).await?;
        read.close().await?;
        self.rooms.iter().for_each(|room| room.begin());
        let measures = self.measured();
        let mut refresh = Refresh { at: now, took: 0, measured: 0, changed: 0, failures: Vec::new() };
        let mut found = Vec::new();
        for (definition, period) in asked(&book, &measures, today, span) {
            let Formula::Counted { measure, condition } = &definition.formula else { continue };
            let room = match measures.get(measure) {
                None => Err(format!("no room measures {measure}")),
                Some((known, _)) if condition.is_some() && !known.narrows => {
                    Err(format!("{measure} takes no condition"))
                }
                Some((_, room)) => Ok(room),
            };
            let room = match room {
                Ok(room) => room,
                Err(why) => {
                    refresh.failures.push((definition.code.clone(), why));
                    continue;
                }
            };
            let units = units(&shape, definition, period, today);
            let asked = Asked { measure, condition: condition.as_deref(), period, today };
            match room.read(asked, &units).await {
                Ok(figures) if figures.len() == units.len() => {
                    refresh.measured += figures.len() as i64;
                    found.push((definition, period, units, figures));
                }
                Ok(_) => refresh.failures.push((definition.code.clone(), "not a figure for each unit".to_owned())),
                Err(why) => refresh.failures.push((definition.code.clone(), why)),
            }
        }
        refresh.failures.sort();
        refresh.failures.dedup();
        let mut write = self.database().write().await?;
        for (definition, period, units, figures) in found {
            let there = values::of_period(&mut write, &definition.code, period).await?;
            let (changed, same) = compared(definition, period, (&units, figures), &there, now);
            refresh.changed += changed.len() as i64;
            values::put_all(&mut write, &changed).await?;
            values::touch(&mut write, &same).await?;
        }
        refresh.took = clock() - begun;
        refreshes::insert(&mut write, &refresh).await?;
        let detail =
            json!({ "measured": refresh.measured, "changed": refresh.changed, "failed": refresh.failures.len() });
        let (action, kind, object) = ("indicators.refresh", "indicator", "computed");
        record(&mut write, now, actor, &Trail { action, kind, object, organisation: None, reason: None, detail })
            .await?;
        write.commit().await?;
        Ok(refresh)
    }
}

/// What is to be measured, and for which periods.
fn asked<'b>(book: &'b Book, measures: &Measured<'_>, today: Date, span: Span) -> Vec<(&'b Definition, Period)> {
    let mut asked = Vec::new();
    for kind in PeriodKind::ALL {
        let running = Period::of(*kind, today);
        for period in running.row(span.back + 1) {
            let counted = book.in_force(period.last_day()).filter(|definition| definition.keeps(*kind));
            for definition in counted {
                let Formula::Counted { measure, .. } = &definition.formula else { continue };
                let any = measures.get(measure).is_none_or(|(measure, _)| measure.any_period);
                if period == running || any {
                    asked.push((definition, period));
                }
            }
        }
    }
    asked
}

/// The units of which an indicator is measured.
fn units(shape: &Shape, definition: &Definition, period: Period, today: Date) -> Vec<Unit> {
    let day = tree_day(period, today);
    let mut units = Vec::new();
    for number in (0..shape.len()).filter(|number| shape.is_there(*number, day)) {
        let (Some(level), Some(region)) = (level_of(shape, number, day), shape.region(number, day)) else { continue };
        if definition.is_for(level) && is_for_unit(definition, shape, number, day) {
            let under = shape.under(number, day).into_iter().map(|below| shape.id(below).clone()).collect();
            units.push(Unit { id: shape.id(number).clone(), level, region: region.clone(), under });
        }
    }
    units
}

/// Values that are new or others, and values that are as they were.
fn compared(
    definition: &Definition,
    period: Period,
    (units, figures): (&[Unit], Vec<Figure>),
    there: &[Value],
    now: Timestamp,
) -> (Vec<Value>, Vec<Value>) {
    let (mut changed, mut same) = (Vec::new(), Vec::new());
    let known: BTreeMap<&OrganisationId, &Value> = there.iter().map(|value| (&value.unit, value)).collect();
    for (unit, figure) in units.iter().zip(figures) {
        let before = known.get(&unit.id);
        let (number, note) = match figure.number {
            Ok(number) => (Some(number).filter(|number| number.is_finite()), String::new()),
            Err(why) => (None, serde_json::to_string(&why).unwrap_or(why.zh)),
        };
        let value = Value {
            unit: unit.id.clone(),
            code: definition.code.clone(),
            period,
            version: before.map_or(1, |before| before.version + 1),
            state: State::Computed,
            number,
            note,
            reason: String::new(),
            href: figure.href,
            person: None,
            at: now,
        };
        match before {
            Some(before) if before.number == value.number && before.note == value.note => {
                same.push(Value { version: before.version, ..value });
            }
            _ => changed.push(value),
        }
    }
    (changed, same)
}

#[cfg(test)]
#[path = "figures_tests.rs"]
mod tests;
