//! Entries of the audit trail about cases and drafts; each is best the last statement of its transaction.

use accounts::{Actor, Entry, record};
use database::Write;
use jiff::Timestamp;
use network::Id;
use serde_json::Value;

use crate::{Case, CasesError};

/// Writes down what was done to a case; `detail` holds nothing personal.
pub(crate) async fn note_case(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    case: &Case,
    (action, detail): (&str, Value),
) -> Result<(), CasesError> {
    let (object, organisation) = (case.id.as_str(), Some(&case.outlet));
    let entry = Entry { action, kind: "case", object, organisation, reason: None, detail };
    Ok(record(write, now, actor, &entry).await?)
}

/// Writes down what was done to a draft, which is of no outlet yet.
pub(crate) async fn note_draft(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    draft: &Id,
    (action, detail): (&str, Value),
) -> Result<(), CasesError> {
    let entry = Entry { action, kind: "draft", object: draft.as_str(), organisation: None, reason: None, detail };
    Ok(record(write, now, actor, &entry).await?)
}
