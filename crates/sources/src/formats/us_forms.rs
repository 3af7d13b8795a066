//! Numbers, national classes and claim texts as the US office writes them in all its formats.

use records::{
    ApplicationNumber, Citation, Description, Ipc, KindCode, Office, PublicationNumber, Related, RightKind, Section,
};
use records::{Date, Level};

/// An office code: ST.3, or three letters with `X` as in files up to 2004 (`JPX`). The words that stand for "not
/// said" (`unknown`, `omitted`) and anything else give `None`.
pub(crate) fn office(text: &str) -> Option<Office> {
    let text = text.trim();
    let code = if text.len() == 3 { text.strip_suffix(['X', 'x']).unwrap_or(text) } else { text };
    code.parse().ok()
}

/// A country of a party: like [`office`], as text.
pub(crate) fn country(text: &str) -> Option<String> {
    office(text).map(|office| office.as_str().to_owned())
}

/// Stage of a US publication by its kind code, or by the form of the record where the code does not tell.
pub(crate) fn level(kind: Option<&str>, grant: bool) -> Level {
    let told = kind.and_then(KindCode::read).and_then(|kind| kind.level(Office::US));
    told.unwrap_or(if grant { Level::Grant } else { Level::Application })
}

/// Office and number of a filing in normal form, or as written after the office when it cannot be read.
pub(crate) fn filing(country: Option<Office>, text: &str, right: RightKind) -> String {
    let text = text.trim();
    let office = if text.starts_with("PCT") { Office::WO } else { country.unwrap_or(Office::US) };
    match ApplicationNumber::read(office, text, right) {
        Ok(number) => format!("{office}{}", number.serial),
        Err(_) => format!("{office} {text}"),
    }
}

/// Office and number of a publication with its kind in normal form (`US8926509B2`), where it can be read.
pub(crate) fn publication(office: Office, text: &str, kind: Option<&str>) -> Option<String> {
    let kind = kind.and_then(KindCode::read);
    let number = PublicationNumber::read(office, text, kind.as_ref().map(KindCode::as_str)).ok()?;
    Some(kind.map_or_else(|| number.to_string(), |kind| format!("{number}{kind}")))
}

/// A cited patent: its number, or office, number and name as text when the number cannot be read.
pub(crate) fn cited_patent(
    country: Option<Office>,
    text: &str,
    kind: Option<&str>,
    name: Option<&str>,
    by: Option<String>,
) -> Option<Citation> {
    let text = text.trim();
    let office = country.unwrap_or(Office::US);
    if let Some(number) = publication(office, text, kind) {
        return Some(Citation { number: Some(number), by, ..Citation::default() });
    }
    let text = [Some(office.as_str()), Some(text), kind, name].into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(Citation { text: Some(text), by, ..Citation::default() })
}

/// A related filing.
pub(crate) fn related(relation: &str, number: String, date: Option<Date>) -> Related {
    Related { relation: relation.to_owned(), number, date }
}

/// A US class in fixed columns (three of the class, three of the subclass, decimals or letters) as `24/30.5S`:
/// `" 24 305 S"`, `"  2309-313"` is `2/309-313`, `"D 7654"` is `D7/654`, `"002227000"` is `2/227`.
pub(crate) fn uspc(columns: &str) -> Option<String> {
    let columns = columns.trim_end();
    let (class, rest) = split(columns, 3);
    let (whole, tail) = split(rest, 3);
    let class = without_zeros(class);
    if class.is_empty() {
        return None;
    }
    let whole = without_zeros(whole);
    let tail: String = tail.chars().filter(|c| !c.is_whitespace()).collect();
    // Nine digits: the last three are decimals, written out.
    let tail =
        if rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_digit()) { tail.trim_end_matches('0') } else { &tail };
    let point = if tail.starts_with(|c: char| c.is_ascii_digit()) { "." } else { "" };
    let subclass = format!("{whole}{point}{tail}");
    Some(if subclass.is_empty() { class } else { format!("{class}/{subclass}") })
}

/// An IPC symbol of files up to 2004: subclass, three columns of the main group, subgroup (`G06F  728`, `H04M 1100`).
/// Where a column was lost (`E03C 104`) the last two digits are the subgroup.
pub(crate) fn ipc_columns(columns: &str) -> Option<Ipc> {
    let (subclass, rest) = columns.split_at_checked(4)?;
    let at = if rest.len() < 5 { rest.len().checked_sub(2)? } else { 3 };
    let (group, subgroup) = rest.split_at_checked(at)?;
    Ipc::read(&format!("{subclass}{}/{}", group.trim(), subgroup.trim()))
}

fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Columns without spaces and without zeros that fill them up, behind a letter too (`D07` is `D7`).
fn without_zeros(columns: &str) -> String {
    let text: String = columns.chars().filter(|c| !c.is_whitespace()).collect();
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    format!("{}{}", &text[..letters], text[letters..].trim_start_matches('0'))
}

/// A claim's words without the number that begins them: `1. A system`, `1-20. (canceled)`, `. A system`.
pub(crate) fn without_claim_number(text: String, number: u32) -> String {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let given = &text[..text.len() - rest.len()];
    if !given.is_empty() && given.parse() != Ok(number) {
        return text;
    }
    let after_range = rest.strip_prefix('-').map(|r| r.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = after_range.filter(|_| !given.is_empty()).unwrap_or(rest).trim_start();
    match rest.strip_prefix(['.', ')']) {
        Some(rest) => rest.trim_start().to_owned(),
        None => text,
    }
}

/// Numbers in an attribute such as `CLM-00001 CLM-00003`, or in `1-3`-like text: every run of digits.
pub(crate) fn numbers_in(text: &str) -> impl Iterator<Item = u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

/// A new part of a description: what follows does not belong under the heading before it.
pub(crate) fn begin_part(description: &mut Description) {
    if description.sections.last().is_some_and(|section| !section.paragraphs.is_empty()) {
        description.sections.push(Section::default());
    }
}
