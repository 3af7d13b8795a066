//! Numbers, formulas and drawings of indicators as pages show them.

use charts::{Figure, Kind, Period as Step, Point, Series, Style, Table as Rows, Trend};
use indicators::{Definition, Explanation, Formula, Measure, Period, Reading, Rule, State, Trajectory, Value};

use crate::frame::Visit;
use crate::link::list;
use crate::pages::network::words;

/// A number, or why there is none.
pub(super) struct NumberView {
    pub(super) text: String,
    /// Why there is none.
    pub(super) missing: Option<String>,
    /// Not accepted yet.
    pub(super) provisional: bool,
    /// The list behind it.
    pub(super) href: Option<String>,
}

impl NumberView {
    pub(super) fn new(definition: &Definition, reading: &Reading, value: Option<&Value>, visit: &Visit) -> Self {
        let lang = visit.lang.code();
        let untold = value.filter(|value| value.number.is_none()).map(|value| value.note_text(lang));
        let untold = untold.filter(|note| !note.is_empty());
        Self {
            text: reading.number().map(|number| definition.written(number)).unwrap_or_default(),
            missing: reading.missing().map(|why| match untold {
                Some(note) => format!("{}{}{note}", why.text(lang), visit.t("：", ": ")),
                None => why.text(lang),
            }),
            provisional: reading.is_provisional(),
            href: value.and_then(|value| value.href.clone()),
        }
    }
}

/// How a number is made, in words and with its numbers.
pub(super) struct FormulaView {
    /// In words: codes and signs.
    pub(super) words: String,
    /// What narrows a counted one, with the address of the search for it.
    pub(super) condition: Option<(String, String)>,
    /// The same with its numbers; empty where a part has none.
    pub(super) numbers: String,
    pub(super) parts: Vec<PartView>,
    /// Parts that are not shown.
    pub(super) more: usize,
}

/// A part of a computed number.
pub(super) struct PartView {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) period: String,
    pub(super) address: String,
    pub(super) number: NumberView,
    /// Weight and score of a part of an index.
    pub(super) weight: String,
}

/// What a formula does, in words.
pub(super) fn in_words(formula: &Formula, measure: Option<&Measure>, visit: &Visit) -> String {
    match formula {
        Formula::Entered => visit
            .t("由各单位填报，经上级审定后计入。", "Units report it; it counts when the unit above has accepted it.")
            .to_owned(),
        Formula::Counted { measure: code, .. } => {
            let lang = visit.lang.code();
            let begin = visit.t("由本平台数据计算：", "Counted from the data of this platform: ");
            match measure {
                Some(measure) => {
                    let (name, meaning) = (measure.name.text(lang), measure.meaning.text(lang));
                    format!("{begin}{name}{}{meaning}", visit.t("；", "; "))
                }
                None => format!("{begin}{code}"),
            }
        }
        Formula::Summed { of } => match visit.lang {
            crate::Lang::Zh => format!("下级单位 {of} 之和；有单位缺数时不给出合计"),
            crate::Lang::En => format!("The sum of {of} over the units below; none while one of them is missing"),
        },
        Formula::Ratio { of, per, factor } if (*factor - 1.0).abs() < f64::EPSILON => format!("{of} ÷ {per}"),
        Formula::Ratio { of, per, factor } => format!("{of} ÷ {per} × {factor}"),
        Formula::Growth { of } => match visit.lang {
            crate::Lang::Zh => format!("({of} 本期 − {of} 上年同期) ÷ {of} 上年同期 × 100"),
            crate::Lang::En => format!("({of} now − {of} a year before) ÷ {of} a year before × 100"),
        },
        Formula::Index { parts } => {
            let weighed = parts.iter().map(|part| format!("{} × {}", part.weight, part.of));
            let scaled = visit.t("（各项先按 0—100 换算）", " (each scaled to 0–100 first)");
            let weights: f64 = parts.iter().map(|part| part.weight).sum();
            format!("({}) ÷ {weights}{scaled}", weighed.collect::<Vec<_>>().join(" + "))
        }
    }
}

/// The condition of a counted one, with the address of the search for it.
pub(super) fn condition(formula: &Formula) -> Option<(String, String)> {
    let Formula::Counted { condition: Some(condition), .. } = formula else { return None };
    Some((condition.clone(), list(condition)))
}

/// The formula with its numbers; empty where one of them is missing.
pub(super) fn in_numbers(formula: &Formula, explained: &Explanation, written: &dyn Fn(usize, f64) -> String) -> String {
    let numbers: Option<Vec<f64>> = explained.parts.iter().map(|part| part.reading.number()).collect();
    let (Some(numbers), Some(result)) = (numbers, explained.reading.number()) else { return String::new() };
    let of = |at: usize| numbers.get(at).map(|number| written(at, *number)).unwrap_or_default();
    let result = written(usize::MAX, result);
    match formula {
        Formula::Entered | Formula::Counted { .. } => String::new(),
        Formula::Summed { .. } if numbers.len() > 12 => format!("Σ = {result}"),
        Formula::Summed { .. } => {
            let all: Vec<String> = (0..numbers.len()).map(of).collect();
            format!("{} = {result}", all.join(" + "))
        }
        Formula::Ratio { factor, .. } if (*factor - 1.0).abs() < f64::EPSILON => {
            format!("{} ÷ {} = {result}", of(0), of(1))
        }
        Formula::Ratio { factor, .. } => format!("{} ÷ {} × {factor} = {result}", of(0), of(1)),
        Formula::Growth { .. } => format!("({} − {}) ÷ {} × 100 = {result}", of(0), of(1), of(1)),
        Formula::Index { .. } => {
            let parts = explained.parts.iter().filter_map(|part| part.weight);
            let scored = parts.filter_map(|(weight, scaled)| Some(format!("{weight} × {:.1}", scaled? * 100.0)));
            let weights: f64 = explained.parts.iter().filter_map(|part| part.weight).map(|(weight, _)| weight).sum();
            format!("({}) ÷ {weights} = {result}", scored.collect::<Vec<_>>().join(" + "))
        }
    }
}

/// A drawing with its table.
pub(super) struct Drawn {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) svg: String,
    pub(super) table: Rows,
}

impl Drawn {
    pub(super) fn of(figure: Figure) -> Self {
        Self { svg: figure.svg(Style::Page), table: figure.table(), id: figure.id, title: figure.title }
    }
}

/// A unit's numbers period after period, with the way to its target.
pub(super) fn trend(
    definition: &Definition,
    periods: &[(Period, Reading)],
    way: Option<Trajectory>,
    (running, link): (Period, &dyn Fn(Period) -> String),
    visit: &Visit,
) -> Figure {
    let lang = visit.lang.code();
    let steps =
        periods.iter().map(|(period, _)| Step { label: period.to_string(), incomplete: *period >= running }).collect();
    let point = |(period, reading): &(Period, Reading)| {
        let number = definition.rounded(reading.number()?);
        let note = reading.is_provisional().then(|| visit.t("未审定", "not accepted yet").to_owned());
        Some(Point { value: number, href: Some(link(*period)), note })
    };
    let mut series = vec![Series {
        name: visit.t("实际", "Actual").to_owned(),
        href: None,
        points: periods.iter().map(point).collect(),
    }];
    let aims: Vec<Option<Point>> = periods
        .iter()
        .map(|(period, _)| way?.at(*period).map(|aim| Point { value: aim, href: None, note: None }))
        .collect();
    if aims.iter().any(Option::is_some) {
        series.push(Series { name: visit.t("目标轨迹", "Way to the target").to_owned(), href: None, points: aims });
    }
    let trend = Trend {
        period_head: visit.t("统计期", "Period").to_owned(),
        value_head: definition.unit.text(lang).to_owned(),
        periods: steps,
        series,
    };
    let mut said = words(visit);
    visit.t("虚线部分：期间未结束", "Hatched: the period is not over").clone_into(&mut said.incomplete);
    let title = visit.t("各期数值", "Period after period");
    let described =
        visit.t("折线为各期数值，缺数处断开。", "The line shows the numbers; where one is missing it breaks.");
    Figure::new("indicator-trend", title, said, Kind::Lines(trend)).described(described)
}

/// The class of a state badge.
pub(super) fn state_class(state: State) -> &'static str {
    match state {
        State::Draft => "value-draft",
        State::Submitted => "value-submitted",
        State::Returned => "value-returned",
        State::Accepted | State::Computed => "value-settled",
    }
}

/// What a rule asks, in words.
pub(super) fn rule_words(rule: Rule, definition: &Definition, visit: &Visit) -> String {
    let written = |number: f64| definition.written(number);
    let zh = visit.lang == crate::Lang::Zh;
    match rule {
        Rule::Min { value } if zh => format!("不小于 {}", written(value)),
        Rule::Min { value } => format!("no less than {}", written(value)),
        Rule::Max { value } if zh => format!("不大于 {}", written(value)),
        Rule::Max { value } => format!("no more than {}", written(value)),
        Rule::Whole => visit.t("须为整数", "a whole number").to_owned(),
        Rule::NotBelowLast { percent } if zh => format!("比上期下降不超过 {percent}%"),
        Rule::NotBelowLast { percent } => format!("not below the last period by more than {percent} %"),
        Rule::SumOfChildren => visit.t("须等于下级合计", "the sum of the units below").to_owned(),
        Rule::NoteWhen { below, above, change } => {
            let mut when = Vec::new();
            if let Some(below) = below {
                when.push(if zh { format!("小于 {}", written(below)) } else { format!("below {}", written(below)) });
            }
            if let Some(above) = above {
                when.push(if zh { format!("大于 {}", written(above)) } else { format!("above {}", written(above)) });
            }
            if let Some(change) = change {
                when.push(if zh {
                    format!("变动超过 {change}%")
                } else {
                    format!("after a change by more than {change} %")
                });
            }
            format!("{}{}", visit.t("以下情况须填写备注：", "a note is needed "), when.join(visit.t("、", ", ")))
        }
    }
}
