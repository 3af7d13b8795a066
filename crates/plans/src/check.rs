//! What keeps a plan from being issued.

use std::collections::BTreeSet;

use jiff::civil::Date;
use network::Fault;

use crate::{Assignment, Contents, Placed, Rule, Target, Task, Text};

/// Characters of a title at most.
const MOST_OF_A_TITLE: usize = 200;
/// Characters of a text at most.
const MOST_OF_A_TEXT: usize = 4000;
/// Tasks of a plan at most.
pub const MOST_TASKS: usize = 300;
/// Characters of a name for machines at most.
const MOST_OF_A_KEY: usize = 32;

/// A fault of a field.
pub(crate) fn fault(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault { field: field.into(), zh: zh.into(), en: en.into() }
}

impl Contents {
    /// Everything that is wrong; empty when it can be issued. Fields are named as in TOML: `tasks.8.due`.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        title(&mut faults, "title", &self.title);
        text(&mut faults, "purpose", &self.purpose);
        if self.to < self.from {
            faults.push(fault("to", "结束日期早于开始日期", "the last day is before the first"));
        }
        if !(1980..=2100).contains(&self.year) {
            faults.push(fault("year", "年度须在 1980 至 2100 之间", "a year from 1980 to 2100"));
        }
        if self.reminders.len() > 8 || self.reminders.iter().any(|days| !(-365..=365).contains(days)) {
            let (zh, en) = ("提醒规则最多 8 条，天数在前后 365 天之内", "eight reminders at most, within 365 days");
            faults.push(fault("reminders", zh, en));
        }
        self.lists_in(&mut faults);
        targets_in(&mut faults, "targets", &self.targets);
        self.groups_in(&mut faults);
        self.choices_in(&mut faults);
        faults
    }

    fn lists_in(&self, faults: &mut Vec<Fault>) {
        let mut seen = BTreeSet::new();
        for list in &self.lists {
            let field = format!("lists.{}", list.key);
            key(faults, &field, &list.key, &mut seen);
            title(faults, &format!("{field}.name"), &list.name);
            let regions: BTreeSet<_> = list.members.iter().map(|member| &member.region).collect();
            if regions.len() < list.members.len() {
                faults.push(fault(format!("{field}.members"), "有地区重复", "a region is in it twice"));
            }
        }
    }

    fn groups_in(&self, faults: &mut Vec<Fault>) {
        let mut groups = BTreeSet::new();
        for group in &self.groups {
            let field = format!("groups.{}", group.key);
            key(faults, &field, &group.key, &mut groups);
            title(faults, &format!("{field}.title"), &group.title);
        }
        let count = self.tasks().count();
        if count == 0 || count > MOST_TASKS {
            faults.push(fault("groups", "任务须有 1 至 300 项", "one to 300 tasks"));
        }
        let mut tasks = BTreeSet::new();
        for placed in self.tasks() {
            key(faults, &format!("tasks.{}", placed.task.key), &placed.task.key, &mut tasks);
            self.task_in(faults, &placed);
        }
    }

    fn task_in(&self, faults: &mut Vec<Fault>, placed: &Placed<'_>) {
        let task: &Task = placed.task;
        let field = |name: &str| format!("tasks.{}.{name}", task.key);
        title(faults, &field("title"), &task.title);
        for (name, words) in [("text", &task.text), ("support", &task.support), ("evidence", &task.evidence)] {
            text(faults, &field(name), words);
        }
        if self.due(task) < self.start(task) {
            faults.push(fault(field("due"), "截止日期早于开始日期", "the last day is before the first"));
        }
        if self.due(task) > self.to || self.start(task) < self.from {
            faults.push(fault(field("due"), "任务日期须在计划期内", "the days of a task are within the plan's"));
        }
        let outside = |day: Date| day < self.start(task) || day > self.due(task);
        if task.milestones.iter().any(|milestone| outside(milestone.due) || milestone.title.is_empty()) {
            let (zh, en) = ("节点须有名称，且在任务期内", "a milestone has a name and a day within the task");
            faults.push(fault(field("milestones"), zh, en));
        }
        if placed.whole.is_some() && !task.tasks.is_empty() {
            faults.push(fault(field("tasks"), "子任务不能再分", "a part has no parts"));
        }
        targets_in(faults, &field("targets"), &task.targets);
        for assignment in &task.assignments {
            self.assignment_in(faults, &field("assignments"), assignment);
        }
    }

    fn assignment_in(&self, faults: &mut Vec<Fault>, field: &str, assignment: &Assignment) {
        let reads_list = matches!(assignment.rule, Rule::ProvincesOf | Rule::CitiesOf | Rule::BatchOf | Rule::CitiesIn);
        if reads_list && self.list(&assignment.list).is_none() {
            let zh = format!("计划中没有名单「{}」", assignment.list);
            faults.push(fault(field, zh, format!("the plan has no list «{}»", assignment.list)));
        }
        if assignment.rule == Rule::BatchOf && assignment.batch.is_none() {
            faults.push(fault(field, "请写明第几批", "say which batch"));
        }
        if assignment.rule == Rule::Units && assignment.units.is_empty() {
            faults.push(fault(field, "请指定单位", "name at least one unit"));
        }
    }

    fn choices_in(&self, faults: &mut Vec<Fault>) {
        for choice in &self.choices {
            let known = choice.tasks.iter().all(|key| self.task(key).is_some());
            if !known || choice.at_least == 0 || choice.at_least > choice.tasks.len() {
                let (zh, en) = (
                    "选做规则须列出已有任务，且数量不超过任务数",
                    "a choice names tasks of the plan, and no more of them than there are",
                );
                faults.push(fault("choices", zh, en));
            }
        }
    }
}

fn targets_in(faults: &mut Vec<Fault>, field: &str, targets: &[Target]) {
    let mut seen = BTreeSet::new();
    for target in targets {
        key(faults, field, &target.key, &mut seen);
        title(faults, field, &target.name);
        let finite = |figure: Option<f64>| figure.is_none_or(f64::is_finite);
        if !finite(target.figure) || !finite(target.baseline) {
            faults.push(fault(field, "目标值须为数字", "the figure is a number"));
        }
    }
}

fn title(faults: &mut Vec<Fault>, field: &str, text: &Text) {
    if text.zh.trim().is_empty() {
        faults.push(fault(field, "须填写中文名称", "it needs a Chinese name"));
    }
    if text.zh.chars().count() > MOST_OF_A_TITLE || text.en.chars().count() > MOST_OF_A_TITLE {
        faults.push(fault(field, "名称最多 200 个字符", "200 characters at most"));
    }
}

fn text(faults: &mut Vec<Fault>, field: &str, text: &Text) {
    if text.zh.chars().count() > MOST_OF_A_TEXT || text.en.chars().count() > MOST_OF_A_TEXT {
        faults.push(fault(field, "文字最多 4000 个字符", "4000 characters at most"));
    }
}

fn key(faults: &mut Vec<Fault>, field: &str, key: &str, seen: &mut BTreeSet<String>) {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    if key.is_empty() || key.len() > MOST_OF_A_KEY || !key.bytes().all(sound) {
        let (zh, en) =
            ("编号须为 1 至 32 个字母、数字、连字符或点", "a key has 1 to 32 letters, digits, hyphens or dots");
        faults.push(fault(field, zh, en));
    }
    if !seen.insert(key.to_owned()) {
        faults.push(fault(field, format!("编号「{key}」重复"), format!("«{key}» is there twice")));
    }
}

/// What is wrong with a key that a client made.
pub(crate) fn key_faults(key: &str) -> Option<Fault> {
    let sound = (16..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (!sound).then(|| fault("key", "须为 16 至 64 个字母、数字或连字符", "16 to 64 letters, digits or hyphens"))
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
