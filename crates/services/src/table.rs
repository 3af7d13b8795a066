//! Items as CSV: one row an item, columns named as in the standard; lists and the form are cells of JSON.

use network::Problem;
use serde_json::{Map, Value};

use crate::elements::{ENGLISH, Element, ITEM, NOTE, Shape, UNIT};
use crate::standard_file::{HAS_FEE, VERSION, problem, written};
use crate::{ServicesError, Version};

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Text,
    Number,
    Json,
}

/// The columns of the file in their order.
pub fn columns() -> Vec<String> {
    cells().into_iter().map(|(name, _)| name).collect()
}

fn cells() -> Vec<(String, Cell)> {
    let mut cells = Vec::new();
    of(ITEM, &mut cells);
    cells.push((HAS_FEE.to_owned(), Cell::Text));
    cells.push((VERSION.to_owned(), Cell::Number));
    cells
}

fn of(elements: &[Element], cells: &mut Vec<(String, Cell)>) {
    for Element { zh, shape, .. } in elements {
        let mut put = |ending: &str, cell: Cell| cells.push((format!("{zh}{ending}"), cell));
        match shape {
            Shape::Plain | Shape::Flag | Shape::Word(_) => put("", Cell::Text),
            Shape::Words => {
                put("", Cell::Text);
                put(ENGLISH, Cell::Text);
            }
            Shape::Limit => {
                put("", Cell::Number);
                put(UNIT, Cell::Text);
                put(NOTE, Cell::Text);
                put(&format!("{NOTE}{ENGLISH}"), Cell::Text);
            }
            Shape::Beside(parts) => of(parts, cells),
            Shape::Many(Shape::Words) => {
                put("", Cell::Json);
                put(ENGLISH, Cell::Json);
            }
            Shape::Many(_) | Shape::Inside(_) | Shape::Own => put("", Cell::Json),
        }
    }
}

/// Writes versions as CSV in UTF-8 with headings; lists and the form are JSON.
pub fn export_csv(versions: &[Version]) -> Result<Vec<u8>, ServicesError> {
    let failed =
        |error: &dyn std::fmt::Display| ServicesError::Unreadable { of: "CSV".to_owned(), reason: error.to_string() };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns()).map_err(|error| failed(&error))?;
    for version in versions {
        let written = written(version)?;
        let cell = |(name, _): (String, Cell)| match written.get(&name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => guarded(text),
            Some(other) => other.to_string(),
        };
        writer.write_record(cells().into_iter().map(cell)).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

/// Signs with which a spreadsheet takes a text for a formula, and the one that keeps it from doing so.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\''];

/// A text that no spreadsheet runs.
fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// A row of a file with the line on which it begins.
pub(crate) type Row = (u64, Map<String, Value>);
/// Rows of a file and what is wrong with it.
pub(crate) type Rows = (Vec<Row>, Vec<Problem>);

/// Reads rows as objects of elements; what is wrong with cells and headings.
pub(crate) fn read(csv: &[u8]) -> Rows {
    let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
    let mut reader = csv::ReaderBuilder::new().from_reader(csv);
    let unreadable = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        problem(line, "", "该行无法读取，请检查编码、引号和列数", format!("the row cannot be read: {error}"))
    };
    let headings = match reader.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => return (Vec::new(), vec![unreadable(&error)]),
    };
    let known = cells();
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut places = Vec::new();
    for heading in &headings {
        match known.iter().find(|(name, _)| name == heading.trim()) {
            Some(cell) if places.contains(&Some(cell)) => {
                problems.push(problem(1, heading, "列标题重复", "the heading stands twice"));
            }
            Some(cell) => places.push(Some(cell)),
            None => {
                places.push(None);
                problems.push(problem(1, heading, "没有这一列", format!("there is no column «{heading}»")));
            }
        }
    }
    if !problems.is_empty() {
        return (rows, problems);
    }
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.push(unreadable(&error));
                continue;
            }
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let mut row = Map::new();
        for ((name, kind), text) in places.iter().flatten().zip(&record) {
            match cell(*kind, text) {
                Ok(Value::Null) => (),
                Ok(value) => {
                    row.insert(name.clone(), value);
                }
                Err((zh, en)) => problems.push(problem(line, name, zh, en)),
            }
        }
        rows.push((line, row));
    }
    (rows, problems)
}

fn cell(kind: Cell, text: &str) -> Result<Value, (String, String)> {
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    match kind {
        Cell::Text => Ok(Value::String(unguarded(text).to_owned())),
        Cell::Number => {
            let number = text.trim().parse::<u32>().map(Value::from);
            number.map_err(|_| ("须为整数".to_owned(), "takes a whole number".to_owned()))
        }
        Cell::Json => serde_json::from_str(text)
            .map_err(|error| (format!("不是有效的 JSON:{error}"), format!("the cell is no JSON: {error}"))),
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
