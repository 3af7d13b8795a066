//! Cases listed and counted.

use std::fmt::Write as _;

use accounts::{Cover, PersonId};
use database::{Connection, query};
use jiff::civil::Date;
use sqlx::{AssertSqlSafe, Row as _};

use super::case::{case, select_case};
use super::{NEVER, escaped, moment};
use crate::inbox::{Asked, Assigned, Dated, Sort, place};
use crate::submit::folded;
use crate::{Case, CasesError, Level, Reference, State};

/// Words of a query that are looked at.
const MOST_WORDS: usize = 8;

/// Conditions with their values.
#[derive(Default)]
pub(crate) struct Conditions {
    pub(crate) sql: String,
    values: Vec<String>,
}

impl Conditions {
    /// Adds `AND before$n after` with a value.
    pub(crate) fn and(&mut self, before: &str, after: &str, value: &str) {
        self.values.push(value.to_owned());
        // Writing to a String cannot fail.
        let _ = write!(self.sql, " AND {before}${}{after}", self.values.len());
    }

    /// Adds words without a value.
    pub(crate) fn plain(&mut self, words: &str) {
        self.sql.push_str(words);
    }

    /// Only what lies within a cover. Lists are padded to few lengths, so that few statements are prepared.
    pub(crate) fn within(&mut self, cover: &Cover) {
        let Cover::At(outlets) = cover else { return };
        let Some(last) = outlets.last() else {
            self.plain(" AND 1 = 0");
            return;
        };
        if outlets.len() == 1 {
            self.and("c.outlet = ", "", last.as_str());
            return;
        }
        let padded = outlets.iter().chain(std::iter::repeat(last)).take(outlets.len().next_power_of_two());
        self.plain(" AND c.outlet IN (");
        for (at, outlet) in padded.enumerate() {
            self.values.push(outlet.to_string());
            let _ = write!(self.sql, "{}${}", if at == 0 { "" } else { ", " }, self.values.len());
        }
        self.plain(")");
    }

    /// Only from a day to a day, by a column of moments.
    pub(crate) fn between(&mut self, column: &str, from: Option<Date>, to: Option<Date>) {
        if let Some(from) = from {
            self.and(&format!("{column} >= "), "", &start_of(from));
        }
        if let Some(next) = to.and_then(|to| to.tomorrow().ok()) {
            self.and(&format!("{column} < "), "", &start_of(next));
        }
    }

    /// Only where all words stand; a whole reference number is looked up.
    pub(crate) fn words(&mut self, text: Option<&str>) {
        if let Some(reference) = text.and_then(|text| text.parse::<Reference>().ok()) {
            return self.and("c.reference = ", "", reference.as_str());
        }
        for word in folded(text.unwrap_or_default()).split_whitespace().take(MOST_WORDS) {
            self.and("c.search LIKE ", " ESCAPE '\\'", &format!("%{}%", escaped(word)));
        }
    }

    /// Only what lies behind a place in an order of `column` and id.
    pub(crate) fn after(&mut self, (column, sign): (&str, &str), at: &str, id: &str) {
        self.values.extend([at.to_owned(), id.to_owned()]);
        let last = self.values.len();
        let _ = write!(self.sql, " AND ({column}, c.id) {sign} (${}, ${last})", last - 1);
    }

    /// The statement with its values.
    pub(crate) fn statement(&self, head: &str, tail: &str) -> database::Query<'static> {
        let statement = sqlx::query(AssertSqlSafe(format!("{head}{}{tail}", self.sql)));
        self.values.iter().fold(statement, |statement, value| statement.bind(value.clone()))
    }

    fn of(asked: &Asked<'_>) -> Self {
        let (mut conditions, query) = (Self::default(), asked.query);
        conditions.within(&asked.cover);
        if let Some(open) = query.open {
            conditions.plain(if open { " AND c.is_open = 1" } else { " AND c.is_open = 0" });
        }
        if let Some(item) = &query.item {
            conditions.and("c.item = ", "", item.as_str());
        }
        match (&query.assigned, asked.me) {
            (None, _) => {}
            (Some(Assigned::Me), Some(me)) => conditions.and("c.assignee = ", "", me.as_str()),
            (Some(Assigned::Me), None) => conditions.plain(" AND 1 = 0"),
            (Some(Assigned::Nobody), _) => conditions.plain(" AND c.assignee = ''"),
            (Some(Assigned::To(person)), _) => conditions.and("c.assignee = ", "", person.as_str()),
        }
        if let Some(channel) = query.channel {
            conditions.and("c.channel = ", "", channel.code());
        }
        if let Some(escalated) = query.escalated {
            conditions.plain(if escalated { " AND c.escalated = 1" } else { " AND c.escalated = 0" });
        }
        if let Some(outcome) = query.outcome {
            conditions.and("c.outcome = ", "", outcome.code());
        }
        if let Some(on_time) = query.on_time {
            conditions.plain(if on_time { " AND c.on_time = 1" } else { " AND c.on_time = 0" });
        }
        let column = match query.dated.unwrap_or(Dated::Received) {
            Dated::Received => "c.received_at",
            Dated::Accepted => "c.accepted_at",
            Dated::Delivered => "c.delivered_at",
            Dated::Closed => "c.closed_at",
        };
        if query.dated.is_some() {
            conditions.plain(&format!(" AND {column} <> ''"));
        }
        conditions.between(column, query.from, query.to);
        conditions.words(query.text.as_deref());
        conditions
    }

    fn level(&mut self, level: Level, today: Date, soon: Date) {
        let (today, soon) = (today.to_string(), soon.to_string());
        match level {
            Level::Standing => self.plain(" AND c.is_open = 1 AND c.paused = 1"),
            Level::Late => self.and("c.is_open = 1 AND c.paused = 0 AND c.due_on < ", "", &today),
            Level::Soon => {
                self.and("c.is_open = 1 AND c.paused = 0 AND c.due_on >= ", "", &today);
                self.and("c.due_on <= ", "", &soon);
            }
            Level::Ok => {
                self.and("c.is_open = 1 AND c.paused = 0 AND c.due_on > ", "", &soon);
                self.and("c.due_on < ", "", NEVER);
            }
        }
    }
}

/// The first moment of a day where the offices are, as it is stored.
pub(crate) fn start_of(day: Date) -> String {
    day.yesterday().map_or_else(|_| String::new(), |before| moment(services::end_of_day(before)))
}

/// The cases that match, in their order, after a place.
pub(crate) async fn page(
    connection: &mut Connection,
    asked: &Asked<'_>,
    limit: usize,
) -> Result<Vec<Case>, CasesError> {
    let mut conditions = Conditions::of(asked);
    if let Some(state) = asked.query.state {
        conditions.and("c.state = ", "", state.code());
    }
    if let Some(level) = asked.query.level {
        conditions.level(level, asked.today, asked.soon);
    }
    let (column, order, sign) = match asked.query.sort {
        Sort::Due => ("c.due_on", "ASC", ">"),
        Sort::Received => ("c.received_at", "DESC", "<"),
        Sort::Touched => ("c.touched_at", "DESC", "<"),
    };
    if let Some(after) = &asked.query.after {
        let (at, id) = place(after)?;
        conditions.after((column, sign), &at, &id);
    }
    let tail = format!(" ORDER BY {column} {order}, c.id {order} LIMIT {limit}");
    let rows = conditions.statement(select_case!("WHERE 1 = 1"), &tail).fetch_all(connection).await?;
    rows.iter().map(case).collect()
}

/// How many match by state, whether the clock stands, and day, whatever state and level were asked for. The groups lie side
/// by side in the index; which level a day is on is told afterwards.
pub(crate) async fn counts(
    connection: &mut Connection,
    asked: &Asked<'_>,
) -> Result<Vec<(State, bool, String, u64)>, CasesError> {
    let head = "SELECT c.outlet, c.is_open, c.state AS state, c.paused AS paused, c.due_on AS due_on, COUNT(*) AS count \
                FROM cases_cases c WHERE 1 = 1";
    let tail = " GROUP BY c.outlet, c.is_open, c.state, c.paused, c.due_on";
    let rows = Conditions::of(asked).statement(head, tail).fetch_all(connection).await?;
    let read = |row: &database::Row| {
        let count = row.try_get::<i64, _>("count")? as u64;
        Ok((super::parsed(row, "state")?, super::number(row, "paused")? != 0, super::text(row, "due_on")?, count))
    };
    rows.iter().map(read).collect()
}

/// The cases of a client's account, latest first, after a place.
pub(crate) async fn own(
    connection: &mut Connection,
    person: &PersonId,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Case>, CasesError> {
    let mut conditions = Conditions::default();
    conditions.and("c.client = ", "", person.as_str());
    if let Some(after) = after {
        let (at, id) = place(after)?;
        conditions.after(("c.received_at", "<"), &at, &id);
    }
    let tail = format!(" ORDER BY c.received_at DESC, c.id DESC LIMIT {limit}");
    let rows = conditions.statement(select_case!("WHERE 1 = 1"), &tail).fetch_all(connection).await?;
    rows.iter().map(case).collect()
}

/// Open cases by id, after one.
pub(crate) async fn open_after(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<Case>, CasesError> {
    let statement = query(select_case!("WHERE c.is_open = 1 AND c.id > $1 ORDER BY c.id LIMIT $2"));
    let rows = statement.bind(after.to_owned()).bind(limit).fetch_all(connection).await?;
    rows.iter().map(case).collect()
}
