//! Notices in the portal.

use database::{Connection, Query, Row, query};
use jiff::Timestamp;
use network::Id;
use sqlx::Row as _;

use super::{parse, stored, unreadable};
use crate::{Inbox, Item, NoticesError};

/// A statement on one inbox, whose id is `$1`.
macro_rules! of {
    ($inbox:expr, $head:literal, $tail:literal) => {
        match $inbox {
            Inbox::Person(id) => {
                query(concat!($head, " WHERE person = $1 AND portal = 1 ", $tail)).bind(id.to_string())
            }
            Inbox::Organisation(id) => {
                query(concat!($head, " WHERE organisation = $1 AND portal = 1 ", $tail)).bind(id.to_string())
            }
        }
    };
}

/// The newest notices, or those that come after a place.
pub(crate) async fn page(
    connection: &mut Connection,
    of: Inbox<'_>,
    after: Option<(Timestamp, Id)>,
    limit: usize,
) -> Result<Vec<Item>, NoticesError> {
    // No moment is written like this one, and it sorts after all.
    let (at, id) = after.map_or(("~".to_owned(), "~".to_owned()), |(at, id)| (stored(at), id.to_string()));
    let statement: Query<'static> = of!(
        of,
        "SELECT id, put_at, template, fields, link, read_at, read_by FROM notices_notices",
        "AND (put_at, id) < ($2, $3) ORDER BY put_at DESC, id DESC LIMIT $4"
    );
    let rows = statement.bind(at).bind(id).bind(limit as i64).fetch_all(connection).await?;
    rows.iter().map(item).collect()
}

fn item(row: &Row) -> Result<Item, NoticesError> {
    let id: String = row.try_get(0)?;
    let (read_at, read_by): (Option<String>, Option<String>) = (row.try_get(5)?, row.try_get(6)?);
    Ok(Item {
        id: parse(&id, &id)?,
        put_at: parse(row.try_get(1)?, &id)?,
        template: row.try_get(2)?,
        values: serde_json::from_str(row.try_get(3)?).map_err(|error| unreadable(&id, error))?,
        link: row.try_get(4)?,
        read_at: read_at.map(|at| parse(&at, &id)).transpose()?,
        read_by: read_by.map(|by| parse(&by, &id)).transpose()?,
    })
}

/// How many are unread.
pub(crate) async fn unread(connection: &mut Connection, of: Inbox<'_>) -> Result<u64, NoticesError> {
    let statement: Query<'static> = of!(of, "SELECT COUNT(*) FROM notices_notices", "AND read_at IS NULL");
    Ok(statement.fetch_one(connection).await?.try_get::<i64, _>(0)? as u64)
}

/// Marks one or all as read; answers how many were not.
pub(crate) async fn mark_read(
    connection: &mut Connection,
    now: Timestamp,
    of: Inbox<'_>,
    id: Option<&Id>,
    by: &Id,
) -> Result<u64, NoticesError> {
    let statement: Query<'static> = match id {
        Some(_) => of!(of, "UPDATE notices_notices SET read_at = $2, read_by = $3", "AND read_at IS NULL AND id = $4"),
        None => of!(of, "UPDATE notices_notices SET read_at = $2, read_by = $3", "AND read_at IS NULL"),
    };
    let statement = statement.bind(stored(now)).bind(by.to_string());
    let statement = match id {
        Some(id) => statement.bind(id.to_string()),
        None => statement,
    };
    Ok(statement.execute(connection).await?.rows_affected())
}
