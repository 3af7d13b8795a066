//! What is wrong with a query, where, and what may have been meant.

use std::fmt::Write as _;
use std::ops::Range;

use thiserror::Error;
use unicode_width::UnicodeWidthStr;

use crate::Field;
use crate::messages;

/// Language of messages and tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// 中文.
    Chinese,
    /// English.
    English,
}

/// A query that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.message(Tongue::English))]
pub struct Mistake {
    /// Bytes of the text that are wrong; an empty range where something is missing.
    pub place: Range<usize>,
    /// What could have stood there.
    pub expected: &'static [Expected],
    /// What stands there; empty at the end of the text.
    pub found: String,
    /// The whole line with the nearest valid spelling in place of the wrong one.
    pub suggestion: Option<String>,
    reason: Reason,
    text: Box<str>,
}

/// Something the language has a place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A word, phrase, field or bracket.
    Condition,
    /// Name of a field.
    FieldName,
    /// A value behind a field.
    Value,
    /// `)`.
    ClosingBracket,
    /// `"`.
    ClosingQuote,
    /// A number of a right.
    Number,
    /// A date.
    Date,
    /// A whole number.
    Count,
    /// A classification symbol.
    Symbol,
    /// One of a list of words.
    Keyword,
    /// `[a TO b]`.
    Range,
    /// `=` or `:`.
    Equals,
    /// Words or phrases.
    Words,
    /// A distance from 1 to 999.
    Distance,
    /// A shorter or simpler query.
    Less,
}

/// What went wrong, for the sentence people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    UnknownField,
    FieldMissing,
    FieldInside,
    ValueMissing,
    BracketOpen,
    BracketStray,
    RangeStray,
    QuoteOpen,
    ConditionMissing,
    NotCompared(Field),
    ExactText,
    WholeWildcard,
    NoRange,
    RangeForm,
    RangeEmpty,
    Number,
    Date,
    Count,
    Symbol(Field),
    Keyword(Field),
    WildcardStart,
    WildcardShort,
    WildcardWord,
    WildcardHere,
    WildcardSound,
    WildcardMany,
    NearOperand,
    NearFields,
    NearWhole,
    NearSound,
    Distance,
    /// With what to do instead, in Chinese and English.
    NoEqual(&'static [&'static str; 2]),
    Nothing,
    Long,
    Deep,
    Many,
}

/// A mistake before it knows the text it stands in.
#[derive(Debug)]
pub(crate) struct Fault {
    place: Range<usize>,
    reason: Reason,
    expected: &'static [Expected],
    fix: Option<(Range<usize>, String)>,
}

impl Fault {
    pub(crate) fn new(place: Range<usize>, reason: Reason, expected: &'static [Expected]) -> Self {
        Self { place, reason, expected, fix: None }
    }

    /// What to write instead of the text at `place`.
    pub(crate) fn fix(mut self, place: Range<usize>, instead: String) -> Self {
        self.fix = Some((place, instead));
        self
    }

    pub(crate) fn into_mistake(self, text: &str) -> Mistake {
        let suggestion = self.fix.and_then(|(place, instead)| {
            Some(format!("{}{instead}{}", text.get(..place.start)?, text.get(place.end..)?))
        });
        let found = text.get(self.place.clone()).unwrap_or_default().to_owned();
        Mistake {
            found,
            expected: self.expected,
            suggestion,
            reason: self.reason,
            text: text.into(),
            place: self.place,
        }
    }
}

/// Columns of the line shown on either side of the place.
const MARGIN: usize = 40;

impl Mistake {
    /// A stable word for the kind of mistake, such as `unknown-field`, for programs.
    pub fn code(&self) -> &'static str {
        messages::code(self.reason)
    }

    /// The place counted in characters of the line, for a page that marks it.
    pub fn place_in_characters(&self) -> Range<usize> {
        let count = |end| self.text.get(..end).map_or(0, |before| before.chars().count());
        count(self.place.start)..count(self.place.end)
    }

    /// The sentence alone: what is wrong.
    pub fn sentence(&self, tongue: Tongue) -> String {
        messages::sentence(self.reason, &clip(&self.found), tongue)
    }

    /// The message for a terminal: the sentence, the line with carets under the place, what was expected and the
    /// nearest valid spelling.
    pub fn message(&self, tongue: Tongue) -> String {
        let (line, carets) = self.excerpt();
        let expected: Vec<_> = self.expected.iter().map(|e| messages::expected(*e, tongue)).collect();
        let (wanted, joint, attempt) = match tongue {
            Tongue::Chinese => ("应为：", "，或", "试试："),
            Tongue::English => ("expected: ", " or ", "try: "),
        };
        // Writing to a text cannot fail.
        let mut message = format!("{}\n  {line}\n  {carets}", self.sentence(tongue));
        if !expected.is_empty() {
            let _ = write!(message, "\n{wanted}{}", expected.join(joint));
        }
        if let Some(suggestion) = &self.suggestion {
            let _ = write!(message, "\n{attempt}{suggestion}");
        }
        message
    }

    /// The part of the text around the place, and carets that stand under the place in a terminal, where Chinese
    /// characters take two columns.
    pub fn excerpt(&self) -> (String, String) {
        let plain = |part: &str| -> String { part.chars().map(|c| if c.is_control() { ' ' } else { c }).collect() };
        let before = plain(self.text.get(..self.place.start).unwrap_or_default());
        let after = plain(self.text.get(self.place.end..).unwrap_or_default());
        let skip = before.chars().count().saturating_sub(MARGIN);
        let lead = if skip > 0 { "…" } else { "" };
        let before: String = lead.chars().chain(before.chars().skip(skip)).collect();
        let found = plain(&clip(&self.found));
        let tail = if after.chars().count() > MARGIN { "…" } else { "" };
        let after: String = after.chars().take(MARGIN).chain(tail.chars()).collect();
        let carets = " ".repeat(before.width()) + &"^".repeat(found.width().max(1));
        (format!("{before}{found}{after}"), carets)
    }
}

/// A long text by its beginning.
fn clip(text: &str) -> String {
    if text.chars().count() <= MARGIN {
        return text.to_owned();
    }
    text.chars().take(MARGIN).chain(['…']).collect()
}

/// The candidate nearest to `word` by edit distance, if it is near enough to have been meant.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    // One slip for short words, two from five letters on; long words cannot be near and would cost time.
    let allowed = match word.len() {
        2..5 => 1,
        5..=40 => 2,
        _ => return None,
    };
    candidates
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= allowed && distance < candidate.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Edit distance with swapped neighbours counted once.
fn distance(word: &[char], candidate: &str) -> usize {
    let other: Vec<char> = candidate.to_lowercase().chars().collect();
    let mut rows = vec![vec![0; other.len() + 1]; word.len() + 1];
    rows[0] = (0..=other.len()).collect();
    for i in 1..=word.len() {
        rows[i][0] = i;
        for j in 1..=other.len() {
            let change = usize::from(word[i - 1] != other[j - 1]);
            rows[i][j] = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1] {
                rows[i][j] = rows[i][j].min(rows[i - 2][j - 2] + 1);
            }
        }
    }
    rows[word.len()][other.len()]
}
