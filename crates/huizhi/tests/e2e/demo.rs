//! The demonstration: the same everywhere, marked as made up, and quick.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use figures::{Limits, Pictures, Size};
use records::Right;

use crate::place::{DEMO, Place, demo_file, text_of};

#[test]
fn the_demonstration_is_the_same_everywhere_and_walks_through_five_searches() {
    let started = Instant::now();
    let (here, there) = (Place::new(), Place::new());
    let rights = DEMO.to_string();
    let said = here.ok(&["demo", "--no-serve", "--rights", &rights, "--lang", "zh"]);
    there.ok(&["ingest", &demo_file()]);
    assert_eq!(here.digest(), there.digest(), "the demonstration goes the ordinary way");
    assert_eq!(here.total(""), DEMO);
    assert_eq!(said.matches("$ huizhi search").count(), 5);
    let english = there.ok(&["demo", "--no-serve", "--rights", &rights, "--lang", "en"]);
    assert!(english.contains("zero changes"), "a second demonstration adds nothing: {english}");
    let mut rows = english.lines().filter(|line| line.contains(" XX-"));
    assert!(english.contains("In force") && rows.all(|row| !row.contains("有效")), "labels follow: {english}");
    let marked = here.json(&["search", "", "--limit", "300"]);
    for hit in marked["hits"].as_array().unwrap() {
        let right = &hit["right"];
        assert!(text_of(&right["id"]).starts_with("XX-"), "an office code that no office uses");
        assert!(right["facts"].to_string().contains("Demonstration data"), "marked as made up: {right}");
    }
    // Two networks with their cases are made, each act a transaction of its own: minutes at most, even unoptimised and on a busy machine.
    assert!(started.elapsed() < Duration::from_mins(5), "{:?}", started.elapsed());
}

#[test]
fn each_search_of_the_demonstration_finds_something() {
    let place = Place::new();
    let said = place.ok(&["demo", "--no-serve", "--rights", "600", "--lang", "en"]);
    let queries: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("$ huizhi search '")?.strip_suffix('\'')).collect();
    assert_eq!(queries.len(), 5);
    for query in queries {
        assert!(place.total(query) > 0, "{query}");
    }
}

#[test]
fn the_set_can_be_written_and_loaded_later() {
    let place = Place::new();
    let file = place.folder().join("set.jsonl");
    place.ok(&["demo", "--rights", "20", "--write", file.to_str().unwrap()]);
    assert!(!place.data().exists(), "writing loads nothing");
    assert_eq!(place.ok(&["demo", "--rights", "20", "--write", "-"]), std::fs::read_to_string(&file).unwrap());
    place.ok(&["ingest", file.to_str().unwrap()]);
    assert_eq!(place.total(""), 20);
}

#[test]
fn pictures_and_original_records_of_the_demonstration_open_afterwards() {
    let place = Place::new();
    place.ok(&["demo", "--no-serve", "--rights", "120"]);
    let exported = place.ok(&["export", "", "--format", "jsonl"]);
    let rights: Vec<Right> = exported.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rights.len(), 120);
    let pictures = Pictures::new(place.data().join("pictures"), Limits::default());
    let (mut seen, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for right in &rights {
        for source in &right.sources {
            let record = sources::raw_record(&source.file, source.position).unwrap();
            let parts = record.read().parts;
            assert!(parts.iter().all(|part| part.subject.id().as_ref() == Some(&right.id)), "{source:?}");
        }
        for (index, image) in right.images.iter().enumerate().filter(|(_, image)| seen.insert(image.file.clone())) {
            let served =
                pictures.get(right, index, Size::Thumb).unwrap_or_else(|error| panic!("{}: {error}", right.id));
            assert_eq!(served.media_type, "image/png", "{}", image.file);
            kinds.insert((image.kind, image.file.rsplit('.').next().unwrap().to_owned()));
        }
    }
    assert!(kinds.iter().any(|(_, ending)| ending == "tif") && kinds.len() >= 4, "{kinds:?}");
}

#[test]
fn the_demonstration_brings_classes_that_give_way_to_those_of_an_office() {
    let place = Place::new();
    place.ok(&["demo", "--no-serve", "--rights", "300"]);
    let list = place.json(&["classes", "list"]);
    let loaded: BTreeSet<&str> = list.as_array().unwrap().iter().map(|scheme| scheme[0].as_str().unwrap()).collect();
    assert_eq!(loaded, BTreeSet::from(["ipc", "locarno", "nice", "vienna"]));
    let below = place.ids("ipc=H01M10/05");
    assert_eq!(below, place.ids("ipc==H01M10/0525 OR ipc==H01M10/0562"));
    // In this edition nothing lies below.
    let file = place.write("office.tsv", "H01M\t\t电池\nH01M10/00\t0\t二次电池\nH01M10/05\t1\t非水电解质蓄电池\n");
    place.ok(&["classes", "load", &file, "--scheme", "ipc", "--edition", "2016"]);
    assert!(!below.is_empty());
    assert_eq!(place.ids("ipc=H01M10/05"), Vec::<String>::new());
    place.ok(&["demo", "--no-serve", "--rights", "300"]);
    assert!(place.ids("ipc=H01M10/05").is_empty(), "a second demonstration leaves the office's edition first");
}
