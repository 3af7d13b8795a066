//! One value of another spelling: its wildcards, dates and symbols brought to those of this site.

use std::ops::Range;

use super::node::any;
use crate::lexer::{Comparison, narrow};
use crate::mistake::{Expected, Fault, Reason};
use crate::values::{self, Typed};
use crate::{Field, FieldKind, Leaf, Pattern, Proximity, Query, Value, numbers, parse, parser, wildcard};

/// Whose wildcards and numbers a value uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    /// `*` any characters, `?` none or one, `#` one.
    Cql,
    /// `$` and `*` any characters, `$n` at most n, `?` one.
    Brs,
}

/// Words as they stand in the line.
#[derive(Clone)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) quoted: bool,
    pub(super) place: Range<usize>,
    pub(super) comparison: Comparison,
    /// A class symbol with all below it.
    pub(super) below: bool,
}

/// Whether a condition in canonical text is read as itself.
fn reads_back(leaf: &Leaf) -> bool {
    matches!(parse(&leaf.canonical()), Ok(Query::Leaf(read)) if read == *leaf)
}

/// Most spellings one wildcard word may stand for.
const MOST_SPELLINGS: usize = 32;

impl Words {
    pub(super) const fn new(text: String, quoted: bool, place: Range<usize>) -> Self {
        Self { text, quoted, place, comparison: Comparison::Is, below: false }
    }

    /// What the words ask of a field.
    pub(super) fn read(&self, field: Option<Field>, wording: Wording) -> Result<Query, Fault> {
        match field.map(|field| (field, field.kind())) {
            None => self.bare(wording),
            Some((field, FieldKind::Text | FieldKind::Name)) if self.comparison == Comparison::Exactly => {
                self.value(field, &self.text, true)
            }
            Some((field, FieldKind::Text | FieldKind::Name)) => self.pattern(Some(field), wording),
            Some((field, FieldKind::Number)) => self.number(field, wording),
            Some((field, FieldKind::Class)) => self.class(field),
            Some((field, FieldKind::Date)) => self.value(field, &iso(&self.text), false),
            Some((field, FieldKind::Count | FieldKind::Keyword)) => self.value(field, &self.text, self.quoted),
        }
    }

    fn typed<'a>(&self, text: &'a str, quoted: bool) -> Typed<'a> {
        Typed { text, quoted, place: self.place.clone(), start: self.place.start }
    }

    fn value(&self, field: Field, text: &str, quoted: bool) -> Result<Query, Fault> {
        let value = values::read(Some(field), self.comparison, &self.typed(text, quoted))?;
        Ok(self.query(Some(field), value))
    }

    fn query(&self, field: Option<Field>, value: Value) -> Query {
        Query::Leaf(Leaf { field, value, place: self.place.clone() })
    }

    /// Words without a field: a date where CQL takes it for one, a number or a full symbol, else words.
    fn bare(&self, wording: Wording) -> Result<Query, Fault> {
        if self.quoted || has_wildcard(&self.text, wording) {
            return self.pattern(None, wording);
        }
        let date = iso(&self.text);
        if wording == Wording::Cql && is_whole_day(&date) {
            return self.value(Field::PublicationDate, &date, false);
        }
        if numbers::length_bare(&[&self.text]) == 1 || parser::is_group(&self.text) {
            let (field, value) = parser::bare(&self.typed(&self.text, false))?;
            return Ok(self.query(field, value));
        }
        self.pattern(None, wording)
    }

    /// Words of a text or name field. A quoted text with wildcards is its words one after another.
    fn pattern(&self, field: Option<Field>, wording: Wording) -> Result<Query, Fault> {
        if !has_wildcard(&self.text, wording) {
            return self.plain(field, &self.text, self.quoted);
        }
        let mut words = self.text.split_whitespace().map(|word| {
            any(spellings(word, wording, &self.place)?.into_iter().map(|word| {
                if !word.contains(['*', '?']) {
                    return self.plain(field, &word, false);
                }
                let pattern = wildcard::read(field, &word, &self.place)?;
                let leaf = Leaf { field, value: Value::Text(pattern), place: self.place.clone() };
                // Signs that this site reads as its own have no place in a word with wildcards.
                if reads_back(&leaf) {
                    Ok(Query::Leaf(leaf))
                } else {
                    Err(self.fault(Reason::WildcardWord, &[Expected::Words]))
                }
            }))
        });
        let first = words.next().ok_or_else(|| self.fault(Reason::Nothing, &[Expected::Words]))??;
        words.try_fold(first, |left, right| crate::near::near(Proximity::Adjacent(1), left, right?, self.place.clone()))
    }

    /// A word or a phrase; a word that this site would read as something else is a phrase.
    fn plain(&self, field: Option<Field>, text: &str, quoted: bool) -> Result<Query, Fault> {
        if !text.chars().any(char::is_alphanumeric) {
            return Err(self.fault(Reason::Nothing, &[Expected::Words]));
        }
        if !quoted {
            let leaf = Leaf { field, value: Value::Text(Pattern::word(text)), place: self.place.clone() };
            let bare = Leaf { field: None, ..leaf.clone() };
            // Nearness leaves the field away.
            if reads_back(&leaf) && (field.is_none() || reads_back(&bare)) {
                return Ok(Query::Leaf(leaf));
            }
        }
        Ok(self.query(field, Value::Text(Pattern::Phrase(text.to_owned()))))
    }

    /// A number; where an office stands alone, all of its numbers.
    fn number(&self, field: Field, wording: Wording) -> Result<Query, Fault> {
        let text = narrow(&self.text).trim().to_owned();
        if text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()) {
            if field == Field::Number {
                return self.value(Field::Office, &text, false);
            }
            return self.value(field, &format!("{text}*"), false);
        }
        any(spellings(&text, wording, &self.place)?.into_iter().map(|text| self.value(field, &text, false)))
    }

    /// A class symbol: a full one is that place alone, a shorter one has all below it.
    fn class(&self, field: Field) -> Result<Query, Fault> {
        let text = narrow(&self.text).trim().to_uppercase();
        let (text, low) = match text.strip_suffix("/LOW") {
            Some(stem) => (stem, true),
            None => (text.as_str(), false),
        };
        let (stem, open) = match text.strip_suffix(['*', '$']) {
            Some(stem) => (stem.strip_suffix('/').unwrap_or(stem), true),
            None => (text, false),
        };
        let exact = stem.contains('/') && !open && !low && !self.below;
        // Part of a place is not a place: `H01M10/05*` would be all whose digits begin so.
        if open && stem.contains('/') {
            let hint: &[&str; 2] =
                &["请写完整的分类号，或写到大组为止", "write the full symbol, or stop before the `/`"];
            return Err(self.fault(Reason::NoEqual(hint), &[Expected::Symbol]));
        }
        let comparison = if exact { Comparison::Exactly } else { Comparison::Is };
        let value = values::read(Some(field), comparison, &self.typed(stem, true))?;
        Ok(self.query(Some(field), value))
    }

    fn fault(&self, reason: Reason, expected: &'static [Expected]) -> Fault {
        Fault::new(self.place.clone(), reason, expected)
    }
}

fn has_wildcard(text: &str, wording: Wording) -> bool {
    match wording {
        Wording::Cql => text.contains(['*', '?', '#']),
        Wording::Brs => text.contains(['*', '?', '$']),
    }
}

/// A word with the wildcards of this site, in which `?` is exactly one character; several words where one cannot say
/// "none or one".
fn spellings(text: &str, wording: Wording, place: &Range<usize>) -> Result<Vec<String>, Fault> {
    let mut all = vec![String::new()];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let same: usize = rest.chars().take_while(|next| *next == c).map(char::len_utf8).sum();
        let most = match (wording, c) {
            (Wording::Cql, '?') => {
                rest = &rest[same..];
                1 + same
            }
            (Wording::Brs, '$') => {
                let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let most = rest[..digits].parse().unwrap_or(0);
                rest = &rest[digits..];
                if digits == 0 {
                    append(&mut all, '*');
                    continue;
                }
                most
            }
            (Wording::Cql, '#') => {
                append(&mut all, '?');
                continue;
            }
            _ => {
                append(&mut all, c);
                continue;
            }
        };
        if all.len().saturating_mul(most + 1) > MOST_SPELLINGS {
            return Err(Fault::new(place.clone(), Reason::WildcardMany, &[Expected::Words]));
        }
        all = all.iter().flat_map(|word| (0..=most).map(move |n| format!("{word}{}", "?".repeat(n)))).collect();
    }
    all.dedup();
    Ok(all)
}

fn append(words: &mut [String], c: char) {
    for word in words {
        word.push(c);
    }
}

/// A date as this site writes it, from `31/12/2020` and `31.12.2020`; anything else as it is.
pub(super) fn iso(text: &str) -> String {
    let text = narrow(text);
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '.']).collect();
    match parts[..] {
        [day, month, year] if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => format!("{year}-{month}-{day}"),
        _ => text.to_owned(),
    }
}

/// `20110316` and `2011-03-16`, which CQL reads as dates where it expects nothing.
fn is_whole_day(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let hyphens = text.bytes().filter(|b| *b == b'-').count();
    let plain = digits + hyphens == text.len() && (hyphens == 2 || (hyphens == 0 && digits == 8));
    plain && text.starts_with(['1', '2']) && crate::dates::period(text).is_some_and(|(first, last)| first == last)
}
