//! The demonstration: the same everywhere, marked as made up, and quick.

use std::time::{Duration, Instant};

use crate::place::{DEMO, Place, demo_file, text_of};

#[test]
fn the_demonstration_is_the_same_everywhere_and_walks_through_five_searches() {
    let started = Instant::now();
    let (here, there) = (Place::new(), Place::new());
    let rights = DEMO.to_string();
    let said = here.ok(&["demo", "--rights", &rights, "--lang", "zh"]);
    there.ok(&["ingest", &demo_file()]);
    assert_eq!(here.digest(), there.digest(), "the demonstration goes the ordinary way");
    assert_eq!(here.total(""), DEMO);
    assert_eq!(said.matches("$ huizhi search").count(), 5);
    let english = there.ok(&["demo", "--rights", &rights, "--lang", "en"]);
    assert!(english.contains("zero changes"), "a second demonstration adds nothing: {english}");
    assert!(english.contains("In force") && !english.contains("有效 "), "labels follow the language: {english}");
    let marked = here.json(&["search", "", "--limit", "300"]);
    for hit in marked["hits"].as_array().unwrap() {
        let right = &hit["right"];
        assert!(text_of(&right["id"]).starts_with("XX-"), "an office code that no office uses");
        assert!(right["facts"].to_string().contains("Demonstration data"), "marked as made up: {right}");
    }
    // Seconds, even unoptimised and on a busy machine.
    assert!(started.elapsed() < Duration::from_secs(90), "{:?}", started.elapsed());
}

#[test]
fn each_search_of_the_demonstration_finds_something() {
    let place = Place::new();
    let said = place.ok(&["demo", "--rights", "600", "--lang", "en"]);
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
