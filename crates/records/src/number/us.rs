//! United States: series and serial of applications, prefixes of patents, year and serial of publications.

use super::Parsed;
use super::spelling::{century, compact, is_digits, leading_year, split_kind, without_office};
use crate::RightKind;

/// Reads `14/123,456`, `29654321`, DOCDB `201414123456` (year, series, serial), EPODOC `US20100942680` (year and
/// serial without series). Serials of unknown series keep their six digits.
pub(super) fn application(folded: &str, right: RightKind) -> Option<Parsed> {
    let text = without_office(folded, "US");
    let (text, kind) = split_kind(text);
    let text = text.trim_start_matches("D/");
    let serial = if let Some((series, serial)) = text.split_once('/') {
        let (series, serial) = (compact(series), compact(serial));
        let fits = is_digits(&series) && is_digits(&serial) && series.len() <= 2 && serial.len() <= 6;
        fits.then(|| format!("{series:0>2}{serial:0>6}"))?
    } else {
        let digits = compact(text);
        if !is_digits(&digits) {
            return None;
        }
        match digits.len() {
            12 if leading_year(&digits).is_some() => digits[4..].to_owned(),
            11 => with_series(leading_year(&digits)?, &digits[4..], Sort::of(kind, right))?,
            8 if known_series(&digits[..2], right) => digits,
            8 => docdb_old(&digits, Sort::of(kind, right)).unwrap_or(digits),
            7 => format!("0{digits}"),
            1..=6 => format!("{digits:0>6}"),
            _ => return None,
        }
    };
    Some(Parsed { right: right_of(&serial, kind, right), serial, check: None })
}

/// What DOCDB's kind of an application tells about the series.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Utility, plant, reissue.
    Regular,
    /// Design (kind F).
    Design,
    /// Provisional (kind P).
    Provisional,
}

impl Sort {
    /// The sort of a DOCDB kind code, else of the right.
    pub(super) fn of(kind: Option<&str>, right: RightKind) -> Self {
        match kind {
            Some("P") => Self::Provisional,
            Some("F" | "S") => Self::Design,
            None if right == RightKind::Design => Self::Design,
            _ => Self::Regular,
        }
    }
}

/// DOCDB's form of filings up to about 2011: serial without leading zeros, then two digits of the year.
pub(super) fn docdb_old(digits: &str, sort: Sort) -> Option<String> {
    let (serial, year) = digits.split_at_checked(digits.len().checked_sub(2)?)?;
    with_series(century(year, 1925)?, serial, sort)
}

/// Series of patents and the year in which each began.
#[rustfmt::skip]
const REGULAR: [(u8, u16); 19] = [
    (1, 1925), (2, 1935), (3, 1948), (4, 1960), (5, 1970), (6, 1979), (7, 1987), (8, 1993), (9, 1997), (10, 2001),
    (11, 2004), (12, 2007), (13, 2011), (14, 2013), (15, 2016), (16, 2018), (17, 2020), (18, 2022), (19, 2024),
];

/// Series of provisional applications.
const PROVISIONAL: [(u8, u16); 4] = [(60, 1995), (61, 2007), (62, 2013), (63, 2020)];

/// Puts the series of the filing year before the serial. A series often changed within a year; then small serials
/// belong to the newer one.
fn with_series(year: u16, serial: &str, sort: Sort) -> Option<String> {
    let number: u32 = serial.parse().ok().filter(|n| *n < 1_000_000)?;
    let table: &[(u8, u16)] = match sort {
        Sort::Design if year >= 1993 => &[(29, 1992)],
        Sort::Provisional => &PROVISIONAL,
        _ => &REGULAR,
    };
    let at = table.iter().rposition(|(_, first)| *first <= year)?;
    // Series 4 to 8 began with January; the others in mid-year or in its last weeks.
    let (series, first) = table[at];
    let clean_start = sort == Sort::Design || (4..=8).contains(&series);
    let series = if first == year && !clean_start && number >= 300_000 && at > 0 { table[at - 1].0 } else { series };
    Some(format!("{series:02}{number:06}"))
}

/// Series in use: patents to 19, designs 29 and 35, provisionals, re-examinations; trade marks 70 and up.
fn known_series(series: &str, right: RightKind) -> bool {
    match series.parse::<u8>() {
        Ok(70..=99) if right == RightKind::Trademark => true,
        Ok(series) => matches!(series, 1..=19 | 29 | 35 | 60..=63 | 90 | 95 | 96),
        Err(_) => false,
    }
}

fn right_of(serial: &str, kind: Option<&str>, right: RightKind) -> RightKind {
    match serial.get(..2) {
        Some("29" | "35") if serial.len() == 8 => RightKind::Design,
        _ if kind == Some("F") => RightKind::Design,
        _ => right,
    }
}

/// Prefixes of patents other than utility patents, with the first letter of their kind codes.
const PREFIXES: [(&str, &str); 6] = [("PP", "P"), ("RE", "E"), ("AI", "AI"), ("D", "S"), ("H", "H"), ("T", "T")];

/// Publication: `8,926,509`, `09855244`, `D907,292`, `RE46,789`, `2015/0123456` (the serial loses its leading zero,
/// as in DOCDB). A kind code supplies a missing prefix: `907292 S1` is `D907292`.
pub(super) fn publication(folded: &str, kind: Option<&str>) -> Option<String> {
    let text = without_office(folded, "US");
    if let Some((year, serial)) = text.split_once(['/', '-'])
        && let Some(number) = yearly(&compact(year), &compact(serial))
    {
        return Some(number);
    }
    let text = compact(text);
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = &text[..text.len() - digits.len()];
    if !is_digits(digits) {
        return None;
    }
    let number = digits.trim_start_matches('0');
    if number.is_empty() {
        return None;
    }
    match letters {
        "" if digits.len() >= 10 => yearly(&digits[..4], &digits[4..]),
        "" if number.len() <= 8 => Some(format!("{}{number}", prefix_of_kind(kind))),
        "X" => Some(format!("X{number}")),
        _ if PREFIXES.iter().any(|(prefix, _)| *prefix == letters) => Some(format!("{letters}{number}")),
        _ => None,
    }
}

fn yearly(year: &str, serial: &str) -> Option<String> {
    let counted = leading_year(year).filter(|y| year.len() == 4 && *y >= 2001)?;
    let number: u32 = serial.parse().ok().filter(|_| is_digits(serial) && serial.len() <= 7)?;
    Some(format!("{counted}{number:06}"))
}

fn prefix_of_kind(kind: Option<&str>) -> &'static str {
    let found = kind.and_then(|k| PREFIXES.iter().find(|(_, letter)| k.starts_with(letter)));
    found.map_or("", |(prefix, _)| prefix)
}

/// Kind of right from the prefix.
pub(super) fn publication_right(number: &str) -> Option<RightKind> {
    match number.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "D" => Some(RightKind::Design),
        "PP" => Some(RightKind::Plant),
        "" | "RE" | "H" | "T" | "X" | "AI" => Some(RightKind::Invention),
        _ => None,
    }
}

/// `US 16/548,822`.
pub(super) fn display(serial: &str) -> Option<String> {
    let fits = serial.len() == 8 && is_digits(serial);
    fits.then(|| format!("US {}/{},{}", &serial[..2], &serial[2..5], &serial[5..]))
}
