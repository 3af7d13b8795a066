//! Counties that were loaded.

use database::{Connection, Row, insert_rows, query};
use jiff::civil::Date;
use sqlx::Row as _;

use super::end;
use super::state::{open_day, parse};
use crate::{NetworkError, Region, RegionCode};

/// Stores counties; one with the same code and first day is replaced.
pub(crate) async fn put(connection: &mut Connection, regions: Vec<Region>) -> Result<u64, NetworkError> {
    let insert = (
        "INSERT INTO network_counties (code, name, valid_from, valid_to)",
        4,
        "ON CONFLICT (code, valid_from) DO UPDATE SET name = excluded.name, valid_to = excluded.valid_to",
    );
    let bind = |statement: database::Query<'static>, region: Region| {
        let from = region.from.map_or_else(String::new, |day| day.to_string());
        statement.bind(region.code.to_string()).bind(region.name).bind(from).bind(end(region.to))
    };
    Ok(insert_rows(connection, insert, regions, bind).await?)
}

/// The counties inside a region on a day, by code.
pub(crate) async fn within(
    connection: &mut Connection,
    region: &RegionCode,
    day: Date,
) -> Result<Vec<Region>, NetworkError> {
    let (first, last) = region.range();
    let statement = query(
        "SELECT code, name, valid_from, valid_to FROM network_counties \
         WHERE code >= $1 AND code <= $2 AND valid_from <= $3 AND valid_to > $3 ORDER BY code",
    );
    let rows = statement.bind(first).bind(last).bind(day.to_string()).fetch_all(connection).await?;
    rows.iter().map(county).collect()
}

/// Whether any county is known of a region, on whatever day.
pub(crate) async fn any_within(connection: &mut Connection, region: &RegionCode) -> Result<bool, NetworkError> {
    let (first, last) = region.range();
    let statement = query("SELECT code FROM network_counties WHERE code >= $1 AND code <= $2 LIMIT 1");
    Ok(statement.bind(first).bind(last).fetch_optional(connection).await?.is_some())
}

fn county(row: &Row) -> Result<Region, NetworkError> {
    let code: String = row.try_get(0)?;
    let from: String = row.try_get(2)?;
    Ok(Region {
        code: parse(code.clone(), &code)?,
        name: row.try_get(1)?,
        from: (!from.is_empty()).then(|| parse(from, &code)).transpose()?,
        to: open_day(row, 3, &code)?,
    })
}
