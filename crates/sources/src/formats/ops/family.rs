//! INPADOC families and legal events. Members tell application, priorities and family of one publication; legal
//! events belong to the application and are one part for all its publications.

use std::collections::BTreeMap;

use records::event::inpadoc;
use records::{Authority, Date, Event, Office, Part, PartKey, Subject};

use super::super::docdb::{Reference, application, claimed_priority, exchange_document, settle};
use super::referenced;
use crate::Findings;
use crate::xml::Element;

/// Reads a `patent-family` answer of the family or the legal service.
pub(super) fn read(answer: Element<'_>, findings: &mut Findings) {
    answer.children("publication-reference").for_each(Element::pass_over);
    let mut legal: BTreeMap<String, Part> = BTreeMap::new();
    for member in answer.children("family-member") {
        let Some(mut part) = referenced("ops-family", Reference::read(member.children("publication-reference"))) else {
            findings.refuse("no-number", "a family-member names no publication");
            continue;
        };
        let filed = Reference::read(member.children("application-reference"));
        part.subject.application = application(&filed, findings);
        part.record.filing_date = filed.date();
        for claim in member.children("priority-claim") {
            for known in ["priority-active-indicator", "priority-linkage-type"] {
                claim.children(known).for_each(Element::pass_over);
            }
            part.record.priorities.extend(claimed_priority(&Reference::read([claim])));
        }
        part.record.family_id = member.attr("family-id").map(str::to_owned);
        for document in member.children("exchange-document") {
            let part = exchange_document("ops-biblio", document, findings);
            findings.parts.extend(part);
        }
        settle(&mut part);
        add_events(member, &part, &mut legal);
        findings.parts.push(part);
    }
    findings.parts.extend(legal.into_values());
}

fn add_events(member: Element<'_>, owner: &Part, legal: &mut BTreeMap<String, Part>) {
    for element in member.children("legal") {
        // Without an application the events stay with the publication.
        let key = match (&owner.subject.application, owner.subject.publications.first()) {
            (Some(application), _) => application.id().to_string(),
            (None, Some(publication)) => publication.to_string(),
            (None, None) => continue,
        };
        let part = legal.entry(key.clone()).or_insert_with(|| {
            let subject = Subject { application: owner.subject.application.clone(), publications: Vec::new() };
            let subject = if subject.application.is_some() { subject } else { owner.subject.clone() };
            let mut part = Part::new(PartKey::new("ops-legal", key), subject, Authority::Exchange);
            part.record.right = owner.record.right;
            part
        });
        let exchanged = ["L018EP", "L019EP"].iter().filter_map(|name| element.date(name)).max();
        part.as_of = part.as_of.max(exchanged);
        let event = event(element);
        if !part.record.events.contains(&event) {
            part.record.events.push(event);
        }
    }
}

/// One legal event: gazette date, code, words with their details, effect.
fn event(legal: Element<'_>) -> Event {
    let office: Option<Office> = legal.string("L001EP").and_then(|code| code.parse().ok());
    let code = legal.string("L008EP").or_else(|| legal.attr("code").map(str::to_owned)).unwrap_or_default();
    let words = legal.attr("desc").unwrap_or_default();
    let (mut text, mut effective): (String, Option<Date>) = (words.to_owned(), None);
    for detail in legal.all("L500EP").into_iter().flat_map(Element::elements) {
        let value = detail.text();
        match detail.name() {
            "L525EP" => effective = records::read_date(&value),
            // A code of the national office comes with its meaning.
            "L502EP" => push(&mut text, &format!("{value} {}", detail.attr("descData").unwrap_or_default())),
            "L501EP" | "L509EP" | "L510EP" | "L519EP" | "L507EP" => push(&mut text, &value),
            _ => push(&mut text, &format!("{} {value}", detail.attr("desc").unwrap_or_default())),
        }
    }
    if let Some(effective) = effective {
        push(&mut text, &format!("effective {effective}"));
    }
    let effect = office.and_then(|office| inpadoc::effect_with_text(office, &code, words));
    let date = legal.date("L007EP").or(effective);
    legal.pass_over();
    Event { date, code, text, effect }
}

fn push(text: &mut String, detail: &str) {
    let detail = detail.trim();
    if !detail.is_empty() {
        text.push_str(if text.is_empty() { "" } else { "; " });
        text.push_str(detail);
    }
}
