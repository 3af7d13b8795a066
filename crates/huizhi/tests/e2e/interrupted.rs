//! A writer that is killed at any moment: what it stored stays, the next run ends where an undisturbed one ends.

use std::process::Child;
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::place::{Place, demo_copy, demo_file, on_each_database, scratch};

/// A file of parts that is stored in several batches: 8,300 small records (a batch has at most 4,096).
fn long_file() -> String {
    static FILE: OnceLock<String> = OnceLock::new();
    FILE.get_or_init(|| {
        let file = scratch("long.parts.jsonl");
        let all = Place::new().ok(&["demo", "--rights", "13000", "--write", "-"]);
        let small = all.lines().enumerate().filter(|(at, line)| *at == 0 || line.len() < 1_200);
        let text: String = small.take(RECORDS + 1).flat_map(|(_, line)| [line, "\n"]).collect();
        std::fs::write(&file, text).unwrap();
        file
    })
    .clone()
}

const RECORDS: usize = 8_300;

/// Parts stored so far, as another process sees them; 0 before there is a register.
fn stored(place: &Place) -> u64 {
    let run = place.run(&["doctor", "--json"]);
    if run.code != Some(0) {
        return 0;
    }
    run.json()["stats"]["sources"].as_array().unwrap().iter().map(|s| s["parts"].as_u64().unwrap()).sum()
}

/// Waits until more than `parts` are stored; whether the writer still runs then.
pub(crate) fn passes(writer: &mut Child, place: &Place, parts: u64) -> bool {
    let started = Instant::now();
    while stored(place) <= parts {
        assert!(started.elapsed() < Duration::from_mins(2), "nothing more is stored");
        if writer.try_wait().unwrap().is_some() {
            return false;
        }
        sleep(Duration::from_millis(20));
    }
    writer.try_wait().unwrap().is_none()
}

#[test]
fn killed_again_and_again_ends_in_the_identical_register() {
    let undisturbed = Place::new();
    undisturbed.ok(&["ingest", &long_file()]);
    on_each_database(|place| {
        let mut killed = 0;
        for _ in 0..2 {
            let before = stored(place);
            let mut writer = place.start(&["ingest", &long_file()]);
            if passes(&mut writer, place, before) {
                killed += 1;
            }
            // SIGKILL: no handler runs.
            writer.kill().unwrap();
            writer.wait().unwrap();
        }
        assert!(place.ok(&["doctor", "--check"]).contains("0 differ"));
        assert!(killed > 0, "the writer was always done before it could be killed");
        let before = stored(place);
        assert!(before > 0);
        let report = place.json(&["ingest", &long_file()]);
        let read = crate::loading::sum(&report, "records");
        // A writer that was killed after its last batch had nothing left to go on with: then all is read again.
        if before < stored(&undisturbed) {
            assert!(read < RECORDS as u64, "the run goes on behind what was stored, it read {read}");
        }
        assert_eq!(place.digest(), undisturbed.digest());
        for query in ["", "类型=商标 状态=有效", "\"演示\""] {
            assert_eq!(place.total(query), undisturbed.total(query), "{query}");
        }
        assert_eq!(place.ids("类型=商标 nice=9"), undisturbed.ids("类型=商标 nice=9"));
    });
}

#[test]
fn killed_while_the_index_is_built_anew_is_mended_by_the_next_search() {
    let place = demo_copy();
    let wanted = place.ids("电池");
    for wait in [30, 150, 400] {
        let mut writer = place.start(&["reindex"]);
        sleep(Duration::from_millis(wait));
        writer.kill().unwrap();
        writer.wait().unwrap();
        assert_eq!(place.ids("电池"), wanted, "killed after {wait} ms");
    }
}

#[test]
fn a_killed_first_run_leaves_nothing_that_hinders_the_next() {
    for wait in [5, 60, 250] {
        let place = Place::new();
        let mut writer = place.start(&["ingest", &demo_file()]);
        sleep(Duration::from_millis(wait));
        writer.kill().unwrap();
        writer.wait().unwrap();
        place.ok(&["ingest", &demo_file()]);
        assert_eq!(place.digest(), crate::place::demo().digest(), "killed after {wait} ms");
    }
}
