//! The law of the register: the same parts in any order, grouping and repetition make the same register.

use crate::given::{assert_sound, batch, open, part, withdrawal};
use database::{Database, sqlite_url, testing};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use records::Part;

/// Parts over few keys, applications and publications, so that they meet: grants and applications that link
/// publications, waiting parts, later versions that name others, withdrawals.
fn a_part() -> impl Strategy<Value = Part> {
    let names = proptest::option::of(1_u32..4);
    let publications = proptest::collection::vec(1_u32..5, 0..3);
    (0_u8..8, 1_i8..4, names, publications, 0_u8..3, proptest::bool::weighted(0.2)).prop_map(
        |(key, day, names, mut publications, title, withdrawn)| {
            if names.is_none() && publications.is_empty() {
                publications.push(1);
            }
            let part = part(&key.to_string(), day, names, &publications, &title.to_string());
            if withdrawn { withdrawal(&part, day) } else { part }
        },
    )
}

/// A set of parts and another order of it, some of them twice, cut into batches.
fn deliveries() -> impl Strategy<Value = (Vec<Part>, Vec<Vec<Part>>)> {
    proptest::collection::vec(a_part(), 1..16).prop_flat_map(|parts| {
        let repeated: Vec<Part> = parts.iter().chain(parts.iter().take(4)).cloned().collect();
        let length = repeated.len();
        let other = (Just(repeated).prop_shuffle(), proptest::collection::vec(any::<bool>(), length));
        (Just(parts), other.prop_map(|(parts, cuts)| cut(parts, &cuts)))
    })
}

fn cut(parts: Vec<Part>, cuts: &[bool]) -> Vec<Vec<Part>> {
    let mut batches = vec![Vec::new()];
    for (part, &cut) in parts.into_iter().zip(cuts) {
        if cut {
            batches.push(Vec::new());
        }
        batches.last_mut().unwrap().push(part);
    }
    batches
}

/// Digest after these batches; also that the register is sound and every old id answers as it should.
async fn after(database: Database, batches: Vec<Vec<Part>>) -> (String, Vec<String>) {
    let register = open(database).await;
    for (n, parts) in batches.into_iter().enumerate() {
        register.apply(batch(&format!("{n}.xml"), parts)).await.unwrap();
    }
    assert_sound(&register).await;
    let mut answers = Vec::new();
    for n in 1..5 {
        let id = register.right(&crate::given::waiting(n)).await.unwrap().map(|right| right.id);
        assert_eq!(id, register.resolve(&crate::given::waiting(n)).await.unwrap());
        answers.push(format!("{id:?}"));
    }
    (register.digest().await.unwrap(), answers)
}

fn law(cases: u32, fresh: impl Fn(&tokio::runtime::Runtime) -> (Database, Box<dyn FnOnce()>)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&deliveries(), |(parts, batches)| {
            let run = |batches| {
                let (database, cleanup) = fresh(&runtime);
                let outcome = runtime.block_on(after(database.clone(), batches));
                runtime.block_on(database.close());
                cleanup();
                outcome
            };
            prop_assert_eq!(run(vec![parts]), run(batches));
            Ok(())
        })
        .unwrap();
}

#[test]
fn order_grouping_and_repetition_make_no_difference_on_sqlite() {
    law(60, |runtime| {
        let folder = tempfile::tempdir().unwrap();
        let address = sqlite_url(&folder.path().join("huizhi.db"));
        (runtime.block_on(Database::open(&address)).unwrap(), Box::new(move || drop(folder)))
    });
}

#[test]
fn order_grouping_and_repetition_make_no_difference_on_postgresql() {
    let Ok(server) = std::env::var("HUIZHI_TEST_POSTGRES") else {
        eprintln!("HUIZHI_TEST_POSTGRES is not set: not tested on PostgreSQL");
        return;
    };
    law(12, |runtime| {
        let schema = runtime.block_on(testing::PostgresSchema::make(&server));
        let database = runtime.block_on(Database::open(&schema.address())).unwrap();
        let handle = runtime.handle().clone();
        (database, Box::new(move || handle.block_on(schema.remove())))
    });
}

#[tokio::test]
async fn the_digest_tells_different_registers_apart() {
    testing::for_each_backend(|database| async move {
        let register = open(database).await;
        let mut seen = std::collections::BTreeSet::from([register.digest().await.unwrap()]);
        for n in 1..5 {
            crate::given::give(&register, [part(&n.to_string(), 1, Some(n), &[n], "t")]).await;
            assert!(seen.insert(register.digest().await.unwrap()));
        }
    })
    .await;
}
