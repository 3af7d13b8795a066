//! Reports of units on tasks.

use std::collections::BTreeMap;

use accounts::PersonId;
use jiff::Timestamp;
use network::{Fault, OrganisationId};
use serde::{Deserialize, Serialize};

use crate::check::fault;
use crate::{PlanId, Progress, ReportId, ReportState, Task};

/// Characters of a report at most.
pub const MOST_WORDS: usize = 5000;
/// Characters of a reason at most.
pub const MOST_OF_A_REASON: usize = 1000;

/// What a unit says about a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// How far it is.
    pub progress: Progress,
    /// The same in percent.
    pub percent: i64,
    /// In words.
    pub words: String,
    /// Figures by the key of their target; one that is missing is missing, not zero.
    #[serde(default)]
    pub figures: BTreeMap<String, f64>,
}

impl Default for Said {
    fn default() -> Self {
        Self { progress: Progress::NotStarted, percent: 0, words: String::new(), figures: BTreeMap::new() }
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its name.
    pub id: ReportId,
    /// Counts the changes; every act names it.
    pub version: i64,
    /// Of which plan.
    pub plan: PlanId,
    /// The edition in force when it was begun.
    pub edition: i64,
    /// Key of the task.
    pub task: String,
    /// Of which unit.
    pub unit: OrganisationId,
    /// 1, 2, 3 … of this task of this unit.
    pub number: i64,
    /// Where it stands.
    pub state: ReportState,
    /// What it says.
    pub said: Said,
    /// Whether the unit wants it shown to everyone, once accepted.
    pub public: bool,
    /// When it was begun.
    pub made_at: Timestamp,
    /// Who began it.
    pub made_by: Option<PersonId>,
    /// When it was submitted, last.
    pub submitted_at: Option<Timestamp>,
    /// Who submitted it.
    pub submitted_by: Option<PersonId>,
    /// When it was accepted or returned, last.
    pub decided_at: Option<Timestamp>,
    /// Who did.
    pub decided_by: Option<PersonId>,
    /// Why it was returned, or a word with the acceptance.
    pub reason: String,
}

/// A report to be begun.
#[derive(Clone, Debug)]
pub struct NewReport<'a> {
    /// Made by the client: the same key again answers the first report again.
    pub key: &'a str,
    /// Of which plan.
    pub plan: &'a PlanId,
    /// Key of the task.
    pub task: &'a str,
    /// Of which unit.
    pub unit: &'a OrganisationId,
    /// What it says so far.
    pub said: &'a Said,
    /// Whether it may be shown to everyone, once accepted.
    pub public: bool,
}

impl Said {
    /// The same with words in order: no control characters but line ends, no spaces around; what is done is 100 percent.
    pub(crate) fn tidy(&self) -> Self {
        let words = self.words.replace("\r\n", "\n");
        let words: String = words.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let percent = if self.progress == Progress::Done { 100 } else { self.percent };
        Self { words: words.trim().to_owned(), percent, ..self.clone() }
    }

    /// What cannot be kept, even in a draft.
    pub(crate) fn faults(&self, task: &Task) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(0..=100).contains(&self.percent) {
            faults.push(fault("percent", "须为 0 至 100 的整数", "a whole number from 0 to 100"));
        }
        if self.words.chars().count() > MOST_WORDS {
            faults.push(fault("words", "最多 5000 个字符", "5000 characters at most"));
        }
        for (key, value) in &self.figures {
            if !task.reported().any(|target| target.key == *key) {
                let zh = format!("任务没有指标「{key}」");
                faults.push(fault(format!("figure-{key}"), zh, format!("the task asks for no figure «{key}»")));
            } else if !value.is_finite() {
                faults.push(fault(format!("figure-{key}"), "须为数字", "a number"));
            }
        }
        faults
    }

    /// What keeps it from being submitted.
    pub(crate) fn shortcomings(&self, task: &Task) -> Vec<Fault> {
        let mut faults = self.faults(task);
        if self.words.trim().is_empty() {
            faults.push(fault("words", "请写明做了什么、进展如何", "say what was done and how it goes"));
        }
        if self.progress == Progress::Done {
            for target in task.reported().filter(|target| !self.figures.contains_key(&target.key)) {
                let (zh, en) = (
                    format!("办结时须填写「{}」", target.name.text("zh")),
                    format!("whoever closes the task says «{}»", target.name.text("en")),
                );
                faults.push(fault(format!("figure-{}", target.key), zh, en));
            }
        }
        faults
    }
}
