//! EPO DOCDB: exchange documents, one publication each, whole files as well as cut-out documents that lost their
//! prolog and the declaration of the prefix `exch`. Every delivery of a publication replaces the one before;
//! status `D` takes it back. OPS answers carry the same elements and use the readers of this folder.

mod citations;
mod fields;
mod numbers;
mod parties;

pub(super) use citations::read as references_cited;
pub(super) use fields::symbols;
use fields::{bibliographic, language_texts};
pub(super) use numbers::{Reference, application, claimed_priority};
pub(super) use parties::natural_order;
use records::{Authority, KindCode, Level, Office, Part, PartKey, Publication, PublicationNumber, RightKind, Subject};

use crate::xml::Element;
use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "docdb",
    chinese: "欧专局 DOCDB 交换文献",
    english: "EPO DOCDB exchange document",
    cut: Cut::Elements(&["exchange-document"]),
    recognise,
    read,
};

fn recognise(head: &Head) -> bool {
    head.root_is("exchange-documents") || head.root_is("exchange-document")
}

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |document, findings| {
        if let Some(part) = exchange_document(FORMAT.name, document, findings) {
            findings.parts.push(part);
        }
    });
}

/// The part of one `exchange-document`, keyed under `format`; `None` with a refusal when it has no number.
pub(super) fn exchange_document(format: &str, document: Element<'_>, findings: &mut Findings) -> Option<Part> {
    let country = document.attr("country").unwrap_or_default();
    let (office, text) = (country.parse::<Office>().ok(), document.attr("doc-number"));
    let (Some(office), Some(text)) = (office, text) else {
        findings.refuse("no-number", "the exchange-document has no country of two letters or no doc-number");
        return None;
    };
    let kind = document.attr("kind").and_then(KindCode::read);
    let number = match PublicationNumber::read(office, text, kind.as_ref().map(KindCode::as_str)) {
        Ok(number) => number,
        Err(error) => {
            findings.refuse("no-number", error.to_string());
            return None;
        }
    };
    let mut part = publication_part(format, number, kind);
    part.as_of = document.attr("date-of-last-exchange").and_then(records::read_date);
    match document.attr("status").unwrap_or("A") {
        status if status.starts_with('D') => {
            part.withdrawn = true;
            part.record = records::Record::default();
            document.pass_over();
            return Some(part);
        }
        "A" | "C" | "CV" => {}
        status => {
            findings.warn("status", format!("the status «{status}» is not known; the document is stored as an update"));
        }
    }
    if let Some(publication) = part.record.publications.first_mut() {
        publication.date = document.attr("date-publ").and_then(records::read_date);
    }
    part.record.family_id = document.attr("family-id").filter(|id| !id.trim_matches('0').is_empty()).map(str::to_owned);
    for data in document.children("bibliographic-data") {
        bibliographic(data, &mut part, findings);
    }
    part.record.abstracts.extend(language_texts(document, "abstract"));
    // The family and what else stands beside belong to other publications.
    document.children("patent-family").for_each(Element::pass_over);
    settle(&mut part);
    Some(part)
}

/// An empty part about one publication, with what its kind code tells.
pub(super) fn publication_part(format: &str, number: PublicationNumber, kind: Option<KindCode>) -> Part {
    let office = number.office();
    let key = PartKey::new(format, number.with_kind(kind.as_ref()));
    let subject = Subject { application: None, publications: vec![number.clone()] };
    let mut part = Part::new(key, subject, Authority::Exchange);
    let level = kind.as_ref().zip(office).and_then(|(kind, office)| kind.level(office));
    part.record.right = kind.as_ref().zip(office).and_then(|(kind, office)| kind.right(office));
    part.record.publications.push(Publication { number, kind, date: None, level });
    part
}

/// Brings what kind code and application number say of the kind of right together, and dates the grant.
pub(super) fn settle(part: &mut Part) {
    let record = &mut part.record;
    if let Some(application) = &mut part.subject.application {
        match record.right {
            // DOCDB files utility models and designs of some offices under application kind A.
            Some(right @ (RightKind::UtilityModel | RightKind::Design | RightKind::Plant))
                if application.right == RightKind::Invention =>
            {
                application.right = right;
            }
            _ => record.right = Some(application.right),
        }
    }
    let granted = record.publications.iter().find(|publication| publication.level == Some(Level::Grant));
    if let (None, Some(publication)) = (record.grant_date, granted) {
        record.grant_date = publication.date;
    }
}
