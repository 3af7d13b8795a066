//! US patent grants and applications in XML v4.0 to v4.7: `us-patent-grant`, `us-patent-application`.
//!
//! A weekly file is a chain of whole documents; it may also hold sequence listings and other roots, which are passed
//! over. Utility, design, plant and reissue patents and statutory invention registrations share one form.

mod bibliography;
mod parties;
mod text;

use records::{ApplicationNumber, Authority, Image, ImageKind, Office, Part, PartKey, Publication, PublicationNumber};
use records::{KindCode, Record, RightKind, Subject, read_date};

use self::bibliography::DocumentId;
use super::us_forms::level;
use crate::{Cut, Element, Findings, Format, Head, RawRecord};

/// Grants.
pub(crate) static GRANT: Format = Format {
    name: "us-grant",
    chinese: "美国授权专利（XML 4.x 版）",
    english: "US patent grants, XML v4",
    cut: Cut::Documents,
    recognise: |head: &Head| head.root_is("us-patent-grant") || head.root_is("sequence-cwu"),
    read,
};

/// Published applications.
pub(crate) static APPLICATION: Format = Format {
    name: "us-application",
    chinese: "美国专利申请公布（XML 4.x 版）",
    english: "US patent applications, XML v4",
    cut: Cut::Documents,
    recognise: |head: &Head| head.root_is("us-patent-application"),
    read,
};

fn read(record: &RawRecord, findings: &mut Findings) {
    let grant = match root_name(&record.bytes) {
        b"us-patent-grant" => true,
        b"us-patent-application" => false,
        b"sequence-cwu" => {
            findings.passed_over = Some("sequence listing");
            return;
        }
        _ => {
            findings.passed_over = Some("neither a grant nor an application");
            return;
        }
    };
    record.with_xml(findings, |root, findings| document(root, grant, findings));
}

/// Local name of the root element.
fn root_name(bytes: &[u8]) -> &[u8] {
    let name = bytes.get(1..).unwrap_or_default();
    let end = name.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).unwrap_or(name.len());
    name[..end].rsplit(|b| *b == b':').next().unwrap_or_default()
}

fn document(root: Element<'_>, grant: bool, findings: &mut Findings) {
    let name = if grant { "us-bibliographic-data-grant" } else { "us-bibliographic-data-application" };
    let Some(data) = root.child(name) else {
        return findings.refuse("no-bibliography", format!("the document has no <{name}>"));
    };
    let Some(published) = data.at("publication-reference/document-id").and_then(DocumentId::read) else {
        return findings.refuse("no-number", "the document has no publication number (publication-reference)");
    };
    let number = match PublicationNumber::read(Office::US, published.number, published.kind) {
        Ok(number) => number,
        Err(error) => return findings.refuse("number", format!("publication number: {error}")),
    };
    let kind = published.kind.and_then(KindCode::read);
    let full_text = root.child("description").is_some() || root.child("claims").is_some();
    let key = part_key(grant, full_text, &number, kind.as_ref());
    let application = application(data, findings);

    let mut record = Record { right: right(data, application.as_ref()), ..Record::default() };
    if grant {
        record.registration_number = Some(number.as_str().trim_start_matches("US").to_owned());
        record.grant_date = published.date;
    }
    let level = Some(level(kind.as_ref().map(KindCode::as_str), grant));
    record.publications.push(Publication { number, kind, date: published.date, level });
    bibliography::read(data, &mut record, findings);
    text::read(root, &mut record);
    record.images = images(root, record.right == Some(RightKind::Design));
    pass_over_rest(root);

    let publications = record.publications.iter().map(|publication| publication.number.clone()).collect();
    let mut part = Part::new(key, Subject { application, publications }, Authority::Office);
    part.as_of = root.attr("date-produced").and_then(read_date).or(published.date);
    part.record = record;
    findings.parts.push(part);
}

/// Bibliographic files tell of the same publications as full-text files; each keeps a part of its own, so that one
/// never takes the text of the other away.
fn part_key(grant: bool, full_text: bool, number: &PublicationNumber, kind: Option<&KindCode>) -> PartKey {
    let source = match (grant, full_text) {
        (true, true) => GRANT.name,
        (true, false) => "us-grant-biblio",
        (false, true) => APPLICATION.name,
        (false, false) => "us-application-biblio",
    };
    PartKey::new(source, format_args!("{number}{}", kind.map_or("", KindCode::as_str)))
}

fn application(data: Element<'_>, findings: &mut Findings) -> Option<ApplicationNumber> {
    let reference = data.child("application-reference")?;
    let filed = DocumentId::read(reference.child("document-id")?)?;
    match ApplicationNumber::read(Office::US, filed.number, filing_type(reference)) {
        Ok(number) => Some(number),
        Err(error) => {
            findings.warn("number", format!("application number left out: {error}"));
            None
        }
    }
}

fn filing_type(reference: Element<'_>) -> RightKind {
    match reference.attr("appl-type") {
        Some("design") => RightKind::Design,
        Some("plant") => RightKind::Plant,
        _ => RightKind::Invention,
    }
}

/// Kind of right: the number tells designs apart, the filing type the rest.
fn right(data: Element<'_>, application: Option<&ApplicationNumber>) -> Option<RightKind> {
    let filed = data.child("application-reference").map(filing_type);
    application.map(|application| application.right).or(filed)
}

/// Drawing sheets, and formulas and symbols that stand as pictures in the text.
fn images(root: Element<'_>, design: bool) -> Vec<Image> {
    let mut images = Vec::new();
    let mut gather = |element: Element<'_>, kind: ImageKind| {
        for image in element.descendants("img") {
            if let Some(file) = image.attr("file") {
                images.push(Image { file: file.to_owned(), kind });
            }
        }
    };
    let sheets = if design { ImageKind::Design } else { ImageKind::Drawing };
    root.children("drawings").for_each(|drawings| gather(drawings, sheets));
    for name in ["abstract", "description", "claims"] {
        root.children(name).for_each(|text| gather(text, ImageKind::Inline));
    }
    images
}

/// Files that lie beside the document, and phrases that every document repeats.
fn pass_over_rest(root: Element<'_>) {
    for name in [
        "drawings",
        "us-chemistry",
        "us-math",
        "us-claim-statement",
        "us-sequence-list-doc",
        "us-megatable-doc",
        "table-external-doc",
    ] {
        root.children(name).for_each(Element::pass_over);
    }
}
