//! Free spellings made plain: full-width forms, dashes, office prefixes, kind codes behind a number.

/// Upper case, with full-width forms, odd dashes and odd spaces replaced by their ASCII twins; trimmed.
pub(super) fn fold(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' | '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}' | '\t' | '\n' | '\r' => ' ',
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' | '\u{AD}' => '-',
            '。' | '·' | '・' => '.',
            '、' => ',',
            _ => c,
        })
        .flat_map(char::to_uppercase)
        .collect();
    folded.trim().to_owned()
}

/// The ASCII letters and digits of a folded text.
pub(super) fn compact(folded: &str) -> String {
    folded.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Letters alone are a word or an office's code (`[US]`), no number.
pub(super) fn has_digit(serial: &str) -> bool {
    serial.bytes().any(|b| b.is_ascii_digit())
}

/// Whether `text` is one or more ASCII digits.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The text behind an office code that stands alone or before a separator or digit (`US 8,926,509`,
/// `CN-104751825`); the text itself when there is none.
pub(super) fn without_office<'t>(folded: &'t str, office: &str) -> &'t str {
    match folded.strip_prefix(office) {
        Some(rest) => rest.trim_start_matches([' ', '-', '/', '.', ':', '_']),
        None => folded,
    }
}

/// Splits a kind code from the end of a folded number: `104751825B`, `8,000,000 B2`, `KR20150000637 (U)`.
/// A code is a letter with at most one digit behind at least one digit of the number. `X` is never a code: it is a
/// check digit.
pub(super) fn split_kind(folded: &str) -> (&str, Option<&str>) {
    let text = folded.trim_end_matches([')', ']', '*', ' ', ',', '.', ';']);
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let with_digit = text.len() - head.len();
    let Some(letter) = head.chars().next_back().filter(|c| c.is_ascii_uppercase() && *c != 'X') else {
        return (folded, None);
    };
    let start = head.len() - letter.len_utf8();
    let number = head[..start].trim_end_matches([' ', '(', '[', '-', '.', '_', '/']);
    if with_digit > 1 || !number.ends_with(|c: char| c.is_ascii_digit()) {
        return (folded, None);
    }
    (number, Some(&text[start..]))
}

/// Takes a check digit behind the last dot (`15163325.6`, `201610158350.X`): the text before it and the digit.
pub(super) fn split_check(folded: &str) -> (&str, Option<char>) {
    let Some((head, tail)) = folded.rsplit_once('.') else { return (folded, None) };
    let mut tail_chars = tail.trim().chars();
    match (tail_chars.next(), tail_chars.next()) {
        (Some(digit), None) if digit.is_ascii_digit() || digit == 'X' => (head, Some(digit)),
        _ => (folded, None),
    }
}

/// A year of four digits at the start, if it is one in which numbers were given.
pub(super) fn leading_year(digits: &str) -> Option<u16> {
    digits.get(..4)?.parse().ok().filter(|year| (1800..=2099).contains(year))
}

/// The year meant by two digits, for offices whose numbering began after `first`.
pub(super) fn century(two_digits: &str, first: u16) -> Option<u16> {
    let year: u16 = two_digits.parse().ok()?;
    Some(if 1900 + year >= first { 1900 + year } else { 2000 + year })
}

/// Luhn's check digit (the last digit is doubled first), as EP and GB application numbers use it.
pub(super) fn luhn(digits: &str) -> Option<char> {
    if !is_digits(digits) {
        return None;
    }
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let product = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
            product / 10 + product % 10
        })
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10)
}
