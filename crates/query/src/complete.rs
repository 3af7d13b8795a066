//! What stands at the cursor while a person types, whether or not the line can be understood yet.

use std::ops::Range;

use crate::keywords;
use crate::lexer::narrow_char;
use crate::mistake::Tongue;
use crate::{Field, FieldKind};

/// What could be completed, and the bytes that a completion replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the text that are replaced; they end at the cursor.
    pub place: Range<usize>,
    /// What is being typed.
    pub kind: CompletionKind,
}

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A bare word: it may become a field's name or stay a word.
    FieldOrWord {
        /// As far as typed.
        typed: String,
    },
    /// A value behind a field.
    Value {
        /// The field.
        field: Field,
        /// As far as typed, without its quotation mark.
        typed: String,
    },
    /// Nothing that could be completed.
    Nothing,
}

/// Looks at what stands before `cursor` (bytes; one inside a character stands before it).
pub fn complete(text: &str, cursor: usize) -> Completion {
    let mut end = cursor.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let typed = &text[..end];
    let Scanned { from, inherited } = scan(typed);
    let token = &typed[from..];
    let (field, value_from) = match split(token) {
        Some((name, at)) => match Field::named(name) {
            Some(field) => (Some(field), from + at),
            None => return nothing(end),
        },
        None => (inherited, from),
    };
    let value = typed[value_from..].trim_start_matches(QUOTES);
    let place = value_from..end;
    let kind = match field {
        Some(field) if !value.starts_with(['[', '{']) => CompletionKind::Value { field, typed: value.to_owned() },
        None if !value.is_empty() && value.len() == token.len() => {
            CompletionKind::FieldOrWord { typed: value.to_owned() }
        }
        _ => return nothing(end),
    };
    Completion { place, kind }
}

/// Names of fields that begin with what was typed, each with the name to insert: a name in Chinese is completed in
/// Chinese, one in Latin letters by the code or English name that begins so.
pub fn fields_beginning(typed: &str, tongue: Tongue) -> Vec<(Field, &'static str)> {
    let typed: String = typed.chars().map(narrow_char).flat_map(char::to_lowercase).collect();
    let begins = |field: &Field| {
        let own = if tongue == Tongue::Chinese { field.chinese() } else { field.english() };
        let names = std::iter::once(own).chain(field.names());
        names.into_iter().find(|name| name.starts_with(&typed)).map(|name| (*field, name))
    };
    if typed.is_empty() { Vec::new() } else { Field::ALL.iter().filter_map(begins).collect() }
}

/// Known words of a keyword field that begin with, or in Chinese contain, what was typed.
pub fn values_of(field: Field, typed: &str, tongue: Tongue) -> Vec<&'static str> {
    if field.kind() != FieldKind::Keyword {
        return Vec::new();
    }
    let wanted = |value: &&'static str| value.is_ascii() != (tongue == Tongue::Chinese) || !typed.is_empty();
    let typed = typed.to_lowercase();
    let fits = |value: &&'static str| {
        let value = value.to_lowercase();
        value.starts_with(&typed) || (!typed.is_ascii() && value.contains(&typed))
    };
    let mut values: Vec<&'static str> = keywords::known(field).into_iter().filter(wanted).filter(fits).collect();
    let mut seen = Vec::new();
    values.retain(|value| {
        let new = !seen.contains(value);
        seen.push(*value);
        new
    });
    values
}

const QUOTES: [char; 6] = ['"', '“', '＂', '「', '『', '”'];

fn nothing(end: usize) -> Completion {
    Completion { place: end..end, kind: CompletionKind::Nothing }
}

struct Scanned {
    /// Start of the token at the end of the text.
    from: usize,
    /// Field of the bracket it stands in.
    inherited: Option<Field>,
}

/// Goes over quotation marks and brackets, open ones too.
fn scan(text: &str) -> Scanned {
    let mut from = 0;
    let mut quote: Option<char> = None;
    let mut brackets: Vec<Option<Field>> = Vec::new();
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if let Some(close) = quote {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                c if c == close || (close == '"' && matches!(c, '”' | '＂' | '“')) => quote = None,
                _ => {}
            }
            continue;
        }
        let next = at + c.len_utf8();
        match narrow_char(c) {
            '"' | '“' => quote = Some('"'),
            '「' => quote = Some('」'),
            '『' => quote = Some('』'),
            '(' => {
                let name = split(&text[from..at]).filter(|(_, value)| from + value == at).map(|(name, _)| name);
                let outer = brackets.last().copied().flatten();
                brackets.push(name.and_then(Field::named).or(outer));
                from = next;
            }
            ')' => {
                brackets.pop();
                from = next;
            }
            c if c.is_whitespace() || matches!(c, '，' | '。' | '；' | '、') => from = next,
            '-' if at == from => from = next,
            _ => {}
        }
    }
    Scanned { from, inherited: brackets.last().copied().flatten() }
}

/// Name before the first sign of comparison, and where the value behind it starts.
fn split(token: &str) -> Option<(&str, usize)> {
    let sign = |c: char| matches!(narrow_char(c), '=' | ':' | '<' | '>' | '!');
    let at = token.find(sign).filter(|at| *at > 0)?;
    let value = token[at..].find(|c| !sign(c)).map_or(token.len(), |length| at + length);
    Some((&token[..at], value))
}
