//! European Patent Office: eight-digit applications with Luhn's check digit, seven-digit publications.

use super::Parsed;
use super::spelling::{compact, is_digits, leading_year, split_check, split_kind, without_office};
use crate::RightKind;

/// Reads `15163325.6`, `EP 15 163 325`, DOCDB `15163325`, EPODOC `EP20150163325` (year and seven digits).
pub(super) fn application(folded: &str, right: RightKind) -> Option<Parsed> {
    let (text, _) = split_kind(without_office(folded, "EP"));
    let (body, dotted) = split_check(text);
    let mut body = compact(body);
    let mut check = dotted;
    if check.is_none() && body.len() == 9 {
        check = body.pop();
    }
    if !is_digits(&body) {
        return None;
    }
    let serial = match body.len() {
        8 => body,
        7 => format!("0{body}"), // a spreadsheet took the zero of the year
        11 => {
            leading_year(&body).filter(|year| *year >= 1978)?;
            let serial = body[4..].strip_prefix('0')?;
            format!("{}{serial}", &body[2..4])
        }
        _ => return None,
    };
    Some(Parsed { right, serial, check })
}

/// Whether a number was given before 2002: the office states its rule from then on, and earlier numbers with another
/// digit exist.
pub(super) fn before_rule(serial: &str) -> bool {
    serial.get(..2).is_some_and(|year| !("02".."78").contains(&year))
}

/// Publication: at most seven digits, filled with zeros.
pub(super) fn publication(folded: &str) -> Option<String> {
    let digits = compact(without_office(folded, "EP"));
    (is_digits(&digits) && digits.len() <= 7).then(|| format!("{digits:0>7}"))
}
