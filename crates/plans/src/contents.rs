//! What a plan says: groups, tasks, sub-tasks, targets, lists. The same shape is the TOML form of a plan.

use jiff::civil::Date;
use network::{OrganisationId, RegionCode};
use serde::{Deserialize, Serialize};

use crate::{Bound, Duty, Rule, Text};

/// Days before (less than 0) and after the due day on which units are reminded, where a plan says nothing.
pub const USUAL_REMINDERS: [i64; 3] = [-14, 0, 7];

/// What an edition of a plan says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// Its title.
    pub title: Text,
    /// Number of the document, where it has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Who issued it, as the document says it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub issued_by: Text,
    /// The day of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Date>,
    /// The year it is about.
    pub year: i16,
    /// First day on which it is in force.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub purpose: Text,
    /// Days before (less than 0) and after a due day on which units are reminded.
    #[serde(default = "usual_reminders")]
    pub reminders: Vec<i64>,
    /// Targets of the plan as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Programmes and their members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<List>,
    /// How many optional tasks must be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Its groups.
    #[serde(default)]
    pub groups: Vec<Group>,
}

fn usual_reminders() -> Vec<i64> {
    USUAL_REMINDERS.to_vec()
}

/// A programme and the regions that are in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Its name for machines.
    pub key: String,
    /// Its name for people.
    pub name: Text,
    /// Where the members are from, or why there are none.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub note: Text,
    /// The regions in it.
    #[serde(default)]
    pub members: Vec<Member>,
}

/// A region in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its code.
    pub region: RegionCode,
    /// With which batch it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<u32>,
}

/// That a unit chooses so many of some optional tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// At least so many …
    pub at_least: usize,
    /// … of these tasks, as far as they are optional for the unit.
    pub tasks: Vec<String>,
}

/// Some tasks under one heading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name for machines.
    pub key: String,
    /// Its heading.
    pub title: Text,
    /// Its tasks.
    #[serde(default)]
    pub tasks: Vec<Task>,
}

/// A task or a sub-task.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Its name for machines, the same in all editions: `8`, `8-1`.
    pub key: String,
    /// What is to be done, in a line.
    pub title: Text,
    /// The same in full.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// Departments that answer for it, as the document names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible: Vec<String>,
    /// Departments that help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cooperating: Vec<String>,
    /// Which units it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<Assignment>,
    /// First day; none: that of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day; none: that of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// What must be there before the end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// Figures to be reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// What those above promise to do for it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub support: Text,
    /// What a report must show.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub evidence: Text,
    /// Its parts; they have none of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Self>,
}

/// For whom a task is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Whether they must.
    pub duty: Duty,
    /// How they are named.
    pub rule: Rule,
    /// Key of the list that the rule reads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub list: String,
    /// The batch that the rule reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<u32>,
    /// Units by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<OrganisationId>,
}

/// A day before the end on which something must be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// What.
    pub title: Text,
    /// By which day.
    pub due: Date,
}

/// A figure to be reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Its name for machines, one of its own in the task.
    pub key: String,
    /// What is counted.
    pub name: Text,
    /// Code of the indicator that measures it; an installation need not have it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub indicator: String,
    /// How it is bounded.
    pub bound: Bound,
    /// The figure; none where the document leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<f64>,
    /// Where it stood before, where the document says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<f64>,
    /// Unit of the figure.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub unit: Text,
    /// Period or day for which it holds: `2024`, `2021-12`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// Whether every unit reports its figure; else it is one for all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reported: bool,
}

/// A task where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// Its group.
    pub group: &'a Group,
    /// The task of which it is a part.
    pub whole: Option<&'a Task>,
    /// The task.
    pub task: &'a Task,
}

impl Contents {
    /// A plan of a year without tasks.
    pub fn new(title: Text, year: i16) -> Self {
        let day = |month, day| Date::new(year, month, day).unwrap_or(Date::MIN);
        Self { title, year, from: day(1, 1), to: day(12, 31), reminders: usual_reminders(), ..Self::default() }
    }

    /// All tasks in their order, each before its parts.
    pub fn tasks(&self) -> impl Iterator<Item = Placed<'_>> {
        self.groups.iter().flat_map(|group| {
            group.tasks.iter().flat_map(move |task| {
                let parts = task.tasks.iter().map(move |part| Placed { group, whole: Some(task), task: part });
                std::iter::once(Placed { group, whole: None, task }).chain(parts)
            })
        })
    }

    /// The task of this name.
    pub fn task(&self, key: &str) -> Option<Placed<'_>> {
        self.tasks().find(|placed| placed.task.key == key)
    }

    /// The list of this name.
    pub fn list(&self, key: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.key == key)
    }

    /// The last day of a task.
    pub fn due(&self, task: &Task) -> Date {
        task.due.unwrap_or(self.to)
    }

    /// The first day of a task.
    pub fn start(&self, task: &Task) -> Date {
        task.start.unwrap_or(self.from)
    }
}

impl<'a> Placed<'a> {
    /// For whom it is: a part without assignments is for those for whom the whole is.
    pub fn assignments(&self) -> &'a [Assignment] {
        let own = &self.task.assignments;
        if own.is_empty() { self.whole.map_or(own, |whole| &whole.assignments) } else { own }
    }
}

impl Task {
    /// The figures that a report on it gives.
    pub fn reported(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(|target| target.reported)
    }
}

impl Target {
    /// Bound, figure and unit in words; none where the figure was left open.
    pub fn words(&self, lang: &str) -> Option<String> {
        let figure = self.figure?;
        let words = format!("{} {figure} {}", self.bound.label(lang), self.unit.text(lang));
        Some(words.trim_end().to_owned())
    }

    /// Whether a value reaches it; none where the figure was left open.
    pub fn is_reached(&self, value: f64) -> Option<bool> {
        let figure = self.figure?;
        Some(match self.bound {
            Bound::AtLeast => value >= figure,
            Bound::AtMost => value <= figure,
            Bound::About => (value - figure).abs() <= figure.abs() * 0.1,
        })
    }
}
