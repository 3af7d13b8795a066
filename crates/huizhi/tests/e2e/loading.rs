//! Office files in, rights out: ingest, report, show, search, export, quarantine, check.

use std::collections::BTreeSet;
use std::fs;

use calamine::Reader as _;
use serde_json::Value;

use crate::place::{Place, demo, demo_file, fixture, fixtures, on_each_database, text_of};

/// Sum of a count over the formats of a report.
pub(crate) fn sum(report: &Value, count: &str) -> u64 {
    report["formats"].as_object().unwrap().values().map(|format| format[count].as_u64().unwrap()).sum()
}

#[test]
fn office_files_of_every_format_become_rights_that_are_found_shown_and_exported() {
    on_each_database(|place| {
        let files = fixtures();
        // The fixtures hold a few records that must be refused.
        let report = place.run(&["ingest", files.to_str().unwrap(), "--json"]).exits(3).json();
        let (records, new) = (sum(&report, "records"), sum(&report, "new"));
        assert!(records > 50 && new > 40, "{report:#}");
        for format in ["cn-patent", "euipo-mark", "docdb", "us-grant", "st96"] {
            assert!(report["formats"].as_object().unwrap().keys().any(|name| name.contains(format)), "{format}");
        }

        let cup = place.json(&["show", "CN201910302430.1"]);
        assert_eq!(cup["id"], "CN-P-201910302430");
        assert_eq!(cup["titles"][0]["text"], "一种不倒的杯子");
        assert!(place.ok(&["show", "CN", "199999901", "B", "--lang", "zh"]).contains("滨海杯业有限公司"));
        assert_eq!(place.ids("申请人=滨海杯业 AND \"不倒的杯\""), ["CN-P-201910302430"]);
        assert!(place.ids("pa=\"滨海杯业\" 类型=商标").iter().all(|id| id.starts_with("CN-T-")));

        let rights = place.total("");
        assert_eq!(place.ids("").len() as u64, rights);
        let digest = place.digest();
        let again = place.run(&["ingest", files.to_str().unwrap(), "--json"]).exits(3).json();
        let (read, kept) = (sum(&again, "parts"), sum(&again, "unchanged"));
        assert_eq!([sum(&again, "new"), sum(&again, "changed"), sum(&again, "withdrawn")], [0, 0, 0], "{again:#}");
        assert_eq!((read, again["rights_changed"].as_u64()), (kept + sum(&again, "older"), Some(0)));
        let run = |lang: &str| place.run(&["ingest", files.to_str().unwrap(), "--lang", lang]).exits(3).out;
        assert!(run("en").contains("zero changes") && run("zh").contains("没有变化"), "{}", run("en"));
        assert_eq!((place.digest(), place.total("")), (digest, rights));
    });
}

#[test]
fn the_order_and_grouping_of_files_make_no_difference() {
    on_each_database(|place| {
        let mut files: Vec<String> = fs::read_dir(fixtures()).unwrap().map(|f| f.unwrap().path()).map(|f| {
            f.to_str().unwrap().to_owned()
        }).collect();
        files.sort();
        files.reverse();
        for file in &files {
            let code = place.run(&["ingest", file]).code;
            assert!(matches!(code, Some(0 | 3)), "{file}");
        }
        let other = Place::new();
        other.run(&["ingest", fixtures().to_str().unwrap()]).exits(3);
        assert_eq!(place.digest(), other.digest());
        assert_eq!(place.ids(""), other.ids(""));
        assert!(place.ok(&["doctor", "--check"]).contains("0 differ"));
    });
}

#[test]
fn a_report_speaks_the_language_asked_for() {
    let place = Place::new();
    let file = fixture("cn_patent/grant.xml");
    let english = place.ok(&["check", &file, "--lang", "en"]);
    assert!(english.contains("completeness") && english.contains("1 records, 1 parts read; 0 refused"), "{english}");
    let chinese = place.ok(&["check", &file, "--lang", "zh"]);
    assert!(chinese.contains("字段完整度") && chinese.contains("读 1 条记录、1 个条目，拒收 0"), "{chinese}");
}

#[test]
fn checking_stores_nothing_and_reports_as_text_json_and_page() {
    let place = Place::new();
    let broken = place.write("broken.xml", BROKEN);
    let page = place.folder().join("report.html");
    let args = ["check", &fixture("cn_patent"), &broken, "--html", page.to_str().unwrap()];
    let run = place.run(&args).exits(3);
    assert!(run.out.contains("refused") && run.out.contains("broken.xml"), "{}", run.out);
    let page = fs::read_to_string(&page).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("broken.xml"));
    assert!(!page.contains("<script") && !page.contains("http"), "the page stands by itself");
    let json = place.run(&[&args[..3], &["--json"]].concat()).exits(3).json();
    assert_eq!(json["refused_total"], 1);
    assert!(sum(&json, "records") >= 4 && sum(&json, "new") == 0);
    assert!(!place.data().exists(), "checking made a data folder");
}

/// An office document that ends in the middle of an element.
const BROKEN: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<business:PatentDocumentAndRelated xmlns:base="http://www.sipo.gov.cn/XMLSchema/base" xmlns:business="http://www.sipo.gov.cn/XMLSchema/business" country="CN" docNumber="199999902" kind="B">
<business:BibliographicData><business:InventionTitle>断了的文件</business:Inv"#;

#[test]
fn a_refused_record_lies_in_quarantine_with_its_place_and_raw_text() {
    on_each_database(|place| {
        assert!(place.run(&["quarantine"]).code != Some(0), "there is no register yet");
        let broken = place.write("in/broken.xml", BROKEN);
        let run = place.run(&["ingest", &broken, &fixture("cn_patent")]).exits(3);
        assert!(run.out.contains("broken.xml") && run.out.contains("1 quarantined"), "{}", run.out);
        assert!(place.total("") >= 4, "the other files are loaded all the same");

        let entries = place.json(&["quarantine"]);
        assert_eq!(entries.as_array().unwrap().len(), 1, "{entries:#}");
        assert!(text_of(&entries[0]["file"]).ends_with("broken.xml"));
        let id = entries[0]["id"].to_string();
        let shown = place.ok(&["quarantine", &id]);
        assert!(shown.contains("断了的文件"), "the raw text: {shown}");
        let raw = text_of(&place.json(&["quarantine", &id])["raw"]);
        assert!(BROKEN.contains(raw.trim()) && raw.contains("断了的文件"), "{raw}");
        assert!(place.ok(&["quarantine"]).contains("broken.xml"));
        let code = text_of(&entries[0]["code"]);
        assert!(place.ok(&["quarantine", "--code", &code, "--lang", "zh"]).contains("broken.xml"));
        assert!(place.ok(&["quarantine", "--code", "other"]).contains("No such record"));
        assert!(place.ok(&["quarantine", "--after", &id]).contains("No such record"));
        place.run(&["quarantine", "999999"]).fails_with(&["no entry 999999", "huizhi quarantine"]);

        // The same file again is the same entry; the mended file takes it out of the way of a second run.
        place.run(&["ingest", &broken]).exits(3);
        assert_eq!(place.json(&["quarantine"]).as_array().unwrap().len(), 1);
    });
}

#[test]
fn files_that_are_no_office_files_are_named_and_nothing_breaks() {
    let place = Place::new();
    place.write("in/empty.xml", "");
    place.write("in/picture.png", [0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0]);
    place.write("in/bomb.xml", BOMB);
    place.write("in/cut.zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00cut short");
    place.write("in/cut.xml.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b]);
    let run = place.run(&["ingest", "in", "no-such-file"]).exits(3);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    for name in ["cut.zip", "cut.xml.gz", "no-such-file"] {
        assert!(run.out.contains(name), "{name} is not named: {}", run.out);
    }
    assert_eq!(place.total(""), 0);
    place.ok(&["doctor", "--check"]);
}

/// An entity bomb in the clothes of a US grant.
const BOMB: &str = r#"<?xml version="1.0"?><!DOCTYPE us-patent-grant [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>
<us-patent-grant><us-bibliographic-data-grant><invention-title>&c;&d;</invention-title></us-bibliographic-data-grant></us-patent-grant>"#;

#[test]
fn exports_hold_every_hit_once_in_all_three_forms() {
    let place = demo();
    let wanted: BTreeSet<String> = place.ids("类型=发明").into_iter().collect();
    assert_eq!(wanted.len() as u64, place.total("类型=发明"));

    let csv = place.ok(&["export", "类型=发明", "--lang", "zh"]);
    let mut csv = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(&csv.headers().unwrap()[0], "标识");
    let ids: Vec<String> = csv.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert_eq!((ids.len(), ids.into_iter().collect::<BTreeSet<_>>()), (wanted.len(), wanted.clone()));

    let out = tempfile::tempdir().unwrap();
    let book = out.path().join("rights.xlsx");
    place.ok(&["export", "类型=发明", "--format", "xlsx", "--output", book.to_str().unwrap()]);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(book).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let column: Vec<String> = sheet.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(column[0], "id");
    assert_eq!(column[1..].iter().cloned().collect::<BTreeSet<_>>(), wanted);
    assert_eq!(column.len(), wanted.len() + 1);
}

#[test]
fn headings_and_labels_of_exports_and_tables_follow_the_language() {
    let place = demo();
    let english = place.ok(&["export", "right=design", "--lang", "en"]);
    assert!(english.starts_with("\u{feff}id,right,office,number"), "{english}");
    assert!(!english.contains("外观设计,"), "labels are in English");
    let chinese = place.ok(&["export", "right=design", "--lang", "zh"]);
    assert!(chinese.starts_with("\u{feff}标识,类型"), "{chinese}");
    let table = place.ok(&["search", "right=design status=in-force", "--fields", "id,right,status", "--lang", "en"]);
    assert!(table.contains("In force") && !table.contains("有效"), "{table}");
    let table = place.ok(&["search", "right=design status=in-force", "--fields", "标识,类型,状态", "--lang", "zh"]);
    assert!(table.contains("有效") && table.contains("外观设计"), "{table}");
}

#[test]
fn a_failed_export_leaves_the_file_that_was_there() {
    let place = demo();
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("rights.csv");
    fs::write(&file, "last week's export").unwrap();
    place.run(&["export", "ad=[2020 TO", "--output", file.to_str().unwrap()]).exits(1);
    assert_eq!(fs::read_to_string(&file).unwrap(), "last week's export");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1, "no half file stays behind");
    let missing = out.path().join("no/such/folder.csv");
    place.run(&["export", "", "--output", missing.to_str().unwrap()]).fails_with(&["cannot write", "folder.csv"]);
}

#[test]
fn archives_in_archives_give_the_same_register_as_the_bare_file() {
    let place = Place::new();
    let file = fs::read(demo_file()).unwrap();
    let inner = zipped("demonstration.parts.jsonl", &file);
    place.write("outer.zip", zipped("week/inner.zip", &inner));
    place.ok(&["ingest", "outer.zip"]);
    assert_eq!(place.digest(), demo().digest());
}

fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}
