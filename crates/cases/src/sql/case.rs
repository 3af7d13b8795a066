//! Cases at rest.

use database::{Connection, Row, query};
use sqlx::Row as _;

use super::{NEVER, json, moment, number, optional, or_empty, or_never, parsed, text, to_json};
use crate::case::Body;
use crate::{Case, CaseId, CasesError, Reference};

/// A reading of cases; the tail goes on with `WHERE …`.
macro_rules! select_case {
    ($tail:literal) => {
        concat!(
            "SELECT c.id, c.reference, c.version, c.state, c.paused, c.item, c.item_version, c.title, c.channel, ",
            "c.outlet, c.assignee, c.client, c.client_name, c.lang, c.received_at, c.accepted_at, c.delivered_at, ",
            "c.closed_at, c.touched_at, c.clock_on, c.due_on, c.escalated, c.outcome, c.answer, c.parent, ",
            "c.merged_into, c.measured, c.on_time, c.attended, c.body FROM cases_cases c ",
            $tail
        )
    };
}
pub(crate) use select_case;

/// What of a new case is stored beside [`Case`].
pub(crate) struct Beside<'a> {
    /// Hash of the key under which it was sent.
    pub(crate) key: &'a str,
    /// Hash of what was sent.
    pub(crate) digest: &'a str,
    /// Hash of the tracking code.
    pub(crate) tracking: &'a str,
    /// What words are looked for in.
    pub(crate) search: &'a str,
    /// The sealed contact.
    pub(crate) contact: &'a str,
    /// The sealed answers.
    pub(crate) answers: &'a str,
    /// Whether it belongs into the consultation archive.
    pub(crate) consultation: bool,
}

/// Enters a case; false when the key was used before, even by a transaction that ended this moment.
pub(crate) async fn insert(connection: &mut Connection, case: &Case, beside: &Beside<'_>) -> Result<bool, CasesError> {
    let statement = query(
        "INSERT INTO cases_cases (id, reference, submit_key, submit_digest, tracking, version, events, state, is_open, \
         paused, item, item_version, title, search, channel, outlet, assignee, client, client_name, lang, contact, \
         parties, answers, received_at, accepted_at, delivered_at, closed_at, touched_at, clock_on, due_on, escalated, \
         consultation, outcome, answer, parent, merged_into, measured, on_time, body) VALUES ($1, $2, $3, $4, $5, 1, 1, \
         $6, 1, 0, $7, $8, $9, $10, $11, $12, '', $13, $14, $15, $16, '', $17, $18, '', '', '', $18, $19, $20, 0, $21, \
         '', '', $22, '', NULL, NULL, $23) ON CONFLICT (submit_key) DO NOTHING",
    );
    let done = statement
        .bind(case.id.to_string())
        .bind(case.reference.to_string())
        .bind(beside.key.to_owned())
        .bind(beside.digest.to_owned())
        .bind(beside.tracking.to_owned())
        .bind(case.state.code().to_owned())
        .bind(case.item.to_string())
        .bind(case.item_version)
        .bind(case.title.clone())
        .bind(beside.search.to_owned())
        .bind(case.channel.code().to_owned())
        .bind(case.outlet.to_string())
        .bind(or_empty(case.client.as_ref()))
        .bind(case.client_name.clone())
        .bind(case.lang.clone())
        .bind(beside.contact.to_owned())
        .bind(beside.answers.to_owned())
        .bind(moment(case.received_at))
        .bind(or_empty(case.clock_on.as_ref()))
        .bind(or_never(case.due_on))
        .bind(i64::from(beside.consultation))
        .bind(or_empty(case.parent.as_ref()))
        .bind(to_json(&case.body)?)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The case that was sent under a key, with the digest of what was sent.
pub(crate) async fn sent(connection: &mut Connection, key: &str) -> Result<Option<(CaseId, String)>, CasesError> {
    let statement = query("SELECT id, submit_digest FROM cases_cases WHERE submit_key = $1");
    let row = statement.bind(key.to_owned()).fetch_optional(connection).await?;
    row.map(|row| Ok((parsed(&row, "id")?, text(&row, "submit_digest")?))).transpose()
}

/// The case.
pub(crate) async fn get(connection: &mut Connection, id: &CaseId) -> Result<Option<Case>, CasesError> {
    let row = query(select_case!("WHERE c.id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(case).transpose()
}

/// The case with this number.
pub(crate) async fn by_reference(
    connection: &mut Connection,
    reference: &Reference,
) -> Result<Option<Case>, CasesError> {
    let statement = query(select_case!("WHERE c.reference = $1"));
    let row = statement.bind(reference.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(case).transpose()
}

/// The case whose tracking code has this hash.
pub(crate) async fn by_tracking(connection: &mut Connection, hash: &str) -> Result<Option<Case>, CasesError> {
    let statement = query(select_case!("WHERE c.tracking = $1"));
    let row = statement.bind(hash.to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(case).transpose()
}

/// Whether the tracking code of the case has this hash.
pub(crate) async fn is_tracked_by(connection: &mut Connection, id: &CaseId, hash: &str) -> Result<bool, CasesError> {
    let statement = query("SELECT 1 AS one FROM cases_cases WHERE id = $1 AND tracking = $2");
    Ok(statement.bind(id.to_string()).bind(hash.to_owned()).fetch_optional(connection).await?.is_some())
}

/// Gives the case another tracking code; the one before opens nothing any more.
pub(crate) async fn retrack(connection: &mut Connection, id: &CaseId, hash: &str) -> Result<(), CasesError> {
    let statement = query("UPDATE cases_cases SET tracking = $2 WHERE id = $1");
    statement.bind(id.to_string()).bind(hash.to_owned()).execute(connection).await?;
    Ok(())
}

/// The same case in its version after an act on the one that was seen; the number of its event, or none when someone
/// else acted meanwhile.
pub(crate) async fn advance(connection: &mut Connection, case: &Case, seen: i64) -> Result<Option<i64>, CasesError> {
    let statement = query(
        "UPDATE cases_cases SET version = version + 1, events = events + 1, state = $3, is_open = $4, paused = $5, \
         outlet = $6, assignee = $7, accepted_at = $8, delivered_at = $9, closed_at = $10, touched_at = $11, \
         clock_on = $12, due_on = $13, escalated = $14, outcome = $15, answer = $16, merged_into = $17, measured = $18, \
         on_time = $19, attended = $20, body = $21 WHERE id = $1 AND version = $2 RETURNING events",
    );
    let at = |at: Option<jiff::Timestamp>| at.map_or_else(String::new, moment);
    let row = statement
        .bind(case.id.to_string())
        .bind(seen)
        .bind(case.state.code().to_owned())
        .bind(i64::from(!case.state.is_final()))
        .bind(i64::from(case.is_standing()))
        .bind(case.outlet.to_string())
        .bind(or_empty(case.assignee.as_ref()))
        .bind(at(case.accepted_at))
        .bind(at(case.delivered_at))
        .bind(at(case.closed_at))
        .bind(moment(case.touched_at))
        .bind(or_empty(case.clock_on.as_ref()))
        .bind(or_never(case.due_on))
        .bind(i64::from(case.escalated))
        .bind(case.outcome.map_or_else(String::new, |outcome| outcome.code().to_owned()))
        .bind(case.answer.map_or_else(String::new, |answer| answer.code().to_owned()))
        .bind(or_empty(case.merged_into.as_ref()))
        .bind(case.measured)
        .bind(case.on_time.map(i64::from))
        .bind(case.attended)
        .bind(to_json(&case.body)?)
        .fetch_optional(connection)
        .await?;
    row.map(|row| number(&row, "events")).transpose()
}

/// Holds a case until the commit.
pub(crate) async fn hold(connection: &mut Connection, id: &CaseId) -> Result<(), CasesError> {
    let statement = query("UPDATE cases_cases SET events = events WHERE id = $1");
    statement.bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// Something happened beside the flow: the number of its event.
pub(crate) async fn touch(connection: &mut Connection, id: &CaseId, now: jiff::Timestamp) -> Result<i64, CasesError> {
    let statement = query("UPDATE cases_cases SET events = events + 1, touched_at = $2 WHERE id = $1 RETURNING events");
    let row = statement.bind(id.to_string()).bind(moment(now)).fetch_one(connection).await?;
    number(&row, "events")
}

/// What is due when a calendar has changed.
pub(crate) async fn set_due(connection: &mut Connection, case: &Case) -> Result<u64, CasesError> {
    let statement = query("UPDATE cases_cases SET due_on = $3 WHERE id = $1 AND version = $2 AND due_on <> $3");
    let statement = statement.bind(case.id.to_string()).bind(case.version).bind(or_never(case.due_on));
    Ok(statement.execute(connection).await?.rows_affected())
}

/// The sealed texts of a case: contact, parties, answers.
pub(crate) async fn sealed(connection: &mut Connection, id: &CaseId) -> Result<(String, String, String), CasesError> {
    let statement = query("SELECT contact, parties, answers FROM cases_cases WHERE id = $1");
    let row = statement.bind(id.to_string()).fetch_one(connection).await?;
    Ok((text(&row, "contact")?, text(&row, "parties")?, text(&row, "answers")?))
}

/// Other answers.
pub(crate) async fn set_answers(connection: &mut Connection, id: &CaseId, sealed: &str) -> Result<(), CasesError> {
    let statement = query("UPDATE cases_cases SET answers = $2 WHERE id = $1");
    statement.bind(id.to_string()).bind(sealed.to_owned()).execute(connection).await?;
    Ok(())
}

/// Other parties.
pub(crate) async fn set_parties(connection: &mut Connection, id: &CaseId, sealed: &str) -> Result<(), CasesError> {
    let statement = query("UPDATE cases_cases SET parties = $2 WHERE id = $1");
    statement.bind(id.to_string()).bind(sealed.to_owned()).execute(connection).await?;
    Ok(())
}

/// The cases of an account.
pub(crate) async fn of_client(connection: &mut Connection, person: &str) -> Result<Vec<CaseId>, CasesError> {
    let statement = query("SELECT id FROM cases_cases WHERE client = $1 ORDER BY received_at, id");
    let rows = statement.bind(person.to_owned()).fetch_all(connection).await?;
    rows.iter().map(|row| parsed(row, "id")).collect()
}

/// Takes the client out of a closed case: account, name, contact, and puts other answers; false when it is open.
pub(crate) async fn forget_client(connection: &mut Connection, id: &CaseId, answers: &str) -> Result<bool, CasesError> {
    let statement = query(
        "UPDATE cases_cases SET client = '', client_name = '', contact = '', parties = '', answers = $2 \
         WHERE id = $1 AND is_open = 0",
    );
    let done = statement.bind(id.to_string()).bind(answers.to_owned()).execute(&mut *connection).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let statement = query("UPDATE cases_events SET person = '', name = '' WHERE case_id = $1 AND by_client = 1");
    statement.bind(id.to_string()).execute(&mut *connection).await?;
    let statement = query("UPDATE cases_messages SET person = '', name = '' WHERE case_id = $1 AND by_client = 1");
    statement.bind(id.to_string()).execute(&mut *connection).await?;
    let statement = query("UPDATE cases_documents SET person = '' WHERE case_id = $1 AND by_client = 1");
    statement.bind(id.to_string()).execute(connection).await?;
    Ok(true)
}

/// The first of `count` numbers of a year that no one else gets.
pub(crate) async fn take_numbers(connection: &mut Connection, year: i16, count: i64) -> Result<i64, CasesError> {
    let statement = query(
        "INSERT INTO cases_numbers (year, next) VALUES ($1, $2 + 1) \
         ON CONFLICT (year) DO UPDATE SET next = cases_numbers.next + $2 RETURNING next",
    );
    let row = statement.bind(i64::from(year)).bind(count).fetch_one(connection).await?;
    Ok(number(&row, "next")? - count)
}

/// A row of [`select_case`].
pub(crate) fn case(row: &Row) -> Result<Case, CasesError> {
    let body: Body = json(row, "body")?;
    let paused = number(row, "paused")? != 0;
    let due = text(row, "due_on")?;
    Ok(Case {
        id: parsed(row, "id")?,
        reference: parsed(row, "reference")?,
        version: number(row, "version")?,
        state: parsed(row, "state")?,
        paused: body.pause_reason.clone().filter(|_| paused),
        item: parsed(row, "item")?,
        item_version: number(row, "item_version")?,
        item_title: body.item_title.clone(),
        title: text(row, "title")?,
        channel: parsed(row, "channel")?,
        outlet: parsed(row, "outlet")?,
        outlet_name: body.outlet_name.clone(),
        assignee: optional(row, "assignee")?,
        client: optional(row, "client")?,
        client_name: text(row, "client_name")?,
        lang: text(row, "lang")?,
        terms: body.terms.clone(),
        records: body.records.clone(),
        received_at: parsed(row, "received_at")?,
        accepted_at: optional(row, "accepted_at")?,
        delivered_at: optional(row, "delivered_at")?,
        closed_at: optional(row, "closed_at")?,
        touched_at: parsed(row, "touched_at")?,
        due_on: if due == NEVER { None } else { Some(parsed(row, "due_on")?) },
        plan: body.plan.clone(),
        handed_on: body.handed_on.clone(),
        missing: body.missing.clone(),
        extension: body.extension.clone(),
        escalated: number(row, "escalated")? != 0,
        result: body.result.clone(),
        outcome: optional(row, "outcome")?,
        answer: optional(row, "answer")?,
        settlement: body.settlement,
        summary: body.summary.clone(),
        parent: optional(row, "parent")?,
        merged_into: optional(row, "merged_into")?,
        measured: row.try_get("measured")?,
        on_time: row.try_get::<Option<i64>, _>("on_time")?.map(|on_time| on_time != 0),
        attended: row.try_get("attended")?,
        clock_on: optional(row, "clock_on")?,
        body,
    })
}
