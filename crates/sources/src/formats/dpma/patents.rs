//! Patents and utility models.

use records::event::{de, inpadoc};
use records::{
    ApplicationNumber, Authority, Effect, Event, Ipc, KindCode, Level, Office, OfficeStatus, Part, PartKey, Party,
    Priority, Publication, PublicationNumber, Record, RightKind, Subject, Text,
};

use super::hits;
use super::parties::{Who, line};
use crate::xml::Element;
use crate::{Findings, RawRecord};

/// Reads a register record or one hit of a list.
pub(super) fn read(record: &RawRecord, findings: &mut Findings) {
    if hits::is_hit(record, "PatentHitListRecord") {
        return hits::patent(record, findings);
    }
    record.with_xml(findings, |document, findings| {
        let Some(data) = document.child("bibliographic-data") else {
            findings.refuse("no-number", "the document has no bibliographic-data");
            return;
        };
        let right = right(data);
        let filed = data.at("application-reference/document-id");
        let number = filed.and_then(|id| id.string("doc-number"));
        let Some(application) = number.and_then(|number| ApplicationNumber::read(Office::DE, &number, right).ok())
        else {
            findings.refuse("no-number", "the document names no application such as 10027360.2");
            return;
        };
        let key = PartKey::new(super::PATENT.name, format_args!("{}{}", Office::DE, application.serial));
        let subject = Subject { application: Some(application), publications: Vec::new() };
        let mut part = Part::new(key, subject, Authority::Office);
        part.record.right = Some(right);
        part.record.filing_date = filed.and_then(|id| id.date("date"));
        filed.into_iter().for_each(Element::pass_over);
        fields(data, &mut part.record, findings);
        publications(data, document, &mut part);
        events(document, &mut part.record);
        office_data(data, &mut part);
        findings.parts.push(part);
    });
}

fn right(data: Element<'_>) -> RightKind {
    match data.string("office-specific-bib-data/type-of-ip-right").as_deref() {
        Some(kind) if kind.contains("gebrauchsmuster") || kind.contains("utility") => RightKind::UtilityModel,
        _ => RightKind::Invention,
    }
}

fn fields(data: Element<'_>, record: &mut Record, findings: &mut Findings) {
    for title in data.children("invention-title") {
        record.titles.push(Text::new(title.attr("lang"), title.text()));
    }
    record.titles.retain(|title| !title.text.is_empty());
    for classification in data.all("classifications-ipcr/classification-ipcr") {
        classification.children("ipc-version-indicator").for_each(Element::pass_over);
        let text = classification.string("text").unwrap_or_default();
        match Ipc::read(&text) {
            Some(symbol) if record.ipc.contains(&symbol) => {}
            Some(symbol) => record.ipc.push(symbol),
            None => findings.warn("class", format!("«{text}» is not an IPC symbol; left out")),
        }
    }
    data.children("related-documents").filter(|e| e.elements().next().is_none()).for_each(Element::pass_over);
    for parties in data.children("parties") {
        record.applicants = named(parties, "applicants/applicant", Who::Owner);
        record.owners = named(parties, "grantees/grantee", Who::Owner);
        record.inventors = named(parties, "inventors/inventor", Who::Person);
        record.agents = named(parties, "agents/agent", Who::Agent);
        parties.children("correspondence-address").for_each(Element::pass_over);
    }
    for claim in data.all("priority-claims/priority-claim") {
        let office = claim.string("country").and_then(|code| code.parse().ok());
        let date = claim.date("date");
        let Some(written) = claim.string("doc-number") else { continue };
        let text = japanese_era(office, &written, date).unwrap_or_else(|| written.clone());
        let read = office.and_then(|office| ApplicationNumber::read_docdb(office, &text, None, date).ok());
        let number = read.map_or(written, |number| number.serial);
        record.priorities.push(Priority { office, number, date });
    }
}

/// The register writes Japanese numbers of the Heisei years without their sign: `11158010` of 1999 is `H11-158010`.
fn japanese_era(office: Option<Office>, written: &str, date: Option<records::Date>) -> Option<String> {
    let (year, serial) = written.split_at_checked(2).filter(|_| written.len() == 8 && office == Some(Office::JP))?;
    let heisei: i16 = year.parse().ok()?;
    (date?.year() == 1988 + heisei).then(|| format!("特願平{heisei}-{serial}"))
}

fn named(parties: Element<'_>, path: &str, who: Who) -> Vec<Party> {
    let mut found = Vec::new();
    for element in parties.all(path) {
        let text = element.string("addressbook/text").or_else(|| element.string("addressbook/name"));
        found.extend(text.and_then(|text| line(&text, who)));
        element.pass_over();
    }
    found
}

/// Publications with the dates that the history gives them.
fn publications(data: Element<'_>, document: Element<'_>, part: &mut Part) {
    for id in data.all("publication-references/publication-reference/document-id") {
        let office = id.string("country").and_then(|code| code.parse().ok()).unwrap_or(Office::DE);
        let kind = id.string("kind").as_deref().and_then(KindCode::read);
        if let Some(number) = id.string("doc-number") {
            add(office, &number, kind, id.date("date"), part);
        }
    }
    for event in document.all("events/event-data") {
        let date = event.date("publication-info/publication-date");
        for written in event.strings("published-documents/document") {
            let Some(Ok(office)) = written.get(..2).map(str::parse::<Office>) else { continue };
            let at = written.rfind(|c: char| c.is_ascii_alphabetic()).filter(|at| *at > 2).unwrap_or(written.len());
            add(office, &written[2..at], KindCode::read(&written[at..]), date, part);
        }
    }
}

fn add(office: Office, number: &str, kind: Option<KindCode>, date: Option<records::Date>, part: &mut Part) {
    let Ok(number) = PublicationNumber::read(office, number, kind.as_ref().map(KindCode::as_str)) else { return };
    let known = part.record.publications.iter_mut().find(|known| known.number == number && known.kind == kind);
    if let Some(known) = known {
        known.date = known.date.or(date);
        return;
    }
    if office == Office::DE && !part.subject.publications.contains(&number) {
        part.subject.publications.push(number.clone());
    }
    let level = kind.as_ref().and_then(|kind| kind.level(office));
    if level == Some(Level::Grant) && part.record.grant_date.is_none() {
        part.record.grant_date = date;
    }
    part.record.publications.push(Publication { number, kind, date, level });
}

/// Procedural steps; their codes are INPADOC's codes for Germany.
fn events(document: Element<'_>, record: &mut Record) {
    for event in document.all("events/event-data") {
        let code = event.string("procedural-status").unwrap_or_default();
        let procedure = event.string("type-of-procedure").unwrap_or_default();
        let date = event.date("date-of-procedural-status").or_else(|| event.date("publication-info/publication-date"));
        let effect = inpadoc::effect(Office::DE, &code);
        record.events.push(Event { date, code, text: procedure, effect });
        event.pass_over();
    }
}

fn office_data(data: Element<'_>, part: &mut Part) {
    let record = &mut part.record;
    for office in data.children("office-specific-bib-data") {
        let abstract_text = office.string("abstract");
        record.abstracts.extend(abstract_text.map(|text| Text::new(Some("de"), text)));
        record.office_status =
            office.string("status").map(|text| OfficeStatus { date: None, status: de::status(&text), text });
        part.as_of = office.date("date-last-register-update");
        let filed = office.date("national-filing-data");
        record.filing_date = record.filing_date.or(filed);
        if let Some(date) = office.date("date-of-first-publication") {
            let event = Event {
                date: Some(date),
                code: String::new(),
                text: "Erstveröffentlichung".to_owned(),
                effect: Some(Effect::Published),
            };
            record.events.push(event);
        }
        office.children("agent-type").for_each(Element::pass_over);
    }
}
