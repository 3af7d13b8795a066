//! Leads at rest.

use accounts::Cover;
use database::{Conditions, Connection, query};
use sqlx::Row as _;

use super::{body, written};
use crate::{CreditError, Lead, LeadId, LeadQuery};

/// The lead of this name.
pub(crate) async fn get(connection: &mut Connection, id: &LeadId) -> Result<Option<Lead>, CreditError> {
    let statement = query("SELECT body FROM credit_leads WHERE id = $1").bind(id.to_string());
    statement.fetch_optional(connection).await?.as_ref().map(body).transpose()
}

/// Stores a new lead; false when the agency has it.
pub(crate) async fn insert(connection: &mut Connection, new: &Lead) -> Result<bool, CreditError> {
    let statement = query(
        "INSERT INTO credit_leads (id, version, agency, keeper, kind, subject, state, last_seen, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(new.version).bind(new.agency.to_string());
    let statement = statement.bind(new.keeper.to_string()).bind(new.kind.code()).bind(new.subject.clone());
    let statement = statement.bind(new.state.code()).bind(new.last_seen.to_string()).bind(written(new)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Brings the figures of a known lead up to date; one that was worked stays as it was worked.
pub(crate) async fn see(connection: &mut Connection, seen: &Lead) -> Result<(), CreditError> {
    let statement = query("SELECT body FROM credit_leads WHERE agency = $1 AND kind = $2 AND subject = $3");
    let statement = statement.bind(seen.agency.to_string()).bind(seen.kind.code()).bind(seen.subject.clone());
    let Some(row) = statement.fetch_optional(&mut *connection).await? else { return Ok(()) };
    let known: Lead = body(&row)?;
    let (figure, query_text) = (seen.figure, seen.query.clone());
    let version = known.version;
    let after = Lead { figure, query: query_text, last_seen: seen.last_seen, ..known };
    let statement = query("UPDATE credit_leads SET last_seen = $3, body = $4 WHERE id = $1 AND version = $2");
    let statement = statement.bind(after.id.to_string()).bind(version).bind(after.last_seen.to_string());
    statement.bind(written(&after)?).execute(connection).await?;
    Ok(())
}

/// Goes to this version from the one before; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &Lead) -> Result<bool, CreditError> {
    let statement = query("UPDATE credit_leads SET version = $3, state = $4, body = $5 WHERE id = $1 AND version = $2");
    let statement = statement.bind(after.id.to_string()).bind(after.version - 1).bind(after.version);
    let statement = statement.bind(after.state.code()).bind(written(after)?);
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Leads that match, newest first, before a place.
pub(crate) async fn page(
    connection: &mut Connection,
    cover: &Cover,
    asked: &LeadQuery,
    after: Option<String>,
    limit: usize,
) -> Result<Vec<Lead>, CreditError> {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "keeper");
    if let Some(agency) = &asked.agency {
        conditions.and("agency =", agency);
    }
    if let Some(kind) = asked.kind {
        conditions.and("kind =", kind);
    }
    if let Some(state) = asked.state {
        conditions.and("state =", state);
    }
    if let Some(day) = asked.seen_since {
        conditions.and("last_seen >=", day);
    }
    if let Some(after) = after {
        conditions.and("id <", after);
    }
    let tail = format!(" ORDER BY id DESC LIMIT {limit}");
    let rows = conditions.statement("SELECT body FROM credit_leads", &tail).fetch_all(connection).await?;
    rows.iter().map(body).collect()
}

/// How many nobody has looked into.
pub(crate) async fn count_open(connection: &mut Connection, cover: &Cover) -> Result<u64, CreditError> {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "keeper");
    conditions.and_fixed("state = 'open'");
    let row = conditions.statement("SELECT COUNT(*) FROM credit_leads", "").fetch_one(connection).await?;
    Ok(u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or(0))
}
