//! Roles given, at rest.

use std::collections::BTreeSet;

use database::{Connection, Row, query, select_in};
use jiff::civil::Date;
use network::OrganisationId;
use sqlx::Row as _;

use super::{FOREVER, parsed, parsed_or_none, stamp};
use crate::roles::{Given, GrantId};
use crate::{AccountsError, PersonId, Role};

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT g.id, g.person, g.role, g.organisation, g.valid_from, g.valid_to, g.given_by, g.given_at ",
            "FROM accounts_grants g ",
            $tail
        )
    };
}

fn given(row: &Row) -> Result<Given, AccountsError> {
    let end: String = row.try_get(5)?;
    Ok(Given {
        id: parsed(row, 0)?,
        person: parsed(row, 1)?,
        role: parsed(row, 2)?,
        organisation: parsed_or_none(row, 3)?,
        from: parsed(row, 4)?,
        to: if end == FOREVER { None } else { Some(parsed(row, 5)?) },
        given_by: parsed_or_none(row, 6)?,
        given_at: parsed(row, 7)?,
    })
}

/// Holds the roles until the commit: whoever else gives or takes one waits here, so that two cannot take the last
/// operator from each other.
pub(crate) async fn hold(connection: &mut Connection) -> Result<(), AccountsError> {
    query("UPDATE accounts_grant_changes SET changes = changes + 1").execute(connection).await?;
    Ok(())
}

/// Keeps a grant.
pub(crate) async fn insert(connection: &mut Connection, new: &Given) -> Result<(), AccountsError> {
    let statement = query(
        "INSERT INTO accounts_grants (id, person, role, organisation, valid_from, valid_to, given_by, given_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let statement = statement
        .bind(new.id.to_string())
        .bind(new.person.to_string())
        .bind(new.role.code().to_owned())
        .bind(new.organisation.as_ref().map(ToString::to_string).unwrap_or_default())
        .bind(new.from.to_string())
        .bind(new.to.map_or_else(|| FOREVER.to_owned(), |day| day.to_string()))
        .bind(new.given_by.as_ref().map(ToString::to_string).unwrap_or_default())
        .bind(stamp(new.given_at));
    statement.execute(connection).await?;
    Ok(())
}

/// The grant of this name.
pub(crate) async fn get(connection: &mut Connection, id: &GrantId) -> Result<Option<Given>, AccountsError> {
    let row = query(select!("WHERE g.id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(given).transpose()
}

/// Those of a person that hold on a day.
pub(crate) async fn active_of(
    connection: &mut Connection,
    person: &PersonId,
    on: Date,
) -> Result<Vec<Given>, AccountsError> {
    let statement = query(select!("WHERE g.person = $1 AND g.valid_from <= $2 AND g.valid_to > $2 ORDER BY g.id"));
    let rows = statement.bind(person.to_string()).bind(on.to_string()).fetch_all(connection).await?;
    rows.iter().map(given).collect()
}

/// All that a person was ever given, earliest first; those taken before they began are left out.
pub(crate) async fn all_of(connection: &mut Connection, person: &PersonId) -> Result<Vec<Given>, AccountsError> {
    let statement = query(select!("WHERE g.person = $1 AND g.valid_from < g.valid_to ORDER BY g.valid_from, g.id"));
    let rows = statement.bind(person.to_string()).fetch_all(connection).await?;
    rows.iter().map(given).collect()
}

/// Ends a grant on a day, or before it began.
pub(crate) async fn end(connection: &mut Connection, id: &GrantId, on: Date) -> Result<bool, AccountsError> {
    let statement = query(
        "UPDATE accounts_grants SET valid_to = CASE WHEN valid_from < $2 THEN $2 ELSE valid_from END \
         WHERE id = $1 AND valid_to > $2 AND valid_from < valid_to",
    );
    Ok(statement.bind(id.to_string()).bind(on.to_string()).execute(connection).await?.rows_affected() == 1)
}

/// Ends all grants of a person on a day.
pub(crate) async fn end_all(connection: &mut Connection, person: &PersonId, on: Date) -> Result<(), AccountsError> {
    let statement = query(
        "UPDATE accounts_grants SET valid_to = CASE WHEN valid_from < $2 THEN $2 ELSE valid_from END \
         WHERE person = $1 AND valid_to > $2",
    );
    statement.bind(person.to_string()).bind(on.to_string()).execute(connection).await?;
    Ok(())
}

/// How many people but this one have a role for good on a day.
pub(crate) async fn others_with(
    connection: &mut Connection,
    role: Role,
    but: &PersonId,
    on: Date,
) -> Result<i64, AccountsError> {
    let statement = query(
        "SELECT COUNT(*) FROM accounts_grants WHERE role = $1 AND person <> $2 AND valid_from <= $3 AND valid_to = $4",
    );
    let statement = statement.bind(role.code().to_owned()).bind(but.to_string()).bind(on.to_string());
    Ok(statement.bind(FOREVER.to_owned()).fetch_one(connection).await?.try_get(0)?)
}

/// Whether anyone has a role on a day.
pub(crate) async fn anyone_with(connection: &mut Connection, role: Role, on: Date) -> Result<bool, AccountsError> {
    let statement =
        query("SELECT id FROM accounts_grants WHERE role = $1 AND valid_from <= $2 AND valid_to > $2 LIMIT 1");
    let statement = statement.bind(role.code().to_owned()).bind(on.to_string());
    Ok(statement.fetch_optional(connection).await?.is_some())
}

/// Who has a role at one of these organisations on a day: person, name and grant.
pub(crate) async fn at(
    connection: &mut Connection,
    organisations: &BTreeSet<OrganisationId>,
    on: Date,
) -> Result<Vec<(String, Given)>, AccountsError> {
    let head = concat!(
        "SELECT g.id, g.person, g.role, g.organisation, g.valid_from, g.valid_to, g.given_by, g.given_at, p.name ",
        "FROM accounts_grants g JOIN accounts_people p ON p.id = g.person AND p.deleted_at IS NULL ",
        "WHERE g.organisation IN"
    );
    let rows = select_in(connection, (head, ""), organisations.iter().map(OrganisationId::as_str)).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let given = given(row)?;
        if given.from <= on && given.to.is_none_or(|to| to > on) {
            all.push((row.try_get(8)?, given));
        }
    }
    Ok(all)
}

/// Those that hold on a day anywhere, by name, after a grant of the same list.
pub(crate) async fn everywhere(
    connection: &mut Connection,
    role: Option<Role>,
    after: Option<&GrantId>,
    (on, limit): (Date, usize),
) -> Result<Vec<(String, Given)>, AccountsError> {
    let (name, id) = match after {
        Some(after) => {
            let named =
                query("SELECT p.name FROM accounts_grants g JOIN accounts_people p ON p.id = g.person WHERE g.id = $1");
            let row = named.bind(after.to_string()).fetch_optional(&mut *connection).await?;
            let row = row.ok_or_else(|| AccountsError::Mark(after.to_string()))?;
            (row.try_get::<String, _>(0)?, after.to_string())
        }
        None => (String::new(), String::new()),
    };
    let statement = query(concat!(
        "SELECT g.id, g.person, g.role, g.organisation, g.valid_from, g.valid_to, g.given_by, g.given_at, p.name ",
        "FROM accounts_grants g JOIN accounts_people p ON p.id = g.person AND p.deleted_at IS NULL ",
        "WHERE g.valid_from <= $1 AND g.valid_to > $1 AND ($2 = '' OR g.role = $2) ",
        "AND (p.name > $3 OR (p.name = $3 AND g.id > $4)) ORDER BY p.name, g.id LIMIT $5"
    ));
    let statement = statement.bind(on.to_string()).bind(role.map_or_else(String::new, |role| role.code().to_owned()));
    let statement = statement.bind(name).bind(id).bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let rows = statement.fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(8)?, given(row)?))).collect()
}
