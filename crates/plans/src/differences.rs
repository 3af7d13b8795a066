//! What differs between two editions, or between a plan and its copy.

use serde::Serialize;

use crate::{Contents, Task};

/// What became of a part of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Fate {
    /// New.
    Added,
    /// Gone.
    Removed,
    /// Told otherwise.
    Changed,
}

/// A part of a plan that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Key of the task; empty for the head of the plan.
    pub task: String,
    /// What became of it.
    pub fate: Fate,
    /// Fields with what they said before and say now.
    pub fields: Vec<FieldDifference>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldDifference {
    /// Its name in TOML.
    pub field: &'static str,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// What differs, the head first, then the tasks of the later edition in their order, then those that are gone.
pub fn differences(before: &Contents, after: &Contents) -> Vec<Difference> {
    let mut found = Vec::new();
    let head = changed(&head(before), &head(after));
    if !head.is_empty() {
        found.push(Difference { task: String::new(), fate: Fate::Changed, fields: head });
    }
    for placed in after.tasks() {
        let group = placed.group.title.zh.clone();
        let now = task_fields(after, placed.task, &group);
        let task = placed.task.key.clone();
        match before.task(&task) {
            None => {
                let fields = changed(&blank(&now), &now);
                found.push(Difference { task, fate: Fate::Added, fields });
            }
            Some(old) => {
                let fields = changed(&task_fields(before, old.task, &old.group.title.zh), &now);
                if !fields.is_empty() {
                    found.push(Difference { task, fate: Fate::Changed, fields });
                }
            }
        }
    }
    for placed in before.tasks().filter(|placed| after.task(&placed.task.key).is_none()) {
        let old = task_fields(before, placed.task, &placed.group.title.zh);
        let fields = changed(&old, &blank(&old));
        found.push(Difference { task: placed.task.key.clone(), fate: Fate::Removed, fields });
    }
    found
}

type Fields = Vec<(&'static str, String)>;

fn blank(fields: &Fields) -> Fields {
    fields.iter().map(|(name, _)| (*name, String::new())).collect()
}

fn changed(before: &Fields, after: &Fields) -> Vec<FieldDifference> {
    let pairs = before.iter().zip(after).filter(|((_, old), (_, new))| old != new);
    pairs.map(|((field, old), (_, new))| FieldDifference { field, before: old.clone(), after: new.clone() }).collect()
}

fn head(contents: &Contents) -> Fields {
    vec![
        ("title.zh", contents.title.zh.clone()),
        ("title.en", contents.title.en.clone()),
        ("number", contents.number.clone()),
        ("issued_by", contents.issued_by.zh.clone()),
        ("year", contents.year.to_string()),
        ("from", contents.from.to_string()),
        ("to", contents.to.to_string()),
        ("purpose.zh", contents.purpose.zh.clone()),
        ("purpose.en", contents.purpose.en.clone()),
        ("reminders", written(&contents.reminders)),
        ("targets", written(&contents.targets)),
        ("lists", written(&contents.lists)),
        ("choices", written(&contents.choices)),
        ("groups", contents.groups.iter().map(|group| group.title.zh.as_str()).collect::<Vec<_>>().join("；")),
    ]
}

fn task_fields(contents: &Contents, task: &Task, group: &str) -> Fields {
    vec![
        ("group", group.to_owned()),
        ("title.zh", task.title.zh.clone()),
        ("title.en", task.title.en.clone()),
        ("text.zh", task.text.zh.clone()),
        ("text.en", task.text.en.clone()),
        ("responsible", task.responsible.join("、")),
        ("cooperating", task.cooperating.join("、")),
        ("assignments", written(&task.assignments)),
        ("start", contents.start(task).to_string()),
        ("due", contents.due(task).to_string()),
        ("milestones", written(&task.milestones)),
        ("targets", written(&task.targets)),
        ("support", task.support.zh.clone()),
        ("evidence", task.evidence.zh.clone()),
    ]
}

/// As text that differs when the values do; empty for an empty list.
fn written<T: Serialize>(values: &[T]) -> String {
    let line = |value: &T| serde_json::to_string(value).unwrap_or_default();
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[path = "differences_tests.rs"]
mod tests;
