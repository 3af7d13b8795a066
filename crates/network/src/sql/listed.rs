//! Organisations listed and counted.

use std::fmt::Write as _;

use database::{Connection, Row, query};
use jiff::civil::{Date, DateTime};
use sqlx::{AssertSqlSafe, Row as _};

use super::state::{self, organisation_on, parse, word};
use crate::directory::folded;
use crate::row::minutes;
use crate::{
    DirectoryQuery, Kind, KindCount, Level, NetworkError, Organisation, OrganisationId, ProvinceCount, RegionCode,
    RegionLevel, Status, Weekday,
};

/// Words of a query that are looked at.
const MOST_WORDS: usize = 8;

/// The conditions of a query; `$1` is the day.
struct Conditions {
    sql: String,
    values: Vec<String>,
}

impl Conditions {
    fn of(asked: &DirectoryQuery) -> Self {
        let mut conditions = Self { sql: String::new(), values: vec![asked.as_of.to_string()] };
        match asked.status {
            Some(status) => conditions.and("s.status = ", "", status.code()),
            None => conditions.and("s.status <> ", "", Status::Closed.code()),
        }
        if let Some(region) = &asked.region {
            let (first, last) = match region.level() {
                RegionLevel::Nation => (region.to_string(), region.to_string()),
                _ => region.range(),
            };
            conditions.and("s.region >= ", "", &first);
            conditions.and("s.region <= ", "", &last);
        }
        if let Some(kind) = asked.kind {
            conditions.and("s.kind = ", "", kind.code());
        }
        if let Some(level) = asked.level {
            conditions.and("s.level = ", "", level.code());
        }
        if let Some(service) = &asked.service {
            conditions.and("s.services LIKE ", " ESCAPE '\\'", &format!("% {} %", escaped(service)));
        }
        if let Some(at) = asked.open_at {
            conditions.open_at(at);
        }
        for word in folded(asked.text.as_deref().unwrap_or_default()).split_whitespace().take(MOST_WORDS) {
            conditions.and("s.search LIKE ", " ESCAPE '\\'", &format!("%{}%", escaped(word)));
        }
        conditions
    }

    /// Those that work and are open at a local time.
    fn open_at(&mut self, at: DateTime) {
        self.and("s.status = ", "", Status::Active.code());
        self.values.extend([Weekday::of(at.date()).code().to_owned(), minutes(at.time())]);
        let (day, clock) = (self.values.len() - 1, self.values.len());
        let _ = write!(
            self.sql,
            " AND EXISTS (SELECT 1 FROM network_hours h WHERE h.organisation = s.organisation AND h.version = s.version \
             AND h.weekday = ${day} AND h.opens <= ${clock} AND h.closes > ${clock})"
        );
    }

    fn and(&mut self, before: &str, after: &str, value: &str) {
        self.values.push(value.to_owned());
        let _ = write!(self.sql, " AND {before}${}{after}", self.values.len());
    }

    fn statement(&self, head: &str, tail: &str) -> database::Query<'static> {
        let statement = sqlx::query(AssertSqlSafe(format!("{head}{}{tail}", self.sql)));
        self.values.iter().fold(statement, |statement, value| statement.bind(value.clone()))
    }
}

/// Those that match, by region and id, after a place in that order.
pub(crate) async fn page(
    connection: &mut Connection,
    asked: &DirectoryQuery,
    after: Option<(RegionCode, OrganisationId)>,
    limit: usize,
) -> Result<Vec<Organisation>, NetworkError> {
    let mut conditions = Conditions::of(asked);
    if let Some((region, id)) = after {
        conditions.values.extend([region.to_string(), id.to_string()]);
        let last = conditions.values.len();
        let _ = write!(conditions.sql, " AND (s.region, s.organisation) > (${}, ${last})", last - 1);
    }
    let tail = format!(" ORDER BY s.region, s.organisation LIMIT {limit}");
    let rows = conditions.statement(organisation_on!(""), &tail).fetch_all(connection).await?;
    rows.iter().map(state::organisation).collect()
}

/// How many match.
pub(crate) async fn total(connection: &mut Connection, asked: &DirectoryQuery) -> Result<u64, NetworkError> {
    let groups = tally(connection, asked, "''", "").await?;
    Ok(groups.first().map_or(0, |(count, _)| *count))
}

/// How many match in each province that has any.
pub(crate) async fn by_province(
    connection: &mut Connection,
    asked: &DirectoryQuery,
) -> Result<Vec<ProvinceCount>, NetworkError> {
    const PROVINCE: &str = "SUBSTR(s.region, 1, 2)";
    let tail = " GROUP BY SUBSTR(s.region, 1, 2) ORDER BY SUBSTR(s.region, 1, 2)";
    let groups = tally(connection, asked, PROVINCE, tail).await?;
    let read = |(count, digits)| Ok(ProvinceCount { region: parse(format!("{digits}0000"), "directory")?, count });
    groups.into_iter().map(read).collect()
}

/// How many match of each kind that has any.
pub(crate) async fn by_kind(
    connection: &mut Connection,
    asked: &DirectoryQuery,
) -> Result<Vec<KindCount>, NetworkError> {
    let groups = tally(connection, asked, "s.kind", " GROUP BY s.kind").await?;
    let read = |(count, code)| Ok(KindCount { kind: parse(code, "directory")?, count });
    let mut counts = groups.into_iter().map(read).collect::<Result<Vec<_>, NetworkError>>()?;
    counts.sort_by_key(|count| count.kind);
    Ok(counts)
}

/// Counts over all that match, in groups.
async fn tally(
    connection: &mut Connection,
    asked: &DirectoryQuery,
    group: &str,
    tail: &str,
) -> Result<Vec<(u64, String)>, NetworkError> {
    let head = format!("SELECT COUNT(*), {group} FROM network_states s WHERE s.valid_from <= $1 AND s.valid_to > $1");
    let rows = Conditions::of(asked).statement(&head, tail).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get::<i64, _>(0)? as u64, row.try_get(1)?))).collect()
}

/// A word as it stands inside a pattern of LIKE.
fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_").replace('\0', "")
}

/// Numbers of working organisations by kind, level and region.
pub(crate) type Numbers = Vec<(Kind, Level, RegionCode, u64)>;

/// Counts what works on a day: public-service bodies by their region, the others by its province, so that three
/// thousand organisations are some hundred rows.
pub(crate) async fn numbers(connection: &mut Connection, as_of: Date) -> Result<Numbers, NetworkError> {
    let statement = query(
        "SELECT kind, level, CASE WHEN kind = 'public-service-body' THEN region \
         ELSE SUBSTR(region, 1, 2) || '0000' END, COUNT(*) FROM network_states \
         WHERE valid_from <= $1 AND valid_to > $1 AND status = 'active' GROUP BY 1, 2, 3",
    );
    let rows = statement.bind(as_of.to_string()).fetch_all(connection).await?;
    let read = |row: &Row| {
        let name = "coverage";
        Ok((word(row, 0, name)?, word(row, 1, name)?, word(row, 2, name)?, row.try_get::<i64, _>(3)? as u64))
    };
    rows.iter().map(read).collect()
}
