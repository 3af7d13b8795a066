//! What is counted: consultations, topics, figures.

use std::collections::BTreeMap;

use accounts::Cover;
use database::{Connection, Row};
use sqlx::Row as _;

use super::case::{case, select_case};
use super::list::Conditions;
use super::{number, parsed, text};
use crate::inbox::place;
use crate::{Case, CasesError, ConsultationQuery, FiguresQuery, ItemFigures, Outcome, OutcomeCount, Topic, Topics};

fn of(cover: &Cover, query: &ConsultationQuery) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.plain(" AND c.consultation = 1 AND c.state <> 'merged'");
    conditions.within(cover);
    if let Some(item) = &query.item {
        conditions.and("c.item = ", "", item.as_str());
    }
    if let Some(label) = &query.label {
        conditions.and("EXISTS (SELECT 1 FROM cases_labels l WHERE l.case_id = c.id AND l.label = ", ")", label);
    }
    conditions.between("c.received_at", query.from, query.to);
    conditions.words(query.text.as_deref());
    conditions
}

/// Consultations that match, latest first, after a place.
pub(crate) async fn consultations(
    connection: &mut Connection,
    cover: &Cover,
    query: &ConsultationQuery,
    limit: usize,
) -> Result<Vec<Case>, CasesError> {
    let mut conditions = of(cover, query);
    if let Some(after) = &query.after {
        let (at, id) = place(after)?;
        conditions.after(("c.received_at", "<"), &at, &id);
    }
    let tail = format!(" ORDER BY c.received_at DESC, c.id DESC LIMIT {limit}");
    let rows = conditions.statement(select_case!("WHERE 1 = 1"), &tail).fetch_all(connection).await?;
    rows.iter().map(case).collect()
}

/// How often each topic was asked about.
pub(crate) async fn topics(
    connection: &mut Connection,
    cover: &Cover,
    query: &ConsultationQuery,
) -> Result<Topics, CasesError> {
    let conditions = of(cover, query);
    let item = "SELECT c.item AS name, COUNT(*) AS count FROM cases_cases c WHERE 1 = 1";
    let label = "SELECT n.label AS name, COUNT(*) AS count FROM cases_cases c \
                 JOIN cases_labels n ON n.case_id = c.id WHERE 1 = 1";
    // The clock of the offices is eight hours ahead: what came after four in the afternoon UTC on 31 December is next year's.
    let year = "SELECT CASE WHEN SUBSTR(c.received_at, 6, 8) >= '12-31T16' \
                THEN CAST(CAST(SUBSTR(c.received_at, 1, 4) AS BIGINT) + 1 AS TEXT) \
                ELSE SUBSTR(c.received_at, 1, 4) END AS name, COUNT(*) AS count FROM cases_cases c WHERE 1 = 1";
    let often = " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200";
    let in_order = " GROUP BY 1 ORDER BY 1";
    Ok(Topics {
        by_item: groups(&mut *connection, &conditions, item, often).await?,
        by_label: groups(&mut *connection, &conditions, label, often).await?,
        by_year: groups(connection, &conditions, year, in_order).await?,
    })
}

async fn groups(
    connection: &mut Connection,
    conditions: &Conditions,
    head: &str,
    tail: &str,
) -> Result<Vec<Topic>, CasesError> {
    let rows = conditions.statement(head, tail).fetch_all(connection).await?;
    let read = |row: &Row| Ok(Topic { name: text(row, "name")?, count: row.try_get::<i64, _>("count")? as u64 });
    rows.iter().map(read).collect()
}

/// Figures by outlet and item.
pub(crate) async fn figures(
    connection: &mut Connection,
    cover: &Cover,
    query: &FiguresQuery,
) -> Result<Vec<ItemFigures>, CasesError> {
    let mut sums: BTreeMap<(String, String), ItemFigures> = BTreeMap::new();
    let plain = "COUNT(*) AS count";
    for row in counted(&mut *connection, cover, query, ("c.received_at", plain, "")).await? {
        let count = count(&row)?;
        sum(&mut sums, &row)?.received += count;
    }
    for row in counted(&mut *connection, cover, query, ("c.accepted_at", plain, "")).await? {
        let count = count(&row)?;
        sum(&mut sums, &row)?.accepted += count;
    }
    let timed = "COUNT(*) AS count, CAST(COALESCE(SUM(c.measured), 0) AS BIGINT) AS days, c.on_time AS on_time";
    for row in counted(&mut *connection, cover, query, ("c.delivered_at", timed, ", c.on_time")).await? {
        let (count, days) = (count(&row)?, row.try_get::<i64, _>("days")?.max(0) as u64);
        let on_time: Option<i64> = row.try_get("on_time")?;
        let sum = sum(&mut sums, &row)?;
        sum.delivered += count;
        sum.working_days += days;
        match on_time {
            Some(0) => sum.late += count,
            Some(_) => sum.on_time += count,
            None => {}
        }
    }
    let ended = "COUNT(*) AS count, c.outcome AS outcome, COUNT(c.attended) AS held, \
                 CAST(COALESCE(SUM(c.attended), 0) AS BIGINT) AS attended";
    for row in counted(connection, cover, query, ("c.closed_at", ended, ", c.outcome")).await? {
        let (count, outcome): (u64, Outcome) = (count(&row)?, parsed(&row, "outcome")?);
        let (held, attended) = (number(&row, "held")?, number(&row, "attended")?);
        let sum = sum(&mut sums, &row)?;
        sum.closed += count;
        sum.held += held.max(0) as u64;
        sum.attended += attended.max(0) as u64;
        sum.outcomes.push(OutcomeCount { outcome, count });
        sum.outcomes.sort_by_key(|count| count.outcome);
    }
    Ok(sums.into_values().collect())
}

async fn counted(
    connection: &mut Connection,
    cover: &Cover,
    query: &FiguresQuery,
    (column, what, group): (&str, &str, &str),
) -> Result<Vec<Row>, CasesError> {
    let mut conditions = Conditions::default();
    conditions.within(cover);
    if let Some(item) = &query.item {
        conditions.and("c.item = ", "", item.as_str());
    }
    conditions.between(column, Some(query.from), Some(query.to));
    let head = format!("SELECT c.outlet AS outlet, c.item AS item, {what} FROM cases_cases c WHERE 1 = 1");
    let tail = format!(" GROUP BY c.outlet, c.item{group} ORDER BY c.outlet, c.item");
    Ok(conditions.statement(&head, &tail).fetch_all(connection).await?)
}

fn count(row: &Row) -> Result<u64, CasesError> {
    Ok(row.try_get::<i64, _>("count")? as u64)
}

fn sum<'s>(
    sums: &'s mut BTreeMap<(String, String), ItemFigures>,
    row: &Row,
) -> Result<&'s mut ItemFigures, CasesError> {
    let empty = ItemFigures::none(parsed(row, "outlet")?, parsed(row, "item")?);
    Ok(sums.entry((text(row, "outlet")?, text(row, "item")?)).or_insert(empty))
}
