//! Items and their versions at rest.

use database::{Connection, Row, query};
use jiff::civil::Date;
use network::OrganisationId;
use sqlx::Row as _;

use super::{FOREVER, end, maybe, open_day, parsed, unreadable};
use crate::{Item, ItemCode, Seen, ServicesError, Version, VersionState};

/// The row of an item, held until the end of the transaction.
pub(crate) struct Held {
    pub(crate) keeper: Option<OrganisationId>,
    pub(crate) versions: i64,
}

/// Reading of versions with the keeper of their item; the tail goes on with `WHERE …`.
macro_rules! versions {
    ($tail:literal) => {
        concat!(
            "SELECT v.code, v.number, v.state, v.revision, v.valid_from, v.valid_to, i.keeper, v.body ",
            "FROM services_versions v JOIN services_items i ON i.code = v.code ",
            $tail
        )
    };
}

/// Makes the row of an item where there is none.
pub(crate) async fn found(
    connection: &mut Connection,
    code: &ItemCode,
    keeper: Option<&OrganisationId>,
) -> Result<(), ServicesError> {
    let statement = query(
        "INSERT INTO services_items (code, keeper, versions, events) VALUES ($1, $2, 0, 0) \
         ON CONFLICT (code) DO NOTHING",
    );
    statement.bind(code.to_string()).bind(keeper.map(ToString::to_string)).execute(connection).await?;
    Ok(())
}

/// Holds the row of an item: whoever else changes one of its versions waits for the end of this transaction.
pub(crate) async fn hold(connection: &mut Connection, code: &ItemCode) -> Result<Option<Held>, ServicesError> {
    let statement = query("UPDATE services_items SET versions = versions WHERE code = $1 RETURNING keeper, versions");
    let Some(row) = statement.bind(code.to_string()).fetch_optional(connection).await? else { return Ok(None) };
    Ok(Some(Held { keeper: maybe(&row, 0, code.as_str())?, versions: row.try_get(1)? }))
}

/// Stores a draft as the next version; false when its key was used before.
pub(crate) async fn put_draft(
    connection: &mut Connection,
    key: &network::Id,
    number: i64,
    item: &Item,
) -> Result<bool, ServicesError> {
    let statement = query(
        "INSERT INTO services_versions (code, number, state, revision, valid_from, valid_to, draft_key, body) \
         VALUES ($1, $2, 'draft', 1, NULL, $3, $4, $5) ON CONFLICT (draft_key) DO NOTHING",
    );
    let statement = statement.bind(item.code.to_string()).bind(number).bind(FOREVER).bind(key.to_string());
    if statement.bind(body(item)?).execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let statement = query("UPDATE services_items SET versions = $2 WHERE code = $1");
    statement.bind(item.code.to_string()).bind(number).execute(connection).await?;
    Ok(true)
}

/// The version that was made with this key.
pub(crate) async fn made_with(
    connection: &mut Connection,
    key: &network::Id,
) -> Result<Option<Version>, ServicesError> {
    let statement = query(versions!("WHERE v.draft_key = $1"));
    let row = statement.bind(key.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(version).transpose()
}

/// Writes a draft anew; false when it is no draft or another revision by now.
pub(crate) async fn rewrite(connection: &mut Connection, seen: Seen<'_>, item: &Item) -> Result<bool, ServicesError> {
    let statement = query(
        "UPDATE services_versions SET body = $4, revision = revision + 1 \
         WHERE code = $1 AND number = $2 AND revision = $3 AND state = 'draft'",
    );
    let statement = statement.bind(seen.code.to_string()).bind(seen.number).bind(seen.revision);
    Ok(statement.bind(body(item)?).execute(connection).await?.rows_affected() == 1)
}

/// Changes state and span; false when it is another revision by now.
pub(crate) async fn turn(
    connection: &mut Connection,
    seen: Seen<'_>,
    state: VersionState,
    (from, to): (Option<Date>, Option<Date>),
) -> Result<bool, ServicesError> {
    let statement = query(
        "UPDATE services_versions SET state = $4, valid_from = $5, valid_to = $6, revision = revision + 1 \
         WHERE code = $1 AND number = $2 AND revision = $3",
    );
    let statement = statement.bind(seen.code.to_string()).bind(seen.number).bind(seen.revision).bind(state.code());
    let statement = statement.bind(from.map(|day| day.to_string())).bind(end(to));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// The version of this number, whatever its state.
pub(crate) async fn get(
    connection: &mut Connection,
    code: &ItemCode,
    number: i64,
) -> Result<Option<Version>, ServicesError> {
    let statement = query(versions!("WHERE v.code = $1 AND v.number = $2"));
    let row = statement.bind(code.to_string()).bind(number).fetch_optional(connection).await?;
    row.as_ref().map(version).transpose()
}

/// The version in force on a day.
pub(crate) async fn on(
    connection: &mut Connection,
    code: &ItemCode,
    day: Date,
) -> Result<Option<Version>, ServicesError> {
    let statement = query(versions!(
        "WHERE v.code = $1 AND v.state IN ('published', 'withdrawn') AND v.valid_from <= $2 AND v.valid_to > $2"
    ));
    let row = statement.bind(code.to_string()).bind(day.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(version).transpose()
}

/// All versions in force on a day, by code.
pub(crate) async fn all_on(connection: &mut Connection, day: Date) -> Result<Vec<Version>, ServicesError> {
    let statement = query(versions!(
        "WHERE v.state IN ('published', 'withdrawn') AND v.valid_from <= $1 AND v.valid_to > $1 ORDER BY v.code"
    ));
    statement.bind(day.to_string()).fetch_all(connection).await?.iter().map(version).collect()
}

/// All versions of an item by number.
pub(crate) async fn of(connection: &mut Connection, code: &ItemCode) -> Result<Vec<Version>, ServicesError> {
    let statement = query(versions!("WHERE v.code = $1 ORDER BY v.number"));
    statement.bind(code.to_string()).fetch_all(connection).await?.iter().map(version).collect()
}

/// All open drafts by code.
pub(crate) async fn drafts(connection: &mut Connection) -> Result<Vec<Version>, ServicesError> {
    let statement = query(versions!("WHERE v.state = 'draft' ORDER BY v.code, v.number"));
    statement.fetch_all(connection).await?.iter().map(version).collect()
}

fn version(row: &Row) -> Result<Version, ServicesError> {
    let code: ItemCode = parsed(row, 0, "services_versions")?;
    let number: i64 = row.try_get(1)?;
    let name = format!("{code} {number}");
    let body: String = row.try_get(7)?;
    Ok(Version {
        number,
        state: parsed(row, 2, &name)?,
        revision: row.try_get(3)?,
        from: maybe(row, 4, &name)?,
        to: open_day(row, 5, &name)?,
        keeper: maybe(row, 6, &name)?,
        item: serde_json::from_str(&body).map_err(|error| unreadable(&name, &error))?,
        code,
    })
}

fn body(item: &Item) -> Result<String, ServicesError> {
    serde_json::to_string(item).map_err(|error| unreadable(item.code.as_str(), &error))
}
