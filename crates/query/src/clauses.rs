//! Conditions put to a line and taken away again, so that a facet, a tab or a chart narrows what a person typed and
//! leaves their own words as they stand.

use std::ops::Range;

use crate::canonical::quoted;
use crate::lexer::is_one_word;
use crate::parser::{self, Segment};
use crate::{Field, Query, canonical, leaves, parse};

/// The condition "`field` is `value`" as text: the whole value (`pa=="A, B"`) where the field knows whole values,
/// `=` elsewhere (`status=in-force`, `ad=2020`).
pub fn clause(field: Field, value: &str) -> String {
    let sign = if field.takes_whole() { "==" } else { "=" };
    let plain = is_one_word(value) && !value.contains(['*', '?', '＊']);
    let value = if plain { value.to_owned() } else { quoted(value) };
    format!("{}{sign}{value}", field.code())
}

/// Whether every part of `clause` is a condition that the whole of `text` already demands. Texts are compared by
/// what they mean, not by their characters.
pub fn has_clause(text: &str, clause: &str) -> bool {
    let (Ok(query), Ok(clause)) = (parse(text), parse(clause)) else { return false };
    let parts = parts(&query);
    self::parts(&clause).iter().all(|part| parts.contains(part))
}

/// `text` with `clause` demanded besides; unchanged when it is already, or when either cannot be understood.
pub fn with_clause(text: &str, clause: &str) -> String {
    let (Ok(query), Ok(added)) = (parse(text), parse(clause)) else { return text.to_owned() };
    if added == Query::All || has_clause(text, clause) {
        return text.to_owned();
    }
    let clause = in_brackets(clause.trim(), &added);
    if query == Query::All {
        return bare(&clause, &added);
    }
    let typed = format!("{} AND {clause}", in_brackets(text.trim(), &query));
    kept(typed, &Query::and(query, added)).unwrap_or_else(|| text.to_owned())
}

/// `text` without the conditions of `clause`; empty when nothing else was asked, unchanged when it does not demand
/// them or cannot be understood.
pub fn without_clause(text: &str, clause: &str) -> String {
    let Ok(clause) = parse(clause) else { return text.to_owned() };
    let gone = parts(&clause);
    without(text, |part| gone.contains(&part))
}

/// `text` with `clause` as its only demand on `field`: whatever else it demanded of that field alone goes. An empty
/// clause only takes away.
pub fn with_only(text: &str, field: Field, clause: &str) -> String {
    if parse(clause).is_err() {
        return text.to_owned();
    }
    let rest = without(text, |part| {
        let asked = leaves(part);
        !asked.is_empty() && asked.iter().all(|leaf| leaf.field == Some(field))
    });
    with_clause(&rest, clause)
}

/// What a query demands: the parts of an `AND`, or the query itself; everything demands nothing.
fn parts(query: &Query) -> Vec<&Query> {
    match query {
        Query::All => Vec::new(),
        Query::And(parts) => parts.iter().collect(),
        one => vec![one],
    }
}

/// `text` without the demands that are `gone`.
fn without(text: &str, gone: impl Fn(&Query) -> bool) -> String {
    let Ok((query, segments)) = parser::parse_segments(text) else { return text.to_owned() };
    let left: Vec<&Query> = parts(&query).into_iter().filter(|part| !gone(part)).collect();
    if left.len() == parts(&query).len() {
        return text.to_owned();
    }
    let Some(wanted) = left.into_iter().cloned().reduce(Query::and) else { return String::new() };
    let typed = bare(&cut(text, &segments, gone), &wanted);
    kept(typed, &wanted).unwrap_or_else(|| text.to_owned())
}

/// The segments of a line that stay, as typed and with what stands before each; a segment that loses a part of
/// itself is written anew.
fn cut(text: &str, segments: &[Segment], gone: impl Fn(&Query) -> bool) -> String {
    let mut kept = String::new();
    let mut before = 0;
    for Segment { place, query } in segments {
        let left: Vec<&Query> = parts(query).into_iter().filter(|part| !gone(part)).collect();
        let whole = *query == Query::All || left.len() == parts(query).len();
        let between: Range<usize> = before..place.start;
        before = place.end;
        let written = if whole {
            text[place.clone()].to_owned()
        } else if let Some(left) = left.into_iter().cloned().reduce(Query::and) {
            canonical(&left)
        } else {
            continue;
        };
        if !kept.is_empty() {
            kept.push_str(&text[between]);
        }
        kept.push_str(&written);
    }
    kept
}

/// `text` if it means `wanted`, else its canonical text; `None` when not even that is accepted (it is too long).
fn kept(text: String, wanted: &Query) -> Option<String> {
    if parse(&text).as_ref() == Ok(wanted) {
        return Some(text);
    }
    Some(canonical(wanted)).filter(|text| parse(text).as_ref() == Ok(wanted))
}

/// Brackets round a text whose outermost operator binds looser than `AND`.
fn in_brackets(text: &str, query: &Query) -> String {
    if matches!(query, Query::Or(_) | Query::Xor(..)) { format!("({text})") } else { text.to_owned() }
}

/// A text without one pair of brackets round the whole of it, when it means the same.
fn bare(text: &str, query: &Query) -> String {
    let inner = text.strip_prefix(['(', '（']).and_then(|text| text.strip_suffix([')', '）'])).map(str::trim);
    inner.filter(|inner| parse(inner).as_ref() == Ok(query)).unwrap_or(text).to_owned()
}
