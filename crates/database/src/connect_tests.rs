use crate::testing::for_each_backend;
use crate::{Database, DatabaseError, query, sqlite_url};
use sqlx::Row as _;

use super::without_password;

#[tokio::test]
async fn blobs_numbers_texts_and_nulls_come_back_as_they_went() {
    for_each_backend(|database| async move {
        let types = match database.dialect() {
            crate::Dialect::Sqlite => "CREATE TABLE t (a TEXT, b BLOB, c BIGINT, d TEXT, e BLOB, f BIGINT)",
            crate::Dialect::Postgres => "CREATE TABLE t (a TEXT, b BYTEA, c BIGINT, d TEXT, e BYTEA, f BIGINT)",
        };
        let mut write = database.write().await.unwrap();
        query(types).execute(&mut *write).await.unwrap();
        query("INSERT INTO t (a, b, c, d, e, f) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind("石墨烯 \u{1F50B}")
            .bind(vec![0_u8, 255, 7])
            .bind(i64::MAX)
            .bind(None::<String>)
            .bind(None::<Vec<u8>>)
            .bind(None::<i64>)
            .execute(&mut *write)
            .await
            .unwrap();
        write.commit().await.unwrap();
        let mut read = database.read().await.unwrap();
        let row = query("SELECT a, b, c, d, e, f FROM t").fetch_one(&mut *read).await.unwrap();
        assert_eq!(row.get::<String, _>(0), "石墨烯 \u{1F50B}");
        assert_eq!(row.get::<Vec<u8>, _>(1), [0, 255, 7]);
        assert_eq!(row.get::<i64, _>(2), i64::MAX);
        assert_eq!(row.get::<Option<String>, _>(3), None);
        assert_eq!(row.get::<Option<Vec<u8>>, _>(4), None);
        assert_eq!(row.get::<Option<i64>, _>(5), None);
    })
    .await;
}

#[tokio::test]
async fn a_dropped_write_leaves_nothing_and_a_read_sees_one_moment() {
    for_each_backend(|database| async move {
        let mut write = database.write().await.unwrap();
        query("CREATE TABLE t (a BIGINT)").execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();

        let mut dropped = database.write().await.unwrap();
        query("INSERT INTO t (a) VALUES (1)").execute(&mut *dropped).await.unwrap();
        drop(dropped);

        let count = "SELECT COUNT(*) FROM t";
        let mut read = database.read().await.unwrap();
        assert_eq!(query(count).fetch_one(&mut *read).await.unwrap().get::<i64, _>(0), 0);
        let mut write = database.write().await.unwrap();
        query("INSERT INTO t (a) VALUES (2)").execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(query(count).fetch_one(&mut *read).await.unwrap().get::<i64, _>(0), 0, "the view of one moment");
        drop(read);
        let mut read = database.read().await.unwrap();
        assert_eq!(query(count).fetch_one(&mut *read).await.unwrap().get::<i64, _>(0), 1);
    })
    .await;
}

#[tokio::test]
async fn any_path_can_hold_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("数据 100%? #1.db");
    let database = Database::open(&sqlite_url(&path)).await.unwrap();
    database.close().await;
    assert!(path.is_file());
}

#[tokio::test]
async fn a_wrong_address_is_told_with_what_to_write() {
    let error = Database::open("mysql://u:secret@h/n").await.unwrap_err();
    assert!(matches!(error, DatabaseError::Address { .. }));
    assert!(error.to_string().contains("sqlite://"));
    assert!(!error.to_string().contains("secret"));
    let error = Database::open("sqlite:///no/such/folder/huizhi.db").await.unwrap_err();
    assert!(error.to_string().contains("/no/such/folder/huizhi.db"), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huizhi.db");
    std::fs::write(&path, "not a database, but long enough to be looked at as one".repeat(100)).unwrap();
    let error = Database::open(&sqlite_url(&path)).await.unwrap_err();
    assert!(error.to_string().contains("is no database"), "{error}");
}

#[tokio::test]
async fn a_full_disk_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&sqlite_url(&folder.path().join("huizhi.db"))).await.unwrap();
    let mut write = database.write().await.unwrap();
    query("CREATE TABLE t (a BLOB)").execute(&mut *write).await.unwrap();
    query("PRAGMA max_page_count = 20").execute(&mut *write).await.unwrap();
    let error =
        query("INSERT INTO t (a) VALUES ($1)").bind(vec![1_u8; 1 << 20]).execute(&mut *write).await.unwrap_err();
    assert!(matches!(DatabaseError::from(error), DatabaseError::Full(_)));
}

#[test]
fn passwords_are_not_shown() {
    assert_eq!(without_password("postgres://me:p@ss@host/db"), "postgres://me@host/db");
    assert_eq!(without_password("sqlite:///a/b.db"), "sqlite:///a/b.db");
}
