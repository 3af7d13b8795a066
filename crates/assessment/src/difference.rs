//! What differs between two versions of a scheme.

use crate::words::{rule_words, source_words};
use crate::{Dimension, Item, Scheme, number};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where: the title of the scheme, dimension or item.
    pub place: String,
    /// What of it.
    pub part: &'static str,
    /// What it was; empty for what is new.
    pub was: String,
    /// What it is; empty for what is gone.
    pub is: String,
}

/// All differences from an older to a newer version, in words of `zh` or, for every other language, English.
pub fn differences(old: &Scheme, new: &Scheme, lang: &str) -> Vec<Difference> {
    let mut found = Vec::new();
    let place = new.title.text(lang).to_owned();
    push(&mut found, &place, parts(old, lang), parts(new, lang));
    for dimension in &new.dimensions {
        let before = old.dimensions.iter().find(|other| other.code == dimension.code);
        let was = before.map(|before| of_dimension(before, lang)).unwrap_or_default();
        push(&mut found, dimension.title.text(lang), was, of_dimension(dimension, lang));
    }
    for gone in old.dimensions.iter().filter(|dimension| !new.dimensions.iter().any(|it| it.code == dimension.code)) {
        push(&mut found, gone.title.text(lang), of_dimension(gone, lang), Vec::new());
    }
    for (dimension, item) in new.items() {
        let before = old.items().find(|(_, other)| other.code == item.code);
        let was = before.map(|(dimension, item)| of_item(dimension, item, lang)).unwrap_or_default();
        push(&mut found, item.title.text(lang), was, of_item(dimension, item, lang));
    }
    for (dimension, gone) in old.items().filter(|(_, item)| new.item(&item.code).is_none()) {
        push(&mut found, gone.title.text(lang), of_item(dimension, gone, lang), Vec::new());
    }
    found
}

type Parts = Vec<(&'static str, String)>;

/// Notes every part that is not the same on both sides; sides with the same parts have them in the same order.
fn push(found: &mut Vec<Difference>, place: &str, was: Parts, is: Parts) {
    let names: Vec<&'static str> = if is.is_empty() { &was } else { &is }.iter().map(|(part, _)| *part).collect();
    let value = |parts: &Parts, part: &str| {
        parts.iter().find(|(name, _)| *name == part).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    for part in names {
        let (was, is) = (value(&was, part), value(&is, part));
        if was != is {
            found.push(Difference { place: place.to_owned(), part, was, is });
        }
    }
}

fn parts(scheme: &Scheme, lang: &str) -> Parts {
    let zh = lang == "zh";
    let t = |a: &'static str, b: &'static str| if zh { a } else { b };
    let grades: Vec<String> =
        scheme.grades.iter().map(|grade| format!("{} ≥ {}", grade.title.text(lang), number(grade.from))).collect();
    let years = scheme.years.as_ref().map_or_else(String::new, |years| {
        let weights: Vec<String> = years.weights.iter().map(|weight| number(*weight)).collect();
        format!("{} / ≥ {}", weights.join(" : "), number(years.pass))
    });
    vec![
        (t("名称", "Title"), scheme.title.text(lang).to_owned()),
        (t("说明", "Purpose"), scheme.about.text(lang).to_owned()),
        (t("依据", "Source"), scheme.source.text(lang).to_owned()),
        (t("满分", "Full points"), scheme.full.to_string()),
        (t("加分上限", "Bonus at most"), number(scheme.bonus_most)),
        (t("等级", "Grades"), grades.join("; ")),
        (t("多年复核", "Review of years"), years),
    ]
}

fn of_dimension(dimension: &Dimension, lang: &str) -> Parts {
    let zh = lang == "zh";
    let t = |a: &'static str, b: &'static str| if zh { a } else { b };
    vec![
        (t("维度名称", "Dimension"), dimension.title.text(lang).to_owned()),
        (t("维度权重", "Weight of the dimension"), number(dimension.weight)),
    ]
}

fn of_item(dimension: &Dimension, item: &Item, lang: &str) -> Parts {
    let zh = lang == "zh";
    let t = |a: &'static str, b: &'static str| if zh { a } else { b };
    vec![
        (t("指标名称", "Item"), item.title.text(lang).to_owned()),
        (t("所属维度", "In dimension"), dimension.title.text(lang).to_owned()),
        (t("口径", "What counts"), item.about.text(lang).to_owned()),
        (t("权重", "Weight"), number(item.weight)),
        (t("数据来源", "Input"), source_words(item, lang)),
        (t("计分规则", "Rule"), rule_words(item, lang)),
        (t("缺失处理", "When missing"), item.missing.label(lang).to_owned()),
    ]
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
