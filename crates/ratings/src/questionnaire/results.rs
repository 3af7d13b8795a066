//! What was answered, in numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use services::Text;
use utoipa::ToSchema;

use super::{Definition, Question, QuestionKind, Replies, Reply};
use crate::{Counts, ENOUGH, Level};

/// How the satisfaction index is made, Chinese and English; stands beside every index.
pub const INDEX_METHOD: (&str, &str) = (
    "每道量表题的五个等级依次计 100、75、50、25、0 分，取该题全部作答的平均分；指数为各量表题平均分按权重的加权平均。权重为 0 或无人作答的题不计。少于 5 份答卷不公布。",
    "The five levels of each scale question count 100, 75, 50, 25 and 0 points; a question's score is the mean over all \
     who answered it; the index is the mean of the scores by the weights of the questions. Questions of weight 0 or \
     without an answer do not count. Nothing is told of fewer than 5 answers.",
);

/// What was answered to an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Results {
    /// Which edition.
    pub edition: i64,
    /// How many answers; none when fewer than [`ENOUGH`], and then nothing else either.
    pub answers: Option<u64>,
    /// The satisfaction index, 0 to 100 ([`INDEX_METHOD`]); none without a scale that counts.
    pub index: Option<f64>,
    /// By question.
    pub questions: Vec<QuestionResult>,
}

/// What was answered to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuestionResult {
    /// Its key.
    pub key: String,
    /// What was asked.
    pub text: Text,
    /// How many answered it.
    pub answers: u64,
    /// Of a scale: how many of each level.
    pub levels: Option<Counts>,
    /// Of a scale: the score, 0 to 100.
    pub score: Option<f64>,
    /// Of a choice: how many chose which option.
    pub options: Vec<OptionCount>,
    /// Of words: all of them, in the order of the alphabet, so that no two of one answer stand together.
    pub words: Vec<String>,
}

/// How many chose an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OptionCount {
    /// Its key.
    pub key: String,
    /// What it says.
    pub label: Text,
    /// How many.
    pub count: u64,
}

/// Counts the answers to an edition.
pub(crate) fn results(edition: i64, definition: &Definition, all: &[Replies]) -> Results {
    let count = all.len() as u64;
    if count < ENOUGH {
        return Results { edition, answers: None, index: None, questions: Vec::new() };
    }
    let questions: Vec<QuestionResult> = definition.questions.iter().map(|question| result(question, all)).collect();
    let weighed: Vec<(f64, f64)> = definition.questions.iter().zip(&questions).filter_map(weighed).collect();
    let weights: f64 = weighed.iter().map(|(weight, _)| weight).sum();
    let index = (weights > 0.0).then(|| weighed.iter().map(|(weight, score)| weight * score).sum::<f64>() / weights);
    Results { edition, answers: Some(count), index, questions }
}

fn weighed((question, result): (&Question, &QuestionResult)) -> Option<(f64, f64)> {
    match question.kind {
        QuestionKind::Scale { weight } => Some((f64::from(weight), result.score?)),
        QuestionKind::Choice { .. } | QuestionKind::Words => None,
    }
}

fn result(question: &Question, all: &[Replies]) -> QuestionResult {
    let given: Vec<&Reply> =
        all.iter().filter_map(|replies| replies.get(&question.key)).filter(|reply| !reply.is_empty()).collect();
    let mut result = QuestionResult {
        key: question.key.clone(),
        text: question.text.clone(),
        answers: given.len() as u64,
        levels: None,
        score: None,
        options: Vec::new(),
        words: Vec::new(),
    };
    match &question.kind {
        QuestionKind::Scale { .. } => {
            let levels = levels(&given);
            result.score = score(&levels);
            result.levels = Some(levels);
        }
        QuestionKind::Choice { options, .. } => {
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            let chosen =
                given.iter().filter_map(|reply| if let Reply::Chosen(keys) = reply { Some(keys) } else { None });
            chosen.flatten().for_each(|key| *counts.entry(key).or_default() += 1);
            let count = |key: &str| counts.get(key).copied().unwrap_or(0);
            result.options = options
                .iter()
                .map(|option| OptionCount {
                    key: option.key.clone(),
                    label: option.label.clone(),
                    count: count(&option.key),
                })
                .collect();
        }
        QuestionKind::Words => {
            let words =
                given.iter().filter_map(|reply| if let Reply::Words(words) = reply { Some(words) } else { None });
            result.words = words.map(|words| words.trim().to_owned()).collect();
            result.words.sort();
        }
    }
    result
}

impl Reply {
    /// Whether nothing was said.
    fn is_empty(&self) -> bool {
        match self {
            Self::Level(_) => false,
            Self::Chosen(keys) => keys.is_empty(),
            Self::Words(words) => words.trim().is_empty(),
        }
    }
}

fn levels(given: &[&Reply]) -> Counts {
    let mut counts = Counts::default();
    for reply in given {
        if let Reply::Level(level) = reply {
            counts.add(i64::from(level.gb_code()), 1);
        }
    }
    counts
}

/// Mean of the points, 100 for the best level down to 0 in steps of 25.
fn score(counts: &Counts) -> Option<f64> {
    let total = counts.total();
    let points: u64 = Level::ALL.iter().map(|level| u64::from(level.stars() - 1) * 25 * counts.of(*level)).sum();
    (total > 0).then(|| points as f64 / total as f64)
}
