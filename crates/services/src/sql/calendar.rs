//! Calendars at rest, and who keeps them.

use std::collections::BTreeMap;

use database::{Connection, insert_rows, query};
use jiff::Timestamp;
use network::OrganisationId;
use sqlx::Row as _;

use super::{maybe, parsed};
use crate::{CalendarDay, CalendarYear, ServicesError, Text};

/// The years that were loaded, in order.
pub(crate) async fn years(connection: &mut Connection) -> Result<Vec<CalendarYear>, ServicesError> {
    let rows = query("SELECT year, revision, source, loaded_at FROM services_calendar_years ORDER BY year");
    let rows = rows.fetch_all(connection).await?;
    let year = |row: &database::Row| {
        let year: i64 = row.try_get(0)?;
        Ok(CalendarYear {
            year: year as i16,
            revision: row.try_get(1)?,
            source: row.try_get(2)?,
            loaded_at: Some(parsed(row, 3, "services_calendar_years")?),
        })
    };
    rows.iter().map(year).collect()
}

/// The days that were loaded, in order.
pub(crate) async fn days(connection: &mut Connection) -> Result<Vec<CalendarDay>, ServicesError> {
    let rows = query("SELECT day, kind, name_zh, name_en FROM services_calendar_days ORDER BY day");
    let rows = rows.fetch_all(connection).await?;
    let day = |row: &database::Row| {
        Ok(CalendarDay {
            day: parsed(row, 0, "services_calendar_days")?,
            kind: parsed(row, 1, "services_calendar_days")?,
            name: Text { zh: row.try_get(2)?, en: row.try_get(3)? },
        })
    };
    rows.iter().map(day).collect()
}

/// Goes from the revision seen (0 = not loaded yet) to the next; the revision found when it is another.
pub(crate) async fn advance(
    connection: &mut Connection,
    (year, seen): (i16, i64),
    (source, now): (&str, Timestamp),
) -> Result<Result<(), i64>, ServicesError> {
    let insert = query(
        "INSERT INTO services_calendar_years (year, revision, source, loaded_at) VALUES ($1, 0, $2, $3) \
         ON CONFLICT (year) DO NOTHING",
    );
    let at = format!("{now:.3}");
    insert.bind(i64::from(year)).bind(source.to_owned()).bind(at.clone()).execute(&mut *connection).await?;
    let update = query(
        "UPDATE services_calendar_years SET revision = revision + 1, source = $3, loaded_at = $4 \
         WHERE year = $1 AND revision = $2",
    );
    let update = update.bind(i64::from(year)).bind(seen).bind(source.to_owned()).bind(at);
    if update.execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(Ok(()));
    }
    let found = query("SELECT revision FROM services_calendar_years WHERE year = $1");
    Ok(Err(found.bind(i64::from(year)).fetch_one(connection).await?.try_get(0)?))
}

/// Puts the days of years in the place of those that were there.
pub(crate) async fn replace(
    connection: &mut Connection,
    days: BTreeMap<i16, Vec<CalendarDay>>,
) -> Result<(), ServicesError> {
    for (year, days) in days {
        let statement = query("DELETE FROM services_calendar_days WHERE year = $1");
        statement.bind(i64::from(year)).execute(&mut *connection).await?;
        let head = "INSERT INTO services_calendar_days (day, year, kind, name_zh, name_en)";
        insert_rows(&mut *connection, (head, 5, ""), days, |statement, day| {
            let statement = statement.bind(day.day.to_string()).bind(i64::from(year)).bind(day.kind.code());
            statement.bind(day.name.zh).bind(day.name.en)
        })
        .await?;
    }
    Ok(())
}

/// Who keeps the calendar and the catalogue that came with the program.
pub(crate) async fn keeper(connection: &mut Connection) -> Result<Option<OrganisationId>, ServicesError> {
    let row = query("SELECT keeper FROM services_keeper WHERE one = 1").fetch_one(connection).await?;
    maybe(&row, 0, "services_keeper")
}

/// Says who keeps them; holds the row until the end of the transaction.
pub(crate) async fn keep(connection: &mut Connection, keeper: Option<&OrganisationId>) -> Result<(), ServicesError> {
    let statement = query("UPDATE services_keeper SET keeper = $1 WHERE one = 1");
    statement.bind(keeper.map(ToString::to_string)).execute(connection).await?;
    Ok(())
}
