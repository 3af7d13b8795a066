//! US grants 1976 to 2001 as the "green book" text: a tag in the first four columns, the value from the sixth on,
//! continuation lines indented.
//!
//! A weekly file holds all patents of a week behind an optional header line; each begins with a line `PATN`.

mod fields;
mod text;

use std::borrow::Cow;

use records::{
    ApplicationNumber, Authority, KindCode, Office, Part, PartKey, Publication, PublicationNumber, Record, RightKind,
    Subject, Text,
};

use self::fields::{Group, groups};
use super::us_forms::level;
use crate::{Cut, Findings, Format, Head, RawRecord};

/// The format.
pub(crate) static FORMAT: Format = Format {
    name: "us-grant-aps",
    chinese: "美国授权专利（1976—2001，绿皮书文本）",
    english: "US patent grants 1976-2001, green book text",
    cut: Cut::Lines(begins),
    recognise,
    read,
};

fn begins(line: &[u8]) -> bool {
    line.trim_ascii_end() == b"PATN"
}

/// A line `PATN` with `WKU` behind it among the first lines.
fn recognise(head: &Head) -> bool {
    let mut lines = head.bytes.split(|byte| *byte == b'\n').take(8);
    lines.any(begins) && lines.next().is_some_and(|line| line.starts_with(b"WKU "))
}

fn read(record: &RawRecord, findings: &mut Findings) {
    // Old files are ASCII with rare bytes of Latin-1.
    let text = std::str::from_utf8(&record.bytes).map_or_else(
        |_| {
            findings.warn("encoding", "bytes above 127 read as Latin-1");
            Cow::Owned(record.bytes.iter().copied().map(char::from).collect())
        },
        Cow::Borrowed,
    );
    patent(&groups(&text), findings);
}

/// What the kind of application (APT) says: kind of right and kind code, which these files do not print.
fn sort(code: &str) -> Option<(RightKind, &'static str)> {
    Some(match code {
        "1" => (RightKind::Invention, "A"),
        "2" => (RightKind::Invention, "E"),
        "4" => (RightKind::Design, "S"),
        "5" => (RightKind::Invention, "I4"),
        "6" => (RightKind::Plant, "P"),
        "7" => (RightKind::Invention, "H"),
        _ => return None,
    })
}

fn patent(groups: &[Group<'_>], findings: &mut Findings) {
    let Some(head) = groups.iter().find(|group| group.name == "PATN") else {
        return findings.refuse("no-bibliography", "the record does not begin with PATN");
    };
    let Some(written) = head.value("WKU") else {
        return findings.refuse("no-number", "the patent has no number (WKU)");
    };
    let sort = head.value("APT").and_then(|code| {
        let known = sort(&code);
        if known.is_none() {
            findings.warn("kind", format!("the application type «{code}» (APT) is not known"));
        }
        known
    });
    let (stated, kind) = sort.map_or((RightKind::Invention, None), |(right, kind)| (right, Some(kind)));
    let number = match PublicationNumber::read(Office::US, without_check_digit(&written), kind) {
        Ok(number) => number,
        Err(error) => return findings.refuse("number", format!("patent number: {error}")),
    };
    let application = application(head, stated, findings);
    let right = application.as_ref().map_or(stated, |application| application.right);
    let date = head.date("ISD");
    let mut record = Record {
        right: Some(right),
        registration_number: Some(number.as_str().trim_start_matches("US").to_owned()),
        filing_date: head.date("APD"),
        grant_date: date,
        ..Record::default()
    };
    let publication = Publication {
        number: number.clone(),
        kind: kind.and_then(KindCode::read),
        date,
        level: Some(level(kind, true)),
    };
    record.publications.push(publication);
    record.titles.extend(head.value("TTL").map(|title| Text::new(Some("en"), title)));
    fields::read(groups, right, &mut record, findings);
    text::read(groups, &mut record);

    let key = PartKey::new(FORMAT.name, format_args!("{number}{}", kind.unwrap_or_default()));
    let subject = Subject { application, publications: vec![number] };
    let mut part = Part::new(key, subject, Authority::Office);
    part.as_of = date;
    part.record = record;
    findings.unread = fields::unknown(groups);
    findings.parts.push(part);
}

/// The number is eight places (letters of the kind, zeros, digits) and a check digit.
fn without_check_digit(written: &str) -> &str {
    if written.len() == 9 && written.is_ascii() { &written[..8] } else { written }
}

/// Series code (SRC) and serial with a check digit (APN): `5` and `4491556` are application 05/449155.
fn application(head: &Group<'_>, right: RightKind, findings: &mut Findings) -> Option<ApplicationNumber> {
    let written = head.value("APN")?;
    let serial = if written.len() == 7 && written.is_ascii() { &written[..6] } else { &written };
    let whole = match head.value("SRC") {
        Some(series) if series.parse::<u8>().is_ok() => format!("{series:0>2}/{serial}"),
        _ => serial.to_owned(),
    };
    match ApplicationNumber::read(Office::US, &whole, right) {
        Ok(number) => Some(number),
        Err(error) => {
            findings.warn("number", format!("application number left out: {error}"));
            None
        }
    }
}
