//! A line of another spelling cut into words, quoted texts, brackets and signs.

use std::ops::Range;

use crate::lexer::{Comparison, is_quote, narrow_char, quoted};
use crate::mistake::{Expected, Fault, Reason};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// As typed, with what hangs on it (`prox/distance<3`, `wafer.ti.`, `wafer[ti]`).
    Word(String),
    Quoted(String),
    Open,
    Close,
    Sign(Comparison),
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) place: Range<usize>,
}

pub(super) fn scan(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let last_bracket = text.rfind(']').unwrap_or(0);
    while let Some(c) = text[at..].chars().next() {
        let mut end = at + c.len_utf8();
        if let Some((sign, length)) = sign(&text[at..]) {
            end = at + length;
            tokens.push(Token { kind: Kind::Sign(sign), place: at..end });
        } else if is_quote(c) {
            let (content, closed) = quoted(text, at, c)?;
            end = closed;
            tokens.push(Token { kind: Kind::Quoted(content), place: at..end });
        } else if matches!(narrow_char(c), '(' | ')') {
            let kind = if narrow_char(c) == '(' { Kind::Open } else { Kind::Close };
            tokens.push(Token { kind, place: at..end });
        } else if !separates(c) {
            end = at + word(&text[at..], last_bracket.saturating_sub(at));
            let raw = &text[at..end];
            let trimmed = raw.trim_start_matches([',', ';']);
            let from = end - trimmed.len();
            let trimmed = trimmed.trim_end_matches([',', ';']);
            if !trimmed.is_empty() {
                let kind = Kind::Word(trimmed.to_owned());
                tokens.push(Token { kind, place: from..from + trimmed.len() });
            }
        }
        at = end;
    }
    Ok(tokens)
}

fn separates(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '，' | '、' | '；' | '。')
}

/// Length of the word at the start of `text`. The signs of `prox/…` belong to it, and so do all characters between
/// `[` and `]`, the last of which is at `last_bracket`.
fn word(text: &str, last_bracket: usize) -> usize {
    let modified = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("prox/"));
    let mut inside = false;
    for (i, c) in text.char_indices() {
        match c {
            '[' if i < last_bracket => inside = true,
            ']' => inside = false,
            _ => {}
        }
        let ends = separates(c)
            || is_quote(c)
            || matches!(narrow_char(c), '(' | ')')
            || (!modified && sign(&text[i..]).is_some());
        if ends && !inside && i > 0 {
            return i;
        }
    }
    text.len()
}

/// A comparison at the start of `text` and its length in bytes.
fn sign(text: &str) -> Option<(Comparison, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let second = chars.next().map_or(' ', narrow_char);
    let two = |sign| Some((sign, text.chars().take(2).map(char::len_utf8).sum()));
    match (narrow_char(first), second) {
        ('=', '=') => two(Comparison::Exactly),
        ('>', '=') | ('=', '>') => two(Comparison::AtLeast),
        ('<', '=') | ('=', '<') => two(Comparison::AtMost),
        ('<', '>') | ('!', '=') => two(Comparison::IsNot),
        ('=', _) => Some((Comparison::Is, first.len_utf8())),
        ('>', _) => Some((Comparison::Over, first.len_utf8())),
        ('<', _) => Some((Comparison::Under, first.len_utf8())),
        _ => None,
    }
}

/// Tokens read one after another.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    brackets: usize,
    conditions: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Fault> {
        let tokens = scan(text)?;
        if tokens.is_empty() {
            return Err(Fault::new(0..text.len(), Reason::Nothing, &[Expected::Condition]));
        }
        Ok(Self { text, tokens, at: 0, brackets: 0, conditions: 0 })
    }

    pub(super) fn kind(&self, ahead: usize) -> Option<&Kind> {
        self.tokens.get(self.at + ahead).map(|token| &token.kind)
    }

    /// The word `ahead` tokens from here.
    pub(super) fn word(&self, ahead: usize) -> Option<&str> {
        match self.kind(ahead) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Place of the next token; at the end, the empty place behind the text.
    pub(super) fn here(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.text.len()..self.text.len(), |token| token.place.clone())
    }

    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Whether the next token touches the last.
    pub(super) fn touches(&self) -> bool {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.is_some_and(|last| last.place.end == self.here().start)
    }

    /// Counts the condition that begins here, so that no line of too many is ever put together.
    pub(super) fn count(&mut self) -> Result<(), Fault> {
        self.conditions += 1;
        if self.conditions > crate::parser::MAX_LEAVES {
            return Err(Fault::new(self.here(), Reason::Many, &[Expected::Less]));
        }
        Ok(())
    }

    pub(super) fn missing(&self) -> Fault {
        Fault::new(self.here(), Reason::ConditionMissing, &[Expected::Condition])
    }

    /// Steps into brackets; the answer goes to [`Self::close`].
    pub(super) fn open(&mut self) -> Result<Range<usize>, Fault> {
        let open = self.here();
        self.step();
        self.brackets += 1;
        if self.brackets > crate::parser::MAX_BRACKETS {
            return Err(Fault::new(open, Reason::Deep, &[Expected::Less]));
        }
        Ok(open)
    }

    /// Steps out of the brackets opened at `open`, and gives the place of both with all between.
    pub(super) fn close(&mut self, open: &Range<usize>) -> Result<Range<usize>, Fault> {
        let here = self.here();
        match self.kind(0) {
            Some(Kind::Close) => {
                self.step();
                self.brackets -= 1;
                Ok(open.start..here.end)
            }
            None => {
                let closing = ")".repeat(self.brackets);
                let fault = Fault::new(open.clone(), Reason::BracketOpen, &[Expected::ClosingBracket]);
                Err(fault.fix(here, closing))
            }
            Some(_) => Err(self.stray()),
        }
    }

    /// The next token has no place here.
    pub(super) fn stray(&self) -> Fault {
        let here = self.here();
        match self.kind(0) {
            Some(Kind::Close) => {
                Fault::new(here.clone(), Reason::BracketStray, &[Expected::Condition]).fix(here, String::new())
            }
            Some(Kind::Sign(_)) => Fault::new(here, Reason::FieldMissing, &[Expected::FieldName]),
            _ => self.missing(),
        }
    }
}
