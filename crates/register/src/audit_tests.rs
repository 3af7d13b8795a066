use database::testing::for_each_backend;
use database::{Connection, query};
use records::event::inpadoc::CodeTable;
use records::{ApplicationNumber, Authority, Office, Origin, Part, PartKey, RightKind, Subject};

use crate::{Batch, Delivery, Register, sql};

async fn filled(database: database::Database) -> Register {
    let register = Register::open(database).await.unwrap();
    let parts = (1..=3).map(|n| {
        let application = ApplicationNumber::verbatim(Office::DEMO, &n.to_string(), RightKind::Invention);
        let subject = Subject { application, publications: Vec::new() };
        Delivery { part: Part::new(PartKey::new("test", n), subject, Authority::Office), origin: Origin::default() }
    });
    let batch = Batch { parts: parts.collect(), loaded_at: "2026-01-02T03:04:05Z".to_owned(), ..Batch::default() };
    register.apply(batch).await.unwrap();
    assert!(register.check().await.unwrap().is_sound());
    register
}

async fn harm(connection: &mut Connection, how: &'static str) {
    assert_eq!(query(how).execute(connection).await.unwrap().rows_affected(), 1, "{how}");
}

#[tokio::test]
async fn whatever_is_harmed_is_found() {
    for_each_backend(|database| async move {
        let register = filled(database.clone()).await;
        for (how, complaint) in [
            ("DELETE FROM parts WHERE key = 'test:1'", "no live part"),
            ("UPDATE parts SET right_id = 'XX-P-3' WHERE key = 'test:2'", "belongs to XX-P-2"),
            ("DELETE FROM rights WHERE id = 'XX-P-2'", "is missing"),
            ("UPDATE parts SET body = digest WHERE key = 'test:2'", "part test:2"),
            ("UPDATE rights SET body = digest WHERE id = 'XX-P-2'", "right XX-P-2"),
            ("UPDATE rights SET digest = body WHERE id = 'XX-P-2'", "not what its parts make"),
            ("DELETE FROM feed WHERE seq = 2", "has 2 entries"),
        ] {
            let mut write = database.write().await.unwrap();
            harm(&mut write, how).await;
            let audit = super::check(&mut write, &CodeTable::default()).await.unwrap();
            assert!(audit.listed.iter().any(|told| told.contains(complaint)), "{how}: {:?}", audit.listed);
            // Dropped: the harm is undone.
        }
        assert!(register.check().await.unwrap().is_sound());
    })
    .await;
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_an_error_and_no_panic() {
    for_each_backend(|database| async move {
        let register = filled(database.clone()).await;
        let mut write = database.write().await.unwrap();
        harm(&mut write, "UPDATE rights SET body = digest WHERE id = 'XX-P-2'").await;
        write.commit().await.unwrap();
        let ids = sql::rights::ids(&mut database.read().await.unwrap(), "XX-P-1", 1).await.unwrap();
        let error = register.right(&ids[0].clone().into()).await.unwrap_err();
        assert!(error.to_string().contains("right XX-P-2 cannot be read back"), "{error}");
    })
    .await;
}
