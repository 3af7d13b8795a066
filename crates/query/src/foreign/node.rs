//! A line of another spelling as a tree whose fields are laid over it afterwards, because one name may stand for
//! several fields (`ta=` is title or abstract) and may come after the words (`wafer.ti,ab.`).

use std::ops::Range;

use super::words::{Wording, Words};
use crate::mistake::{Expected, Fault, Reason};
use crate::near;
use crate::parser::{MAX_DEPTH, MAX_LEAVES};
use crate::{Field, FieldKind, Proximity, Query};

/// Fields of which any may hold the words; `None` is the fields searched without a name.
pub(super) type Scope = Vec<Option<Field>>;

/// A part of the line.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) place: Range<usize>,
    depth: usize,
}

#[derive(Clone)]
pub(super) enum Kind {
    Words(Words),
    /// Read already.
    Query(Query),
    And(Vec<Node>),
    Or(Vec<Node>),
    Xor(Box<Node>, Box<Node>),
    Not(Box<Node>),
    Near(Proximity, Range<usize>, Box<Node>, Box<Node>),
    /// The fields named at a place hold for the whole of the part.
    Named(Scope, Range<usize>, Box<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    And,
    /// The first and not the second.
    AndNot,
    Or,
    Xor,
    Near(Proximity),
    /// The first, and never the two this near.
    AndNotNear(Proximity),
}

impl Node {
    pub(super) fn new(kind: Kind, place: Range<usize>) -> Result<Self, Fault> {
        let depth = match &kind {
            Kind::Words(_) | Kind::Query(_) => 0,
            Kind::And(parts) | Kind::Or(parts) => 1 + parts.iter().map(|part| part.depth).max().unwrap_or(0),
            Kind::Not(part) => 1 + part.depth,
            Kind::Named(_, _, part) => part.depth,
            Kind::Xor(left, right) | Kind::Near(_, _, left, right) => 1 + left.depth.max(right.depth),
        };
        if depth > MAX_DEPTH {
            return Err(Fault::new(place, Reason::Deep, &[Expected::Less]));
        }
        Ok(Self { kind, place, depth })
    }

    pub(super) fn not(self) -> Result<Self, Fault> {
        let place = self.place.clone();
        Self::new(Kind::Not(Box::new(self)), place)
    }

    pub(super) fn named(self, scope: Scope, name: Range<usize>) -> Result<Self, Fault> {
        let place = self.place.start.min(name.start)..self.place.end.max(name.end);
        Self::new(Kind::Named(scope, name, Box::new(self)), place)
    }

    /// Whether this may stand near something: words, some of several, or nearness of such.
    fn is_words(&self) -> bool {
        match &self.kind {
            Kind::Words(_) => true,
            Kind::Named(_, _, part) => part.is_words(),
            Kind::Or(parts) => parts.iter().all(Self::is_words),
            Kind::Near(_, _, left, right) => left.is_words() && right.is_words(),
            Kind::Query(_) | Kind::And(_) | Kind::Not(_) | Kind::Xor(..) => false,
        }
    }

    /// `left` and `right` joined by what stands at `sign`.
    pub(super) fn join(joint: Joint, sign: Range<usize>, left: Self, right: Self) -> Result<Self, Fault> {
        let place = left.place.start..right.place.end;
        let kind = match joint {
            Joint::And => Kind::And(several(left, right, |kind| match kind {
                Kind::And(parts) => Ok(parts),
                other => Err(other),
            })),
            Joint::Or => Kind::Or(several(left, right, |kind| match kind {
                Kind::Or(parts) => Ok(parts),
                other => Err(other),
            })),
            Joint::AndNot => return Self::join(Joint::And, sign, left, right.not()?),
            Joint::Xor => Kind::Xor(Box::new(left), Box::new(right)),
            Joint::Near(proximity) => Kind::Near(proximity, sign, Box::new(left), Box::new(right)),
            Joint::AndNotNear(proximity) => {
                if !left.is_words() {
                    return Err(Fault::new(sign, Reason::NearOperand, &[Expected::Words]));
                }
                let together = Self::join(Joint::Near(proximity), sign.clone(), left.clone(), right)?;
                return Self::join(Joint::AndNot, sign, left, together);
            }
        };
        Self::new(kind, place)
    }
}

/// The parts of `left`, if it is joined the same way, and `right` behind them.
fn several(left: Node, right: Node, parts: impl Fn(Kind) -> Result<Vec<Node>, Kind>) -> Vec<Node> {
    let Node { kind, place, depth } = left;
    let mut all = parts(kind).unwrap_or_else(|kind| vec![Node { kind, place, depth }]);
    all.push(right);
    all
}

/// Turns nodes into a query.
pub(super) struct Lowering {
    pub(super) wording: Wording,
    /// Where words without a field are looked for.
    pub(super) unnamed: Scope,
    /// Whether `NEAR` and `ADJ` end with the sentence.
    pub(super) in_sentence: bool,
    leaves: usize,
}

impl Lowering {
    pub(super) const fn new(wording: Wording, unnamed: Scope, in_sentence: bool) -> Self {
        Self { wording, unnamed, in_sentence, leaves: 0 }
    }

    pub(super) fn query(&mut self, node: &Node) -> Result<Query, Fault> {
        self.lower(node, None)
    }

    fn lower(&mut self, node: &Node, scope: Option<&Scope>) -> Result<Query, Fault> {
        match &node.kind {
            Kind::Query(query) => {
                self.count(query, &node.place)?;
                Ok(query.clone())
            }
            Kind::Words(words) => {
                let unnamed = self.unnamed.clone();
                any(scope.unwrap_or(&unnamed).iter().map(|field| self.leaf(words, *field)))
            }
            Kind::And(parts) => {
                let mut parts = parts.iter().map(|part| self.lower(part, scope));
                let first = parts.next().ok_or_else(|| nothing(&node.place))??;
                parts.try_fold(first, |all, part| Ok(Query::and(all, part?)))
            }
            Kind::Or(parts) => any(parts.iter().map(|part| self.lower(part, scope))),
            Kind::Xor(left, right) => {
                Ok(Query::Xor(Box::new(self.lower(left, scope)?), Box::new(self.lower(right, scope)?)))
            }
            Kind::Not(part) => Ok(Query::not(self.lower(part, scope)?)),
            Kind::Named(inner, name, part) => match scope {
                Some(outer) if outer != inner => Err(Fault::new(name.clone(), Reason::FieldInside, &[Expected::Value])),
                _ => self.lower(part, Some(inner)),
            },
            Kind::Near(proximity, sign, ..) => self.nearness(node, *proximity, sign, scope),
        }
    }

    /// Nearness in each of its fields.
    fn nearness(
        &mut self,
        node: &Node,
        proximity: Proximity,
        sign: &Range<usize>,
        scope: Option<&Scope>,
    ) -> Result<Query, Fault> {
        let mut named = scope;
        scopes(node, sign, &mut named)?;
        let fields = named.unwrap_or(&self.unnamed).clone();
        let words =
            |field: &Option<Field>| field.is_none_or(|field| matches!(field.kind(), FieldKind::Text | FieldKind::Name));
        if !fields.iter().all(words) {
            return Err(Fault::new(sign.clone(), Reason::NearFields, &[Expected::Words]));
        }
        let ends = self.in_sentence && matches!(proximity, Proximity::Near(_) | Proximity::Adjacent(_));
        any(fields.into_iter().map(|field| {
            let query = self.operand(node, field, sign)?;
            if !ends {
                return Ok(query);
            }
            // All of it is in one sentence when it is in one sentence with its last words.
            let mut last = &query;
            while let Query::Near { right, .. } = last {
                last = right;
            }
            let last = last.clone();
            self.count(&last, sign)?;
            near::near(Proximity::Sentence, query, last, sign.clone())
        }))
    }

    /// A side of a nearness in one field.
    fn operand(&mut self, node: &Node, field: Option<Field>, sign: &Range<usize>) -> Result<Query, Fault> {
        match &node.kind {
            Kind::Words(words) => self.leaf(words, field),
            Kind::Or(parts) => any(parts.iter().map(|part| self.operand(part, field, sign))),
            Kind::Named(_, _, part) => self.operand(part, field, sign),
            Kind::Near(proximity, sign, left, right) => {
                let (left, right) = (self.operand(left, field, sign)?, self.operand(right, field, sign)?);
                near::near(*proximity, left, right, sign.clone())
            }
            _ => Err(Fault::new(sign.clone(), Reason::NearOperand, &[Expected::Words])),
        }
    }

    fn leaf(&mut self, words: &Words, field: Option<Field>) -> Result<Query, Fault> {
        let query = words.read(field, self.wording)?;
        self.count(&query, &words.place)?;
        Ok(query)
    }

    fn count(&mut self, query: &Query, place: &Range<usize>) -> Result<(), Fault> {
        self.leaves += crate::leaves(query).len();
        if self.leaves > MAX_LEAVES {
            return Err(Fault::new(place.clone(), Reason::Many, &[Expected::Less]));
        }
        Ok(())
    }
}

/// The one scope that the sides of a nearness name.
fn scopes<'a>(node: &'a Node, sign: &Range<usize>, found: &mut Option<&'a Scope>) -> Result<(), Fault> {
    match &node.kind {
        Kind::Named(scope, _, part) => {
            if found.is_some_and(|found| found != scope) {
                return Err(Fault::new(sign.clone(), Reason::NearFields, &[Expected::Words]));
            }
            *found = Some(scope);
            scopes(part, sign, found)
        }
        Kind::Or(parts) => parts.iter().try_for_each(|part| scopes(part, sign, found)),
        Kind::Near(_, sign, left, right) => {
            scopes(left, sign, found)?;
            scopes(right, sign, found)
        }
        _ => Ok(()),
    }
}

/// Any of the queries, of which there is at least one.
pub(super) fn any(queries: impl Iterator<Item = Result<Query, Fault>>) -> Result<Query, Fault> {
    let mut all: Option<Query> = None;
    for query in queries {
        let query = query?;
        all = Some(match all {
            None => query,
            Some(all) => Query::or(all, query),
        });
    }
    all.ok_or_else(|| nothing(&(0..0)))
}

fn nothing(place: &Range<usize>) -> Fault {
    Fault::new(place.clone(), Reason::Nothing, &[Expected::Words])
}
