//! Trade marks looked up by a form, which writes query text.

use query::{Field, clause};
use records::{Office, RightKind, Status};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the words of a mark are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The words are somewhere in the mark; a single word also begins a longer one.
    #[default]
    Contains,
    /// The mark is these words and nothing else.
    Exact,
    /// The words sound like some of the mark.
    Sounds,
}

/// A look-up of marks. What is empty asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Form {
    /// Words of the mark.
    pub words: String,
    /// How they are compared.
    pub mode: Mode,
    /// Words of an applicant's or owner's name.
    pub owner: String,
    /// Application or registration number in any spelling.
    pub number: String,
    /// Nice classes; any of them.
    pub nice: Vec<u8>,
    /// Vienna codes, separated by commas or spaces; all of them.
    pub vienna: String,
    /// Status.
    pub status: Option<Status>,
    /// Office.
    pub office: Option<Office>,
}

/// The query of a form. It parses whenever number and Vienna codes are such; else the mistake names what is wrong.
pub fn mark_query(form: &Form) -> String {
    let mut clauses = vec![clause(Field::Right, RightKind::Trademark.code())];
    let words = form.words.trim();
    if has_words(words) {
        clauses.push(match form.mode {
            Mode::Exact => format!("{}=={}", Field::Title.code(), quoted(words)),
            Mode::Sounds => format!("{}={}", Field::Sound.code(), quoted(words)),
            Mode::Contains => contains(words),
        });
    }
    let owner = form.owner.trim();
    if has_words(owner) {
        let owner = quoted(owner);
        clauses.push(format!("({}={owner} OR {}={owner})", Field::Applicant.code(), Field::Owner.code()));
    }
    let plain = |field: Field, value: &str| format!("{}={}", field.code(), quoted(value));
    if !form.number.trim().is_empty() {
        clauses.push(plain(Field::Number, form.number.trim()));
    }
    let classes: Vec<String> = form.nice.iter().map(|class| clause(Field::Nice, &class.to_string())).collect();
    match classes.as_slice() {
        [] => {}
        [one] => clauses.push(one.clone()),
        several => clauses.push(format!("({})", several.join(" OR "))),
    }
    let codes = form.vienna.split([',', '，', ';', '；', '、', ' ', '\t']).filter(|code| !code.is_empty());
    clauses.extend(codes.map(|code| clause(Field::Vienna, code)));
    clauses.extend(form.status.map(|status| clause(Field::Status, status.code())));
    clauses.extend(form.office.map(|office| clause(Field::Office, office.as_str())));
    clauses.join(" AND ")
}

/// A single word in letters also begins a longer one; Chinese is found anywhere as it is.
fn contains(words: &str) -> String {
    let title = Field::Title.code();
    let one_word = words.len() > 1 && words.bytes().all(|b| b.is_ascii_alphanumeric());
    if one_word {
        format!("({title}={0} OR {title}={words}*)", quoted(words))
    } else {
        format!("{title}={}", quoted(words))
    }
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Text in quotation marks as the query language reads it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '“' | '”' | '＂') {
            quoted.push('\\');
        }
        quoted.push(if c.is_control() { ' ' } else { c });
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
#[path = "marks_tests.rs"]
mod tests;
