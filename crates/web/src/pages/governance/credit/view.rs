//! What several pages of credit show: events, levels, places.

use credit::{Agency, Book, Event, Line, Score, Standing};
use jiff::civil::Date;

use super::signed;
use crate::frame::Visit;

/// An event in a list.
pub(super) struct EventView {
    pub(super) address: String,
    pub(super) rule: String,
    pub(super) points: String,
    pub(super) minus: bool,
    pub(super) to_d: bool,
    pub(super) state: &'static str,
    pub(super) state_code: &'static str,
    pub(super) happened: String,
    pub(super) document: String,
    pub(super) facts: String,
    /// From when and until when it counts, in words.
    pub(super) counts: String,
    pub(super) agency: String,
    pub(super) agency_address: String,
}

impl EventView {
    pub(super) fn new(event: &Event, agency: Option<&Agency>, book: &Book, visit: &Visit) -> Self {
        let lang = visit.lang.code();
        let rule = book.rule(event.edition, &event.told.rule);
        let name = rule.map_or_else(|| event.told.rule.clone(), |rule| rule.name.text(lang).to_owned());
        Self {
            address: format!("/governance/credit/events/{}", event.id),
            rule: format!("{} {name}", event.told.rule),
            points: signed(event.points),
            minus: event.points < 0,
            to_d: rule.is_some_and(|rule| rule.to_d),
            state: event.state.label(lang),
            state_code: event.state.code(),
            happened: event.told.happened.to_string(),
            document: event.told.document.clone(),
            facts: event.told.facts.clone(),
            counts: counts(event, visit),
            agency: agency.map_or_else(String::new, |agency| agency.name(lang).to_owned()),
            agency_address: format!("/governance/credit/agencies/{}", event.agency),
        }
    }
}

/// From when and until when an event counts.
fn counts(event: &Event, visit: &Visit) -> String {
    let zh = visit.lang.code() == "zh";
    match (event.counts_from, event.ended, event.objections_until) {
        (Some(from), Some(ended), _) if zh => format!("{from} 起计分，{ended} 起不再计分"),
        (Some(from), Some(ended), _) => format!("counted from {from}, counts no more from {ended}"),
        (Some(from), None, _) if zh => format!("{from} 起计分"),
        (Some(from), None, _) => format!("counts from {from}"),
        (None, _, Some(until)) if event.state == credit::EventState::Announced && zh => {
            format!("异议期至 {until}，尚未计分")
        }
        (None, _, Some(until)) if event.state == credit::EventState::Announced => {
            format!("objections until {until}; does not count yet")
        }
        _ if zh => "未计分".to_owned(),
        _ => "does not count".to_owned(),
    }
}

/// One line of the arithmetic.
pub(super) struct LineView {
    pub(super) address: String,
    pub(super) rule: String,
    pub(super) points: String,
    pub(super) counts: bool,
    pub(super) why: String,
}

/// A score with its arithmetic.
pub(super) struct ScoreView {
    pub(super) grade: &'static str,
    pub(super) slug: &'static str,
    pub(super) total: i64,
    pub(super) base: i64,
    pub(super) minus: String,
    pub(super) plus: String,
    pub(super) cut: i64,
    pub(super) put_to_d: bool,
    pub(super) edition: i64,
    pub(super) lines: Vec<LineView>,
}

impl ScoreView {
    pub(super) fn new(score: &Score, book: &Book, visit: &Visit) -> Self {
        let lang = visit.lang.code();
        let line = |line: &Line| {
            let edition = book.editions().iter().find_map(|edition| edition.rule(&line.rule));
            let name = edition.map_or("", |rule| rule.name.text(lang));
            LineView {
                address: format!("/governance/credit/events/{}", line.event),
                rule: format!("{} {name}", line.rule),
                points: signed(line.points),
                counts: line.standing == Standing::Counts,
                why: why(line, visit),
            }
        };
        Self {
            grade: score.grade.label(lang),
            slug: score.grade.slug(),
            total: score.total,
            base: score.base,
            minus: signed(score.minus),
            plus: signed(score.plus),
            cut: score.cut,
            put_to_d: score.put_to_d,
            edition: score.edition,
            lines: score.lines.iter().map(line).collect(),
        }
    }
}

fn why(line: &Line, visit: &Visit) -> String {
    let zh = visit.lang.code() == "zh";
    match (line.standing, line.expires) {
        (Standing::Counts, Some(expires)) if zh => format!("计分，至 {expires} 前"),
        (Standing::Counts, Some(expires)) => format!("counts, until before {expires}"),
        (Standing::Counts, None) => visit.t("计分，长期有效", "counts for good").to_owned(),
        (Standing::NotYet, _) => visit.t("尚未生效", "not in force yet").to_owned(),
        (Standing::Expired, _) => visit.t("期限已满", "its term is over").to_owned(),
        (Standing::Ended, _) => visit.t("已修复或撤回", "repaired or taken back").to_owned(),
        (Standing::NoRule, _) => visit.t("规则已不存在", "there is no such rule").to_owned(),
    }
}

/// The name of a region on a day; in English that of its province.
pub(super) fn place(agency: &Agency, day: Date, visit: &Visit) -> String {
    let region = &agency.particulars.region;
    let english = region.province().and_then(|province| charts::province(province.as_str()));
    if let Some(english) = english.filter(|_| visit.lang.code() != "zh") {
        return english.en.to_owned();
    }
    let name = |code: &network::RegionCode| network::division_on(code, day).map(|region| region.name.clone());
    let province = region.province().filter(|province| province != region).and_then(|province| name(&province));
    let own = name(region).unwrap_or_else(|| region.to_string());
    province.map_or_else(|| own.clone(), |province| format!("{province}{own}"))
}
