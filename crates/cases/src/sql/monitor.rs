//! Warnings at rest, and the cases that a rule finds.

use accounts::Cover;
use database::{Connection, Row, query};
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use super::list::Conditions;
use super::{moment, number, parsed, text};
use crate::monitor::Rule;
use crate::{Case, CaseId, CasesError, Warning, WarningRule};

/// Cases of which a rule holds and has not warned, with the period of each.
pub(crate) async fn candidates(
    connection: &mut Connection,
    rule: &Rule,
    mark: &str,
    limit: i64,
) -> Result<Vec<(CaseId, String)>, CasesError> {
    let (holds, period) = (rule.holds, rule.period);
    let sql = format!(
        "SELECT c.id AS id, {period} AS period FROM cases_cases c WHERE c.is_open = 1 AND {holds} AND NOT EXISTS \
         (SELECT 1 FROM cases_warnings w WHERE w.case_id = c.id AND w.rule = $2 AND w.period = {period}) \
         ORDER BY c.id LIMIT $3"
    );
    let statement = sqlx::query(AssertSqlSafe(sql)).bind(mark.to_owned()).bind(rule.warning.code().to_owned());
    let rows = statement.bind(limit).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((parsed(row, "id")?, text(row, "period")?))).collect()
}

/// Whether a rule holds of a case.
pub(crate) async fn still_holds(
    connection: &mut Connection,
    rule: &Rule,
    mark: &str,
    case: &CaseId,
) -> Result<bool, CasesError> {
    let sql = format!("SELECT 1 AS one FROM cases_cases c WHERE c.is_open = 1 AND {} AND c.id = $2", rule.holds);
    let statement = sqlx::query(AssertSqlSafe(sql)).bind(mark.to_owned()).bind(case.to_string());
    Ok(statement.fetch_optional(connection).await?.is_some())
}

/// Keeps a warning; false when it was given before.
pub(crate) async fn insert(
    connection: &mut Connection,
    case: &Case,
    rule: WarningRule,
    period: &str,
    now: Timestamp,
) -> Result<bool, CasesError> {
    let statement = query(
        "INSERT INTO cases_warnings (case_id, rule, period, outlet, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    );
    let done = statement
        .bind(case.id.to_string())
        .bind(rule.code().to_owned())
        .bind(period.to_owned())
        .bind(case.outlet.to_string())
        .bind(moment(now))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks a case as laid before whoever leads; the number of the event. It counts as no activity.
pub(crate) async fn escalate(connection: &mut Connection, case: &CaseId) -> Result<i64, CasesError> {
    let statement = query("UPDATE cases_cases SET escalated = 1, events = events + 1 WHERE id = $1 RETURNING events");
    number(&statement.bind(case.to_string()).fetch_one(connection).await?, "events")
}

/// Warnings since a moment, latest first.
pub(crate) async fn since(
    connection: &mut Connection,
    cover: &Cover,
    since: Timestamp,
) -> Result<Vec<Warning>, CasesError> {
    let mut conditions = Conditions::default();
    conditions.within(cover);
    conditions.and("w.at >= ", "", &moment(since));
    let head = "SELECT w.case_id, c.reference, w.outlet, w.rule, w.period, w.at FROM cases_warnings w \
                JOIN cases_cases c ON c.id = w.case_id WHERE 1 = 1";
    let rows = conditions.statement(head, " ORDER BY w.at DESC, w.case_id LIMIT 1000").fetch_all(connection).await?;
    let read = |row: &Row| {
        Ok(Warning {
            case: parsed(row, "case_id")?,
            reference: parsed(row, "reference")?,
            outlet: parsed(row, "outlet")?,
            rule: parsed(row, "rule")?,
            period: text(row, "period")?,
            at: parsed(row, "at")?,
        })
    };
    rows.iter().map(read).collect()
}
