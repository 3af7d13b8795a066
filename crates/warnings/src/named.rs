//! Names of rows, and what follows from a key.

use accounts::Entry;
use jiff::civil::Date;
use jiff::{Timestamp, tz};
use network::{Fault, Id, OrganisationId};
use serde_json::Value;

/// The time of the offices: UTC+8 all year.
const OFFICE_TIME: tz::Offset = tz::Offset::constant(8);

/// The day on which a moment falls where the offices are.
pub fn office_day(moment: Timestamp) -> Date {
    OFFICE_TIME.to_datetime(moment).date()
}

/// Characters of a long text at most.
pub(crate) const MOST_WORDS: usize = 2000;
/// Characters of a name or number at most.
pub(crate) const MOST_OF_A_NAME: usize = 200;
/// An id that follows from what it is for, so that the same thing done twice has one id.
pub(crate) fn derived(at: Timestamp, kind: &str, of: &str) -> Id {
    let hash = blake3::Hasher::new().update(kind.as_bytes()).update(b"/").update(of.as_bytes()).finalize();
    let mut random = [0; 10];
    random.copy_from_slice(&hash.as_bytes()[..10]);
    Id::make(at, random)
}

/// A fault of a field.
pub(crate) fn fault(field: &str, zh: &str, en: &str) -> Fault {
    Fault { field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

/// What is wrong with a text that must be there.
pub(crate) fn words_fault(field: &str, words: &str, most: usize) -> Option<Fault> {
    let length = words.trim().chars().count();
    let zh = format!("请填写，最多 {most} 个字符");
    let en = format!("must be filled in, {most} characters at most");
    (length == 0 || length > most || words.contains('\0')).then(|| fault(field, &zh, &en))
}

/// What is wrong with a text that may be empty.
pub(crate) fn length_fault(field: &str, words: &str, most: usize) -> Option<Fault> {
    let zh = format!("最多 {most} 个字符");
    let en = format!("{most} characters at most");
    (words.chars().count() > most || words.contains('\0')).then(|| fault(field, &zh, &en))
}

/// An audit entry.
pub(crate) fn entry<'a>(
    action: &'a str,
    (kind, object): (&'a str, &'a str),
    organisation: Option<&'a OrganisationId>,
    reason: Option<&'a str>,
    detail: Value,
) -> Entry<'a> {
    Entry { action, kind, object, organisation, reason, detail }
}
