//! Baselines and targets at rest.

use database::{Connection, Row, query};
use network::OrganisationId;
use sqlx::Row as _;

use super::{parse, parse_some, stored, written};
use crate::{Code, IndicatorsError, Mark, Target};

/// The targets of an indicator, the last version of each unit.
pub(crate) async fn of_indicator(connection: &mut Connection, code: &Code) -> Result<Vec<Target>, IndicatorsError> {
    let statement = query(
        "SELECT t.code, t.unit, t.version, t.baseline_period, t.baseline, t.target_period, t.target, t.note, t.person, \
         t.at FROM indicators_targets t WHERE t.code = $1 AND t.version = (SELECT MAX(o.version) \
         FROM indicators_targets o WHERE o.code = t.code AND o.unit = t.unit) ORDER BY t.unit",
    );
    statement.bind(code.to_string()).fetch_all(connection).await?.iter().map(read).collect()
}

/// The target of a unit.
pub(crate) async fn get(
    connection: &mut Connection,
    code: &Code,
    unit: &OrganisationId,
) -> Result<Option<Target>, IndicatorsError> {
    let statement = query(
        "SELECT code, unit, version, baseline_period, baseline, target_period, target, note, person, at \
         FROM indicators_targets WHERE code = $1 AND unit = $2 ORDER BY version DESC LIMIT 1",
    );
    let row = statement.bind(code.to_string()).bind(unit.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Stores a version; false when there is one of this number.
pub(crate) async fn insert(connection: &mut Connection, target: &Target) -> Result<bool, IndicatorsError> {
    let statement = query(
        "INSERT INTO indicators_targets (code, unit, version, baseline_period, baseline, target_period, target, note, \
         person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    );
    let period = |mark: Option<Mark>| mark.map(|mark| mark.period.to_string());
    let number = |mark: Option<Mark>| mark.map(|mark| written(mark.number));
    let statement = statement.bind(target.code.to_string()).bind(target.unit.to_string()).bind(target.version);
    let statement = statement.bind(period(target.baseline)).bind(number(target.baseline));
    let statement = statement.bind(period(target.target)).bind(number(target.target)).bind(target.note.clone());
    let statement = statement.bind(target.person.as_ref().map(ToString::to_string)).bind(stored(target.at));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

fn read(row: &Row) -> Result<Target, IndicatorsError> {
    let code: String = row.try_get(0)?;
    let mark = |period: Option<String>, number: Option<String>| -> Result<Option<Mark>, IndicatorsError> {
        let (period, number) = (parse_some(period, &code)?, parse_some(number, &code)?);
        Ok(period.zip(number).map(|(period, number)| Mark { period, number }))
    };
    Ok(Target {
        code: parse(&code, &code)?,
        unit: parse(row.try_get(1)?, &code)?,
        version: row.try_get(2)?,
        baseline: mark(row.try_get(3)?, row.try_get(4)?)?,
        target: mark(row.try_get(5)?, row.try_get(6)?)?,
        note: row.try_get(7)?,
        person: parse_some(row.try_get(8)?, &code)?,
        at: parse(row.try_get(9)?, &code)?,
    })
}
