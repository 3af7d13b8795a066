//! Which fields a record must have, by kind of right and by source.

use super::Severity::{Error, Warning};
use super::fields::by_name;
use super::{Finding, Severity};
use crate::{Authority, Level, Office, Part, RightKind};

/// How much a field matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Without it the record is of no use.
    Core,
    /// An office's own record always has it.
    Main,
    /// Good to have.
    Wanted,
}

use Weight::{Core, Main, Wanted};

/// A need: one of these fields, the first being the one that is missed.
type Need = (&'static [&'static str], Weight);

const PATENT: &[Need] = &[
    (&["application_number"], Main),
    (&["publications"], Core),
    (&["titles"], Core),
    (&["filing_date"], Main),
    (&["publication_date"], Main),
    // US applicants before 2012 are the inventors; a grant may name the assignee alone.
    (&["applicants", "owners", "inventors"], Main),
    (&["ipc", "cpc"], Main),
    (&["inventors"], Wanted),
];

const DESIGN: &[Need] = &[
    (&["application_number", "registration_number"], Main),
    (&["publications", "registration_number"], Core),
    (&["titles"], Core),
    (&["filing_date"], Main),
    (&["applicants", "owners", "inventors"], Main),
    (&["locarno"], Main),
    (&["images"], Wanted),
];

const PLANT: &[Need] = &[
    (&["application_number"], Main),
    (&["publications"], Core),
    (&["titles"], Core),
    (&["filing_date"], Main),
    (&["applicants", "owners", "inventors"], Main),
];

const MARK: &[Need] = &[
    (&["application_number", "registration_number"], Core),
    (&["titles", "images"], Core),
    (&["nice"], Main),
    (&["applicants", "owners"], Main),
    (&["filing_date"], Main),
    (&["office_status", "events"], Wanted),
];

const GI: &[Need] = &[
    (&["titles"], Core),
    (&["area"], Main),
    (&["publications", "registration_number"], Main),
    (&["applicants", "owners"], Wanted),
];

const LAYOUT: &[Need] = &[
    (&["registration_number", "application_number"], Core),
    (&["titles"], Main),
    (&["owners", "applicants"], Main),
    (&["filing_date"], Main),
    (&["inventors"], Wanted),
    (&["publications"], Wanted),
];

fn needs(right: RightKind) -> &'static [Need] {
    match right {
        RightKind::Invention | RightKind::UtilityModel => PATENT,
        RightKind::Design => DESIGN,
        RightKind::Plant => PLANT,
        RightKind::Trademark => MARK,
        RightKind::Gi => GI,
        RightKind::Layout => LAYOUT,
    }
}

/// How bad a missing field is for a source; `None`: such a source need not have it.
fn severity(weight: Weight, authority: Authority) -> Option<Severity> {
    match (authority, weight) {
        (Authority::Reference, _) | (Authority::Export, Wanted) => None,
        (Authority::Office, Core | Main) | (Authority::Exchange | Authority::Export, Core) => Some(Error),
        (Authority::Office | Authority::Exchange, Wanted) | (Authority::Exchange | Authority::Export, Main) => {
            Some(Warning)
        }
    }
}

pub(super) fn check(part: &Part, findings: &mut Vec<Finding>) {
    if is_status_record(part) {
        return events(part, findings);
    }
    if part.authority == Authority::Reference {
        return;
    }
    let Some(right) = part.record.right.or(part.subject.application.as_ref().map(|number| number.right)) else {
        findings.push(missing("right", "权利类型", "kind of right", Error));
        return;
    };
    for (fields, weight) in needs(right) {
        let there = fields.iter().filter_map(|name| by_name(name)).any(|field| field.is_present(part));
        let Some(severity) = severity(*weight, part.authority).filter(|_| !there) else { continue };
        let Some(field) = by_name(fields[0]) else { continue };
        let severity = if is_excused(part, field.name) { Warning } else { severity };
        findings.push(missing(field.name, field.chinese, field.english, severity));
    }
}

fn missing(field: &'static str, zh: &str, en: &str, severity: Severity) -> Finding {
    Finding { rule: "required", field, severity, chinese: format!("缺少{zh}"), english: format!("{en} is missing") }
}

/// Statutory exceptions. An international application may be published without classification or, where the search was
/// declined (PCT art. 17(2)(a)), without abstract and title of the authority; a regional phase of it may be published by
/// reference alone (EPC art. 153(3)); a separate search report repeats little of the application. The EUIPO's open data
/// leaves out applicants who are natural persons.
fn is_excused(part: &Part, field: &str) -> bool {
    let international = part.subject.application.as_ref().is_some_and(|number| number.office == Office::WO)
        || part.subject.publications.iter().any(|number| number.office() == Some(Office::WO));
    let levels = &part.record.publications;
    let report =
        !levels.is_empty() && levels.iter().all(|one| matches!(one.level, Some(Level::Report | Level::Correction)));
    let private = field == "applicants" && part.subject.application.as_ref().is_some_and(|n| n.office == Office::EM);
    (international && matches!(field, "ipc" | "titles")) || private || (report && field != "publications")
}

/// A record of legal events alone (PRS, INPADOC): it names a right and says what happened to it, nothing else.
fn is_status_record(part: &Part) -> bool {
    let record = &part.record;
    let tells = !record.events.is_empty() || record.office_status.is_some();
    tells && record.titles.is_empty() && record.publications.is_empty() && record.applicants.is_empty()
}

fn events(part: &Part, findings: &mut Vec<Finding>) {
    let events = &part.record.events;
    if events.iter().any(|event| event.date.is_none()) {
        findings.push(missing("events", "法律事件日期", "the date of a legal event", Warning));
    }
    if events.iter().any(|event| event.code.is_empty() && event.text.is_empty()) {
        findings.push(missing("events", "法律事件代码与名称", "code and words of a legal event", Error));
    }
}
