//! What keeps a scheme from being published.

use std::collections::BTreeSet;

use network::Fault;

use crate::{Better, Dimension, Input, Item, Missing, Point, Rule, Scheme, Text, Then, When};

/// Dimensions of a scheme at most.
pub const MOST_DIMENSIONS: usize = 20;
/// Items of a scheme at most.
pub const MOST_ITEMS: usize = 200;
/// Characters of a code at most.
const LONGEST_CODE: usize = 40;
/// Characters of a title at most.
const LONGEST_TITLE: usize = 200;
/// Characters of a longer text at most.
const LONGEST_TEXT: usize = 2000;

/// Everything that is wrong with a scheme, each with its place; none of a scheme that can be used.
pub fn faults(scheme: &Scheme) -> Vec<Fault> {
    let mut found = Faults(Vec::new());
    found.code("code", &scheme.code);
    found.text("title", &scheme.title, LONGEST_TITLE, true);
    found.text("about", &scheme.about, LONGEST_TEXT, false);
    found.text("source", &scheme.source, LONGEST_TEXT, false);
    if !(1..=10_000).contains(&scheme.full) {
        found.tell("full", "满分应为 1 至 10000", "the full points are 1 to 10000");
    }
    if !(0.0..=1000.0).contains(&scheme.bonus_most) {
        found.tell("bonus_most", "加分上限应为 0 至 1000", "bonus points at most: 0 to 1000");
    }
    grades(scheme, &mut found);
    years(scheme, &mut found);
    if scheme.dimensions.is_empty() || scheme.dimensions.len() > MOST_DIMENSIONS {
        found.tell("dimensions", "维度应为 1 至 20 个", "there are 1 to 20 dimensions");
    }
    if scheme.items().count() > MOST_ITEMS {
        found.tell("dimensions", "指标最多 200 项", "there are 200 items at most");
    }
    let mut dimensions = BTreeSet::new();
    let mut items = BTreeSet::new();
    for dimension in &scheme.dimensions {
        let place = format!("dimensions.{}", dimension.code);
        if !dimensions.insert(&dimension.code) {
            found.tell(&place, "维度代码重复", "two dimensions have this code");
        }
        one_dimension(&place, dimension, &mut found);
        for item in &dimension.items {
            let place = format!("{place}.{}", item.code);
            if !items.insert(&item.code) {
                found.tell(&place, "指标代码重复", "two items have this code");
            }
            one_item(&place, item, &mut found);
        }
    }
    if !scheme.items().any(|(dimension, item)| item.is_weighed() && item.weight > 0.0 && dimension.weight > 0.0) {
        found.tell("dimensions", "至少一项指标应有权重", "at least one item has a weight");
    }
    found.0
}

struct Faults(Vec<Fault>);

impl Faults {
    fn tell(&mut self, field: &str, zh: &str, en: &str) {
        self.0.push(Fault { field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() });
    }

    fn code(&mut self, place: &str, code: &str) {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if code.is_empty() || code.len() > LONGEST_CODE || !code.chars().all(allowed) {
            let (zh, en) = (
                "代码由小写字母、数字、连字符组成，最长 40 位",
                "codes have small letters, digits and hyphens, 40 at most",
            );
            self.tell(place, zh, en);
        }
    }

    fn text(&mut self, place: &str, text: &Text, most: usize, needed: bool) {
        if needed && (text.zh.trim().is_empty() || text.en.trim().is_empty()) {
            self.tell(place, "中英文均须填写", "is needed in both languages");
        }
        if text.zh.chars().count() > most || text.en.chars().count() > most * 3 {
            self.tell(place, "文字过长", "is too long");
        }
    }

    fn weight(&mut self, place: &str, weight: f64) {
        if !(0.0..=10_000.0).contains(&weight) {
            self.tell(place, "权重应为 0 至 10000", "a weight is 0 to 10000");
        }
    }

    fn score(&mut self, place: &str, scores: impl IntoIterator<Item = f64>) {
        if !scores.into_iter().all(|score| (0.0..=100.0).contains(&score)) {
            self.tell(place, "得分应为 0 至 100", "scores are 0 to 100");
        }
    }
}

fn grades(scheme: &Scheme, found: &mut Faults) {
    for grade in &scheme.grades {
        found.text("grades", &grade.title, LONGEST_TITLE, true);
    }
    if scheme.grades.windows(2).any(|pair| pair[0].from <= pair[1].from)
        || scheme.grades.iter().any(|g| !g.from.is_finite())
    {
        found.tell("grades", "等级应按分数线从高到低排列", "grades come from the highest to the lowest");
    }
}

fn years(scheme: &Scheme, found: &mut Faults) {
    let Some(years) = &scheme.years else { return };
    let sound =
        (2..=10).contains(&years.weights.len()) && years.weights.iter().all(|weight| (0.0..=10_000.0).contains(weight));
    if !sound || years.weights.iter().sum::<f64>() <= 0.0 {
        found.tell(
            "years",
            "多年复核须有 2 至 10 个年度权重，合计大于 0",
            "two to ten weights of years, more than 0 in all",
        );
    }
    if !(0.0..=10_000.0).contains(&years.pass) {
        found.tell("years", "通过线不在范围内", "the mean to pass is out of range");
    }
}

fn one_dimension(place: &str, dimension: &Dimension, found: &mut Faults) {
    found.code(place, &dimension.code);
    found.text(place, &dimension.title, LONGEST_TITLE, true);
    found.weight(place, dimension.weight);
    if dimension.items.is_empty() {
        found.tell(place, "维度下没有指标", "has no items");
    }
    let weighed: Vec<&Item> = dimension.items.iter().filter(|item| item.is_weighed()).collect();
    let weights: f64 = weighed.iter().map(|item| item.weight).sum();
    if dimension.weight > 0.0 && weights <= 0.0 {
        let (zh, en) = ("维度有权重，但其指标没有", "has a weight, its items have none");
        found.tell(place, zh, en);
    }
}

fn one_item(place: &str, item: &Item, found: &mut Faults) {
    found.code(place, &item.code);
    found.text(place, &item.title, LONGEST_TITLE, true);
    found.text(place, &item.about, LONGEST_TEXT, false);
    found.weight(place, item.weight);
    if item.is_weighed() != (item.weight > 0.0) {
        let (zh, en) =
            ("计分指标须有权重；加分项、否决项不设权重", "scored items have a weight; bonuses and vetoes have none");
        found.tell(place, zh, en);
    }
    if matches!(item.rule, Rule::Expert { .. }) != item.is_reviewed() {
        let (zh, en) = ("评审输入与评审规则须同时使用", "marks of reviewers and the rule expert go together");
        found.tell(place, zh, en);
    }
    if let Input::Indicator { code, .. } = &item.input
        && (code.trim().is_empty() || code.len() > LONGEST_CODE)
    {
        found.tell(place, "须写明指标代码", "name the code of the indicator");
    }
    if item.missing == Missing::Zero && !item.is_weighed() {
        let (zh, en) =
            ("加分项、否决项缺失时须为「不计」或「暂缓」", "a bonus or veto without input is left out or waits");
        found.tell(place, zh, en);
    }
    rule(place, &item.rule, found);
}

fn rule(place: &str, rule: &Rule, found: &mut Faults) {
    match rule {
        Rule::Steps { better, steps, otherwise } => {
            found.score(place, steps.iter().map(|step| step.score).chain([*otherwise]));
            one_way(place, *better, steps, *otherwise, found);
        }
        Rule::Linear { from, to } | Rule::Growth { from, to, .. } => {
            found.score(place, [from.score, to.score]);
            if !from.at.is_finite() || !to.at.is_finite() || from.at.total_cmp(&to.at).is_eq() {
                found.tell(place, "两点不能相同", "the two points differ");
            }
            if let Rule::Growth { from_zero, .. } = rule {
                found.score(place, [*from_zero]);
            }
        }
        Rule::Rank { places, rest, .. } => {
            found.score(place, places.iter().copied().chain([*rest]));
            if places.windows(2).any(|pair| pair[0] < pair[1]) || places.last().is_some_and(|last| last < rest) {
                found.tell(place, "名次得分应从高到低", "scores of places go down");
            }
        }
        Rule::Expert { least, .. } if !(1..=20).contains(least) => {
            found.tell(place, "评审人数应为 1 至 20", "one to twenty reviewers");
        }
        Rule::Bonus { per, most } if !(*per > 0.0 && *most > 0.0 && *most <= 1000.0 && per.is_finite()) => {
            found.tell(place, "加分须为正数且有上限", "a bonus is more than 0 and has an end");
        }
        Rule::Veto { when, then } => {
            let (When::Below(limit) | When::Above(limit)) = when;
            let cap = if let Then::Cap(cap) = then { *cap } else { 0.0 };
            if !limit.is_finite() || !(0.0..=10_000.0).contains(&cap) {
                found.tell(place, "否决条件或封顶分数不在范围内", "the limit or the cap is out of range");
            }
        }
        Rule::Expert { .. } | Rule::Bonus { .. } | Rule::YesNo => {}
    }
}

/// Steps never give less for a better input.
fn one_way(place: &str, better: Better, steps: &[Point], otherwise: f64, found: &mut Faults) {
    let mut sorted: Vec<&Point> = steps.iter().collect();
    sorted.sort_by(|a, b| match better {
        Better::Higher => a.at.total_cmp(&b.at),
        Better::Lower => b.at.total_cmp(&a.at),
    });
    let rising =
        sorted.windows(2).all(|pair| pair[0].at.total_cmp(&pair[1].at).is_ne() && pair[0].score <= pair[1].score);
    let from_below = sorted.first().is_none_or(|first| otherwise <= first.score);
    if steps.is_empty() || steps.iter().any(|step| !step.at.is_finite()) {
        found.tell(place, "至少一级台阶", "at least one step");
    } else if !rising || !from_below {
        found.tell(place, "更好的数据不能得更低的分", "a better input never gives a lower score");
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
