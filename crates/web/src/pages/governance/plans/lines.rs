//! Parts of a plan as lines of text, one a line, cells between bars, and back.

use network::Fault;
use plans::{Bound, Choice, List, Member, Milestone, Target, Text};

use crate::sent::fault;

/// Cells of a line; both bars are taken.
fn cells(line: &str) -> Vec<String> {
    line.split(['|', '｜']).map(|cell| cell.trim().to_owned()).collect()
}

fn each<T>(text: &str, field: &str, faults: &mut Vec<Fault>, read: impl Fn(&[String]) -> Option<T>) -> Vec<T> {
    let mut all = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match read(&cells(line)) {
            Some(one) => all.push(one),
            None => faults.push(fault(
                field,
                &format!("第 {} 行无法读取：{}", number + 1, line.trim()),
                &format!("line {} cannot be read: {}", number + 1, line.trim()),
            )),
        }
    }
    all
}

fn joined<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    cells.into_iter().collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']).to_owned()
}

/// `2024-06-30 | 名称 | Name`.
pub(super) fn milestones(all: &[Milestone]) -> String {
    let line = |one: &Milestone| joined([one.due.to_string().as_str(), &one.title.zh, &one.title.en]);
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn read_milestones(text: &str, faults: &mut Vec<Fault>) -> Vec<Milestone> {
    each(text, "milestones", faults, |cells| {
        let title = Text::new(cells.get(1)?.as_str(), cells.get(2).map_or("", String::as_str));
        Some(Milestone { due: cells.first()?.parse().ok()?, title })
    })
}

/// `key | 名称 | Name | indicator | at-least | 30 | 单位 | unit | period | baseline | reported`.
pub(super) fn targets(all: &[Target]) -> String {
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let line = |one: &Target| {
        joined([
            one.key.as_str(),
            &one.name.zh,
            &one.name.en,
            &one.indicator,
            one.bound.code(),
            &number(one.figure),
            &one.unit.zh,
            &one.unit.en,
            &one.period,
            &number(one.baseline),
            if one.reported { "reported" } else { "" },
        ])
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn read_targets(text: &str, faults: &mut Vec<Fault>) -> Vec<Target> {
    each(text, "targets", faults, |cells| {
        let at = |at: usize| cells.get(at).cloned().unwrap_or_default();
        let number = |at: usize| match cells.get(at).map(String::as_str) {
            None | Some("") => Some(None),
            Some(text) => text.parse::<f64>().ok().filter(|value| value.is_finite()).map(Some),
        };
        Some(Target {
            key: at(0),
            name: Text::new(cells.get(1)?.as_str(), at(2)),
            indicator: at(3),
            bound: if at(4).is_empty() { Bound::AtLeast } else { at(4).parse().ok()? },
            figure: number(5)?,
            unit: Text::new(at(6), at(7)),
            period: at(8),
            baseline: number(9)?,
            reported: match at(10).as_str() {
                "" => false,
                "reported" | "填报" => true,
                _ => return None,
            },
        })
    })
}

/// `key | 名称 | Name | 320500:1, 330100:2 | 说明 | Note`.
pub(super) fn lists(all: &[List]) -> String {
    let member = |one: &Member| match one.batch {
        Some(batch) => format!("{}:{batch}", one.region),
        None => one.region.to_string(),
    };
    let line = |one: &List| {
        let members = one.members.iter().map(member).collect::<Vec<_>>().join(", ");
        joined([one.key.as_str(), &one.name.zh, &one.name.en, &members, &one.note.zh, &one.note.en])
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn read_lists(text: &str, faults: &mut Vec<Fault>) -> Vec<List> {
    let member = |word: &str| {
        let (region, batch) =
            word.split_once([':', '：']).map_or((word, None), |(region, batch)| (region, Some(batch)));
        let batch = batch.map(|batch| batch.trim().parse()).transpose().ok()?;
        Some(Member { region: region.trim().parse().ok()?, batch })
    };
    each(text, "lists", faults, |cells| {
        let at = |at: usize| cells.get(at).cloned().unwrap_or_default();
        let words = at(3);
        let words = words.split([',', '，', '、', ' ']).filter(|word| !word.trim().is_empty());
        Some(List {
            key: at(0),
            name: Text::new(cells.get(1)?.as_str(), at(2)),
            note: Text::new(at(4), at(5)),
            members: words.map(member).collect::<Option<_>>()?,
        })
    })
}

/// `1 | 5, 6, 7`.
pub(super) fn choices(all: &[Choice]) -> String {
    all.iter().map(|one| format!("{} | {}", one.at_least, one.tasks.join(", "))).collect::<Vec<_>>().join("\n")
}

pub(super) fn read_choices(text: &str, faults: &mut Vec<Fault>) -> Vec<Choice> {
    each(text, "choices", faults, |cells| {
        let tasks = cells.get(1)?.split([',', '，', '、']).map(|key| key.trim().to_owned());
        Some(Choice { at_least: cells.first()?.parse().ok()?, tasks: tasks.filter(|key| !key.is_empty()).collect() })
    })
}

/// Names between commas.
pub(super) fn names(text: &str) -> Vec<String> {
    let names = text.split([',', '，', '、', '\n']).map(|name| name.trim().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use plans::{Contents, STARTING};

    use super::*;

    #[test]
    fn every_line_of_the_starting_plans_comes_back_as_it_went() {
        for starting in STARTING {
            let plan = Contents::from_toml(starting.toml).unwrap();
            let mut faults = Vec::new();
            assert_eq!(read_targets(&targets(&plan.targets), &mut faults), plan.targets);
            assert_eq!(read_lists(&lists(&plan.lists), &mut faults), plan.lists);
            assert_eq!(read_choices(&choices(&plan.choices), &mut faults), plan.choices);
            for placed in plan.tasks() {
                assert_eq!(read_targets(&targets(&placed.task.targets), &mut faults), placed.task.targets);
                assert_eq!(read_milestones(&milestones(&placed.task.milestones), &mut faults), placed.task.milestones);
            }
            assert_eq!(faults, []);
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_told_by_its_number() {
        let mut faults = Vec::new();
        assert_eq!(read_milestones("2024-06-30 | 好\n\n年底 | 坏", &mut faults).len(), 1);
        assert!(faults[0].zh.contains("第 3 行"), "{faults:?}");
        assert_eq!(read_lists("a | 名单 | | 320500:一", &mut faults), []);
        assert_eq!(faults.len(), 2);
    }
}
