//! A self-evaluation as a workbook: out to be filled in, back in as a draft. What goes out comes in again and changes
//! nothing.

use std::collections::BTreeSet;

use accounts::{Actor, Permission, record};
use database::Write;
use jiff::Timestamp;
use network::{Fault, OrganisationId};
use serde_json::json;
use sheets::{Cell, Column, Kind, Problem, SheetError, Template};

use crate::enter::{enter_in, faults, open_for};
use crate::open::scheme_of;
use crate::sql::units;
use crate::told::{entry, tidy};
use crate::{
    AssessmentError, AssessmentId, Assessments, Dimension, Entered, Item, SelfEvaluation, State, Text, Unit, Value,
    rule_words,
};

/// Places of the columns that are read back.
const ITEM: usize = 0;
const VALUE: usize = 5;
const BEFORE: usize = 6;
const NOTE: usize = 7;
const VERSION: usize = 8;

/// What an import would do, or did, with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// A figure is written where none was.
    New,
    /// A figure or its note is written over another.
    Changed,
    /// A figure is taken away: the item is missing again.
    Cleared,
    /// It says what is there.
    Same,
    /// Nothing is there and nothing was filled in.
    Empty,
}

impl RowOutcome {
    /// Whether something is written.
    pub fn changes(self) -> bool {
        matches!(self, Self::New | Self::Changed | Self::Cleared)
    }
}

/// A row of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedRow {
    /// Its number in the sheet.
    pub row: u32,
    /// What is asked.
    pub title: Text,
    /// The figure.
    pub value: Option<f64>,
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
    /// Whether a draft was written.
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
    let read = |key: &str, heading: &str, width: u16| Column::new(key, heading, Kind::Text).locked().wide(width);
    vec![
        read("item", "指标代码 Code", 22).required(),
        read("dimension", "维度 Dimension", 16),
        read("title", "指标 Item", 40),
        read("rule", "计分规则 Rule", 50),
        read("unit", "计量单位 Measured in", 18),
        Column::new("value", "数值 Value", Kind::Number)
            .noted("没有数据请留空，不要填 0。Leave it empty where there is none; do not write 0."),
        Column::new("before", "上年数值 Year before", Kind::Number),
        Column::new("note", "说明 Note", Kind::Text).wide(50),
        Column::new("version", "版本 Version", Kind::Number).locked().wide(10),
    ]
}

impl Assessments {
    /// The workbook in which a unit fills in its self-evaluation, with what is there; for whoever enters it, as long as it
    /// is asked for.
    pub async fn evaluation_sheet(
        &self,
        actor: &Actor,
        (id, unit): (&AssessmentId, &OrganisationId),
        lang: &str,
    ) -> Result<Vec<u8>, AssessmentError> {
        let found = self.unit(actor, id, unit).await?;
        actor.require_at(Permission::ReportProgress, unit)?;
        if found.assessment.state != State::SelfEvaluation {
            return Err(AssessmentError::State(found.assessment.state));
        }
        let items = found.scheme.items().filter(|(_, item)| item.is_entered());
        let rows = items.map(|(dimension, item)| {
            let value = found.values.iter().find(|value| value.item == item.code);
            row((dimension, item), value, found.unit.version, lang)
        });
        let guide = [
            "只填写「数值」「上年数值」和「说明」三列；没有数据请留空，不要填 0。Fill in value, year before and note alone; leave empty what you do not have, do not write 0.",
            "是否类指标填 1（是）或 0（否）。Where yes or no is asked, write 1 for yes, 0 for no.",
            "导入后为草稿；佐证材料在网页上传，提交后才计入。What is imported is a draft; attach evidence on the page, it counts once it is handed in.",
        ];
        let template = Template {
            title: format!("{} {}", found.assessment.title.text(lang), found.unit.name.text(lang)),
            sheet: "自评 Self-evaluation".to_owned(),
            columns: columns(),
            rows: rows.collect(),
            guide: guide.iter().map(|line| (*line).to_owned()).collect(),
        };
        template.write().map_err(|error| AssessmentError::Workbook(error.to_string()))
    }
}

fn row((dimension, item): (&Dimension, &Item), value: Option<&Value>, version: i64, lang: &str) -> Vec<Cell> {
    let number = |number: Option<f64>| number.map_or(Cell::Empty, Cell::Number);
    let unit = if item.is_yes_no() { "1 是 yes / 0 否 no" } else { item.unit().map_or("", |unit| unit.text(lang)) };
    vec![
        Cell::text(&item.code),
        Cell::text(dimension.title.text(lang)),
        Cell::text(item.title.text(lang)),
        Cell::text(&rule_words(item, lang)),
        Cell::text(unit),
        number(value.map(|value| value.value)),
        number(value.and_then(|value| value.before)),
        value.map_or(Cell::Empty, |value| Cell::text(&value.note)),
        Cell::Number(version as f64),
    ]
}

/// Reads a filled workbook of a unit: what each row would do, and all that is wrong. Writes a draft only when `dry` is off,
/// something changes and nothing is wrong; the unit's own words stay as they are.
pub async fn import_evaluation(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, unit): (&AssessmentId, &OrganisationId),
    (bytes, dry): (&[u8], bool),
) -> Result<Imported, AssessmentError> {
    let (assessment, before) = open_for(write, now, actor, id, unit).await?;
    let scheme = scheme_of(write, &assessment).await?;
    let rows = match sheets::read(bytes, &columns()) {
        Ok(rows) => rows,
        Err(SheetError::Problems(problems)) => return Ok(Imported { problems, ..Imported::default() }),
        Err(error) => return Err(error.into()),
    };
    let there = units::values_of(write, id, unit).await?;
    let (mut imported, mut figures, mut told) = (Imported::default(), Vec::new(), BTreeSet::new());
    for row in &rows {
        let (figure, seen) = figure(&row.cells);
        let known = there.iter().find(|value| value.item == figure.item);
        let outcome = outcome(&figure, known);
        let mut wrong = faults(&scheme, &SelfEvaluation { figures: std::slice::from_ref(&figure), ..nothing(&before) });
        if !told.insert(figure.item.clone()) {
            wrong.push(at_item("指标与前面的行重复", "this item stands in an earlier row too"));
        } else if figure.value.is_none() && (figure.before.is_some() || (known.is_none() && !figure.note.is_empty())) {
            wrong.push(at_item(
                "填写了上年数值或说明而没有数值",
                "there is a note or a figure of the year before, and no value",
            ));
        } else if outcome.changes() && seen != before.version {
            wrong.push(at_item(
                "模板生成后自评已被修改，请重新下载",
                "the self-evaluation was changed after this sheet was made; download it again",
            ));
        }
        imported.problems.extend(wrong.into_iter().map(|fault| problem(row.number, fault)));
        let title = scheme.item(&figure.item).map_or_else(|| Text::new(&figure.item, ""), |item| item.title.clone());
        imported.rows.push(ImportedRow { row: row.number, title, value: figure.value, outcome });
        if outcome.changes() {
            figures.push(figure);
        }
    }
    if dry || !imported.problems.is_empty() {
        return Ok(imported);
    }
    if !figures.is_empty() {
        let sent = SelfEvaluation { figures: &figures, ..nothing(&before) };
        enter_in(write, now, actor, (&assessment, &before), &sent).await?;
        let file = blake3::hash(bytes).to_hex();
        let detail = json!({ "file": file.as_str(), "figures": figures.len() });
        record(write, now, actor, &entry("assessment.import", &assessment, unit, None, detail)).await?;
    }
    imported.done = true;
    Ok(imported)
}

/// A self-evaluation that changes nothing, as a draft.
fn nothing(before: &Unit) -> SelfEvaluation<'_> {
    SelfEvaluation { version: before.version, words: &before.words, figures: &[], submit: false }
}

/// The figure of a row, and the version that its sheet has seen.
fn figure(cells: &[Cell]) -> (Entered, i64) {
    let text = |at: usize| cells.get(at).and_then(Cell::as_text).unwrap_or_default().to_owned();
    let number = |at: usize| cells.get(at).and_then(Cell::as_number);
    let figure = Entered { item: text(ITEM), value: number(VALUE), before: number(BEFORE), note: text(NOTE) };
    (figure, number(VERSION).unwrap_or_default() as i64)
}

/// What a row does to what is there.
fn outcome(figure: &Entered, there: Option<&Value>) -> RowOutcome {
    let same = |a: Option<f64>, b: Option<f64>| a.map(|a| tidy(a).to_bits()) == b.map(|b| tidy(b).to_bits());
    match (figure.value, there) {
        (None, None) => RowOutcome::Empty,
        (None, Some(_)) => RowOutcome::Cleared,
        (Some(_), None) => RowOutcome::New,
        (value, Some(there)) => {
            let as_it_is = same(value, Some(there.value)) && same(figure.before, there.before);
            if as_it_is && figure.note == there.note.trim() { RowOutcome::Same } else { RowOutcome::Changed }
        }
    }
}

fn at_item(zh: &str, en: &str) -> Fault {
    crate::error::fault("item", zh, en)
}

fn problem(row: u32, fault: Fault) -> Problem {
    let column = if fault.field == "item" { ITEM } else { VALUE };
    let letter = char::from(b'A' + column as u8);
    Problem { row, column: Some(letter.to_string()), zh: fault.zh, en: fault.en }
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
