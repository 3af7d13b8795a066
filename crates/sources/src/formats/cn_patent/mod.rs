//! Reader of CNIPA's standardised patent documents (`business:PatentDocumentAndRelated`): bibliographic data and
//! full text of inventions, utility models and designs, and foreign documents in the same form.

mod biblio;
mod parties;
mod text;

pub(super) use parties::firm_and_code;

use records::{
    ApplicationNumber, Authority, KindCode, Office, Part, PartKey, Publication, PublicationNumber, Record, RightKind,
    Subject, read_date,
};

use crate::{Cut, Element, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "cn-patent",
    chinese: "中国专利标准化数据",
    english: "CNIPA standardised patent documents",
    cut: Cut::Documents,
    recognise,
    read,
};

fn recognise(head: &Head) -> bool {
    head.root_is("PatentDocumentAndRelated")
}

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, document);
}

/// What a document says of itself before anything else is read.
struct Identity {
    office: Office,
    right: RightKind,
    publication: Publication,
    application: Option<ApplicationNumber>,
}

fn document(root: Element<'_>, findings: &mut Findings) {
    let design = root.child("DesignBibliographicData");
    let Some(bib) = design.or_else(|| root.child("BibliographicData")) else {
        findings.refuse("no-data", "there is neither BibliographicData nor DesignBibliographicData");
        return;
    };
    let Some(identity) = identity(root, bib, design.is_some(), findings) else { return };
    let Identity { office, right, publication, application } = identity;
    let key = PartKey::new(FORMAT.name, publication.number.with_kind(publication.kind.as_ref()));
    let mut record = Record { right: Some(right), publications: vec![publication], ..Record::default() };
    biblio::read(bib, office, &mut record, findings);
    text::read(root, office, &mut record);
    let mut publications: Vec<_> = record.publications.iter().map(|p| p.number.clone()).collect();
    publications.dedup();
    let subject = Subject { application, publications };
    let mut part = Part::new(key, subject, Authority::Office);
    part.as_of = root.attr("dateProduced").and_then(read_date);
    part.withdrawn = root.attr("status") == Some("D");
    part.record = record;
    findings.parts.push(part);
}

/// Number, kind, office and right. Without a publication number there is nothing to hold on to: refused.
fn identity(root: Element<'_>, bib: Element<'_>, design: bool, findings: &mut Findings) -> Option<Identity> {
    let published = by_format(bib, "PublicationReference");
    let from_reference = |name: &str| published.iter().find_map(|id| id.string(name)).filter(|text| !is_zero(text));
    let country = from_reference("WIPOST3Code").or_else(|| root.attr("country").map(str::to_owned));
    let office = country.as_deref().unwrap_or("CN").parse().unwrap_or(Office::CN);
    let kind = from_reference("Kind").or_else(|| root.attr("kind").map(str::to_owned));
    let Some(number) = from_reference("DocNumber").or_else(|| root.attr("docNumber").map(str::to_owned)) else {
        findings.refuse("no-number", "the document has no publication number (PublicationReference, docNumber)");
        return None;
    };
    let number = match PublicationNumber::read(office, &number, kind.as_deref()) {
        Ok(number) => number,
        Err(error) => {
            findings.refuse("no-number", format!("publication number: {error}"));
            return None;
        }
    };
    let kind = kind.as_deref().and_then(KindCode::read);
    let date = published.iter().find_map(|id| date_in(*id, "Date", findings));
    // The other forms repeat the first one.
    published.iter().skip(1).for_each(|id| id.pass_over());
    let date = date.or_else(|| root.attr("datePublication").and_then(read_date));
    let applications = bib.children("ApplicationReference").collect::<Vec<_>>();
    let appl_type = applications.iter().find_map(|a| a.attr("applType"));
    let right = right(office, kind.as_ref(), appl_type, design);
    let level = kind.as_ref().and_then(|kind| kind.level(office));
    let application = application(bib, office, right, findings);
    Some(Identity { office, right, publication: Publication { number, kind, date, level }, application })
}

/// Kind of right: the office's type of application tells, else the kind code.
fn right(office: Office, kind: Option<&KindCode>, appl_type: Option<&str>, design: bool) -> RightKind {
    match appl_type {
        _ if design => RightKind::Design,
        Some("20") => RightKind::UtilityModel,
        Some("30") => RightKind::Design,
        _ => kind.and_then(|kind| kind.right(office)).unwrap_or(RightKind::Invention),
    }
}

/// The `DocumentID`s of references of this name, the office's own form first.
fn by_format<'t>(parent: Element<'t>, name: &str) -> Vec<Element<'t>> {
    let mut references: Vec<_> = parent.children(name).collect();
    references.sort_by_key(|reference| reference.attr("dataFormat") != Some("original"));
    references.into_iter().flat_map(|reference| reference.children("DocumentID").collect::<Vec<_>>()).collect()
}

/// The application number, from the office's own form where it can be read, else from the standard form.
/// Two forms that name different applications are noted.
fn application(
    bib: Element<'_>,
    office: Office,
    right: RightKind,
    findings: &mut Findings,
) -> Option<ApplicationNumber> {
    let mut first: Option<ApplicationNumber> = None;
    for id in by_format(bib, "ApplicationReference") {
        id.children("Kind").chain(id.children("Date")).for_each(Element::pass_over);
        let of = id.string("WIPOST3Code").and_then(|code| code.parse().ok()).unwrap_or(office);
        let Some(text) = id.string("DocNumber").filter(|text| !is_zero(text)) else { continue };
        let Some(number) = application_number(of, &text, right, findings) else { continue };
        match &first {
            None => first = Some(number),
            Some(first) if of == Office::CN && first.serial != number.serial => findings.warn(
                "number",
                format!("the two application numbers differ: {} and {}; the first holds", first.serial, number.serial),
            ),
            Some(_) => {}
        }
    }
    if first.is_none() {
        findings.warn("number", "no readable application number; the document is kept under its publication");
    }
    first
}

/// One application number in any form of these files. A wrong check digit is noted and mended.
pub(super) fn application_number(
    office: Office,
    text: &str,
    right: RightKind,
    findings: &mut Findings,
) -> Option<ApplicationNumber> {
    if let Some(error) = ApplicationNumber::check(office, text, right) {
        findings.warn("check-digit", format!("application number: {error}; mended"));
    }
    let read = ApplicationNumber::read(office, text, right);
    read.map_err(|error| findings.warn("number", format!("application number: {error}"))).ok()
}

/// Whether a field that cannot be empty was filled with zeros.
fn is_zero(text: &str) -> bool {
    text.bytes().all(|b| b == b'0')
}

/// Text of a field unless it is empty or zeros.
fn said(element: Element<'_>, path: &str) -> Option<String> {
    element.string(path).filter(|text| !is_zero(text))
}

/// A date; zeros are no date, anything else unreadable is noted.
fn date_in(element: Element<'_>, path: &str, findings: &mut Findings) -> Option<records::Date> {
    let text = said(element, path)?;
    let date = read_date(&text);
    if date.is_none() {
        findings.warn("date", format!("{}/{path}: «{text}» is not a date", element.name()));
    }
    date
}
