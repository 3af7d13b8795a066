//! The European Patent Register: the office's own record of one application.

use records::{
    ApplicationNumber, Authority, Effect, Event, KindCode, Office, OfficeStatus, Part, PartKey, Party, Publication,
    PublicationNumber, Record, Related, RightKind, Status, Subject, Text,
};

use super::super::docdb::{Reference, claimed_priority, natural_order, references_cited, symbols};
use crate::Findings;
use crate::xml::Element;

/// Statuses of the register by their words; the first that fits.
const STATUS: [(&[&str], Status); 8] = [
    (&["deemed to be withdrawn", "withdrawn"], Status::Withdrawn),
    (&["refused"], Status::Refused),
    (&["revoked", "lapsed", "surrendered"], Status::Lapsed),
    (&["expired"], Status::Expired),
    (
        &["no opposition filed", "opposition rejected", "maintained as amended", "patent has been granted"],
        Status::InForce,
    ),
    (&["opposition"], Status::InForce),
    (&["grant of patent is intended", "examination", "publication has been made", "application"], Status::Pending),
    (&["granted"], Status::InForce),
];

/// Dates in `dates-rights-effective`: element, words, effect.
const DATES: [(&str, &str, Option<Effect>); 8] = [
    ("request-for-examination", "Request for examination", Some(Effect::Examination)),
    ("first-examination-report-despatched", "First examination report despatched", None),
    ("notification-of-forthcoming-grant", "Notification of forthcoming grant", None),
    ("patent-maintained-as-amended", "Patent maintained as amended", Some(Effect::Narrowed)),
    ("opposition-filed", "Opposition filed", Some(Effect::Disputed)),
    ("date-of-withdrawal", "Application withdrawn", Some(Effect::Withdrawn)),
    ("date-of-refusal", "Application refused", Some(Effect::Refused)),
    ("date-of-revocation", "Patent revoked", Some(Effect::Invalidated)),
];

/// Reads a `register-search` answer.
pub(super) fn read(answer: Element<'_>, findings: &mut Findings) {
    for known in ["query", "range"] {
        answer.children(known).for_each(Element::pass_over);
    }
    let before = findings.parts.len();
    for document in answer.all("register-documents/register-document") {
        for data in document.children("bibliographic-data") {
            let Some(mut part) = application_part(data, findings) else { continue };
            part.as_of = document.attr("date-produced").and_then(records::read_date);
            fields(data, &mut part.record, findings);
            part.record.office_status = status(document, data);
            part.record.events.extend(statuses(document));
            findings.parts.push(part);
        }
    }
    if findings.parts.len() == before && findings.problems.is_empty() {
        findings.passed_over = Some("a register answer without documents");
    }
}

/// The part with its application and publications; the international application is a related filing.
fn application_part(data: Element<'_>, findings: &mut Findings) -> Option<Part> {
    let mut own = None;
    let mut related = Vec::new();
    for reference in data.children("application-reference") {
        let Some(id) = Reference::read([reference]).docdb else { continue };
        let Some(office) = id.country else { continue };
        match ApplicationNumber::read(office, &id.number, RightKind::Invention) {
            Ok(number) if office == Office::WO => related.push(Related {
                relation: "pct".to_owned(),
                number: format!("{office}{}", number.serial),
                date: id.date,
            }),
            Ok(number) => own = own.or(Some((number, id.date))),
            Err(error) => findings.warn("number", error.to_string()),
        }
    }
    let Some((application, filed)) = own else {
        findings.refuse("no-number", "the register document names no application of the office");
        return None;
    };
    let key = PartKey::new("ep-register", format_args!("{}{}", application.office, application.serial));
    let office = application.office;
    let mut part =
        Part::new(key, Subject { application: Some(application), publications: Vec::new() }, Authority::Office);
    part.record.right = Some(RightKind::Invention);
    part.record.filing_date = filed;
    part.record.related = related;
    for reference in data.children("publication-reference") {
        let Some(id) = Reference::read([reference]).docdb else { continue };
        let kind = id.kind.as_deref().and_then(KindCode::read);
        let kind_text = kind.as_ref().map(KindCode::as_str);
        let Some(Ok(number)) = id.country.map(|country| PublicationNumber::read(country, &id.number, kind_text)) else {
            continue;
        };
        if id.country != Some(office) {
            // The publication of the international application belongs to that one.
            let number = number.with_kind(kind.as_ref());
            part.record.related.push(Related { relation: "pct".to_owned(), number, date: id.date });
            continue;
        }
        let level = kind.as_ref().and_then(|kind| kind.level(office));
        if !part.subject.publications.contains(&number) {
            part.subject.publications.push(number.clone());
        }
        part.record.publications.push(Publication { number, kind, date: id.date, level });
    }
    super::super::docdb::settle(&mut part);
    Some(part)
}

fn fields(data: Element<'_>, record: &mut Record, findings: &mut Findings) {
    for title in data.children("invention-title") {
        let title = Text::new(title.attr("lang"), title.text());
        if !title.text.is_empty() && !record.titles.iter().any(|known| known.lang == title.lang) {
            record.titles.push(title);
        }
    }
    symbols(data, record, findings);
    for claim in data.all("priority-claims/priority-claim") {
        if let Some(priority) = priority(claim) {
            record.priorities.push(priority);
        }
    }
    for parties in data.children("parties") {
        record.applicants = current(parties, "applicants", "applicant", false);
        record.inventors = current(parties, "inventors", "inventor", true);
        record.agents = current(parties, "agents", "agent", false);
    }
    if record.grant_date.is_some() {
        record.owners.clone_from(&record.applicants);
    }
    references_cited(data, record);
    for dates in data.children("dates-rights-effective") {
        for element in dates.elements() {
            let known = DATES.iter().find(|(name, _, _)| *name == element.name());
            if let (Some((_, words, effect)), Some(date)) = (known, element.date("date")) {
                let code = element.name().to_owned();
                record.events.push(Event { date: Some(date), code, text: (*words).to_owned(), effect: *effect });
            }
        }
    }
    for known in ["language-of-filing", "designation-of-states", "search-reports-information"] {
        data.children(known).for_each(Element::pass_over);
    }
}

/// A priority stands without a `document-id` here.
fn priority(claim: Element<'_>) -> Option<records::Priority> {
    if let Some(priority) = claimed_priority(&Reference::read([claim])) {
        return Some(priority);
    }
    let office = claim.string("country").and_then(|code| code.parse().ok());
    let (written, date) = (claim.string("doc-number")?, claim.date("date"));
    let read = office.and_then(|office| ApplicationNumber::read_docdb(office, &written, None, date).ok());
    let number = read.map_or(written, |number| number.serial);
    Some(records::Priority { office, number, date })
}

/// The newest list of a role: the register keeps older ones after it.
fn current(parties: Element<'_>, bag: &str, role: &str, person: bool) -> Vec<Party> {
    let mut lists = parties.children(bag);
    let list = lists.next();
    lists.for_each(Element::pass_over);
    list.into_iter().flat_map(|list| list.children(role).collect::<Vec<_>>()).filter_map(|e| party(e, person)).collect()
}

fn party(element: Element<'_>, person: bool) -> Option<Party> {
    for known in ["nationality", "residence", "designated-states"] {
        element.children(known).for_each(Element::pass_over);
    }
    let book = element.child("addressbook")?;
    let name = book.string("name")?;
    let mut party = Party::named(if person { natural_order(&name) } else { name });
    party.identifier = book.attr("cdsid").map(str::to_owned);
    let mut lines = Vec::new();
    for line in book.all("address").into_iter().flat_map(Element::elements) {
        match line.name() {
            "country" => party.country = Some(line.text()).filter(|code| !code.is_empty()),
            _ => lines.push(line.text()),
        }
    }
    party.address = Some(lines.join(", ")).filter(|address| !address.is_empty());
    Some(party)
}

/// The present status with the day on which it began.
fn status(document: Element<'_>, data: Element<'_>) -> Option<OfficeStatus> {
    let newest = document.all("ep-patent-statuses/ep-patent-status").into_iter().next();
    let text = newest.map(Element::text).or_else(|| data.attr("status").map(str::to_owned))?;
    let date = newest.and_then(|status| status.attr("change-date")).and_then(records::read_date);
    Some(OfficeStatus { date, status: status_of(&text), text })
}

fn status_of(text: &str) -> Status {
    let text = text.to_lowercase();
    let found = STATUS.iter().find(|(words, _)| words.iter().any(|word| text.contains(word)));
    found.map_or(Status::Unknown, |(_, status)| *status)
}

/// The history of statuses as events without effect of their own.
fn statuses(document: Element<'_>) -> Vec<Event> {
    let statuses = document.all("ep-patent-statuses/ep-patent-status");
    let events = statuses.into_iter().map(|status| Event {
        date: status.attr("change-date").and_then(records::read_date),
        code: status.attr("status-code").unwrap_or_default().to_owned(),
        text: status.text(),
        effect: None,
    });
    events.collect()
}
