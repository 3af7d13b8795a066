//! What is being typed at a place of a query.

use std::ops::Range;

use query::Field;

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
    /// What is being typed at byte `cursor` of a query.
    pub(crate) fn at(text: &str, cursor: usize) -> Self {
        let cursor = text.floor_char_boundary(cursor);
        let (before, after) = text.split_at(cursor);
        let quote = open_quote(before);
        let value_end = match quote {
            Some(_) => {
                after.find(is_quote).map_or(after.len(), |at| at + after[at..].chars().next().map_or(0, char::len_utf8))
            }
            None => after.find(parts).unwrap_or(after.len()),
        };
        let start = match quote {
            Some(quote) => start_of_word(before, quote),
            None => start_of_word(before, before.len()),
        };
        let place = start..cursor + value_end;
        let word = &before[start..];
        let (name, rest) = match word.find(is_sign) {
            Some(at) => (&word[..at], word[at..].trim_start_matches(is_sign)),
            None => ("", word),
        };
        let typed = rest.trim_start_matches(is_quote).to_owned();
        match Field::named(name).filter(|_| !name.is_empty()) {
            Some(field) => Self { field: Some(field), typed, place, bare: false },
            None => {
                let field = enclosing(&before[..start]);
                Self { field, typed, place, bare: field.is_some() }
            }
        }
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

/// Place of a quotation mark that was not closed.
fn open_quote(before: &str) -> Option<usize> {
    let mut open = None;
    let mut escaped = false;
    for (at, c) in before.char_indices() {
        if is_quote(c) && !escaped {
            open = if open.is_some() { None } else { Some(at) };
        }
        escaped = c == '\\' && !escaped;
    }
    open
}

/// Where the word that ends at byte `end` starts.
fn start_of_word(text: &str, end: usize) -> usize {
    text[..end].char_indices().rev().find(|(_, c)| parts(*c)).map_or(0, |(at, c)| at + c.len_utf8())
}

/// The field before the innermost bracket that is open at the end.
fn enclosing(before: &str) -> Option<Field> {
    let mut closed = 0_usize;
    for (at, c) in before.char_indices().rev() {
        match c {
            ')' | '）' => closed += 1,
            '(' | '（' if closed > 0 => closed -= 1,
            '(' | '（' => {
                let before = &before[..at];
                let Some(name) = before.strip_suffix(['=', '＝', ':', '：']) else { return enclosing(before) };
                return Field::named(&name[start_of_word(name, name.len())..]);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
#[path = "typing_tests.rs"]
mod tests;
