//! United Kingdom: year and five digits with Luhn's check digit; publications from GB 2,000,001 on.

use super::Parsed;
use super::spelling::{century, compact, is_digits, leading_year, luhn, split_check, split_kind, without_office};
use crate::RightKind;

/// Reads `1512345.6`, `15 12345`, DOCDB `201512345`, EPODOC `GB20150012345`, the old `12345/70`.
pub(super) fn application(folded: &str, right: RightKind) -> Option<Parsed> {
    let (text, _) = split_kind(without_office(folded, "GB"));
    if let Some((number, year)) = text.split_once('/') {
        return number_of(century(year.trim(), 1916)?, &compact(number), right, None);
    }
    let (body, mut check) = split_check(text);
    let mut body = compact(body);
    if check.is_none() && body.len() == 8 {
        check = body.pop();
    }
    if !is_digits(&body) {
        return None;
    }
    match body.len() {
        7 => number_of(century(&body[..2], 1935)?, &body[2..], right, check),
        9 | 11 => number_of(leading_year(&body)?, &body[4..], right, check),
        _ => None,
    }
}

/// DOCDB's form up to 1977: serial, then two digits of the year.
pub(super) fn docdb_old(digits: &str, right: RightKind) -> Option<Parsed> {
    let (number, year) = digits.split_at_checked(digits.len().checked_sub(2)?)?;
    number_of(century(year, 1916)?, number, right, None)
}

fn number_of(year: u16, number: &str, right: RightKind, check: Option<char>) -> Option<Parsed> {
    let number: u32 = number.parse().ok().filter(|n| is_digits(number) && *n < 100_000)?;
    Some(Parsed { right, serial: format!("{year}{number:05}"), check })
}

/// Check digit of the seven digits that the office writes; numbers before 1978 have none.
pub(super) fn check_digit(serial: &str) -> Option<char> {
    let written = serial.get(2..).filter(|_| serial.len() == 9 && serial >= "1978")?;
    luhn(written)
}

/// Publication: the number without leading zeros. A filing that was never published (kind `D0`) is listed under its
/// application number and keeps them.
pub(super) fn publication(folded: &str, kind: Option<&str>) -> Option<String> {
    let digits = compact(without_office(folded, "GB"));
    if kind == Some("D0") && is_digits(&digits) {
        return Some(digits);
    }
    let number = digits.trim_start_matches('0');
    (is_digits(number) && number.len() <= 9).then(|| number.to_owned())
}

/// `GB1512345.2`.
pub(super) fn display(serial: &str) -> Option<String> {
    match check_digit(serial) {
        Some(check) => Some(format!("GB{}.{check}", &serial[2..])),
        None if serial.len() == 9 => Some(format!("GB {}/{}", &serial[4..], &serial[2..4])),
        None => None,
    }
}
