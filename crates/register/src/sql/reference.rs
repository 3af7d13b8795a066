//! Statements on `schemes` and `event_codes`.

use database::{Connection, DatabaseError, Row, insert_rows, query};
use sqlx::Row as _;

use crate::{EventCode, SchemeEntry};

/// Puts the entries of one version of a scheme in place of those stored.
pub(crate) async fn put_scheme(
    connection: &mut Connection,
    scheme: &str,
    version: &str,
    entries: &[SchemeEntry],
) -> Result<(), DatabaseError> {
    const SQL: (&str, usize, &str) =
        ("INSERT INTO schemes (scheme, version, ordinal, symbol, depth, title_zh, title_en)", 7, "");
    query("DELETE FROM schemes WHERE scheme = $1 AND version = $2")
        .bind(scheme.to_owned())
        .bind(version.to_owned())
        .execute(&mut *connection)
        .await?;
    insert_rows(connection, SQL, (0_i64..).zip(entries), |query, (ordinal, entry)| {
        query
            .bind(scheme.to_owned())
            .bind(version.to_owned())
            .bind(ordinal)
            .bind(entry.symbol.clone())
            .bind(i64::from(entry.depth))
            .bind(entry.title_zh.clone())
            .bind(entry.title_en.clone())
    })
    .await?;
    Ok(())
}

/// Versions loaded: scheme, version, entries.
pub(crate) async fn schemes(connection: &mut Connection) -> Result<Vec<(String, String, i64)>, DatabaseError> {
    let rows = query("SELECT scheme, version, COUNT(*) FROM schemes GROUP BY scheme, version ORDER BY scheme, version");
    let rows = rows.fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
}

/// The entries of the latest version of a scheme, in scheme order.
pub(crate) async fn scheme(connection: &mut Connection, scheme: &str) -> Result<Vec<SchemeEntry>, DatabaseError> {
    let rows = query(
        "SELECT symbol, depth, title_zh, title_en FROM schemes WHERE scheme = $1 \
         AND version = (SELECT MAX(version) FROM schemes WHERE scheme = $1) ORDER BY ordinal",
    );
    let rows = rows.bind(scheme.to_owned()).fetch_all(connection).await?;
    let entry = |row: &Row| {
        Ok(SchemeEntry {
            symbol: row.try_get(0)?,
            depth: row.try_get::<i64, _>(1)? as u32,
            title_zh: row.try_get(2)?,
            title_en: row.try_get(3)?,
        })
    };
    rows.iter().map(entry).collect()
}

/// Stores event codes, each in place of the one of its office and code.
pub(crate) async fn put_event_codes(connection: &mut Connection, codes: &[EventCode]) -> Result<(), DatabaseError> {
    const SQL: (&str, usize, &str) = (
        "INSERT INTO event_codes (office, code, text, effect)",
        4,
        "ON CONFLICT (office, code) DO UPDATE SET text = excluded.text, effect = excluded.effect",
    );
    // One statement may meet a row once only: of codes given twice the last holds.
    let codes: std::collections::BTreeMap<_, _> =
        codes.iter().map(|code| ((code.office.as_str(), code.code.as_str()), code)).collect();
    insert_rows(connection, SQL, codes.into_values(), |query, code| {
        query.bind(code.office.clone()).bind(code.code.clone()).bind(code.text.clone()).bind(code.effect.clone())
    })
    .await?;
    Ok(())
}

/// All event codes in order of office and code.
pub(crate) async fn event_codes(connection: &mut Connection) -> Result<Vec<EventCode>, DatabaseError> {
    let rows = query("SELECT office, code, text, effect FROM event_codes ORDER BY office, code");
    let code = |row: &Row| {
        Ok(EventCode { office: row.try_get(0)?, code: row.try_get(1)?, text: row.try_get(2)?, effect: row.try_get(3)? })
    };
    rows.fetch_all(connection).await?.iter().map(code).collect()
}
