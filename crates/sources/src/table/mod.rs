//! Tables (CSV, TSV, XLS, XLSX, JSON lines, reference lists) read through a mapping.
//!
//! A [`Mapping`] says which column means which field; [`ready`] ones come with the program, others are read from TOML
//! ([`Mapping::from_toml`], explained in `docs/mappings.md`) and tried first. A record's raw bytes are the row's
//! cells as a JSON array; JSON lines and references stay as they stand in the file. Text rows stream and their
//! position is the byte offset; a worksheet is held in memory (bounded) and its position is the row number.

mod cells;
mod column;
mod delimited;
mod mapping;
mod references;
mod row;
mod values;
mod workbook;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

pub use column::{first_column, is_workbook};
pub use mapping::{Column, DateForm, Field, Mapping, MappingError, Shape, Spelling, TEXTS, ready};
pub(crate) use workbook::Sheet;

use crate::cut::{Piece, cut};
use crate::{Cut, Findings, Format, Head, Problem, RawRecord, Settings};
use cells::Cell;
use delimited::Delimited;

/// Rows of any table.
pub(crate) static FORMAT: Format =
    Format { name: "table", chinese: "表格", english: "Table", cut: Cut::Documents, recognise: |_| false, read };

/// How the rows of a text file lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// Cells apart by a byte, below a header.
    Delimited(Delimited),
    /// A JSON object a line.
    JsonLines,
    /// Entries that begin with `[n]`.
    References,
    /// Rows of a worksheet.
    Worksheet,
}

/// A table with its columns and mapping.
#[derive(Debug)]
pub struct Table {
    mapping: Arc<Mapping>,
    header: Vec<String>,
    /// The header as it is compared.
    normal: Vec<String>,
    layout: Layout,
}

/// What the beginning of a text file shows.
pub(crate) enum Recognised {
    /// A table of a known mapping.
    Table(Arc<Table>),
    /// A table with these columns, which match no mapping.
    Unknown(Vec<String>),
    /// No table.
    Nothing,
}

impl Table {
    /// Name of the mapping.
    pub fn mapping_name(&self) -> &str {
        &self.mapping.name
    }

    /// Names of the columns as the file has them; empty for JSON lines, whose rows name their own.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    fn new(mapping: &Arc<Mapping>, header: Vec<String>, layout: Layout) -> Self {
        let normal = header.iter().map(|name| mapping::normal_name(name)).collect();
        Self { mapping: Arc::clone(mapping), header, normal, layout }
    }

    /// Cells under the names of their columns.
    fn cells(&self, texts: impl IntoIterator<Item = String>) -> Vec<Cell<'_>> {
        let names = self.header.iter().zip(&self.normal);
        names.zip(texts).map(|((name, normal), text)| Cell { name, normal: normal.into(), texts: vec![text] }).collect()
    }

    /// The first of these rows that is the header of a mapping.
    fn find(rows: &[Vec<String>], mappings: &[Arc<Mapping>]) -> Option<(Self, usize)> {
        rows.iter().enumerate().find_map(|(at, row)| {
            let names: Vec<String> = row.iter().map(|name| mapping::normal_name(name)).collect();
            let mapping = mappings.iter().find(|m| m.shape == Shape::Table && m.fits(&names))?;
            let header = row.iter().map(|name| name.trim().trim_start_matches('\u{feff}').to_owned()).collect();
            Some((Self::new(mapping, header, Layout::Worksheet), at))
        })
    }

    /// Hands on every row.
    pub(crate) fn rows(
        &self,
        reader: &mut dyn Read,
        limit: usize,
        hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> io::Result<()> {
        match self.layout {
            Layout::Delimited(how) => delimited::rows(reader, how, &self.mapping, limit, hand_on),
            Layout::JsonLines => cut(reader, Cut::Lines(|_| true), limit, &mut |piece| {
                if piece.bytes.trim_ascii().is_empty() { ControlFlow::Continue(()) } else { hand_on(piece) }
            }),
            Layout::References => cut(reader, Cut::Lines(references::begins), limit, hand_on),
            Layout::Worksheet => Ok(()),
        }
    }
}

/// The mappings in the order in which they are tried: the user's own before the ready ones.
fn mappings(settings: &Settings) -> Vec<Arc<Mapping>> {
    settings.mappings.iter().chain(ready()).cloned().collect()
}

/// What a text file with this beginning is.
pub(crate) fn recognise(head: &Head, settings: &Settings) -> Recognised {
    let mappings = mappings(settings);
    let bytes = head.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head.bytes);
    if references::is_list(bytes) {
        return list_of_references(&mappings);
    }
    if bytes.trim_ascii_start().starts_with(b"{") {
        return json_lines(bytes, &mappings);
    }
    if bytes.contains(&0) {
        return Recognised::Nothing;
    }
    let mut unknown = None;
    for delimiter in delimited::DELIMITERS {
        let rows = delimited::first_rows(bytes, delimiter);
        let fits = |m: &&Arc<Mapping>| m.delimiter.is_none_or(|own| own == char::from(delimiter));
        let able: Vec<_> = mappings.iter().filter(fits).cloned().collect();
        if let Some((mut table, header_row)) = Table::find(&rows, &able) {
            let encoding = (!delimited::is_utf8(bytes)).then(|| table.mapping.fallback());
            table.layout = Layout::Delimited(Delimited { delimiter, header_row, encoding });
            return Recognised::Table(Arc::new(table));
        }
        unknown = unknown.or_else(|| likely_header(&rows));
    }
    unknown.map_or(Recognised::Nothing, Recognised::Unknown)
}

fn list_of_references(mappings: &[Arc<Mapping>]) -> Recognised {
    let header: Vec<String> = references::HEADER.iter().map(|name| (*name).to_owned()).collect();
    match mappings.iter().find(|mapping| mapping.shape == Shape::References) {
        Some(mapping) => Recognised::Table(Arc::new(Table::new(mapping, header, Layout::References))),
        None => Recognised::Unknown(header),
    }
}

fn json_lines(bytes: &[u8], mappings: &[Arc<Mapping>]) -> Recognised {
    let line = bytes.trim_ascii_start().split(|b| *b == b'\n').next().unwrap_or_default();
    let Ok(object @ serde_json::Value::Object(_)) = serde_json::from_slice(line) else { return Recognised::Nothing };
    let names: Vec<String> = cells::of_object(&object).into_iter().map(|(name, _)| name).collect();
    let normal: Vec<String> = names.iter().map(|name| mapping::normal_name(name)).collect();
    match mappings.iter().find(|mapping| mapping.shape == Shape::Table && mapping.fits(&normal)) {
        Some(mapping) => Recognised::Table(Arc::new(Table::new(mapping, Vec::new(), Layout::JsonLines))),
        None => Recognised::Unknown(names),
    }
}

/// The header of what looks like a table: three or more short names, and as many cells below them.
fn likely_header(rows: &[Vec<String>]) -> Option<Vec<String>> {
    let named =
        |row: &Vec<String>| row.len() >= 3 && row.iter().all(|cell| (1..=80).contains(&cell.trim().chars().count()));
    let at = rows.iter().position(|row| row.len() >= 3)?;
    let header = rows.get(at).filter(|row| named(row))?;
    rows.get(at + 1).filter(|next| next.len() == header.len()).map(|_| header.clone())
}

/// The worksheets of a spreadsheet that match a mapping; none, with the columns found, when none does.
pub(crate) fn recognise_workbook(
    name: &str,
    file: File,
    settings: &Settings,
) -> Result<(Vec<Sheet>, Vec<Vec<String>>), Problem> {
    workbook::open(name, file, &mappings(settings))
}

/// Why a table is passed over: names the columns, for whoever writes a mapping.
pub(crate) fn unknown_columns(columns: &[String]) -> String {
    let shown: Vec<&str> = columns.iter().map(|column| column.trim()).take(12).collect();
    let more = if columns.len() > shown.len() { ", …" } else { "" };
    format!("a table whose columns match no mapping: {}{more}", shown.join(", "))
}

fn read(record: &RawRecord, findings: &mut Findings) {
    let Some(table) = record.context.table.as_deref() else {
        return findings.refuse("no-table", "the row came without its table");
    };
    match table.layout {
        Layout::JsonLines => read_object(record, table, findings),
        Layout::References => read_reference(record, table, findings),
        Layout::Delimited(_) | Layout::Worksheet => read_row(record, table, findings),
    }
}

fn read_row(record: &RawRecord, table: &Table, findings: &mut Findings) {
    let texts: Vec<String> = match serde_json::from_slice(&record.bytes) {
        Ok(texts) => texts,
        Err(error) => return findings.refuse("json", format!("the row is not an array of texts: {error}")),
    };
    if let Some(extra) = texts.iter().skip(table.header.len()).find(|text| !text.trim().is_empty()) {
        let (found, expected) = (texts.len(), table.header.len());
        return findings.refuse(
            "columns",
            format!(
                "the row has {found} cells under {expected} columns («{extra}» stands under none); a quotation \
                     mark or separator is amiss"
            ),
        );
    }
    read_cells(&table.cells(texts), table, findings);
}

fn read_object(record: &RawRecord, table: &Table, findings: &mut Findings) {
    let object = match serde_json::from_slice(&record.bytes) {
        Ok(object @ serde_json::Value::Object(_)) => object,
        Ok(_) => return findings.refuse("json", "the line is not a JSON object"),
        Err(error) => return findings.refuse("json", format!("the line is not a JSON object: {error}")),
    };
    let flat = cells::of_object(&object);
    let cell = |(name, texts)| Cell { name, normal: mapping::normal_name(name).into(), texts };
    let cells: Vec<_> = flat.iter().map(|(name, texts)| cell((name, texts.clone()))).collect();
    read_cells(&cells, table, findings);
}

fn read_reference(record: &RawRecord, table: &Table, findings: &mut Findings) {
    let encoding = table.mapping.fallback();
    let utf8 = std::str::from_utf8(&record.bytes).ok().map(Cow::Borrowed);
    let decoded = || encoding.decode_without_bom_handling_and_without_replacement(&record.bytes);
    let Some(entry) = utf8.or_else(decoded) else {
        return findings.refuse("encoding", format!("the reference is neither UTF-8 nor {}", encoding.name()));
    };
    let texts = references::cells(&entry);
    match texts[3].as_str() {
        "" => return findings.refuse("reference", "the entry has no document type such as [P]"),
        kind if !kind.starts_with('P') => {
            findings.passed_over = Some("a reference that is not a patent");
            return;
        }
        _ => {}
    }
    read_cells(&table.cells(texts), table, findings);
}

fn read_cells(cells: &[Cell<'_>], table: &Table, findings: &mut Findings) {
    let values = cells::values(cells, &table.mapping, findings);
    row::read(&values, &table.mapping, findings);
}
