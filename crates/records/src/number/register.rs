//! Trade marks, geographical indications, layouts, and offices without rules of their own.

use super::spelling::{compact, has_digit, is_digits, leading_year, split_kind, without_office};
use super::{Parsed, em, kind as kinds};
use crate::{Office, RightKind};

/// Application number of a trade mark: EM nine digits, US eight (`74/800000`), CN without leading zeros and with its
/// class where one is given (`24649811-9`), else letters and digits.
pub(super) fn mark(office: Office, folded: &str) -> Option<Parsed> {
    if office == Office::EM {
        return em::application(folded, RightKind::Trademark);
    }
    let text = without_office(folded, office.as_str());
    let number = match office {
        Office::US => us_mark(text),
        Office::CN => cn_mark(text),
        _ => compact(text),
    };
    has_digit(&number).then_some(Parsed { right: RightKind::Trademark, serial: number, check: None })
}

fn us_mark(text: &str) -> String {
    let digits = match text.split_once('/') {
        Some((series, serial)) => format!("{}{:0>6}", compact(series), compact(serial)),
        None => compact(text),
    };
    if is_digits(&digits) { format!("{digits:0>8}") } else { digits }
}

fn cn_mark(text: &str) -> String {
    let (number, class) = match text.rsplit_once('-') {
        Some((number, class)) if is_digits(class) && class.len() <= 2 => (number, class.trim_start_matches('0')),
        _ => (text, ""),
    };
    let number = compact(number);
    let number = number.trim_start_matches('0');
    if class.is_empty() || number.is_empty() { number.to_owned() } else { format!("{number}-{class}") }
}

/// Layouts and geographical indications: letters and digits of any script and hyphens.
pub(super) fn verbatim(office: Office, folded: &str, right: RightKind) -> Option<Parsed> {
    let text = without_office(folded, office.as_str());
    let serial: String = text.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    let serial = serial.trim_matches('-').to_owned();
    (!serial.is_empty()).then_some(Parsed { right, serial, check: None })
}

/// Application of an office without a rule: letters and digits without separators.
pub(super) fn application(office: Office, folded: &str, right: RightKind) -> Option<Parsed> {
    let serial = compact(without_office(folded, office.as_str()));
    let serial = from_epodoc(office, &serial).unwrap_or(serial);
    has_digit(&serial).then_some(Parsed { right, serial, check: None })
}

/// EPODOC's year and seven digits where DOCDB is known to leave something out: RU a zero (`RU20150124071` is
/// `2015124071`), CA the year (`CA20002300029` is `2300029`).
fn from_epodoc(office: Office, serial: &str) -> Option<String> {
    leading_year(serial).filter(|_| serial.len() == 11 && is_digits(serial))?;
    match office.as_str() {
        "RU" => serial[4..].strip_prefix('0').map(|rest| format!("{}{rest}", &serial[..4])),
        "CA" => Some(serial[4..].to_owned()),
        _ => None,
    }
}

/// Publication of an office without a rule. Where the kind says utility model or design, its letter stays in the
/// number: such rights often count from 1 beside the patents.
pub(super) fn publication(office: Office, folded: &str, kind: Option<&str>) -> Option<String> {
    let number = compact(without_office(folded, office.as_str()));
    if number.is_empty() {
        return None;
    }
    let right = kind.and_then(|kind| kinds::right_kind(office, kind));
    Some(match right {
        Some(RightKind::UtilityModel) => number + "U",
        Some(RightKind::Design) => number + "S",
        _ => number,
    })
}

/// Kind of right of such a publication.
pub(super) fn publication_right(number: &str) -> Option<RightKind> {
    match split_kind(number).1 {
        Some("U") => Some(RightKind::UtilityModel),
        Some("S") => Some(RightKind::Design),
        _ => None,
    }
}
