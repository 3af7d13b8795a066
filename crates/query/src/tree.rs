//! The query tree.

use std::ops::Range;

use records::Date;

use crate::Field;

/// A query. Two trees are equal when they ask the same in the same order; places are not compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// Everything.
    All,
    /// One condition.
    Leaf(Leaf),
    /// All of these (two or more).
    And(Vec<Query>),
    /// Any of these (two or more).
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
    /// One of the two but not both.
    Xor(Box<Query>, Box<Query>),
    /// Two text operands near each other in one field. Operands are [`Pattern`] leaves, `Or`s of them, or nested `Near`s.
    Near {
        /// How near.
        proximity: Proximity,
        /// First operand; for `Adjacent` it stands before the second.
        left: Box<Query>,
        /// Second operand.
        right: Box<Query>,
    },
}

/// How near two operands must stand. Distance counts positions between them: a Chinese character or a word in
/// another script is one position; neighbours have distance 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proximity {
    /// At most this far, any order.
    Near(u32),
    /// At most this far, in order.
    Adjacent(u32),
    /// Same sentence.
    Sentence,
    /// Same paragraph.
    Paragraph,
}

/// One condition with its place in the text.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The field; `None` = the fields searched without a name (title, abstract, goods, names, claims).
    pub field: Option<Field>,
    /// What is asked.
    pub value: Value,
    /// Bytes of the query text, field name included.
    pub place: Range<usize>,
}

impl PartialEq for Leaf {
    fn eq(&self, other: &Self) -> bool {
        self.field == other.field && self.value == other.value
    }
}

/// What a leaf asks of its field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words in a text or name field.
    Text(Pattern),
    /// A number in any spelling, read in every way that makes sense.
    Number {
        /// As typed.
        text: String,
        /// Look-up keys (see `records::number`): a right with any of them matches.
        keys: Vec<String>,
        /// The typed text with wildcards (`CN2019*`): keys are then empty.
        wildcard: bool,
    },
    /// A date range, both ends included; `None` is open.
    Dates {
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// A count range, both ends included; `None` is open.
    Counts {
        /// Least.
        from: Option<u64>,
        /// Most.
        to: Option<u64>,
    },
    /// A class symbol in normal form.
    Class {
        /// Normal form, such as `H01M10/05`, `9`, `26.11`.
        symbol: String,
        /// Only this place (`==`), not what lies below it.
        exact: bool,
    },
    /// Any of these codes of a keyword field (`状态=失效` gives four).
    Codes {
        /// As typed.
        text: String,
        /// Codes as stored, such as `in-force`, `CN`.
        codes: Vec<String>,
    },
    /// The field has any value (`field=*`).
    Present,
}

/// Words as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// One word or one unbroken run (in Chinese: a run of characters, matched as a run).
    Word(String),
    /// Text in quotation marks: exactly this run.
    Phrase(String),
    /// With `*` (any characters) or `?` (one character).
    Wildcard(String),
    /// The whole value is this (`pa==…`), whatever its case, width and script; never part of a nearness.
    Whole(String),
}

/// The conditions of a query in the order of its text.
pub fn leaves(query: &Query) -> Vec<&Leaf> {
    let mut found = Vec::new();
    query.collect(&mut found);
    found
}

impl Query {
    fn collect<'a>(&'a self, found: &mut Vec<&'a Leaf>) {
        match self {
            Self::All => {}
            Self::Leaf(leaf) => found.push(leaf),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.collect(found)),
            Self::Not(part) => part.collect(found),
            Self::Xor(left, right) | Self::Near { left, right, .. } => {
                left.collect(found);
                right.collect(found);
            }
        }
    }

    /// Both; an `And` takes up the parts of another.
    pub fn and(left: Self, right: Self) -> Self {
        match (left, right) {
            (Self::And(mut parts), Self::And(more)) => {
                parts.extend(more);
                Self::And(parts)
            }
            (Self::And(mut parts), one) => {
                parts.push(one);
                Self::And(parts)
            }
            (one, Self::And(mut parts)) => {
                parts.insert(0, one);
                Self::And(parts)
            }
            (one, other) => Self::And(vec![one, other]),
        }
    }

    /// Either; an `Or` takes up the parts of another.
    pub fn or(left: Self, right: Self) -> Self {
        match (left, right) {
            (Self::Or(mut parts), Self::Or(more)) => {
                parts.extend(more);
                Self::Or(parts)
            }
            (Self::Or(mut parts), one) => {
                parts.push(one);
                Self::Or(parts)
            }
            (one, Self::Or(mut parts)) => {
                parts.insert(0, one);
                Self::Or(parts)
            }
            (one, other) => Self::Or(vec![one, other]),
        }
    }

    /// The opposite; twice turned is unturned.
    #[expect(clippy::should_implement_trait, reason = "the language's NOT, beside AND and OR; `!query` would hide it")]
    pub fn not(query: Self) -> Self {
        match query {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Levels of operators above the deepest condition.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::All | Self::Leaf(_) => 0,
            Self::And(parts) | Self::Or(parts) => 1 + parts.iter().map(Self::depth).max().unwrap_or(0),
            Self::Not(part) => 1 + part.depth(),
            Self::Xor(left, right) | Self::Near { left, right, .. } => 1 + left.depth().max(right.depth()),
        }
    }
}

impl Pattern {
    /// A word as typed; one that reads like an operator (`ti=OR`) becomes a phrase, so that its text keeps its
    /// meaning wherever it stands.
    pub(crate) fn word(text: &str) -> Self {
        if crate::lexer::is_operator(text) { Self::Phrase(text.to_owned()) } else { Self::Word(text.to_owned()) }
    }
}
