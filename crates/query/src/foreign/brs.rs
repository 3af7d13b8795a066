//! BRS as the United States office writes it in Patent Public Search: `(wafer ADJ3 polish$4).clm.`,
//! `"7664130".pn.`, `@AD>=20200101<=20201231`. Words side by side mean `OR`, as that search starts out.
//!
//! From tight to loose: `ADJ` `NEAR` · `WITH` · `SAME` · `AND` `NOT` · `OR` `XOR` and words side by side.
//! Sources: Patent Public Search help (operators, searchable indexes), its quick reference guide.

use std::ops::Range;

use super::node::{Joint, Kind, Lowering, Node, Scope};
use super::scan::{Cursor, Kind as Token};
use super::words::{Wording, Words, iso};
use crate::dates::{Ends, compared, period};
use crate::lexer::{Comparison, MAX_DISTANCE};
use crate::mistake::{Expected, Fault, Reason, nearest};
use crate::{Field, Leaf, Proximity, Query, Value};

/// Codes of indexes, and the fields of this site they stand for.
pub(crate) const INDEXES: &[(&str, &[Field])] = &[
    ("ti", &[Field::Title]),
    ("ttl", &[Field::Title]),
    ("ab", &[Field::Abstract]),
    ("clm", &[Field::Claims]),
    ("clms", &[Field::Claims]),
    ("spec", &[Field::Description]),
    ("detd", &[Field::Description]),
    ("bsum", &[Field::Description]),
    ("drtx", &[Field::Description]),
    ("drwd", &[Field::Description]),
    ("in", &[Field::Inventor]),
    ("inv", &[Field::Inventor]),
    ("as", &[Field::Owner]),
    ("asn", &[Field::Owner]),
    ("asnm", &[Field::Owner]),
    ("aanm", &[Field::Applicant]),
    ("aap", &[Field::Applicant]),
    ("att", &[Field::Agent]),
    ("atty", &[Field::Agent]),
    ("firm", &[Field::Agent]),
    ("lrep", &[Field::Agent]),
    ("cpc", &[Field::Cpc]),
    ("cpca", &[Field::Cpc]),
    ("cpci", &[Field::Cpc]),
    ("ipc", &[Field::Ipc]),
    ("ipcr", &[Field::Ipc]),
    ("did", &[Field::Number]),
    ("pn", &[Field::Number]),
    ("ap", &[Field::Number]),
    ("app", &[Field::Number]),
    ("apnr", &[Field::Number]),
    ("pran", &[Field::Priority]),
    ("prn", &[Field::Priority]),
    ("urpn", &[Field::Citation]),
    ("ad", &[Field::FilingDate]),
    ("apd", &[Field::FilingDate]),
    ("fd", &[Field::FilingDate]),
    ("ay", &[Field::FilingDate]),
    ("fy", &[Field::FilingDate]),
    ("pd", &[Field::PublicationDate]),
    ("py", &[Field::PublicationDate]),
    ("isd", &[Field::GrantDate]),
    ("isy", &[Field::GrantDate]),
    ("prad", &[Field::PriorityDate]),
    ("pray", &[Field::PriorityDate]),
    ("aaco", &[Field::Country]),
    ("kd", &[Field::Kind]),
];

/// Indexes of the United States classification, which is not kept here.
const UNITED_STATES_CLASSES: &[&str] = &["ccls", "clas", "ccor", "ccxr", "ccpr", "orclas", "xclas", "uscl"];

pub(super) fn read(text: &str) -> Result<Query, Fault> {
    let mut reader = Reader { cursor: Cursor::new(text)? };
    let node = reader.expression()?;
    if reader.cursor.kind(0).is_some() {
        return Err(reader.cursor.stray());
    }
    // A search without an index goes through the whole document.
    Lowering::new(Wording::Brs, vec![None, Some(Field::Description)], true).query(&node)
}

const fn power(joint: Joint) -> u8 {
    match joint {
        Joint::Or | Joint::Xor => 1,
        Joint::And | Joint::AndNot => 2,
        Joint::Near(Proximity::Paragraph) | Joint::AndNotNear(Proximity::Paragraph) => 3,
        Joint::Near(Proximity::Sentence) | Joint::AndNotNear(Proximity::Sentence) => 4,
        Joint::Near(_) | Joint::AndNotNear(_) => 5,
    }
}

struct Reader<'a> {
    cursor: Cursor<'a>,
}

impl Reader<'_> {
    /// Conditions joined by operators, up to the closing bracket or the end; only brackets nest calls.
    fn expression(&mut self) -> Result<Node, Fault> {
        let mut waiting: Vec<(Node, Joint, Range<usize>)> = Vec::new();
        loop {
            let mut node = self.operand()?;
            let sign = self.cursor.here();
            let next = match self.cursor.kind(0) {
                None | Some(Token::Close) => None,
                Some(_) => Some(self.joint()?),
            };
            let loosest = next.map_or(0, power);
            while let Some((left, joint, sign)) = waiting.pop_if(|(_, joint, _)| power(*joint) >= loosest) {
                node = Node::join(joint, sign, left, node)?;
            }
            match next {
                Some(joint) => waiting.push((node, joint, sign)),
                None => return Ok(node),
            }
        }
    }

    /// What joins the next condition: `OR` where nothing is written.
    fn joint(&mut self) -> Result<Joint, Fault> {
        let place = self.cursor.here();
        let Some(word) = self.cursor.word(0) else { return Ok(Joint::Or) };
        let Some(mut joint) = operator(word, &place)? else { return Ok(Joint::Or) };
        let start = self.cursor.text[..place.start].trim_end().len();
        self.cursor.step();
        let here = self.cursor.here();
        if joint == Joint::AndNot
            && let Some(Joint::Near(near)) =
                self.cursor.word(0).map(|word| operator(word, &here)).transpose()?.flatten()
        {
            joint = Joint::AndNotNear(near);
            self.cursor.step();
        }
        if self.cursor.kind(0).is_none() {
            return Err(self.cursor.missing().fix(start..self.cursor.text.len(), String::new()));
        }
        Ok(joint)
    }

    /// A condition with the `NOT`s before it and the index behind it.
    fn operand(&mut self) -> Result<Node, Fault> {
        let start = self.cursor.here().start;
        let mut turned = false;
        while self.cursor.word(0).is_some_and(|word| word.eq_ignore_ascii_case("not")) {
            turned = !turned;
            self.cursor.step();
        }
        let mut node = self.condition()?;
        while self.cursor.touches()
            && let Some((stem, codes)) = self.cursor.word(0).and_then(split_index)
            && stem.is_empty()
        {
            let place = self.cursor.here();
            let scope = scope(codes, &place)?;
            self.cursor.step();
            node = node.named(scope, place)?;
        }
        node.place.start = node.place.start.min(start);
        if turned { node.not() } else { Ok(node) }
    }

    fn condition(&mut self) -> Result<Node, Fault> {
        let place = self.cursor.here();
        self.cursor.count()?;
        match self.cursor.kind(0) {
            Some(Token::Open) => {
                let open = self.cursor.open()?;
                let mut node = self.expression()?;
                node.place = self.cursor.close(&open)?;
                Ok(node)
            }
            Some(Token::Quoted(text)) => {
                let words = Words::new(text.clone(), true, place.clone());
                self.cursor.step();
                Node::new(Kind::Words(words), place)
            }
            Some(Token::Word(word)) => {
                let word = word.clone();
                if let Some(name) = word.strip_prefix('@') {
                    return self.date(name);
                }
                if operator(&word, &place)?.is_some() {
                    return Err(self.cursor.missing());
                }
                if matches!(self.cursor.kind(1), Some(Token::Sign(_))) {
                    let hint: &[&str; 2] = &[
                        "日期写作 @PD>=20240101，字段写作 词.ti.",
                        "write dates as @PD>=20240101 and fields as word.ti.",
                    ];
                    return Err(Fault::new(place, Reason::NoEqual(hint), &[Expected::Condition]));
                }
                self.cursor.step();
                word_node(&word, place)
            }
            Some(Token::Sign(_)) => Err(self.cursor.stray()),
            None | Some(Token::Close) => Err(self.cursor.missing()),
        }
    }

    /// `@PD>=20240101<=20240131`.
    fn date(&mut self, name: &str) -> Result<Node, Fault> {
        let start = self.cursor.here();
        let scope = scope(name, &(start.start + 1..start.end))?;
        let field = match scope.as_slice() {
            &[Some(field)] if field.kind() == crate::FieldKind::Date => field,
            _ => return Err(Fault::new(start, Reason::NoRange, &[Expected::Date])),
        };
        self.cursor.step();
        let mut ends: Ends<records::Date> = (None, None);
        let mut turned = false;
        let mut place = start.clone();
        while let Some(&Token::Sign(comparison)) = self.cursor.kind(0) {
            self.cursor.step();
            let here = self.cursor.here();
            let (Some(Token::Word(text) | Token::Quoted(text)), false) = (self.cursor.kind(0), turned) else {
                return Err(Fault::new(here, Reason::ValueMissing, &[Expected::Value]));
            };
            let period = period(&iso(text)).ok_or_else(|| Fault::new(here.clone(), Reason::Date, &[Expected::Date]))?;
            let (from, to) = compared(comparison, period)
                .ok_or_else(|| Fault::new(here.clone(), Reason::RangeEmpty, &[Expected::Date]))?;
            turned = comparison == Comparison::IsNot;
            ends = (ends.0.max(from), [ends.1, to].into_iter().flatten().min());
            place.end = here.end;
            self.cursor.step();
        }
        if place.end == start.end {
            return Err(Fault::new(self.cursor.here(), Reason::ValueMissing, &[Expected::Value]));
        }
        if matches!(ends, (Some(from), Some(to)) if from > to) {
            return Err(Fault::new(place, Reason::RangeEmpty, &[Expected::Range]));
        }
        let value = Value::Dates { from: ends.0, to: ends.1 };
        let leaf = Leaf { field: Some(field), value, place: place.clone() };
        let node = Node::new(Kind::Query(Query::Leaf(leaf)), place)?;
        if turned { node.not() } else { Ok(node) }
    }
}

/// `wafer`, `wafer.ti.`, `wafer[ti,ab]`.
fn word_node(word: &str, place: Range<usize>) -> Result<Node, Fault> {
    let Some((stem, codes)) = split_index(word).filter(|(stem, _)| !stem.is_empty()) else {
        return Node::new(Kind::Words(Words::new(word.to_owned(), false, place.clone())), place);
    };
    let end = place.start + stem.len();
    let words = Words::new(stem.to_owned(), false, place.start..end);
    let scope = scope(codes, &(end..place.end))?;
    Node::new(Kind::Words(words), place.start..end)?.named(scope, end..place.end)
}

/// A word and the codes of the index behind it.
fn split_index(word: &str) -> Option<(&str, &str)> {
    if let Some(rest) = word.strip_suffix(']') {
        return rest.split_once('[');
    }
    let rest = word.strip_suffix('.')?;
    let (stem, codes) = rest.rsplit_once('.')?;
    let code =
        |code: &str| (2..=6).contains(&code.trim().len()) && code.trim().bytes().all(|b| b.is_ascii_alphabetic());
    codes.split(',').all(code).then_some((stem, codes))
}

/// The fields of `ti` or `ti,ab,clm`.
fn scope(codes: &str, place: &Range<usize>) -> Result<Scope, Fault> {
    let mut scope = Scope::new();
    for code in codes.split(',').map(|code| code.trim().to_ascii_lowercase()) {
        if UNITED_STATES_CLASSES.contains(&code.as_str()) {
            let hint: &[&str; 2] = &[
                "这里不存美国专利分类，请改用 .cpc. 或 .ipc.",
                "the United States classification is not kept; use .cpc. or .ipc.",
            ];
            return Err(Fault::new(place.clone(), Reason::NoEqual(hint), &[Expected::FieldName]));
        }
        let Some((_, fields)) = INDEXES.iter().find(|(known, _)| *known == code) else {
            let fault = Fault::new(place.clone(), Reason::UnknownField, &[Expected::FieldName]);
            let near = nearest(&code, INDEXES.iter().map(|(code, _)| *code));
            return Err(match near {
                // Around a single code stand its marks.
                Some(near) if !codes.contains(',') && place.len() == code.len() + 2 => {
                    fault.fix(place.start + 1..place.end - 1, near.to_owned())
                }
                _ => fault,
            });
        };
        for field in fields.iter().map(|field| Some(*field)) {
            if !scope.contains(&field) {
                scope.push(field);
            }
        }
    }
    Ok(scope)
}

/// The operator a word stands for.
fn operator(word: &str, place: &Range<usize>) -> Result<Option<Joint>, Fault> {
    let upper = word.to_ascii_uppercase();
    let name = upper.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &upper[name.len()..];
    let plain = match name {
        "AND" => Joint::And,
        "OR" => Joint::Or,
        "XOR" => Joint::Xor,
        "NOT" => Joint::AndNot,
        "ADJ" | "NEAR" | "WITH" | "SAME" => {
            let most = if digits.is_empty() { Some(1) } else { digits.parse().ok() };
            let most = most.filter(|most| (1..=MAX_DISTANCE).contains(most));
            let most = most.ok_or_else(|| Fault::new(place.clone(), Reason::Distance, &[Expected::Distance]))?;
            return proximity(name, most, place).map(|near| Some(Joint::Near(near)));
        }
        _ => return Ok(None),
    };
    Ok(digits.is_empty().then_some(plain))
}

fn proximity(name: &str, most: u32, place: &Range<usize>) -> Result<Proximity, Fault> {
    Ok(match (name, most) {
        ("ADJ", most) => Proximity::Adjacent(most),
        ("NEAR", most) => Proximity::Near(most),
        ("WITH", 1) => Proximity::Sentence,
        ("SAME", 1) => Proximity::Paragraph,
        _ => {
            let hint: &[&str; 2] = &[
                "只能限定同一句（WITH）或同一段（SAME）",
                "one sentence (WITH) or one paragraph (SAME) is all that can be asked",
            ];
            let fault = Fault::new(place.clone(), Reason::NoEqual(hint), &[Expected::Words]);
            return Err(fault.fix(place.clone(), name.to_owned()));
        }
    })
}
