//! EPO full text, `ep-patent-document` 1.0 to 1.5.1: bibliographic data by INID codes (`SDOBI`, ST.32), abstract,
//! description in the language of the proceedings, claims of a B publication in three languages, drawings. The
//! documents of international applications hold bibliographic data alone.

mod parties;
mod sdobi;

use records::{
    ApplicationNumber, Authority, Citation, Claim, Description, Image, ImageKind, KindCode, Level, Office, Part,
    PartKey, Publication, PublicationNumber, Record, RightKind, Subject, Text,
};

use super::claims;
use crate::xml::Element;
use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "ep-fulltext",
    chinese: "欧专局专利全文",
    english: "EPO full text",
    cut: Cut::Elements(&["ep-patent-document"]),
    recognise,
    read,
};

fn recognise(head: &Head) -> bool {
    head.root_is("ep-patent-document")
}

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |document, findings| {
        if let Some(part) = document_part(document, findings) {
            findings.parts.push(part);
        }
    });
}

fn document_part(document: Element<'_>, findings: &mut Findings) -> Option<Part> {
    let attribute = |name: &str| document.attr(name).map(str::to_owned);
    let number = attribute("doc-number").or_else(|| document.string("SDOBI/B100/B110"));
    let kind = attribute("kind").or_else(|| document.string("SDOBI/B100/B130"));
    let Some(number) = number else {
        findings.refuse("no-number", "the document has neither the attribute doc-number nor B110");
        return None;
    };
    let kind = kind.as_deref().and_then(KindCode::read);
    let number = match PublicationNumber::read(Office::EP, &number, kind.as_ref().map(KindCode::as_str)) {
        Ok(number) => number,
        Err(error) => {
            findings.refuse("no-number", error.to_string());
            return None;
        }
    };
    let date =
        document.attr("date-publ").and_then(records::read_date).or_else(|| document.date("SDOBI/B100/B140/date"));
    let application = document.string("SDOBI/B200/B210");
    let application = application.and_then(|text| {
        if let Some(problem) = ApplicationNumber::check(Office::EP, &text, RightKind::Invention) {
            findings.warn("check-digit", problem.to_string());
        }
        let read = ApplicationNumber::read(Office::EP, &text, RightKind::Invention);
        read.map_err(|error| findings.warn("number", error.to_string())).ok()
    });
    let key = PartKey::new(FORMAT.name, number.with_kind(kind.as_ref()));
    let mut part = Part::new(key, Subject { application, publications: vec![number.clone()] }, Authority::Office);
    part.as_of = date;
    part.record.right = Some(RightKind::Invention);
    let level = kind.as_ref().and_then(|kind| kind.level(Office::EP));
    part.record.publications.push(Publication { number, kind, date, level });
    for data in document.children("SDOBI") {
        sdobi::read(data, &mut part.record, findings);
    }
    texts(document, &mut part.record);
    // Corrections of the first page and search reports as images say nothing that could be searched.
    for known in ["search-report-data", "amended-claims", "amended-claims-statement", "doc-page"] {
        document.children(known).for_each(Element::pass_over);
    }
    if level == Some(Level::Application) {
        part.record.owners.clear();
    }
    Some(part)
}

fn texts(document: Element<'_>, record: &mut Record) {
    for element in document.children("abstract") {
        // Pictures first: the text marks everything inside as read.
        images(element, ImageKind::Abstract, record);
        let text = Text::new(element.attr("lang"), element.strings("p").join("\n"));
        if !text.text.is_empty() {
            record.abstracts.push(text);
        }
    }
    for element in document.children("description") {
        images(element, ImageKind::Inline, record);
        let description = description(element);
        if !description.is_empty() && record.description.is_none() {
            record.description = Some(description);
        }
    }
    for element in document.children("claims") {
        images(element, ImageKind::Inline, record);
        record.claims.extend(claims_of(element));
    }
    for element in document.children("drawings") {
        images(element, ImageKind::Drawing, record);
        element.pass_over();
    }
    for list in document.children("ep-reference-list") {
        references(list, record);
        list.pass_over();
    }
}

/// Pictures by file name; one file is often shown in the description of several languages.
fn images(element: Element<'_>, kind: ImageKind, record: &mut Record) {
    for image in element.below(&["img"]) {
        if let Some(file) = image.attr("file") {
            let image = Image { file: file.to_owned(), kind };
            if !record.images.contains(&image) {
                record.images.push(image);
            }
        }
    }
}

fn description(element: Element<'_>) -> Description {
    let mut description =
        Description { lang: element.attr("lang").map(str::to_ascii_lowercase), ..Description::default() };
    for block in element.elements() {
        match block.name() {
            "heading" => description.heading(block.text()),
            _ => description.paragraph(block.text()),
        }
    }
    description
}

fn claims_of(element: Element<'_>) -> Vec<Claim> {
    let lang = element.attr("lang").map(str::to_ascii_lowercase);
    let mut claims = Vec::new();
    for (place, claim) in (1_u32..).zip(element.children("claim")) {
        let number = claim.attr("num").and_then(|number| number.parse().ok()).filter(|n| *n > 0).unwrap_or(place);
        let text = claim.text();
        let text = match claims::split_number(&text) {
            Some((written, words)) if written == number => words.to_owned(),
            _ => text,
        };
        if !text.is_empty() {
            let depends_on = claims::references(&text, number);
            claims.push(Claim { number, text, depends_on, lang: lang.clone() });
        }
    }
    claims
}

/// References that the applicant cites in the description.
fn references(list: Element<'_>, record: &mut Record) {
    for cited in list.below(&["patcit", "nplcit"]) {
        let number = cited.attr("dnum").and_then(PublicationNumber::read_full);
        let number = number.map(|(number, kind)| number.with_kind(kind.as_ref()));
        let text = if number.is_none() { Some(cited.text()).filter(|text| !text.is_empty()) } else { None };
        if number.is_some() || text.is_some() {
            let by = Some("applicant".to_owned());
            record.citations.push(Citation { number, text, by, ..Citation::default() });
        }
    }
}
