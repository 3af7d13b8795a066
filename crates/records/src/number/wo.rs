//! PCT: international applications (receiving office, year, six digits) and WO publications; Hague numbers.

use super::Parsed;
use super::spelling::{century, compact, is_digits, leading_year, without_office};
use crate::{Office, RightKind};

/// The PCT began with 1978.
const FIRST: u16 = 1978;

/// Reads `PCT/CN2015/071234`, `PCT/US98/16128`, `CA2018/050171`, EPODOC `WO2015CN71234`.
pub(super) fn application(folded: &str) -> Option<Parsed> {
    let text = without_office(without_office(folded, "WO"), "PCT");
    let text = compact(text);
    let (office, year, number) = if text.starts_with(|c: char| c.is_ascii_digit()) {
        let at = text.find(|c: char| c.is_ascii_uppercase())?;
        (text.get(at..at + 2)?, &text[..at], text.get(at + 2..)?)
    } else {
        let digits = text.get(2..)?;
        let at = match digits.len() {
            7 | 8 => 2,
            9 | 10 => 4,
            _ => return None,
        };
        (text.get(..2)?, digits.get(..at)?, digits.get(at..)?)
    };
    serial(office, year, number)
}

/// DOCDB's form: the country is the receiving office, the kind `W`, the number `2015071234` or `9816128`.
pub(super) fn docdb(receiving: Office, folded: &str) -> Option<Parsed> {
    let digits = compact(without_office(folded, receiving.as_str()));
    if !is_digits(&digits) {
        return application(folded);
    }
    let at = if digits.len() > 8 { 4 } else { 2 };
    serial(receiving.as_str(), digits.get(..at)?, digits.get(at..)?)
}

fn serial(office: &str, year: &str, number: &str) -> Option<Parsed> {
    let office: Office = office.parse().ok()?;
    let year = full_year(year)?;
    let number: u32 = number.parse().ok().filter(|n| is_digits(number) && *n < 1_000_000)?;
    Some(Parsed { right: RightKind::Invention, serial: format!("{office}{year}{number:06}"), check: None })
}

fn full_year(year: &str) -> Option<u16> {
    match year.len() {
        2 => century(year, FIRST),
        4 => leading_year(year).filter(|y| *y >= FIRST),
        _ => None,
    }
}

/// Publication: `2015/123456`, `01/23456`, `0123456`, `WO/2006/001333`; year in four digits, serial in six.
/// International designs keep their letter: `DM/081655` is `DM081655`.
pub(super) fn publication(folded: &str) -> Option<String> {
    let text = without_office(without_office(folded, "WO"), "WO");
    let digits = compact(text);
    if let Some(rest) = digits.strip_prefix("DM").or(digits.strip_prefix('D')) {
        let (number, view) = text.split_once('-').map_or((rest.to_owned(), ""), |(n, v)| (compact(n), v.trim()));
        let number = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let fits = is_digits(number) && (view.is_empty() || is_digits(view));
        return fits
            .then(|| if view.is_empty() { format!("DM{number:0>6}") } else { format!("DM{number:0>6}-{view}") });
    }
    if !is_digits(&digits) {
        return None;
    }
    let (year, number) = match text.split_once(['/', '-', ' ']) {
        Some((year, number)) if matches!(year.len(), 2 | 4) => (year.to_owned(), compact(number)),
        _ => {
            let at = if digits.len() > 8 { 4 } else { 2 };
            (digits.get(..at)?.to_owned(), digits.get(at..)?.to_owned())
        }
    };
    let year = full_year(&year)?;
    let number: u32 = number.parse().ok().filter(|n| *n < 1_000_000)?;
    Some(format!("{year}{number:06}"))
}

/// `PCT/CN2015/071234`.
pub(super) fn display(serial: &str) -> Option<String> {
    let fits = serial.len() == 12 && is_digits(serial.get(2..)?);
    fits.then(|| format!("PCT/{}{}/{}", &serial[..2], &serial[2..6], &serial[6..]))
}
