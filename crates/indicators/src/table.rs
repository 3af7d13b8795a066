//! Reading: tables of readings, single values, what a number is made of.

use std::collections::BTreeSet;

use accounts::{Actor, Cover, Permission};
use database::Connection;
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Level, OrganisationId, Shape};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::evaluate::{Evaluator, Leaves, Open, level_of};
use crate::indicators::unit_number;
use crate::sql::leaves;
use crate::words::day_of;
use crate::{Book, Code, Definition, Formula, Indicators, IndicatorsError, Missing, Period, Reading, Version};

/// Cells of a table at most.
pub const MOST_CELLS: usize = 400_000;

/// For whom something is read.
#[derive(Clone, Copy, Debug)]
pub enum Reader<'a> {
    /// For another room: everything that is settled.
    Settled,
    /// For whoever asks: what is settled and public, and all of the units where the asker reads plans and indicators.
    For(&'a Actor),
}

/// Which readings.
#[derive(Clone, Debug)]
pub struct TableQuery<'a> {
    /// Of which indicator.
    pub code: &'a Code,
    /// Of which units: rows.
    pub units: &'a [OrganisationId],
    /// In which periods, of one kind: columns.
    pub periods: &'a [Period],
    /// As everything stood at this moment; none: now.
    pub as_of: Option<Timestamp>,
    /// Today.
    pub today: Date,
}

/// Readings by unit and period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorTable)]
pub struct Table {
    /// Rows.
    pub units: Vec<OrganisationId>,
    /// Columns.
    pub periods: Vec<Period>,
    /// Row after row.
    pub readings: Vec<Reading>,
}

impl Table {
    /// The readings of a row.
    pub fn row(&self, row: usize) -> &[Reading] {
        let width = self.periods.len();
        self.readings.get(row * width..(row + 1) * width).unwrap_or_default()
    }
}

/// What a number is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorExplanation)]
pub struct Explanation {
    /// The reading.
    pub reading: Reading,
    /// The parts from which it is computed, in the order of the formula.
    pub parts: Vec<ExplainedPart>,
}

/// A part of a computed number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorExplainedPart)]
pub struct ExplainedPart {
    /// Which indicator.
    pub code: Code,
    /// Of which unit.
    pub unit: OrganisationId,
    /// In which period.
    pub period: Period,
    /// What it says.
    pub reading: Reading,
    /// Of an index: its weight, and how much of the way it is from zero to full.
    pub weight: Option<(f64, Option<f64>)>,
}

impl Indicators {
    /// The definitions that hold on a day and are for the asker: public ones for everyone.
    pub async fn list(&self, actor: &Actor, day: Date) -> Result<Vec<Definition>, IndicatorsError> {
        let all = actor.may(Permission::ReadGovernance);
        let book = self.book().await?;
        Ok(book.in_force(day).filter(|definition| all || definition.public).cloned().collect())
    }

    /// The version of an indicator that holds on a day, else its last; for whoever may see it.
    pub async fn definition(&self, actor: &Actor, code: &Code, day: Date) -> Result<Version, IndicatorsError> {
        let book = self.book().await?;
        let version = book.on(code, day).or_else(|| book.latest(code));
        let seen = version.filter(|version| version.definition.public || actor.may(Permission::ReadGovernance));
        seen.cloned().ok_or_else(|| IndicatorsError::NoIndicator(code.to_string()))
    }

    /// The nearest units below one that have an indicator in a period, by region.
    pub async fn below(
        &self,
        code: &Code,
        unit: &OrganisationId,
        period: Period,
        today: Date,
    ) -> Result<Vec<OrganisationId>, IndicatorsError> {
        let (book, shape) = {
            let mut read = self.database().read().await?;
            self.known(&mut read).await?
        };
        let number = unit_number(&shape, unit)?;
        let (nothing, open) = (Leaves::default(), Open::None);
        let evaluator = Evaluator::new(&book, &shape, &nothing, &open, today);
        let mut below = evaluator.below(code, number, period);
        let day = evaluator.day(period);
        below.sort_by_key(|number| shape.region(*number, day).map(|region| region.as_str().to_owned()));
        Ok(below.into_iter().map(|number| shape.id(number).clone()).collect())
    }

    /// What an indicator says of a unit in a period, settled values alone; for other rooms.
    pub async fn value(
        &self,
        unit: &OrganisationId,
        code: &Code,
        period: Period,
        today: Date,
    ) -> Result<Reading, IndicatorsError> {
        self.value_of(unit, code, period, None, today).await
    }

    /// The same as everything stood at a moment.
    pub async fn value_of(
        &self,
        unit: &OrganisationId,
        code: &Code,
        period: Period,
        as_of: Option<Timestamp>,
        today: Date,
    ) -> Result<Reading, IndicatorsError> {
        let (units, periods) = ([unit.clone()], [period]);
        let asked = TableQuery { code, units: &units, periods: &periods, as_of, today };
        let table = self.table(Reader::Settled, &asked).await?;
        Ok(table.readings.into_iter().next().unwrap_or(Reading::Missing { why: Missing::NoUnit }))
    }

    /// Readings of units in periods. A unit that there is not reads as missing.
    pub async fn table(&self, reader: Reader<'_>, asked: &TableQuery<'_>) -> Result<Table, IndicatorsError> {
        let mut read = self.database().read().await?;
        let (book, shape) = self.book_for(&mut read, reader, asked.code, asked.as_of).await?;
        let numbers: Vec<Option<usize>> = asked.units.iter().map(|unit| shape.number(unit)).collect();
        let readings = {
            let known: Vec<usize> = numbers.iter().flatten().copied().collect();
            let leaves = leaves_for(&mut read, (&book, &shape), asked, &known).await?;
            read.close().await?;
            let today = asked.as_of.map_or(asked.today, |moment| day_of(moment).min(asked.today));
            let open = open_for(reader, &shape);
            let mut evaluator = Evaluator::new(&book, &shape, &leaves, &open, today);
            let secret =
                |unit: usize, evaluator: &Evaluator<'_>, period| hidden(reader, evaluator, asked.code, unit, period);
            let mut readings = Vec::with_capacity(numbers.len() * asked.periods.len());
            for number in &numbers {
                for period in asked.periods {
                    readings.push(match number {
                        None => Reading::Missing { why: Missing::NoUnit },
                        Some(unit) if secret(*unit, &evaluator, *period) => {
                            Reading::Missing { why: Missing::NotPublic }
                        }
                        Some(unit) => evaluator.reading(asked.code, *unit, *period),
                    });
                }
            }
            readings
        };
        Ok(Table { units: asked.units.to_vec(), periods: asked.periods.to_vec(), readings })
    }

    /// What the reading of a unit in a period is made of.
    pub async fn explain(
        &self,
        reader: Reader<'_>,
        (unit, code, period): (&OrganisationId, &Code, Period),
        today: Date,
    ) -> Result<Explanation, IndicatorsError> {
        let mut read = self.database().read().await?;
        let (book, shape) = self.book_for(&mut read, reader, code, None).await?;
        let number = unit_number(&shape, unit)?;
        let (units, periods) = ([unit.clone()], [period]);
        let asked = TableQuery { code, units: &units, periods: &periods, as_of: None, today };
        let leaves = leaves_for(&mut read, (&book, &shape), &asked, &[number]).await?;
        read.close().await?;
        let open = open_for(reader, &shape);
        let mut evaluator = Evaluator::new(&book, &shape, &leaves, &open, today);
        if hidden(reader, &evaluator, code, number, period) {
            return Ok(Explanation { reading: Reading::Missing { why: Missing::NotPublic }, parts: Vec::new() });
        }
        let reading = evaluator.reading(code, number, period);
        let Ok(definition) = evaluator.definition(code, number, period) else {
            return Ok(Explanation { reading, parts: Vec::new() });
        };
        let mut parts = Vec::new();
        for (code, unit, period, part) in parts_of(&evaluator, definition, number, period) {
            let reading = if hidden(reader, &evaluator, &code, unit, period) {
                Reading::Missing { why: Missing::NotPublic }
            } else {
                evaluator.reading(&code, unit, period)
            };
            let weight = part.map(|part| (part.weight, reading.number().map(|number| part.scaled(number))));
            parts.push(ExplainedPart { code, unit: shape.id(unit).clone(), period, reading, weight });
        }
        Ok(Explanation { reading, parts })
    }

    /// Definitions and tree for a reader, who may see the indicator.
    async fn book_for(
        &self,
        connection: &mut Connection,
        reader: Reader<'_>,
        code: &Code,
        as_of: Option<Timestamp>,
    ) -> Result<(std::sync::Arc<Book>, std::sync::Arc<Shape>), IndicatorsError> {
        let (book, shape) = self.known(connection).await?;
        let latest = book.latest(code).map(|version| &version.definition);
        let may = |definition: &Definition| match reader {
            Reader::Settled => true,
            Reader::For(actor) => definition.public || actor.may(Permission::ReadGovernance),
        };
        if !latest.is_some_and(may) {
            return Err(IndicatorsError::NoIndicator(code.to_string()));
        }
        let book = as_of.map_or(book.clone(), |moment| std::sync::Arc::new(book.at(moment)));
        Ok((book, shape))
    }
}

/// Where the formula of a definition reads: indicator, unit, period, and the part of an index.
fn parts_of<'a>(
    evaluator: &Evaluator<'a>,
    definition: &'a Definition,
    unit: usize,
    period: Period,
) -> Vec<(Code, usize, Period, Option<&'a crate::Part>)> {
    match &definition.formula {
        Formula::Entered | Formula::Counted { .. } => Vec::new(),
        Formula::Summed { of } => {
            let (mut below, day) = (evaluator.below(of, unit, period), evaluator.day(period));
            below.sort_by_key(|number| evaluator.shape.region(*number, day).map(|region| region.as_str().to_owned()));
            below.into_iter().map(|below| (of.clone(), below, period, None)).collect()
        }
        Formula::Ratio { of, per, .. } => vec![(of.clone(), unit, period, None), (per.clone(), unit, period, None)],
        Formula::Growth { of } => {
            vec![(of.clone(), unit, period, None), (of.clone(), unit, period.last_year(), None)]
        }
        Formula::Index { parts } => parts.iter().map(|part| (part.of.clone(), unit, period, Some(part))).collect(),
    }
}

/// Whether a reader may not see an indicator of a unit.
fn hidden(reader: Reader<'_>, evaluator: &Evaluator<'_>, code: &Code, unit: usize, period: Period) -> bool {
    let Reader::For(actor) = reader else { return false };
    let public = evaluator.book.on(code, period.last_day()).is_some_and(|version| version.definition.public);
    !public && !actor.may_at(Permission::ReadGovernance, evaluator.shape.id(unit))
}

/// Whose values a reader sees before they are accepted.
fn open_for(reader: Reader<'_>, shape: &Shape) -> Open {
    let Reader::For(actor) = reader else { return Open::None };
    match actor.cover(Permission::ReadGovernance) {
        None => Open::None,
        Some(Cover::Everywhere) => Open::All,
        Some(Cover::At(units)) => {
            let numbers: BTreeSet<usize> = units.iter().filter_map(|unit| shape.number(unit)).collect();
            Open::Of(numbers)
        }
    }
}

/// Reads the leaves that a table needs.
async fn leaves_for(
    connection: &mut Connection,
    (book, shape): (&Book, &Shape),
    asked: &TableQuery<'_>,
    units: &[usize],
) -> Result<Leaves, IndicatorsError> {
    if asked.units.len() * asked.periods.len() > MOST_CELLS {
        let (zh, en) = ("表格过大，请减少单位或期间", "the table is too large: ask for fewer units or periods");
        return Err(IndicatorsError::fault("periods", zh, en));
    }
    let mut found = Leaves::default();
    let (Some(first), Some(last)) = (asked.periods.iter().min(), asked.periods.iter().max()) else {
        return Ok(found);
    };
    if first.kind() != last.kind() {
        let (zh, en) = ("一张表只能有一种周期", "a table has periods of one kind");
        return Err(IndicatorsError::fault("periods", zh, en));
    }
    let needed = book.needed(asked.code);
    let formulas = || needed.iter().flat_map(|code| book.versions(code)).map(|version| &version.definition.formula);
    let growths = formulas().filter(|formula| matches!(formula, Formula::Growth { .. })).count();
    let first = (0..growths.min(8)).fold(*first, |period, _| period.last_year());
    let sums = formulas().any(|formula| matches!(formula, Formula::Summed { .. }));
    let of = (!sums).then_some(units);
    for code in &needed {
        if !book.versions(code).iter().any(|version| version.definition.formula.is_leaf()) {
            continue;
        }
        match asked.as_of {
            None => leaves::load(connection, &mut found, shape, code, (first, *last), of).await?,
            Some(moment) => leaves::load_at(connection, &mut found, shape, code, (first, *last), moment).await?,
        }
    }
    Ok(found)
}

/// The units of some levels under one, itself too, on a day; by level and number.
pub fn units_under(shape: &Shape, unit: usize, levels: &[Level], day: Date) -> Vec<usize> {
    let has = |number: &usize| level_of(shape, *number, day).is_some_and(|level| levels.contains(&level));
    shape.under(unit, day).into_iter().filter(has).collect()
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
