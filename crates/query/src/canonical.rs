//! The tree as text that parses to the same tree.

use std::fmt::Write as _;

use records::Date;

use crate::lexer::is_one_word;
use crate::{Field, Leaf, Pattern, Proximity, Query, Value};

/// The query in canonical text: short field codes, operators in capitals, brackets wherever two operators meet.
/// Parsing it gives an equal tree.
pub fn canonical(query: &Query) -> String {
    let mut text = String::new();
    write(query, &mut text);
    text
}

impl Leaf {
    /// This condition alone in canonical text.
    pub fn canonical(&self) -> String {
        leaf(self, self.field)
    }
}

fn write(query: &Query, text: &mut String) {
    match query {
        Query::All => text.push('*'),
        Query::Leaf(one) => text.push_str(&one.canonical()),
        Query::And(parts) => joined(parts, " AND ", text),
        Query::Or(parts) => joined(parts, " OR ", text),
        Query::Xor(left, right) => {
            operand(left, text);
            text.push_str(" XOR ");
            operand(right, text);
        }
        Query::Not(turned) => {
            text.push_str("NOT ");
            operand(turned, text);
        }
        Query::Near { .. } => match near_field(query) {
            Some(field) => {
                text.push_str(field.code());
                text.push_str("=(");
                near(query, text);
                text.push(')');
            }
            None => near(query, text),
        },
    }
}

fn joined(parts: &[Query], operator: &str, text: &mut String) {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            text.push_str(operator);
        }
        operand(part, text);
    }
}

/// A part of a larger query, in brackets when it has parts itself. `NOT` and nearness bind tighter than all else.
fn operand(query: &Query, text: &mut String) {
    let brackets = matches!(query, Query::And(_) | Query::Or(_) | Query::Xor(..));
    if brackets {
        text.push('(');
    }
    write(query, text);
    if brackets {
        text.push(')');
    }
}

/// The field all parts of a nearness share.
fn near_field(query: &Query) -> Option<Field> {
    match query {
        Query::Leaf(leaf) => leaf.field,
        Query::Or(parts) => parts.first().and_then(near_field),
        Query::Near { left, .. } => near_field(left),
        _ => None,
    }
}

/// Nearness without its field.
fn near(query: &Query, text: &mut String) {
    match query {
        Query::Leaf(one) => text.push_str(&leaf(one, None)),
        Query::Or(parts) => {
            for (i, part) in parts.iter().enumerate() {
                text.push_str(if i > 0 { " OR " } else { "" });
                near_part(part, text);
            }
        }
        Query::Near { proximity, left, right } => {
            near_part(left, text);
            // Writing to a text cannot fail.
            let _ = match proximity {
                Proximity::Near(distance) => write!(text, " NEAR/{distance} "),
                Proximity::Adjacent(distance) => write!(text, " ADJ/{distance} "),
                Proximity::Sentence => write!(text, " SEN "),
                Proximity::Paragraph => write!(text, " PARA "),
            };
            near_part(right, text);
        }
        // Nothing else can be part of a nearness; a tree made by hand still gets a text.
        _ => write(query, text),
    }
}

fn near_part(query: &Query, text: &mut String) {
    let brackets = !matches!(query, Query::Leaf(_));
    if brackets {
        text.push('(');
    }
    near(query, text);
    if brackets {
        text.push(')');
    }
}

/// A condition behind `field`, or bare.
fn leaf(leaf: &Leaf, field: Option<Field>) -> String {
    let name = field.map_or_else(String::new, |field| format!("{}=", field.code()));
    let code = field.map_or("", Field::code);
    match &leaf.value {
        Value::Text(Pattern::Word(word) | Pattern::Wildcard(word)) => format!("{name}{word}"),
        Value::Text(Pattern::Phrase(phrase)) => format!("{name}{}", quoted(phrase)),
        // A word alone may be left bare; the sign before it keeps operators words.
        Value::Text(Pattern::Whole(whole)) if is_one_word(whole) && !whole.contains(['*', '?', '＊']) => {
            format!("{code}=={whole}")
        }
        Value::Text(Pattern::Whole(whole)) => format!("{code}=={}", quoted(whole)),
        Value::Number { text, .. } if field.is_none() => text.clone(),
        Value::Number { text, wildcard: true, .. } => format!("{name}{text}"),
        Value::Number { text, .. } | Value::Codes { text, .. } => {
            if is_one_word(text) && !text.contains(['*', '?']) {
                format!("{name}{text}")
            } else {
                format!("{name}{}", quoted(text))
            }
        }
        Value::Dates { from, to } => dates(code, *from, *to),
        Value::Counts { from, to } => match (from, to) {
            (Some(from), Some(to)) if from == to => format!("{name}{from}"),
            (Some(from), Some(to)) => format!("{name}[{from} TO {to}]"),
            (Some(from), None) => format!("{code}>={from}"),
            (None, Some(to)) => format!("{code}<={to}"),
            (None, None) => format!("{name}*"),
        },
        Value::Class { symbol, exact: true } => format!("{code}=={symbol}"),
        Value::Class { symbol, exact: false } => format!("{name}{symbol}"),
        Value::Present => format!("{name}*"),
    }
}

/// Text between quotation marks, as the lexer reads it back.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '“' | '”' | '＂') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// A whole year or month by its short form, any other range by its days.
fn dates(code: &str, from: Option<Date>, to: Option<Date>) -> String {
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => return format!("{code}>={from}"),
        (None, Some(to)) => return format!("{code}<={to}"),
        (None, None) => return format!("{code}=*"),
    };
    let one_year = from.year() == to.year();
    if from == to {
        format!("{code}={from}")
    } else if one_year && (from.month(), from.day(), to.month(), to.day()) == (1, 1, 12, 31) {
        format!("{code}={}", from.year())
    } else if one_year && from.month() == to.month() && from.day() == 1 && to == to.last_of_month() {
        format!("{code}={}-{:02}", from.year(), from.month())
    } else {
        format!("{code}=[{from} TO {to}]")
    }
}
