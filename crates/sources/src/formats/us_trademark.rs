//! US trade marks: the daily XML file of cases (`trademark-applications-daily`), one `case-file` a mark.

use records::Date;
use records::event::us_trademark;
use records::{
    ApplicationNumber, Authority, Event, NiceClass, Office, OfficeStatus, Part, PartKey, Party, Priority, Record,
    RightKind, Subject, Text, Vienna, read_date,
};

use super::mark_words;
use super::st66::{nice_class, place_owners, terms};
use super::us_forms::{country, office, related};
use super::us_party::{set_address, set_country_by_state};
use crate::{Cut, Element, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "us-trademark",
    chinese: "美国商标（每日 XML）",
    english: "US trade marks, daily XML",
    cut: Cut::Elements(&["case-file"]),
    recognise: |head: &Head| head.root_is("trademark-applications-daily"),
    read,
};

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, case);
}

fn case(case: Element<'_>, findings: &mut Findings) {
    let Some(serial) = case.string("serial-number") else {
        return findings.refuse("no-number", "the case has no serial number (serial-number)");
    };
    let number = match ApplicationNumber::read(Office::US, &serial, RightKind::Trademark) {
        Ok(number) => number,
        Err(error) => return findings.refuse("number", format!("serial number: {error}")),
    };
    let key = PartKey::new(FORMAT.name, &number.serial);
    let subject = Subject { application: Some(number), publications: Vec::new() };
    let mut part = Part::new(key, subject, Authority::Office);
    part.as_of = case.date("transaction-date");
    part.record = fields(case, findings);
    findings.parts.push(part);
}

fn fields(case: Element<'_>, findings: &mut Findings) -> Record {
    let registration = case.string("registration-number");
    let mut record = Record {
        right: Some(RightKind::Trademark),
        registration_number: registration.filter(|number| number.bytes().any(|digit| digit != b'0')),
        ..Record::default()
    };
    case.children("case-file-header").for_each(|header| read_header(header, &mut record, findings));
    statements(case, &mut record, findings);
    classes(case, &mut record);
    events(case, &mut record);
    owners(case, &mut record);
    correspondent(case, &mut record);
    for code in case.all("design-searches/design-search/code") {
        match Vienna::read(code.code()) {
            Some(code) if record.vienna.contains(&code) => {}
            Some(code) => record.vienna.push(code),
            None => findings.warn("class", format!("design code «{}» left out", code.code())),
        }
    }
    other_filings(case, &mut record);
    record
}

fn read_header(header: Element<'_>, record: &mut Record, findings: &mut Findings) {
    let mut status = None;
    let mut status_date = None;
    for field in header.elements() {
        let text = field.code();
        if text.is_empty() {
            continue;
        }
        match field.name() {
            "filing-date" => record.filing_date = read_date(text),
            "registration-date" => record.grant_date = read_date(text),
            "status-code" => status = Some(text),
            "status-date" => status_date = read_date(text),
            "mark-identification" => record.titles.push(Text::new(None, field.text())),
            "mark-drawing-code" => fact(record, "mark_feature", drawing(text)),
            "attorney-name" => record.agents.push(Party::named(field.text())),
            name => flag(name, text, record),
        }
    }
    record.office_status = status.map(|code| office_status(code, status_date, findings));
    if header.child("standard-characters-claimed-in").is_some_and(|flag| flag.code() == "T") {
        record.facts.retain(|(name, _)| name != "mark_feature");
        fact(record, "mark_feature", "Standard characters");
    }
}

fn office_status(code: &str, date: Option<Date>, findings: &mut Findings) -> OfficeStatus {
    let (status, text) = mark_words::status(Office::US, code, None);
    if text == code {
        findings.warn("status", format!("the status code {code} is not known"));
    }
    OfficeStatus { date, text, status }
}

fn fact(record: &mut Record, name: &str, text: impl Into<String>) {
    let text = text.into();
    if !text.is_empty() {
        record.facts.push((name.to_owned(), text));
    }
}

/// First digit of the drawing code. 0 stands in new cases whose drawing nobody has coded yet.
fn drawing(code: &str) -> &'static str {
    match code.chars().next() {
        Some('1') => "Typed drawing",
        Some('2') => "Design only",
        Some('3') => "Design with words",
        Some('4') => "Standard characters",
        Some('5') => "Stylized words",
        Some('6') => "No drawing (sound, scent)",
        _ => "",
    }
}

/// Kinds of mark, grounds of filing, and dates that have no field of their own.
fn flag(name: &str, text: &str, record: &mut Record) {
    let (named, words) = match name {
        "trademark-in" => ("mark_kind", "Trademark"),
        "service-mark-in" => ("mark_kind", "Service mark"),
        "collective-trademark-in" => ("mark_kind", "Collective trademark"),
        "collective-service-mark-in" => ("mark_kind", "Collective service mark"),
        "collective-membership-mark-in" => ("mark_kind", "Collective membership mark"),
        "certification-mark-in" => ("mark_kind", "Certification mark"),
        "use-application-currently-in" => ("filing_basis", "1(a) use"),
        "intent-to-use-current-in" => ("filing_basis", "1(b) intent to use"),
        "section-44d-current-in" => ("filing_basis", "44(d) foreign application"),
        "section-44e-current-in" => ("filing_basis", "44(e) foreign registration"),
        "filing-basis-current-66a-in" => ("filing_basis", "66(a) Madrid"),
        "section-2f-in" => ("distinctiveness", "acquired through use"),
        "supplemental-register-in" | "amend-to-register-in" => ("register", "Supplemental"),
        "color-drawing-current-in" => ("colours", "drawing in colour"),
        "drawing-3d-current-in" => ("mark_feature", "Three-dimensional"),
        "opposition-pending-in" => ("pending", "opposition"),
        "cancellation-pending-in" => ("pending", "cancellation"),
        "interference-pending-in" => ("pending", "interference"),
        "renewal-date" | "abandonment-date" | "cancellation-date" | "published-for-opposition-date" => {
            if let Some(date) = read_date(text) {
                fact(record, &name.replace('-', "_"), date.to_string());
            }
            return;
        }
        _ => return,
    };
    if text == "T" {
        fact(record, named, words);
    }
}

/// Statements: `GSccc n` goods of a class, `DM` description of the mark; the rest are facts.
fn statements(case: Element<'_>, record: &mut Record, findings: &mut Findings) {
    for statement in case.all("case-file-statements/case-file-statement") {
        let code = statement.child("type-code").map(Element::code).unwrap_or_default();
        let text = statement.strings("text").join(" ");
        let kind = code.get(..2).unwrap_or(code);
        if text.is_empty() {
            continue;
        }
        match kind {
            "GS" => goods(code, &text, record, findings),
            "DM" => record.abstracts.push(Text::new(Some("en"), text)),
            "D0" | "D1" => fact(record, "disclaimer", text),
            "CC" | "CD" => fact(record, "colours", text),
            "TR" => fact(record, "translation", text),
            "TL" => fact(record, "transliteration", text),
            "PM" => fact(record, "pseudo_mark", text),
            "LS" => fact(record, "lining", text),
            "N0" => fact(record, "name_consent", text),
            _ => fact(record, "statement", text),
        }
    }
}

/// Goods of one class, `GS0071`: three digits of the class and a running digit. Old US classes keep their goods as
/// a fact. What stands in square brackets was deleted.
fn goods(code: &str, text: &str, record: &mut Record, findings: &mut Findings) {
    let class = code.get(2..5).unwrap_or_default();
    let text = without_deleted(text);
    match class.parse::<u16>() {
        Ok(1..=45) => {
            let Some(class) = nice_class(Some(class), findings) else { return };
            match record.nice.iter_mut().find(|known| known.class == class) {
                Some(known) => known.terms.extend(terms(&text, Some("en"))),
                None => {
                    record.nice.push(NiceClass { class, lang: Some("en".to_owned()), terms: terms(&text, Some("en")) });
                }
            }
        }
        _ => fact(record, "goods", format!("US class {class}: {text}")),
    }
}

fn without_deleted(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((_, behind)) = after.split_once(']') else { break };
        kept.push_str(before);
        rest = behind;
    }
    kept.push_str(rest);
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Classes of the case; they add those whose goods no statement gives, and tell of first use.
fn classes(case: Element<'_>, record: &mut Record) {
    for class in case.all("classifications/classification") {
        for code in class.children("international-code").map(Element::code) {
            let known = |class: u8| record.nice.iter().any(|nice| nice.class == class);
            match code.parse::<u8>() {
                // A, B and 200 are US classes of marks registered before 1973 and of membership marks.
                Err(_) | Ok(0 | 46..) => fact(record, "us_class", code),
                Ok(class) if !known(class) => {
                    record.nice.push(NiceClass { class, lang: Some("en".to_owned()), terms: Vec::new() });
                }
                Ok(_) => {}
            }
        }
        for (name, path) in
            [("first_use", "first-use-anywhere-date"), ("first_use_in_commerce", "first-use-in-commerce-date")]
        {
            // Days and months may be 00: kept as written.
            let date = class.child(path).map(Element::code).filter(|date| date.bytes().any(|digit| digit != b'0'));
            let class = class.child("primary-code").map(Element::code).unwrap_or_default();
            if let Some(date) = date {
                let date = read_date(date).map_or_else(|| date.to_owned(), |date| date.to_string());
                fact(record, name, format!("{class} {date}").trim());
            }
        }
        class.pass_over();
    }
    record.nice.sort_by_key(|nice| nice.class);
}

fn events(case: Element<'_>, record: &mut Record) {
    let mut numbered: Vec<(u32, Event)> = Vec::new();
    for statement in case.all("case-file-event-statements/case-file-event-statement") {
        let field = |name: &str| statement.child(name).map(Element::code).unwrap_or_default();
        let (code, text) = (field("code"), statement.string("description-text").unwrap_or_default());
        let event = Event {
            date: read_date(field("date")),
            code: code.to_owned(),
            effect: us_trademark::effect(code, &text),
            text,
        };
        statement.children("type").for_each(Element::pass_over);
        numbered.push((field("number").parse().unwrap_or(0), event));
    }
    // The newest event has the highest number.
    numbered.sort_by_key(|(number, _)| *number);
    record.events = numbered.into_iter().map(|(_, event)| event).collect();
}

/// Owners by type: tens 1 applicant, 2 owner at publication, 3 registrant, 4 and up later owners.
fn owners(case: Element<'_>, record: &mut Record) {
    let mut typed = Vec::new();
    for owner in case.all("case-file-owners/case-file-owner") {
        let mut party = Party::default();
        let (mut street, mut postcode, mut code) = (Vec::new(), None, 0);
        for field in owner.elements() {
            let text = field.text();
            match field.name() {
                _ if text.is_empty() => {}
                "party-name" => party.name = text,
                "party-type" => code = text.parse().unwrap_or(0),
                "address-1" | "address-2" => street.push(text),
                "city" => party.city = Some(text),
                "state" => party.region = Some(text),
                "country" | "other" => party.country = country(&text),
                "postcode" => postcode = Some(text),
                _ => {}
            }
        }
        set_country_by_state(&mut party);
        if party.country.is_none() {
            party.country = owner.string("nationality/country").and_then(|code| country(&code));
        }
        set_address(&mut party, street, postcode);
        owner.pass_over();
        if !party.name.is_empty() {
            typed.push((code, party));
        }
    }
    place_owners(typed, record);
}

/// The address for letters: name of the attorney's firm and lines.
fn correspondent(case: Element<'_>, record: &mut Record) {
    let lines: Vec<String> =
        case.all("correspondent/*").into_iter().map(Element::text).filter(|t| !t.is_empty()).collect();
    let Some((name, address)) = lines.split_first() else { return };
    let address = Some(address.join(", ")).filter(|address| !address.is_empty());
    match record.agents.first_mut() {
        Some(agent) => {
            agent.organisation = Some(name.clone()).filter(|name| !name.eq_ignore_ascii_case(&agent.name));
            agent.address = address;
        }
        None => record.agents.push(Party { address, ..Party::named(name.clone()) }),
    }
}

/// Foreign filings, earlier registrations and the international registration.
fn other_filings(case: Element<'_>, record: &mut Record) {
    for filing in case.all("foreign-applications/foreign-application") {
        let office = filing.string("country").or_else(|| filing.string("other")).and_then(|code| office(&code));
        let date = filing.date("filing-date");
        let number = filing.string("application-number");
        let claimed = filing.child("foreign-priority-claim-in").is_some_and(|flag| flag.code() == "T");
        let registered = filing.string("registration-number");
        let with_office = |number: String| office.map_or(number.clone(), |office| format!("{office} {number}"));
        match number {
            Some(number) if claimed => record.priorities.push(Priority { office, number, date }),
            Some(number) => record.related.push(related("foreign-application", with_office(number), date)),
            None => {}
        }
        if let Some(number) = registered {
            record.related.push(related("foreign-registration", with_office(number), filing.date("registration-date")));
        }
        filing.pass_over();
    }
    for earlier in case.all("prior-registration-applications/prior-registration-application") {
        if let Some(number) = earlier.string("number") {
            record.related.push(related("earlier-mark", format!("US {number}"), None));
        }
        earlier.pass_over();
    }
    if case.string("prior-registration-applications/other-related-in").is_some_and(|flag| flag == "T") {
        fact(record, "earlier_marks", "and others");
    }
    for international in case.children("international-registration") {
        if let Some(number) = international.string("international-registration-number") {
            let date = international.date("international-registration-date");
            record.related.push(related("international-registration", format!("WO {number}"), date));
        }
        international.pass_over();
    }
    case.children("madrid-international-filing-requests").for_each(Element::pass_over);
}
