//! Visits and posters at rest.

use accounts::PersonId;
use database::{Connection, query};
use jiff::civil::Date;
use network::OrganisationId;
use sqlx::Row as _;

use super::{parse, stored};
use crate::{Poster, RatingsError, Visit, VisitCode};

/// The visit whose ticket has this code. Visits by poster have no ticket.
pub(crate) async fn by_code(connection: &mut Connection, code: &VisitCode) -> Result<Option<Visit>, RatingsError> {
    let statement = query("SELECT id, outlet, day, item, channel FROM ratings_visits WHERE code = $1 AND poster = 0");
    let Some(row) = statement.bind(code.bare().to_owned()).fetch_optional(connection).await? else { return Ok(None) };
    let id: String = row.try_get(0)?;
    Ok(Some(Visit {
        id: parse(&id, &id)?,
        code: code.clone(),
        outlet: parse(row.try_get(1)?, &id)?,
        day: parse(row.try_get(2)?, &id)?,
        item: row.try_get(3)?,
        channel: parse(row.try_get(4)?, &id)?,
    }))
}

/// Stores a visit.
pub(crate) async fn insert(
    connection: &mut Connection,
    visit: &Visit,
    by: Option<&PersonId>,
    poster: bool,
) -> Result<(), RatingsError> {
    let statement = query(
        "INSERT INTO ratings_visits (id, code, outlet, day, item, channel, poster, made_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let statement = statement.bind(visit.id.to_string()).bind(visit.code.bare().to_owned());
    let statement = statement.bind(visit.outlet.to_string()).bind(visit.day.to_string()).bind(visit.item.clone());
    let statement = statement.bind(visit.channel.code()).bind(i64::from(poster));
    statement.bind(by.map(ToString::to_string)).execute(connection).await?;
    Ok(())
}

/// How many rated by the poster of an outlet on a day.
pub(crate) async fn by_poster_on(
    connection: &mut Connection,
    outlet: &OrganisationId,
    day: Date,
) -> Result<i64, RatingsError> {
    let statement = query("SELECT COUNT(*) FROM ratings_visits WHERE outlet = $1 AND day = $2 AND poster = 1");
    Ok(statement.bind(outlet.to_string()).bind(day.to_string()).fetch_one(connection).await?.try_get(0)?)
}

/// The poster with this code.
pub(crate) async fn poster_by_code(
    connection: &mut Connection,
    code: &VisitCode,
) -> Result<Option<Poster>, RatingsError> {
    let statement = query("SELECT outlet, version, code, made_at FROM ratings_posters WHERE code = $1");
    let row = statement.bind(code.bare().to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The poster of an outlet; none when there is none or it was ended.
pub(crate) async fn poster_of(
    connection: &mut Connection,
    outlet: &OrganisationId,
) -> Result<Option<Poster>, RatingsError> {
    let statement =
        query("SELECT outlet, version, code, made_at FROM ratings_posters WHERE outlet = $1 AND code <> ''");
    let row = statement.bind(outlet.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// How often the poster of an outlet was set.
pub(crate) async fn poster_version(connection: &mut Connection, outlet: &OrganisationId) -> Result<i64, RatingsError> {
    let statement = query("SELECT version FROM ratings_posters WHERE outlet = $1");
    let row = statement.bind(outlet.to_string()).fetch_optional(connection).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or(0))
}

/// Locks a poster until the commit; false when there is none with this code any more.
pub(crate) async fn hold_poster(connection: &mut Connection, code: &VisitCode) -> Result<bool, RatingsError> {
    let statement = query("UPDATE ratings_posters SET version = version WHERE code = $1");
    Ok(statement.bind(code.bare().to_owned()).execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version before to this one; false when another came between. An empty code ends the poster.
pub(crate) async fn set_poster(connection: &mut Connection, poster: &Poster, code: &str) -> Result<bool, RatingsError> {
    let statement = if poster.version == 1 {
        query(
            "INSERT INTO ratings_posters (outlet, version, code, made_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (outlet) DO NOTHING",
        )
    } else {
        query("UPDATE ratings_posters SET version = $2, code = $3, made_at = $4 WHERE outlet = $1 AND version = $2 - 1")
    };
    let statement = statement.bind(poster.outlet.to_string()).bind(poster.version).bind(code.to_owned());
    Ok(statement.bind(stored(poster.made_at)).execute(connection).await?.rows_affected() == 1)
}

fn read(row: &database::Row) -> Result<Poster, RatingsError> {
    let outlet: String = row.try_get(0)?;
    Ok(Poster {
        version: row.try_get(1)?,
        code: parse(row.try_get(2)?, &outlet)?,
        made_at: parse(row.try_get(3)?, &outlet)?,
        outlet: parse(&outlet, &outlet)?,
    })
}
