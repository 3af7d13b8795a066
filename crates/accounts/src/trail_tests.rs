use std::collections::BTreeSet;

use database::testing::for_each_backend;
use database::{Database, query};
use jiff::SignedDuration;

use super::*;
use crate::Role;
use crate::world::*;

/// Writes one entry in a transaction of its own.
async fn put(database: &Database, at: Timestamp, (action, object): (&str, &str), organisation: Option<u8>) {
    let place = organisation.map(crate::world::organisation);
    let entry = Entry {
        action,
        kind: "case",
        object,
        organisation: place.as_ref(),
        reason: Some("because"),
        detail: json!({ "n": 1 }),
    };
    let mut write = database.write().await.unwrap();
    record(&mut write, at, &Actor::system("test"), &entry).await.unwrap();
    write.commit().await.unwrap();
}

async fn run(database: &Database, sql: &'static str) -> u64 {
    let mut write = database.write().await.unwrap();
    let changed = query(sql).execute(&mut *write).await.unwrap().rows_affected();
    write.commit().await.unwrap();
    changed
}

async fn broken(accounts: &Accounts, noted: &[Head]) -> Vec<(i64, Break)> {
    let verified = accounts.verify_audit(&Actor::system("test"), noted, now()).await.unwrap();
    verified.broken.iter().map(|at| (at.number, at.what)).collect()
}

#[tokio::test]
async fn many_writers_at_once_leave_whole_chains() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let writers: Vec<_> = (0..32)
            .map(|n| {
                let database = database.clone();
                tokio::spawn(async move {
                    for entry in 0..8 {
                        put(&database, now(), ("case.work", &format!("case-{}", (n + entry) % 12)), Some(4)).await;
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let verified = accounts.verify_audit(&Actor::system("test"), &[], now()).await.unwrap();
        assert_eq!((verified.entries, verified.broken.as_slice()), (256, &[][..]));
        assert_eq!(verified.heads.iter().map(|head| head.number).sum::<i64>(), 256);
    })
    .await;
}

#[tokio::test]
async fn transactions_with_many_entries_never_wait_in_a_ring() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let writers: Vec<_> = (0..8_usize)
            .map(|n| {
                let database = database.clone();
                tokio::spawn(async move {
                    for _ in 0..4 {
                        let mut objects: Vec<String> = (0..6).map(|n| format!("case-{n}")).collect();
                        objects.rotate_left(n % 6);
                        let entries: Vec<Entry<'_>> = objects
                            .iter()
                            .map(|object| Entry {
                                action: "case.merge",
                                kind: "case",
                                object,
                                organisation: None,
                                reason: None,
                                detail: json!(null),
                            })
                            .collect();
                        let mut write = database.write().await.unwrap();
                        crate::record_all(&mut write, now(), &Actor::system("test"), &entries).await.unwrap();
                        write.commit().await.unwrap();
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let verified = accounts.verify_audit(&Actor::system("test"), &[], now()).await.unwrap();
        assert_eq!((verified.entries, verified.is_whole()), (8 * 4 * 6, true));
    })
    .await;
}

#[tokio::test]
async fn an_act_that_is_not_committed_leaves_no_entry() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let mut write = database.write().await.unwrap();
        let entry =
            Entry { action: "a", kind: "case", object: "x", organisation: None, reason: None, detail: json!(null) };
        record(&mut write, now(), &Actor::visitor(), &entry).await.unwrap();
        drop(write);
        put(&database, now(), ("case.work", "x"), None).await;
        let verified = accounts.verify_audit(&Actor::system("test"), &[], now()).await.unwrap();
        assert_eq!((verified.entries, verified.is_whole()), (1, true));
    })
    .await;
}

#[tokio::test]
async fn whatever_is_done_to_the_trail_is_told_with_its_place() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        for n in 0..6 {
            put(&database, now(), ("case.work", "one case"), Some(n)).await;
        }
        let kept = accounts.verify_audit(&Actor::system("test"), &[], now()).await.unwrap().heads;
        let kept: Vec<Head> = kept.into_iter().filter(|head| head.number == 6).collect();
        assert_eq!(broken(&accounts, &kept).await, []);

        assert_eq!(
            run(&database, "UPDATE accounts_audit SET reason = 'other' WHERE kind = 'case' AND number = 3").await,
            1
        );
        assert_eq!(broken(&accounts, &kept).await, [(3, Break::Changed)]);
        run(&database, "UPDATE accounts_audit SET reason = 'because' WHERE kind = 'case' AND number = 3").await;

        // Two entries change places.
        run(&database, "UPDATE accounts_audit SET number = -2 WHERE kind = 'case' AND number = 2").await;
        run(&database, "UPDATE accounts_audit SET number = 2 WHERE kind = 'case' AND number = 4").await;
        run(&database, "UPDATE accounts_audit SET number = 4 WHERE kind = 'case' AND number = -2").await;
        let places: BTreeSet<i64> = broken(&accounts, &kept).await.into_iter().map(|(number, _)| number).collect();
        assert!(places.is_superset(&[2, 4].into()), "{places:?}");
        run(&database, "UPDATE accounts_audit SET number = -2 WHERE kind = 'case' AND number = 4").await;
        run(&database, "UPDATE accounts_audit SET number = 4 WHERE kind = 'case' AND number = 2").await;
        run(&database, "UPDATE accounts_audit SET number = 2 WHERE kind = 'case' AND number = -2").await;
        assert_eq!(broken(&accounts, &kept).await, []);

        run(&database, "DELETE FROM accounts_audit WHERE kind = 'case' AND number = 2").await;
        assert_eq!(broken(&accounts, &kept).await, [(2, Break::Missing)]);
        // The tail is cut.
        run(&database, "DELETE FROM accounts_audit WHERE kind = 'case' AND number >= 5").await;
        assert_eq!(broken(&accounts, &[]).await, [(2, Break::Missing), (5, Break::Missing), (6, Break::Missing)]);
        // The head is turned back with it: only what was noted outside can tell.
        run(
            &database,
            "UPDATE accounts_audit_heads SET number = 4, hash = (SELECT hash FROM accounts_audit WHERE \
             accounts_audit.strand = accounts_audit_heads.strand AND accounts_audit.number = 4) WHERE number = 6",
        )
        .await;
        assert_eq!(broken(&accounts, &[]).await, [(2, Break::Missing)]);
        assert_eq!(broken(&accounts, &kept).await, [(2, Break::Missing), (6, Break::NotAsNoted)]);
        // An entry past the head, and a head that is gone.
        run(&database, "UPDATE accounts_audit_heads SET number = 3 WHERE number = 4").await;
        assert!(broken(&accounts, &[]).await.contains(&(4, Break::Surplus)));
        run(&database, "DELETE FROM accounts_audit_heads WHERE number = 3").await;
        assert!(broken(&accounts, &[]).await.contains(&(4, Break::Head)));
    })
    .await;
}

#[tokio::test]
async fn an_entry_hashed_anew_breaks_the_chain_after_it() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        for _ in 0..3 {
            put(&database, now(), ("case.work", "one case"), None).await;
        }
        // Whoever knows how hashes are made changes an entry with its hash, here to that of another text.
        run(&database, "UPDATE accounts_audit SET hash = '00' WHERE kind = 'case' AND number = 1").await;
        assert_eq!(broken(&accounts, &[]).await, [(1, Break::Changed), (2, Break::Changed)]);
        assert!(BrokenAt { strand: 1, number: 2, what: Break::Changed }.text("zh").contains("第 2 条"));
    })
    .await;
}

#[tokio::test]
async fn the_trail_is_listed_by_what_one_looks_for_page_by_page() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        for n in 0..25_u8 {
            let at = now() + SignedDuration::from_secs(i64::from(n / 3));
            let action = if n % 2 == 0 { "case.accept" } else { "case_work" };
            put(&database, at, (action, &format!("case-{}", n % 5)), Some(4 + n % 3)).await;
        }
        let system = Actor::system("test");
        let list = |asked: AuditQuery| {
            let (accounts, system) = (accounts.clone(), system.clone());
            async move { accounts.audit(&system, &asked, now() + SignedDuration::from_hours(1)).await.unwrap() }
        };
        let cases = AuditQuery { kind: Some("case".to_owned()), limit: 7, ..AuditQuery::default() };
        let mut seen = Vec::new();
        let mut asked = cases.clone();
        loop {
            let page = list(asked.clone()).await;
            seen.extend(page.entries);
            let Some(next) = page.next else { break };
            asked.after = Some(next);
        }
        assert_eq!(seen.len(), 25);
        assert!(
            seen.windows(2)
                .all(|two| (two[0].at, two[0].strand, two[0].number) > (two[1].at, two[1].strand, two[1].number))
        );
        let counted = |asked: AuditQuery| {
            let list = &list;
            async move { list(AuditQuery { limit: 100, ..asked }).await.entries.len() }
        };
        assert_eq!(counted(AuditQuery { object: Some("case-1".to_owned()), ..cases.clone() }).await, 5);
        assert_eq!(counted(AuditQuery { action: Some("case.".to_owned()), ..cases.clone() }).await, 13);
        assert_eq!(counted(AuditQuery { action: Some("case_".to_owned()), ..cases.clone() }).await, 12);
        assert_eq!(counted(AuditQuery { action: Some("%".to_owned()), ..cases.clone() }).await, 0);
        let (from, to) = (Some(now() + SignedDuration::from_secs(1)), Some(now() + SignedDuration::from_secs(2)));
        assert_eq!(counted(AuditQuery { from, to, ..cases.clone() }).await, 3);
        assert_eq!(counted(AuditQuery { organisation: Some(organisation(5)), ..cases.clone() }).await, 8);
        let wrong = AuditQuery { after: Some("nonsense".to_owned()), ..cases };
        assert!(matches!(accounts.audit(&system, &wrong, now()).await, Err(AccountsError::Mark(_))));
    })
    .await;
}

#[tokio::test]
async fn an_auditor_reads_what_happened_in_his_organisations_and_no_one_else_reads_anything() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        for n in 1..=6 {
            put(&database, now(), ("case.work", &format!("case-{n}")), Some(n)).await;
        }
        put(&database, now(), ("case.work", "of none"), None).await;
        let (_, auditor) = official(&accounts, 1, Role::Auditor, Some(2)).await;
        let (_, operator) = official(&accounts, 2, Role::Operator, None).await;
        let (_, administrator) = official(&accounts, 3, Role::Administrator, Some(1)).await;
        let all = AuditQuery { kind: Some("case".to_owned()), ..AuditQuery::default() };
        let page = accounts.audit(&auditor, &all, now()).await.unwrap();
        let mut objects: Vec<&str> = page.entries.iter().map(|entry| entry.object.as_str()).collect();
        objects.sort_unstable();
        assert_eq!(objects, ["case-2", "case-4", "case-5"]);
        let outside = AuditQuery { organisation: Some(organisation(6)), ..all.clone() };
        assert_eq!(accounts.audit(&auditor, &outside, now()).await.unwrap().entries, []);
        for actor in [&operator, &administrator, &Actor::visitor()] {
            assert!(matches!(accounts.audit(actor, &all, now()).await, Err(AccountsError::Denied(_))));
        }
        assert!(matches!(accounts.verify_audit(&auditor, &[], now()).await, Err(AccountsError::Denied(_))));
        assert_eq!(dump(&database, "accounts_audit").await.matches("audit.read").count(), 2);
    })
    .await;
}
