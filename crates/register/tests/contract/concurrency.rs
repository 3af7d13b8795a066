//! Several writers at once, and the end of a process in the middle of writing.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::given::{assert_sound, batch, open, part, right, waiting};
use database::{Database, sqlite_url, testing};
use register::{Checkpoint, Register};

const WRITERS: u32 = 4;
const BATCHES: u32 = 12;
const RIGHTS: u32 = 5;

/// Each writer has a register of its own, as another process would: nothing but the database holds them apart.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reader_of_the_feed_misses_nothing_while_several_write() {
    testing::for_each_backend(|database| async move {
        let first = open(database.clone()).await;
        let over = Arc::new(AtomicBool::new(false));
        let reader = tokio::spawn(follow(first.clone(), Arc::clone(&over)));
        let mut writers = Vec::new();
        for writer in 0..WRITERS {
            writers.push(tokio::spawn(write(open(database.clone()).await, writer)));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        over.store(true, Ordering::SeqCst);
        let seen = reader.await.unwrap();
        let last = first.last_seq().await.unwrap();
        assert_eq!(seen, (1..=last).collect::<Vec<_>>(), "every number once and in order");
        // All writers named one publication: whoever came when, it belongs to the smallest of their applications.
        assert_eq!(first.resolve(&waiting(999)).await.unwrap(), Some(right(1)));
        assert_sound(&first).await;
    })
    .await;
}

async fn write(register: Register, writer: u32) {
    for n in 0..BATCHES {
        let mine = (0..RIGHTS).map(|k| {
            let id = 1 + writer + WRITERS * (n * RIGHTS + k);
            part(&id.to_string(), 1, Some(id), &[id, 999], "mine")
        });
        let shared = part("shared", 1 + n as i8, None, &[999], &format!("version {n}"));
        register.apply(batch(&format!("{writer}.xml"), mine.chain([shared]))).await.unwrap();
    }
}

/// Follows the feed with a cursor that never goes back, until all is written and read.
async fn follow(register: Register, over: Arc<AtomicBool>) -> Vec<i64> {
    let mut seen: Vec<i64> = Vec::new();
    loop {
        let last_round = over.load(Ordering::SeqCst);
        let changes = register.feed(seen.last().copied().unwrap_or(0), 3).await.unwrap();
        if changes.is_empty() && last_round {
            return seen;
        }
        seen.extend(changes.into_iter().map(|change| change.seq));
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

const CHILD_FILE: &str = "REGISTER_TEST_CHILD_FILE";

/// Run as a process of its own by the test below; does nothing otherwise.
#[test]
fn child_that_writes_until_it_is_killed() {
    let Ok(file) = std::env::var(CHILD_FILE) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let register = open(Database::open(&sqlite_url(Path::new(&file))).await.unwrap()).await;
        let done = register.load("endless.xml").await.unwrap().map_or(0, |load| load.checkpoint.record as u32);
        for n in done.. {
            register.apply(numbered(n)).await.unwrap();
        }
    });
}

/// Batch `n` of an endless file: rights, waiting parts that join them one batch later, a checkpoint.
fn numbered(n: u32) -> register::Batch {
    let rights = (0..50).map(|k| 1 + n * 50 + k);
    let parts = rights.flat_map(|id| {
        let text = "long enough to make the write-ahead log grow ".repeat(20);
        [part(&format!("r{id}"), 1, Some(id), &[id], &text), part(&format!("w{id}"), 1, None, &[id + 50], &text)]
    });
    let mut batch = batch("endless.xml", parts);
    let record = u64::from(n) + 1;
    batch.checkpoints = vec![Checkpoint { file: "endless.xml".to_owned(), record, ..Checkpoint::default() }];
    batch
}

#[tokio::test]
async fn killed_in_the_middle_of_writing_the_register_is_whole_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("huizhi.db");
    for round in 0..4 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "concurrency::child_that_writes_until_it_is_killed"])
            .env(CHILD_FILE, &file)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(700 + 130 * round)).await;
        // On Unix this is SIGKILL.
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let database = Database::open(&sqlite_url(&file)).await.unwrap();
    let register = open(database).await;
    assert_sound(&register).await;
    let done = register.load("endless.xml").await.unwrap().expect("some batches were stored").checkpoint.record;
    assert!(done > 1, "only {done} batches were stored");

    // Exactly the batches of the checkpoint are there: the same register as one that was never killed.
    let other = Database::open(&sqlite_url(&folder.path().join("other.db"))).await.unwrap();
    let other = open(other).await;
    for n in 0..done as u32 {
        other.apply(numbered(n)).await.unwrap();
    }
    assert_eq!(register.digest().await.unwrap(), other.digest().await.unwrap());
}
