//! Webhooks at rest.

use database::{Connection, query};
use network::OrganisationId;
use sqlx::Row as _;

use super::{parse, stored};
use crate::{NoticesError, Webhook};

/// The webhook of an organisation.
pub(crate) async fn get(
    connection: &mut Connection,
    organisation: &OrganisationId,
) -> Result<Option<Webhook>, NoticesError> {
    let statement = query("SELECT version, address, salt, set_at FROM notices_webhooks WHERE organisation = $1");
    let Some(row) = statement.bind(organisation.to_string()).fetch_optional(connection).await? else { return Ok(None) };
    let address: String = row.try_get(1)?;
    Ok(Some(Webhook {
        organisation: organisation.clone(),
        version: row.try_get(0)?,
        address: Some(address).filter(|address| !address.is_empty()),
        salt: row.try_get(2)?,
        set_at: parse(row.try_get(3)?, organisation.as_str())?,
    }))
}

/// All that are set.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<Webhook>, NoticesError> {
    let statement = query(
        "SELECT version, address, salt, set_at, organisation FROM notices_webhooks WHERE address <> '' \
         ORDER BY organisation",
    );
    let read = |row: &database::Row| {
        let id: String = row.try_get(4)?;
        let unreadable = |error: network::NoId| NoticesError::Unreadable { id: id.clone(), reason: error.to_string() };
        Ok(Webhook {
            organisation: id.parse().map_err(unreadable)?,
            version: row.try_get(0)?,
            address: Some(row.try_get(1)?),
            salt: row.try_get(2)?,
            set_at: parse(row.try_get(3)?, &id)?,
        })
    };
    statement.fetch_all(connection).await?.iter().map(read).collect()
}

/// Goes from the version before to this one; false when another came between.
pub(crate) async fn set(connection: &mut Connection, webhook: &Webhook) -> Result<bool, NoticesError> {
    let statement = if webhook.version == 1 {
        query(
            "INSERT INTO notices_webhooks (organisation, version, address, salt, set_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (organisation) DO NOTHING",
        )
    } else {
        query(
            "UPDATE notices_webhooks SET version = $2, address = $3, salt = $4, set_at = $5 \
             WHERE organisation = $1 AND version = $2 - 1",
        )
    };
    let statement = statement.bind(webhook.organisation.to_string()).bind(webhook.version);
    let statement = statement.bind(webhook.address.clone().unwrap_or_default()).bind(webhook.salt.clone());
    Ok(statement.bind(stored(webhook.set_at)).execute(connection).await?.rows_affected() == 1)
}
