//! Values as a workbook: out to be filled in, back in; a table out.

use std::collections::{BTreeMap, BTreeSet};

use accounts::{Actor, Permission};
use jiff::Timestamp;
use jiff::civil::Date;
use network::{Fault, OrganisationId};
use sheets::{Cell, Column, Kind, Problem, SheetError, Template};

use crate::check::draft_faults;
use crate::closing::due;
use crate::enter::may_enter;
use crate::evaluate::tree_day;
use crate::indicators::unit_number;
use crate::sql::values;
use crate::words::whole;
use crate::{Code, Definition, Entry, Indicators, IndicatorsError, Period, Reading, State, Table, Value};

/// Places of the columns that are read back.
const UNIT: usize = 0;
const CODE: usize = 2;
const PERIOD: usize = 5;
const NUMBER: usize = 6;
const NOTE: usize = 7;
const VERSION: usize = 9;

/// What an import would do, or did, with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// A draft is written where nothing was.
    New,
    /// A draft is written over another.
    Changed,
    /// It says what is there.
    Same,
    /// Nothing was filled in.
    Empty,
}

/// A row of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedRow {
    /// Its number in the sheet.
    pub row: u32,
    /// Which unit.
    pub unit: OrganisationId,
    /// Which indicator.
    pub code: Code,
    /// Which period.
    pub period: Period,
    /// How much.
    pub number: Option<f64>,
    /// What is done.
    pub outcome: RowOutcome,
}

/// What an import would do, or did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Row by row.
    pub rows: Vec<ImportedRow>,
    /// What is wrong; when there is anything, nothing was written.
    pub problems: Vec<Problem>,
    /// Whether drafts were written.
    pub done: bool,
}

impl Imported {
    /// How many rows have this outcome.
    pub fn count(&self, outcome: RowOutcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }
}

/// The columns; their heads are in both languages, so that a sheet of one comes back in the other.
fn columns() -> Vec<Column> {
    let state = State::ALL.iter().map(|state| state.label("zh").to_owned()).collect();
    vec![
        Column::new("unit", "单位编号 Unit id", Kind::Text).required().locked().wide(30),
        Column::new("name", "单位 Unit", Kind::Text).locked().wide(30),
        Column::new("code", "指标代码 Code", Kind::Text).required().locked(),
        Column::new("indicator", "指标 Indicator", Kind::Text).locked().wide(36),
        Column::new("measure", "计量单位 Measured in", Kind::Text).locked().wide(12),
        Column::new("period", "统计期 Period", Kind::Text).required().locked().wide(12),
        Column::new("number", "数值 Value", Kind::Number)
            .noted("没有数值时留空并在备注中说明。Leave empty and say why in the note where there is none."),
        Column::new("note", "备注 Note", Kind::Text).wide(40),
        Column::new("state", "状态 State", Kind::Choice(state)).locked().wide(12),
        Column::new("version", "版本 Version", Kind::Number).locked().wide(10),
    ]
}

impl Indicators {
    /// The sheet in which the asker's units under one enter a period, filled with what is there.
    pub async fn entry_sheet(
        &self,
        actor: &Actor,
        unit: &OrganisationId,
        period: Period,
        today: Date,
        names: &BTreeMap<OrganisationId, String>,
        lang: &str,
    ) -> Result<Vec<u8>, IndicatorsError> {
        actor.require_at(Permission::ReportProgress, unit)?;
        let mut read = self.database().read().await?;
        let (book, shape) = self.known(&mut read).await?;
        let under = shape.under(unit_number(&shape, unit)?, tree_day(period, today));
        let may = |id: &OrganisationId| actor.may_at(Permission::ReportProgress, id);
        let units: Vec<usize> = under.into_iter().filter(|number| may(shape.id(*number))).collect();
        let ids: Vec<OrganisationId> = units.iter().map(|number| shape.id(*number).clone()).collect();
        let entered = values::of_units(&mut read, &ids, period).await?;
        read.close().await?;
        let entered: BTreeMap<(&OrganisationId, &Code), &Value> =
            entered.iter().map(|value| ((&value.unit, &value.code), value)).collect();
        let mut rows = Vec::new();
        for number in units {
            let id = shape.id(number);
            let name = names.get(id).map_or("", String::as_str);
            for definition in due(&book, &shape, number, period, today) {
                rows.push(row(id, name, definition, period, entered.get(&(id, &definition.code)).copied(), lang));
            }
        }
        let title = if lang == "zh" {
            format!("指标填报 {}", period.label(lang))
        } else {
            format!("Values of indicators, {}", period.label(lang))
        };
        let guide = [
            "只填写「数值」和「备注」两列；没有数值时留空数值并在备注中说明原因。Fill in value and note alone; where there is no value, say why in the note.",
            "导入后为草稿，需在网页上报送。What is imported is a draft, to be submitted on the site.",
            "已报送或已审定的行不能改动。Rows that are submitted or accepted cannot be changed.",
        ];
        let guide = guide.iter().map(|line| (*line).to_owned()).collect();
        let template = Template { title, sheet: "指标 Indicators".to_owned(), columns: columns(), rows, guide };
        template.write().map_err(|error| IndicatorsError::Workbook(error.to_string()))
    }

    /// Reads a filled sheet: what each row would do, and all that is wrong. Writes drafts only when `dry` is off and
    /// nothing is wrong.
    pub async fn import(
        &self,
        now: Timestamp,
        actor: &Actor,
        bytes: &[u8],
        dry: bool,
    ) -> Result<Imported, IndicatorsError> {
        actor.require(Permission::ReportProgress)?;
        let columns = columns();
        let sheet = match sheets::read(bytes, &columns) {
            Ok(rows) => rows,
            Err(SheetError::Problems(problems)) => return Ok(Imported { problems, ..Imported::default() }),
            Err(error) => return Err(error.into()),
        };
        let now = whole(now);
        let mut write = self.database().write().await?;
        let (book, shape) = self.known(&mut write).await?;
        let (mut imported, mut drafts, mut told) = (Imported::default(), Vec::new(), BTreeSet::new());
        for row in &sheet {
            let read = match read_row(&row.cells) {
                Ok(read) => read,
                Err((column, zh, en)) => {
                    imported.problems.push(problem(row.number, column, zh, en));
                    continue;
                }
            };
            let (entry, seen) = read;
            let mut wrong = |column: usize, zh: String, en: String| {
                imported.problems.push(problem(row.number, column, zh, en));
            };
            if !told.insert((entry.unit.clone(), entry.code.clone(), entry.period)) {
                let en = "this unit, indicator and period stand in an earlier row too";
                wrong(CODE, "单位、指标、统计期与前面的行重复".to_owned(), en.to_owned());
                continue;
            }
            if !actor.may_at(Permission::ReportProgress, &entry.unit) {
                let en = "your roles do not allow you to report for this unit";
                wrong(UNIT, "您无权为该单位填报".to_owned(), en.to_owned());
                continue;
            }
            let definition = match may_enter(&book, &shape, &entry, now) {
                Ok(definition) => definition,
                Err(error) => {
                    wrong(CODE, error.text("zh"), error.to_string());
                    continue;
                }
            };
            let there = values::get(&mut write, &entry.unit, &entry.code, entry.period).await?;
            let outcome = match outcome(definition, &entry, seen, there.as_ref()) {
                Ok(outcome) => outcome,
                Err(faults) => {
                    for fault in faults {
                        wrong(NUMBER, fault.zh, fault.en);
                    }
                    continue;
                }
            };
            imported.rows.push(ImportedRow {
                row: row.number,
                unit: entry.unit.clone(),
                code: entry.code.clone(),
                period: entry.period,
                number: entry.number,
                outcome,
            });
            if matches!(outcome, RowOutcome::New | RowOutcome::Changed) {
                drafts.push((entry, there.map_or(0, |there| there.version)));
            }
        }
        if dry || !imported.problems.is_empty() {
            return Ok(imported);
        }
        self.save_in(&mut write, now, actor, &drafts).await?;
        write.commit().await?;
        imported.done = true;
        Ok(imported)
    }
}

/// What a row does to what is there, or why it cannot.
fn outcome(definition: &Definition, entry: &Entry, seen: i64, there: Option<&Value>) -> Result<RowOutcome, Vec<Fault>> {
    let fault = |zh: String, en: String| vec![Fault { field: definition.code.to_string(), zh, en }];
    match there {
        Some(there) if there.says(entry) => return Ok(RowOutcome::Same),
        None if entry.number.is_none() && entry.note.is_empty() => return Ok(RowOutcome::Empty),
        Some(there) if !there.state.is_open() => {
            let (zh, en) = (there.state.label("zh"), there.state.label("en"));
            return Err(fault(format!("数值{zh}，不能修改"), format!("the value is «{en}» and cannot be changed")));
        }
        Some(there) if there.version != seen => {
            let en = "the value was changed after this sheet was made; download it again";
            return Err(fault("模板生成后该数值已被修改，请重新下载".to_owned(), en.to_owned()));
        }
        _ => {}
    }
    let faults = draft_faults(definition, entry);
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(if there.is_some() { RowOutcome::Changed } else { RowOutcome::New })
}

fn row(
    unit: &OrganisationId,
    name: &str,
    definition: &Definition,
    period: Period,
    value: Option<&Value>,
    lang: &str,
) -> Vec<Cell> {
    let state = value.map_or(Cell::Empty, |value| Cell::text(value.state.label("zh")));
    vec![
        Cell::text(unit.as_str()),
        Cell::text(name),
        Cell::text(definition.code.as_str()),
        Cell::text(definition.name.text(lang)),
        Cell::text(definition.unit.text(lang)),
        Cell::text(&period.to_string()),
        value.and_then(|value| value.number).map_or(Cell::Empty, Cell::Number),
        value.map_or(Cell::Empty, |value| Cell::text(&value.note)),
        state,
        Cell::Number(value.map_or(0.0, |value| value.version as f64)),
    ]
}

/// A row as an entry and the version seen, or column and words of what is wrong.
fn read_row(cells: &[Cell]) -> Result<(Entry, i64), (usize, String, String)> {
    let text = |at: usize| cells.get(at).and_then(Cell::as_text).unwrap_or_default();
    let unit = text(UNIT)
        .parse()
        .map_err(|error: network::NoId| (UNIT, format!("「{}」不是单位编号", text(UNIT)), error.to_string()))?;
    let code = text(CODE)
        .parse()
        .map_err(|error: crate::NoCode| (CODE, format!("「{}」不是指标代码", text(CODE)), error.to_string()))?;
    let period = text(PERIOD)
        .parse()
        .map_err(|error: crate::NoPeriod| (PERIOD, format!("「{}」不是统计期", text(PERIOD)), error.to_string()))?;
    let number = cells.get(NUMBER).and_then(Cell::as_number);
    let seen = cells.get(VERSION).and_then(Cell::as_number).unwrap_or(0.0) as i64;
    Ok((Entry { unit, code, period, number, note: text(NOTE).to_owned() }, seen))
}

fn problem(row: u32, column: usize, zh: String, en: String) -> Problem {
    let letter = u8::try_from(column).ok().and_then(|at| b'A'.checked_add(at)).map(|byte| char::from(byte).to_string());
    Problem { row, column: letter, zh, en }
}

/// A table of readings as a workbook: a row a unit, a column a period; what is missing says why.
pub fn table_sheet(
    definition: &Definition,
    table: &Table,
    names: &BTreeMap<OrganisationId, String>,
    lang: &str,
) -> Result<Vec<u8>, IndicatorsError> {
    let zh = lang == "zh";
    let mut columns = vec![Column::new("unit", if zh { "单位" } else { "Unit" }, Kind::Text).wide(36)];
    columns.extend(table.periods.iter().map(|period| {
        let key = period.to_string();
        Column::new(&key, &key, Kind::Number)
    }));
    let cell = |reading: &Reading| match reading {
        Reading::Number { number, .. } => Cell::Number(definition.rounded(*number)),
        Reading::Missing { why } => Cell::text(&why.text(lang)),
    };
    let mut rows = Vec::with_capacity(table.units.len());
    for (at, unit) in table.units.iter().enumerate() {
        let mut cells = vec![Cell::text(names.get(unit).map_or(unit.as_str(), String::as_str))];
        cells.extend(table.row(at).iter().map(cell));
        rows.push(cells);
    }
    let about = [&definition.name, &definition.unit, &definition.meaning, &definition.source];
    let guide = about.iter().map(|text| text.text(lang).to_owned()).filter(|line| !line.is_empty()).collect();
    let title = format!("{} {}", definition.code, definition.name.text(lang));
    let template = Template { title, sheet: definition.code.to_string(), columns, rows, guide };
    template.write().map_err(|error| IndicatorsError::Workbook(error.to_string()))
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
