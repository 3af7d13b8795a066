//! Organisations and their dated states.

use database::{Connection, Row, query};
use jiff::civil::Date;
use sqlx::Row as _;

use super::FOREVER;
use crate::{Change, Confirmation, History, NetworkError, Organisation, OrganisationId, Profile, Status, Succession};

/// A state of an organisation, from a day to a day.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) version: i64,
    pub(crate) from: Date,
    pub(crate) to: Option<Date>,
    pub(crate) status: Status,
    pub(crate) confirmed: Option<Confirmation>,
    pub(crate) profile: Profile,
}

/// What is written beside a state for the history.
#[derive(Clone, Copy)]
pub(crate) struct Note<'a> {
    pub(crate) change: crate::ChangeKind,
    pub(crate) now: jiff::Timestamp,
    pub(crate) reason: Option<&'a str>,
}

/// Reading of an organisation on the day `$1`; the tail goes on with `AND …`.
macro_rules! organisation_on {
    ($tail:literal) => {
        concat!(
            "SELECT s.organisation, o.version, m.parent, s.status, s.valid_from, s.valid_to, o.opened, o.closed, ",
            "s.confirmed_by, s.confirmed_at, s.body FROM network_states s ",
            "JOIN network_organisations o ON o.id = s.organisation ",
            "LEFT JOIN network_memberships m ON m.organisation = s.organisation ",
            "AND m.valid_from <= $1 AND m.valid_to > $1 WHERE s.valid_from <= $1 AND s.valid_to > $1 ",
            $tail
        )
    };
}
pub(crate) use organisation_on;

/// The organisation on this day.
pub(crate) async fn get(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Option<Organisation>, NetworkError> {
    let statement = query(organisation_on!("AND s.organisation = $2"));
    let row = statement.bind(as_of.to_string()).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(organisation).transpose()
}

/// The organisations of this Chinese name on this day.
pub(crate) async fn named(
    connection: &mut Connection,
    name: &str,
    as_of: Date,
) -> Result<Vec<Organisation>, NetworkError> {
    let statement = query(organisation_on!("AND s.name = $2 AND s.status <> 'closed' ORDER BY s.organisation"));
    let rows = statement.bind(as_of.to_string()).bind(name.to_owned()).fetch_all(connection).await?;
    rows.iter().map(organisation).collect()
}

/// Everything that is not closed on this day: higher levels first, then by region and time of entry.
pub(crate) async fn everything(connection: &mut Connection, as_of: Date) -> Result<Vec<Organisation>, NetworkError> {
    let statement = query(organisation_on!("AND s.status <> 'closed' ORDER BY s.rank, s.region, s.organisation"));
    let rows = statement.bind(as_of.to_string()).fetch_all(connection).await?;
    rows.iter().map(organisation).collect()
}

/// Version, first day and closing day; asked where no state holds on the day of interest.
pub(crate) async fn head(
    connection: &mut Connection,
    id: &OrganisationId,
) -> Result<Option<(i64, Date, Option<Date>)>, NetworkError> {
    let statement = query("SELECT version, opened, closed FROM network_organisations WHERE id = $1");
    let Some(row) = statement.bind(id.to_string()).fetch_optional(connection).await? else { return Ok(None) };
    Ok(Some((row.try_get(0)?, day(&row, 1, id.as_str())?, open_day(&row, 2, id.as_str())?)))
}

/// The sum of all versions.
pub(crate) async fn changes(connection: &mut Connection) -> Result<i64, NetworkError> {
    let statement = query("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM network_organisations");
    Ok(statement.fetch_one(connection).await?.try_get(0)?)
}

/// Makes the first row; false when the id is taken.
pub(crate) async fn found(
    connection: &mut Connection,
    id: &OrganisationId,
    opened: Date,
) -> Result<bool, NetworkError> {
    let statement = query(
        "INSERT INTO network_organisations (id, version, opened, closed) VALUES ($1, 1, $2, $3) \
         ON CONFLICT (id) DO NOTHING",
    );
    let done = statement.bind(id.to_string()).bind(opened.to_string()).bind(FOREVER).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}

/// Goes from the version seen to the next; false when the version is another by now. On PostgreSQL the row stays
/// locked until the commit, and a second writer that waited finds the new version.
pub(crate) async fn advance(
    connection: &mut Connection,
    id: &OrganisationId,
    version: i64,
) -> Result<bool, NetworkError> {
    let statement = query("UPDATE network_organisations SET version = version + 1 WHERE id = $1 AND version = $2");
    Ok(statement.bind(id.to_string()).bind(version).execute(connection).await?.rows_affected() == 1)
}

/// Notes the day from which it is closed.
pub(crate) async fn set_closed(connection: &mut Connection, id: &OrganisationId, on: Date) -> Result<(), NetworkError> {
    let statement = query("UPDATE network_organisations SET closed = $2 WHERE id = $1");
    statement.bind(id.to_string()).bind(on.to_string()).execute(connection).await?;
    Ok(())
}

/// The states that hold on `from` or later, by time.
pub(crate) async fn states_from(
    connection: &mut Connection,
    id: &OrganisationId,
    from: Date,
) -> Result<Vec<State>, NetworkError> {
    let statement = query(
        "SELECT version, valid_from, valid_to, status, confirmed_by, confirmed_at, body FROM network_states \
         WHERE organisation = $1 AND valid_to > $2 AND valid_from < valid_to ORDER BY valid_from",
    );
    let rows = statement.bind(id.to_string()).bind(from.to_string()).fetch_all(connection).await?;
    let read = |row: &Row| {
        Ok(State {
            version: row.try_get(0)?,
            from: day(row, 1, id.as_str())?,
            to: open_day(row, 2, id.as_str())?,
            status: word(row, 3, id.as_str())?,
            confirmed: confirmation(row, 4, id.as_str())?,
            profile: profile(row, 6, id.as_str())?,
        })
    };
    rows.iter().map(read).collect()
}

/// Ends a state on a day; its own first day takes it back whole.
pub(crate) async fn end_state(
    connection: &mut Connection,
    id: &OrganisationId,
    version: i64,
    on: Date,
) -> Result<(), NetworkError> {
    let statement = query("UPDATE network_states SET valid_to = $3 WHERE organisation = $1 AND version = $2");
    statement.bind(id.to_string()).bind(version).bind(on.to_string()).execute(connection).await?;
    Ok(())
}

/// Stores a new state.
pub(crate) async fn put_state(
    connection: &mut Connection,
    id: &OrganisationId,
    state: &State,
    note: &Note<'_>,
) -> Result<(), NetworkError> {
    let statement = query(
        "INSERT INTO network_states (organisation, version, valid_from, valid_to, status, confirmed_by, confirmed_at, \
         kind, level, rank, region, name, services, search, body, change, recorded_at, reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    );
    let statement = statement.bind(id.to_string()).bind(state.version).bind(state.from.to_string());
    let statement = bind_told(statement.bind(super::end(state.to)), id, state)?;
    let statement = statement.bind(note.change.code()).bind(note.now.to_string());
    statement.bind(note.reason.map(str::to_owned)).execute(&mut *connection).await?;
    super::hours::put(connection, id, state.version, &state.profile.hours).await
}

/// Carries a change on into a later state that had told the same.
pub(crate) async fn retell(
    connection: &mut Connection,
    id: &OrganisationId,
    state: &State,
) -> Result<(), NetworkError> {
    let statement = query(
        "UPDATE network_states SET status = $3, confirmed_by = $4, confirmed_at = $5, kind = $6, level = $7, \
         rank = $8, region = $9, name = $10, services = $11, search = $12, body = $13 \
         WHERE organisation = $1 AND version = $2",
    );
    let statement = statement.bind(id.to_string()).bind(state.version);
    bind_told(statement, id, state)?.execute(&mut *connection).await?;
    super::hours::put(connection, id, state.version, &state.profile.hours).await
}

/// Binds status to body, eleven values.
fn bind_told(
    statement: database::Query<'static>,
    id: &OrganisationId,
    state: &State,
) -> Result<database::Query<'static>, NetworkError> {
    let profile = &state.profile;
    let body = serde_json::to_string(profile).map_err(|error| unreadable(id.as_str(), error))?;
    let confirmed = state.confirmed.as_ref();
    let statement = statement
        .bind(state.status.code())
        .bind(confirmed.map(|confirmation| confirmation.by.clone()))
        .bind(confirmed.map(|confirmation| confirmation.at.to_string()))
        .bind(profile.kind.code())
        .bind(profile.level.code())
        .bind(profile.level.rank())
        .bind(profile.region.to_string())
        .bind(profile.name_zh.clone());
    let services = format!(" {} ", profile.services.join(" "));
    Ok(statement.bind(services).bind(crate::directory::searched(profile)).bind(body))
}

/// All that is stored of one organisation, by version and time.
pub(crate) async fn history(connection: &mut Connection, id: &OrganisationId) -> Result<History, NetworkError> {
    let name = id.as_str();
    let rows = query(
        "SELECT version, valid_from, valid_to, status, confirmed_by, confirmed_at, body, change, recorded_at, reason \
         FROM network_states WHERE organisation = $1 ORDER BY version",
    )
    .bind(id.to_string())
    .fetch_all(&mut *connection)
    .await?;
    let change = |row: &Row| -> Result<Change, NetworkError> {
        Ok(Change {
            version: row.try_get(0)?,
            change: word(row, 7, name)?,
            from: day(row, 1, name)?,
            to: open_day(row, 2, name)?,
            recorded_at: parse(row.try_get(8)?, name)?,
            reason: row.try_get(9)?,
            status: word(row, 3, name)?,
            confirmed: confirmation(row, 4, name)?,
            profile: profile(row, 6, name)?,
        })
    };
    let changes = rows.iter().map(change).collect::<Result<_, _>>()?;
    let memberships = super::tree::memberships(&mut *connection, id).await?;
    let rows = query(
        "SELECT predecessor, successor, on_day, change FROM network_successions \
         WHERE predecessor = $1 OR successor = $1 ORDER BY on_day, predecessor, successor",
    )
    .bind(id.to_string())
    .fetch_all(connection)
    .await?;
    let succession = |row: &Row| -> Result<Succession, NetworkError> {
        Ok(Succession {
            predecessor: parse(row.try_get(0)?, name)?,
            successor: parse(row.try_get(1)?, name)?,
            on: day(row, 2, name)?,
            by: word(row, 3, name)?,
        })
    };
    Ok(History { changes, memberships, successions: rows.iter().map(succession).collect::<Result<_, _>>()? })
}

/// Says that one goes on in another.
pub(crate) async fn succeed(connection: &mut Connection, succession: &Succession) -> Result<(), NetworkError> {
    let statement = query(
        "INSERT INTO network_successions (predecessor, successor, on_day, change) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (predecessor, successor) DO NOTHING",
    );
    let Succession { predecessor, successor, on, by } = succession;
    let statement = statement.bind(predecessor.to_string()).bind(successor.to_string());
    statement.bind(on.to_string()).bind(by.code()).execute(connection).await?;
    Ok(())
}

/// Reads a row of [`organisation_on`].
pub(crate) fn organisation(row: &Row) -> Result<Organisation, NetworkError> {
    let name: String = row.try_get(0)?;
    Ok(Organisation {
        id: parse(name.clone(), &name)?,
        version: row.try_get(1)?,
        parent: row.try_get::<Option<String>, _>(2)?.map(|parent| parse(parent, &name)).transpose()?,
        status: word(row, 3, &name)?,
        since: day(row, 4, &name)?,
        until: open_day(row, 5, &name)?,
        opened: day(row, 6, &name)?,
        closed: open_day(row, 7, &name)?,
        confirmed: confirmation(row, 8, &name)?,
        profile: profile(row, 10, &name)?,
    })
}

fn confirmation(row: &Row, at: usize, name: &str) -> Result<Option<Confirmation>, NetworkError> {
    let (by, when): (Option<String>, Option<String>) = (row.try_get(at)?, row.try_get(at + 1)?);
    by.zip(when).map(|(by, when)| Ok(Confirmation { by, at: parse(when, name)? })).transpose()
}

pub(crate) fn profile(row: &Row, at: usize, name: &str) -> Result<Profile, NetworkError> {
    serde_json::from_str(row.try_get(at)?).map_err(|error| unreadable(name, error))
}

/// The value of a coded column.
pub(crate) fn word<T>(row: &Row, at: usize, name: &str) -> Result<T, NetworkError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    parse(row.try_get(at)?, name)
}

/// The day in a column.
pub(crate) fn day(row: &Row, at: usize, name: &str) -> Result<Date, NetworkError> {
    parse(row.try_get(at)?, name)
}

/// The day in a column, none when it is the end of what lasts.
pub(crate) fn open_day(row: &Row, at: usize, name: &str) -> Result<Option<Date>, NetworkError> {
    let text: String = row.try_get(at)?;
    if text == FOREVER { Ok(None) } else { parse(text, name).map(Some) }
}

/// A stored text as the value that it writes.
pub(crate) fn parse<T>(text: String, name: &str) -> Result<T, NetworkError>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.parse().map_err(|error| unreadable(name, error))
}

fn unreadable(name: &str, error: impl std::fmt::Display) -> NetworkError {
    NetworkError::Unreadable { id: name.to_owned(), reason: error.to_string() }
}
