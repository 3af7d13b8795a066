//! China: application numbers with type digit and check digit, publication numbers of all periods.

use super::Parsed;
use super::spelling::{century, compact, is_digits, leading_year, split_check, split_kind};
use crate::RightKind;

/// Last year of the eight-digit form; both forms occur in it.
const TURN: u16 = 2003;

/// Reads `201510163325.6`, `ZL00100089.6`, DOCDB `201510163325`, EPODOC `CN20151163325` (year, type, six digits),
/// and the fifteen digits of CNIPA's `standard` form: type of application, year, serial in nine digits.
pub(super) fn application(folded: &str, right: RightKind) -> Option<Parsed> {
    let text = folded.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (text, _) = split_kind(text);
    let (body, dotted) = split_check(text);
    let mut body = compact(body);
    let mut check = dotted;
    if dotted.is_some() && matches!(body.len(), 6 | 7) {
        body = format!("{body:0>8}"); // a spreadsheet took the zeros of the year 2000 to 2003
    }
    if check.is_none() && matches!(body.len(), 9 | 13) {
        check = body.pop();
    }
    if !is_digits(&body) || check.is_some_and(|c| !c.is_ascii_digit() && c != 'X') {
        return None;
    }
    let serial = match body.len() {
        8 => body,
        11 | 12 => from_year(&body[..4], &body[4..5], &body[5..])?,
        15 => standard(&body)?,
        _ => return None,
    };
    if serial.len() == 8 {
        century(&serial[..2], 1985).filter(|year| (1985..=TURN).contains(year))?;
    }
    Some(Parsed { right: type_of(&serial).unwrap_or(right), serial, check })
}

/// `102019000302430`: 10 invention, 20 utility model, 30 design. A PCT national phase keeps its own type digit
/// inside the nine digits (`080012345`) or as second digit of the type.
fn standard(digits: &str) -> Option<String> {
    let (kind, year, serial) = (&digits[..2], &digits[2..6], &digits[6..]);
    let (pad, inner, tail) = (&serial[..1], &serial[1..2], &serial[2..]);
    let type_digit = match (kind, inner) {
        (_, "8" | "9" | "1" | "2" | "3") if pad == "0" => inner,
        ("11", _) => "8",
        ("21", _) => "9",
        ("10", _) => "1",
        ("20", _) => "2",
        ("30", _) => "3",
        _ => return None,
    };
    from_year(year, type_digit, tail)
}

/// Puts year, type and serial into the form of their time: eight digits up to September 2003, then twelve. In 2003
/// itself the new form counts from 100001, which the five digits of the old one never reached.
fn from_year(year: &str, type_digit: &str, serial: &str) -> Option<String> {
    let number: u32 = serial.parse().ok()?;
    let counted = leading_year(year).filter(|y| (1985..2100).contains(y))?;
    let old = counted < TURN || (counted == TURN && number < 100_000);
    match old {
        true if number < 100_000 => Some(format!("{}{type_digit}{number:05}", &year[2..])),
        true => None,
        false => Some(format!("{year}{type_digit}{number:07}")),
    }
}

/// Kind of right from the type digit: 1 and 8 invention, 2 and 9 utility model, 3 design.
pub(super) fn type_of(serial: &str) -> Option<RightKind> {
    let at = if serial.len() == 8 { 2 } else { 4 };
    match serial.as_bytes().get(at)? {
        b'1' | b'8' => Some(RightKind::Invention),
        b'2' | b'9' => Some(RightKind::UtilityModel),
        b'3' => Some(RightKind::Design),
        _ => None,
    }
}

/// Check digit: weights 2 to 9 and again 2 to 5 from the left, sum modulo 11, ten is `X`. Numbers of 1985 to 1988
/// were given without one.
pub(super) fn check_digit(serial: &str) -> Option<char> {
    if !is_digits(serial) || !matches!(serial.len(), 8 | 12) || (serial.len() == 8 && unchecked(serial)) {
        return None;
    }
    let sum: u32 = serial.bytes().zip((2..=9).cycle()).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    match sum % 11 {
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    }
}

fn unchecked(serial: &str) -> bool {
    matches!(&serial[..2], "85" | "86" | "87" | "88")
}

/// Publication: seven digits, nine since 2006, or the eight of the application (1985 to 1988). A grant with kind C
/// and seven digits keeps the letter: `CN1034567C` and `CN1034567A` are different rights.
pub(super) fn publication(folded: &str, kind: Option<&str>) -> Option<String> {
    let digits = compact(folded);
    if !is_digits(&digits) {
        return None;
    }
    match digits.len() {
        7 | 9 if digits.starts_with(['1', '2', '3']) => {}
        8 if unchecked(&digits) => return Some(digits),
        _ => return None,
    }
    let own_numbers = digits.len() == 7 && kind.is_some_and(|k| k.starts_with('C'));
    Some(if own_numbers { digits + "C" } else { digits })
}

/// Kind of right from the first digit of a publication, the third of the old ones.
pub(super) fn publication_right(number: &str) -> Option<RightKind> {
    let digits = number.trim_end_matches('C');
    let at = if digits.len() == 8 { 2 } else { 0 };
    match digits.as_bytes().get(at)? {
        b'1' => Some(RightKind::Invention),
        b'2' => Some(RightKind::UtilityModel),
        b'3' => Some(RightKind::Design),
        _ => None,
    }
}
