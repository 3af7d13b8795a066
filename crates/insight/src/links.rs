//! Addresses of the lists behind figures.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a value in an address may hold as it is.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A condition that nobody asks: put to the text once, it shows what stands before every further condition.
const PROBE: &str = "xd=9999-12-31";

/// Addresses of lists of one text with one or more conditions besides.
pub(crate) struct Links {
    text: String,
    /// What stands before further conditions, encoded; `None` where they have to be put one by one.
    before: Option<String>,
}

impl Links {
    /// Of a text in the query language.
    pub(crate) fn of(text: &str) -> Self {
        // Putting a condition parses the text several times: once is enough for the thousand links of a page.
        let probed = query::with_clause(text, PROBE);
        Self { text: text.to_owned(), before: probed.strip_suffix(PROBE).map(encoded) }
    }

    /// The list of everything.
    pub(crate) fn all(&self) -> String {
        format!("/search?q={}", encoded(&self.text))
    }

    /// The list of what also fulfils these conditions.
    pub(crate) fn to(&self, clauses: &[&str]) -> String {
        let known = clauses.iter().any(|clause| self.text.contains(*clause));
        match &self.before {
            Some(before) if !known => {
                let clauses: Vec<String> = clauses.iter().map(|clause| encoded(clause)).collect();
                format!("/search?q={before}{}", clauses.join("%20AND%20"))
            }
            _ => {
                let text = clauses.iter().fold(self.text.clone(), |text, clause| query::with_clause(&text, clause));
                format!("/search?q={}", encoded(&text))
            }
        }
    }
}

/// Any of these conditions, as one condition.
pub(crate) fn any(clauses: &[String]) -> String {
    match clauses {
        [one] => one.clone(),
        several => format!("({})", several.join(" OR ")),
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, &KEPT).to_string()
}

#[cfg(test)]
#[path = "links_tests.rs"]
mod tests;
