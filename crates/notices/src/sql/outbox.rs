//! The outbox at rest.

use std::collections::BTreeMap;

use database::{Connection, Row, query, select_in};
use jiff::{SignedDuration, Timestamp};
use network::{Id, OrganisationId};
use sqlx::Row as _;

use super::{parse, stored, unreadable};
use crate::deliver::{Addressee, Claimed, Settled};
use crate::{Backlog, Channel, NoticesError, State, Trouble};

/// Puts a notice out by a channel, due at once.
pub(crate) async fn queue(
    connection: &mut Connection,
    now: Timestamp,
    notice: &Id,
    channel: Channel,
) -> Result<(), NoticesError> {
    let statement = query(
        "INSERT INTO notices_outbox (notice, channel, state, since, due_at, attempts) \
         VALUES ($1, $2, 'waiting', $3, $3, 0)",
    );
    let statement = statement.bind(notice.to_string()).bind(channel.code()).bind(stored(now));
    statement.execute(connection).await?;
    Ok(())
}

/// Puts a notice out by the webhook of an organisation where one is set.
pub(crate) async fn queue_webhook(
    connection: &mut Connection,
    now: Timestamp,
    notice: &Id,
    organisation: &OrganisationId,
) -> Result<(), NoticesError> {
    let statement = query("SELECT 1 FROM notices_webhooks WHERE organisation = $1 AND address <> ''");
    let set = statement.bind(organisation.to_string()).fetch_optional(&mut *connection).await?;
    if set.is_some() { queue(connection, now, notice, Channel::Webhook).await } else { Ok(()) }
}

/// Takes due rows, longest due first. Claims wait for each other, so that two take different rows and never hold
/// rows crosswise.
pub(crate) async fn claim(
    connection: &mut Connection,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Claimed>, NoticesError> {
    let due = "SELECT 1 FROM notices_outbox WHERE state = 'waiting' AND due_at <= $1 LIMIT 1";
    if query(due).bind(stored(now)).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(Vec::new());
    }
    query("UPDATE notices_turn SET claims = claims + 1").execute(&mut *connection).await?;
    let statement = query(
        "UPDATE notices_outbox SET due_at = $2, attempts = attempts + 1 WHERE state = 'waiting' AND due_at <= $1 \
         AND (notice, channel) IN (SELECT notice, channel FROM notices_outbox WHERE state = 'waiting' \
         AND due_at <= $1 ORDER BY due_at, notice LIMIT $3) RETURNING notice, channel, since, attempts",
    );
    let rows = statement.bind(stored(now)).bind(stored(until)).bind(limit).fetch_all(&mut *connection).await?;
    let ids = rows.iter().map(|row| row.try_get::<String, _>(0)).collect::<Result<Vec<_>, _>>()?;
    let head = "SELECT id, put_at, template, fields, link, person, organisation, address, lang FROM notices_notices \
        WHERE id IN";
    let notices = select_in(connection, (head, ""), ids.iter().map(String::as_str)).await?;
    let notices: BTreeMap<String, &Row> =
        notices.iter().map(|row| Ok((row.try_get(0)?, row))).collect::<Result<_, sqlx::Error>>()?;
    let mut claimed = Vec::with_capacity(rows.len());
    for (row, id) in rows.iter().zip(&ids) {
        let notice = notices.get(id).ok_or_else(|| unreadable(id, "it is in the outbox alone"))?;
        claimed.push(self::claimed(row, notice, id)?);
    }
    claimed.sort_by(|a, b| (a.since, &a.notice).cmp(&(b.since, &b.notice)));
    Ok(claimed)
}

fn claimed(row: &Row, notice: &Row, id: &str) -> Result<Claimed, NoticesError> {
    let (person, organisation): (Option<String>, Option<String>) = (notice.try_get(5)?, notice.try_get(6)?);
    let to = match (person, organisation) {
        (Some(person), _) => Addressee::Person(parse(&person, id)?),
        (_, Some(organisation)) => Addressee::Organisation(parse(&organisation, id)?),
        (None, None) => {
            let (address, lang): (Option<String>, Option<String>) = (notice.try_get(7)?, notice.try_get(8)?);
            Addressee::Mail { address: address.unwrap_or_default(), lang: lang.unwrap_or_default() }
        }
    };
    Ok(Claimed {
        notice: parse(id, id)?,
        channel: parse(row.try_get(1)?, id)?,
        since: parse(row.try_get(2)?, id)?,
        attempts: row.try_get(3)?,
        put_at: parse(notice.try_get(1)?, id)?,
        template: notice.try_get(2)?,
        values: serde_json::from_str(notice.try_get(3)?).map_err(|error| unreadable(id, error))?,
        link: notice.try_get(4)?,
        to,
    })
}

/// Writes down what came of a claimed row; false when the claim was lost to another.
pub(crate) async fn settle(
    connection: &mut Connection,
    now: Timestamp,
    row: &Claimed,
    settled: &Settled,
) -> Result<bool, NoticesError> {
    let (due, problem, back) = match settled {
        Settled::Sent => (now, None, 0),
        Settled::Unwanted(why) => (now, Some((*why).to_owned()), 0),
        Settled::GivenUp(said) => (now, Some(said.clone()), 0),
        Settled::Again(due, said) => (*due, Some(said.clone()), 0),
        Settled::Untried(due) => (*due, None, 1),
    };
    let state = settled.state();
    let done = (state != State::Waiting).then(|| stored(now));
    let statement = query(
        "UPDATE notices_outbox SET state = $4, due_at = $5, done_at = $6, problem = COALESCE($7, problem), \
         attempts = attempts - $8 WHERE notice = $1 AND channel = $2 AND attempts = $3 AND state = 'waiting'",
    );
    let statement = statement.bind(row.notice.to_string()).bind(row.channel.code()).bind(row.attempts);
    let statement = statement.bind(state.code()).bind(stored(due)).bind(done).bind(problem).bind(i64::from(back));
    if statement.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    if matches!(state, State::Sent | State::Unwanted) {
        super::notice::erase(connection, &row.notice).await?;
    }
    Ok(true)
}

/// Counts what waits, what was done in the last day, and what was given up.
pub(crate) async fn backlog(connection: &mut Connection, now: Timestamp) -> Result<Backlog, NoticesError> {
    let statement = query(
        "SELECT state, COUNT(*), COUNT(problem), MIN(since) FROM notices_outbox \
         WHERE state IN ('waiting', 'given-up') OR (state IN ('sent', 'unwanted') AND done_at >= $1) GROUP BY state",
    );
    let rows = statement.bind(stored(now - SignedDuration::from_hours(24))).fetch_all(connection).await?;
    let mut backlog = Backlog::default();
    for row in &rows {
        let count = row.try_get::<i64, _>(1)? as u64;
        match parse(row.try_get(0)?, "outbox")? {
            State::Waiting => {
                backlog.waiting = count;
                backlog.retried = row.try_get::<i64, _>(2)? as u64;
                backlog.oldest = Some(parse(row.try_get(3)?, "outbox")?);
            }
            State::Sent => backlog.sent = count,
            State::Unwanted => backlog.unwanted = count,
            State::GivenUp => backlog.given_up = count,
        }
    }
    Ok(backlog)
}

/// What failed and waits or was given up, newest first.
pub(crate) async fn troubles(connection: &mut Connection, limit: usize) -> Result<Vec<Trouble>, NoticesError> {
    let statement = query(
        "SELECT o.notice, o.channel, n.template, o.state, o.attempts, o.since, o.due_at, o.problem \
         FROM notices_outbox o JOIN notices_notices n ON n.id = o.notice \
         WHERE o.state IN ('waiting', 'given-up') AND o.problem IS NOT NULL \
         ORDER BY o.since DESC, o.notice DESC LIMIT $1",
    );
    let rows = statement.bind(limit as i64).fetch_all(connection).await?;
    let trouble = |row: &Row| -> Result<Trouble, NoticesError> {
        let id: String = row.try_get(0)?;
        Ok(Trouble {
            notice: parse(&id, &id)?,
            channel: parse(row.try_get(1)?, &id)?,
            template: row.try_get(2)?,
            state: parse(row.try_get(3)?, &id)?,
            attempts: row.try_get(4)?,
            since: parse(row.try_get(5)?, &id)?,
            due_at: parse(row.try_get(6)?, &id)?,
            problem: row.try_get(7)?,
        })
    };
    rows.iter().map(trouble).collect()
}

/// Makes what was given up due again.
pub(crate) async fn revive(
    connection: &mut Connection,
    now: Timestamp,
    id: &Id,
    channel: Channel,
) -> Result<bool, NoticesError> {
    let statement = query(
        "UPDATE notices_outbox SET state = 'waiting', since = $3, due_at = $3, attempts = 0, done_at = NULL \
         WHERE notice = $1 AND channel = $2 AND state = 'given-up'",
    );
    let statement = statement.bind(id.to_string()).bind(channel.code()).bind(stored(now));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Removes what was done before a moment.
pub(crate) async fn clear(connection: &mut Connection, before: Timestamp) -> Result<u64, NoticesError> {
    let statement = query("DELETE FROM notices_outbox WHERE state <> 'waiting' AND done_at < $1");
    Ok(statement.bind(stored(before)).execute(connection).await?.rows_affected())
}

/// Removes all that is to be sent or was sent to a person.
pub(crate) async fn forget(connection: &mut Connection, person: &Id) -> Result<(), NoticesError> {
    let statement =
        query("DELETE FROM notices_outbox WHERE notice IN (SELECT id FROM notices_notices WHERE person = $1)");
    statement.bind(person.to_string()).execute(connection).await?;
    Ok(())
}
