//! Ratings counted.

use std::collections::BTreeMap;

use accounts::Cover;
use database::{Conditions, Connection};
use network::OrganisationId;
use sqlx::Row as _;

use super::parse;
use crate::sql::ratings;
use crate::{Counts, Of, OutletFigure, RatingQuery, RatingsError, Standing};

/// How many of each level among those that match.
pub(crate) async fn counts(
    connection: &mut Connection,
    cover: &Cover,
    asked: &RatingQuery,
) -> Result<Counts, RatingsError> {
    let conditions = ratings::conditions(cover, asked);
    let statement = conditions.statement("SELECT level, COUNT(*) FROM ratings_ratings", " GROUP BY level");
    let mut counts = Counts::default();
    for row in &statement.fetch_all(connection).await? {
        counts.add(row.try_get(0)?, row.try_get(1)?);
    }
    Ok(counts)
}

/// How many of each level count, of one outlet, item or region.
pub(crate) async fn of(
    connection: &mut Connection,
    of: &Of<'_>,
    (from, to): (jiff::civil::Date, jiff::civil::Date),
) -> Result<Counts, RatingsError> {
    let mut conditions = counted(from, to);
    match of {
        Of::All => (),
        Of::Outlet(outlet) => conditions.and("outlet =", outlet),
        Of::Item(item) => conditions.and("item =", item),
        Of::ItemAt(item, outlet) => {
            conditions.and("item =", item);
            conditions.and("outlet =", outlet);
        }
        Of::Region(region) => {
            let (first, last) = region.range();
            conditions.and("region >=", first);
            conditions.and("region <=", last);
        }
    }
    let statement = conditions.statement("SELECT level, COUNT(*) FROM ratings_ratings", " GROUP BY level");
    let mut counts = Counts::default();
    for row in &statement.fetch_all(connection).await? {
        counts.add(row.try_get(0)?, row.try_get(1)?);
    }
    Ok(counts)
}

/// How many of each level count, by outlet.
pub(crate) async fn counts_by_outlet(
    connection: &mut Connection,
    (from, to): (jiff::civil::Date, jiff::civil::Date),
) -> Result<Vec<(OrganisationId, Counts)>, RatingsError> {
    let conditions = counted(from, to);
    let head = "SELECT outlet, level, COUNT(*) FROM ratings_ratings";
    let rows = conditions.statement(head, " GROUP BY outlet, level").fetch_all(connection).await?;
    let mut by: BTreeMap<String, Counts> = BTreeMap::new();
    for row in &rows {
        by.entry(row.try_get(0)?).or_default().add(row.try_get(1)?, row.try_get(2)?);
    }
    by.into_iter().map(|(outlet, counts)| Ok((parse(&outlet, &outlet)?, counts))).collect()
}

/// What may be published of each outlet.
pub(crate) async fn by_outlet(
    connection: &mut Connection,
    days: (jiff::civil::Date, jiff::civil::Date),
) -> Result<Vec<OutletFigure>, RatingsError> {
    let all = counts_by_outlet(connection, days).await?.into_iter();
    Ok(all.map(|(outlet, counts)| OutletFigure { outlet, published: counts.published() }).collect())
}

/// How many of each level count, by code of the item.
pub(crate) async fn by_item(
    connection: &mut Connection,
    (from, to): (jiff::civil::Date, jiff::civil::Date),
) -> Result<BTreeMap<String, Counts>, RatingsError> {
    let mut conditions = counted(from, to);
    conditions.and_fixed("item IS NOT NULL");
    let head = "SELECT item, level, COUNT(*) FROM ratings_ratings";
    let rows = conditions.statement(head, " GROUP BY item, level").fetch_all(connection).await?;
    let mut by: BTreeMap<String, Counts> = BTreeMap::new();
    for row in &rows {
        by.entry(row.try_get(0)?).or_default().add(row.try_get(1)?, row.try_get(2)?);
    }
    Ok(by)
}

fn counted(from: jiff::civil::Date, to: jiff::civil::Date) -> Conditions {
    let mut conditions = Conditions::new();
    conditions.and("standing =", Standing::Counted);
    conditions.and("day >=", from);
    conditions.and("day <=", to);
    conditions
}
