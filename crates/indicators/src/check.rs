//! What an entered value must keep to.

use network::Fault;

use crate::value::MOST_WORDS;
use crate::{Definition, Entry, Reading, Rule};

/// What a value is held against.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    /// The period before, of the same unit.
    pub(crate) last: Reading,
    /// The settled sum of the units below; only where a rule asks for it.
    pub(crate) below: Reading,
}

/// What is wrong with a value whatever stands beside it: asked before a draft is kept.
pub(crate) fn draft_faults(definition: &Definition, entry: &Entry) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut wrong = |zh: String, en: String| faults.push(Fault { field: definition.code.to_string(), zh, en });
    if entry.note.trim().chars().count() > MOST_WORDS {
        wrong("备注最多 1000 个字符".to_owned(), "the note has 1000 characters at most".to_owned());
    }
    match entry.number {
        Some(number) if !number.is_finite() || number.abs() >= 1e15 => {
            wrong("数值超出范围".to_owned(), "the number is too large".to_owned());
        }
        Some(number) if (definition.rounded(number) - number).abs() > number.abs() * 1e-12 => {
            let places = definition.decimals;
            wrong(format!("最多 {places} 位小数"), format!("{places} digits after the point at most"));
        }
        None if entry.note.trim().is_empty() => wrong(
            "没有数值时请在备注中说明原因".to_owned(),
            "write a number, or say in the note why there is none".to_owned(),
        ),
        _ => {}
    }
    faults
}

/// What its rules say of a value before it is sent.
pub(crate) fn faults(definition: &Definition, entry: &Entry, beside: &Beside) -> Vec<Fault> {
    let mut faults = draft_faults(definition, entry);
    let Some(number) = entry.number else { return faults };
    let written = |number: f64| definition.written(number);
    let change = change(number, &beside.last);
    for rule in &definition.rules {
        let said = match rule {
            Rule::Min { value } if number < *value => {
                Some((format!("不得小于 {}", written(*value)), format!("no less than {}", written(*value))))
            }
            Rule::Max { value } if number > *value => {
                Some((format!("不得大于 {}", written(*value)), format!("no more than {}", written(*value))))
            }
            Rule::Whole if number.fract() != 0.0 => Some(("须为整数".to_owned(), "a whole number".to_owned())),
            Rule::NotBelowLast { percent } if change.is_some_and(|change| change < -percent) => Some((
                format!("比上期下降超过 {percent}%，请核实"),
                format!("more than {percent} % below the last period: look at it again"),
            )),
            Rule::SumOfChildren => not_the_sum(definition, number, &beside.below),
            Rule::NoteWhen { below, above, change: by } if entry.note.trim().is_empty() => {
                let needed = below.is_some_and(|limit| number < limit)
                    || above.is_some_and(|limit| number > limit)
                    || by.is_some_and(|by| change.is_some_and(|change| change.abs() > by));
                needed.then(|| ("该数值需要备注说明".to_owned(), "this value needs a note".to_owned()))
            }
            _ => None,
        };
        let fault = |(zh, en)| Fault { field: definition.code.to_string(), zh, en };
        faults.extend(said.map(fault));
    }
    faults
}

/// In percent of the last number; none without one or when it is zero.
fn change(number: f64, last: &Reading) -> Option<f64> {
    let last = last.number().filter(|last| *last != 0.0)?;
    Some((number - last) / last.abs() * 100.0)
}

fn not_the_sum(definition: &Definition, number: f64, below: &Reading) -> Option<(String, String)> {
    match below {
        Reading::Number { number: sum, .. } if (definition.rounded(*sum) - definition.rounded(number)).abs() < 1e-9 => {
            None
        }
        Reading::Number { number: sum, .. } => {
            let sum = definition.written(*sum);
            Some((format!("与下级合计 {sum} 不一致"), format!("the units below sum up to {sum}")))
        }
        Reading::Missing { why } => Some((
            format!("须等于下级合计，但合计尚不可得：{}", why.text("zh")),
            format!("must be the sum of the units below, which is not there yet: {}", why.text("en")),
        )),
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
