//! The report as data.

use charts::{Figure, Kind, Table, TableCell, Words};
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;

/// The report of a unit for a year, in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Yearly {
    /// Whose.
    pub unit: OrganisationId,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: i16,
    /// `zh` or `en`.
    pub lang: String,
    /// The last day that counts: the end of the year, or the day on which it was made.
    pub as_of: Date,
    /// When it was made.
    pub made_at: Timestamp,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
}

impl Yearly {
    /// The title.
    pub fn title(&self) -> String {
        if self.lang == "zh" {
            format!("{}{} 年知识产权公共服务发展报告", self.name, self.year)
        } else {
            format!("{}: IP Public Service in {}", self.name, self.year)
        }
    }
}

/// A chapter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chapter {
    /// Its name in addresses: letters and `-`.
    pub key: &'static str,
    /// Its heading.
    pub title: String,
    /// What there is to say, a paragraph each.
    pub text: Vec<String>,
    /// Drawings.
    pub figures: Vec<Figure>,
    /// Tables; cells carry the addresses of their lists.
    pub tables: Vec<Table>,
    /// Where its numbers come from and as of which day.
    pub source: String,
}

/// A figure of the report.
pub(crate) fn figure(id: &str, title: &str, description: String, empty: &str, kind: Kind) -> Figure {
    let words = Words { empty: empty.to_owned(), ..Words::default() };
    Figure { id: id.to_owned(), title: title.to_owned(), description, width: 720, notes: Vec::new(), words, kind }
}

/// A table with these headings.
pub(crate) fn table(caption: &str, headings: &[&str], rows: Vec<Vec<TableCell>>) -> Table {
    Table { caption: caption.to_owned(), headings: headings.iter().map(|one| (*one).to_owned()).collect(), rows }
}

/// A cell of text.
pub(crate) fn text(text: impl Into<String>) -> TableCell {
    TableCell { text: text.into(), ..TableCell::default() }
}

/// A cell with a number; what is not known is a dash.
pub(crate) fn number(value: Option<f64>) -> TableCell {
    TableCell { text: value.map_or_else(|| "—".to_owned(), charts::number), value, href: None }
}

/// A cell with a count.
pub(crate) fn count(value: u64) -> TableCell {
    number(Some(value as f64))
}

/// A share of 1 in percent, to a tenth.
pub(crate) fn percent(share: Option<f64>) -> TableCell {
    match share {
        Some(share) => TableCell {
            text: format!("{:.1} %", share * 100.0),
            value: Some((share * 1000.0).round() / 10.0),
            href: None,
        },
        None => number(None),
    }
}

/// The cell, opening its list.
pub(crate) fn linked(cell: TableCell, href: String) -> TableCell {
    TableCell { href: Some(href), ..cell }
}
