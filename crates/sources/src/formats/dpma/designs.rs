//! Designs in ST.86 with the German extension. One application may hold many designs; each is a right of its own.

use records::event::de;
use records::{
    ApplicationNumber, Authority, Event, Image, ImageKind, Locarno, Office, OfficeStatus, Part, PartKey, Party, Record,
    RightKind, Subject, Text,
};

use super::super::st66::{latest_date, parties, read_priority};
use crate::xml::Element;
use crate::{Findings, RawRecord};

/// Reads every design of a transaction.
pub(super) fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |root, findings| {
        for content in root.all("DesignTransactionBody/TransactionContentDetails") {
            for known in ["TransactionIdentifier", "TransactionCode"] {
                content.children(known).for_each(Element::pass_over);
            }
            for application in content.all("TransactionData/DesignApplicationDetails/DesignApplication") {
                for design in application.all("DesignDetails/Design") {
                    if let Some(part) = part(application, design, findings) {
                        findings.parts.push(part);
                    }
                }
                for known in [
                    "RegistrationOfficeCode",
                    "DesignApplicationNumber",
                    "DesignApplicationReference",
                    "TotalDesign",
                    "CorrespondenceAddress",
                ] {
                    application.children(known).for_each(Element::pass_over);
                }
            }
        }
        findings.keep_good_parts();
    });
}

fn part(application: Element<'_>, design: Element<'_>, findings: &mut Findings) -> Option<Part> {
    let number = design.string("DesignIdentifier").or_else(|| application.string("DesignApplicationNumber"));
    let read = number.and_then(|number| ApplicationNumber::read(Office::DE, &number, RightKind::Design).ok());
    let Some(number) = read else {
        findings.refuse("no-number", "a Design has no DesignIdentifier such as M8800174-0001");
        return None;
    };
    let key = PartKey::new(super::DESIGN.name, format_args!("{}{}", Office::DE, number.serial));
    let mut part = Part::new(key, Subject { application: Some(number), publications: Vec::new() }, Authority::Office);
    part.record = fields(application, design, findings);
    part.as_of = latest_date(&part.record);
    Some(part)
}

fn fields(application: Element<'_>, design: Element<'_>, findings: &mut Findings) -> Record {
    let named = |role: &str| -> Vec<Party> {
        // What stands at the design goes before what stands at the whole application.
        let own = parties::parties(design, role);
        let shared = parties::parties(application, role);
        let chosen = if own.is_empty() { shared } else { own };
        chosen.into_iter().map(|(_, party)| party).collect()
    };
    let mut record = Record {
        right: Some(RightKind::Design),
        registration_number: design.string("RegistrationNumber"),
        filing_date: application.date("DesignApplicationDate"),
        grant_date: design.date("RegistrationDate"),
        applicants: named("Applicant"),
        inventors: named("Designer"),
        agents: named("Representative"),
        priorities: design.all("PriorityDetails/Priority").into_iter().filter_map(read_priority).collect(),
        ..Record::default()
    };
    if record.grant_date.is_some() {
        record.owners.clone_from(&record.applicants);
    }
    titles(design, findings, &mut record);
    for view in design.all("DesignRepresentationSheetDetails/DesignRepresentationSheet/ViewDetails/View") {
        record.images.extend(view.string("ViewFilename").map(|file| Image { file, kind: ImageKind::Design }));
        view.pass_over();
    }
    for publication in design.all("PublicationDetails/Publication") {
        let effect = Some(records::Effect::Published);
        let date = publication.date("PublicationDate");
        record.events.push(Event { date, code: String::new(), text: "Veröffentlichung".to_owned(), effect });
        publication.pass_over();
    }
    for extension in design.children("DE_ST86Extension") {
        register(extension, &mut record);
        extension.pass_over();
    }
    design.children("TotalSpecimen").for_each(Element::pass_over);
    record
}

fn titles(design: Element<'_>, findings: &mut Findings, record: &mut Record) {
    let mut add = |text: String| {
        let text = Text::new(Some("de"), text);
        if !text.text.is_empty() && !record.titles.contains(&text) {
            record.titles.push(text);
        }
    };
    design.strings("DesignTitle").into_iter().for_each(&mut add);
    for product in design.all("IndicationProductDetails/IndicationProduct") {
        for class in product.all("ClassDescriptionDetails/ClassDescription") {
            class.strings("ProductDescription").into_iter().for_each(&mut add);
            // `06 - 01`
            let Some(text) = class.string("ClassNumber") else { continue };
            match Locarno::read(&text.replace(' ', "")) {
                Some(class) if record.locarno.contains(&class) => {}
                Some(class) => record.locarno.push(class),
                None => findings.warn("class", format!("«{text}» is not a Locarno class; left out")),
            }
        }
        product.pass_over();
    }
}

/// The German extension: status, end of protection, entries.
fn register(extension: Element<'_>, record: &mut Record) {
    let cancelled = extension.date("CancellationDate");
    record.office_status =
        extension.string("DesignStatus").map(|text| OfficeStatus { date: cancelled, status: de::status(&text), text });
    for (name, fact) in [("CancellationDate", "cancellation_date"), ("TermProtectionObtained", "term_years")] {
        record.facts.extend(extension.strings(name).into_iter().map(|text| (fact.to_owned(), text)));
    }
    for entry in extension.all("DesignRecordDetails/DesignRecord/DesignBasicRecord") {
        let text = entry.string("LegalStatus").unwrap_or_default();
        let issue = "RecordPublicationDetails/RecordPublication";
        let date = entry.date("RecordFilingDate").or_else(|| entry.date(&format!("{issue}/PublicationDate")));
        let code = entry.string(&format!("{issue}/PublicationSubsection")).unwrap_or_default();
        record.events.push(Event { date, code, effect: de::effect(&text), text });
    }
}
