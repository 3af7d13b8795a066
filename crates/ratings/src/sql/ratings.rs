//! Ratings at rest.

use accounts::Cover;
use database::{Conditions, Connection, Row, query};
use jiff::Timestamp;
use jiff::civil::Date;
use services::Text;
use sqlx::Row as _;

use super::{parse, parse_some, stored, unreadable};
use crate::rateable::beginning;
use crate::{Level, Opinion, Rating, RatingId, RatingQuery, RatingsError, Subject};

/// A rating with all that is stored of it.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) rating: Rating,
    pub(crate) at: Timestamp,
}

impl Stored {
    /// The rating as others than the rater may see it.
    pub(crate) fn shown(self) -> Rating {
        if !self.rating.anonymous {
            return self.rating;
        }
        Rating { subject: None, reference: None, rater: None, at: None, ..self.rating }
    }

    /// What was rated, in words for staff, Chinese and English: of an anonymous rating the service alone.
    pub(crate) fn matter(&self, title: &Text) -> (String, String) {
        match &self.rating.reference {
            Some(reference) if !self.rating.anonymous && !reference.is_empty() => {
                (format!("{reference}「{}」", title.zh), format!("{reference} “{}”", title.en))
            }
            _ => (format!("「{}」(匿名)", title.zh), format!("“{}” (anonymous)", title.en)),
        }
    }

    /// The beginning of its day: the moment that its id and everything that follows from it tell.
    pub(crate) fn id_moment(&self) -> Timestamp {
        beginning(self.rating.day)
    }
}

const COLUMNS: &str = "SELECT id, version, subject, reference, outlet, item, region, channel, level, tags, words, \
    anonymous, rater, entered_by, day, at, corrections, standing FROM ratings_ratings";

/// Reading of ratings; the tail goes on.
macro_rules! ratings {
    ($tail:literal) => {
        concat!(
            "SELECT id, version, subject, reference, outlet, item, region, channel, level, tags, words, anonymous, ",
            "rater, entered_by, day, at, corrections, standing FROM ratings_ratings ",
            $tail
        )
    };
}

/// The rating of this name.
pub(crate) async fn get(connection: &mut Connection, id: &RatingId) -> Result<Option<Stored>, RatingsError> {
    let row = query(ratings!("WHERE id = $1")).bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The rating of a matter or visit.
pub(crate) async fn of_subject(connection: &mut Connection, subject: &Subject) -> Result<Option<Stored>, RatingsError> {
    let row = query(ratings!("WHERE subject = $1")).bind(subject.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The rating that came with this key.
pub(crate) async fn by_key(connection: &mut Connection, key: &str) -> Result<Option<Stored>, RatingsError> {
    let row = query(ratings!("WHERE key = $1")).bind(key.to_owned()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Ratings that match, newest days first, after a place.
pub(crate) async fn page(
    connection: &mut Connection,
    cover: &Cover,
    asked: &RatingQuery,
    after: Option<(String, String)>,
    limit: usize,
) -> Result<Vec<Stored>, RatingsError> {
    let mut conditions = conditions(cover, asked);
    if let Some(after) = after {
        conditions.and_pair("(day, id) <", after);
    }
    let tail = format!(" ORDER BY day DESC, id DESC LIMIT {limit}");
    let rows = conditions.statement(COLUMNS, &tail).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// The conditions of a list; counts over the same use the same.
pub(crate) fn conditions(cover: &Cover, asked: &RatingQuery) -> Conditions {
    let mut conditions = Conditions::new();
    cover.narrow(&mut conditions, "outlet");
    if let Some(item) = &asked.item {
        conditions.and("item =", item);
    }
    if let Some(channel) = asked.channel {
        conditions.and("channel =", channel);
    }
    if let Some(standing) = asked.standing {
        conditions.and("standing =", standing);
    }
    if let Some(from) = asked.from {
        conditions.and("day >=", from);
    }
    if let Some(to) = asked.to {
        conditions.and("day <=", to);
    }
    match asked.level {
        Some(Level::VerySatisfied) => conditions.and_fixed("level = 1"),
        Some(Level::Satisfied) => conditions.and_fixed("level = 2"),
        Some(Level::Fairly) => conditions.and_fixed("level = 3"),
        Some(Level::Dissatisfied) => conditions.and_fixed("level = 4"),
        Some(Level::VeryDissatisfied) => conditions.and_fixed("level = 5"),
        None => (),
    }
    if asked.bad {
        conditions.and_fixed("level >= 4");
    }
    conditions
}

/// Stores a new rating; false when its id, its key or its subject was there.
pub(crate) async fn insert(connection: &mut Connection, new: &Stored, key: &str) -> Result<bool, RatingsError> {
    let statement = query(
        "INSERT INTO ratings_ratings (id, version, key, subject, reference, outlet, item, region, channel, level, \
         tags, words, anonymous, rater, entered_by, day, at, corrections, standing) \
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, $17) \
         ON CONFLICT DO NOTHING",
    );
    let rating = &new.rating;
    let subject = rating.subject.as_ref().map(ToString::to_string).unwrap_or_default();
    let statement = statement.bind(rating.id.to_string()).bind(key.to_owned()).bind(subject);
    let statement = statement.bind(rating.reference.clone().unwrap_or_default()).bind(rating.outlet.to_string());
    let statement = statement.bind(rating.item.clone()).bind(rating.region.to_string()).bind(rating.channel.code());
    let statement = statement.bind(i64::from(rating.opinion.level.gb_code())).bind(rating.opinion.tags.join(" "));
    let statement = statement.bind(rating.opinion.words.clone()).bind(i64::from(rating.anonymous));
    let statement = statement.bind(rating.rater.as_ref().map(ToString::to_string));
    let statement = statement.bind(rating.entered_by.as_ref().map(ToString::to_string)).bind(rating.day.to_string());
    let done = statement.bind(stored(new.at)).bind(rating.standing.code()).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}

/// Goes from a version to the corrected one; false when another came between, or it does not count any more.
pub(crate) async fn correct(connection: &mut Connection, after: &Stored, seen: i64) -> Result<bool, RatingsError> {
    let statement = query(
        "UPDATE ratings_ratings SET version = version + 1, level = $3, tags = $4, words = $5, \
         corrections = corrections + 1 WHERE id = $1 AND version = $2 AND standing = 'counted'",
    );
    let opinion = &after.rating.opinion;
    let statement = statement.bind(after.rating.id.to_string()).bind(seen);
    let statement = statement.bind(i64::from(opinion.level.gb_code())).bind(opinion.tags.join(" "));
    Ok(statement.bind(opinion.words.clone()).execute(connection).await?.rows_affected() == 1)
}

/// Keeps what a rating said until now.
pub(crate) async fn keep(connection: &mut Connection, now: Timestamp, before: &Stored) -> Result<(), RatingsError> {
    let statement = query(
        "INSERT INTO ratings_corrections (rating, number, level, tags, words, until_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    );
    let opinion = &before.rating.opinion;
    let statement = statement.bind(before.rating.id.to_string()).bind(before.rating.version);
    let statement = statement.bind(i64::from(opinion.level.gb_code())).bind(opinion.tags.join(" "));
    statement.bind(opinion.words.clone()).bind(stored(now)).execute(connection).await?;
    Ok(())
}

/// Says whether a rating counts.
pub(crate) async fn set_standing(
    connection: &mut Connection,
    id: &RatingId,
    standing: crate::Standing,
) -> Result<(), RatingsError> {
    let statement = query("UPDATE ratings_ratings SET standing = $2, version = version + 1 WHERE id = $1");
    statement.bind(id.to_string()).bind(standing.code()).execute(connection).await?;
    Ok(())
}

fn read(row: &Row) -> Result<Stored, RatingsError> {
    let id: String = row.try_get(0)?;
    let at: Timestamp = parse(row.try_get(15)?, &id)?;
    let subject: Subject = parse(row.try_get(2)?, &id)?;
    let code: i64 = row.try_get(8)?;
    let level = u8::try_from(code).ok().and_then(Level::from_gb_code);
    let tags: String = row.try_get(9)?;
    let day: Date = parse(row.try_get(14)?, &id)?;
    let rating = Rating {
        id: parse(&id, &id)?,
        version: row.try_get(1)?,
        subject: Some(subject),
        reference: Some(row.try_get(3)?),
        outlet: parse(row.try_get(4)?, &id)?,
        item: row.try_get(5)?,
        region: parse(row.try_get(6)?, &id)?,
        channel: parse(row.try_get(7)?, &id)?,
        opinion: Opinion {
            level: level.ok_or_else(|| unreadable(&id, format!("there is no level {code}")))?,
            tags: tags.split_whitespace().map(str::to_owned).collect(),
            words: row.try_get(10)?,
        },
        anonymous: row.try_get::<i64, _>(11)? == 1,
        rater: parse_some(row.try_get(12)?, &id)?,
        entered_by: parse_some(row.try_get(13)?, &id)?,
        day,
        at: Some(at),
        corrections: row.try_get(16)?,
        standing: parse(row.try_get(17)?, &id)?,
    };
    Ok(Stored { rating, at })
}
