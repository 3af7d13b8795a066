//! A unit's score line by line: input, rule, sub-result, weight, points.

use std::collections::BTreeMap;

use assessment::{
    Datum, File, Found, Line, Mark, Scheme, UnitScore, input_words, rule_words, score_words, total_words,
};

use crate::frame::Visit;
use crate::words::moment;

/// A dimension of the arithmetic.
pub(super) struct Part {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) points: String,
    pub(super) possible: String,
    /// Share of what was possible, in percent, for a bar.
    pub(super) percent: u32,
    pub(super) lines: Vec<LineView>,
}

/// One line.
pub(super) struct LineView {
    pub(super) item: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) input: String,
    pub(super) origin: String,
    pub(super) note: String,
    pub(super) rule: String,
    pub(super) sum: String,
    pub(super) score: String,
    pub(super) most: String,
    pub(super) points: String,
    pub(super) outcome: &'static str,
    pub(super) code: &'static str,
    pub(super) trouble: bool,
    pub(super) marks: Vec<(u32, String, String)>,
    pub(super) files: Vec<(String, String)>,
}

/// The arithmetic of a unit.
pub(super) fn parts(found: &Found, unit: &UnitScore, (files, address): (&[File], &str), visit: &Visit) -> Vec<Part> {
    let data = found.snapshot.units.get(&unit.unit);
    let empty = (BTreeMap::new(), BTreeMap::new());
    let (values, marks) = data.map_or((&empty.0, &empty.1), |data| (&data.values, &data.marks));
    let lang = visit.lang.code();
    let part = |dimension: &assessment::DimensionScore| Part {
        code: dimension.code.clone(),
        title: title(&found.scheme, &dimension.code, lang),
        points: dimension.points.to_string(),
        possible: dimension.possible.to_string(),
        percent: super::one::percent(dimension.points, dimension.possible) as u32,
        lines: dimension
            .lines
            .iter()
            .filter_map(|line| {
                let given = (values.get(&line.item), marks.get(&line.item).map_or(&[][..], Vec::as_slice));
                view(&found.scheme, line, given, (files, address), visit)
            })
            .collect(),
    };
    unit.dimensions.iter().map(part).collect()
}

fn title(scheme: &Scheme, code: &str, lang: &str) -> String {
    let found = scheme.dimensions.iter().find(|dimension| dimension.code == code);
    found.map_or_else(|| code.to_owned(), |dimension| dimension.title.text(lang).to_owned())
}

fn view(
    scheme: &Scheme,
    line: &Line,
    (datum, marks): (Option<&Datum>, &[Mark]),
    (files, address): (&[File], &str),
    visit: &Visit,
) -> Option<LineView> {
    let lang = visit.lang.code();
    let item = scheme.item(&line.item)?;
    let shows = |file: &&File| datum.is_some_and(|datum| datum.evidence.contains(&file.hash)) && file.item == line.item;
    let files = files.iter().filter(shows).map(|file| (format!("{address}/files/{}", file.id), file.name.clone()));
    let mark = |mark: &Mark| (mark.reviewer, assessment::number(mark.score), mark.words.clone());
    Some(LineView {
        item: line.item.clone(),
        title: item.title.text(lang).to_owned(),
        about: item.about.text(lang).to_owned(),
        input: input_words(item, line, datum, lang),
        origin: datum.map_or_else(String::new, |datum| format!("{} · {}", datum.origin.label(lang), moment(datum.at))),
        note: datum.map_or_else(String::new, |datum| datum.note.clone()),
        rule: rule_words(item, lang),
        // What the badge says is not said twice.
        sum: Some(score_words(item, line, lang)).filter(|sum| sum != line.outcome.label(lang)).unwrap_or_default(),
        score: line.score.map_or_else(|| "—".to_owned(), |score| score.to_string()),
        most: if item.is_weighed() { line.most.to_string() } else { "—".to_owned() },
        points: line.points.to_string(),
        outcome: line.outcome.label(lang),
        code: line.outcome.code(),
        trouble: line.outcome.is_trouble() && (item.is_weighed() || !line.outcome.is_missing()),
        marks: marks.iter().map(mark).collect(),
        files: files.collect(),
    })
}

/// The steps from the dimensions to the total.
pub(super) fn total(found: &Found, unit: &UnitScore, visit: &Visit) -> Vec<String> {
    total_words(&found.scheme, unit, visit.lang.code())
}
