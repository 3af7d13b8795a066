//! Tokens to tree: recursive descent for brackets and fields, binding powers for operators.
//!
//! From tight to loose: field and its value, brackets · `NEAR` `ADJ` · `SEN` · `PARA` · `NOT` and `-` · `AND` and
//! words side by side · `XOR` · `OR`.

use std::ops::Range;

use crate::dates::sides;
use crate::lexer::{Comparison, Kind, Operator, Token, lex, narrow};
use crate::mistake::{Expected, Fault, Reason, nearest};
use crate::near::near;
use crate::values::{self, Typed};
use crate::{Field, FieldKind, Leaf, Proximity, Query, Value, numbers};

/// Longest text in bytes.
pub(crate) const MAX_LENGTH: usize = 65_536;
/// Deepest nesting of brackets.
pub(crate) const MAX_BRACKETS: usize = 128;
/// Deepest tree; less than the brackets, so that canonical text always fits.
pub(crate) const MAX_DEPTH: usize = 100;
/// Most conditions.
pub(crate) const MAX_LEAVES: usize = 2_000;

/// How tight an operator binds.
const fn power(operator: Operator) -> u8 {
    match operator {
        Operator::Or => 1,
        Operator::Xor => 2,
        Operator::And => 3,
        Operator::Not => 4,
        Operator::Near(Proximity::Paragraph) => 5,
        Operator::Near(Proximity::Sentence) => 6,
        Operator::Near(_) => 7,
    }
}

/// An operator whose right side is not complete yet.
struct Waiting {
    operator: Operator,
    sign: Range<usize>,
}

/// Applies an operator to the last conditions.
fn join(done: &mut Vec<Query>, Waiting { operator, sign }: Waiting) -> Result<(), Fault> {
    let Some(right) = done.pop() else { return Ok(()) };
    if operator == Operator::Not {
        done.push(Query::not(right));
        return Ok(());
    }
    let Some(left) = done.pop() else { return Ok(()) };
    done.push(match operator {
        Operator::Or => Query::or(left, right),
        Operator::Xor => Query::Xor(Box::new(left), Box::new(right)),
        Operator::Near(proximity) => near(proximity, left, right, sign)?,
        Operator::And | Operator::Not => Query::and(left, right),
    });
    Ok(())
}

/// The field whose brackets we are in, and how it stands to them.
#[derive(Clone, Copy)]
struct Inside {
    field: Field,
    comparison: Comparison,
}

/// A part of the outermost `AND` as it stands in the line.
pub(crate) struct Segment {
    pub(crate) place: Range<usize>,
    pub(crate) query: Query,
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    brackets: usize,
    leaves: usize,
    /// Outside all brackets: each condition with the signs before it, and the operator that joins it to the last.
    outermost: Outermost,
}

/// Reads a line; an empty one asks for everything.
pub(crate) fn parse(text: &str) -> Result<Query, Fault> {
    Ok(read(text)?.0)
}

/// Reads a line and the parts of its outermost `AND`, in order; a line of another kind is one part.
pub(crate) fn parse_segments(text: &str) -> Result<(Query, Vec<Segment>), Fault> {
    let (query, outermost) = read(text)?;
    let splits = outermost.iter().all(|(joint, _)| !matches!(joint, Some(Operator::Or | Operator::Xor)));
    let mut places: Vec<Range<usize>> = Vec::new();
    for (joint, place) in outermost {
        match places.last_mut() {
            Some(last) if !splits || joint != Some(Operator::And) => last.end = place.end,
            _ => places.push(place),
        }
    }
    let segment = |place: Range<usize>| Ok(Segment { query: parse(&text[place.clone()])?, place });
    let segments = places.into_iter().map(segment).collect::<Result<_, Fault>>()?;
    Ok((query, segments))
}

type Outermost = Vec<(Option<Operator>, Range<usize>)>;

fn read(text: &str) -> Result<(Query, Outermost), Fault> {
    if text.len() > MAX_LENGTH {
        return Err(Fault::new(0..text.len(), Reason::Long, &[Expected::Less]));
    }
    let tokens = lex(text)?;
    if tokens.is_empty() {
        return match text.trim() {
            "" => Ok((Query::All, Vec::new())),
            _ => Err(Fault::new(0..text.len(), Reason::Nothing, &[Expected::Condition])),
        };
    }
    let mut parser = Parser { text, tokens, at: 0, brackets: 0, leaves: 0, outermost: Vec::new() };
    let query = parser.expression(None)?;
    if let Some(token) = parser.peek() {
        let place = token.place.clone();
        return Err(match token.kind {
            Kind::Close => {
                Fault::new(place.clone(), Reason::BracketStray, &[Expected::Condition]).fix(place, String::new())
            }
            _ => parser.stray(),
        });
    }
    if query.depth() > MAX_DEPTH {
        return Err(Fault::new(0..text.len(), Reason::Deep, &[Expected::Less]));
    }
    // Canonical text names every field and may be longer; what is accepted must be accepted again.
    if text.len() > MAX_LENGTH / 8 && crate::canonical(&query).len() > MAX_LENGTH {
        return Err(Fault::new(0..text.len(), Reason::Long, &[Expected::Less]));
    }
    Ok((query, parser.outermost))
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn kind(&self, ahead: usize) -> Option<&Kind> {
        self.tokens.get(self.at + ahead).map(|token| &token.kind)
    }

    /// Place of the next token; at the end, the empty place behind the text.
    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.text.len()..self.text.len(), |token| token.place.clone())
    }

    /// Conditions joined by operators, up to the closing bracket or the end. Operators wait until one comes that
    /// binds looser; only brackets nest calls, so that no line can exhaust the stack.
    fn expression(&mut self, inside: Option<Inside>) -> Result<Query, Fault> {
        let mut done: Vec<Query> = Vec::new();
        let mut waiting: Vec<Waiting> = Vec::new();
        let mut joint = None;
        loop {
            let start = self.here().start;
            while matches!(self.kind(0), Some(Kind::Minus | Kind::Operator(Operator::Not))) {
                waiting.push(Waiting { operator: Operator::Not, sign: self.here() });
                self.at += 1;
            }
            done.push(self.condition(inside)?);
            if self.brackets == 0 && inside.is_none() {
                self.outermost.push((joint, start..self.tokens[self.at - 1].place.end));
            }
            let Some(next) = self.joint()? else { break };
            while let Some(last) = waiting.pop_if(|last| power(last.operator) >= power(next.operator)) {
                join(&mut done, last)?;
            }
            joint = Some(next.operator);
            waiting.push(next);
        }
        while let Some(last) = waiting.pop() {
            join(&mut done, last)?;
        }
        done.pop().ok_or_else(|| self.missing())
    }

    /// The operator that joins the next condition, `AND` where none is written; `None` at the end.
    fn joint(&mut self) -> Result<Option<Waiting>, Fault> {
        let sign = self.here();
        let operator = match self.kind(0) {
            None | Some(Kind::Close | Kind::RangeClose { .. }) => return Ok(None),
            Some(Kind::Comparison(_)) => return Err(self.stray()),
            Some(&Kind::Operator(operator)) if operator != Operator::Not => {
                self.at += 1;
                if self.peek().is_none() {
                    let start = self.text[..sign.start].trim_end().len();
                    return Err(self.missing().fix(start..self.text.len(), String::new()));
                }
                operator
            }
            Some(_) => Operator::And,
        };
        Ok(Some(Waiting { operator, sign }))
    }

    fn condition(&mut self, inside: Option<Inside>) -> Result<Query, Fault> {
        let place = self.here();
        match self.kind(0) {
            Some(Kind::Open) => self.bracket(inside),
            Some(Kind::Word(_) | Kind::Operator(_)) if matches!(self.kind(1), Some(Kind::Comparison(_))) => {
                self.field(inside)
            }
            Some(Kind::Word(_) | Kind::Quoted(_)) => self.value(inside, place),
            Some(Kind::RangeOpen { .. }) if inside.is_some() => self.value(inside, place),
            None | Some(Kind::Operator(_) | Kind::Close | Kind::Minus) => Err(self.missing()),
            Some(_) => Err(self.stray()),
        }
    }

    /// A condition is missing at the next token.
    fn missing(&self) -> Fault {
        Fault::new(self.here(), Reason::ConditionMissing, &[Expected::Condition])
    }

    /// The next token has no place here.
    fn stray(&self) -> Fault {
        let reason = match self.kind(0) {
            Some(Kind::Comparison(_)) => Reason::FieldMissing,
            Some(Kind::Close) => Reason::BracketStray,
            _ => Reason::RangeStray,
        };
        let expected: &[Expected] =
            if reason == Reason::FieldMissing { &[Expected::FieldName] } else { &[Expected::Condition] };
        Fault::new(self.here(), reason, expected)
    }

    /// `( … )`.
    fn bracket(&mut self, inside: Option<Inside>) -> Result<Query, Fault> {
        let open = self.here();
        self.at += 1;
        self.brackets += 1;
        if self.brackets > MAX_BRACKETS {
            return Err(Fault::new(open, Reason::Deep, &[Expected::Less]));
        }
        let query = self.expression(inside)?;
        match self.kind(0) {
            Some(Kind::Close) => {
                self.at += 1;
                self.brackets -= 1;
                Ok(query)
            }
            None => {
                let end = self.text.len();
                let closing = ")".repeat(self.brackets);
                Err(Fault::new(open, Reason::BracketOpen, &[Expected::ClosingBracket]).fix(end..end, closing))
            }
            Some(_) => Err(self.stray()),
        }
    }

    /// `field = …`.
    fn field(&mut self, inside: Option<Inside>) -> Result<Query, Fault> {
        let place = self.here();
        let name = &self.text[place.clone()];
        let Some(field) = Field::named(name) else { return Err(unknown_field(name, place)) };
        if inside.is_some() {
            return Err(Fault::new(place, Reason::FieldInside, &[Expected::Value]));
        }
        let sign = self.tokens[self.at + 1].place.clone();
        let Some(&Kind::Comparison(comparison)) = self.kind(1) else { return Err(self.stray()) };
        self.at += 2;
        fits(field, comparison, sign)?;
        let inside = Inside { field, comparison };
        let query = match self.kind(0) {
            Some(Kind::Open) => self.bracket(Some(inside))?,
            Some(Kind::Word(_) | Kind::Quoted(_) | Kind::RangeOpen { .. }) => {
                self.value(Some(inside), place.clone())?
            }
            _ => return Err(Fault::new(self.here(), Reason::ValueMissing, &[Expected::Value])),
        };
        Ok(if comparison == Comparison::IsNot { Query::not(query) } else { query })
    }

    /// One value, of the field we are in or of no field. `start` is where its leaf begins.
    fn value(&mut self, inside: Option<Inside>, start: Range<usize>) -> Result<Query, Fault> {
        self.leaves += 1;
        let place = self.here();
        if self.leaves > MAX_LEAVES {
            return Err(Fault::new(place, Reason::Many, &[Expected::Less]));
        }
        let field = inside.map(|inside| inside.field);
        let comparison = inside.map_or(Comparison::Is, |inside| inside.comparison);
        if let Some(&Kind::RangeOpen { included }) = self.kind(0) {
            return self.range(field, comparison, included, start);
        }
        let (text, quoted, place) = if let Some(Kind::Quoted(text)) = self.kind(0) {
            (text.clone(), true, place)
        } else {
            let (words, count) = self.words(field);
            self.at += count - 1;
            (words, false, place.start..self.here().end)
        };
        self.at += 1;
        let whole = start.start..place.end;
        let typed = Typed { text: &text, quoted, place, start: start.start };
        let (field, value) = match field {
            None if !quoted && narrow(&text) == "*" => return Ok(Query::All),
            None if !quoted => bare(&typed)?,
            _ => (field, values::read(field, comparison, &typed)?),
        };
        Ok(Query::Leaf(Leaf { field, value, place: whole }))
    }

    /// The words from here that make one value, joined by spaces, and how many they are: more than one where a
    /// number or a symbol is written with spaces.
    fn words(&self, field: Option<Field>) -> (String, usize) {
        let words: Vec<&str> = self.tokens[self.at..]
            .iter()
            .take(numbers::MOST_WORDS)
            .enumerate()
            .take_while(|(i, _)| *i == 0 || !matches!(self.kind(i + 1), Some(Kind::Comparison(_))))
            .map_while(|(_, token)| match &token.kind {
                Kind::Word(word) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        let count = match field.map(Field::kind) {
            None => numbers::length_bare(&words).max(1),
            Some(FieldKind::Number) => numbers::length_after_field(&words),
            Some(FieldKind::Class) if words.get(1).is_some_and(|word| word.contains('/')) => {
                let joined = narrow(&words[..2].join(" ")).to_uppercase();
                if field.and_then(|field| values::symbol(field, &joined)).is_some() { 2 } else { 1 }
            }
            Some(_) => 1,
        };
        (words[..count].join(" "), count)
    }

    /// `[a TO b]`, `{a TO b}` and mixtures.
    fn range(
        &mut self,
        field: Option<Field>,
        comparison: Comparison,
        from_in: bool,
        start: Range<usize>,
    ) -> Result<Query, Fault> {
        let open = self.here();
        let ranged = field.filter(|field| matches!(field.kind(), FieldKind::Date | FieldKind::Count));
        let Some(field) = ranged else { return Err(Fault::new(open, Reason::NoRange, &[Expected::Value])) };
        if !matches!(comparison, Comparison::Is | Comparison::Exactly | Comparison::IsNot) {
            return Err(Fault::new(open, Reason::RangeForm, &[Expected::Value]));
        }
        self.at += 1;
        while matches!(self.kind(0), Some(Kind::Word(_) | Kind::Minus)) {
            self.at += 1;
        }
        let Some(&Kind::RangeClose { included: to_in }) = self.kind(0) else {
            let fault = Fault::new(open.start..self.here().start, Reason::RangeForm, &[Expected::Range]);
            let (inner, end) = (&self.text[open.end..self.here().start], self.text.len());
            let rest = if sides(&narrow(inner)).is_some() { "]" } else { " TO *]" };
            let fixable = self.peek().is_none() && !inner.trim().is_empty();
            return Err(if fixable { fault.fix(end..end, rest.to_owned()) } else { fault });
        };
        let close = self.here();
        self.at += 1;
        // The place covers the text between the brackets; inside it words keep their distance.
        let inner = self.text[open.end..close.start].to_owned();
        let typed = Typed { text: &inner, quoted: false, place: open.end..close.start, start: start.start };
        let value = values::range(field, &typed, from_in, to_in)?;
        Ok(Query::Leaf(Leaf { field: Some(field), value, place: start.start..close.end }))
    }
}

/// A value without a field: a number, a class symbol down to its group, or words.
pub(crate) fn bare(typed: &Typed<'_>) -> Result<(Option<Field>, Value), Fault> {
    let words: Vec<&str> = typed.text.split(' ').collect();
    if !typed.text.contains(['*', '?']) && numbers::length_bare(&words) == words.len() {
        return Ok((None, values::read(Some(Field::Number), Comparison::Is, typed)?));
    }
    if is_group(typed.text)
        && let Ok(value) = values::read(Some(Field::Class), Comparison::Is, typed)
    {
        return Ok((Some(Field::Class), value));
    }
    Ok((None, values::read(None, Comparison::Is, typed)?))
}

/// Whether a comparison has a meaning for a field.
pub(crate) fn fits(field: Field, comparison: Comparison, sign: Range<usize>) -> Result<(), Fault> {
    let equals = &[Expected::Equals];
    match (field.kind(), comparison) {
        (_, Comparison::Is | Comparison::IsNot)
        | (FieldKind::Date | FieldKind::Count, _)
        | (FieldKind::Class | FieldKind::Number | FieldKind::Keyword, Comparison::Exactly) => Ok(()),
        (FieldKind::Text | FieldKind::Name, Comparison::Exactly) if field.takes_whole() => Ok(()),
        (_, Comparison::Exactly) => Err(Fault::new(sign.clone(), Reason::ExactText, equals).fix(sign, "=".to_owned())),
        _ => Err(Fault::new(sign.clone(), Reason::NotCompared(field), equals).fix(sign, "=".to_owned())),
    }
}

/// A full group symbol, such as `H01M10/0525`, which no text search would find.
pub(crate) fn is_group(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[0].is_ascii_alphabetic()
        && bytes[1..3].iter().all(u8::is_ascii_digit)
        && bytes[3].is_ascii_alphabetic()
        && text[4..].split_once('/').is_some_and(|(group, place)| {
            let digits =
                |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            digits(group, 4) && digits(place, 6) && place.len() > 1
        })
}

/// No such field: the nearest name, or the words before a name they are glued to.
fn unknown_field(name: &str, place: Range<usize>) -> Fault {
    let fault = Fault::new(place.clone(), Reason::UnknownField, &[Expected::FieldName]);
    if let Some(near) = nearest(&narrow(name), Field::ALL.iter().flat_map(|field| field.names())) {
        return fault.fix(place, near.to_owned());
    }
    let glued = Field::ALL
        .iter()
        .flat_map(|field| field.names())
        .filter(|known| !known.is_ascii() && name.ends_with(known))
        .max_by_key(|known| known.len());
    match glued {
        Some(known) => fault.fix(place, format!("{} {known}", &name[..name.len() - known.len()])),
        None => fault,
    }
}
