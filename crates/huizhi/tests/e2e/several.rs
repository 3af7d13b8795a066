//! Several processes on one data folder.

use std::fs::File;

use crate::place::{DEMO, Place, demo, demo_copy, demo_file, on_each_database};

#[test]
fn a_second_writer_is_told_that_the_folder_is_held() {
    let place = demo_copy();
    // This test process is the other one.
    let other = File::options().append(true).open(place.data().join("lock")).unwrap();
    other.try_lock().unwrap();
    for args in [&["ingest", &demo_file()][..], &["demo", "--no-serve", "--rights", "5"], &["reindex"]] {
        place.run(args).fails_with(&["held by another process", "huizhi-data"]);
    }
    other.unlock().unwrap();
    place.ok(&["ingest", &demo_file()]);
}

#[test]
fn readers_answer_while_another_process_writes() {
    let place = demo_copy();
    let other = File::options().append(true).open(place.data().join("lock")).unwrap();
    other.try_lock().unwrap();
    assert_eq!(place.ids("电池"), demo().ids("电池"));
    assert_eq!(place.digest(), demo().digest());
    place.ok(&["quarantine"]);
    let id = demo().ids("类型=商标").remove(0);
    assert_eq!(place.json(&["show", &id])["id"], id.as_str());
}

#[test]
fn readers_see_a_whole_register_at_every_moment_of_a_load() {
    on_each_database(|place| {
        place.ok(&["ingest", &demo_file()]);
        place.write("more.parts.jsonl", place.ok(&["demo", "--no-serve", "--rights", "1500", "--write", "-"]));
        let mut writer = place.start(&["ingest", "more.parts.jsonl"]);
        let mut rounds = 0;
        while writer.try_wait().unwrap().is_none() {
            let found = place.json(&["search", "", "--limit", "1"]);
            assert!(found["total"].as_u64().unwrap() >= DEMO);
            assert_eq!(found["hits"].as_array().unwrap().len(), 1);
            rounds += 1;
        }
        assert!(rounds > 0 && writer.wait().unwrap().success());
        assert_eq!(place.total(""), 1500);
    });
}

#[test]
fn many_readers_at_once_each_get_the_answer() {
    let place = demo();
    let wanted = place.ids("ti=电池");
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| assert_eq!(place.ids("ti=电池"), wanted));
        }
    });
}

#[test]
fn a_folder_without_a_register_says_how_to_begin() {
    let place = Place::new();
    for args in
        [&["search", "电池"][..], &["show", "CN1"], &["export", ""], &["doctor"], &["quarantine"], &["classes", "list"]]
    {
        place.run(args).fails_with(&["huizhi-data", "huizhi ingest", "huizhi demo"]);
    }
    assert!(!place.data().exists(), "asking makes no data folder");
}
