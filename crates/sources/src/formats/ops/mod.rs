//! Answers of EPO's Open Patent Services: bibliographic data, families, legal events, claims, descriptions, numbers,
//! pictures and the European Patent Register. One answer may tell of many publications: each is a part of its own,
//! with only the facts that stand inside its own element. Each service has its own key prefix, so that a short
//! answer never replaces a full one.

mod family;
mod fulltext;
mod register;

use records::{Image, ImageKind, KindCode, Office, Part, PublicationNumber};

use super::docdb::{self, Reference, publication_part, settle};
use crate::xml::Element;
use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "ops",
    chinese: "欧专局开放专利服务应答",
    english: "EPO Open Patent Services answer",
    cut: Cut::Documents,
    recognise,
    read,
};

fn recognise(head: &Head) -> bool {
    head.root_is("world-patent-data")
}

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |root, findings| {
        root.children("meta").for_each(Element::pass_over);
        for answer in root.elements() {
            match answer.name() {
                "exchange-documents" => exchange_documents(answer, findings),
                "fulltext-documents" => fulltext::read(answer, findings),
                "patent-family" => family::read(answer, findings),
                "register-search" => register::read(answer, findings),
                "biblio-search" => search(answer, findings),
                "standardization" => standardization(answer, findings),
                "document-inquiry" => pictures(answer, findings),
                "fault" => {
                    findings.passed_over = Some("an error answer of the service");
                    answer.pass_over();
                }
                _ => {}
            }
        }
        findings.keep_good_parts();
    });
}

fn exchange_documents(answer: Element<'_>, findings: &mut Findings) {
    for document in answer.children("exchange-document") {
        if document.attr("status") == Some("not found") {
            findings.passed_over = Some("a document that the service does not have");
            document.pass_over();
        } else if let Some(part) = docdb::exchange_document("ops-biblio", document, findings) {
            findings.parts.push(part);
        }
    }
}

/// A search lists numbers; only answers with bibliographic data say something about them.
fn search(answer: Element<'_>, findings: &mut Findings) {
    for known in ["query", "range"] {
        answer.children(known).for_each(Element::pass_over);
    }
    for result in answer.children("search-result") {
        for documents in result.children("exchange-documents") {
            exchange_documents(documents, findings);
        }
        result.pass_over();
    }
    if findings.parts.is_empty() {
        findings.passed_over = Some("a list of search results");
    }
}

/// The number service turns a spelling into the normal one and tells the publication's date.
fn standardization(answer: Element<'_>, findings: &mut Findings) {
    answer.children("input").for_each(Element::pass_over);
    for output in answer.children("output") {
        if let Some(mut part) = referenced("ops-number", Reference::read(output.children("publication-reference"))) {
            let dated = part.record.publications.first().is_some_and(|publication| publication.date.is_some());
            settle(&mut part);
            if dated {
                findings.parts.push(part);
            }
        }
        output.pass_over();
    }
    if findings.parts.is_empty() {
        findings.passed_over = Some("a number without a date");
    }
}

/// Where the pictures of a publication can be had.
fn pictures(answer: Element<'_>, findings: &mut Findings) {
    answer.children("publication-reference").for_each(Element::pass_over);
    for result in answer.children("inquiry-result") {
        let Some(mut part) = referenced("ops-image", Reference::read(result.children("publication-reference"))) else {
            findings.refuse("no-number", "the inquiry-result names no publication");
            continue;
        };
        for instance in result.children("document-instance") {
            let kind = match instance.attr("desc") {
                Some("Drawing") => Some(ImageKind::Drawing),
                Some("FirstPageClipping") => Some(ImageKind::Abstract),
                _ => None,
            };
            if let (Some(kind), Some(link)) = (kind, instance.attr("link")) {
                part.record.images.push(Image { file: link.to_owned(), kind });
            }
            instance.pass_over();
        }
        settle(&mut part);
        findings.parts.push(part);
    }
}

/// An empty part about the publication that a reference names, in DOCDB's or EPODOC's spelling.
fn referenced(format: &str, reference: Reference) -> Option<Part> {
    let date = reference.date();
    let (docdb, epodoc) = (reference.docdb.filter(|id| id.country.is_some()), reference.epodoc);
    let kind = docdb.as_ref().and_then(|id| id.kind.clone()).or_else(|| epodoc.as_ref()?.kind.clone());
    let kind = kind.as_deref().and_then(KindCode::read);
    let (office, number): (Office, String) = match (docdb, epodoc) {
        (Some(id), _) => (id.country?, id.number),
        (None, Some(id)) => (id.number.get(..2)?.parse().ok()?, id.number),
        (None, None) => return None,
    };
    let number = PublicationNumber::read(office, &number, kind.as_ref().map(KindCode::as_str)).ok()?;
    let mut part = publication_part(format, number, kind);
    part.record.publications.iter_mut().for_each(|publication| publication.date = date);
    Some(part)
}
