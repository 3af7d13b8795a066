//! Opening hours beside a state, so that the directory can ask who is open.

use database::{Connection, insert_rows, query};

use crate::row::minutes;
use crate::{Hours, NetworkError, OrganisationId};

/// Stores the hours of a state in place of those it had.
pub(crate) async fn put(
    connection: &mut Connection,
    id: &OrganisationId,
    version: i64,
    hours: &[Hours],
) -> Result<(), NetworkError> {
    let statement = query("DELETE FROM network_hours WHERE organisation = $1 AND version = $2");
    statement.bind(id.to_string()).bind(version).execute(&mut *connection).await?;
    let head = "INSERT INTO network_hours (organisation, version, weekday, opens, closes)";
    insert_rows(connection, (head, 5, ""), hours, |statement, hours: &Hours| {
        let statement = statement.bind(id.to_string()).bind(version).bind(hours.weekday.code());
        statement.bind(minutes(hours.from)).bind(minutes(hours.to))
    })
    .await?;
    Ok(())
}
