//! Bibliographic data of a US patent document.

use records::{ApplicationNumber, Record, RightKind, Text, read_date};
use records::{Citation, Cpc, Date, Ipc, KindCode, Locarno, Office, Priority, Publication, PublicationNumber};

use super::super::us_forms::{cited_patent, filing, level, office, related, uspc};
use super::parties;
use crate::{Element, Findings};

/// `document-id`: country, number, kind, name, date.
pub(super) struct DocumentId<'t> {
    pub(super) office: Option<Office>,
    pub(super) number: &'t str,
    pub(super) kind: Option<&'t str>,
    pub(super) name: Option<&'t str>,
    pub(super) date: Option<Date>,
}

impl<'t> DocumentId<'t> {
    /// Reads the element; `None` without a number.
    pub(super) fn read(element: Element<'t>) -> Option<Self> {
        let mut found = Self { office: None, number: "", kind: None, name: None, date: None };
        for field in element.elements() {
            match field.name() {
                "country" => found.office = office(field.code()),
                "doc-number" => found.number = field.code(),
                // Relations carry the kind `00`: not said.
                "kind" => found.kind = Some(field.code()).filter(|kind| kind.starts_with(|c: char| c.is_alphabetic())),
                "name" => found.name = Some(field.code()),
                "date" => found.date = read_date(field.code()),
                _ => {}
            }
        }
        (!found.number.is_empty()).then_some(found)
    }
}

/// Reads everything but the publication and the application themselves.
pub(super) fn read(data: Element<'_>, record: &mut Record, findings: &mut Findings) {
    let lang = data.attr("lang").map_or_else(|| "en".to_owned(), str::to_ascii_lowercase);
    let right = record.right.unwrap_or(RightKind::Invention);
    for field in data.elements() {
        match field.name() {
            "application-reference" => record.filing_date = field.date("document-id/date"),
            "invention-title" => push_title(field, &lang, record),
            "priority-claims" => field.children("priority-claim").for_each(|claim| priority(claim, right, record)),
            "classifications-ipcr" => ipcr(field, record, findings),
            "classification-ipc" => ipc(field, record, findings),
            "classifications-cpc" => cpc(field, record, findings),
            "classification-locarno" => locarno(field, record, findings),
            "classification-national" => national(field, record),
            "us-references-cited" | "references-cited" => citations(field, record),
            "us-related-documents" => related_documents(field, right, record),
            "us-parties" | "parties" => parties::parties(field, record),
            "assignees" => parties::assignees(field, record),
            "pct-or-regional-filing-data" | "pct-or-regional-publishing-data" => pct(field, right, record),
            "hague-agreement-data" => hague(field, record),
            _ => other_facts(field, record),
        }
    }
    parties::owners_among_applicants(data, record);
}

fn push_title(field: Element<'_>, lang: &str, record: &mut Record) {
    let title = field.text();
    if !title.is_empty() {
        record.titles.push(Text::new(Some(lang), title));
    }
}

fn other_facts(field: Element<'_>, record: &mut Record) {
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            record.facts.push((name.to_owned(), text));
        }
    };
    match field.name() {
        "us-term-of-grant" => {
            for term in field.elements() {
                match term.name() {
                    "us-term-extension" => fact("term_extension_days", term.text()),
                    "length-of-grant" => fact("term_years", term.text()),
                    "disclaimer" => fact("terminal_disclaimer", term.text()),
                    _ => {}
                }
            }
        }
        "examiners" => {
            for examiner in field.elements() {
                let role = if examiner.name() == "primary-examiner" { "examiner" } else { "assistant_examiner" };
                fact(role, parties::name(examiner).unwrap_or_default());
                examiner.children("department").for_each(Element::pass_over);
            }
        }
        "us-botanic" => {
            fact("species", field.string("latin-name").unwrap_or_default());
            fact("variety", field.string("variety").unwrap_or_default());
        }
        "bio-deposit" => fact("biological_deposit", field.text()),
        "publication-reference"
        | "us-application-series-code"
        | "number-of-claims"
        | "us-exemplary-claim"
        | "figures"
        | "us-field-of-classification-search"
        | "field-of-search"
        | "us-publication-filing-type"
        | "us-issued-on-continued-prosecution-application"
        | "rule-47-flag"
        | "us-sir-flag"
        | "us-microform-quantity"
        | "patent-family"
        | "text" => field.pass_over(),
        _ => field.leave(),
    }
}

fn priority(claim: Element<'_>, right: RightKind, record: &mut Record) {
    let Some(claimed) = DocumentId::read(claim) else { return };
    let read = claimed.office.and_then(|office| ApplicationNumber::read(office, claimed.number, right).ok());
    let number = read.map_or_else(|| claimed.number.to_owned(), |number| number.serial);
    record.priorities.push(Priority { office: claimed.office, number, date: claimed.date });
}

/// Section to subgroup put together, and whether the symbol is the first one.
fn symbol(classification: Element<'_>) -> (String, bool) {
    let (mut symbol, mut first) = (String::with_capacity(16), false);
    for field in classification.elements() {
        match field.name() {
            "section" | "class" | "subclass" | "main-group" => symbol.push_str(field.code()),
            "subgroup" => {
                symbol.push('/');
                symbol.push_str(field.code());
            }
            "symbol-position" => first = field.code() == "F",
            "text" if symbol.is_empty() => symbol = field.text(),
            "ipc-version-indicator" | "cpc-version-indicator" | "action-date" | "generating-office" => {
                field.pass_over();
            }
            _ => {}
        }
    }
    (symbol, first)
}

/// Adds a symbol once; the office's first symbol goes to the front.
fn add<T: PartialEq>(list: &mut Vec<T>, symbol: T, first: bool) {
    if let Some(at) = list.iter().position(|known| *known == symbol) {
        if first {
            list[..=at].rotate_right(1);
        }
    } else {
        list.insert(if first { 0 } else { list.len() }, symbol);
    }
}

fn ipcr(classes: Element<'_>, record: &mut Record, findings: &mut Findings) {
    for classification in classes.children("classification-ipcr") {
        let (text, first) = symbol(classification);
        match Ipc::read(&text) {
            Some(symbol) => add(&mut record.ipc, symbol, first),
            None => findings.warn("class", format!("IPC symbol «{text}» left out")),
        }
    }
}

/// Up to edition 7: `A41D013/00`.
fn ipc(classification: Element<'_>, record: &mut Record, findings: &mut Findings) {
    for field in classification.elements() {
        let text = match field.name() {
            "main-classification" | "further-classification" => field.code(),
            _ => continue,
        };
        match Ipc::read(text) {
            Some(symbol) => add(&mut record.ipc, symbol, field.name() == "main-classification"),
            None if text.is_empty() || text == "None" => {}
            None => findings.warn("class", format!("IPC symbol «{text}» left out")),
        }
    }
}

fn cpc(classes: Element<'_>, record: &mut Record, findings: &mut Findings) {
    for classification in classes.descendants("classification-cpc") {
        let (text, first) = symbol(classification);
        match Cpc::read(&text) {
            Some(symbol) => add(&mut record.cpc, symbol, first),
            None => findings.warn("class", format!("CPC symbol «{text}» left out")),
        }
    }
    classes.children("further-cpc").for_each(Element::pass_over);
    classes.children("main-cpc").for_each(Element::pass_over);
}

fn locarno(classification: Element<'_>, record: &mut Record, findings: &mut Findings) {
    for field in classification.elements() {
        let text = match field.name() {
            "main-classification" | "further-classification" => field.code(),
            _ => continue,
        };
        match Locarno::read(text) {
            Some(symbol) => add(&mut record.locarno, symbol, false),
            None if text.is_empty() || text == "None" => {}
            None => findings.warn("class", format!("Locarno class «{text}» left out")),
        }
    }
}

/// US classes, kept as facts.
fn national(classification: Element<'_>, record: &mut Record) {
    for field in classification.elements() {
        if matches!(field.name(), "main-classification" | "further-classification")
            && let Some(class) = uspc(field.raw())
        {
            record.facts.push(("uspc".to_owned(), class));
        }
    }
}

fn citations(list: Element<'_>, record: &mut Record) {
    for citation in list.elements() {
        let by = citation.child("category").map(|category| cited_by(category.code()));
        if let Some(patent) = citation.child("patcit") {
            let cited = patent.child("document-id").and_then(DocumentId::read);
            let found = match cited {
                Some(cited) => cited_patent(cited.office, cited.number, cited.kind, cited.name, by),
                None => literature(patent, by),
            };
            record.citations.extend(found);
        } else if let Some(text) = citation.child("nplcit") {
            record.citations.extend(literature(text, by));
        }
        // Classes of the cited document.
        for name in ["classification-cpc-text", "classification-national", "classification-ipc"] {
            citation.children(name).for_each(Element::pass_over);
        }
    }
}

fn literature(element: Element<'_>, by: Option<String>) -> Option<Citation> {
    let text = element.text();
    (!text.is_empty()).then(|| Citation { text: Some(text), by, ..Citation::default() })
}

/// `cited by examiner` as `examiner`.
fn cited_by(category: &str) -> String {
    category.strip_prefix("cited by ").unwrap_or(category).to_owned()
}

fn related_documents(documents: Element<'_>, right: RightKind, record: &mut Record) {
    for document in documents.elements() {
        match document.name() {
            "related-publication" => earlier_publication(document, record),
            "us-provisional-application" => {
                document.children("us-provisional-application-status").for_each(Element::pass_over);
                let filed = document.child("document-id").and_then(DocumentId::read);
                record.related.extend(filed.map(|d| related("provisional", filing(d.office, d.number, right), d.date)));
            }
            name => {
                let relation = name.trim_start_matches("us-");
                for element in document.elements() {
                    parent(element, relation, right, record);
                }
            }
        }
    }
}

/// The parents of a relation: their application, and the patent or PCT application that came of it.
fn parent(relation: Element<'_>, name: &str, right: RightKind, record: &mut Record) {
    relation.children("child-doc").for_each(Element::pass_over);
    for parent in relation.children("parent-doc") {
        for field in parent.elements() {
            let (name, document) = match field.name() {
                "document-id" => (name, Some(field)),
                "parent-grant-document" => ("parent-patent", field.child("document-id")),
                "parent-pct-document" => (name, field.child("document-id")),
                _ => continue,
            };
            let Some(document) = document.and_then(DocumentId::read) else { continue };
            let number = match field.name() {
                "parent-grant-document" => granted(&document),
                _ => filing(document.office, document.number, right),
            };
            let entry = related(name, number, document.date);
            if !record.related.contains(&entry) {
                record.related.push(entry);
            }
        }
    }
}

fn granted(document: &DocumentId<'_>) -> String {
    let office = document.office.unwrap_or(Office::US);
    let number = PublicationNumber::read(office, document.number, document.kind);
    number.map_or_else(|_| format!("{office} {}", document.number), |number| number.to_string())
}

/// The earlier publication of the same application (INID 65).
fn earlier_publication(element: Element<'_>, record: &mut Record) {
    let Some(document) = element.child("document-id").and_then(DocumentId::read) else { return };
    let office = document.office.unwrap_or(Office::US);
    let Ok(number) = PublicationNumber::read(office, document.number, document.kind) else { return };
    let kind = document.kind.and_then(KindCode::read);
    let level = Some(level(document.kind, false));
    if record.publications.iter().all(|known| known.number != number || known.kind != kind) {
        record.publications.push(Publication { number, kind, date: document.date, level });
    }
}

fn pct(data: Element<'_>, right: RightKind, record: &mut Record) {
    let publishing = data.name() == "pct-or-regional-publishing-data";
    for field in data.elements() {
        match field.name() {
            "document-id" => {
                let Some(document) = DocumentId::read(field) else { continue };
                let (relation, number) = if publishing {
                    ("pct-publication", granted(&document))
                } else {
                    ("pct-application", filing(document.office.or(Some(Office::WO)), document.number, right))
                };
                record.related.push(related(relation, number, document.date));
            }
            "us-371c124-date" | "us-371c12-date" => {
                if let Some(date) = field.date("date") {
                    record.facts.push(("national_phase_date".to_owned(), date.to_string()));
                }
            }
            _ => {}
        }
    }
}

/// A design that came by the Hague system.
fn hague(data: Element<'_>, record: &mut Record) {
    let date = data.date("international-registration-date/date");
    if let Some(number) = data.string("international-registration-number") {
        record.related.push(related("international-registration", number, date));
    }
    data.pass_over();
}
