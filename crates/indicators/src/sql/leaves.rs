//! Leaves for tables: many values of one indicator, packed a unit a row by the database.

use std::collections::BTreeMap;

use database::{Connection, Row, query};
use jiff::Timestamp;
use network::Shape;
use sqlx::Row as _;

use super::{parse, stored, unreadable};
use crate::evaluate::{Leaf, Leaves};
use crate::{Code, IndicatorsError, Period};

/// Reads the values of an indicator from one period to another of the same kind into `leaves`: those of some units, or of
/// all.
pub(crate) async fn load(
    connection: &mut Connection,
    leaves: &mut Leaves,
    shape: &Shape,
    code: &Code,
    (first, last): (Period, Period),
    units: Option<&[usize]>,
) -> Result<(), IndicatorsError> {
    let pack = "SELECT unit, string_agg(period || '~' || state || '~' || COALESCE(number, ''), ' ') \
        FROM indicators_values WHERE code = $1 AND kind = $2 AND period >= $3 AND period <= $4 GROUP BY unit";
    let one = "SELECT unit, string_agg(period || '~' || state || '~' || COALESCE(number, ''), ' ') \
        FROM indicators_values WHERE code = $1 AND kind = $2 AND period >= $3 AND period <= $4 AND unit = $5 \
        GROUP BY unit";
    let asked = |sql: &'static str| {
        let statement = query(sql).bind(code.to_string()).bind(first.kind().code());
        statement.bind(first.to_string()).bind(last.to_string())
    };
    match units {
        Some(units) if units.len() <= 8 => {
            for unit in units {
                let rows = asked(one).bind(shape.id(*unit).to_string()).fetch_all(&mut *connection).await?;
                rows.iter().try_for_each(|row| unpack(row, leaves, shape, code))?;
            }
        }
        _ => {
            let rows = asked(pack).fetch_all(connection).await?;
            rows.iter().try_for_each(|row| unpack(row, leaves, shape, code))?;
        }
    }
    Ok(())
}

fn unpack(row: &Row, leaves: &mut Leaves, shape: &Shape, code: &Code) -> Result<(), IndicatorsError> {
    let (unit, packed): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let Some(number) = shape.number(&parse(&unit, &unit)?) else { return Ok(()) };
    for piece in packed.split(' ') {
        let mut parts = piece.split('~');
        let (Some(period), Some(state), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(unreadable(&unit, piece));
        };
        let value = if value.is_empty() { None } else { Some(parse(value, &unit)?) };
        let leaf = Leaf { state: parse(state, &unit)?, number: value };
        leaves.put(code, number, parse(period, &unit)?, leaf);
    }
    Ok(())
}

/// Like [`load`], for all units, as the values stood at a moment.
pub(crate) async fn load_at(
    connection: &mut Connection,
    leaves: &mut Leaves,
    shape: &Shape,
    code: &Code,
    (first, last): (Period, Period),
    moment: Timestamp,
) -> Result<(), IndicatorsError> {
    let statement = query(
        "SELECT unit, period, version, state, number FROM indicators_versions WHERE code = $1 AND kind = $2 \
         AND period >= $3 AND period <= $4 AND at <= $5",
    );
    let statement = statement.bind(code.to_string()).bind(first.kind().code());
    let statement = statement.bind(first.to_string()).bind(last.to_string()).bind(stored(moment));
    let mut newest: BTreeMap<(usize, Period), (i64, Leaf)> = BTreeMap::new();
    for row in statement.fetch_all(connection).await? {
        let unit: String = row.try_get(0)?;
        let Some(number) = shape.number(&parse(&unit, &unit)?) else { continue };
        let version: i64 = row.try_get(2)?;
        let value: Option<String> = row.try_get(4)?;
        let leaf = Leaf { state: parse(row.try_get(3)?, &unit)?, number: super::parse_some(value, &unit)? };
        let slot = newest.entry((number, parse(row.try_get(1)?, &unit)?)).or_insert((version, leaf));
        if slot.0 < version {
            *slot = (version, leaf);
        }
    }
    for ((unit, period), (_, leaf)) in newest {
        leaves.put(code, unit, period, leaf);
    }
    Ok(())
}
