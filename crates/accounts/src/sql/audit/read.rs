//! Entries found by what one looks for.

use std::cmp::Reverse;
use std::fmt::Write as _;

use database::{Connection, Row};
use jiff::Timestamp;
use network::OrganisationId;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row as _};

use crate::sql::{parsed, parsed_or_none, stamp};
use crate::trail::{AuditEntry, AuditQuery};
use crate::{AccountsError, PersonId};

/// Organisations in one statement at most.
const MOST_AT_ONCE: usize = 500;

const HEAD: &str = "SELECT a.strand, a.number, a.at, a.person, a.actor, p.name, a.action, a.kind, a.object, \
    a.organisation, a.reason, a.detail FROM accounts_audit a LEFT JOIN accounts_people p ON p.id = a.person WHERE 1 = 1";
const ORDER: &str = " ORDER BY a.at DESC, a.strand DESC, a.number DESC LIMIT ";

/// A value bound to a statement.
enum Bound {
    Text(String),
    Number(i64),
}

/// The conditions of a statement.
#[derive(Default)]
struct Conditions {
    sql: String,
    values: Vec<Bound>,
}

impl Conditions {
    fn and(&mut self, before: &str, after: &str, value: impl Into<String>) {
        self.values.push(Bound::Text(value.into()));
        let _ = write!(self.sql, " AND {before}${}{after}", self.values.len());
    }

    fn of(asked: &AuditQuery) -> Result<Self, AccountsError> {
        let mut conditions = Self::default();
        if let Some(kind) = &asked.kind {
            conditions.and("a.kind = ", "", kind);
        }
        if let Some(object) = &asked.object {
            conditions.and("a.object = ", "", object);
        }
        if let Some(person) = &asked.person {
            conditions.and("a.person = ", "", person.as_str());
        }
        if let Some(action) = &asked.action {
            let escaped = action.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            conditions.and("a.action LIKE ", " ESCAPE '\\'", format!("{escaped}%"));
        }
        if let Some(from) = asked.from {
            conditions.and("a.at >= ", "", stamp(from));
        }
        if let Some(to) = asked.to {
            conditions.and("a.at < ", "", stamp(to));
        }
        if let Some(after) = &asked.after {
            conditions.after(after)?;
        }
        Ok(conditions)
    }

    fn after(&mut self, mark: &str) -> Result<(), AccountsError> {
        let wrong = || AccountsError::Mark(mark.to_owned());
        let mut parts = mark.split('_');
        let mut part = || parts.next().ok_or_else(wrong);
        let at: Timestamp = part()?.parse().map_err(|_| wrong())?;
        let (strand, number) = (part()?.parse().map_err(|_| wrong())?, part()?.parse().map_err(|_| wrong())?);
        self.values.extend([Bound::Text(stamp(at)), Bound::Number(strand), Bound::Number(number)]);
        let last = self.values.len();
        let _ = write!(self.sql, " AND (a.at, a.strand, a.number) < (${}, ${}, ${last})", last - 2, last - 1);
        Ok(())
    }

    fn statement(&self, organisations: &[OrganisationId], limit: usize) -> database::Query<'static> {
        let mut sql = format!("{HEAD}{}", self.sql);
        for (n, _) in organisations.iter().enumerate() {
            let place = self.values.len() + n + 1;
            let _ = write!(sql, "{}${place}", if n == 0 { " AND a.organisation IN (" } else { ", " });
        }
        sql.push_str(if organisations.is_empty() { "" } else { ")" });
        let _ = write!(sql, "{ORDER}{limit}");
        let statement = self.values.iter().fold(
            sqlx::query(AssertSqlSafe(sql)).persistent(false),
            |statement, value| match value {
                Bound::Text(text) => statement.bind(text.clone()),
                Bound::Number(number) => statement.bind(*number),
            },
        );
        organisations.iter().fold(statement, |statement, id| statement.bind(id.to_string()))
    }
}

/// Those that match, newest first; `within` none for all, also of no organisation.
pub(crate) async fn list(
    connection: &mut Connection,
    asked: &AuditQuery,
    within: Option<&[OrganisationId]>,
    limit: usize,
) -> Result<Vec<AuditEntry>, AccountsError> {
    let conditions = Conditions::of(asked)?;
    let Some(within) = within else {
        return entries(conditions.statement(&[], limit).fetch_all(connection).await?);
    };
    let mut all = Vec::new();
    for some in within.chunks(MOST_AT_ONCE) {
        all.extend(entries(conditions.statement(some, limit).fetch_all(&mut *connection).await?)?);
    }
    all.sort_by_key(|entry| Reverse((entry.at, entry.strand, entry.number)));
    all.truncate(limit);
    Ok(all)
}

/// What a person did and what was done to his account, newest first.
pub(crate) async fn about(
    connection: &mut Connection,
    person: &PersonId,
    most: usize,
) -> Result<Vec<AuditEntry>, AccountsError> {
    let sql = format!("{HEAD} AND (a.person = $1 OR (a.kind = 'person' AND a.object = $1)){ORDER}{most}");
    let statement = sqlx::query(AssertSqlSafe(sql)).bind(person.to_string());
    entries(statement.fetch_all(connection).await?)
}

/// The mark of the page that follows after an entry.
pub(crate) fn mark(entry: &AuditEntry) -> String {
    format!("{}_{}_{}", stamp(entry.at), entry.strand, entry.number)
}

fn entries(rows: Vec<Row>) -> Result<Vec<AuditEntry>, AccountsError> {
    rows.iter().map(entry).collect()
}

fn entry(row: &Row) -> Result<AuditEntry, AccountsError> {
    let (part, name): (String, Option<String>) = (row.try_get(4)?, row.try_get(5)?);
    let (reason, detail): (String, String) = (row.try_get(10)?, row.try_get(11)?);
    // A detail that was tampered with is shown as it is; `verify` tells.
    let detail = if detail.is_empty() { Value::Null } else { detail.parse().unwrap_or(Value::String(detail)) };
    Ok(AuditEntry {
        strand: row.try_get(0)?,
        number: row.try_get(1)?,
        at: parsed(row, 2)?,
        person: parsed_or_none(row, 3)?,
        actor: name.unwrap_or(part),
        action: row.try_get(6)?,
        kind: row.try_get(7)?,
        object: row.try_get(8)?,
        organisation: parsed_or_none(row, 9)?,
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        detail,
    })
}
