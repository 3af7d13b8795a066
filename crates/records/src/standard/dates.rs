//! Order of dates.

use super::{Finding, error, warning};
use crate::{Date, Level, Part, RightKind};

/// A date with the field it comes from and its names.
type Named = (Date, &'static str, &'static str, &'static str);

pub(super) fn order(part: &Part, findings: &mut Vec<Finding>) {
    let record = &part.record;
    let filing = record.filing_date.map(|date| (date, "filing_date", "申请日", "filing date"));
    let grant = record.grant_date.map(|date| (date, "grant_date", "授权/注册日", "grant date"));
    let expiry = record.expiry_date.map(|date| (date, "expiry_date", "届满日", "expiry date"));
    let priority = record.priorities.iter().filter_map(|one| one.date).max();
    let priority = priority.map(|date| (date, "priorities", "优先权日", "priority date"));
    let publication = |wanted: fn(Option<Level>) -> bool| {
        let dates = record.publications.iter().filter(move |one| wanted(one.level)).filter_map(|one| one.date);
        dates.min().map(|date| (date, "publications", "公布日", "publication date"))
    };
    let first = publication(|_| true);

    in_order(priority, filing, findings);
    in_order(filing, first, findings);
    // A mark may be registered before it is published; an application for a patent may not.
    if matches!(record.right, Some(RightKind::Invention | RightKind::UtilityModel | RightKind::Plant)) {
        in_order(publication(|level| level == Some(Level::Application)), grant, findings);
    }
    in_order(filing, grant, findings);
    in_order(grant.or(filing), expiry, findings);
}

fn in_order(earlier: Option<Named>, later: Option<Named>, findings: &mut Vec<Finding>) {
    let (Some((first, _, first_zh, first_en)), Some((second, field, zh, en))) = (earlier, later) else { return };
    if first > second {
        findings.push(error(
            "date-order",
            field,
            format!("{zh} {second} 早于{first_zh} {first}"),
            format!("{en} {second} is before the {first_en} {first}"),
        ));
    }
}

pub(super) fn future(part: &Part, today: Date, findings: &mut Vec<Finding>) {
    let record = &part.record;
    let mut report = |field: &'static str, date: Date, hard: bool| {
        let (zh, en) = (format!("日期 {date} 晚于今日 {today}"), format!("the date {date} is after today, {today}"));
        findings.push(if hard { error("date-future", field, zh, en) } else { warning("date-future", field, zh, en) });
    };
    let happened = [("filing_date", record.filing_date), ("grant_date", record.grant_date)];
    for (field, date) in happened {
        if let Some(date) = date.filter(|date| *date > today) {
            report(field, date, true);
        }
    }
    if let Some(date) = record.publications.iter().filter_map(|one| one.date).max().filter(|date| *date > today) {
        report("publications", date, true);
    }
    if let Some(date) = record.priorities.iter().filter_map(|one| one.date).max().filter(|date| *date > today) {
        report("priorities", date, true);
    }
    // An end or a licence may be recorded before it takes effect.
    if let Some(date) = record.events.iter().filter_map(|one| one.date).max().filter(|date| *date > today) {
        report("events", date, false);
    }
}
