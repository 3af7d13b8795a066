//! Names of rows, and what follows from a key.

use accounts::Entry;
use jiff::Timestamp;
use network::{Fault, Id, OrganisationId};
use serde_json::Value;

/// Characters of a long text at most.
pub(crate) const MOST_WORDS: usize = 2000;
/// Characters of a name or number at most.
pub(crate) const MOST_OF_A_NAME: usize = 200;
/// Pieces of evidence at most.
pub(crate) const MOST_EVIDENCE: usize = 20;

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

/// What is wrong with a key that a client made.
pub(crate) fn key_fault(key: &str) -> Option<Fault> {
    let sound = (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    (!sound).then(|| fault("key", "表单标识无效，请重新打开页面", "the key of the form is wrong; open the page again"))
}

/// What is wrong with pieces of evidence: each is a line of text, a path of this site or an address.
pub(crate) fn evidence_fault(evidence: &[String]) -> Option<Fault> {
    let sound = |line: &String| !line.trim().is_empty() && line.chars().count() <= 500 && !line.contains(['\0', '\n']);
    let wrong = evidence.len() > MOST_EVIDENCE || !evidence.iter().all(sound);
    let (zh, en) = ("最多 20 项，每项一行，500 个字符以内", "twenty at most, a line of 500 characters each");
    wrong.then(|| fault("evidence", zh, en))
}

/// An audit entry.
pub(crate) fn entry<'a>(
    action: &'a str,
    (kind, object): (&'a str, &'a str),
    keeper: &'a OrganisationId,
    reason: Option<&'a str>,
    detail: Value,
) -> Entry<'a> {
    Entry { action, kind, object, organisation: Some(keeper), reason, detail }
}
