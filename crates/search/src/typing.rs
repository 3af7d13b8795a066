//! What is being typed at a place of a query.

use std::ops::Range;

use query::{CompletionKind, Field, complete};

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typing {
    /// The field whose value it is; `None` for a word without a field, which may become one.
    pub(crate) field: Option<Field>,
    /// What of it stands before the cursor, without field, sign and quotation mark.
    pub(crate) typed: String,
    /// Bytes of the whole condition, field included: what a suggestion takes the place of.
    pub(crate) place: Range<usize>,
    /// The field stands before brackets, so a value comes without it.
    pub(crate) bare: bool,
}

impl Typing {
    /// What is being typed at byte `cursor` of a query; `None` where nothing can be suggested.
    pub(crate) fn at(text: &str, cursor: usize) -> Option<Self> {
        let completion = complete(text, cursor);
        let (before, after) = text.split_at(completion.place.end);
        let value = &before[completion.place.start..];
        let rest = if value.starts_with(is_quote) {
            after.find(is_quote).map_or(after.len(), |at| at + after[at..].chars().next().map_or(0, char::len_utf8))
        } else {
            after.find(parts).unwrap_or(after.len())
        };
        let end = completion.place.end + rest;
        let (field, typed) = match completion.kind {
            CompletionKind::Nothing => return None,
            CompletionKind::FieldOrWord { typed } => (None, typed),
            CompletionKind::Value { field, typed } => (Some(field), typed),
        };
        // The field's name and the sign behind it belong to what is replaced; inside its brackets they do not.
        let named = before[..completion.place.start].trim_end_matches(is_sign);
        let bare = field.is_some() && named.len() == completion.place.start;
        let start = match field {
            Some(_) if !bare => {
                named.char_indices().rev().find(|(_, c)| parts(*c)).map_or(0, |(at, c)| at + c.len_utf8())
            }
            _ => completion.place.start,
        };
        Some(Self { field, typed, place: start..end, bare })
    }
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

const fn is_sign(c: char) -> bool {
    matches!(c, '=' | '＝' | ':' | '：' | '>' | '<' | '!')
}

/// What parts conditions.
fn parts(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | '[' | ']')
}

#[cfg(test)]
#[path = "typing_tests.rs"]
mod tests;
