//! Events at rest.

use std::collections::HashMap;

use accounts::Cover;
use database::{Conditions, Connection, Row, query};
use jiff::civil::Date;
use sqlx::Row as _;

use super::{body, parse, written};
use crate::{AgencyId, Counted, CreditError, Event, EventId, EventPart, EventQuery, EventState};

/// The event of this name.
pub(crate) async fn get(connection: &mut Connection, id: &EventId) -> Result<Option<Event>, CreditError> {
    let statement = query("SELECT body FROM credit_events WHERE id = $1").bind(id.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// The event that a form with this key entered.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Event>, CreditError> {
    let statement = query("SELECT body FROM credit_events WHERE key = $1").bind(key.to_owned());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// All events of an agency, newest first.
pub(crate) async fn of_agency(connection: &mut Connection, id: &AgencyId) -> Result<Vec<Event>, CreditError> {
    let statement = query("SELECT body FROM credit_events WHERE agency = $1 ORDER BY id DESC").bind(id.to_string());
    statement.fetch_all(connection).await?.iter().map(body).collect()
}

/// Stores a new event; false when its key is there.
pub(crate) async fn insert(connection: &mut Connection, new: &Event, key: &str) -> Result<bool, CreditError> {
    let statement = query(
        "INSERT INTO credit_events (id, version, key, agency, keeper, state, edition, rule, objections_until, \
         counts_from, ended, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
    );
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let statement = statement.bind(new.id.to_string()).bind(new.version).bind(key.to_owned());
    let statement = statement.bind(new.agency.to_string()).bind(new.keeper.to_string()).bind(new.state.code());
    let statement = statement.bind(new.edition).bind(new.told.rule.clone()).bind(day(new.objections_until));
    let statement = statement.bind(day(new.counts_from)).bind(day(new.ended)).bind(written(new)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Event, seen: i64) -> Result<bool, CreditError> {
    let statement = query(
        "UPDATE credit_events SET version = $3, state = $4, edition = $5, rule = $6, objections_until = $7, \
         counts_from = $8, ended = $9, body = $10 WHERE id = $1 AND version = $2",
    );
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let statement = statement.bind(after.id.to_string()).bind(seen).bind(after.version).bind(after.state.code());
    let statement = statement.bind(after.edition).bind(after.told.rule.clone()).bind(day(after.objections_until));
    let statement = statement.bind(day(after.counts_from)).bind(day(after.ended)).bind(written(after)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Announced events whose days for objections ended before a day.
pub(crate) async fn due(connection: &mut Connection, today: Date) -> Result<Vec<Event>, CreditError> {
    let statement =
        query("SELECT body FROM credit_events WHERE state = 'announced' AND objections_until < $1 ORDER BY id");
    statement.bind(today.to_string()).fetch_all(connection).await?.iter().map(body).collect()
}

/// What the score looks at, of all events that ever counted.
pub(crate) async fn counted(connection: &mut Connection) -> Result<Vec<(AgencyId, Counted)>, CreditError> {
    let statement =
        query("SELECT agency, id, edition, rule, counts_from, ended FROM credit_events WHERE counts_from IS NOT NULL");
    statement.fetch_all(connection).await?.iter().map(counted_row).collect()
}

/// The same of one agency.
pub(crate) async fn counted_of(connection: &mut Connection, id: &AgencyId) -> Result<Vec<Counted>, CreditError> {
    let statement = query(
        "SELECT agency, id, edition, rule, counts_from, ended FROM credit_events \
         WHERE agency = $1 AND counts_from IS NOT NULL",
    );
    let rows = statement.bind(id.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| counted_row(row).map(|(_, event)| event)).collect()
}

fn counted_row(row: &Row) -> Result<(AgencyId, Counted), CreditError> {
    let id: String = row.try_get(1)?;
    let day = |column: usize| -> Result<Option<Date>, CreditError> {
        row.try_get::<Option<String>, _>(column)?.map(|text| parse(&text, &id)).transpose()
    };
    let counted = Counted {
        event: parse(&id, &id)?,
        edition: row.try_get(2)?,
        rule: row.try_get(3)?,
        from: day(4)?,
        ended: day(5)?,
    };
    Ok((parse(row.try_get(0)?, &id)?, counted))
}

/// How many events of each agency are announced.
pub(crate) async fn announced(connection: &mut Connection) -> Result<HashMap<AgencyId, u64>, CreditError> {
    let statement =
        query("SELECT agency, COUNT(*) FROM credit_events WHERE state IN ('announced', 'objected') GROUP BY agency");
    let rows = statement.fetch_all(connection).await?;
    let count =
        |row: &Row| Ok((parse(row.try_get(0)?, "agency")?, u64::try_from(row.try_get::<i64, _>(1)?).unwrap_or(0)));
    rows.iter().map(count).collect()
}

/// Events that match, newest first, before a place.
pub(crate) async fn page(
    connection: &mut Connection,
    cover: Option<&Cover>,
    asked: &EventQuery,
    after: Option<String>,
    limit: usize,
) -> Result<Vec<Event>, CreditError> {
    let mut conditions = Conditions::new();
    if let Some(cover) = cover {
        cover.narrow(&mut conditions, "keeper");
    }
    if let Some(agency) = &asked.agency {
        conditions.and("agency =", agency);
    }
    if let Some(state) = asked.state {
        conditions.and("state =", state);
    }
    if asked.waiting {
        conditions.and_fixed("state IN ('draft', 'objected', 'repairing')");
    }
    if asked.announced {
        conditions.and_fixed("state IN ('announced', 'objected')");
    }
    if let Some(after) = after {
        conditions.and("id <", after);
    }
    let tail = format!(" ORDER BY id DESC LIMIT {limit}");
    let rows = conditions.statement("SELECT body FROM credit_events", &tail).fetch_all(connection).await?;
    rows.iter().map(body).collect()
}

/// How many events are in each state in which something waits.
pub(crate) async fn waiting(connection: &mut Connection, cover: &Cover) -> Result<Vec<(EventState, u64)>, CreditError> {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "keeper");
    conditions.and_fixed("state IN ('draft', 'announced', 'objected', 'repairing')");
    let statement = conditions.statement("SELECT state, COUNT(*) FROM credit_events", " GROUP BY state ORDER BY state");
    let rows = statement.fetch_all(connection).await?;
    let count =
        |row: &Row| Ok((parse(row.try_get(0)?, "state")?, u64::try_from(row.try_get::<i64, _>(1)?).unwrap_or(0)));
    rows.iter().map(count).collect()
}

/// Appends what was done.
pub(crate) async fn append(connection: &mut Connection, id: &EventId, part: &EventPart) -> Result<(), CreditError> {
    let statement = query("INSERT INTO credit_parts (event, number, body) VALUES ($1, $2, $3)");
    statement.bind(id.to_string()).bind(part.number).bind(written(part)?).execute(connection).await?;
    Ok(())
}

/// All that was done to an event.
pub(crate) async fn parts(connection: &mut Connection, id: &EventId) -> Result<Vec<EventPart>, CreditError> {
    let statement = query("SELECT body FROM credit_parts WHERE event = $1 ORDER BY number").bind(id.to_string());
    statement.fetch_all(connection).await?.iter().map(body).collect()
}
