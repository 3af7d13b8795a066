//! The form as it is filled: rows, dates, check boxes.

use index::FacetField;
use query::{Field, FieldKind, Joint, Row};
use serde::Deserialize;

/// Fields with check boxes, and the facets that count them.
pub(super) const BOXES: [(Field, FacetField); 3] =
    [(Field::Right, FacetField::Right), (Field::Status, FacetField::Status), (Field::Office, FacetField::Office)];

/// Parameters as the form sends them: one of each for every row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    pub(super) joint: Vec<String>,
    pub(super) field: Vec<String>,
    pub(super) text: Vec<String>,
    /// Fields of the rows of dates, with both ends.
    pub(super) date: Vec<String>,
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) right: Vec<String>,
    pub(super) status: Vec<String>,
    pub(super) office: Vec<String>,
}

impl Filled {
    /// Whether nothing is asked.
    pub(super) fn is_empty(&self) -> bool {
        let blank = |list: &[String]| list.iter().all(|text| text.trim().is_empty());
        [&self.text, &self.from, &self.to, &self.right, &self.status, &self.office].into_iter().all(|list| blank(list))
    }

    /// The rows that hold text, and those between them.
    pub(super) fn rows(&self) -> Vec<Row> {
        let last = self.text.iter().rposition(|text| !text.trim().is_empty()).map_or(0, |last| last + 1);
        let at = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
        let row = |number: usize| Row {
            joint: match at(&self.joint, number).as_str() {
                "or" => Joint::Or,
                "not" => Joint::Not,
                _ => Joint::And,
            },
            field: Field::named(&at(&self.field, number)),
            text: at(&self.text, number),
        };
        (0..last).map(row).collect()
    }

    /// The rows of dates that hold anything: field, both ends as typed.
    pub(super) fn dates(&self) -> impl Iterator<Item = (Field, &str, &str)> {
        let rows = self.from.len().max(self.to.len());
        (0..rows).filter_map(|at| {
            let field = Field::named(self.date.get(at)?).filter(|field| field.kind() == FieldKind::Date)?;
            let (from, to) =
                (self.from.get(at).map_or("", |text| text.trim()), self.to.get(at).map_or("", |text| text.trim()));
            (!from.is_empty() || !to.is_empty()).then_some((field, from, to))
        })
    }

    /// Codes that are checked for a field.
    pub(super) fn codes(&self, field: Field) -> &[String] {
        match field {
            Field::Right => &self.right,
            Field::Status => &self.status,
            Field::Office => &self.office,
            _ => &[],
        }
    }

    pub(super) fn codes_mut(&mut self, field: Field) -> Option<&mut Vec<String>> {
        match field {
            Field::Right => Some(&mut self.right),
            Field::Status => Some(&mut self.status),
            Field::Office => Some(&mut self.office),
            _ => None,
        }
    }
}
