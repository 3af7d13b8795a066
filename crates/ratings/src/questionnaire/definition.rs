//! What a questionnaire asks.

use std::collections::BTreeSet;

use network::Fault;
use serde::{Deserialize, Serialize};
use services::Text;
use utoipa::ToSchema;

/// Questions at most.
pub const MOST_QUESTIONS: usize = 50;
/// Options of a question at most.
const MOST_OPTIONS: usize = 20;
/// Characters of a text at most.
const LONGEST: usize = 500;

/// What a questionnaire asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its title.
    pub title: Text,
    /// What it is for, who reads the answers.
    pub introduction: Text,
    /// The questions in order.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Names it in answers: letters, digits, hyphens.
    pub key: String,
    /// What is asked.
    pub text: Text,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum QuestionKind {
    /// One of the five levels of satisfaction; counts in the index with this weight, 0 for not at all.
    Scale {
        /// 0 to 100.
        weight: u32,
    },
    /// One of some options.
    Choice {
        /// The options.
        options: Vec<QuestionOption>,
        /// Whether more than one may be chosen.
        #[serde(default)]
        several: bool,
    },
    /// Words.
    Words,
}

/// Something to be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionOption {
    /// Names it in answers.
    pub key: String,
    /// What it says.
    pub label: Text,
}

impl Definition {
    /// Everything that keeps it from being published.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut told = |field: String, zh: &str, en: &str| {
            faults.push(Fault { field, zh: zh.to_owned(), en: en.to_owned() });
        };
        for (field, text) in [("title", &self.title), ("introduction", &self.introduction)] {
            if !is_full(text) {
                told(
                    field.to_owned(),
                    "须有中文和英文，各最多 500 个字符",
                    "write Chinese and English, 500 characters each at most",
                );
            }
        }
        if self.questions.is_empty() || self.questions.len() > MOST_QUESTIONS {
            told("questions".to_owned(), "须有 1 至 50 个问题", "ask 1 to 50 questions");
        }
        let mut keys = BTreeSet::new();
        for (n, question) in self.questions.iter().enumerate() {
            let at = |part: &str| format!("questions[{n}].{part}");
            if !is_key(&question.key) || !keys.insert(&question.key) {
                told(at("key"), "须为不重复的字母、数字或连字符", "letters, digits or hyphens, each key once");
            }
            if !is_full(&question.text) {
                told(
                    at("text"),
                    "须有中文和英文，各最多 500 个字符",
                    "write Chinese and English, 500 characters each at most",
                );
            }
            match &question.kind {
                QuestionKind::Scale { weight } if *weight > 100 => {
                    told(at("kind"), "权重为 0 至 100", "a weight is 0 to 100");
                }
                QuestionKind::Choice { options, .. } if !are_sound(options) => told(
                    at("kind"),
                    "须有 2 至 20 个选项，键不重复，中英文齐全",
                    "2 to 20 options, each key once, in both languages",
                ),
                _ => (),
            }
        }
        faults
    }

    /// The question with this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }
}

fn is_key(key: &str) -> bool {
    (1..=40).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_full(text: &Text) -> bool {
    [&text.zh, &text.en].iter().all(|text| !text.trim().is_empty() && text.chars().count() <= LONGEST)
}

fn are_sound(options: &[QuestionOption]) -> bool {
    let keys: BTreeSet<&str> = options.iter().map(|option| option.key.as_str()).collect();
    (2..=MOST_OPTIONS).contains(&options.len())
        && keys.len() == options.len()
        && options.iter().all(|option| is_key(&option.key) && is_full(&option.label))
}
