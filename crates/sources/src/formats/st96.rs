//! Trade marks in WIPO ST.96 as the US status service gives them: the present form with the namespaces
//! `ST96/Common` and `ST96/Trademark`, and the draft before it (`Common/1`, `Trademark/1`). Containers end in `Bag`.

use records::{
    ApplicationNumber, Authority, Event, Image, ImageKind, NiceClass, Office, OfficeStatus, Part, PartKey, Party,
    Record, RightKind, Subject, Text, Vienna,
};

use super::mark_words;
use super::st66::{Operation, assignment_event, country, latest_date, nice_class, operation, place_owners, terms};
use crate::xml::Element;
use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "st96",
    chinese: "ST.96 商标",
    english: "Trade mark in ST.96",
    cut: Cut::Elements(&["Trademark"]),
    recognise,
    read,
};

/// Facts without a field of their own: element path, name of the fact.
const FACTS: [(&str, &str); 8] = [
    ("MarkCategory", "mark_kind"),
    ("FilingPlace", "filing_place"),
    ("MarkRepresentation/MarkFeatureCategory", "mark_feature"),
    ("MarkDisclaimerBag/MarkDisclaimerText", "disclaimer"),
    ("MarkRepresentation/MarkReproduction/WordMarkSpecification/MarkTranslationText", "translation"),
    ("MarkRepresentation/MarkReproduction/WordMarkSpecification/MarkTransliteration", "transliteration"),
    ("NationalTrademarkInformation/RegisterCategory", "register"),
    ("NationalTrademarkInformation/RenewalDate", "renewal_date"),
];

/// Elements that are known and of no use to a right.
const PASSED_OVER: [&str; 9] = [
    "AssociatedMarkBag",
    "NationalCorrespondent",
    "StaffBag",
    "NationalFilingBasis",
    "NationalGoodsServices",
    "NationalTrademarkInformation",
    "MarkRepresentation/MarkDescriptionBag/NationalMarkDescription",
    "MarkRepresentation/MarkReproduction/MarkSoundBag",
    "MarkRepresentation/MarkReproduction/WordMarkSpecification",
];

fn recognise(head: &Head) -> bool {
    let root = head.root_is("TrademarkTransaction") || head.root_is("Transaction") || head.root_is("Trademark");
    root && (head.root_tag.contains("XMLSchema/ST96/Trademark") || head.root_tag.contains("XMLSchema/Trademark/"))
}

fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |mark, findings| {
        let office = mark.string("RegistrationOfficeCode").or_else(|| mark.string("ApplicationNumber/IPOfficeCode"));
        let office = office.and_then(|code| code.parse::<Office>().ok());
        let number = mark.string("ApplicationNumber/ApplicationNumberText");
        mark.all("ApplicationNumber/IPOfficeCode").into_iter().for_each(Element::pass_over);
        let application =
            office.zip(number).and_then(|(office, n)| ApplicationNumber::read(office, &n, RightKind::Trademark).ok());
        let Some(application) = application else {
            findings.refuse("no-number", "the Trademark has no RegistrationOfficeCode or no ApplicationNumberText");
            return;
        };
        let office = application.office;
        let key = PartKey::new(FORMAT.name, format_args!("{office}{}", application.serial));
        let subject = Subject { application: Some(application), publications: Vec::new() };
        let mut part = Part::new(key, subject, Authority::Office);
        part.withdrawn = operation(mark, findings) == Operation::Delete;
        if !part.withdrawn {
            part.record = fields(office, mark, findings);
            part.as_of = latest_date(&part.record);
        }
        findings.parts.push(part);
    });
}

fn fields(office: Office, mark: Element<'_>, findings: &mut Findings) -> Record {
    let mut record = Record {
        right: Some(RightKind::Trademark),
        registration_number: mark.string("RegistrationNumber"),
        filing_date: mark.date("ApplicationDate"),
        grant_date: mark.date("RegistrationDate"),
        expiry_date: mark.date("ExpiryDate"),
        ..Record::default()
    };
    representation(mark, findings, &mut record);
    for goods in mark.all("GoodsServicesBag/GoodsServices") {
        record.nice.extend(classes(goods, findings));
        goods.pass_over();
    }
    parties(mark, &mut record);
    for publication in mark.all("PublicationBag/Publication") {
        let issue = publication.string("PublicationIdentifier").unwrap_or_default();
        let effect = Some(records::Effect::Published);
        let text = format!("Published ({issue})");
        record.events.push(Event { date: publication.date("PublicationDate"), code: String::new(), text, effect });
    }
    for event in mark.all("MarkEventBag/MarkEvent") {
        let national = |name: &str| event.string(&format!("NationalMarkEvent/{name}")).unwrap_or_default();
        let (code, text) = (national("MarkEventCode"), national("MarkEventDescriptionText"));
        let effect = mark_words::effect(office, &code, &text);
        record.events.push(Event { date: event.date("MarkEventDate"), code, text, effect });
        event.pass_over();
    }
    for bag in mark.children("AssignmentBag") {
        record.events.extend(bag.children("Assignment").map(assignment_event));
        bag.pass_over();
    }
    if let Some(code) = mark.string("MarkCurrentStatusCode") {
        let words = mark.string("NationalTrademarkInformation/MarkCurrentStatusExternalDescriptionText");
        let (status, text) = mark_words::status(office, &code, words.as_deref());
        record.office_status = Some(OfficeStatus { date: mark.date("MarkCurrentStatusDate"), text, status });
    }
    for (path, name) in FACTS {
        record.facts.extend(mark.strings(path).into_iter().map(|text| (name.to_owned(), text)));
    }
    for path in PASSED_OVER {
        mark.all(path).into_iter().for_each(Element::pass_over);
    }
    record
}

/// Words, description, picture.
fn representation(mark: Element<'_>, findings: &mut Findings, record: &mut Record) {
    for representation in mark.children("MarkRepresentation") {
        for description in representation.all("MarkDescriptionBag/MarkDescriptionText") {
            record.abstracts.push(Text::new(description.attr("languageCode"), description.text()));
        }
        for words in representation.all("MarkReproduction/WordMarkSpecification/MarkVerbalElementText") {
            record.titles.push(Text::new(words.attr("languageCode"), words.text()));
        }
        for image in representation.all("MarkReproduction/MarkImageBag/MarkImage") {
            let file = image.string("FileName").or_else(|| image.string("ImageFileName"));
            // The service writes words where there is no picture.
            if let Some(file) = file.filter(|file| !file.contains("No image")) {
                record.images.push(Image { file, kind: ImageKind::Mark });
            }
            for code in image.below(&["NationalDesignSearchCode", "NationalDesignCode", "ViennaClassificationCode"]) {
                let code = code.text();
                match Vienna::read(&code) {
                    Some(code) => record.vienna.push(code),
                    None if code.is_empty() => {}
                    None => findings.warn("class", format!("«{code}» is not a Vienna code; left out")),
                }
            }
            image.pass_over();
        }
    }
    record.titles.retain(|text| !text.text.is_empty());
    record.abstracts.retain(|text| !text.text.is_empty());
}

/// Nice classes with their goods; a class that stands in the classification alone has none.
fn classes(goods: Element<'_>, findings: &mut Findings) -> Vec<NiceClass> {
    let mut classes: Vec<NiceClass> = Vec::new();
    for description in goods.all("ClassDescriptionBag/ClassDescription") {
        let Some(number) = description.string("ClassNumber") else { continue };
        let Some(class) = nice_class(Some(&number), findings) else { continue };
        for text in description.children("GoodsServicesDescriptionText") {
            let lang = text.attr("languageCode").map(str::to_ascii_lowercase);
            let terms = terms(&text.text(), lang.as_deref());
            classes.push(NiceClass { class, lang, terms });
        }
    }
    for classification in goods.all("GoodsServicesClassificationBag/GoodsServicesClassification") {
        let nice = classification.string("ClassificationKindCode").is_some_and(|kind| kind == "Nice");
        let number = classification.string("ClassNumber").filter(|_| nice);
        if let Some(class) = number.and_then(|number| nice_class(Some(&number), findings))
            && !classes.iter().any(|known| known.class == class)
        {
            classes.push(NiceClass { class, lang: None, terms: Vec::new() });
        }
    }
    classes
}

fn parties(mark: Element<'_>, record: &mut Record) {
    let mut typed = Vec::new();
    for element in mark.all("ApplicantBag/Applicant") {
        // The sequence number is the US party type: 10 applicant, 30 registrant, 31 and up later owners.
        let code = element.attr("sequenceNumber").and_then(|code| code.parse().ok()).unwrap_or(0);
        if let Some(party) = contact(element) {
            typed.push((code, party));
        }
        element.pass_over();
    }
    place_owners(typed, record);
    for role in ["RecordAttorney", "NationalRepresentative"] {
        for element in mark.children(role) {
            if let Some(party) = contact(element)
                && !record.agents.iter().any(|known| known.name == party.name)
            {
                record.agents.push(party);
            }
            element.pass_over();
        }
    }
}

/// Name and address of a `Contact`.
fn contact(element: Element<'_>) -> Option<Party> {
    let contact = element.child("Contact")?;
    let organisation = contact.string("Name/OrganizationName/OrganizationStandardName");
    let person = contact.string("Name/PersonName/PersonFullName");
    let entity = contact.string("Name/EntityName");
    let mut party = Party::named(entity.or_else(|| person.clone()).or_else(|| organisation.clone())?);
    party.organisation = organisation.filter(|_| person.is_some());
    let address = contact.at("PostalAddressBag/PostalAddress/PostalStructuredAddress");
    if let Some(address) = address {
        party.city = address.string("CityName");
        party.region = address.string("GeographicRegionName");
        party.country = address.string("CountryCode").and_then(|code| country(&code));
        let mut lines = address.strings("AddressLineText");
        lines.extend(party.city.clone());
        lines.push(
            [party.region.clone(), address.string("PostalCode")].into_iter().flatten().collect::<Vec<_>>().join(" "),
        );
        lines.retain(|line| !line.is_empty());
        party.address = Some(lines.join(", ")).filter(|address| !address.is_empty());
    } else {
        let lines = contact.strings("PostalAddressBag/PostalAddress/PostalAddressText");
        party.address = Some(lines.join(", ")).filter(|address| !address.is_empty());
    }
    Some(party)
}
