//! Reader of CNIPA's standardised patent documents (`business:PatentDocumentAndRelated`): bibliographic data and
//! full text of inventions, utility models and designs, and foreign documents in the same form.

mod biblio;
mod parties;
mod text;

use records::{
    ApplicationNumber, Authority, KindCode, Level, NumberError, Office, Part, PartKey, Publication, PublicationNumber,
    Record, RightKind, Subject, read_date,
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
    let kind = publication.kind.as_ref().map_or("", KindCode::as_str);
    let key = PartKey::new(FORMAT.name, format_args!("{}{kind}", publication.number));
    let mut record = Record { right: Some(right), publications: vec![publication], ..Record::default() };
    biblio::read(bib, office, &mut record, findings);
    text::read(root, office, &mut record);
    let subject = Subject { application, publications: record.publications.iter().map(|p| p.number.clone()).collect() };
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
    let level = kind.as_ref().and_then(|kind| level(kind, right));
    let application = application(bib, office, right, findings);
    Some(Identity { office, right, publication: Publication { number, kind, date, level }, application })
}

/// Kind of right: the office's type of application tells, else the kind code.
fn right(office: Office, kind: Option<&KindCode>, appl_type: Option<&str>, design: bool) -> RightKind {
    let letter = kind.and_then(|kind| kind.as_str().chars().next());
    match (appl_type, letter) {
        _ if design => RightKind::Design,
        (Some("10"), _) => RightKind::Invention,
        (Some("20"), _) => RightKind::UtilityModel,
        (Some("30"), _) | (_, Some('S')) => RightKind::Design,
        (_, Some('D')) if office == Office::CN => RightKind::Design,
        (_, Some('U' | 'Y')) => RightKind::UtilityModel,
        (_, Some('P')) if office == Office::US => RightKind::Plant,
        _ => RightKind::Invention,
    }
}

/// Stage of a publication by the first letter of its kind code; utility models and designs are published as granted.
fn level(kind: &KindCode, right: RightKind) -> Option<Level> {
    let kind = kind.as_str();
    let corrected = kind.ends_with(['8', '9']);
    let amended = matches!(kind.as_bytes(), [b'C' | b'Y' | b'S', b'1'..=b'7']);
    match kind.as_bytes().first()? {
        _ if corrected => Some(Level::Correction),
        _ if amended => Some(Level::Amended),
        b'B' | b'C' => Some(Level::Grant),
        b'U' | b'Y' | b'S' | b'D' if right != RightKind::Invention => Some(Level::Grant),
        b'A' => Some(Level::Application),
        _ => None,
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

/// One application number in any form of these files. A wrong check digit is noted and left out.
pub(super) fn application_number(
    office: Office,
    text: &str,
    right: RightKind,
    findings: &mut Findings,
) -> Option<ApplicationNumber> {
    let national = if office == Office::CN { national_number(text) } else { None };
    match ApplicationNumber::read(office, national.as_deref().unwrap_or(text), right) {
        Ok(number) => Some(number),
        Err(error @ NumberError::Check { .. }) => {
            findings.warn("check-digit", format!("application number: {error}; kept without it"));
            let digits = text.rsplit_once('.').map(|(digits, _)| digits)?;
            ApplicationNumber::read(office, digits, right).ok()
        }
        Err(error) => {
            findings.warn("number", format!("application number: {error}"));
            None
        }
    }
}

/// The office's number from the standard form of 15 digits: type (10, 20, 30), year and serial of nine digits,
/// such as `102019000302430` for `201910302430`. Applications since October 2003 have the long form.
fn national_number(text: &str) -> Option<String> {
    if text.len() != 15 || !text.bytes().all(|b| b.is_ascii_digit()) || !matches!(&text[..2], "10" | "20" | "30") {
        return None;
    }
    let (kind, year, serial) = (&text[..1], &text[2..6], text[6..].parse::<u32>().ok()?);
    match year.parse::<u32>().ok()? {
        1985..2003 | 2003 if serial <= 99_999 => Some(format!("{}{kind}{serial:05}", &year[2..])),
        // An eighth digit is the type of an international application (8, 9), which outranks the first two.
        2003.. if serial > 9_999_999 => Some(format!("{year}{serial:08}")),
        2003.. => Some(format!("{year}{kind}{serial:07}")),
        _ => None,
    }
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
