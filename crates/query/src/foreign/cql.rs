//! CQL as the European Patent Office writes it in Espacenet and OPS: `ti="mouse trap" and pa=siemens`,
//! `ta any "laser maser"`, `pd within "2005 2006"`, `mouse prox/distance<3 trap`. Operators apply from left to right.
//!
//! Sources: Espacenet help (field identifiers, operators), Espacenet pocket guide, OPS reference guide.

use std::ops::Range;

use super::node::{Joint, Kind, Lowering, Node, Scope};
use super::scan::{Cursor, Kind as Token};
use super::words::{Wording, Words, iso};
use crate::dates::{between, period};
use crate::lexer::Comparison;
use crate::mistake::{Expected, Fault, Reason, nearest};
use crate::parser::fits;
use crate::{Field, FieldKind, Leaf, Proximity, Query, Value};

/// Names of fields, and the fields of this site they stand for.
pub(crate) const FIELDS: &[(&str, &[Field])] = &[
    ("ti", &[Field::Title]),
    ("title", &[Field::Title]),
    ("ab", &[Field::Abstract]),
    ("abstract", &[Field::Abstract]),
    ("ta", &[Field::Title, Field::Abstract]),
    ("titleandabstract", &[Field::Title, Field::Abstract]),
    ("txt", &[Field::Title, Field::Abstract, Field::Inventor, Field::Applicant]),
    ("ntxt", &[Field::Title, Field::Abstract, Field::Inventor, Field::Applicant]),
    ("ctxt", &[Field::Title, Field::Abstract, Field::Claims]),
    ("ftxt", &[Field::Title, Field::Abstract, Field::Claims, Field::Description]),
    ("nftxt", &[Field::Title, Field::Abstract, Field::Claims, Field::Description, Field::Inventor, Field::Applicant]),
    ("desc", &[Field::Description]),
    ("claims", &[Field::Claims]),
    ("pa", &[Field::Applicant]),
    ("applicant", &[Field::Applicant]),
    ("in", &[Field::Inventor]),
    ("inventor", &[Field::Inventor]),
    ("ia", &[Field::Inventor, Field::Applicant]),
    ("inventorandapplicant", &[Field::Inventor, Field::Applicant]),
    ("pn", &[Field::Number]),
    ("publicationnumber", &[Field::Number]),
    ("ap", &[Field::Number]),
    ("applicationnumber", &[Field::Number]),
    ("pr", &[Field::Priority]),
    ("prioritynumber", &[Field::Priority]),
    ("spr", &[Field::Priority]),
    ("num", &[Field::Number, Field::Priority]),
    ("pd", &[Field::PublicationDate]),
    ("publicationdate", &[Field::PublicationDate]),
    ("ad", &[Field::FilingDate]),
    ("prd", &[Field::PriorityDate]),
    ("ct", &[Field::Citation]),
    ("citation", &[Field::Citation]),
    ("famn", &[Field::Family]),
    ("cl", &[Field::Class]),
    ("cpc", &[Field::Cpc]),
    ("ipc", &[Field::Ipc]),
    ("ic", &[Field::Ipc]),
];

pub(super) fn read(text: &str) -> Result<Query, Fault> {
    let mut reader = Reader { cursor: Cursor::new(text)? };
    let node = reader.sequence()?;
    if reader.cursor.kind(0).is_some() {
        return Err(reader.cursor.stray());
    }
    Lowering::new(Wording::Cql, vec![None], false).query(&node)
}

/// How a field stands to what follows.
enum Relation {
    Sign(Comparison),
    Any,
    All,
    Within,
}

struct Reader<'a> {
    cursor: Cursor<'a>,
}

impl Reader<'_> {
    /// Conditions joined from left to right, up to the closing bracket or the end.
    fn sequence(&mut self) -> Result<Node, Fault> {
        let mut all = self.operand()?;
        let mut last = all.place.clone();
        while !matches!(self.cursor.kind(0), None | Some(Token::Close)) {
            let sign = self.cursor.here();
            let joint = self.joint()?;
            let next = self.operand()?;
            let whole = last.start..next.place.end;
            last = next.place.clone();
            if matches!(joint, Joint::Near(_)) && matches!(all.kind, Kind::And(_) | Kind::Not(_)) {
                // Read from left to right, nearness takes all that was said before for its left side.
                let near = format!("({})", &self.cursor.text[whole.clone()]);
                return Err(Fault::new(sign, Reason::NearOperand, &[Expected::Words]).fix(whole, near));
            }
            all = Node::join(joint, sign, all, next)?;
        }
        Ok(all)
    }

    /// A condition with the `not`s before it.
    fn operand(&mut self) -> Result<Node, Fault> {
        let start = self.cursor.here().start;
        let mut turned = false;
        while self.is_operator("not") {
            turned = !turned;
            self.cursor.step();
        }
        let mut node = self.condition()?;
        node.place.start = node.place.start.min(start);
        if turned { node.not() } else { Ok(node) }
    }

    fn is_operator(&self, name: &str) -> bool {
        self.cursor.word(0).is_some_and(|word| word.eq_ignore_ascii_case(name))
            && !matches!(self.cursor.kind(1), Some(Token::Sign(_)))
    }

    /// What joins the next condition; `and` where nothing is written.
    fn joint(&mut self) -> Result<Joint, Fault> {
        let joint = if self.is_operator("and") {
            Joint::And
        } else if self.is_operator("or") {
            Joint::Or
        } else if self.is_operator("not") {
            Joint::AndNot
        } else if let Some(modifiers) = self.cursor.word(0).and_then(proximity_of) {
            Joint::Near(proximity(modifiers, &self.cursor.here())?)
        } else {
            return Ok(Joint::And);
        };
        let start = self.cursor.text[..self.cursor.here().start].trim_end().len();
        self.cursor.step();
        if self.cursor.kind(0).is_none() {
            return Err(self.cursor.missing().fix(start..self.cursor.text.len(), String::new()));
        }
        Ok(joint)
    }

    fn condition(&mut self) -> Result<Node, Fault> {
        let place = self.cursor.here();
        self.cursor.count()?;
        if let (Some(_), Some(relation)) = (self.cursor.word(0), self.relation()) {
            return self.field(&relation);
        }
        match self.cursor.kind(0) {
            Some(Token::Open) => {
                let open = self.cursor.open()?;
                let mut node = self.sequence()?;
                node.place = self.cursor.close(&open)?;
                Ok(node)
            }
            Some(Token::Word(word)) if proximity_of(word).is_some() || is_boolean(word) => Err(self.cursor.missing()),
            Some(Token::Word(_) | Token::Quoted(_)) => {
                let words = self.words(Comparison::Is, false)?;
                Node::new(Kind::Words(words), place)
            }
            Some(Token::Sign(_)) => Err(self.cursor.stray()),
            None | Some(Token::Close) => Err(self.cursor.missing()),
        }
    }

    /// The relation behind the word here. Those spelled as words need a name before them and a value behind.
    fn relation(&self) -> Option<Relation> {
        if let Some(Token::Sign(sign)) = self.cursor.kind(1) {
            return Some(Relation::Sign(*sign));
        }
        let relation = match self.cursor.word(1)?.to_ascii_lowercase().as_str() {
            "any" => Relation::Any,
            "all" => Relation::All,
            "within" => Relation::Within,
            "exact" => Relation::Sign(Comparison::Exactly),
            _ => return None,
        };
        let stands = match self.cursor.kind(2)? {
            Token::Quoted(_) => true,
            Token::Word(_) => self.cursor.word(0).is_some_and(|name| scope(name).is_some()),
            _ => false,
        };
        stands.then_some(relation)
    }

    /// `ti="…"`, `pd within "…"`, `cpc=/low …`, `ti=(… or …)`.
    fn field(&mut self, relation: &Relation) -> Result<Node, Fault> {
        let name = self.cursor.here();
        let typed = &self.cursor.text[name.clone()];
        let Some((scope, mut below)) = scope(typed) else { return Err(unknown(typed, name)) };
        self.cursor.step();
        let sign = self.cursor.here();
        self.cursor.step();
        let comparison = if let Relation::Sign(comparison) = relation { *comparison } else { Comparison::Is };
        scope.iter().flatten().try_for_each(|field| fits(*field, comparison, sign.clone()))?;
        if self.cursor.word(0).is_some_and(|word| word.eq_ignore_ascii_case("/low")) {
            below = true;
            self.cursor.step();
        }
        // A value that is not so is one that is so, turned round below.
        let (comparison, turned) =
            if comparison == Comparison::IsNot { (Comparison::Is, true) } else { (comparison, false) };
        let node = match (relation, self.cursor.kind(0)) {
            (Relation::Within, Some(Token::Word(_) | Token::Quoted(_))) => return self.within(&scope, &name),
            (Relation::Sign(_), Some(Token::Open)) => {
                let open = self.cursor.open()?;
                let mut node = self.sequence()?;
                node.place = self.cursor.close(&open)?;
                // The sign holds for each of the values.
                compare(&mut node, comparison, below);
                node
            }
            (Relation::Any | Relation::All, Some(Token::Word(_) | Token::Quoted(_))) => {
                let joint = if matches!(relation, Relation::Any) { Joint::Or } else { Joint::And };
                self.each_word(joint, below)?
            }
            (Relation::Sign(_), Some(Token::Word(_) | Token::Quoted(_))) => {
                let words = self.words(comparison, below)?;
                let place = words.place.clone();
                Node::new(Kind::Words(words), place)?
            }
            _ => return Err(Fault::new(self.cursor.here(), Reason::ValueMissing, &[Expected::Value])),
        };
        let node = node.named(scope, name)?;
        if turned { node.not() } else { Ok(node) }
    }

    /// The word or quoted text here.
    fn words(&mut self, comparison: Comparison, below: bool) -> Result<Words, Fault> {
        let place = self.cursor.here();
        let (text, quoted) = match self.cursor.kind(0) {
            Some(Token::Word(text)) => (text.clone(), false),
            Some(Token::Quoted(text)) => (text.clone(), true),
            _ => return Err(self.cursor.missing()),
        };
        self.cursor.step();
        Ok(Words { text, quoted, place, comparison, below })
    }

    /// Each word of a quoted text as a condition of its own.
    fn each_word(&mut self, joint: Joint, below: bool) -> Result<Node, Fault> {
        let words = self.words(Comparison::Is, below)?;
        let place = words.place.clone();
        let one = |text: &str| {
            let words = Words { text: text.to_owned(), quoted: false, ..words.clone() };
            Node::new(Kind::Words(words), place.clone())
        };
        let parts = words.text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        let parts: Vec<Node> = parts.map(one).collect::<Result<_, Fault>>()?;
        match (parts.len(), joint) {
            (0, _) => Err(Fault::new(place, Reason::Nothing, &[Expected::Words])),
            (1, _) => parts.into_iter().next().ok_or_else(|| self.cursor.missing()),
            (_, Joint::Or) => Node::new(Kind::Or(parts), place),
            _ => Node::new(Kind::And(parts), place),
        }
    }

    /// `pd within "2005 20061231"`.
    fn within(&mut self, scope: &Scope, name: &Range<usize>) -> Result<Node, Fault> {
        let words = self.words(Comparison::Is, false)?;
        let place = words.place.clone();
        let &[Some(field)] = scope.as_slice() else {
            return Err(Fault::new(place, Reason::NoRange, &[Expected::Value]));
        };
        if field.kind() != FieldKind::Date {
            return Err(Fault::new(place, Reason::NoRange, &[Expected::Value]));
        }
        let ends: Vec<&str> = words.text.split([' ', ',', ';']).filter(|end| !end.is_empty()).collect();
        let [from, to] = ends[..] else { return Err(Fault::new(place, Reason::RangeForm, &[Expected::Range])) };
        let date = || Fault::new(place.clone(), Reason::Date, &[Expected::Date]);
        let (first, last) = (period(&iso(from)).ok_or_else(date)?, period(&iso(to)).ok_or_else(date)?);
        let Some((from, to)) = between((Some(first), true), (Some(last), true)) else {
            let swapped = format!("\"{to} {from}\"");
            return Err(Fault::new(place.clone(), Reason::RangeEmpty, &[Expected::Range]).fix(place, swapped));
        };
        let place = name.start..place.end;
        let leaf = Leaf { field: Some(field), value: Value::Dates { from, to }, place: place.clone() };
        Node::new(Kind::Query(Query::Leaf(leaf)), place)
    }
}

/// Lets a comparison hold for all words of a part.
fn compare(node: &mut Node, comparison: Comparison, below: bool) {
    match &mut node.kind {
        Kind::Words(words) => {
            words.comparison = comparison;
            words.below |= below;
        }
        Kind::And(parts) | Kind::Or(parts) => parts.iter_mut().for_each(|part| compare(part, comparison, below)),
        Kind::Not(part) => compare(part, comparison, below),
        Kind::Xor(left, right) | Kind::Near(_, _, left, right) => {
            compare(left, comparison, below);
            compare(right, comparison, below);
        }
        Kind::Query(_) | Kind::Named(..) => {}
    }
}

/// The fields of a name, and whether it ends in `/low`.
fn scope(name: &str) -> Option<(Scope, bool)> {
    let name = name.to_ascii_lowercase();
    let (name, below) = name.strip_suffix("/low").map_or((name.as_str(), false), |name| (name, true));
    let (_, fields) = FIELDS.iter().find(|(known, _)| *known == name)?;
    Some((fields.iter().map(|field| Some(*field)).collect(), below))
}

fn unknown(name: &str, place: Range<usize>) -> Fault {
    let lower = name.to_ascii_lowercase();
    if lower == "cpcc" {
        let hint: &[&str; 2] =
            &["这里不存 CPC 组合集，请用 cpc= 逐个写出", "combination sets are not kept; write each symbol with cpc="];
        return Fault::new(place, Reason::NoEqual(hint), &[Expected::FieldName]);
    }
    let fault = Fault::new(place.clone(), Reason::UnknownField, &[Expected::FieldName]);
    match nearest(&lower, FIELDS.iter().map(|(name, _)| *name)) {
        Some(near) => fault.fix(place, near.to_owned()),
        None => fault,
    }
}

fn is_boolean(word: &str) -> bool {
    ["and", "or", "not"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// What stands behind `prox`, if the word is one.
fn proximity_of(word: &str) -> Option<&str> {
    let rest = word.get(4..).filter(|_| word[..4].eq_ignore_ascii_case("prox"))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// `/distance<3/ordered=true`, `/unit=sentence`. Without a distance `prox/ordered` asks for the order alone.
fn proximity(modifiers: &str, place: &Range<usize>) -> Result<Proximity, Fault> {
    let (mut distance, mut ordered, mut unit) = (None, false, "word".to_owned());
    let start = place.end - modifiers.len();
    let mut at = start;
    for modifier in modifiers.split('/').skip(1) {
        at += 1;
        let here = at..at + modifier.len();
        at = here.end;
        let no_equal = |hint| Fault::new(here.clone(), Reason::NoEqual(hint), &[Expected::Words]);
        let lower = modifier.to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix("distance") {
            distance = Some((read_distance(rest, &here)?, here));
        } else if let Some(rest) = lower.strip_prefix("unit=") {
            rest.clone_into(&mut unit);
        } else {
            ordered = match lower.as_str() {
                "ordered" | "ordered=true" => true,
                "unordered" | "ordered=false" => false,
                _ => return Err(no_equal(&["可写 distance、ordered、unit", "distance, ordered and unit are known"])),
            };
        }
    }
    let words: &[&str; 2] =
        &["同句、同段不能再限定次序或间隔", "a sentence or paragraph takes no order and no distance besides"];
    let more = || Fault::new(start..place.end, Reason::NoEqual(words), &[Expected::Words]);
    let unit = match unit.as_str() {
        "word" => {
            let most = distance.map(|(distance, _)| distance);
            let unbounded = if ordered { crate::lexer::MAX_DISTANCE } else { 1 };
            let most = most.unwrap_or(unbounded);
            if most == 0 {
                return Err(Fault::new(start..place.end, Reason::Distance, &[Expected::Distance]));
            }
            return Ok(if ordered { Proximity::Adjacent(most) } else { Proximity::Near(most) });
        }
        "sentence" => Proximity::Sentence,
        "paragraph" => Proximity::Paragraph,
        _ => {
            let hint: &[&str; 2] = &["unit 可为 word、sentence、paragraph", "units are word, sentence and paragraph"];
            return Err(Fault::new(start..place.end, Reason::NoEqual(hint), &[Expected::Words]));
        }
    };
    if ordered || distance.is_some_and(|(distance, _)| distance > 0) { Err(more()) } else { Ok(unit) }
}

/// The most of `<3`, `<=3` or `=1`.
fn read_distance(text: &str, place: &Range<usize>) -> Result<u32, Fault> {
    let fault = || Fault::new(place.clone(), Reason::Distance, &[Expected::Distance]);
    let number = |text: &str| text.parse::<u32>().ok().filter(|n| *n <= crate::lexer::MAX_DISTANCE + 1);
    let most = if let Some(rest) = text.strip_prefix("<=") {
        number(rest)
    } else if let Some(rest) = text.strip_prefix('<') {
        number(rest).and_then(|n| n.checked_sub(1))
    } else if let Some(rest) = text.strip_prefix('=') {
        let exact = number(rest).ok_or_else(fault)?;
        if exact > 1 {
            let hint: &[&str; 2] =
                &["间隔只能写上限，如 distance<=3", "only a greatest distance is known, such as distance<=3"];
            let fault = Fault::new(place.clone(), Reason::NoEqual(hint), &[Expected::Distance]);
            return Err(fault.fix(place.clone(), format!("distance<={exact}")));
        }
        Some(exact)
    } else {
        None
    };
    most.filter(|most| *most <= crate::lexer::MAX_DISTANCE).ok_or_else(fault)
}
