//! The query that a filled form writes.

use query::{Field, Mistake};

use super::filled::{BOXES, Filled};
use crate::language::Lang;

/// A part of the form that cannot be understood.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) at: At,
    mistake: Box<Mistake>,
}

/// A row, counted from 0: of texts, or of the dates that hold anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Row(usize),
    Date(usize),
}

impl Wrong {
    /// What is wrong, and the condition as it may have been meant.
    pub(super) fn told(&self, lang: Lang) -> String {
        let sentence = self.mistake.sentence(lang.tongue());
        match &self.mistake.suggestion {
            Some(suggestion) => format!("{sentence} {}{suggestion}", lang.t("试试：", "Try: ")),
            None => sentence,
        }
    }
}

impl Filled {
    /// The text of the query: rows from the top down, then dates and check boxes, which narrow them all.
    pub(super) fn written(&self) -> Result<String, Wrong> {
        let rows = query::from_rows(&self.rows());
        let mut text = rows.map_err(|(at, mistake)| Wrong { at: At::Row(at), mistake: Box::new(mistake) })?;
        for (at, (field, from, to)) in self.dates().enumerate() {
            let clause = range(field, from, to);
            query::parse(&clause).map_err(|mistake| Wrong { at: At::Date(at), mistake: Box::new(mistake) })?;
            text = query::with_clause(&text, &clause);
        }
        for (field, _) in BOXES {
            let codes = self.codes(field).iter().filter(|code| !code.trim().is_empty());
            let clauses: Vec<String> = codes.map(|code| query::clause(field, code)).collect();
            text = query::with_clause(&text, &clauses.join(" OR "));
        }
        Ok(text)
    }
}

/// Both ends included; an end that is not given is open.
fn range(field: Field, from: &str, to: &str) -> String {
    let code = field.code();
    let signed = |text: &str| text.starts_with(['=', '<', '>', '[', '{']);
    match (from, to) {
        // Someone who knows the language writes the whole of it into one box.
        (text, "") | ("", text) if signed(text) => {
            format!("{code}{}{text}", if text.starts_with(['[', '{']) { "=" } else { "" })
        }
        (from, "") => format!("{code}>={from}"),
        ("", to) => format!("{code}<={to}"),
        (from, to) => format!("{code}=[{from} TO {to}]"),
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
