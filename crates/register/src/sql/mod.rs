//! Every statement of the register, in words that SQLite and PostgreSQL share.

pub(crate) mod feed;
pub(crate) mod loads;
pub(crate) mod parts;
pub(crate) mod quarantine;
pub(crate) mod reference;
pub(crate) mod rights;
pub(crate) mod schemes;

/// Several short texts in one column.
pub(crate) fn lines(texts: &[String]) -> String {
    texts.join("\n")
}

/// The texts of such a column.
pub(crate) fn from_lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
