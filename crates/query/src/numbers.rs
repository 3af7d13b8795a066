//! Numbers of rights in a line: where one begins and ends.

use crate::lexer::narrow;

/// Most words of one number (`DE 10 2015 001 234 A1`).
pub(crate) const MOST_WORDS: usize = 6;

/// How many of these words, written after each other, are one number; at least 1. A field name before them says
/// that a number follows.
pub(crate) fn length_after_field(words: &[&str]) -> usize {
    let mut length = 1;
    while length < words.len().min(MOST_WORDS) && continues(&words[..length], &narrow(words[length])) {
        length += 1;
    }
    length
}

/// How many of the words that start a bare line are surely a number; 0 when they are words to search.
pub(crate) fn length_bare(words: &[&str]) -> usize {
    (1..=length_after_field(words))
        .rev()
        .find(|&length| is_surely_number(&narrow(&words[..length].join(" "))))
        .unwrap_or(0)
}

/// Whether `next` goes on with the number begun by `words`.
fn continues(words: &[&str], next: &str) -> bool {
    if words.iter().any(|word| word.contains(['*', '?', '＊'])) {
        return false;
    }
    let first = narrow(words[0]);
    let last = narrow(words[words.len() - 1]);
    let has_digits = words.iter().any(|word| narrow(word).contains(|c: char| c.is_ascii_digit()));
    if is_kind_code(&last) && words.len() > 1 {
        return false;
    }
    if is_kind_code(next) {
        return has_digits;
    }
    let numeric = next.starts_with(|c: char| c.is_ascii_digit())
        && next
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '/' | '-' | 'X' | 'x') || is_kind_char(c));
    let after_office = !first.contains(|c: char| c.is_ascii_digit()) && is_office(&first);
    let group =
        next.split('.').next().is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()));
    let three_by_three = group && last.len() <= 3 + if words.len() == 1 { 4 } else { 0 };
    let prefixed = words.len() == 1 && after_office && is_office_with_serial(next);
    numeric && (after_office || three_by_three) || prefixed
}

const fn is_kind_char(c: char) -> bool {
    c.is_ascii_uppercase()
}

/// A kind code in capitals, as it stands behind a number.
fn is_kind_code(word: &str) -> bool {
    matches!(word.as_bytes(), [b'A'..=b'Z'] | [b'A'..=b'Z', b'0'..=b'9'])
}

/// `CN2015/071234` behind `PCT`, `D701,234` and `RE45,123` behind `US`.
fn is_office_with_serial(word: &str) -> bool {
    let letters = word.chars().take_while(char::is_ascii_uppercase).count();
    (1..=2).contains(&letters) && word[letters..].starts_with(|c: char| c.is_ascii_digit())
}

/// Offices whose numbers are recognised without a field name, with the forms that stand for an office.
const OFFICES: &str = "CN US EP WO JP KR DE GB EM FR CH AU CA TW HK RU SU BR AT ES IT SE NL DK FI PCT ZL XX";

fn is_office(word: &str) -> bool {
    OFFICES.split(' ').any(|office| office.eq_ignore_ascii_case(word))
}

/// Whether a text can be nothing but a number: an office and six digits or more, or seven digits or more alone.
/// Years, dates with hyphens, small numbers and names of standards and materials stay words.
fn is_surely_number(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let digits = upper.bytes().filter(u8::is_ascii_digit).count();
    let prefix: String = upper.chars().take_while(|c| !c.is_ascii_digit()).collect();
    let prefix = prefix.trim_end_matches([' ', '-', '/', '.']);
    let rest = upper[prefix.len()..].trim_start();
    let body_ends = rest.rfind(|c: char| c.is_ascii_digit()).map_or(0, |i| i + 1);
    let (body, tail) = rest.split_at(body_ends);
    let (body, kind) = match body.rfind(|c: char| c.is_ascii_uppercase()) {
        Some(i) if is_kind_code(&body[i..]) => (body[..i].trim_end(), &body[i..]),
        _ => (body, tail.trim()),
    };
    let plain = body.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | '/' | '-'));
    let ended = kind.is_empty() || is_kind_code(kind) || kind == ".X";
    if !plain || !ended || body.is_empty() {
        return false;
    }
    if prefix.is_empty() {
        let hyphens = body.matches(['-', '/']).count();
        let grouped = !body.contains(' ');
        return grouped && hyphens == 0 && !is_decimal(body) && (7..=15).contains(&digits);
    }
    // Behind the office a letter or two may belong to the number: `USRE45123`, `US D701,234`, `JPH08123456`.
    let office = OFFICES.split(' ').find(|office| {
        prefix.strip_prefix(office).is_some_and(|more| {
            let more = more.trim_matches([' ', '/']);
            more.len() <= 2 && more.chars().all(|c| c.is_ascii_uppercase())
        })
    });
    let standard = prefix == "GB" && body.contains('-');
    office.is_some() && !standard && (6..=15).contains(&digits)
}

/// `1234567.89`: a measure, not a check digit or thousands.
fn is_decimal(body: &str) -> bool {
    body.rsplit_once('.').is_some_and(|(whole, tail)| tail.len() != 1 || !matches!(whole.len(), 8 | 12))
}
