//! Germany: file numbers of all periods; application and publication carry the same number.

use super::Parsed;
use super::spelling::{compact, has_digit, is_digits, leading_year, split_check, split_kind, without_office};
use crate::RightKind;

/// Reads `10 2015 001 234.7`, `P 35 12 345.6`, `G 83 08 408.8`, `M9000603.8`, DOCDB `102015001234`, EPODOC
/// `DE201510001234` (year, type, six digits) and its forms up to 2003 (`DE19853512345`, `DE19951012345`).
pub(super) fn application(folded: &str, right: RightKind) -> Option<Parsed> {
    let text = without_office(folded, "DE");
    let (text, kind) = split_kind(text);
    let (body, mut check) = split_check(text);
    let mut right = right;
    let (body, suffix) = match body.split_once('-') {
        Some((number, view)) if is_digits(view) => (compact(number), Some(view)),
        _ => (compact(body), None),
    };
    let mut body = match (body.strip_prefix('P'), body.strip_prefix('G')) {
        (Some(rest), _) if is_digits(rest) && rest.len() > 6 && !rest.starts_with('0') => rest.to_owned(),
        (_, Some(rest)) if is_digits(rest) && rest.len() == 7 && check.is_some() => {
            right = RightKind::UtilityModel;
            rest.to_owned()
        }
        _ if is_digits(&body) => body.trim_start_matches('0').to_owned(),
        _ => body,
    };
    if !has_digit(&body) {
        return None;
    }
    if let Some(file) = lettered(&body) {
        body = file;
    }
    if is_digits(&body) && check.is_none() && matches!(body.len(), 9 | 13) {
        check = body.pop();
    }
    let from_epodoc = matches!(body.len(), 11 | 12) && is_digits(&body) && !typed_and_dated(&body);
    let number = match leading_year(&body) {
        Some(_) if from_epodoc => epodoc(&body, kind)?,
        _ => body,
    };
    let right = type_of(&number).unwrap_or(right);
    let serial = suffix.map_or(number.clone(), |view| format!("{number}-{view}"));
    Some(Parsed { right, serial, check })
}

/// File numbers with a letter (up to 1967 the initial of the applicant, `M` designs): the letter and seven digits.
/// Also from EPODOC's form with the year in front: `1963A044733`.
fn lettered(body: &str) -> Option<String> {
    let rest = match leading_year(body) {
        Some(_) if !is_digits(body) => &body[4..],
        _ => body,
    };
    let letter = rest.chars().next().filter(char::is_ascii_uppercase)?;
    let digits = rest.get(1..).filter(|digits| is_digits(digits) && digits.len() <= 7)?;
    Some(format!("{letter}{digits:0>7}"))
}

/// Whether twelve digits are a number since 2004: type, then year. Of two readings (`202010001234`: utility model of
/// 2010, or EPODOC for a patent of 2020) the office's own holds.
fn typed_and_dated(digits: &str) -> bool {
    digits.len() == 12 && leading_year(&digits[2..]).is_some_and(|year| year >= 2004)
}

/// EPODOC's spellings, which begin with the year.
fn epodoc(digits: &str, kind: Option<&str>) -> Option<String> {
    let year = leading_year(digits)?;
    let rest = &digits[4..];
    if digits.len() == 12 {
        // 2015 10 001234
        return Some(format!("{}{year}{}", &rest[..2], &rest[2..]));
    }
    match year {
        ..=1994 if kind.is_some_and(|k| k.starts_with('U')) => Some(format!("{:02}{}", year % 100, &rest[2..])),
        ..=1994 => Some(rest.to_owned()),
        _ => Some(format!("{}{:02}{}", &rest[..1], year % 100, &rest[2..])),
    }
}

/// Kind of right that the number tells: 20, 21 utility model and 40 design since 2004, first digit 2 or 4 since 1995,
/// utility models of 1968 to 1994 begin with their year.
fn type_of(number: &str) -> Option<RightKind> {
    let number = number.split('-').next().unwrap_or(number);
    if number.starts_with('M') {
        return Some(RightKind::Design);
    }
    let first = number.get(..2).filter(|_| is_digits(number))?;
    match number.len() {
        12 => match first {
            "20" | "21" | "22" => Some(RightKind::UtilityModel),
            "40" => Some(RightKind::Design),
            "30" => Some(RightKind::Trademark),
            _ => Some(RightKind::Invention),
        },
        8 => match first.as_bytes()[0] {
            b'2' => Some(RightKind::UtilityModel),
            b'4' => Some(RightKind::Design),
            b'3' => Some(RightKind::Trademark),
            _ => Some(RightKind::Invention),
        },
        7 if ("68"..="94").contains(&first) => Some(RightKind::UtilityModel),
        _ => None,
    }
}

/// Check digit: weights 2, 3, 4 … from the right, modulo 11, subtracted from 11; the letter of a design's file number
/// does not count. Numbers whose digit would be ten were not given out.
pub(super) fn check_digit(serial: &str) -> Option<char> {
    let digits = serial.split('-').next()?.trim_start_matches('M');
    if !is_digits(digits) || digits.len() < 7 {
        return None;
    }
    let sum: u32 = digits.bytes().rev().zip(2..).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    match sum % 11 {
        0 => Some('0'),
        rest => char::from_digit(11 - rest, 10),
    }
}

/// Publication: the number without check digit; a utility model of before 1968 keeps its letter.
pub(super) fn publication(folded: &str, kind: Option<&str>) -> Option<String> {
    let (body, _) = split_check(without_office(folded, "DE"));
    let (number, suffix) = match body.split_once('-') {
        Some((number, view)) if is_digits(view) && view.len() == 4 => (compact(number), Some(view)),
        _ => (compact(body), None),
    };
    let number = number.trim_start_matches('0').to_owned();
    if number.is_empty() {
        return None;
    }
    let untold = type_of(&number).is_none();
    let number = suffix.map_or(number.clone(), |view| format!("{number}-{view}"));
    Some(match kind.and_then(|k| k.chars().next()) {
        Some('U') if untold => number + "U",
        Some('S') if untold => number + "S",
        _ => number,
    })
}

/// Kind of right of a publication.
pub(super) fn publication_right(number: &str) -> Option<RightKind> {
    type_of(number).or_else(|| match number.chars().next_back()? {
        'U' => Some(RightKind::UtilityModel),
        'S' => Some(RightKind::Design),
        _ => None,
    })
}

/// `DE 10 2015 001 234.7`, `DE 100 27 360.2`, `DE 83 08 408.8`.
pub(super) fn display(serial: &str) -> Option<String> {
    let check = check_digit(serial)?;
    let s = serial;
    match (is_digits(s), s.len()) {
        (true, 12) => Some(format!("DE {} {} {} {}.{check}", &s[..2], &s[2..6], &s[6..9], &s[9..])),
        (true, 8) => Some(format!("DE {} {} {}.{check}", &s[..3], &s[3..5], &s[5..])),
        (true, 7) => Some(format!("DE {} {} {}.{check}", &s[..2], &s[2..4], &s[4..])),
        _ => None,
    }
}
