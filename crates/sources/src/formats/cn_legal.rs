//! Reader of CNIPA's legal status records (`business:PRSRecord`; PRS is the patent register service).

use records::{ApplicationNumber, Authority, Office, Part, PartKey, Record, RightKind, Subject, event::cn, read_date};

use crate::{Cut, Element, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "cn-legal",
    chinese: "中国专利法律状态",
    english: "CNIPA legal status records",
    cut: Cut::Elements(&["PRSRecord"]),
    recognise,
    read,
};

fn recognise(head: &Head) -> bool {
    head.root_is("PRS") || head.root_is("PRSRecord")
}

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, event);
}

fn event(root: Element<'_>, findings: &mut Findings) {
    let right = right(root);
    let Some(application) = application(root, right, findings) else {
        findings.refuse("no-number", "the legal event names no readable application (ApplicationReference)");
        return;
    };
    let date = root.string("PRSPublicationDate/Date").or_else(|| root.string("PRSPublicationDate"));
    let day = date.as_deref().and_then(read_date);
    if let (None, Some(text)) = (day, date.as_deref().filter(|text| text.bytes().any(|b| b != b'0'))) {
        findings.warn("date", format!("PRSPublicationDate: «{text}» is not a date"));
    }
    let field = |name: &str| root.string(name).unwrap_or_default();
    let (code, name) = (field("PRSCode"), field("PRSValue"));
    let information = root.child("PRSInformation").map(Element::lines).unwrap_or_default();
    if code.is_empty() && name.is_empty() && information.is_empty() {
        findings.refuse("no-event", "the record has neither PRSCode nor PRSValue nor PRSInformation");
        return;
    }
    for state in ["StatusIndicator", "PRSStatus"] {
        root.children(state).for_each(Element::pass_over);
    }
    let key = root.attr("PRSID").map_or_else(
        || PartKey::new(FORMAT.name, format_args!("{}/{}/{code}{name}", application.id(), day.unwrap_or_default())),
        |id| PartKey::new(FORMAT.name, id),
    );
    let mut part =
        Part::new(key, Subject { application: Some(application), publications: Vec::new() }, Authority::Office);
    part.as_of = day;
    part.withdrawn = root.attr("status") == Some("D");
    part.record = Record {
        right: Some(right),
        filing_date: root.date("ApplicationReference/DocumentID/Date"),
        events: vec![cn::event(day, &code, &name, &information)],
        ..Record::default()
    };
    for date in root.all("ApplicationReference/DocumentID") {
        date.elements().for_each(Element::pass_over);
    }
    findings.parts.push(part);
}

/// Kind of right: type of the application (10, 20, 30), else the words of `IPRType`.
fn right(root: Element<'_>) -> RightKind {
    let words = root.string("IPRType").unwrap_or_default();
    match root.children("ApplicationReference").find_map(|reference| reference.attr("applType")) {
        Some("20") => RightKind::UtilityModel,
        Some("30") => RightKind::Design,
        Some("10") => RightKind::Invention,
        _ if words.contains("实用新型") => RightKind::UtilityModel,
        _ if words.contains("外观") => RightKind::Design,
        _ => RightKind::Invention,
    }
}

/// The application, from the office's own form where that can be read, else from the standard form.
fn application(root: Element<'_>, right: RightKind, findings: &mut Findings) -> Option<ApplicationNumber> {
    let mut references: Vec<_> = root.children("ApplicationReference").collect();
    references.sort_by_key(|reference| reference.attr("dataFormat") != Some("original"));
    let mut error = None;
    for id in references.into_iter().filter_map(|reference| reference.child("DocumentID")) {
        let office = id.string("WIPOST3Code").and_then(|code| code.parse().ok()).unwrap_or(Office::CN);
        let Some(text) = id.string("DocNumber") else { continue };
        match ApplicationNumber::read(office, &text, right) {
            Ok(number) => {
                if let Some(error) = ApplicationNumber::check(office, &text, right) {
                    findings.warn("check-digit", format!("application number: {error}; mended"));
                }
                return Some(number);
            }
            Err(first) => error = error.or(Some(first)),
        }
    }
    if let Some(error) = error {
        findings.warn("number", format!("application number: {error}"));
    }
    None
}
