//! Which key the database was begun with.

use database::{Connection, query};
use sqlx::Row as _;

use crate::{AccountsError, Secret};

/// Whether this is the key of this database; the first one is.
pub(crate) async fn fits(connection: &mut Connection, secret: &Secret) -> Result<bool, AccountsError> {
    let proof = secret.lookup("accounts_key", "");
    let insert = query("INSERT INTO accounts_key (one, proof) VALUES (1, $1) ON CONFLICT DO NOTHING");
    insert.bind(proof.clone()).execute(&mut *connection).await?;
    let row = query("SELECT proof FROM accounts_key WHERE one = 1").fetch_one(connection).await?;
    Ok(row.try_get::<String, _>(0)? == proof)
}
