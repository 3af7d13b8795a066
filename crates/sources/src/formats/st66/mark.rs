//! The fields of a mark.

use records::{
    Image, ImageKind, Level, Office, OfficeStatus, Party, Priority, Publication, PublicationNumber, Record, Related,
    RightKind, Text, Vienna,
};

use super::super::mark_words;
use super::{events, goods, parties};
use crate::Findings;
use crate::xml::Element;

/// Facts without a field of their own: element path, name of the fact.
const FACTS: [(&str, &str); 16] = [
    ("MarkFeature", "mark_feature"),
    ("KindMark", "mark_kind"),
    ("ApplicationLanguageCode", "language"),
    ("SecondLanguageCode", "second_language"),
    ("FilingPlace", "filing_place"),
    ("MarkDisclaimerDetails/MarkDisclaimer", "disclaimer"),
    ("WordMarkSpecification/MarkTranslation", "translation"),
    ("WordMarkSpecification/MarkTransliteration", "transliteration"),
    ("MarkImageDetails/MarkImage/MarkImageColourClaimedText", "colours"),
    ("MarkImageDetails/MarkImage/MarkImageColourPartClaimedText", "colours"),
    ("TradeDistinctivenessText", "distinctiveness"),
    ("OppositionPeriodStartDate", "opposition_from"),
    ("OppositionPeriodEndDate", "opposition_until"),
    ("TerminationDate", "termination_date"),
    ("TradeMarkExt/RegisterCategory", "register"),
    ("TradeMarkExt/CertificateCorrectingRegistrationText", "correction"),
];

/// Elements that are known and of no use to a right.
const PASSED_OVER: [&str; 7] = [
    "CorrespondenceAddress",
    "MarkFeatureDPMA",
    "StaffDetails",
    "ApplicationNumberVersion",
    "TradeMarkExt",
    "GoodsServicesDetails/NationalGoodsServicesExt",
    "WordMarkSpecification/MarkStandardCharacterIndicator",
];

/// Everything a `TradeMark` element says.
pub(super) fn fields(office: Office, number: &str, mark: Element<'_>, findings: &mut Findings) -> Record {
    let mut record = Record {
        right: Some(RightKind::Trademark),
        registration_number: mark.string("RegistrationNumber"),
        filing_date: mark.date("ApplicationDate"),
        grant_date: mark.date("RegistrationDate"),
        expiry_date: mark.date("ExpiryDate"),
        nice: goods::classes(mark, findings),
        ..Record::default()
    };
    if office == Office::EM && record.grant_date.is_some() && record.registration_number.is_none() {
        // An EU mark is registered under the number of its application.
        record.registration_number = Some(number.to_owned());
    }
    words(mark, &mut record);
    images(mark, findings, &mut record);
    priorities(mark, &mut record);
    parties(mark, &mut record);
    publications(office, number, mark, &mut record);
    events::read(office, mark, &mut record);
    record.office_status = status(office, mark);
    facts(mark, &mut record);
    record.facts.extend(
        mark.string("ApplicationNumber")
            .filter(|written| written != number)
            .map(|written| ("application_number".to_owned(), written)),
    );
    for path in PASSED_OVER {
        mark.all(path).into_iter().for_each(Element::pass_over);
    }
    record
}

fn words(mark: Element<'_>, record: &mut Record) {
    for words in mark.all("WordMarkSpecification/MarkVerbalElementText") {
        let text = Text::new(words.attr("languageCode"), words.text());
        if !text.text.is_empty() && !record.titles.contains(&text) {
            record.titles.push(text);
        }
    }
    for description in mark.all("MarkDescriptionDetails/MarkDescription") {
        let text = Text::new(description.attr("languageCode"), description.text());
        if !text.text.is_empty() {
            record.abstracts.push(text);
        }
    }
}

fn images(mark: Element<'_>, findings: &mut Findings, record: &mut Record) {
    for image in mark.all("MarkImageDetails/MarkImage") {
        for known in ["MarkImageIdentifier", "MarkImageFileFormat", "MarkImageColourIndicator", "MarkImageColourMode"] {
            image.children(known).for_each(Element::pass_over);
        }
        if let Some(file) = image.string("MarkImageURI").or_else(|| image.string("MarkImageFilename")) {
            record.images.push(Image { file, kind: ImageKind::Mark });
        }
        for code in image.strings("MarkImageCategory/CategoryCodeDetails/CategoryCode") {
            match Vienna::read(&code) {
                Some(code) => record.vienna.push(code),
                None => findings.warn("class", format!("«{code}» is not a Vienna code; left out")),
            }
        }
    }
}

fn priorities(mark: Element<'_>, record: &mut Record) {
    for priority in mark.all("PriorityDetails/Priority") {
        if let Some(priority) = read_priority(priority) {
            record.priorities.push(priority);
        }
    }
    for seniority in mark.all("SeniorityDetails/Seniority") {
        let word = seniority.string("SeniorityStatusCode").unwrap_or_default();
        for known in ["InternationalTradeMarkCode", "SeniorityPartialIndicator"] {
            seniority.children(known).for_each(Element::pass_over);
        }
        let registration = seniority.date("SeniorityRegistrationDate");
        let filing = seniority.date("SeniorityFilingDate");
        let country = seniority.string("SeniorityCountryCode").unwrap_or_default();
        let (application, registered) =
            (seniority.string("SeniorityApplicationNumber"), seniority.string("SeniorityRegistrationNumber"));
        // A refused seniority is no relation of the mark.
        let Some(number) = registered.or(application).filter(|_| !word.eq_ignore_ascii_case("refused")) else {
            continue;
        };
        let number = format!("{country} {number}").trim().to_owned();
        record.related.push(Related { relation: "seniority".to_owned(), number, date: filing.or(registration) });
    }
}

/// A `Priority` element of ST.66 or ST.86; refused and withdrawn claims are none.
pub(in super::super) fn read_priority(priority: Element<'_>) -> Option<Priority> {
    priority.children("PriorityPartialIndicator").for_each(Element::pass_over);
    let word = priority.string("PriorityStatusCode").unwrap_or_default().to_ascii_lowercase();
    let office = priority.string("PriorityCountryCode").and_then(|code| code.parse().ok());
    let date = priority.date("PriorityDate");
    let number = priority.string("PriorityNumber")?;
    (word != "refused" && word != "withdrawn").then_some(Priority { office, number, date })
}

/// Applicants, owners and agents under `parent`. US files give every owner with a type code: 10 to 19 is the
/// applicant, the highest code the present owner.
pub(super) fn parties(parent: Element<'_>, record: &mut Record) {
    let mut typed: Vec<(u32, Party)> = Vec::new();
    for (element, party) in parties::parties(parent, "Applicant") {
        let code = element.string("ApplicantExt/PartyTypeCode").and_then(|code| code.parse().ok()).unwrap_or(0);
        element.children("ApplicantExt").for_each(Element::pass_over);
        typed.push((code, party));
    }
    place_owners(typed, record);
    for (element, party) in parties::parties(parent, "Representative") {
        element.children("RepresentativeExt").for_each(Element::pass_over);
        // The same agent is listed as attorney, correspondent and domestic representative.
        if !record.agents.iter().any(|known| known.name == party.name && known.identifier == party.identifier) {
            record.agents.push(party);
        }
    }
}

/// Puts parties with their US type code (0 = none given) where they belong.
pub(in super::super) fn place_owners(typed: Vec<(u32, Party)>, record: &mut Record) {
    let present = typed.iter().map(|(code, _)| code / 10).max().unwrap_or(0);
    let latest = typed.iter().map(|(code, _)| *code).max().unwrap_or(0);
    for (code, party) in typed {
        if code == 0 {
            if record.grant_date.is_some() {
                record.owners.push(party.clone());
            }
            record.applicants.push(party);
            continue;
        }
        // Codes 31, 32 … are later owners after registration; joint owners share one code.
        if code / 10 == present && code == latest {
            record.owners.push(party.clone());
        }
        if code / 10 == 1 {
            record.applicants.push(party);
        }
    }
}

/// Bulletin publications of EU marks: part A the application, part B the registration. Other offices number marks
/// like patents, so their gazette dates become events and not publication numbers.
fn publications(office: Office, number: &str, mark: Element<'_>, record: &mut Record) {
    for publication in mark.all("PublicationDetails/Publication") {
        let section = publication.string("PublicationSection").unwrap_or_default();
        let issue = publication.string("PublicationIdentifier").unwrap_or_default();
        for known in ["PublicationPage", "PublicationExt", "PublicationSubsection"] {
            publication.children(known).for_each(Element::pass_over);
        }
        let Some(date) = publication.date("PublicationDate") else { continue };
        let level = match section.as_str() {
            "A.1" => Some(Level::Application),
            "B.1" | "B.2" => Some(Level::Grant),
            _ => None,
        };
        if let (Office::EM, Some(level), Ok(number)) = (office, level, PublicationNumber::read(office, number, None)) {
            record.publications.push(Publication { number, kind: None, date: Some(date), level: Some(level) });
        }
        record.events.push(events::gazetted(date, &section, &issue));
    }
}

fn status(office: Office, mark: Element<'_>) -> Option<OfficeStatus> {
    let code = mark.string("MarkCurrentStatusCode")?;
    let words = mark.string("TradeMarkExt/MarkCurrentStatusExternalDescriptionText");
    let (status, text) = mark_words::status(office, &code, words.as_deref());
    Some(OfficeStatus { date: mark.date("MarkCurrentStatusDate"), text, status })
}

fn facts(mark: Element<'_>, record: &mut Record) {
    for (path, name) in FACTS {
        for text in mark.strings(path) {
            record.facts.push((name.to_owned(), text));
        }
    }
    if mark.string("TradeDistinctivenessIndicator").as_deref() == Some("true") {
        record.facts.push(("distinctiveness".to_owned(), "acquired through use".to_owned()));
    }
}
