//! Registered Community designs of EUIPO's open data (ST.86): views with addresses of their pictures, product
//! indications in all languages, bulletin publications and register entries. One record a design, `001066245-0001`.

use records::event::eu;
use records::{
    ApplicationNumber, Authority, Event, Image, ImageKind, Level, Locarno, Office, OfficeStatus, Part, PartKey,
    Publication, PublicationNumber, Record, RightKind, Subject, Text, Vienna,
};

use super::st66::{Operation, operation, parties, read_priority};
use crate::xml::Element;
use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "euipo-design",
    chinese: "欧盟外观设计",
    english: "EU design",
    cut: Cut::Documents,
    recognise,
    read,
};

/// Facts without a field of their own: element, name of the fact.
const FACTS: [(&str, &str); 5] = [
    ("VerbalElementText", "verbal_element"),
    ("ApplicationLanguageCode", "language"),
    ("SecondLanguageCode", "second_language"),
    ("ApplicationReference", "applicant_reference"),
    ("RenewalCurrentStatusCode", "renewal"),
];

fn recognise(head: &Head) -> bool {
    head.root_is("Transaction") && head.root_tag.contains("euipo.europa.eu/design")
}

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |root, findings| {
        let as_of = root.date("TransactionHeader/SenderDetails/RequestProducerDateTime");
        for content in root.all("DesignTransactionBody/TransactionContentDetails") {
            content.children("TransactionCode").for_each(Element::pass_over);
            let transaction = content.string("TransactionIdentifier");
            for design in content.all("TransactionData/DesignDetails/Design") {
                let number = design.string("DesignIdentifier").or_else(|| transaction.clone());
                let number = number.and_then(|n| ApplicationNumber::read(Office::EM, &n, RightKind::Design).ok());
                let Some(application) = number else {
                    findings.refuse("no-number", "a Design has no DesignIdentifier such as 001066245-0001");
                    continue;
                };
                let key = PartKey::new(FORMAT.name, &application.serial);
                let number = application.serial.clone();
                let subject = Subject { application: Some(application), publications: Vec::new() };
                let mut part = Part::new(key, subject, Authority::Office);
                part.as_of = as_of;
                for known in ["RegistrationOfficeCode", "ReceivingOfficeDate", "ApplicationNumber", "EffectiveDate"] {
                    design.children(known).for_each(Element::pass_over);
                }
                part.withdrawn = operation(design, findings) == Operation::Delete;
                if !part.withdrawn {
                    part.record = fields(&number, design, findings);
                }
                findings.parts.push(part);
            }
        }
        findings.keep_good_parts();
    });
}

fn fields(number: &str, design: Element<'_>, findings: &mut Findings) -> Record {
    let mut record = Record {
        right: Some(RightKind::Design),
        registration_number: Some(number.to_owned()),
        filing_date: design.date("ApplicationDate"),
        grant_date: design.date("RegistrationDate"),
        expiry_date: design.date("ExpiryDate"),
        priorities: design.all("PriorityDetails/Priority").into_iter().filter_map(read_priority).collect(),
        inventors: named(design, "Designer"),
        applicants: named(design, "Applicant"),
        owners: named(design, "Applicant"),
        agents: named(design, "Representative"),
        ..Record::default()
    };
    for product in design.all("IndicationProductDetails/IndicationProduct") {
        record.titles.push(Text::new(product.attr("languageCode"), product.text()));
    }
    record.titles.retain(|title| !title.text.is_empty());
    // The description itself is not delivered; the element only says whether there is one.
    design.children("DesignDescription").for_each(Element::pass_over);
    classes(design, findings, &mut record);
    views(design, findings, &mut record);
    publications(number, design, &mut record);
    entries(design, &mut record);
    record.office_status = design.string("DesignCurrentStatusCode").map(|text| OfficeStatus {
        date: design.date("DesignCurrentStatusDate"),
        status: eu::design_status(&text),
        text,
    });
    for (name, fact) in FACTS {
        record.facts.extend(design.strings(name).into_iter().map(|text| (fact.to_owned(), text)));
    }
    if design.string("PublicationDefermentIndicator").as_deref() == Some("true") {
        record.facts.push(("publication".to_owned(), "deferred".to_owned()));
    }
    record
}

fn named(design: Element<'_>, role: &str) -> Vec<records::Party> {
    parties::parties(design, role).into_iter().map(|(_, party)| party).collect()
}

fn classes(design: Element<'_>, findings: &mut Findings, record: &mut Record) {
    for class in design.strings("ClassDescriptionDetails/ClassDescription/ClassNumber") {
        // EUIPO writes `02.04` where others write `02-04`.
        match Locarno::read(&class.replace('.', "-")) {
            Some(class) => record.locarno.push(class),
            None => findings.warn("class", format!("«{class}» is not a Locarno class; left out")),
        }
    }
}

fn views(design: Element<'_>, findings: &mut Findings, record: &mut Record) {
    for view in design.all("DesignRepresentationSheetDetails/DesignRepresentationSheet/ViewDetails/View") {
        for known in ["ViewIdentifier", "ViewFileFormat"] {
            view.children(known).for_each(Element::pass_over);
        }
        if let Some(file) = view.string("ViewURI").or_else(|| view.string("ViewFilename")) {
            record.images.push(Image { file, kind: ImageKind::Design });
        }
        for code in view.strings("ViewCategory/CategoryCodeDetails/CategoryCode") {
            match Vienna::read(&code) {
                Some(code) if record.vienna.contains(&code) => {}
                Some(code) => record.vienna.push(code),
                None => findings.warn("class", format!("«{code}» is not a Vienna code; left out")),
            }
        }
    }
}

/// Part A.1 of the bulletin is the publication of the registration; other parts publish entries.
fn publications(number: &str, design: Element<'_>, record: &mut Record) {
    let number = PublicationNumber::read(Office::EM, number, None).ok();
    let first = design.date("PublicationDate");
    let mut published = false;
    for publication in design.all("PublicationDetails/Publication") {
        publication.children("PublicationSequenceNumber").for_each(Element::pass_over);
        let section = publication.string("PublicationSection").unwrap_or_default();
        let issue = publication.string("PublicationIdentifier").unwrap_or_default();
        let date = publication.date("PublicationDate");
        if let (Some(number), "A.1") = (&number, section.as_str()) {
            published = true;
            let publication = Publication { number: number.clone(), kind: None, date, level: Some(Level::Grant) };
            record.publications.push(publication);
        }
        let (what, effect) = match section.as_str() {
            "A.1" => ("Registration published", Some(records::Effect::Granted)),
            _ => ("Entry published", None),
        };
        record.events.push(Event { date, text: format!("{what} ({issue})"), code: section, effect });
    }
    if let (false, Some(number), Some(date)) = (published, number, first) {
        record.publications.push(Publication { number, kind: None, date: Some(date), level: Some(Level::Grant) });
    }
}

/// Entries in the register: renewals, transfers, changes of names and agents, corrections.
fn entries(design: Element<'_>, record: &mut Record) {
    for entry in design.all("DesignRecordDetails/DesignRecord/DesignBasicRecord") {
        for known in ["RecordViewsIndicator", "RecordPublicationDetails"] {
            entry.children(known).for_each(Element::pass_over);
        }
        let kind = entry.string("BasicRecordKind").unwrap_or_default();
        let state = entry.string("RecordCurrentStatusCode").unwrap_or_default();
        let renewal = entry.string("RenewalSequenceNumber").map(|number| format!("renewal {number}"));
        let effect = eu::record_effect(&kind, &state);
        let words = [Some(kind), renewal, Some(state)].into_iter().flatten().filter(|text| !text.is_empty());
        record.events.push(Event {
            date: entry.date("RecordCurrentStatusDate"),
            code: entry.string("RecordIdentifier").unwrap_or_default(),
            text: words.collect::<Vec<_>>().join("; "),
            effect,
        });
    }
}
