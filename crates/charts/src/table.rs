//! The table beside every figure.

use serde::{Deserialize, Serialize};

/// Headings and rows; every row has as many cells as there are headings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The figure's title.
    pub caption: String,
    /// Names of the columns.
    pub headings: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<TableCell>>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableCell {
    /// As shown: numbers grouped, nothing for what is not known.
    pub text: String,
    /// The number behind the text, when it is one: set such cells to the right.
    pub value: Option<f64>,
    /// Address of the list.
    pub href: Option<String>,
}

impl TableCell {
    /// A cell of text.
    pub(crate) fn text(text: &str) -> Self {
        Self { text: text.to_owned(), value: None, href: None }
    }

    /// A cell with a number.
    pub(crate) fn value(value: f64) -> Self {
        let value = crate::text::finite(value);
        Self { text: crate::number(value), value: Some(value), href: None }
    }

    pub(crate) fn link(mut self, href: Option<&String>) -> Self {
        self.href = href.cloned();
        self
    }
}

impl Table {
    /// Whether a column holds numbers, which stand to the right.
    pub fn is_number(&self, column: usize) -> bool {
        self.rows.iter().any(|row| row.get(column).is_some_and(|cell| cell.value.is_some()))
    }

    /// The table as CSV for spreadsheets: UTF-8 with byte order mark, CRLF, numbers without grouping. Text that a
    /// spreadsheet would read as a formula is preceded by an apostrophe.
    pub fn csv(&self) -> String {
        let mut out = String::from("\u{feff}");
        line(&mut out, self.headings.iter().map(|heading| guarded(heading)));
        for row in &self.rows {
            line(
                &mut out,
                row.iter().map(|cell| cell.value.map_or_else(|| guarded(&cell.text), |value| value.to_string())),
            );
        }
        out
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// An apostrophe before `=`, `+`, `-`, `@`, tab and return, also when spaces stand before them.
fn guarded(text: &str) -> String {
    let formula = text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}
