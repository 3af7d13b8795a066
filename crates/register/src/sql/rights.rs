//! Statements on `rights` and `numbers`.

use database::{Connection, DatabaseError, Row, execute_in, insert_rows, query, select_in};
use sqlx::Row as _;

use super::{from_lines, lines};

/// What is stored of a right, without its body.
#[derive(Clone, Debug)]
pub(crate) struct StoredRight {
    pub(crate) id: String,
    pub(crate) digest: Vec<u8>,
    pub(crate) numbers: Vec<String>,
}

/// A row to be stored.
pub(crate) struct RightRow {
    pub(crate) id: String,
    pub(crate) office: String,
    pub(crate) kind: &'static str,
    pub(crate) status: &'static str,
    pub(crate) expiry_date: Option<String>,
    pub(crate) digest: Vec<u8>,
    pub(crate) numbers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

/// The rights with these ids.
pub(crate) async fn stored(
    connection: &mut Connection,
    ids: impl IntoIterator<Item = &str>,
) -> Result<Vec<StoredRight>, DatabaseError> {
    const SQL: (&str, &str) = ("SELECT id, digest, numbers FROM rights WHERE id IN", "");
    select_in(connection, SQL, ids).await?.iter().map(stored_row).collect()
}

/// Those of the ids under which a right stands.
pub(crate) async fn existing(
    connection: &mut Connection,
    ids: impl IntoIterator<Item = &str>,
) -> Result<Vec<String>, DatabaseError> {
    let rows = select_in(connection, ("SELECT id FROM rights WHERE id IN", ""), ids).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// The rights whose ids come after `after`, in order of id.
pub(crate) async fn page(
    connection: &mut Connection,
    after: &str,
    limit: i64,
) -> Result<Vec<StoredRight>, DatabaseError> {
    let rows = query("SELECT id, digest, numbers FROM rights WHERE id > $1 ORDER BY id LIMIT $2");
    rows.bind(after.to_owned()).bind(limit).fetch_all(connection).await?.iter().map(stored_row).collect()
}

fn stored_row(row: &Row) -> Result<StoredRight, DatabaseError> {
    Ok(StoredRight { id: row.try_get(0)?, digest: row.try_get(1)?, numbers: from_lines(row.try_get(2)?) })
}

/// Bodies of the rights with these ids.
pub(crate) async fn bodies(
    connection: &mut Connection,
    ids: impl IntoIterator<Item = &str>,
) -> Result<Vec<(String, Vec<u8>)>, DatabaseError> {
    let rows = select_in(connection, ("SELECT id, body FROM rights WHERE id IN", ""), ids).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Ids after `after`, in order.
pub(crate) async fn ids(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<String>, DatabaseError> {
    let rows = query("SELECT id FROM rights WHERE id > $1 ORDER BY id LIMIT $2").bind(after.to_owned()).bind(limit);
    rows.fetch_all(connection).await?.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// Rights stored as in force whose stated last day lies in the span, both days included.
pub(crate) async fn expiring(connection: &mut Connection, from: &str, to: &str) -> Result<Vec<String>, DatabaseError> {
    let rows = query(
        "SELECT id FROM rights WHERE status = 'in-force' AND expiry_date IS NOT NULL \
         AND expiry_date >= $1 AND expiry_date <= $2 ORDER BY expiry_date, id",
    );
    let rows = rows.bind(from.to_owned()).bind(to.to_owned()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// Stores rights, each in place of the one with its id; `seq` is that of the first, the rest follow.
pub(crate) async fn put(connection: &mut Connection, rows: Vec<RightRow>, seq: i64) -> Result<(), DatabaseError> {
    const SQL: (&str, usize, &str) = (
        "INSERT INTO rights (id, office, kind, status, expiry_date, seq, digest, numbers, body)",
        9,
        "ON CONFLICT (id) DO UPDATE SET office = excluded.office, kind = excluded.kind, status = excluded.status, \
         expiry_date = excluded.expiry_date, seq = excluded.seq, digest = excluded.digest, \
         numbers = excluded.numbers, body = excluded.body",
    );
    insert_rows(connection, SQL, (seq..).zip(rows), |query, (seq, row)| {
        query
            .bind(row.id)
            .bind(row.office)
            .bind(row.kind)
            .bind(row.status)
            .bind(row.expiry_date)
            .bind(seq)
            .bind(row.digest)
            .bind(lines(&row.numbers))
            .bind(row.body)
    })
    .await?;
    Ok(())
}

/// Takes rights away.
pub(crate) async fn remove(connection: &mut Connection, ids: &[String]) -> Result<(), DatabaseError> {
    execute_in(connection, ("DELETE FROM rights WHERE id IN", ""), ids.iter().map(String::as_str)).await?;
    Ok(())
}

/// Makes rights findable by keys: key, right.
pub(crate) async fn number(connection: &mut Connection, rows: Vec<(String, String)>) -> Result<(), DatabaseError> {
    const SQL: (&str, usize, &str) =
        ("INSERT INTO numbers (key, right_id)", 2, "ON CONFLICT (key, right_id) DO NOTHING");
    insert_rows(connection, SQL, rows, |query, (key, right)| query.bind(key).bind(right)).await?;
    Ok(())
}

/// Takes keys away from a right.
pub(crate) async fn unnumber(connection: &mut Connection, rows: &[(String, String)]) -> Result<(), DatabaseError> {
    for (key, right) in rows {
        query("DELETE FROM numbers WHERE key = $1 AND right_id = $2")
            .bind(key.clone())
            .bind(right.clone())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Which rights have these keys: key, right, in order of right.
pub(crate) async fn find(
    connection: &mut Connection,
    keys: impl IntoIterator<Item = &str>,
) -> Result<Vec<(String, String)>, DatabaseError> {
    let rows =
        select_in(connection, ("SELECT key, right_id FROM numbers WHERE key IN", "ORDER BY right_id"), keys).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Rights by office, kind and status.
pub(crate) async fn counts(connection: &mut Connection) -> Result<Vec<(String, String, String, i64)>, DatabaseError> {
    let rows = query(
        "SELECT office, kind, status, COUNT(*) FROM rights GROUP BY office, kind, status ORDER BY office, kind, status",
    );
    let rows = rows.fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?))).collect()
}
