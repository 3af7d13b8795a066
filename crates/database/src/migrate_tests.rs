use crate::testing::for_each_backend;
use crate::{Database, DatabaseError, Migration, query, sqlite_url};

const FIRST: Migration =
    Migration::new(1, "shelves", "CREATE TABLE shelves (a BIGINT); CREATE INDEX shelves_a ON shelves (a);");
const SECOND: Migration = Migration::new(2, "books", "CREATE TABLE books (a BIGINT, cover BLOB);");
const BROKEN: Migration = Migration::new(2, "broken", "CREATE TABLE halfway (a BIGINT); CREATE NONSENSE;");

#[tokio::test]
async fn steps_run_once_and_in_order() {
    for_each_backend(|database| async move {
        database.migrate("library", &[FIRST]).await.unwrap();
        database.migrate("library", &[FIRST]).await.unwrap();
        database.migrate("library", &[FIRST, SECOND]).await.unwrap();
        let mut write = database.write().await.unwrap();
        query("INSERT INTO books (a) SELECT COUNT(*) FROM shelves").execute(&mut *write).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_older_program_refuses_a_newer_schema() {
    for_each_backend(|database| async move {
        database.migrate("library", &[FIRST, SECOND]).await.unwrap();
        let error = database.migrate("library", &[FIRST]).await.unwrap_err();
        assert!(matches!(error, DatabaseError::Newer { found: 2, known: 1, .. }), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_step_in_another_wording_is_refused() {
    for_each_backend(|database| async move {
        database.migrate("library", &[FIRST]).await.unwrap();
        let other = Migration::new(1, "shelves", "CREATE TABLE x (a BIGINT);");
        assert!(matches!(database.migrate("library", &[other]).await, Err(DatabaseError::Changed { version: 1, .. })));
    })
    .await;
}

#[tokio::test]
async fn a_failing_step_leaves_the_schema_as_it_was() {
    for_each_backend(|database| async move {
        database.migrate("library", &[FIRST]).await.unwrap();
        let error = database.migrate("library", &[FIRST, BROKEN]).await.unwrap_err();
        assert!(matches!(error, DatabaseError::Migration { version: 2, .. }), "{error}");
        let mut read = database.read().await.unwrap();
        assert!(query("SELECT COUNT(*) FROM halfway").fetch_one(&mut *read).await.is_err());
        drop(read);
        database.migrate("library", &[FIRST, SECOND]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn many_that_start_together_migrate_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut addresses = vec![sqlite_url(&folder.path().join("huizhi.db"))];
    let mut schema = None;
    if let Ok(server) = std::env::var("HUIZHI_TEST_POSTGRES") {
        let made = crate::testing::PostgresSchema::make(&server).await;
        addresses.push(made.address());
        schema = Some(made);
    }
    for address in addresses {
        let starts = (0..6).map(|_| {
            let address = address.clone();
            tokio::spawn(async move {
                let database = Database::open(&address).await?;
                let outcome = database.migrate("library", &[FIRST, SECOND]).await;
                database.close().await;
                outcome
            })
        });
        for start in starts.collect::<Vec<_>>() {
            start.await.unwrap().unwrap();
        }
    }
    if let Some(schema) = schema {
        schema.remove().await;
    }
}
