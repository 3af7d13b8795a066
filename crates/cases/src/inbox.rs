//! Lists of cases: the inbox of a person, an outlet or a jurisdiction, counts, export, a client's own cases.
//!
//! Every one of them is cut to where whoever asks may read cases.

use accounts::{Cover, Entry, Permission, PersonId, record};
use database::Connection;
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use services::{ItemCode, office_day};
use utoipa::ToSchema;

use crate::cases::readable;
use crate::sql::{NEVER, list};
use crate::{By, Case, Cases, CasesError, Channel, Level, Listed, Outcome, State, level, soon_until};

/// Cases on a page at most.
pub const MOST_ON_A_PAGE: usize = 200;
/// Cases in an export at most.
pub const MOST_IN_AN_EXPORT: usize = 100_000;

network::coded! {
    /// In what order cases are listed.
    Sort ("order") {
        /// What is due first.
        Due = "due", "按到期", "By due date";
        /// What came last.
        Received = "received", "按收件", "Latest first";
        /// What was touched last.
        Touched = "touched", "按更新", "Latest change first";
    }
}

network::coded! {
    /// By which of its days a case is looked for.
    Dated ("day") {
        /// The day it came.
        Received = "received", "收件日", "Received";
        /// The day it was first accepted.
        Accepted = "accepted", "受理日", "Accepted";
        /// The day it was last delivered.
        Delivered = "delivered", "交付日", "Delivered";
        /// The day it was closed.
        Closed = "closed", "办结日", "Closed";
    }
}

/// Whose cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Assigned {
    /// Those of whoever asks.
    Me,
    /// Those that nobody has in hand.
    Nobody,
    /// Those of a person.
    To(PersonId),
}

/// What to list. Empty parts ask for nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InboxQuery {
    /// At one outlet, or at all under an administration.
    #[serde(default)]
    pub outlet: Option<OrganisationId>,
    /// Open ones (`true`), closed ones (`false`), or both.
    #[serde(default)]
    pub open: Option<bool>,
    /// Where they stand.
    #[serde(default)]
    pub state: Option<State>,
    /// How near their deadline is.
    #[serde(default)]
    pub level: Option<Level>,
    /// Which service.
    #[serde(default)]
    pub item: Option<ItemCode>,
    /// Who has them in hand.
    #[serde(default)]
    pub assigned: Option<Assigned>,
    /// By which way they came.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Whether they lie before whoever leads.
    #[serde(default)]
    pub escalated: Option<bool>,
    /// What came of them.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// Whether they were delivered within their deadline.
    #[serde(default)]
    pub on_time: Option<bool>,
    /// Which day `from` and `to` mean; absent: the day they came.
    #[serde(default)]
    pub dated: Option<Dated>,
    /// From this day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Up to and with this day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// Words, all of which stand in number, title or item.
    #[serde(default)]
    pub text: Option<String>,
    /// In what order.
    pub sort: Sort,
    /// Mark of the page before ([`InboxPage::next`]).
    #[serde(default)]
    pub after: Option<String>,
    /// How many on a page, at most [`MOST_ON_A_PAGE`].
    pub limit: usize,
}

impl InboxQuery {
    /// All open cases by what is due.
    pub fn open() -> Self {
        Self { open: Some(true), ..Self::all() }
    }

    /// All cases by what is due.
    pub fn all() -> Self {
        Self {
            outlet: None,
            open: None,
            state: None,
            level: None,
            item: None,
            assigned: None,
            channel: None,
            escalated: None,
            outcome: None,
            on_time: None,
            dated: None,
            from: None,
            to: None,
            text: None,
            sort: Sort::Due,
            after: None,
            limit: 50,
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InboxPage {
    /// The cases.
    pub cases: Vec<Listed>,
    /// Mark for [`InboxQuery::after`]; none on the last page.
    pub next: Option<String>,
}

/// How many cases there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InboxCounts {
    /// All that match.
    pub total: u64,
    /// In each state that has any, as if no state and no level had been asked for.
    pub by_state: Vec<StateCount>,
    /// On each level that has any, as if no state and no level had been asked for; delivered and closed ones have none.
    pub by_level: Vec<LevelCount>,
}

/// How many in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StateCount {
    /// The state.
    pub state: State,
    /// How many.
    pub count: u64,
}

/// How many on a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LevelCount {
    /// The level.
    pub level: Level,
    /// How many.
    pub count: u64,
}

/// A query with what it is judged by.
pub(crate) struct Asked<'a> {
    pub(crate) query: &'a InboxQuery,
    /// Where cases may be read.
    pub(crate) cover: Cover,
    /// Who asks.
    pub(crate) me: Option<&'a PersonId>,
    pub(crate) today: Date,
    /// What is due by then is due soon.
    pub(crate) soon: Date,
}

impl Cases {
    /// A page of the cases that match and that whoever asks may read.
    pub async fn inbox(&self, now: Timestamp, by: By<'_>, query: &InboxQuery) -> Result<InboxPage, CasesError> {
        let mut read = self.database.read().await?;
        let today = office_day(now);
        let cover = within(&mut read, by, query.outlet.as_ref(), today).await?;
        let calendar = services::calendar(&mut read).await?;
        let asked = Asked { query, cover, me: by.actor.id(), today, soon: soon_until(&calendar, today) };
        let limit = query.limit.clamp(1, MOST_ON_A_PAGE);
        let mut cases = list::page(&mut read, &asked, limit + 1).await?;
        read.close().await?;
        let next = (cases.len() > limit).then(|| {
            cases.truncate(limit);
            cases.last().map(|last| mark(query.sort, last))
        });
        let listed = |case: Case| Listed { level: level_of(&calendar, &case, today), case };
        Ok(InboxPage { cases: cases.into_iter().map(listed).collect(), next: next.flatten() })
    }

    /// How many cases match, by state and level.
    pub async fn inbox_counts(
        &self,
        now: Timestamp,
        by: By<'_>,
        query: &InboxQuery,
    ) -> Result<InboxCounts, CasesError> {
        let mut read = self.database.read().await?;
        let today = office_day(now);
        let cover = within(&mut read, by, query.outlet.as_ref(), today).await?;
        let calendar = services::calendar(&mut read).await?;
        let asked = Asked { query, cover, me: by.actor.id(), today, soon: soon_until(&calendar, today) };
        let groups = list::counts(&mut read, &asked).await?;
        read.close().await?;
        let (today, soon) = (today.to_string(), asked.soon.to_string());
        let groups: Vec<(State, Option<Level>, u64)> = groups
            .into_iter()
            .map(|(state, standing, due, count)| (state, level_by(state, standing, &due, (&today, &soon)), count))
            .collect();
        let matches = |state: State, level: Option<Level>| {
            query.state.is_none_or(|asked| asked == state) && query.level.is_none_or(|asked| Some(asked) == level)
        };
        let sum = |chosen: &dyn Fn(State, Option<Level>) -> bool| {
            groups.iter().filter(|(state, level, _)| chosen(*state, *level)).map(|(_, _, count)| count).sum::<u64>()
        };
        let states = State::ALL.iter().map(|state| StateCount { state: *state, count: sum(&|of, _| of == *state) });
        let levels =
            Level::ALL.iter().map(|level| LevelCount { level: *level, count: sum(&|_, of| of == Some(*level)) });
        Ok(InboxCounts {
            total: sum(&matches),
            by_state: states.filter(|found| found.count > 0).collect(),
            by_level: levels.filter(|found| found.count > 0).collect(),
        })
    }

    /// All cases that match as CSV with headings in a language; at most [`MOST_IN_AN_EXPORT`]. The export is recorded.
    pub async fn export_csv(
        &self,
        now: Timestamp,
        by: By<'_>,
        query: &InboxQuery,
        lang: &str,
    ) -> Result<String, CasesError> {
        let mut write = self.database.write().await?;
        let today = office_day(now);
        let cover = within(&mut write, by, query.outlet.as_ref(), today).await?;
        let calendar = services::calendar(&mut write).await?;
        let query = InboxQuery { after: None, ..query.clone() };
        let asked = Asked { query: &query, cover, me: by.actor.id(), today, soon: soon_until(&calendar, today) };
        let cases = list::page(&mut write, &asked, MOST_IN_AN_EXPORT).await?;
        let entry = Entry {
            action: "case.export",
            kind: "case",
            object: "list",
            organisation: query.outlet.as_ref(),
            reason: None,
            detail: json!({ "cases": cases.len() }),
        };
        record(&mut write, now, by.actor, &entry).await?;
        write.commit().await?;
        let mut out = String::from('\u{FEFF}');
        out += &row(&headings(lang).map(str::to_owned));
        for case in &cases {
            out += &row(&cells(case, level_of(&calendar, case, today), lang));
        }
        Ok(out)
    }

    /// The cases of the account that asks, latest first.
    pub async fn own_cases(&self, by: By<'_>, after: Option<&str>, limit: usize) -> Result<InboxPage, CasesError> {
        by.actor.require(Permission::OwnAccount)?;
        let Some(person) = by.actor.id() else { return Ok(InboxPage { cases: Vec::new(), next: None }) };
        let limit = limit.clamp(1, MOST_ON_A_PAGE);
        let mut read = self.database.read().await?;
        let mut cases = list::own(&mut read, person, after, limit + 1).await?;
        read.close().await?;
        let next = (cases.len() > limit).then(|| {
            cases.truncate(limit);
            cases.last().map(|last| mark(Sort::Received, last))
        });
        let listed = |mut case: Case| {
            (case.assignee, case.escalated) = (None, false);
            Listed { level: None, case }
        };
        Ok(InboxPage { cases: cases.into_iter().map(listed).collect(), next: next.flatten() })
    }

    /// Counts the deadlines of all open cases anew, after a calendar was loaded; how many moved. For the program and those
    /// who load calendars.
    pub async fn recount(&self, now: Timestamp, by: By<'_>) -> Result<u64, CasesError> {
        by.actor.require(Permission::PublishItems)?;
        let (mut moved, mut after) = (0, String::new());
        loop {
            let mut write = self.database.write().await?;
            let calendar = services::calendar(&mut write).await?;
            let cases = list::open_after(&mut write, &after, 500).await?;
            let Some(last) = cases.last() else { break };
            after = last.id.to_string();
            for mut case in cases {
                let stands = crate::sql::event::stands(&mut write, &case.id).await?;
                let today = office_day(now);
                case.due_on = crate::apply::clock(&case, &calendar, &stands, today).due(case.state);
                moved += crate::sql::case::set_due(&mut write, &case).await?;
            }
            let entry = Entry {
                action: "case.recount",
                kind: "case",
                object: "deadlines",
                organisation: None,
                reason: None,
                detail: json!({ "moved": moved }),
            };
            record(&mut write, now, by.actor, &entry).await?;
            write.commit().await?;
        }
        Ok(moved)
    }
}

/// Where whoever asks may read, cut to the organisation asked for and all under it.
pub(crate) async fn within(
    connection: &mut Connection,
    by: By<'_>,
    at: Option<&OrganisationId>,
    day: Date,
) -> Result<Cover, CasesError> {
    let cover = readable(by)?;
    let Some(at) = at else { return Ok(cover) };
    let cut = accounts::cover_at(connection, &cover, at, day).await?;
    cut.ok_or_else(|| by.actor.denied(Permission::ReadCases).into())
}

fn level_of(calendar: &services::Calendar, case: &Case, today: Date) -> Option<Level> {
    let due = case.due_on.filter(|_| !case.state.is_final())?;
    Some(level(calendar, Some(due), case.is_standing(), today))
}

/// The level of a day as it is stored: days sort as texts.
fn level_by(state: State, standing: bool, due: &str, (today, soon): (&str, &str)) -> Option<Level> {
    if state.is_final() {
        None
    } else if standing {
        Some(Level::Standing)
    } else if due == NEVER {
        None
    } else if due < today {
        Some(Level::Late)
    } else {
        Some(if due <= soon { Level::Soon } else { Level::Ok })
    }
}

/// Where the next page begins.
fn mark(sort: Sort, last: &Case) -> String {
    let place = match sort {
        Sort::Due => crate::sql::or_never(last.due_on),
        Sort::Received => crate::sql::moment(last.received_at),
        Sort::Touched => crate::sql::moment(last.touched_at),
    };
    format!("{place}~{}", last.id)
}

/// Reads a mark.
pub(crate) fn place(text: &str) -> Result<(String, String), CasesError> {
    let wrong = || CasesError::Mark(text.chars().take(60).collect());
    let (place, id) = text.split_once('~').ok_or_else(wrong)?;
    let sound = place.len() <= 30 && place.bytes().all(|b| b.is_ascii_digit() || b"-:.TZ".contains(&b));
    if !sound || id.parse::<network::Id>().is_err() {
        return Err(wrong());
    }
    Ok((place.to_owned(), id.to_owned()))
}

fn headings(lang: &str) -> [&'static str; 17] {
    if lang == "zh" {
        [
            "编号",
            "状态",
            "时限",
            "到期日",
            "事项编码",
            "事项",
            "标题",
            "渠道",
            "网点",
            "当事人",
            "收件时间",
            "受理时间",
            "交付时间",
            "办结时间",
            "用时(工作日)",
            "按期",
            "结果",
        ]
    } else {
        [
            "reference",
            "state",
            "deadline",
            "due",
            "item",
            "service",
            "title",
            "channel",
            "outlet",
            "client",
            "received",
            "accepted",
            "delivered",
            "closed",
            "working days",
            "on time",
            "outcome",
        ]
    }
}

fn cells(case: &Case, level: Option<Level>, lang: &str) -> [String; 17] {
    let moment = |at: Option<Timestamp>| at.map_or_else(String::new, |at| format!("{at:.0}"));
    let yes_no = |yes: bool| match (lang, yes) {
        ("zh", true) => "是",
        ("zh", false) => "否",
        (_, true) => "yes",
        (_, false) => "no",
    };
    [
        case.reference.to_string(),
        case.state.label(lang).to_owned(),
        level.map_or_else(String::new, |level| level.label(lang).to_owned()),
        case.due_on.map_or_else(String::new, |day| day.to_string()),
        case.item.to_string(),
        case.item_title.text(lang).to_owned(),
        case.title.clone(),
        case.channel.label(lang).to_owned(),
        case.outlet_name.text(lang).to_owned(),
        case.client_name.clone(),
        moment(Some(case.received_at)),
        moment(case.accepted_at),
        moment(case.delivered_at),
        moment(case.closed_at),
        case.measured.map_or_else(String::new, |days| days.to_string()),
        case.on_time.map_or_else(String::new, |on_time| yes_no(on_time).to_owned()),
        case.outcome.map_or_else(String::new, |outcome| outcome.label(lang).to_owned()),
    ]
}

/// A row of CSV; what a spreadsheet would take for a formula is quoted.
fn row(cells: &[String]) -> String {
    let cell = |cell: &String| {
        let cell = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.clone() };
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    format!("{}\r\n", cells.iter().map(cell).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
#[path = "inbox_tests.rs"]
mod tests;
