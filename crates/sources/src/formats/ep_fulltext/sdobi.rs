//! Bibliographic data by INID codes.

use records::{
    ApplicationNumber, Citation, Cpc, Effect, Event, Ipc, KindCode, Office, Priority, PublicationNumber, Record,
    Related, RightKind, Text,
};

use super::super::old_ipc::edition_symbol;
use super::parties;
use crate::Findings;
use crate::xml::Element;

/// Dates with a meaning of their own: path, words, effect.
const DATES: [(&str, &str, Option<Effect>); 6] = [
    ("B200/B240/B241", "Request for examination", Some(Effect::Examination)),
    ("B200/B240/B242", "First examination report despatched", None),
    ("B400/B430", "Application published", Some(Effect::Published)),
    ("B400/B452EP", "Intention to grant announced", None),
    ("B400/B450", "Mention of grant", Some(Effect::Granted)),
    ("B400/B477", "Decision after opposition or limitation published", Some(Effect::Narrowed)),
];

/// Reads `SDOBI`.
pub(super) fn read(data: Element<'_>, record: &mut Record, findings: &mut Findings) {
    data.children("B000").for_each(Element::pass_over);
    data.children("B100").for_each(Element::pass_over);
    record.filing_date = data.date("B200/B220/date");
    record.grant_date = data.date("B400/B450/date");
    for (path, words, effect) in DATES {
        if let Some(date) = data.date(&format!("{path}/date")) {
            let code = path.rsplit('/').next().unwrap_or(path).to_owned();
            record.events.push(Event { date: Some(date), code, text: words.to_owned(), effect });
        }
    }
    lapses(data, record);
    for priorities in data.children("B300") {
        read_priorities(priorities, record);
    }
    for technical in data.children("B500") {
        classes(technical, record, findings);
        titles(technical, record);
        citations(technical, record);
        technical.children("B590").for_each(Element::pass_over);
    }
    relations(data, record);
    for parties_data in data.children("B700") {
        parties::read(parties_data, record);
    }
    for passed in ["B200", "B400", "B800"] {
        data.children(passed).for_each(Element::pass_over);
    }
}

/// Lapse in single states leaves the patent alive in the others.
fn lapses(data: Element<'_>, record: &mut Record) {
    for lapse in data.all("B400/B472/B475") {
        let mut date = None;
        for field in lapse.elements() {
            match field.name() {
                "date" => date = records::read_date(&field.text()),
                "ctry" => {
                    let text = format!("Lapsed in {}", field.text());
                    record.events.push(Event { date: date.take(), code: "B475".to_owned(), text, effect: None });
                }
                _ => {}
            }
        }
    }
}

/// Number, date and country follow each other; each number begins a claim.
fn read_priorities(data: Element<'_>, record: &mut Record) {
    let mut claims: Vec<(String, Option<records::Date>, Option<Office>)> = Vec::new();
    for field in data.elements() {
        match (field.name(), claims.last_mut()) {
            ("B310", _) => claims.push((field.text(), None, None)),
            ("B320", Some(claim)) => claim.1 = field.date("date"),
            ("B330", Some(claim)) => claim.2 = field.string("ctry").and_then(|code| code.parse().ok()),
            _ => field.pass_over(),
        }
    }
    for (written, date, office) in claims.into_iter().filter(|(written, _, _)| !written.is_empty()) {
        let read = office.and_then(|office| ApplicationNumber::read_docdb(office, &written, None, date).ok());
        let office = read.as_ref().map(|number| number.office).or(office);
        let number = read.map_or(written, |number| number.serial);
        record.priorities.push(Priority { office, number, date });
    }
}

fn classes(data: Element<'_>, record: &mut Record, findings: &mut Findings) {
    let mut texts = data.strings("B510EP/classification-ipcr/text");
    for old in data.children("B510") {
        old.children("B516").for_each(Element::pass_over);
        texts.extend(old.elements().filter(|e| e.name() != "B516").map(|e| edition_symbol(&e.text())));
    }
    for text in texts.iter().filter(|text| !text.is_empty()) {
        match Ipc::read(text) {
            Some(symbol) if record.ipc.contains(&symbol) => {}
            Some(symbol) => record.ipc.push(symbol),
            None => findings.warn("class", format!("«{text}» is not an IPC symbol; left out")),
        }
    }
    for text in data.strings("B520EP/classifications-cpc/classification-cpc/text") {
        match Cpc::read(&text) {
            Some(symbol) if record.cpc.contains(&symbol) => {}
            Some(symbol) => record.cpc.push(symbol),
            None => findings.warn("class", format!("«{text}» is not a CPC symbol; left out")),
        }
    }
}

/// Language and title follow each other.
fn titles(data: Element<'_>, record: &mut Record) {
    let mut lang = None;
    for field in data.all("B540").into_iter().flat_map(Element::elements) {
        match field.name() {
            "B541" => lang = Some(field.text()),
            "B542" => {
                let title = Text::new(lang.take().as_deref(), field.text());
                if !title.text.is_empty() {
                    record.titles.push(title);
                }
            }
            _ => field.pass_over(),
        }
    }
}

fn citations(data: Element<'_>, record: &mut Record) {
    let by = || Some("examiner".to_owned());
    for list in data.children("B560") {
        for field in list.elements() {
            let text = field.string("text");
            match (field.name(), text) {
                ("B561", Some(text)) => {
                    let number = cited_patent(&text);
                    let text = number.is_none().then_some(text);
                    record.citations.push(Citation { number, text, by: by(), ..Citation::default() });
                }
                ("B562", text @ Some(_)) => {
                    record.citations.push(Citation { text, by: by(), ..Citation::default() });
                }
                _ => field.pass_over(),
            }
        }
    }
}

/// `EP-A1- 3 109 871`, `WO-A-95/34526`, `US-A1- 2008 197 955`.
fn cited_patent(text: &str) -> Option<String> {
    let mut fields = text.splitn(3, '-');
    let office: Office = fields.next()?.parse().ok()?;
    let (kind, number) = (fields.next()?, fields.next()?);
    let kind = KindCode::read(kind);
    let number = PublicationNumber::read(office, number, kind.as_ref().map(KindCode::as_str)).ok()?;
    Some(number.with_kind(kind.as_ref()))
}

/// Divisional parents and children, and the international application.
fn relations(data: Element<'_>, record: &mut Record) {
    let mut add = |relation: &str, office: Office, text: Option<String>, date| {
        let Some(text) = text else { return };
        let read = ApplicationNumber::read(office, &text, RightKind::Invention);
        let number = read.map_or_else(|_| format!("{office} {text}"), |number| format!("{office}{}", number.serial));
        record.related.push(Related { relation: relation.to_owned(), number, date });
    };
    for (path, relation) in [("B600/B620/parent/pdoc", "division"), ("B600/B620EP/parent/cdoc", "divisional")] {
        for document in data.all(path) {
            let number = document.string("dnum/anum").or_else(|| document.string("dnum/text"));
            add(relation, Office::EP, number, document.date("date"));
        }
    }
    for document in data.all("B800/B860/B861") {
        add("pct", Office::WO, document.string("dnum/anum"), document.date("date"));
    }
    for document in data.all("B800/B870/B871") {
        let number = document.string("dnum/pnum");
        if let Some(number) = number.and_then(|text| PublicationNumber::read(Office::WO, &text, None).ok()) {
            let (relation, number) = ("pct".to_owned(), number.to_string());
            record.related.push(Related { relation, number, date: document.date("date") });
        }
    }
    data.children("B600").for_each(Element::pass_over);
}
