//! A lowered query: what the engine is asked, and what every part of it gives to a hit's score.

use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Occur, Query, Weight};
use tantivy::{DocId, Searcher, SegmentReader};

use super::glob::score;
use super::steady::SteadyQuery;
use super::xor::XorQuery;
use crate::ScoreLine;

/// A query in the engine's terms. Only words score; every other condition decides without adding to the score.
pub(super) enum Plan {
    /// Everything.
    All,
    /// Nothing.
    Nothing,
    /// A condition that adds nothing to the score.
    Filter(Box<dyn Query>),
    /// Words in one field.
    Words(Words),
    /// All of these.
    And(Vec<Plan>),
    /// Any of these.
    Or(Vec<Plan>),
    /// Not this.
    Not(Box<Plan>),
    /// One of the two but not both.
    Xor(Box<Plan>, Box<Plan>),
    /// Documents that pass the gate, with the score of those words they have.
    Gate {
        /// The condition.
        gate: Box<dyn Query>,
        /// What scores.
        words: Vec<Words>,
    },
}

/// Words in one field, which score.
pub(super) struct Words {
    /// Code of the field.
    pub(super) code: &'static str,
    /// The words as asked.
    pub(super) text: String,
    /// The query with the field's weight.
    pub(super) query: Box<dyn Query>,
}

impl Plan {
    /// Any of the plans; the only one by itself.
    pub(super) fn any(mut plans: Vec<Self>) -> Self {
        match plans.len() {
            0 => Self::Nothing,
            1 => plans.remove(0),
            _ => Self::Or(plans),
        }
    }

    /// Whether hits differ in their scores.
    pub(super) fn scores(&self) -> bool {
        match self {
            Self::All | Self::Nothing | Self::Filter(_) | Self::Not(_) => false,
            Self::Words(_) => true,
            Self::And(plans) | Self::Or(plans) => plans.iter().any(Self::scores),
            Self::Xor(left, right) => left.scores() || right.scores(),
            Self::Gate { words, .. } => !words.is_empty(),
        }
    }

    /// The engine's query.
    pub(super) fn query(&self) -> Box<dyn Query> {
        match self {
            Self::All => silent(Box::new(AllQuery)),
            Self::Nothing => Box::new(EmptyQuery),
            Self::Filter(query) => silent(query.box_clone()),
            Self::Words(words) => words.query.box_clone(),
            Self::And(plans) => {
                let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(plans.len() + 1);
                if plans.iter().all(|plan| matches!(plan, Self::Not(_))) {
                    clauses.push((Occur::Must, Self::All.query()));
                }
                clauses.extend(plans.iter().map(|plan| match plan {
                    Self::Not(excluded) => excluded_clause(excluded),
                    wanted => (Occur::Must, wanted.query()),
                }));
                Box::new(BooleanQuery::new(clauses))
            }
            Self::Or(plans) => Box::new(BooleanQuery::union(plans.iter().map(Self::query).collect())),
            Self::Not(plan) => {
                Box::new(BooleanQuery::new(vec![(Occur::Must, Self::All.query()), excluded_clause(plan)]))
            }
            Self::Xor(left, right) => Box::new(XorQuery(left.query(), right.query())),
            Self::Gate { gate, words } => {
                let mut clauses = vec![(Occur::Must, silent(gate.box_clone()))];
                clauses.extend(words.iter().map(|words| (Occur::Should, words.query.box_clone())));
                Box::new(BooleanQuery::new(clauses))
            }
        }
    }
}

fn excluded_clause(plan: &Plan) -> (Occur, Box<dyn Query>) {
    (Occur::MustNot, Box::new(SteadyQuery(plan.query())))
}

/// The query with score 0 for every match.
fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// A plan made ready to tell the score of single documents.
pub(super) enum Explainer<'a> {
    Always(bool),
    Filter(Box<dyn Weight>),
    Words(&'a Words, Box<dyn Weight>),
    And(Vec<Explainer<'a>>),
    Or(Vec<Explainer<'a>>),
    Not(Box<Explainer<'a>>),
    Xor(Box<Explainer<'a>>, Box<Explainer<'a>>),
    Gate(Box<dyn Weight>, Vec<Explainer<'a>>),
}

impl<'a> Explainer<'a> {
    /// Prepares a plan.
    pub(super) fn new(plan: &'a Plan, searcher: &Searcher) -> tantivy::Result<Self> {
        let scored = EnableScoring::enabled_from_searcher(searcher);
        let plain = EnableScoring::disabled_from_searcher(searcher);
        let words = |words: &'a Words| -> tantivy::Result<Self> { Ok(Self::Words(words, words.query.weight(scored)?)) };
        let all = |plans: &'a [Plan]| -> tantivy::Result<Vec<Self>> {
            plans.iter().map(|plan| Self::new(plan, searcher)).collect()
        };
        Ok(match plan {
            Plan::All => Self::Always(true),
            Plan::Nothing => Self::Always(false),
            Plan::Filter(query) => Self::Filter(query.weight(plain)?),
            Plan::Words(leaf) => words(leaf)?,
            Plan::And(plans) => Self::And(all(plans)?),
            Plan::Or(plans) => Self::Or(all(plans)?),
            Plan::Not(plan) => Self::Not(Box::new(Self::new(plan, searcher)?)),
            Plan::Xor(left, right) => {
                Self::Xor(Box::new(Self::new(left, searcher)?), Box::new(Self::new(right, searcher)?))
            }
            Plan::Gate { gate, words: leaves } => {
                let leaves: tantivy::Result<Vec<_>> = leaves.iter().map(words).collect();
                Self::Gate(gate.weight(plain)?, leaves?)
            }
        })
    }

    /// The score of a document by field and words, highest first.
    pub(super) fn lines(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Vec<ScoreLine>> {
        let mut found = Vec::new();
        self.visit(reader, document, &mut found)?;
        let mut lines: Vec<ScoreLine> = Vec::with_capacity(found.len());
        for line in found {
            match lines.iter_mut().find(|known| known.field == line.field && known.term == line.term) {
                Some(known) => known.score += line.score,
                None => lines.push(line),
            }
        }
        lines.sort_by(|a, b| b.score.total_cmp(&a.score));
        Ok(lines)
    }

    /// Whether the document matches; if it does, its lines are added.
    fn visit(&self, reader: &SegmentReader, document: DocId, lines: &mut Vec<ScoreLine>) -> tantivy::Result<bool> {
        let before = lines.len();
        let matches = match self {
            Self::Always(always) => *always,
            Self::Filter(weight) => score(weight.as_ref(), reader, document)?.is_some(),
            Self::Words(words, weight) => match score(weight.as_ref(), reader, document)? {
                Some(score) => {
                    lines.push(ScoreLine { field: words.code.to_owned(), term: words.text.clone(), score });
                    true
                }
                None => false,
            },
            Self::And(all) => {
                let mut matches = true;
                for part in all {
                    matches = matches && part.visit(reader, document, lines)?;
                }
                matches
            }
            Self::Or(all) => {
                let mut matches = false;
                for part in all {
                    matches |= part.visit(reader, document, lines)?;
                }
                matches
            }
            Self::Not(part) => {
                let matches = !part.visit(reader, document, lines)?;
                lines.truncate(before);
                matches
            }
            Self::Xor(left, right) => {
                let left = left.visit(reader, document, lines)?;
                let right = right.visit(reader, document, lines)?;
                left != right
            }
            Self::Gate(gate, words) => {
                let matches = score(gate.as_ref(), reader, document)?.is_some();
                for words in words.iter().filter(|_| matches) {
                    words.visit(reader, document, lines)?;
                }
                matches
            }
        };
        if !matches {
            lines.truncate(before);
        }
        Ok(matches)
    }
}
