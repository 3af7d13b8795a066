//! Follow-ups at rest.

use accounts::Cover;
use database::{Conditions, Connection, Query, Row, query};
use jiff::civil::Date;
use sqlx::Row as _;

use super::{parse, parse_some, stored};
use crate::{Event, FollowUp, FollowUpId, FollowUpQuery, RatingId, RatingsError, State};

const COLUMNS: &str = "SELECT id, version, rating, outlet, state, opened_on, contact_due, due, assignee, contacted_on, \
    answered_on, closed_on, mended, answer, result FROM ratings_follow_ups";

/// Reading of follow-ups; the tail goes on.
macro_rules! follow_ups {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, rating, outlet, state, opened_on, contact_due, due, assignee, contacted_on, ",
            "answered_on, closed_on, mended, answer, result FROM ratings_follow_ups ",
            $tail
        )
    };
}

/// The follow-up of this name.
pub(crate) async fn get(connection: &mut Connection, id: &FollowUpId) -> Result<Option<FollowUp>, RatingsError> {
    let row = query(follow_ups!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The follow-up of a rating.
pub(crate) async fn of_rating(connection: &mut Connection, id: &RatingId) -> Result<Option<FollowUp>, RatingsError> {
    let row = query(follow_ups!("WHERE rating = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Follow-ups that match, those due first before others, after a place.
pub(crate) async fn page(
    connection: &mut Connection,
    cover: &Cover,
    asked: &FollowUpQuery,
    after: Option<(String, String)>,
    limit: usize,
) -> Result<Vec<FollowUp>, RatingsError> {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "outlet");
    if let Some(state) = asked.state {
        conditions.and("state =", state);
    }
    if asked.open {
        conditions.and("state <>", State::Closed);
    }
    if let Some(assignee) = &asked.assignee {
        conditions.and("assignee =", assignee);
    }
    if let Some(today) = asked.late_on {
        late(&mut conditions, today);
    }
    if let Some(after) = after {
        conditions.and_pair("(due, id) >", after);
    }
    let tail = format!(" ORDER BY due, id LIMIT {limit}");
    let rows = conditions.statement(COLUMNS, &tail).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// As [`FollowUp::is_late`] says.
fn late(conditions: &mut Conditions, today: Date) {
    conditions.and_fixed("state IN ('verify', 'mend', 'answer')");
    conditions.and("CASE WHEN state = 'verify' AND contact_due < due THEN contact_due ELSE due END <", today);
}

/// Open follow-ups with something due on or before a day.
pub(crate) async fn due_by(connection: &mut Connection, day: Date) -> Result<Vec<FollowUp>, RatingsError> {
    let statement = query(follow_ups!(
        "WHERE state IN ('verify', 'mend', 'answer') \
         AND CASE WHEN state = 'verify' AND contact_due < due THEN contact_due ELSE due END <= $1 ORDER BY due, id"
    ));
    let rows = statement.bind(day.to_string()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Stores a new follow-up; false when the rating has one.
pub(crate) async fn insert(connection: &mut Connection, new: &FollowUp) -> Result<bool, RatingsError> {
    let statement = query(
        "INSERT INTO ratings_follow_ups (id, version, rating, outlet, state, opened_on, contact_due, due, mended) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(new.version).bind(new.rating.to_string());
    let statement = statement.bind(new.outlet.to_string()).bind(new.state.code()).bind(new.opened_on.to_string());
    let statement = statement.bind(new.contact_due.to_string()).bind(new.due.to_string());
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(connection: &mut Connection, after: &FollowUp, seen: i64) -> Result<bool, RatingsError> {
    let statement: Query<'static> = query(
        "UPDATE ratings_follow_ups SET version = $3, state = $4, assignee = $5, contacted_on = $6, answered_on = $7, \
         closed_on = $8, mended = $9, answer = $10, result = $11 WHERE id = $1 AND version = $2",
    );
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let statement = statement.bind(after.id.to_string()).bind(seen).bind(after.version).bind(after.state.code());
    let statement = statement.bind(after.assignee.as_ref().map(ToString::to_string));
    let statement = statement.bind(day(after.contacted_on)).bind(day(after.answered_on)).bind(day(after.closed_on));
    let statement = statement.bind(i64::from(after.mended)).bind(after.answer.clone());
    let statement = statement.bind(after.result.map(|result| result.code().to_owned()));
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// Appends an event.
pub(crate) async fn append(connection: &mut Connection, id: &FollowUpId, event: &Event) -> Result<(), RatingsError> {
    let statement = query(
        "INSERT INTO ratings_events (follow_up, number, at, person, action, from_state, to_state, assignee, words) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    );
    let statement = statement.bind(id.to_string()).bind(event.number).bind(stored(event.at));
    let statement = statement.bind(event.by.as_ref().map(ToString::to_string)).bind(event.action.code());
    let statement = statement.bind(event.from.map(|from| from.code().to_owned())).bind(event.to.code());
    let statement = statement.bind(event.assignee.as_ref().map(ToString::to_string)).bind(event.words.clone());
    statement.execute(connection).await?;
    Ok(())
}

/// All events of a follow-up in order.
pub(crate) async fn events(connection: &mut Connection, id: &FollowUpId) -> Result<Vec<Event>, RatingsError> {
    let statement = query(
        "SELECT number, at, person, action, from_state, to_state, assignee, words FROM ratings_events \
         WHERE follow_up = $1 ORDER BY number",
    );
    let rows = statement.bind(id.to_string()).fetch_all(connection).await?;
    let event = |row: &Row| -> Result<Event, RatingsError> {
        let id = id.as_str();
        Ok(Event {
            number: row.try_get(0)?,
            at: parse(row.try_get(1)?, id)?,
            by: parse_some(row.try_get(2)?, id)?,
            action: parse(row.try_get(3)?, id)?,
            from: parse_some(row.try_get(4)?, id)?,
            to: parse(row.try_get(5)?, id)?,
            assignee: parse_some(row.try_get(6)?, id)?,
            words: row.try_get(7)?,
        })
    };
    rows.iter().map(event).collect()
}

fn read(row: &Row) -> Result<FollowUp, RatingsError> {
    let id: String = row.try_get(0)?;
    Ok(FollowUp {
        id: parse(&id, &id)?,
        version: row.try_get(1)?,
        rating: parse(row.try_get(2)?, &id)?,
        outlet: parse(row.try_get(3)?, &id)?,
        state: parse(row.try_get(4)?, &id)?,
        opened_on: parse(row.try_get(5)?, &id)?,
        contact_due: parse(row.try_get(6)?, &id)?,
        due: parse(row.try_get(7)?, &id)?,
        assignee: parse_some(row.try_get(8)?, &id)?,
        contacted_on: parse_some(row.try_get(9)?, &id)?,
        answered_on: parse_some(row.try_get(10)?, &id)?,
        closed_on: parse_some(row.try_get(11)?, &id)?,
        mended: row.try_get::<i64, _>(12)? == 1,
        answer: row.try_get(13)?,
        result: parse_some(row.try_get(14)?, &id)?,
    })
}
