//! Statements on the places of one edition of a scheme.

use std::ops::Range;

use database::{Connection, DatabaseError, Row, query, select_in};
use sqlx::Row as _;

use crate::SchemeEntry;

/// Name and version of a scheme.
type Edition<'e> = (&'e str, &'e str);

/// A place with its rank in the order of the scheme.
pub(crate) struct Placed {
    pub(crate) ordinal: i64,
    pub(crate) entry: SchemeEntry,
}

impl Placed {
    /// Depth, 0 at the top.
    pub(crate) const fn depth(&self) -> u32 {
        self.entry.depth
    }
}

fn placed(row: &Row) -> Result<Placed, DatabaseError> {
    Ok(Placed { ordinal: row.try_get(4)?, entry: entry(row)? })
}

fn entry(row: &Row) -> Result<SchemeEntry, DatabaseError> {
    Ok(SchemeEntry {
        symbol: row.try_get(0)?,
        depth: row.try_get::<i64, _>(1)? as u32,
        title_zh: row.try_get(2)?,
        title_en: row.try_get(3)?,
    })
}

/// The latest version of a scheme.
pub(crate) async fn latest(connection: &mut Connection, scheme: &str) -> Result<Option<String>, DatabaseError> {
    let row = query("SELECT MAX(version) FROM schemes WHERE scheme = $1").bind(scheme.to_owned());
    Ok(row.fetch_one(connection).await?.try_get(0)?)
}

/// The place with a symbol.
pub(crate) async fn place(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    symbol: &str,
) -> Result<Option<Placed>, DatabaseError> {
    let row = query(
        "SELECT symbol, depth, title_zh, title_en, ordinal FROM schemes \
         WHERE scheme = $1 AND symbol = $2 AND version = $3 ORDER BY ordinal LIMIT 1",
    );
    let row = row.bind(scheme.to_owned()).bind(symbol.to_owned()).bind(version.to_owned());
    row.fetch_optional(connection).await?.as_ref().map(placed).transpose()
}

/// The first place within a stretch.
pub(crate) async fn first(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    from: i64,
    to: i64,
) -> Result<Option<Placed>, DatabaseError> {
    let row = query(
        "SELECT symbol, depth, title_zh, title_en, ordinal FROM schemes \
         WHERE scheme = $1 AND version = $2 AND ordinal >= $3 AND ordinal < $4 ORDER BY ordinal LIMIT 1",
    );
    let row = row.bind(scheme.to_owned()).bind(version.to_owned()).bind(from).bind(to);
    row.fetch_optional(connection).await?.as_ref().map(placed).transpose()
}

/// Ordinal of the next place after `ordinal` that is no deeper than `depth`.
pub(crate) async fn shallower(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    ordinal: i64,
    depth: u32,
) -> Result<Option<i64>, DatabaseError> {
    /// Down to this depth a place may have ten thousand others below it: the next of each depth is looked up. Deeper
    /// ones end after a few places, which are read in order; `+ 0` keeps the index by depth out of it.
    const LONG: u32 = 2;
    if depth > LONG {
        let row = query(
            "SELECT ordinal FROM schemes WHERE scheme = $1 AND version = $2 AND ordinal > $3 AND depth + 0 <= $4 \
             ORDER BY ordinal LIMIT 1",
        );
        let row = row.bind(scheme.to_owned()).bind(version.to_owned()).bind(ordinal).bind(i64::from(depth));
        let row = row.fetch_optional(connection).await?;
        return row.map(|row| Ok(row.try_get(0)?)).transpose();
    }
    let mut nearest: Option<i64> = None;
    for depth in 0..=depth {
        let row = query(
            "SELECT MIN(ordinal) FROM schemes WHERE scheme = $1 AND version = $2 AND depth = $3 AND ordinal > $4",
        );
        let row = row.bind(scheme.to_owned()).bind(version.to_owned()).bind(i64::from(depth)).bind(ordinal);
        let next: Option<i64> = row.fetch_one(&mut *connection).await?.try_get(0)?;
        nearest = [nearest, next].into_iter().flatten().min();
    }
    Ok(nearest)
}

/// The last place of a depth before `ordinal`.
pub(crate) async fn last_before(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    depth: u32,
    ordinal: i64,
) -> Result<Option<Placed>, DatabaseError> {
    let row = query(
        "SELECT symbol, depth, title_zh, title_en, ordinal FROM schemes \
         WHERE scheme = $1 AND version = $2 AND depth = $3 AND ordinal < $4 ORDER BY ordinal DESC LIMIT 1",
    );
    let row = row.bind(scheme.to_owned()).bind(version.to_owned()).bind(i64::from(depth)).bind(ordinal);
    row.fetch_optional(connection).await?.as_ref().map(placed).transpose()
}

/// The places of a depth within a stretch, in order.
pub(crate) async fn level(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    depth: u32,
    within: Range<i64>,
) -> Result<Vec<Placed>, DatabaseError> {
    let rows = query(
        "SELECT symbol, depth, title_zh, title_en, ordinal FROM schemes \
         WHERE scheme = $1 AND version = $2 AND depth = $3 AND ordinal >= $4 AND ordinal < $5 ORDER BY ordinal",
    );
    let rows = rows.bind(scheme.to_owned()).bind(version.to_owned()).bind(i64::from(depth));
    let rows = rows.bind(within.start).bind(within.end).fetch_all(connection).await?;
    rows.iter().map(placed).collect()
}

/// All places within a stretch, in order.
pub(crate) async fn stretch(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    within: Range<i64>,
) -> Result<Vec<SchemeEntry>, DatabaseError> {
    let rows = query(
        "SELECT symbol, depth, title_zh, title_en FROM schemes \
         WHERE scheme = $1 AND version = $2 AND ordinal >= $3 AND ordinal < $4 ORDER BY ordinal",
    );
    let rows = rows.bind(scheme.to_owned()).bind(version.to_owned()).bind(within.start).bind(within.end);
    rows.fetch_all(connection).await?.iter().map(entry).collect()
}

/// The places with these symbols, in no order.
pub(crate) async fn places(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    symbols: &[String],
) -> Result<Vec<SchemeEntry>, DatabaseError> {
    // A list of keys leaves no place for a name, and without it the index by symbol would not serve.
    let Some(head) = of_symbols(scheme) else {
        let mut found = Vec::new();
        for symbol in symbols {
            found.extend(place(connection, (scheme, version), symbol).await?.map(|placed| placed.entry));
        }
        return Ok(found);
    };
    let rows = select_in(connection, (head, ""), symbols.iter().map(String::as_str)).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        if row.try_get::<String, _>(4)? == version {
            found.push(entry(row)?);
        }
    }
    Ok(found)
}

macro_rules! by_symbol {
    ($scheme:literal) => {
        Some(concat!(
            "SELECT symbol, depth, title_zh, title_en, version FROM schemes WHERE scheme = '",
            $scheme,
            "' AND symbol IN"
        ))
    };
}

/// The statement that reads places of a known scheme by a list of symbols.
fn of_symbols(scheme: &str) -> Option<&'static str> {
    match scheme {
        "ipc" => by_symbol!("ipc"),
        "cpc" => by_symbol!("cpc"),
        "locarno" => by_symbol!("locarno"),
        "nice" => by_symbol!("nice"),
        "vienna" => by_symbol!("vienna"),
        _ => None,
    }
}

/// Places whose symbol begins with `typed`, in scheme order.
pub(crate) async fn starting(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    typed: &str,
    most: i64,
) -> Result<Vec<SchemeEntry>, DatabaseError> {
    // Symbols are ASCII: everything that begins with `typed` sorts before `typed~`.
    let rows = query(
        "SELECT symbol, depth, title_zh, title_en FROM schemes \
         WHERE scheme = $1 AND symbol >= $2 AND symbol < $3 AND version = $4 ORDER BY ordinal LIMIT $5",
    );
    let rows = rows.bind(scheme.to_owned()).bind(typed.to_owned()).bind(format!("{typed}~"));
    let rows = rows.bind(version.to_owned()).bind(most).fetch_all(connection).await?;
    rows.iter().map(entry).collect()
}

/// Places at most `deepest` levels down with a title that has this text, the less deep first.
pub(crate) async fn titled(
    connection: &mut Connection,
    (scheme, version): Edition<'_>,
    text: &str,
    deepest: u32,
) -> Result<Vec<SchemeEntry>, DatabaseError> {
    let mut like = String::with_capacity(text.len() + 2);
    like.push('%');
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            like.push('!');
        }
        like.push(c);
    }
    like.push('%');
    let rows = query(
        "SELECT symbol, depth, title_zh, title_en FROM schemes WHERE scheme = $1 AND version = $2 AND depth <= $3 \
         AND (LOWER(title_zh) LIKE $4 ESCAPE '!' OR LOWER(title_en) LIKE $4 ESCAPE '!') ORDER BY depth, ordinal",
    );
    let rows = rows.bind(scheme.to_owned()).bind(version.to_owned()).bind(i64::from(deepest)).bind(like);
    rows.fetch_all(connection).await?.iter().map(entry).collect()
}
