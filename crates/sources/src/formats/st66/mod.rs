//! Trade marks in WIPO ST.66, whoever sends them: single marks of an office (`st66`), EUIPO open data and German
//! register answers. The dialects differ in a few elements only, so one reader knows them all; the formats differ
//! in name, in how they are recognised and in the words for states and events ([`super::mark_words`]).

mod events;
mod goods;
mod mark;
pub(super) mod parties;

pub(super) use events::assignment_event;
pub(super) use goods::{nice_class, terms};
pub(super) use mark::{place_owners, read_priority};
pub(super) use parties::country;
use records::{ApplicationNumber, Authority, Date, Office, Part, PartKey, Record, RightKind, Subject};

use crate::xml::Element;
use crate::{Cut, Findings, Format, Head, RawRecord};

/// Single marks of any office, such as those of the US status service.
pub(crate) static FORMAT: Format = Format {
    name: "st66",
    chinese: "ST.66 商标",
    english: "Trade mark in ST.66",
    cut: Cut::Documents,
    recognise,
    read,
};

fn recognise(head: &Head) -> bool {
    head.root_is("Transaction")
        && head.root_tag.contains("wipo.int/standards/XMLSchema/trademarks")
        && !head.root_tag.contains("dpma.de")
}

/// Reads every mark of a transaction into a part of its own.
pub(super) fn read(record: &RawRecord, findings: &mut Findings) {
    record.with_xml(findings, |root, findings| {
        let as_of = root.date("TransactionHeader/SenderDetails/RequestProducerDateTime");
        for content in root.all("TradeMarkTransactionBody/TransactionContentDetails") {
            let transaction = content.string("TransactionIdentifier");
            if let Some(code) = content.child("TransactionCode") {
                code.pass_over();
            }
            for data in content.all("TransactionData") {
                let marks = data.all("TradeMarkDetails/TradeMark");
                let alone = marks.len() == 1;
                for mark in marks {
                    let Some(mut part) = part(record.format.name, mark, transaction.as_deref(), findings) else {
                        continue;
                    };
                    part.as_of = as_of.or_else(|| latest_date(&part.record));
                    if alone && !part.withdrawn {
                        // Beside a single mark stand the parties and appeals that are its own.
                        mark::parties(data, &mut part.record);
                        events::appeals(data, &mut part.record);
                    }
                    findings.parts.push(part);
                }
                findings.keep_good_parts();
                if findings.parts.is_empty() && findings.problems.is_empty() && data.child("ApplicantDetails").is_some()
                {
                    findings.passed_over = Some("a list of parties");
                }
            }
        }
    });
}

/// The part of one mark; `None` with a problem noted when it has no number.
fn part(format: &'static str, mark: Element<'_>, transaction: Option<&str>, findings: &mut Findings) -> Option<Part> {
    let office = mark.string("RegistrationOfficeCode").and_then(|code| code.parse::<Office>().ok());
    // Germany keeps marks under a file number; before 1995 the application had another one.
    let file = mark.string("FileNumber").filter(|_| office == Some(Office::DE));
    let number = file.or_else(|| mark.string("ApplicationNumber")).or_else(|| transaction.map(str::to_owned));
    let (Some(office), Some(number)) = (office, number) else {
        findings.refuse("no-number", "a TradeMark has no RegistrationOfficeCode or no ApplicationNumber");
        return None;
    };
    let application = ApplicationNumber::read(office, &number, RightKind::Trademark).ok();
    let Some(application) = application.or_else(|| ApplicationNumber::verbatim(office, &number, RightKind::Trademark))
    else {
        findings.refuse("no-number", format!("«{number}» is not an application number of {office}"));
        return None;
    };
    let key = match office {
        Office::EM => PartKey::new(format, &application.serial),
        _ => PartKey::new(format, format_args!("{office}{}", application.serial)),
    };
    let subject = Subject { application: Some(application), publications: Vec::new() };
    let mut part = Part::new(key, subject, Authority::Office);
    if operation(mark, findings) == Operation::Delete {
        part.withdrawn = true;
    } else {
        part.record = mark::fields(office, &number, mark, findings);
    }
    Some(part)
}

/// The newest day that a record of an office's mark or design names among its events and states: a record without
/// a date of its own is as new as that.
pub(super) fn latest_date(record: &Record) -> Option<Date> {
    let events = record.events.iter().map(|event| event.date);
    events.chain([record.office_status.as_ref().and_then(|status| status.date)]).max().flatten()
}

/// What a delivery does with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// Insert or replace.
    Store,
    /// Take back.
    Delete,
}

/// Reads `operationCode` (ST.66, ST.86) or `operationCategory` (ST.96).
pub(super) fn operation(element: Element<'_>, findings: &mut Findings) -> Operation {
    match element.attr("operationCode").or_else(|| element.attr("operationCategory")) {
        Some(code) if code.eq_ignore_ascii_case("delete") => Operation::Delete,
        Some(code)
            if !["insert", "update", "create", "amend", "none"].contains(&code.to_ascii_lowercase().as_str()) =>
        {
            findings
                .warn("operation", format!("the operation «{code}» is not known; the record is stored as an update"));
            Operation::Store
        }
        _ => Operation::Store,
    }
}
