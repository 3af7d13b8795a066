//! The notices themselves.

use database::{Connection, query};
use jiff::Timestamp;
use network::Id;

use super::{stored, unreadable};
use crate::template::Values;
use crate::{Notice, NoticesError, Recipient};

/// Stores a notice; false when its id was there.
pub(crate) async fn insert(
    connection: &mut Connection,
    now: Timestamp,
    notice: &Notice<'_>,
    values: &Values,
    portal: bool,
) -> Result<bool, NoticesError> {
    let statement = query(
        "INSERT INTO notices_notices (id, put_at, template, fields, link, person, organisation, address, lang, portal) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
    );
    let (person, organisation, address, lang) = match &notice.to {
        Recipient::Person(person) => (Some(person.to_string()), None, None, None),
        Recipient::Organisation(organisation) => (None, Some(organisation.to_string()), None, None),
        Recipient::Mail { address, lang } => (None, None, Some((*address).to_owned()), Some((*lang).to_owned())),
    };
    let fields = serde_json::to_string(values).map_err(|error| unreadable(notice.id.as_str(), error))?;
    let statement = statement.bind(notice.id.to_string()).bind(stored(now)).bind(notice.template.to_owned());
    let statement = statement.bind(fields).bind(notice.link.to_owned()).bind(person).bind(organisation);
    let done = statement.bind(address).bind(lang).bind(i64::from(portal)).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}

/// Empties a notice that is shown to nobody.
pub(crate) async fn erase(connection: &mut Connection, id: &Id) -> Result<(), NoticesError> {
    let statement =
        query("UPDATE notices_notices SET fields = '{}', link = '/', address = NULL WHERE id = $1 AND portal = 0");
    statement.bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// Removes notices that are shown to nobody and of which nothing is in the outbox.
pub(crate) async fn clear_mailed(connection: &mut Connection, before: Timestamp) -> Result<(), NoticesError> {
    let statement = query(
        "DELETE FROM notices_notices WHERE portal = 0 AND put_at < $1 \
         AND NOT EXISTS (SELECT 1 FROM notices_outbox o WHERE o.notice = notices_notices.id)",
    );
    statement.bind(stored(before)).execute(connection).await?;
    Ok(())
}

/// Removes all notices to a person, of which nothing may be in the outbox.
pub(crate) async fn forget(connection: &mut Connection, person: &Id) -> Result<u64, NoticesError> {
    let statement = query("DELETE FROM notices_notices WHERE person = $1");
    Ok(statement.bind(person.to_string()).execute(connection).await?.rows_affected())
}
