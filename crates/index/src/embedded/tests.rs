//! The embedded engine keeps the contract of every engine, and some promises of its own.

use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use query::{Field, Leaf, Pattern, Query, Value};
use records::{Date, Right, Status};
use serde_json::json;
use tempfile::TempDir;

use super::{Embedded, Settings, erase_embedded, open_embedded};
use crate::{Document, Index, IndexError, Symbols, contract};

const SETTINGS: Settings = Settings { threads: 1, memory: 15_000_000 };

fn open(folder: &TempDir) -> Embedded {
    open_embedded(folder.path(), SETTINGS).unwrap()
}

/// Runs part of the contract on indexes in folders that live until it is done.
fn with_folders(part: impl Fn(contract::Maker<'_>)) {
    let folders = Mutex::new(Vec::new());
    part(&|| {
        let folder = TempDir::new().unwrap();
        let index = open(&folder);
        folders.lock().unwrap().push(folder);
        Box::new(index)
    });
}

macro_rules! contract {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            with_folders(|make| contract::$name(make));
        })*
    };
}

contract! {
    words runs wildcards boolean near sentences refusals names numbers dates counts classes keywords presence
    orders marks facets explanations wholes sounds name_facets cross_tables families completion likeness replacing committing clearing
}

#[test]
fn random_queries() {
    with_folders(|make| contract::random_queries(make, 12));
}

#[test]
fn random_counts() {
    with_folders(|make| contract::random_counts(make, 4));
}

#[test]
fn random_families() {
    with_folders(|make| contract::random_families(make, 4));
}

fn document(id: &str) -> Document {
    let right: Right = serde_json::from_value(json!({
        "id": id, "right": "invention", "office": "CN", "publications": [], "titles": [{"text": "石墨烯"}],
        "abstracts": [], "claims": [], "applicants": [], "owners": [], "inventors": [], "agents": [], "priorities": [],
        "ipc": [], "cpc": [], "locarno": [], "nice": [], "vienna": [], "citations": [], "related": [], "images": [],
        "events": [], "status": "pending", "facts": [], "sources": [],
    }))
    .unwrap();
    Document::Put { right: Box::new(right), status: Status::Pending }
}

fn today() -> Date {
    Date::constant(2026, 11, 23)
}

#[test]
fn an_index_is_found_again() {
    let folder = TempDir::new().unwrap();
    let index = open(&folder);
    index.add(vec![document("CN-P-1")]).unwrap();
    index.commit(7, today()).unwrap();
    drop(index);
    let index = open(&folder);
    assert_eq!((index.cursor().unwrap(), index.day().unwrap(), index.documents().unwrap()), (7, Some(today()), 1));
}

#[test]
fn what_was_not_committed_is_gone() {
    let folder = TempDir::new().unwrap();
    let index = open(&folder);
    index.add(vec![document("CN-P-1")]).unwrap();
    index.commit(1, today()).unwrap();
    index.add((2..500).map(|at| document(&format!("CN-P-{at}"))).collect()).unwrap();
    drop(index);
    let index = open(&folder);
    assert_eq!((index.cursor().unwrap(), index.documents().unwrap()), (1, 1));
    index.add(vec![document("CN-P-2")]).unwrap();
    index.commit(2, today()).unwrap();
    assert_eq!((index.cursor().unwrap(), index.documents().unwrap()), (2, 2));
}

/// Rights in each commit of the process that is killed.
const EACH: i64 = 50;
const KILLED: &str = "HUIZHI_TEST_KILLED_INDEX";

/// Not a test by itself: what the process does that the next test kills.
#[test]
fn writes_until_killed() {
    let Some(folder) = std::env::var_os(KILLED) else { return };
    let index = open_embedded(std::path::Path::new(&folder), SETTINGS).unwrap();
    for cursor in 1.. {
        let ids = (cursor - 1) * EACH..cursor * EACH;
        index.add(ids.map(|at| document(&format!("CN-P-{at}"))).collect()).unwrap();
        index.commit(cursor, today()).unwrap();
    }
}

#[test]
fn a_killed_writer_leaves_its_last_commit() {
    let folder = TempDir::new().unwrap();
    let index = open(&folder);
    for round in 1..=3 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "embedded::tests::writes_until_killed"])
            .env(KILLED, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let before = index.cursor().unwrap();
        // The writer starts from 1 again, so wait until it is past where the last one was.
        let started = Instant::now();
        while index.cursor().unwrap() < 3 || index.cursor().unwrap() == before {
            assert!(started.elapsed() < Duration::from_mins(1) && writer.try_wait().unwrap().is_none());
            std::thread::sleep(Duration::from_millis(7 * round));
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        let again = open(&folder);
        assert!(again.documents().unwrap() >= (again.cursor().unwrap() * EACH) as u64);
        assert_eq!(again.documents().unwrap() % EACH as u64, 0, "a commit is whole or not there");
        assert_eq!(again.documents().unwrap(), index.documents().unwrap());
        assert_eq!(again.count(&Query::All, &Symbols::new()).unwrap(), again.documents().unwrap());
    }
    index.add(vec![document("CN-P-0")]).unwrap();
    index.commit(1000, today()).unwrap();
    assert_eq!(index.cursor().unwrap(), 1000);
}

#[test]
fn others_read_while_one_writes() {
    let folder = TempDir::new().unwrap();
    let (writer, reader) = (open(&folder), open(&folder));
    writer.add(vec![document("CN-P-1")]).unwrap();
    assert_eq!(reader.documents().unwrap(), 0);
    writer.commit(1, today()).unwrap();
    assert_eq!((reader.documents().unwrap(), reader.cursor().unwrap()), (1, 1));
    reader.add(Vec::new()).unwrap();
    assert!(matches!(reader.add(vec![document("CN-P-2")]), Err(IndexError::Held(_))));
    assert!(matches!(erase_embedded(folder.path()), Err(IndexError::Held(_))));
    writer.settle().unwrap();
    reader.add(vec![document("CN-P-2")]).unwrap();
    reader.commit(2, today()).unwrap();
    assert_eq!((writer.documents().unwrap(), writer.cursor().unwrap()), (2, 2));
}

#[test]
fn many_segments_become_few() {
    let folder = TempDir::new().unwrap();
    let index = open(&folder);
    for at in 0..30 {
        index.add(vec![document(&format!("CN-P-{at}"))]).unwrap();
        index.commit(at, today()).unwrap();
    }
    index.settle().unwrap();
    assert_eq!(index.documents().unwrap(), 30);
    assert_eq!(index.cursor().unwrap(), 29);
    let query = Query::Leaf(Leaf {
        field: Some(Field::Title),
        value: Value::Text(Pattern::Word("石墨烯".to_owned())),
        place: 0..0,
    });
    assert_eq!(index.count(&query, &Symbols::new()).unwrap(), 30);
    let segments = std::fs::read_dir(folder.path()).unwrap().filter_map(Result::ok);
    let segments = segments.filter(|file| file.path().extension().is_some_and(|kind| kind == "term")).count();
    assert!(segments < 12, "{segments} segments");
}

#[test]
fn a_damaged_index_says_how_to_mend_it() {
    let folder = TempDir::new().unwrap();
    let index = open(&folder);
    index.add(vec![document("CN-P-1")]).unwrap();
    index.commit(1, today()).unwrap();
    drop(index);
    let meta = folder.path().join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    let refused = |text: &str| {
        std::fs::write(&meta, text).unwrap();
        match open_embedded(folder.path(), SETTINGS) {
            Err(error @ IndexError::Damaged(_)) => assert!(error.to_string().contains("huizhi reindex"), "{error}"),
            Err(error) => panic!("{error}"),
            Ok(_) => panic!("opened {text}"),
        }
    };
    refused("{");
    refused(&text.replace("\\\"version\\\":3", "\\\"version\\\":999"));
    refused(&text.replace("cursor", "course"));
    refused(&text.replace("\"ti\"", "\"tt\""));
    erase_embedded(folder.path()).unwrap();
    assert_eq!(open(&folder).cursor().unwrap(), 0);
}

#[test]
fn a_folder_that_is_a_file_is_named() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("index");
    std::fs::write(&path, "x").unwrap();
    match open_embedded(&path, SETTINGS) {
        Err(IndexError::Io(message)) => assert!(message.contains("index"), "{message}"),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("opened a file"),
    }
}
