use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use jiff::civil::date;

use super::*;

fn code(text: &str) -> RegionCode {
    text.parse().unwrap()
}

#[test]
fn names_and_codes_hold_for_a_time() {
    let named = |text, day| division_on(&code(text), day).map(|region| region.name.as_str());
    assert_eq!(named("500000", date(1990, 1, 1)), None);
    assert_eq!(named("510200", date(1990, 1, 1)), Some("重庆市"));
    assert_eq!(named("500000", date(2024, 1, 1)), Some("重庆市"));
    assert_eq!(named("510200", date(2024, 1, 1)), None);
    assert_eq!(named("420600", date(2009, 1, 1)), Some("襄樊市"));
    assert_eq!(named("420600", date(2012, 1, 1)), Some("襄阳市"));
    assert_eq!(named("371200", date(2018, 12, 25)), Some("莱芜市"));
    assert_eq!(named("371200", date(2018, 12, 26)), None, "joined to Jinan on that day");
}

#[test]
fn the_numbers_of_divisions_are_those_of_the_yearbook() {
    assert_eq!(planned_provinces(date(2024, 6, 1)).count(), 31);
    assert_eq!(provinces(date(2024, 6, 1)).count(), 34);
    assert_eq!(prefectures(date(2012, 6, 1)).count(), 333);
    assert_eq!(prefectures(date(2024, 6, 1)).count(), 333);
    assert_eq!(planned_provinces(date(1990, 6, 1)).count(), 30);
}

#[test]
fn the_digits_tell_level_and_place() {
    assert_eq!(code("000000").level(), RegionLevel::Nation);
    assert_eq!(code("500000").level(), RegionLevel::Province);
    assert_eq!(code("320100").level(), RegionLevel::Prefecture);
    assert_eq!(code("110108").level(), RegionLevel::County);
    assert_eq!(code("100000").prefix(), "10");
    assert!(code("000000").contains(&code("659001")));
    assert!(code("320000").contains(&code("320100")) && !code("320100").contains(&code("320000")));
    assert_eq!(code("320100").range(), ("320100".to_owned(), "320199".to_owned()));
    assert_eq!(code("110108").prefecture(), Some(code("110100")));
    for bad in ["", "50", "50000a", "500001", "010000x", "００００００", "001200"] {
        assert!(bad.parse::<RegionCode>().is_err(), "{bad}");
    }
}

#[test]
fn no_code_has_two_names_on_one_day() {
    for pair in divisions().windows(2) {
        assert!(pair[0].code <= pair[1].code, "in order: {pair:?}");
        if pair[0].code == pair[1].code {
            assert!(pair[0].to.is_some() && pair[0].to <= pair[1].from, "{pair:?}");
        }
        assert!(pair[0].from.is_none() || pair[0].to.is_none() || pair[0].from < pair[0].to, "{pair:?}");
    }
}

/// Against the editions themselves, where they are at hand.
#[test]
fn every_edition_is_told_as_it_was_printed() {
    let Ok(folder) = std::env::var("HUIZHI_REAL_DATA") else {
        eprintln!("HUIZHI_REAL_DATA is not set: the editions are not compared");
        return;
    };
    let path = PathBuf::from(folder).join("classification/gb2260_all_revisions.csv.gz");
    let out = Command::new("gunzip").arg("-c").arg(&path).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    let mut editions: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let group = ["市辖区", "县", "省直辖", "自治区直辖"].iter().any(|word| cells[2].starts_with(word));
        if cells[1].ends_with("00") && !group {
            editions.entry(cells[0]).or_default().insert((cells[1], cells[2]));
        }
    }
    assert_eq!(editions.len(), 82);
    for (edition, printed) in editions {
        let day = date(edition[..4].parse().unwrap(), edition[4..].parse().unwrap(), 1).last_of_month();
        let told: BTreeSet<(&str, &str)> =
            divisions().iter().filter(|r| r.holds_on(day)).map(|r| (r.code.as_str(), r.name.as_str())).collect();
        // Left out or miswritten by some editions, or dated better than by them.
        let known = ["340000", "340100", "371200", "371700", "460400", "710000", "810000", "820000"];
        let differ: Vec<_> = told.symmetric_difference(&printed).filter(|(code, _)| !known.contains(code)).collect();
        assert!(differ.is_empty(), "{edition}: {differ:?}");
    }
}
