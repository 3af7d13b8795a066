use std::collections::BTreeSet;

use database::Database;
use database::testing::for_each_backend;
use jiff::civil::date;
use network::{Import, Imported, Kind, Level, Network, Outcome, RegionCode};

use super::*;
use crate::{Grant, PersonId, Role};

const DAY: Date = date(2024, 1, 1);

fn now() -> Timestamp {
    "2026-07-01T08:00:00Z".parse().unwrap()
}

fn id(number: u8) -> OrganisationId {
    OrganisationId::make(Timestamp::UNIX_EPOCH, [0, 0, 0, 0, 0, 0, 0, 0, 0, number])
}

fn new(number: u8, parent: Option<u8>, kind: Kind, level: Level, region: &str) -> NewOrganisation {
    let region: RegionCode = region.parse().unwrap();
    let profile = Profile::new(&format!("机构{number}"), kind, level, region);
    NewOrganisation { id: id(number), parent: parent.map(id), from: DAY, profile }
}

fn outlet(number: u8, parent: u8) -> NewOrganisation {
    new(number, Some(parent), Kind::Tisc, Level::Outlet, "500106")
}

/// A person with a role at these organisations.
fn person(name: &str, role: Role, at: &[u8]) -> Actor {
    let cover = Cover::At(at.iter().map(|number| id(*number)).collect::<BTreeSet<_>>());
    Actor::person(PersonId(id(200).0), name, vec![Grant { role, cover }])
}

/// 1 nation, 2 and 3 provinces, 4 and 5 outlets of 2.
async fn network(database: &Database) -> Network {
    crate::migrate(database).await.unwrap();
    let network = Network::open(database.clone()).await.unwrap();
    let mut write = database.write().await.unwrap();
    let all = [
        new(1, None, Kind::Administration, Level::Nation, "000000"),
        new(2, Some(1), Kind::Administration, Level::Province, "500000"),
        new(3, Some(1), Kind::Administration, Level::Province, "440000"),
        outlet(4, 2),
        outlet(5, 2),
    ];
    for new in &all {
        create(&mut write, now(), &Actor::system("test"), new).await.unwrap();
    }
    write.commit().await.unwrap();
    network
}

async fn entries(database: &Database) -> i64 {
    use sqlx::Row as _;
    let mut read = database.read().await.unwrap();
    let row = database::query("SELECT COUNT(*) FROM accounts_audit").fetch_one(&mut *read).await.unwrap();
    row.try_get(0).unwrap()
}

fn denied<T: std::fmt::Debug>(answer: Result<T, KeepingError>) -> bool {
    matches!(answer, Err(KeepingError::Denied(_)))
}

fn edit(id: &OrganisationId, version: i64) -> Edit<'_> {
    Edit { id, version, from: date(2026, 7, 1) }
}

#[tokio::test]
async fn the_lead_of_an_outlet_changes_what_is_its_own_and_no_more() {
    for_each_backend(|database| async move {
        let network = network(&database).await;
        let lead = person("王", Role::OutletLead, &[4]);
        let mut profile = network.organisation(&id(4), DAY).await.unwrap().unwrap().profile;
        profile.telephone = Some("023-12345".to_owned());
        let mut write = database.write().await.unwrap();
        let changed = update(&mut write, now(), &lead, edit(&id(4), 1), &profile).await.unwrap();
        assert_eq!(changed.version, 2);
        let confirmed = confirm(&mut write, now(), &lead, edit(&id(4), 2)).await.unwrap();
        assert_eq!(confirmed.confirmed.unwrap().by, "王");
        let renamed = Profile { name_zh: "别名".to_owned(), ..profile.clone() };
        assert!(denied(update(&mut write, now(), &lead, edit(&id(4), 3), &renamed).await));
        assert!(denied(update(&mut write, now(), &lead, edit(&id(5), 1), &profile).await), "another outlet");
        assert!(denied(close(&mut write, now(), &lead, edit(&id(4), 3), "x", &[]).await));
        assert!(denied(set_status(&mut write, now(), &lead, edit(&id(4), 3), false, "x").await));
        assert!(denied(move_to(&mut write, now(), &lead, edit(&id(4), 3), Some(&id(3)), "x").await));
        assert!(denied(create(&mut write, now(), &lead, &outlet(9, 4)).await));
        for nobody in [Actor::visitor(), person("李", Role::OutletStaff, &[4])] {
            assert!(denied(confirm(&mut write, now(), &nobody, edit(&id(4), 3)).await));
            assert_eq!(keeps(&nobody, &id(4)), Keeps::default());
        }
        assert_eq!(keeps(&lead, &id(4)), Keeps { all: false, own: true });
    })
    .await;
}

#[tokio::test]
async fn an_administrator_keeps_what_stands_under_him_and_nothing_beside_it() {
    for_each_backend(|database| async move {
        let network = network(&database).await;
        let administrator = person("赵", Role::Administrator, &[2, 4, 5]);
        let mut write = database.write().await.unwrap();
        create(&mut write, now(), &administrator, &outlet(6, 2)).await.unwrap();
        assert!(denied(create(&mut write, now(), &administrator, &outlet(7, 3)).await));
        assert!(denied(
            create(&mut write, now(), &administrator, &NewOrganisation { parent: None, ..outlet(7, 2) }).await
        ));
        assert!(denied(move_to(&mut write, now(), &administrator, edit(&id(4), 1), Some(&id(3)), "x").await));
        assert!(denied(move_to(&mut write, now(), &administrator, edit(&id(4), 1), None, "x").await));
        assert!(denied(merge(&mut write, now(), &administrator, &[(id(3), 1)], (&id(4), 1), DAY, "x").await));
        let without = close(&mut write, now(), &administrator, edit(&id(4), 1), " ", &[]).await;
        assert!(matches!(without, Err(KeepingError::Network(NetworkError::Invalid(_)))), "a reason is asked for");
        drop(write);
        let outlet = network.organisation(&id(4), DAY).await.unwrap().unwrap();
        assert!(!shortcomings(&administrator, &outlet, date(2026, 7, 1)).is_empty());
        assert!(shortcomings(&Actor::visitor(), &outlet, date(2026, 7, 1)).is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_twice_is_done_once_and_leaves_one_entry() {
    for_each_backend(|database| async move {
        let network = network(&database).await;
        let actor = person("赵", Role::Administrator, &[2, 4, 5]);
        let before = entries(&database).await;
        let mut profile = network.organisation(&id(4), DAY).await.unwrap().unwrap().profile;
        profile.promise = Some("承诺".to_owned());
        let day = date(2026, 7, 1);
        let part = Part { new: NewOrganisation { from: day, ..outlet(8, 2) }, takes: Vec::new() };
        for _ in 0..2 {
            let mut write = database.write().await.unwrap();
            create(&mut write, now(), &actor, &outlet(6, 2)).await.unwrap();
            update(&mut write, now(), &actor, edit(&id(4), 1), &profile).await.unwrap();
            set_status(&mut write, now(), &actor, edit(&id(5), 1), false, "装修").await.unwrap();
            write.commit().await.unwrap();
        }
        assert_eq!(entries(&database).await, before + 3);
        for _ in 0..2 {
            let mut write = database.write().await.unwrap();
            confirm(&mut write, now(), &actor, edit(&id(4), 2)).await.unwrap();
            write.commit().await.unwrap();
        }
        for _ in 0..2 {
            let mut write = database.write().await.unwrap();
            let heir = merge(&mut write, now(), &actor, &[(id(5), 2)], (&id(4), 3), day, "合并").await.unwrap();
            assert_eq!(heir.id, id(4));
            split(&mut write, now(), &actor, edit(&id(4), 4), std::slice::from_ref(&part), true, "拆分").await.unwrap();
            write.commit().await.unwrap();
        }
        assert_eq!(entries(&database).await, before + 8, "one for each organisation that is concerned");
        let mut write = database.write().await.unwrap();
        let stale = update(&mut write, now(), &actor, edit(&id(4), 1), &Profile { promise: None, ..profile }).await;
        assert!(
            matches!(stale, Err(KeepingError::Network(NetworkError::Stale { .. }))),
            "something else is no repetition"
        );
    })
    .await;
}

async fn imported(database: &Database, actor: &Actor, csv: &str, dry_run: bool) -> Result<Imported, KeepingError> {
    let mut number = 100;
    let mut ids = || {
        number += 1;
        id(number)
    };
    let how = Import { now: now(), as_of: date(2026, 7, 1), dry_run, ids: &mut ids };
    import(database, actor, NetworkFile::Csv(csv.as_bytes()), how).await
}

#[tokio::test]
async fn a_file_changes_nothing_outside_what_the_actor_keeps() {
    for_each_backend(|database| async move {
        let network = network(&database).await;
        let actor = person("赵", Role::Administrator, &[2, 4, 5]);
        let head = "id,parent,kind,level,region,name_zh,telephone\n";
        let before = entries(&database).await;
        for (row, column) in [
            (format!("{},,administration,nation,000000,机构1,1\n", id(1)), "id"),
            (format!(",{},tisc,outlet,440300,新的,1\n", id(3)), "parent"),
            (format!("{},{},tisc,outlet,500106,机构4,1\n", id(4), id(3)), "parent"),
            (",,tisc,outlet,500106,顶层,1\n".to_owned(), "parent"),
        ] {
            for dry_run in [true, false] {
                let answer = imported(&database, &actor, &format!("{head}{row}"), dry_run).await.unwrap();
                assert!(!answer.stored);
                assert_eq!((answer.problems[0].line, answer.problems[0].column.as_str()), (2, column), "{row}");
            }
        }
        let good = format!("{head}{},{},tisc,outlet,500106,机构4,023-1\n,机构2,tisc,outlet,500106,新的,1\n,新的,tisc,outlet,500106,更新的,1\n", id(4), id(2));
        let tried = imported(&database, &actor, &good, true).await.unwrap();
        assert!(!tried.stored && tried.problems.is_empty());
        assert_eq!((tried.count(Outcome::Created), tried.count(Outcome::Updated)), (2, 1));
        assert_eq!(entries(&database).await, before, "nothing is written when it is only tried");
        assert!(imported(&database, &actor, &good, false).await.unwrap().stored);
        assert_eq!(entries(&database).await, before + 3, "one for each organisation that changed");
        let again = imported(&database, &Actor::system("test"), &good, false).await.unwrap();
        assert_eq!(again.count(Outcome::Unchanged), 3);
        assert_eq!(entries(&database).await, before + 3);
        let outlet = network.organisation(&id(4), date(2026, 7, 1)).await.unwrap().unwrap();
        assert_eq!(outlet.profile.telephone.as_deref(), Some("023-1"));
        assert!(denied(imported(&database, &person("王", Role::OutletLead, &[4]), &good, true).await));
    })
    .await;
}

#[test]
fn every_act_of_keeping_has_a_name_in_both_languages() {
    let source = [include_str!("keeping.rs"), include_str!("keeping/import.rs")].concat();
    let written: BTreeSet<&str> = source.split('"').filter(|text| text.starts_with("network.")).collect();
    let named: BTreeSet<&str> = LABELS.iter().map(|(code, ..)| *code).collect();
    assert_eq!(written, named);
    assert_eq!(action_label("network.merge", "zh"), Some("合并机构"));
    assert_eq!(action_label("case.accept", "en"), None);
}
