//! Rules and arithmetic in words.

use crate::{
    Better, Datum, Detail, Input, Item, Line, Outcome, Point, Points, Rule, Scheme, Then, UnitScore, When, number,
};

/// What a rule does, as a sentence.
pub fn rule_words(item: &Item, lang: &str) -> String {
    let zh = lang == "zh";
    let unit = item.unit().map_or("", |unit| unit.text(lang));
    let value = |at: f64| valued(at, unit, zh);
    match &item.rule {
        Rule::Steps { better, steps, otherwise } => steps_words(*better, steps, *otherwise, &value, zh),
        Rule::Linear { from, to } => line_words(*from, *to, &value, zh),
        Rule::Growth { from, to, from_zero } => {
            let percent = |at: f64| format!("{}%", number(at));
            let line = line_words(*from, *to, &percent, zh);
            let from_zero = number(*from_zero);
            if zh {
                format!("按比上一期的增长率计：{line}；上期为零、本期有值的得 {from_zero} 分")
            } else {
                format!("By growth against the period before: {line}; from nothing to something {from_zero}")
            }
        }
        Rule::Rank { better, places, rest } => rank_words(*better, places, *rest, lang),
        Rule::Expert { trim, least } => expert_words(*trim, *least, zh),
        Rule::YesNo => (if zh { "是得 100 分，否得 0 分" } else { "Yes 100, no 0" }).to_owned(),
        Rule::Bonus { per, most } => {
            let (per, most) = (number(*per), number(*most));
            let of = if unit.is_empty() { if zh { "单位" } else { "unit" } } else { unit };
            if zh {
                format!("每{of}加 {per} 分，最多加 {most} 分")
            } else {
                format!("{per} points for each {of}, {most} at most")
            }
        }
        Rule::Veto { when, then } => veto_words(item, *when, *then, &value, zh),
    }
}

fn valued(at: f64, unit: &str, zh: bool) -> String {
    let gap = if unit.is_empty() || unit == "%" || zh { "" } else { " " };
    format!("{}{gap}{unit}", number(at))
}

fn steps_words(better: Better, steps: &[Point], otherwise: f64, value: &dyn Fn(f64) -> String, zh: bool) -> String {
    let mut sorted: Vec<&Point> = steps.iter().collect();
    sorted.sort_by(|a, b| b.score.total_cmp(&a.score));
    let sign = if better == Better::Higher { "≥" } else { "≤" };
    let mut parts: Vec<String> = sorted
        .iter()
        .map(|step| {
            let (at, score) = (value(step.at), number(step.score));
            if zh { format!("{sign} {at} 得 {score} 分") } else { format!("{sign} {at} gives {score}") }
        })
        .collect();
    let otherwise = number(otherwise);
    parts.push(if zh { format!("其余得 {otherwise} 分") } else { format!("otherwise {otherwise}") });
    parts.join(if zh { "；" } else { "; " })
}

fn line_words(from: Point, to: Point, value: &dyn Fn(f64) -> String, zh: bool) -> String {
    let (low, high) = if from.score <= to.score { (from, to) } else { (to, from) };
    let (at, score) = (value(low.at), number(low.score));
    let (best_at, best) = (value(high.at), number(high.score));
    let (worse, better) = if low.at <= high.at { ("≤", "≥") } else { ("≥", "≤") };
    if zh {
        format!("{worse} {at} 得 {score} 分，{better} {best_at} 得 {best} 分，其间按比例计")
    } else {
        format!("{worse} {at} gives {score}, {better} {best_at} gives {best}, in proportion between")
    }
}

fn rank_words(better: Better, places: &[f64], rest: f64, lang: &str) -> String {
    let zh = lang == "zh";
    let way = better.label(lang);
    if places.is_empty() {
        return if zh {
            format!("按名次计（{way}）：第一名 100 分，末名 0 分，其间等距；并列取所占名次的平均")
        } else {
            format!(
                "By place ({way}): 100 for the first, 0 for the last, evenly between; ties share the mean of their places"
            )
        };
    }
    let list: Vec<String> = places.iter().map(|score| number(*score)).collect();
    let rest = number(rest);
    if zh {
        let list = list.join("、");
        format!("按名次计（{way}）：前 {} 名依次 {list} 分，其余 {rest} 分；并列取所占名次的平均", places.len())
    } else {
        let list = list.join(", ");
        format!(
            "By place ({way}): {list} for the first {}, {rest} for the rest; ties share the mean of their places",
            places.len()
        )
    }
}

fn expert_words(trim: bool, least: usize, zh: bool) -> String {
    match (trim, zh) {
        (false, true) => format!("评审专家打分（0 至 100）的平均，至少 {least} 人"),
        (true, true) => format!("评审专家打分（0 至 100），三人以上去掉最高和最低后平均，至少 {least} 人"),
        (false, false) => format!("Mean of the reviewers' marks (0 to 100), of {least} at least"),
        (true, false) => {
            format!(
                "Mean of the reviewers' marks (0 to 100) without the highest and lowest of three or more, of {least} at least"
            )
        }
    }
}

fn veto_words(item: &Item, when: When, then: Then, value: &dyn Fn(f64) -> String, zh: bool) -> String {
    let when = match when {
        When::Above(_) if item.is_yes_no() => (if zh { "发生时" } else { "if so" }).to_owned(),
        When::Below(at) if zh => format!("低于 {} 时", value(at)),
        When::Below(at) => format!("below {}", value(at)),
        When::Above(at) if zh => format!("高于 {} 时", value(at)),
        When::Above(at) => format!("above {}", value(at)),
    };
    match then {
        Then::Fail if zh => format!("{when}，结果为不合格"),
        Then::Fail => format!("The result is failed {when}"),
        Then::Cap(most) if zh => format!("{when}，总分最高 {} 分", number(most)),
        Then::Cap(most) => format!("The total is {} at most {when}", number(most)),
    }
}

/// The input of a line in words: value with unit, marks, place.
pub fn input_words(item: &Item, line: &Line, datum: Option<&Datum>, lang: &str) -> String {
    let zh = lang == "zh";
    let Some(input) = line.input else { return (if zh { "缺失" } else { "missing" }).to_owned() };
    let unit = item.unit().map_or("", |unit| unit.text(lang));
    let yes = |yes: bool| {
        (if yes {
            if zh { "是" } else { "yes" }
        } else if zh {
            "否"
        } else {
            "no"
        })
        .to_owned()
    };
    match &line.detail {
        Detail::Plain if item.is_yes_no() => yes(input > 0.0),
        Detail::Plain => valued(input, unit, zh),
        Detail::Growth { before, now } => {
            let (before, now) = (valued(*before, unit, zh), valued(*now, unit, zh));
            if zh { format!("{now}（上期 {before}）") } else { format!("{now} (before: {before})") }
        }
        Detail::Place { .. } => valued(datum.map_or(input, |datum| datum.value), unit, zh),
        Detail::Marks { marks, .. } => {
            let marks: Vec<String> = marks.iter().map(|mark| number(*mark)).collect();
            marks.join(if zh { "、" } else { ", " })
        }
        Detail::Decided => {
            let input = number(input);
            if zh { format!("{input}（异议处理决定）") } else { format!("{input} (by decision)") }
        }
    }
}

/// How the rule came to the score, with the numbers put in; empty when there is nothing to compute.
pub fn score_words(item: &Item, line: &Line, lang: &str) -> String {
    let zh = lang == "zh";
    let (Some(input), outcome) = (line.input, line.outcome) else { return line.outcome.label(lang).to_owned() };
    match (&item.rule, &line.detail) {
        (Rule::Linear { from, to }, _) => line_sum(*from, *to, input, line.score),
        (Rule::Growth { from, to, .. }, Detail::Growth { before, now }) => {
            if *before == 0.0 && *now > 0.0 {
                return (if zh { "上期为零，本期有值" } else { "from nothing to something" }).to_owned();
            }
            let (now, before, growth) = (number(*now), number(*before), number(input));
            let sum = line_sum(*from, *to, input, line.score);
            format!("({now} − {before}) ÷ {before} = {growth}%; {sum}")
        }
        (Rule::Rank { .. }, Detail::Place { place, of, sharing }) => place_words((*place, *sharing, *of), zh),
        (_, Detail::Marks { marks, trimmed }) => marks_sum(marks, *trimmed, line.score, zh),
        (Rule::Bonus { per, most }, _) => {
            format!("{} × {} → {} (≤ {})", number(input), number(*per), line.points, number(*most))
        }
        (Rule::Veto { .. }, _) => outcome.label(lang).to_owned(),
        (Rule::Steps { better, steps, .. }, _) => {
            let sign = if *better == Better::Higher { "≥" } else { "≤" };
            let reached = |step: &&Point| if *better == Better::Higher { input >= step.at } else { input <= step.at };
            let best = steps.iter().filter(reached).max_by(|a, b| a.score.total_cmp(&b.score));
            match best {
                Some(step) => format!("{} {sign} {}", number(input), number(step.at)),
                None => (if zh { "未达任何一级" } else { "no step reached" }).to_owned(),
            }
        }
        _ => String::new(),
    }
}

fn place_words((place, sharing, of): (u32, u32, u32), zh: bool) -> String {
    let last = place + sharing - 1;
    match (sharing, zh) {
        (1, true) => format!("第 {place} 名，共 {of} 家"),
        (1, false) => format!("place {place} of {of}"),
        (_, true) => format!("{sharing} 家并列第 {place}—{last} 名，取平均，共 {of} 家"),
        (_, false) => format!("{sharing} alike on places {place}–{last} of {of}: their mean"),
    }
}

/// `(12 − 0) ÷ (20 − 0) × (100 − 0) + 0 = 60.00`, or the end of the line where the input lies outside.
fn line_sum(from: Point, to: Point, input: f64, score: Option<Points>) -> String {
    let score = score.unwrap_or_default();
    let (low, high) = if from.at <= to.at { (from, to) } else { (to, from) };
    let at = number(input);
    if input <= low.at {
        return format!("{at} ≤ {} → {score}", number(low.at));
    }
    if input >= high.at {
        return format!("{at} ≥ {} → {score}", number(high.at));
    }
    let [a, b] = [from.at, to.at].map(number);
    let span = number(to.score - from.score);
    let plus = if from.score == 0.0 { String::new() } else { format!(" + {}", number(from.score)) };
    format!("({at} − {a}) ÷ ({b} − {a}) × {span}{plus} = {score}")
}

fn marks_sum(marks: &[f64], trimmed: bool, score: Option<Points>, zh: bool) -> String {
    let counted = if trimmed { &marks[1..marks.len() - 1] } else { marks };
    let sum: Vec<String> = counted.iter().map(|mark| number(*mark)).collect();
    let mean = format!("({}) ÷ {} = {}", sum.join(" + "), counted.len(), score.unwrap_or_default());
    match (trimmed, zh) {
        (false, _) => mean,
        (true, true) => format!("去掉最高和最低：{mean}"),
        (true, false) => format!("without highest and lowest: {mean}"),
    }
}

/// How the total came: one line a step.
pub fn total_words(scheme: &Scheme, unit: &UnitScore, lang: &str) -> Vec<String> {
    let zh = lang == "zh";
    let full = Points(i64::from(scheme.full) * 100);
    let mut lines = Vec::new();
    let parts: Vec<String> = unit.dimensions.iter().map(|dimension| dimension.points.to_string()).collect();
    let sum = format!("{} = {}", parts.join(" + "), unit.sum);
    lines.push(if zh { format!("各维度之和：{sum}") } else { format!("Sum of the dimensions: {sum}") });
    if unit.possible != full && unit.possible > Points::NONE {
        let scaled = format!("{} × {full} ÷ {} = {}", unit.sum, unit.possible, unit.scaled);
        lines.push(if zh {
            format!("缺失项不计，按满分折算：{scaled}")
        } else {
            format!("Rescaled, items were left out: {scaled}")
        });
    }
    let earned = unit.bonus_earned();
    if earned > Points::NONE {
        let most = Points::of(scheme.bonus_most);
        let sum = format!(
            "min({earned}, {most}) = {}; {} + {} = {}",
            unit.bonus,
            unit.scaled,
            unit.bonus,
            unit.scaled + unit.bonus
        );
        lines.push(if zh { format!("加分：{sum}") } else { format!("Bonus: {sum}") });
    }
    for code in &unit.vetoes {
        let Some(item) = scheme.item(code) else { continue };
        let (title, rule) = (item.title.text(lang), rule_words(item, lang));
        lines.push(if zh { format!("否决「{title}」：{rule}") } else { format!("Veto «{title}»: {rule}") });
    }
    lines.push(match (unit.total, zh) {
        (Some(total), true) => format!("总分：{total}"),
        (Some(total), false) => format!("Total: {total}"),
        (None, true) => "暂缓出结果：尚缺必需的数据".to_owned(),
        (None, false) => "The result waits for inputs that are missing".to_owned(),
    });
    lines
}

/// Where an input comes from, in words.
pub fn source_words(item: &Item, lang: &str) -> String {
    let zh = lang == "zh";
    match &item.input {
        Input::Indicator { code, period, .. } => {
            let period = period.label(lang);
            if zh { format!("指标 {code}（{period}）") } else { format!("indicator {code}, {period}") }
        }
        Input::Entered { evidence: true, .. } => {
            (if zh { "单位填报，须附佐证" } else { "entered by the unit, with evidence" }).to_owned()
        }
        Input::Entered { .. } => (if zh { "单位填报" } else { "entered by the unit" }).to_owned(),
        Input::Review => (if zh { "专家评审" } else { "reviewers" }).to_owned(),
    }
}

impl UnitScore {
    /// What its total is called: failed, waiting, or by the grades of the scheme; empty without grades.
    pub fn standing(&self, scheme: &Scheme, lang: &str) -> String {
        let zh = lang == "zh";
        if self.failed {
            return (if zh { "不合格（否决）" } else { "Failed (veto)" }).to_owned();
        }
        let Some(total) = self.total else { return (if zh { "暂缓" } else { "Waiting" }).to_owned() };
        scheme.grade(total.value()).map_or_else(String::new, |grade| grade.title.text(lang).to_owned())
    }
}

impl Outcome {
    /// Whether the line needs a second look: missing or vetoed.
    pub fn is_trouble(self) -> bool {
        self.is_missing() || self == Self::Veto
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
