//! The network as CSV: what is exported can be imported again and is then the same.

use std::collections::BTreeMap;

use database::{Connection, Write};
use jiff::civil::Date;

use crate::counties::{Problem, unreadable};
use crate::import::{self, Import, Imported};
use crate::row::{self, COLUMNS, Row};
use crate::sql::state;
use crate::{NetworkError, Organisation};

/// Everything that is not closed on a day: higher levels first, then by region and time of entry.
pub async fn everything(connection: &mut Connection, as_of: Date) -> Result<Vec<Organisation>, NetworkError> {
    state::everything(connection, as_of).await
}

/// Writes everything that is not closed on a day as CSV in UTF-8 with headings. With `versions` a last column makes
/// the import of the file fail for rows that were changed in between.
pub async fn export_csv(connection: &mut Connection, as_of: Date, versions: bool) -> Result<Vec<u8>, NetworkError> {
    write_csv(&everything(connection, as_of).await?, versions)
}

fn write_csv(organisations: &[Organisation], versions: bool) -> Result<Vec<u8>, NetworkError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| NetworkError::Unreadable { id: "CSV".to_owned(), reason: error.to_string() };
    let extra = versions.then_some("version");
    writer.write_record(COLUMNS.iter().copied().chain(extra)).map_err(failed)?;
    for organisation in organisations {
        let cells = row::cells(organisation);
        let guarded = COLUMNS.iter().zip(cells).map(|(column, cell)| guarded(column, cell));
        let version = versions.then(|| organisation.version.to_string());
        writer.write_record(guarded.chain(version)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| NetworkError::Unreadable { id: "CSV".to_owned(), reason: error.to_string() })
}

/// Signs with which a spreadsheet takes a text for a formula, and the one that keeps it from doing so.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\''];

/// A text that no spreadsheet runs.
fn guarded(column: &str, cell: String) -> String {
    let number = matches!(column, "latitude" | "longitude");
    if !number && cell.starts_with(FORMULA) { format!("'{cell}") } else { cell }
}

fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// Imports CSV with the headings of [`COLUMNS`], in any order; `kind`, `level`, `region` and `name_zh` must be there.
/// A row with the id of an organisation, or without an id but with name and region of one, changes it; every other
/// row enters a new one. `parent` is an id or a Chinese name. Nothing is stored when any row is wrong.
pub async fn import_csv(write: &mut Write, csv: &[u8], import: Import<'_>) -> Result<Imported, NetworkError> {
    import::rows(write, import, read(csv)).await
}

fn read(csv: &[u8]) -> Result<Vec<Row>, Vec<Problem>> {
    let csv = csv.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(csv);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv);
    let headings = reader.headers().map_err(|error| vec![unreadable(&error, 1)])?.clone();
    let places: BTreeMap<String, usize> =
        headings.iter().enumerate().map(|(at, heading)| (heading.trim().to_lowercase(), at)).collect();
    let mut problems = headings_of(&headings, &places);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.push(unreadable(&error, 0));
                continue;
            }
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() > headings.len() {
            let en = format!("has {} cells, the headings are {}", record.len(), headings.len());
            problems.push(Problem::new(line, "", "单元格多于列标题", en));
            continue;
        }
        let get = |column: &str| {
            let cell = places.get(column).and_then(|at| record.get(*at)).unwrap_or_default();
            unguarded(cell).to_owned()
        };
        match row::read(line, &get) {
            Ok(row) => rows.push(row),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

fn headings_of(headings: &csv::StringRecord, places: &BTreeMap<String, usize>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for needed in ["kind", "level", "region", "name_zh"] {
        if !places.contains_key(needed) {
            problems.push(Problem::new(1, needed, "缺少该列", "this column is missing"));
        }
    }
    for heading in places.keys().filter(|heading| !COLUMNS.contains(&heading.as_str()) && *heading != "version") {
        let en = format!("there is no such column; the columns are {}", COLUMNS.join(", "));
        problems.push(Problem::new(1, heading, "没有这一列", en));
    }
    if places.len() < headings.len() {
        problems.push(Problem::new(1, "", "列标题重复", "a heading stands twice"));
    }
    problems
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
