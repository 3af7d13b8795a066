//! EUIPO: trade marks of nine digits, designs of nine digits and a running number of four.

use super::Parsed;
use super::spelling::{compact, is_digits, without_office};
use crate::RightKind;

/// Reads `018229858`, `18229858`, `W01234567` (an international registration), `001066245-0001`, `1066245-1`,
/// `0010662450001`. The form tells a design with its running number from a mark.
pub(super) fn application(folded: &str, right: RightKind) -> Option<Parsed> {
    let text = without_office(without_office(folded, "EUTM"), "EM");
    let number = number(text)?;
    let right = if number.contains('-') { RightKind::Design } else { right };
    Some(Parsed { right, serial: number, check: None })
}

/// The normal form.
pub(super) fn number(text: &str) -> Option<String> {
    let text = without_office(text, "EM");
    if let Some((number, view)) = text.split_once('-') {
        let (number, view) = (compact(number), compact(view));
        return design(&number, &view);
    }
    let text = compact(text);
    if let Some(digits) = text.strip_prefix('W').filter(|digits| is_digits(digits)) {
        return Some(format!("W{digits:0>8}"));
    }
    match text.len() {
        13 => design(&text[..9], &text[9..]),
        1..=9 if is_digits(&text) => Some(format!("{text:0>9}")),
        _ => None,
    }
}

fn design(number: &str, view: &str) -> Option<String> {
    let fits = is_digits(number) && is_digits(view) && number.len() <= 9 && view.len() <= 4;
    fits.then(|| format!("{number:0>9}-{view:0>4}"))
}
