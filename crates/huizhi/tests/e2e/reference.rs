//! Classification schemes, event codes, and the index built anew.

use std::time::{Duration, Instant};

use crate::place::{Place, demo, demo_copy, fixture, on_each_database};

/// The corner of the scheme around H01M 10/05: 10/052 and 10/0525 lie below it by their dots, 10/06 does not.
const SCHEME: &str = "H01M\t\t电池\nH01M10/00\t0\t二次电池\nH01M10/05\t1\t非水电解质蓄电池\n\
    H01M10/052\t2\t锂蓄电池\nH01M10/0525\t3\t摇椅式电池\nH01M10/056\t2\t按电解质材料区分的\n\
    H01M10/0562\t3\t固体材料\nH01M10/06\t1\t铅酸蓄电池\n";

#[test]
fn a_loaded_scheme_brings_everything_below_a_class() {
    on_each_database(|place| {
        place.ok(&["ingest", &crate::place::demo_file()]);
        let alone = place.ids("ipc==H01M10/05");
        assert_eq!(place.ids("ipc=H01M10/05"), alone, "no scheme, no telling what lies below");
        let below = place.ids("ipc==H01M10/0525 OR ipc==H01M10/0562");
        assert!(!below.is_empty());
        let file = place.write("ipc_2026.tsv", SCHEME);
        let said = place.ok(&["classes", "load", &file, "--scheme", "ipc", "--edition", "2026.01"]);
        assert!(said.contains("ipc 2026.01: 8"), "{said}");
        let with_below = place.ids("ipc=H01M10/05");
        assert_eq!(with_below, below);
        assert_eq!(place.ids("ipc==H01M10/05"), alone, "the place alone is as before");
        assert_eq!(place.total("ipc=H01M10/06"), 0);
        let list = place.json(&["classes", "list"]);
        assert!(list.to_string().contains("2026.01"), "{list}");
        place.ok(&["classes", "load", &file, "--scheme", "ipc", "--edition", "2026.01"]);
        assert_eq!(place.json(&["classes", "list"]), list, "loading again changes nothing");
    });
}

#[test]
fn a_class_is_looked_up_at_once_in_a_scheme_of_full_size() {
    on_each_database(|place| {
        place.ok(&["demo", "--no-serve", "--rights", "20"]);
        let groups = (0..20_000).map(|at| format!("G06F{}/{:02}\t1\t第{at}组\n", at / 50 + 1, at % 50 + 10));
        let file = place.write("large.tsv", groups.collect::<String>());
        place.ok(&["classes", "load", &file, "--scheme", "ipc", "--edition", "1"]);
        let started = Instant::now();
        place.ok(&["search", "ipc=G06F200/20 OR ipc=G06F300/30"]);
        // Reading the scheme once for each of its places took minutes.
        assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    });
}

#[test]
fn a_file_that_is_no_scheme_is_named() {
    let place = Place::new();
    let file = place.write("list.txt", "shopping\nbread\n");
    place.run(&["classes", "load", &file]).fails_with(&["list.txt", "tab-separated"]);
    place.run(&["classes", "load", "nowhere.tsv"]).fails_with(&["nowhere.tsv"]);
}

#[test]
fn event_codes_are_loaded_and_listed() {
    on_each_database(|place| {
        let file = place.write("codes.csv", CODES);
        let said = place.ok(&["codes", "load", &file]);
        assert!(said.contains("2 codes loaded"), "{said}");
        assert!(place.ok(&["codes", "list", "ep"]).contains("PATENT GRANTED"));
        place.run(&["codes", "list", "JP"]).fails_with(&["JP", "huizhi codes load"]);
    });
}

/// The columns of the office's spreadsheet.
const CODES: &str =
    "Authority,Event-code,Description ENG\nEP,GRNT,PATENT GRANTED\nEP,PG25,LAPSED IN A CONTRACTING STATE\n";

#[test]
fn an_index_built_anew_gives_the_same_answers() {
    let place = demo_copy();
    let queries = ["", "石墨烯 电池", "ab=(固态电解质 SEN 抑制枝晶生长)", "ipc=H01M ad>=2015", "类型=商标 nice=9"];
    let before: Vec<_> = queries.map(|query| place.ids(query)).into();
    assert!(place.ok(&["reindex"]).contains("300 rights indexed"));
    for (query, ids) in queries.iter().zip(before) {
        assert_eq!(place.ids(query), ids, "{query}");
    }
    assert_eq!(place.digest(), demo().digest(), "the register is not touched");
}

#[test]
fn the_doctor_says_what_the_folder_holds() {
    let place = demo();
    let text = place.ok(&["doctor", "--check"]);
    assert!(
        text.contains("300 rights") && text.contains("0 feed entries behind") && text.contains("0 differ"),
        "{text}"
    );
    let json = place.json(&["doctor", "--check"]);
    assert_eq!(
        (json["rights"].as_u64(), json["indexed"].as_u64(), json["sound"].as_bool()),
        (Some(300), Some(300), Some(true))
    );
    assert_eq!(place.digest(), place.digest());
    let other = Place::new();
    other.ok(&["ingest", &fixture("cn_patent")]);
    assert_ne!(other.digest(), place.digest());
}

#[test]
fn the_bench_measures_files_and_queries() {
    let place = demo();
    let out = place.ok(&["bench", "ingest", &fixture("cn_patent")]);
    assert!(out.contains("bare XML tokens") && out.contains("whole path committed"), "{out}");
    let queries = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(queries.path(), "# a comment\n电池\n申请人=云岭\n").unwrap();
    let out = place.ok(&["bench", "search", queries.path().to_str().unwrap(), "--rounds", "1"]);
    assert!(out.contains("2 queries") && out.contains("p99"), "{out}");
}
