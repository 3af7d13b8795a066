//! The line cut into marks, words and operators, each with its place.

use std::ops::Range;

use crate::Proximity;
use crate::mistake::{Expected, Fault, Reason};

/// How a field stands to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Is,
    Exactly,
    IsNot,
    Over,
    Under,
    AtLeast,
    AtMost,
}

/// What joins or turns conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    And,
    Or,
    Xor,
    Not,
    Near(Proximity),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// As typed.
    Word(String),
    /// Text between quotation marks.
    Quoted(String),
    Operator(Operator),
    Comparison(Comparison),
    /// `-` before a condition.
    Minus,
    Open,
    Close,
    /// `[` or, when the end does not belong to the range, `{`.
    RangeOpen {
        included: bool,
    },
    RangeClose {
        included: bool,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) place: Range<usize>,
}

/// Longest distance of `NEAR` and `ADJ`; values of one field stand further apart in every index.
pub(crate) const MAX_DISTANCE: u32 = 999;

/// Full-width forms of ASCII brought to ASCII, everything else as it is.
pub(crate) fn narrow(text: &str) -> String {
    text.chars().map(narrow_char).collect()
}

pub(crate) fn narrow_char(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Cuts the line. Marks between words (`，。；！？、`) separate like spaces.
pub(crate) fn lex(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let mark = match narrow_char(c) {
            '(' => Some(Kind::Open),
            ')' => Some(Kind::Close),
            '[' => Some(Kind::RangeOpen { included: true }),
            '{' => Some(Kind::RangeOpen { included: false }),
            ']' => Some(Kind::RangeClose { included: true }),
            '}' => Some(Kind::RangeClose { included: false }),
            _ => None,
        };
        if let Some(kind) = mark {
            tokens.push(Token { kind, place: at..next });
            at = next;
        } else if let Some((kind, length)) = comparison(&text[at..]) {
            tokens.push(Token { kind: Kind::Comparison(kind), place: at..at + length });
            at += length;
        } else if is_quote(c) {
            let (content, end) = quoted(text, at, c)?;
            tokens.push(Token { kind: Kind::Quoted(content), place: at..end });
            at = end;
        } else if is_space(c) {
            at = next;
        } else {
            at = word(text, at, &mut tokens)?;
        }
    }
    Ok(tokens)
}

/// Whether this text, standing alone behind a field's `=`, is read as one word and as it is.
pub(crate) fn is_one_word(text: &str) -> bool {
    let mut tokens = vec![Token { kind: Kind::Comparison(Comparison::Is), place: 0..0 }];
    !text.is_empty()
        && word(text, 0, &mut tokens).is_ok_and(|end| end == text.len())
        && matches!(&tokens[..], [_, Token { kind: Kind::Word(word), .. }] if word == text)
}

/// A comparison at the start of `text` and its length in bytes.
fn comparison(text: &str) -> Option<(Comparison, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let equals = chars.next().filter(|c| narrow_char(*c) == '=');
    let length = first.len_utf8() + equals.map_or(0, char::len_utf8);
    match (narrow_char(first), equals.is_some()) {
        ('=', true) => Some((Comparison::Exactly, length)),
        ('>', true) | ('≥', false) => Some((Comparison::AtLeast, length)),
        ('<', true) | ('≤', false) => Some((Comparison::AtMost, length)),
        ('!', true) | ('≠', false) => Some((Comparison::IsNot, length)),
        ('=' | ':', _) => Some((Comparison::Is, length)),
        ('>', false) => Some((Comparison::Over, length)),
        ('<', false) => Some((Comparison::Under, length)),
        _ => None,
    }
}

pub(crate) const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂' | '「' | '『')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '，' | '、' | '；' | '。' | '！' | '？')
}

fn ends_word(rest: &str, c: char) -> bool {
    is_space(c)
        || is_quote(c)
        || matches!(c, '」' | '』')
        || matches!(narrow_char(c), '(' | ')' | '[' | ']' | '{' | '}')
        || comparison(rest).is_some()
}

/// Text from the quotation mark at `at` to its partner; `\"` and `\\` stand for themselves.
pub(crate) fn quoted(text: &str, at: usize, open: char) -> Result<(String, usize), Fault> {
    let closes: &[char] = match open {
        '「' => &['」'],
        '『' => &['』'],
        _ => &['"', '“', '”', '＂'],
    };
    let mut content = String::new();
    let mut chars = text[at + open.len_utf8()..].char_indices().map(|(i, c)| (at + open.len_utf8() + i, c)).peekable();
    while let Some((i, c)) = chars.next() {
        if closes.contains(&c) {
            return Ok((content, i + c.len_utf8()));
        }
        match (c, chars.peek()) {
            ('\\', Some(&(_, escaped @ ('"' | '\\' | '“' | '”' | '＂' | '」' | '』')))) => {
                content.push(escaped);
                chars.next();
            }
            _ => content.push(c),
        }
    }
    let partner = if open == '「' || open == '『' { closes[0] } else { '"' };
    // A last lone backslash would take the partner for itself.
    let backslashes = text.len() - text.trim_end_matches('\\').len();
    let end = if backslashes % 2 == 1 { format!("\\{partner}") } else { partner.to_string() };
    Err(Fault::new(at..text.len(), Reason::QuoteOpen, &[Expected::ClosingQuote]).fix(text.len()..text.len(), end))
}

/// A word from `at` on, with the `-` before it; gives nothing for bare punctuation.
fn word(text: &str, at: usize, tokens: &mut Vec<Token>) -> Result<usize, Fault> {
    let end =
        text[at..].char_indices().find(|&(i, c)| ends_word(&text[at + i..], c)).map_or(text.len(), |(i, _)| at + i);
    // A lone `!` before `=` never gets here, but a word must always move on.
    let end = end.max(at + text[at..].chars().next().map_or(1, char::len_utf8));
    let is_value = matches!(tokens.last(), Some(Token { kind: Kind::Comparison(_), .. }));
    let raw = &text[at..end];
    let mut word = raw.trim_start_matches([',', ';']);
    if let Some(rest) = word.strip_prefix(['-', '－'])
        && !is_value
        && (!rest.is_empty() || text[end..].starts_with(|c: char| is_quote(c) || matches!(c, '(' | '（')))
    {
        let place = end - word.len()..end - rest.len();
        tokens.push(Token { kind: Kind::Minus, place });
        word = rest;
    }
    let word = word.trim_start_matches([',', ';', '-', '－']);
    let from = end - word.len();
    let word = word.trim_end_matches([',', ';']);
    let place = from..from + word.len();
    if let Some(operator) = operator(word, &place)?
        && !is_value
    {
        tokens.push(Token { kind: Kind::Operator(operator), place });
    } else if word.chars().any(|c| c.is_alphanumeric() || matches!(c, '*' | '＊')) || is_value && !word.is_empty() {
        tokens.push(Token { kind: Kind::Word(word.to_owned()), place });
    }
    Ok(end)
}

/// Whether a word standing alone is an operator.
pub(crate) fn is_operator(word: &str) -> bool {
    !matches!(operator(word, &(0..word.len())), Ok(None))
}

/// The operator a whole word stands for. `AND OR NOT XOR` in any case; `NEAR ADJ SEN PARA` in capitals, or in any
/// case with a distance, because `near` and `para` are words of titles.
fn operator(word: &str, place: &Range<usize>) -> Result<Option<Operator>, Fault> {
    let word = narrow(word);
    Ok(Some(match word.to_ascii_uppercase().as_str() {
        "AND" | "与" | "且" | "&" | "&&" => Operator::And,
        "OR" | "或" | "|" | "||" => Operator::Or,
        "XOR" | "异或" => Operator::Xor,
        "NOT" | "非" => Operator::Not,
        "同句" => Operator::Near(Proximity::Sentence),
        "同段" => Operator::Near(Proximity::Paragraph),
        upper => match (word.as_str(), upper.split_once('/')) {
            ("NEAR", _) => Operator::Near(Proximity::Near(5)),
            ("ADJ", _) => Operator::Near(Proximity::Adjacent(1)),
            ("SEN", _) => Operator::Near(Proximity::Sentence),
            ("PARA", _) => Operator::Near(Proximity::Paragraph),
            (_, Some(("NEAR" | "邻近", distance))) => {
                Operator::Near(Proximity::Near(read_distance(distance, place)?))
            }
            (_, Some(("ADJ" | "顺序", distance))) => {
                Operator::Near(Proximity::Adjacent(read_distance(distance, place)?))
            }
            _ => return Ok(None),
        },
    }))
}

fn read_distance(text: &str, place: &Range<usize>) -> Result<u32, Fault> {
    text.parse().ok().filter(|distance| (1..=MAX_DISTANCE).contains(distance)).ok_or_else(|| {
        let slash = place.end - text.len();
        Fault::new(place.clone(), Reason::Distance, &[Expected::Distance]).fix(slash..place.end, "5".to_owned())
    })
}
