//! Small things that every act needs: ids from keys, days, entries, notices.

use accounts::Entry;
use database::Write;
use jiff::Timestamp;
use network::{Fault, OrganisationId};
pub(crate) use network::{derived, office_day};
use notices::{Notice, Recipient};
use serde_json::Value;

use crate::error::fault;
use crate::{Assessment, AssessmentError};

/// Characters of a key that a form makes.
const KEY: std::ops::RangeInclusive<usize> = 16..=100;
/// Characters of words at most.
pub(crate) const MOST_WORDS: usize = 4000;

/// A moment as it can be kept.
pub(crate) fn kept(now: Timestamp) -> Timestamp {
    now.round(jiff::Unit::Millisecond).unwrap_or(now)
}

/// A value as it can be kept: six places behind the point, which read back exactly.
pub(crate) fn tidy(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6 + 0.0;
    if rounded.is_finite() { rounded } else { value }
}

/// What is wrong with a key.
pub(crate) fn key_faults(key: &str) -> Option<Fault> {
    let sound = KEY.contains(&key.len()) && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (!sound).then(|| fault("key", "表单标识无效，请重新打开页面", "the key of the form is wrong; open the page again"))
}

/// What is wrong with words that must be there.
pub(crate) fn words_faults(field: &str, words: &str) -> Option<Fault> {
    let length = words.trim().chars().count();
    let zh = format!("请填写，最多 {MOST_WORDS} 个字符");
    (length == 0 || length > MOST_WORDS)
        .then(|| fault(field, &zh, &format!("is needed, in {MOST_WORDS} characters at most")))
}

/// Whether a value can be kept.
pub(crate) fn value_is_sound(value: f64) -> bool {
    value.is_finite() && value.abs() < 1e12
}

/// An entry about an assessment.
pub(crate) fn entry<'a>(
    action: &'a str,
    assessment: &'a Assessment,
    organisation: &'a OrganisationId,
    reason: Option<&'a str>,
    detail: Value,
) -> Entry<'a> {
    let object = assessment.id.as_str();
    Entry { action, kind: "assessment", object, organisation: Some(organisation), reason, detail }
}

/// Tells the staff of an organisation.
pub(crate) async fn tell(
    write: &mut Write,
    now: Timestamp,
    (template, mark): (&str, &str),
    to: &OrganisationId,
    (assessment, more): (&Assessment, &[(&str, &str)]),
    link: &str,
) -> Result<(), AssessmentError> {
    let mut values = vec![("title.zh", assessment.title.zh.as_str()), ("title.en", assessment.title.text("en"))];
    values.extend_from_slice(more);
    let id = derived(now, template, &format!("{} {to} {mark}", assessment.id));
    let to = Recipient::Organisation(to);
    Ok(notices::put(write, now, &Notice { id, template, values: &values, to, link }).await?)
}

#[cfg(test)]
#[path = "told_tests.rs"]
mod tests;
