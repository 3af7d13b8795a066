//! Bibliographic data.

use std::collections::BTreeMap;

use records::{Cpc, Ipc, Part, Record, Text};

use super::super::old_ipc::edition_symbol;
use super::numbers::{Reference, application, claimed_priority};
use super::{citations, parties};
use crate::Findings;
use crate::xml::Element;

/// Elements that are known and of no use to a right.
const PASSED_OVER: [&str; 9] = [
    "language-of-publication",
    "language-of-filing",
    "language-of-registration",
    "designation-of-states",
    "extended-kind-code",
    "preceding-publication-date",
    "classification-national",
    "classifications-national",
    "previously-filed-app",
];

/// Reads `bibliographic-data` into a part about a publication.
pub(super) fn bibliographic(data: Element<'_>, part: &mut Part, findings: &mut Findings) {
    let published = Reference::read(data.children("publication-reference"));
    if let Some(publication) = part.record.publications.first_mut() {
        publication.date = publication.date.or(published.date());
    }
    let filed = Reference::read(data.children("application-reference"));
    part.subject.application = application(&filed, findings);
    let record = &mut part.record;
    record.filing_date = filed.date();
    titles(data, record);
    symbols(data, record, findings);
    priorities(data, record);
    parties::parties(data, record);
    citations::read(data, record);
    for dates in data.children("dates-of-public-availability") {
        record.grant_date = record.grant_date.or(dates.date("printed-with-grant/document-id/date"));
        dates.pass_over();
    }
    for name in PASSED_OVER {
        data.children(name).for_each(Element::pass_over);
    }
}

/// One title a language; the first spelling of a language is the published one.
fn titles(data: Element<'_>, record: &mut Record) {
    for title in data.children("invention-title") {
        let title = Text::new(title.attr("lang"), title.text());
        if !title.text.is_empty() && !record.titles.iter().any(|known| known.lang == title.lang) {
            record.titles.push(title);
        }
    }
}

/// Texts of paragraphs under elements of this name, one a language.
pub(super) fn language_texts(parent: Element<'_>, name: &str) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    for element in parent.children(name) {
        let paragraphs = element.strings("p");
        let text = if paragraphs.is_empty() { element.text() } else { paragraphs.join("\n") };
        let text = Text::new(element.attr("lang"), text);
        if !text.text.is_empty() && !texts.iter().any(|known| known.lang == text.lang) {
            texts.push(text);
        }
    }
    texts
}

/// IPC and CPC symbols; classes of other schemes (US, FI, F-terms) have no field.
pub(in super::super) fn symbols(data: Element<'_>, record: &mut Record, findings: &mut Findings) {
    let mut ipc: Vec<String> = data.strings("classifications-ipcr/classification-ipcr/text");
    for old in data.children("classification-ipc") {
        old.children("edition").for_each(Element::pass_over);
        ipc.extend(old.elements().filter(|e| e.name() != "edition").map(|e| edition_symbol(&e.text())));
    }
    // The EPO register lists all symbols of an edition in one text.
    for text in ipc.iter().flat_map(|text| text.split(',')).filter(|text| !text.trim().is_empty()) {
        match Ipc::read(text) {
            Some(symbol) if record.ipc.contains(&symbol) => {}
            Some(symbol) => record.ipc.push(symbol),
            None => findings.warn("class", format!("«{text}» is not an IPC symbol; left out")),
        }
    }
    let (mut first, mut further) = (Vec::new(), Vec::new());
    for container in data.children("patent-classifications") {
        let mut classifications: Vec<_> = container.children("patent-classification").collect();
        classifications.extend(container.all("combination-set/combination-rank/patent-classification"));
        for classification in classifications {
            if let Some((text, is_first)) = cpc_text(classification) {
                match Cpc::read(&text) {
                    Some(symbol) if is_first => first.push(symbol),
                    Some(symbol) => further.push(symbol),
                    None => findings.warn("class", format!("«{text}» is not a CPC symbol; left out")),
                }
            }
        }
        container.children("combination-set").for_each(Element::pass_over);
    }
    for symbol in first.into_iter().chain(further) {
        if !record.cpc.contains(&symbol) {
            record.cpc.push(symbol);
        }
    }
}

/// A CPC symbol as text and whether it is the first one; `None` for other schemes.
fn cpc_text(classification: Element<'_>) -> Option<(String, bool)> {
    let scheme = classification.child("classification-scheme").and_then(|scheme| scheme.attr("scheme"));
    if !scheme.is_some_and(|scheme| scheme.starts_with("CPC")) {
        classification.pass_over();
        return None;
    }
    let text = classification.string("classification-symbol").unwrap_or_else(|| {
        let part = |name: &str| classification.string(name).unwrap_or_default();
        let group = format!("{}/{}", part("main-group"), part("subgroup"));
        format!("{}{}{}{group}", part("section"), part("class"), part("subclass"))
    });
    let first = classification.string("symbol-position").as_deref() == Some("F");
    classification.pass_over();
    Some((text, first))
}

/// Priorities in order; each comes in several spellings under one sequence number.
fn priorities(data: Element<'_>, record: &mut Record) {
    let mut claims: BTreeMap<u32, Vec<Element<'_>>> = BTreeMap::new();
    for claims_element in data.children("priority-claims") {
        for (place, claim) in (0_u32..).zip(claims_element.children("priority-claim")) {
            for known in ["priority-active-indicator", "priority-linkage-type"] {
                claim.children(known).for_each(Element::pass_over);
            }
            let sequence = claim.attr("sequence").and_then(|sequence| sequence.parse().ok()).unwrap_or(place);
            claims.entry(sequence).or_default().push(claim);
        }
    }
    for spellings in claims.into_values() {
        if let Some(priority) = claimed_priority(&Reference::read(spellings)) {
            record.priorities.push(priority);
        }
    }
}
