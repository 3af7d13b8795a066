//! US applications published 2001 to 2004: `patent-application-publication`, v1.5 and v1.6.

use records::{
    ApplicationNumber, Authority, Claim, Date, Description, Image, ImageKind, Ipc, KindCode, Office, Part, PartKey,
    Party, Priority, Publication, PublicationNumber, Record, RightKind, Subject, Text, read_date,
};

use super::us_forms::{country, filing, level, numbers_in, office, publication, related, uspc, without_claim_number};
use super::us_party::set_address;
use crate::{Cut, Element, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "us-application-pap",
    chinese: "美国专利申请公布（2001—2004，PAP）",
    english: "US patent applications 2001-2004, PAP",
    cut: Cut::Documents,
    recognise: |head: &Head| head.root_is("patent-application-publication"),
    read,
};

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, document);
}

/// A `document-id`.
struct Identity<'t> {
    office: Option<Office>,
    number: &'t str,
    kind: Option<&'t str>,
    date: Option<Date>,
}

fn identity(element: Element<'_>) -> Option<Identity<'_>> {
    let code = |name: &str| element.child(name).map(Element::code).filter(|text| !text.is_empty());
    Some(Identity {
        office: code("country-code").and_then(office),
        number: code("doc-number")?,
        kind: code("kind-code"),
        date: code("document-date").and_then(read_date),
    })
}

fn document(root: Element<'_>, findings: &mut Findings) {
    let Some(data) = root.child("subdoc-bibliographic-information") else {
        return findings.refuse("no-bibliography", "the document has no <subdoc-bibliographic-information>");
    };
    let Some(Identity { number: written, kind, date, .. }) = data.child("document-id").and_then(identity) else {
        return findings.refuse("no-number", "the document has no publication number (document-id)");
    };
    let number = match PublicationNumber::read(Office::US, written, kind) {
        Ok(number) => number,
        Err(error) => return findings.refuse("number", format!("publication number: {error}")),
    };
    let right = match kind.and_then(|kind| kind.chars().next()) {
        Some('P') => RightKind::Plant,
        _ => RightKind::Invention,
    };
    let application = application(data, right, findings);
    let key = PartKey::new(FORMAT.name, format_args!("{number}{}", kind.unwrap_or_default()));
    let mut record = Record { right: Some(right), ..Record::default() };
    record.publications.push(Publication {
        number,
        kind: kind.and_then(KindCode::read),
        date,
        level: Some(level(kind, false)),
    });
    bibliography(data, right, &mut record, findings);
    texts(root, &mut record);

    let publications = record.publications.iter().map(|publication| publication.number.clone()).collect();
    let mut part = Part::new(key, Subject { application, publications }, Authority::Office);
    part.as_of = date;
    part.record = record;
    findings.parts.push(part);
}

fn application(data: Element<'_>, right: RightKind, findings: &mut Findings) -> Option<ApplicationNumber> {
    let filing = data.child("domestic-filing-data")?;
    let series = filing.child("application-number-series-code").map(Element::code).unwrap_or_default();
    let written = filing.at("application-number/doc-number")?.code();
    // Series and serial, though the serial may stand alone.
    let whole =
        if written.len() <= 6 && !series.is_empty() { format!("{series}/{written}") } else { written.to_owned() };
    match ApplicationNumber::read(Office::US, &whole, right) {
        Ok(number) => Some(number),
        Err(error) => {
            findings.warn("number", format!("application number left out: {error}"));
            None
        }
    }
}

fn bibliography(data: Element<'_>, right: RightKind, record: &mut Record, findings: &mut Findings) {
    record.filing_date = data.date("domestic-filing-data/filing-date");
    for field in data.elements() {
        match field.name() {
            "foreign-priority-data" => priority(field, right, record),
            "technical-information" => technical(field, record, findings),
            "continuity-data" => continuity(field, "parent", right, record),
            "prior-publication" => field.children("document-id").for_each(|id| earlier_publication(id, record)),
            "inventors" => {
                for inventor in field.elements() {
                    let Some(found) = party(inventor) else { continue };
                    if inventor.child("authority-applicant").is_some_and(|authority| authority.code() == "INV") {
                        record.applicants.push(found.clone());
                    }
                    record.inventors.push(found);
                }
            }
            "assignee" => record.owners.extend(party(field)),
            "correspondence-address" => correspondence(field, record),
            "international-conventions" => conventions(field, right, record),
            "domestic-filing-data" => {
                for name in ["continued-prosecution-application", "rule-47-flag"] {
                    field.children(name).for_each(Element::pass_over);
                }
            }
            "publication-filing-type" | "appendix-data" => field.pass_over(),
            "document-id" => {}
            _ => field.leave(),
        }
    }
}

fn priority(field: Element<'_>, right: RightKind, record: &mut Record) {
    let office = field.child("country-code").and_then(|code| office(code.code()));
    let Some(written) = field.string("priority-application-number/doc-number") else { return };
    let read = office.and_then(|office| ApplicationNumber::read(office, &written, right).ok());
    let number = read.map_or(written, |number| number.serial);
    record.priorities.push(Priority { office, number, date: field.date("filing-date") });
}

fn technical(field: Element<'_>, record: &mut Record, findings: &mut Findings) {
    record.titles.extend(field.string("title-of-invention").map(|title| Text::new(Some("en"), title)));
    for class in field.all("classification-ipc/*") {
        let Some(text) = class.child("ipc").map(Element::code).filter(|text| !text.is_empty()) else { continue };
        match Ipc::read(text) {
            Some(symbol) if record.ipc.contains(&symbol) => {}
            Some(symbol) => record.ipc.push(symbol),
            None => findings.warn("class", format!("IPC symbol «{text}» left out")),
        }
    }
    for class in field.all("classification-us/*") {
        let written = match class.child("uspc") {
            Some(class) => {
                let column = |name: &str| class.child(name).map(Element::code).unwrap_or_default();
                format!("{:<3}{}", column("class"), column("subclass"))
            }
            None => class.text(),
        };
        record.facts.extend(uspc(&written).map(|class| ("uspc".to_owned(), class)));
    }
    if let Some(botanic) = field.child("botanic") {
        record.facts.push(("species".to_owned(), botanic.text()));
    }
}

/// Relations nest in wrappers; the one around a `parent-child` names it.
fn continuity(element: Element<'_>, relation: &str, right: RightKind, record: &mut Record) {
    for field in element.elements() {
        match field.name() {
            "document-id" => {
                let number = identity(field).map(|id| (filing(id.office, id.number, right), id.date));
                record.related.extend(number.map(|(number, date)| related("provisional", number, date)));
            }
            "parent-child" => {
                if let Some(Identity { office, number, date, .. }) = field.at("parent/document-id").and_then(identity) {
                    record.related.push(related(relation, filing(office, number, right), date));
                }
                if let Some(Identity { office, number, date, .. }) =
                    field.at("parent-patent/document-id").and_then(identity)
                    && let Some(number) = publication(office.unwrap_or(Office::US), number, None)
                {
                    record.related.push(related("parent-patent", number, date));
                }
                field.pass_over();
            }
            "parent-pct" => field.pass_over(),
            "a-371-of-international" => continuity(field, "pct-application", right, record),
            name => continuity(field, name.trim_end_matches("-of").trim_end_matches("-for"), right, record),
        }
    }
}

fn earlier_publication(id: Element<'_>, record: &mut Record) {
    let Some(Identity { office, number, kind, date }) = identity(id) else { return };
    if let Ok(number) = PublicationNumber::read(office.unwrap_or(Office::US), number, kind) {
        let level = Some(level(kind, false));
        record.publications.push(Publication { number, kind: kind.and_then(KindCode::read), date, level });
    }
}

fn conventions(field: Element<'_>, right: RightKind, record: &mut Record) {
    if let Some(Identity { office, number, date, .. }) = field.at("pct-application/document-id").and_then(identity) {
        record.related.push(related("pct-application", filing(office.or(Some(Office::WO)), number, right), date));
    }
    if let Some(Identity { office, number, date, .. }) = field.at("pct-publication/document-id").and_then(identity) {
        let number = publication(office.unwrap_or(Office::WO), number, None).unwrap_or_else(|| number.to_owned());
        record.related.push(related("pct-publication", number, date));
    }
}

fn party(element: Element<'_>) -> Option<Party> {
    let mut name = element.string("organization-name");
    if let Some(person) = element.child("name") {
        let words = ["name-prefix", "given-name", "middle-name", "family-name", "name-suffix"];
        let words: Vec<String> = words.iter().filter_map(|part| person.string(part)).collect();
        name = name.or(Some(words.join(" ")).filter(|name| !name.is_empty()));
    }
    let mut party = Party::named(name?);
    if let Some(residence) = element.at("residence/residence-us").or_else(|| element.at("residence/residence-non-us")) {
        place(residence, &mut party);
    }
    if let Some(address) = element.child("address") {
        place(address, &mut party);
    }
    for name in ["authority-applicant", "assignee-type", "residence"] {
        element.children(name).for_each(Element::pass_over);
    }
    Some(party)
}

/// The address for letters, which names a firm in one line or a person in two.
fn correspondence(element: Element<'_>, record: &mut Record) {
    let words = [element.string("name-1"), element.string("name-2")];
    let mut party = Party::named(words.into_iter().flatten().collect::<Vec<_>>().join(" "));
    if let Some(address) = element.child("address") {
        place(address, &mut party);
    }
    if !party.name.is_empty() && record.inventors.iter().all(|inventor| inventor.name != party.name) {
        record.agents.push(party);
    }
}

/// City, state and country of a residence or an address; what the residence said stays.
fn place(element: Element<'_>, party: &mut Party) {
    let (mut street, mut postcode) = (Vec::new(), None);
    let mut here = Party::default();
    for field in element.elements() {
        let text = field.text();
        match field.name() {
            _ if text.is_empty() => {}
            "city" => here.city = Some(text),
            "state" => here.region = Some(text),
            "country" | "country-code" => here.country = country(&text),
            "postalcode" => postcode = Some(text),
            "email" | "telephone" | "fax" => {}
            _ => street.push(text),
        }
    }
    set_address(&mut here, street, postcode);
    party.address = here.address.or(party.address.take());
    party.city = party.city.take().or(here.city);
    party.region = party.region.take().or(here.region);
    party.country = party.country.take().or(here.country);
}

fn texts(root: Element<'_>, record: &mut Record) {
    for summary in root.children("subdoc-abstract") {
        summary.children("heading").for_each(Element::pass_over);
        let paragraphs: Vec<String> = summary.children("paragraph").map(Element::text).collect();
        let text = paragraphs.join("\n");
        if !text.is_empty() {
            record.abstracts.push(Text::new(Some("en"), text));
        }
    }
    let mut description = Description { lang: Some("en".to_owned()), ..Description::default() };
    root.children("subdoc-description").for_each(|part| sections(part, &mut description));
    record.description = Some(description).filter(|description| !description.is_empty());
    for claims in root.children("subdoc-claims") {
        claims.children("heading").for_each(Element::pass_over);
        record.claims =
            claims.children("claim").zip(1..).filter_map(|(claim, position)| one_claim(claim, position)).collect();
    }
    for (name, kind) in [
        ("subdoc-drawings", ImageKind::Drawing),
        ("subdoc-abstract", ImageKind::Inline),
        ("subdoc-description", ImageKind::Inline),
        ("subdoc-claims", ImageKind::Inline),
    ] {
        for image in root.children(name).flat_map(|part| part.descendants("image")) {
            record.images.extend(image.attr("file").map(|file| Image { file: file.to_owned(), kind }));
        }
    }
    root.children("subdoc-drawings").for_each(Element::pass_over);
}

/// Parts and sections of any depth, with headings and numbered paragraphs.
fn sections(element: Element<'_>, description: &mut Description) {
    for child in element.elements() {
        match child.name() {
            "heading" => description.heading(child.text()),
            "paragraph" => {
                let text = child.text();
                let number = child.string("number").unwrap_or_default();
                description.paragraph(text.strip_prefix(&number).unwrap_or(&text).trim_start());
            }
            _ if child.elements().any(|e| matches!(e.name(), "heading" | "paragraph" | "section")) => {
                sections(child, description);
            }
            _ => description.paragraph(child.text()),
        }
    }
}

fn one_claim(element: Element<'_>, position: u32) -> Option<Claim> {
    let number = element.attr("id").and_then(|id| numbers_in(id).next()).unwrap_or(position);
    let text = without_claim_number(element.text(), number);
    let references = element.descendants("dependent-claim-reference");
    let mut depends_on: Vec<u32> =
        references.iter().filter_map(|e| e.attr("depends_on")).flat_map(numbers_in).filter(|n| *n != number).collect();
    depends_on.sort_unstable();
    depends_on.dedup();
    (!text.is_empty()).then_some(Claim { number, text, depends_on, lang: None })
}
