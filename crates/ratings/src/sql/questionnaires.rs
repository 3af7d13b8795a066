//! Questionnaires, invitations and answers at rest.

use accounts::{Cover, PersonId};
use database::{Conditions, Connection, Row, query};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row as _;

use super::{parse, parse_some, stored, unreadable};
use crate::{Definition, Questionnaire, QuestionnaireId, RatingsError, Replies, VisitCode};

const COLUMNS: &str =
    "SELECT id, version, organisation, state, edition, draft, until_day, link, made_at FROM ratings_questionnaires";

/// Reading of questionnaires; the tail goes on.
macro_rules! questionnaires {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, organisation, state, edition, draft, until_day, link, made_at ",
            "FROM ratings_questionnaires ",
            $tail
        )
    };
}

/// The questionnaire of this name.
pub(crate) async fn get(
    connection: &mut Connection,
    id: &QuestionnaireId,
) -> Result<Option<Questionnaire>, RatingsError> {
    let row = query(questionnaires!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The questionnaire that came with this key.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Questionnaire>, RatingsError> {
    let row = query(questionnaires!("WHERE key = $1")).bind(key.to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The questionnaire that a link opens.
pub(crate) async fn by_link(
    connection: &mut Connection,
    code: &VisitCode,
) -> Result<Option<QuestionnaireId>, RatingsError> {
    let statement = query("SELECT id FROM ratings_questionnaires WHERE link = $1");
    let Some(row) = statement.bind(code.bare().to_owned()).fetch_optional(connection).await? else { return Ok(None) };
    let id: String = row.try_get(0)?;
    parse(&id, &id).map(Some)
}

/// Questionnaires of the organisations covered, newest first, after a place.
pub(crate) async fn page(
    connection: &mut Connection,
    cover: &Cover,
    after: Option<(String, String)>,
    limit: usize,
) -> Result<Vec<Questionnaire>, RatingsError> {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "organisation");
    if let Some(after) = after {
        conditions.and_pair("(made_at, id) <", after);
    }
    let tail = format!(" ORDER BY made_at DESC, id DESC LIMIT {limit}");
    let rows = conditions.statement(COLUMNS, &tail).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Stores a new one; false when its key was there.
pub(crate) async fn insert(connection: &mut Connection, new: &Questionnaire, key: &str) -> Result<bool, RatingsError> {
    let statement = query(
        "INSERT INTO ratings_questionnaires (id, version, key, organisation, state, edition, draft, link, made_at) \
         VALUES ($1, 1, $2, $3, $4, 0, $5, '', $6) ON CONFLICT DO NOTHING",
    );
    let statement = statement.bind(new.id.to_string()).bind(key.to_owned()).bind(new.organisation.to_string());
    let statement = statement.bind(new.state.code()).bind(json(&new.draft, new.id.as_str())?);
    Ok(statement.bind(stored(new.made_at)).execute(connection).await?.rows_affected() == 1)
}

/// Goes from the version seen to this one; false when another came between.
pub(crate) async fn update(
    connection: &mut Connection,
    after: &Questionnaire,
    seen: i64,
) -> Result<bool, RatingsError> {
    let statement = query(
        "UPDATE ratings_questionnaires SET version = version + 1, state = $3, edition = $4, draft = $5, \
         until_day = $6, link = $7 WHERE id = $1 AND version = $2",
    );
    let statement = statement.bind(after.id.to_string()).bind(seen).bind(after.state.code()).bind(after.edition);
    let statement = statement.bind(json(&after.draft, after.id.as_str())?);
    let statement = statement.bind(after.until.map(|day| day.to_string()));
    let link = after.link.as_ref().map_or("", VisitCode::bare).to_owned();
    Ok(statement.bind(link).execute(connection).await?.rows_affected() == 1)
}

/// Keeps what is asked from now on.
pub(crate) async fn publish(
    connection: &mut Connection,
    now: Timestamp,
    of: &Questionnaire,
) -> Result<(), RatingsError> {
    let statement = query(
        "INSERT INTO ratings_editions (questionnaire, edition, definition, published_at) VALUES ($1, $2, $3, $4)",
    );
    let statement = statement.bind(of.id.to_string()).bind(of.edition).bind(json(&of.draft, of.id.as_str())?);
    statement.bind(stored(now)).execute(connection).await?;
    Ok(())
}

/// What an edition asks.
pub(crate) async fn edition(
    connection: &mut Connection,
    id: &QuestionnaireId,
    edition: i64,
) -> Result<Option<Definition>, RatingsError> {
    let statement = query("SELECT definition FROM ratings_editions WHERE questionnaire = $1 AND edition = $2");
    let row = statement.bind(id.to_string()).bind(edition).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    serde_json::from_str(row.try_get(0)?).map(Some).map_err(|error| unreadable(id.as_str(), error))
}

/// Invites a person; false when the person was invited before.
pub(crate) async fn invite(
    connection: &mut Connection,
    id: &QuestionnaireId,
    code: &VisitCode,
    person: &PersonId,
) -> Result<bool, RatingsError> {
    let statement = query(
        "INSERT INTO ratings_invitations (code, questionnaire, person, answered) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (questionnaire, person) DO NOTHING",
    );
    let statement = statement.bind(code.bare().to_owned()).bind(id.to_string()).bind(person.to_string());
    Ok(statement.execute(connection).await?.rows_affected() == 1)
}

/// To what a code invites, and whether it was used.
pub(crate) async fn invitation(
    connection: &mut Connection,
    code: &VisitCode,
) -> Result<Option<(QuestionnaireId, bool)>, RatingsError> {
    let statement = query("SELECT questionnaire, answered FROM ratings_invitations WHERE code = $1");
    let Some(row) = statement.bind(code.bare().to_owned()).fetch_optional(connection).await? else { return Ok(None) };
    let id: String = row.try_get(0)?;
    Ok(Some((parse(&id, &id)?, row.try_get::<i64, _>(1)? == 1)))
}

/// Uses an invitation; false when it was used before.
pub(crate) async fn use_invitation(connection: &mut Connection, code: &VisitCode) -> Result<bool, RatingsError> {
    let statement = query("UPDATE ratings_invitations SET answered = 1 WHERE code = $1 AND answered = 0");
    Ok(statement.bind(code.bare().to_owned()).execute(connection).await?.rows_affected() == 1)
}

/// How many were invited and how many of them have answered.
pub(crate) async fn invited(connection: &mut Connection, id: &QuestionnaireId) -> Result<(u64, u64), RatingsError> {
    let statement = query(
        "SELECT COUNT(*), COUNT(CASE WHEN answered = 1 THEN 1 END) FROM ratings_invitations WHERE questionnaire = $1",
    );
    let row = statement.bind(id.to_string()).fetch_one(connection).await?;
    Ok((row.try_get::<i64, _>(0)? as u64, row.try_get::<i64, _>(1)? as u64))
}

/// Stores answers; false when their key was there.
pub(crate) async fn put_answer(
    connection: &mut Connection,
    to: &Questionnaire,
    (key, day, body): (&str, Date, &str),
) -> Result<bool, RatingsError> {
    let statement = query(
        "INSERT INTO ratings_answers (key, questionnaire, edition, day, body) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (key) DO NOTHING",
    );
    let statement = statement.bind(key.to_owned()).bind(to.id.to_string()).bind(to.edition).bind(day.to_string());
    Ok(statement.bind(body.to_owned()).execute(connection).await?.rows_affected() == 1)
}

/// Whether answers with this key are there.
pub(crate) async fn is_answered_by(
    connection: &mut Connection,
    id: &QuestionnaireId,
    key: &str,
) -> Result<bool, RatingsError> {
    let statement = query("SELECT 1 FROM ratings_answers WHERE key = $1 AND questionnaire = $2");
    let row = statement.bind(key.to_owned()).bind(id.to_string()).fetch_optional(connection).await?;
    Ok(row.is_some())
}

/// All answers to an edition.
pub(crate) async fn answers(
    connection: &mut Connection,
    id: &QuestionnaireId,
    edition: i64,
) -> Result<Vec<Replies>, RatingsError> {
    let statement = query("SELECT body FROM ratings_answers WHERE questionnaire = $1 AND edition = $2 ORDER BY key");
    let rows = statement.bind(id.to_string()).bind(edition).fetch_all(connection).await?;
    let replies = |row: &Row| serde_json::from_str(row.try_get(0)?).map_err(|error| unreadable(id.as_str(), error));
    rows.iter().map(replies).collect()
}

fn json(definition: &Definition, id: &str) -> Result<String, RatingsError> {
    serde_json::to_string(definition).map_err(|error| unreadable(id, error))
}

fn read(row: &Row) -> Result<Questionnaire, RatingsError> {
    let id: String = row.try_get(0)?;
    let link: String = row.try_get(7)?;
    Ok(Questionnaire {
        id: parse(&id, &id)?,
        version: row.try_get(1)?,
        organisation: parse(row.try_get(2)?, &id)?,
        state: parse(row.try_get(3)?, &id)?,
        edition: row.try_get(4)?,
        draft: serde_json::from_str(row.try_get(5)?).map_err(|error| unreadable(&id, error))?,
        until: parse_some(row.try_get(6)?, &id)?,
        link: parse_some(Some(link).filter(|link| !link.is_empty()), &id)?,
        made_at: parse(row.try_get(8)?, &id)?,
    })
}
