//! Lists of hits: short records that name parties in one line.

use records::event::de;
use records::{
    ApplicationNumber, Authority, Image, ImageKind, Ipc, Level, Locarno, NiceClass, Office, OfficeStatus, Part,
    PartKey, Publication, PublicationNumber, RightKind, Subject, Text,
};

use super::super::st66::nice_class;
use super::parties::{Who, line};
use crate::xml::Element;
use crate::{Findings, RawRecord};

/// Whether the record's root element has this name.
pub(super) fn is_hit(record: &RawRecord, name: &str) -> bool {
    record.bytes.strip_prefix(b"<").is_some_and(|rest| rest.starts_with(name.as_bytes()))
}

/// An empty part of a hit; `None` with a refusal when the number is missing.
fn part(format: &str, number: Option<String>, right: RightKind, findings: &mut Findings) -> Option<Part> {
    let Some(application) = number.and_then(|number| ApplicationNumber::read(Office::DE, &number, right).ok()) else {
        findings.refuse("no-number", "the hit has no number");
        return None;
    };
    let key = PartKey::new(&format!("{format}-hit"), format_args!("{}{}", Office::DE, application.serial));
    let right = application.right;
    let subject = Subject { application: Some(application), publications: Vec::new() };
    let mut part = Part::new(key, subject, Authority::Export);
    part.record.right = Some(right);
    Some(part)
}

fn german(text: Option<String>) -> Vec<Text> {
    text.map(|text| Text::new(Some("de"), text)).into_iter().collect()
}

fn status(text: Option<String>) -> Option<OfficeStatus> {
    text.map(|text| OfficeStatus { date: None, status: de::status(&text), text })
}

/// A patent or utility model.
pub(super) fn patent(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |hit, findings| {
        let right = match hit.string("type") {
            Some(kind) if kind.to_lowercase().contains("utility") || kind.to_lowercase().contains("gebrauchs") => {
                RightKind::UtilityModel
            }
            _ => RightKind::Invention,
        };
        let number = hit.string("registered-number").or_else(|| hit.string("leading-registered-number"));
        let Some(mut part) = part(super::PATENT.name, number, right, findings) else { return };
        hit.children("leading-registered-number").for_each(Element::pass_over);
        part.record.titles = german(hit.string("invention-title"));
        part.record.filing_date = hit.date("applicationDate");
        part.record.grant_date = hit.date("registrationDate");
        part.record.office_status = status(hit.string("legalstatus"));
        for symbol in ["main-classification", "further-classification"] {
            for text in hit.strings(&format!("{symbol}/classification")) {
                match Ipc::read(&text) {
                    Some(symbol) => part.record.ipc.push(symbol),
                    None => findings.warn("class", format!("«{text}» is not an IPC symbol; left out")),
                }
            }
            hit.children(symbol).for_each(Element::pass_over);
        }
        let applicants = hit.strings("applicants/applicant");
        part.record.applicants = applicants.iter().filter_map(|text| line(text, Who::Owner)).collect();
        part.record.agents = hit.strings("agent").iter().filter_map(|text| line(text, Who::Agent)).collect();
        if let Some(date) = hit.date("publicationDate") {
            published(&mut part, date);
        }
        findings.parts.push(part);
    });
}

/// The list gives a publication date without the kind of the publication; a utility model is published once.
fn published(part: &mut Part, date: records::Date) {
    let Some(application) = &part.subject.application else { return };
    if application.right != RightKind::UtilityModel {
        return;
    }
    if let Ok(number) = PublicationNumber::read(Office::DE, &application.serial, Some("U1")) {
        let (date, level) = (Some(date), Some(Level::Grant));
        part.record.publications.push(Publication { number, kind: None, date, level });
    }
}

/// A trade mark.
pub(super) fn trademark(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |hit, findings| {
        let number = hit.string("ApplicationNumber");
        let Some(mut part) = part(super::TRADEMARK.name, number, RightKind::Trademark, findings) else { return };
        for known in ["Number", "RegistrationOfficeCode", "MarkDescriptionDetails"] {
            hit.children(known).for_each(Element::pass_over);
        }
        let record = &mut part.record;
        record.titles = german(hit.string("MarkVerbalElementText"));
        record.filing_date = hit.date("ApplicationDate");
        record.grant_date = hit.date("RegistrationDate");
        record.office_status = status(hit.string("MarkCurrentStatusCode"));
        record.applicants = hit.strings("Applicant").iter().filter_map(|text| line(text, Who::Owner)).collect();
        record.facts.extend(hit.string("MarkFeature").map(|feature| ("mark_feature".to_owned(), feature)));
        for text in hit.strings("Classification") {
            for class in text.split([',', ' ', ';']).filter(|class| !class.is_empty()) {
                if let Some(class) = nice_class(Some(class), findings) {
                    record.nice.push(NiceClass { class, lang: None, terms: Vec::new() });
                }
            }
        }
        findings.parts.push(part);
    });
}

/// A design.
pub(super) fn design(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |hit, findings| {
        let number = hit.string("DesignIdentifier").or_else(|| hit.string("DesignApplicationNumber"));
        let Some(mut part) = part(super::DESIGN.name, number, RightKind::Design, findings) else { return };
        for known in ["DesignApplicationNumber", "TotalRepresentationSheet", "PublicationDate"] {
            hit.children(known).for_each(Element::pass_over);
        }
        let record = &mut part.record;
        record.registration_number = hit.string("RegistrationNumber");
        record.titles = german(hit.string("ProductDescription"));
        record.filing_date = hit.date("DesignApplicationDate");
        record.grant_date = hit.date("RegistrationDate");
        record.office_status = status(hit.string("DesignStatus"));
        record.owners = hit.strings("OwnerOrApplicant").iter().filter_map(|text| line(text, Who::Owner)).collect();
        record.agents = hit.strings("Representative").iter().filter_map(|text| line(text, Who::Agent)).collect();
        for text in hit.strings("ClassNumber").iter().flat_map(|text| text.split([';', ','])) {
            match Locarno::read(text.trim()) {
                Some(class) => record.locarno.push(class),
                None => findings.warn("class", format!("«{text}» is not a Locarno class; left out")),
            }
        }
        let file = hit.string("FirstRepresentationSheetFilename");
        let file = file.map(|file| file.trim_end_matches(';').to_owned());
        record.images.extend(file.map(|file| Image { file, kind: ImageKind::Design }));
        findings.parts.push(part);
    });
}
