//! Republic of Korea: kind of right, year and seven digits.

use super::Parsed;
use super::spelling::{century, compact, is_digits, leading_year, split_kind, without_office};
use crate::RightKind;

fn right_of(two_digits: &str) -> Option<RightKind> {
    match two_digits {
        "10" => Some(RightKind::Invention),
        "20" => Some(RightKind::UtilityModel),
        "30" => Some(RightKind::Design),
        "40" | "41" | "45" => Some(RightKind::Trademark),
        _ => None,
    }
}

/// The two digits of a kind of right.
fn code_of(right: RightKind) -> &'static str {
    match right {
        RightKind::UtilityModel => "20",
        RightKind::Design => "30",
        RightKind::Trademark => "40",
        _ => "10",
    }
}

/// A 13-digit number taken apart: right, year with serial.
fn full(digits: &str) -> Option<(RightKind, &str)> {
    let fits = digits.len() == 13 && leading_year(&digits[2..]).is_some_and(|year| year > 1940);
    fits.then(|| right_of(&digits[..2]).map(|right| (right, &digits[2..]))).flatten()
}

/// Reads `10-2010-7003249`, `1020107003249`, DOCDB and EPODOC `20107003249`, the old `870001234`. The kind of right
/// goes to `right`, so the serial is the eleven digits.
pub(super) fn application(folded: &str, right: RightKind) -> Option<Parsed> {
    let (text, kind) = split_kind(without_office(folded, "KR"));
    let digits = compact(text);
    if !is_digits(&digits) {
        return None;
    }
    let right = if kind.is_some_and(|k| k.starts_with('U')) { RightKind::UtilityModel } else { right };
    let (right, serial) = match digits.len() {
        13 => full(&digits).map(|(right, serial)| (right, serial.to_owned()))?,
        11 => leading_year(&digits).map(|_| (right, digits))?,
        9 => century(&digits[..2], 1948).map(|year| (right, format!("{year}{}", &digits[2..])))?,
        _ => return None,
    };
    Some(Parsed { right, serial, check: None })
}

/// Publication: `10-2007-0048168` is `20070048168`, a patent `10-0484299` is `100484299`. Utility models and designs
/// with a year keep the letter of their kind, and so do examined publications up to 1997 (`960012345B`).
pub(super) fn publication(folded: &str, kind: Option<&str>) -> Option<String> {
    let digits = compact(without_office(folded, "KR"));
    if !is_digits(&digits) {
        return None;
    }
    let letter = kind.and_then(|k| k.chars().next());
    let (mut number, letter) = match (full(&digits), digits.len()) {
        (Some((right, serial)), _) => (serial.to_owned(), letter.or(letter_of(right))),
        (None, 13) if right_of(&digits[..2]).is_some() && digits.ends_with("0000") => {
            return Some(digits[..9].to_owned()); // registrations are also written with four zeros behind
        }
        (None, 9 | 11) => (digits, letter),
        // Registrations of before 1999 without their kind, and exports that shorten the serial to six digits.
        (None, 6 | 7) => return Some(format!("{}{digits:0>7}", registered(letter))),
        (None, 10) if leading_year(&digits).is_some() => (format!("{}0{}", &digits[..4], &digits[4..]), letter),
        _ => return None,
    };
    let own_numbers = number.len() == 9 && letter == Some('B') && right_of(&number[..2]).is_none();
    match letter {
        Some('U' | 'Y') if number.len() == 11 => number.push('U'),
        Some('S') if number.len() == 11 => number.push('S'),
        _ if own_numbers => number.push('B'),
        _ => {}
    }
    Some(number)
}

/// The two digits before a registration number of this kind code.
fn registered(letter: Option<char>) -> &'static str {
    match letter {
        Some('U' | 'Y') => "20",
        Some('S') => "30",
        _ => "10",
    }
}

fn letter_of(right: RightKind) -> Option<char> {
    match right {
        RightKind::UtilityModel => Some('U'),
        RightKind::Design => Some('S'),
        _ => None,
    }
}

/// Kind of right of a publication: its letter, or the first two digits of a registration.
pub(super) fn publication_right(number: &str) -> Option<RightKind> {
    match number.chars().next_back()? {
        'U' => Some(RightKind::UtilityModel),
        'S' => Some(RightKind::Design),
        _ if number.len() == 9 => right_of(&number[..2]),
        _ => None,
    }
}

/// `KR 10-2010-7003249`.
pub(super) fn display(serial: &str, right: RightKind) -> Option<String> {
    let fits = serial.len() == 11 && is_digits(serial);
    fits.then(|| format!("KR {}-{}-{}", code_of(right), &serial[..4], &serial[4..]))
}
