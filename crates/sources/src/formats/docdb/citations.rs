//! Cited documents.

use records::{Citation, KindCode, Office, PublicationNumber, Record};

use super::numbers::Reference;
use crate::xml::Element;

/// Reads `references-cited`.
pub(in super::super) fn read(data: Element<'_>, record: &mut Record) {
    for references in data.children("references-cited") {
        for citation in references.children("citation") {
            let category = category(citation);
            let by = cited_by(citation.attr("cited-by"), citation.attr("cited-phase"));
            for found in cited(citation) {
                let found = Citation { category: category.clone(), by: by.clone(), ..found };
                if !record.citations.contains(&found) {
                    record.citations.push(found);
                }
            }
            citation.pass_over();
        }
    }
}

fn cited(citation: Element<'_>) -> Vec<Citation> {
    let mut found = Vec::new();
    for patent in citation.children("patcit") {
        let number = patent_number(patent);
        let text = number.is_none().then(|| patent.attr("dnum").map(str::to_owned).or(patent.string("text"))).flatten();
        if number.is_some() || text.is_some() {
            found.push(Citation { number, text, ..Citation::default() });
        }
    }
    for literature in citation.children("nplcit") {
        let text = literature.string("text").or_else(|| Some(literature.text()).filter(|text| !text.is_empty()));
        if text.is_some() {
            found.push(Citation { text, ..Citation::default() });
        }
    }
    found
}

/// A cited publication in normal form with its kind, such as `CN203232659U`.
fn patent_number(patent: Element<'_>) -> Option<String> {
    let reference = Reference::read([patent]);
    let (office, number, kind) = match (reference.docdb, reference.epodoc) {
        (Some(id), _) if id.country.is_some() => (id.country?, id.number, id.kind),
        (_, Some(id)) | (Some(id), None) => (id.number.get(..2)?.parse::<Office>().ok()?, id.number, id.kind),
        (None, None) => return None,
    };
    let kind = kind.as_deref().and_then(KindCode::read);
    let number = PublicationNumber::read(office, &number, kind.as_ref().map(KindCode::as_str)).ok()?;
    Some(number.with_kind(kind.as_ref()))
}

/// Categories of the search report (X, Y, A …), each once.
fn category(citation: Element<'_>) -> Option<String> {
    let mut letters = String::new();
    let mut categories = citation.strings("category");
    categories.extend(citation.strings("rel-passage/category"));
    for letter in categories.iter().flat_map(|text| text.chars()).filter(char::is_ascii_uppercase) {
        if !letters.contains(letter) {
            letters.push(letter);
        }
    }
    (!letters.is_empty()).then_some(letters)
}

/// Who cited, from OPS's own word or the phase in which the citation came up.
fn cited_by(by: Option<&str>, phase: Option<&str>) -> Option<String> {
    let by = match (by, phase) {
        (Some(by @ ("applicant" | "examiner")), _) => by,
        (_, Some("APP")) => "applicant",
        (_, Some("OPP" | "FOP" | "TPO" | "opposition")) => "third party",
        (_, Some("undefined") | None) => return None,
        (_, Some(_)) => "examiner",
    };
    Some(by.to_owned())
}
