//! The main job on the real office files: `HUIZHI_REAL_DATA`, by default `../shared/data` beside the project.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::loading::sum;
use crate::place::{Place, demo, on_each_database, text_of};

/// The folder of real office files, or `None` with a message when it is not there.
fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("HUIZHI_REAL_DATA").map_or(beside, PathBuf::from);
    if folder.join("euipo").is_dir() {
        return folder.canonicalize().ok();
    }
    eprintln!("{} holds no real office files: not tested on them", folder.display());
    None
}

fn paths(data: &Path, folders: &[&str]) -> Vec<String> {
    folders.iter().map(|folder| data.join(folder).to_str().unwrap().to_owned()).collect()
}

fn ingest(place: &Place, files: &[String]) -> Value {
    let args: Vec<&str> = ["ingest", "--json"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let run = place.run(&args);
    let report = run.json();
    // A record is refused with its reason, place and exit code, or nothing is refused.
    let refused = report["refused"].as_array().unwrap();
    assert_eq!(run.code, Some(if refused.is_empty() { 0 } else { 3 }), "{}", run.err);
    for entry in refused {
        assert!(!text_of(&entry["message"]).is_empty() && !text_of(&entry["file"]).is_empty());
        eprintln!("refused: {entry}");
    }
    report
}

#[test]
fn the_files_of_four_offices_become_rights_that_are_shown_and_found() {
    let Some(data) = real_data() else { return };
    let files = paths(&data, &["euipo", "uspto", "epo", "cn"]);
    let place = Place::new();
    let report = ingest(&place, &files);
    let count = |format: &str, what: &str| report["formats"][format][what].as_u64().unwrap();
    assert_eq!(count("euipo-mark", "new"), 523);
    assert_eq!((count("euipo-design", "new"), count("euipo-design", "withdrawn")), (273, 1));
    assert_eq!(place.total("office=EM right=trademark"), 523);
    assert_eq!(place.total("office=EM right=design"), 273);
    assert!(place.total("office=US right=design") >= 32);
    // Every record yields a part or is refused with a reason: nothing is dropped silently.
    for (name, format) in report["formats"].as_object().unwrap() {
        let map = |what: &str| format[what].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>();
        let accounted = format["parts"].as_u64().unwrap() + map("quarantined") + map("passed_over");
        assert!(accounted >= format["records"].as_u64().unwrap(), "{name}: {format:#}");
    }
    for (format, least) in
        [("us-grant", 40), ("us-application", 5), ("us-application-pap", 3), ("us-grant-st32", 4), ("us-grant-aps", 2), ("ep-fulltext", 20), ("docdb", 10), ("ops", 30), ("cn-patent", 3)]
    {
        assert!(count(format, "parts") >= least, "{format}: {}", report["formats"][format]);
    }

    assert_eq!(place.json(&["show", "CN201910302430.1"])["id"], "CN-P-201910302430");
    let grant = place.json(&["show", "US 8,926,509"]);
    assert_eq!((text_of(&grant["office"]).as_str(), &grant["registration_number"]), ("US", &"8926509".into()));
    let marks = place.json(&["search", "office=EM right=trademark", "--limit", "3", "--sort", "filed"]);
    for hit in marks["hits"].as_array().unwrap() {
        let number = text_of(&hit["right"]["application_number"]);
        assert_eq!(place.json(&["show", &number])["id"], hit["right"]["id"], "{number}");
    }
    assert!(place.ids("申请人=武汉大学 OR pa=hmicro").contains(&"CN-P-201910302430".to_owned()));
    assert!(place.ids("pa=hmicro").contains(&text_of(&grant["id"])));
    assert_eq!(place.ids("CN110083831A"), ["CN-P-201910302430"]);
    assert!(place.total("nice=9 office=EM") > 50 && place.total("locarno=14 OR locarno=02") > 0);

    let digest = place.digest();
    let again = ingest(&place, &files);
    assert_eq!([sum(&again, "new"), sum(&again, "changed"), sum(&again, "withdrawn")], [0, 0, 0], "{again:#}");
    assert_eq!((place.digest(), again["rights_changed"].as_u64()), (digest, Some(0)));
}

#[test]
fn killed_in_the_middle_of_real_files_ends_in_the_identical_register() {
    let Some(data) = real_data() else { return };
    let files = paths(&data, &["uspto", "epo", "cn/patents"]);
    let undisturbed = Place::new();
    ingest(&undisturbed, &files);
    on_each_database(|place| {
        let args: Vec<&str> = std::iter::once("ingest").chain(files.iter().map(String::as_str)).collect();
        for parts in [0, 60] {
            let mut writer = place.start(&args);
            crate::interrupted::passes(&mut writer, place, parts);
            writer.kill().unwrap();
            writer.wait().unwrap();
        }
        ingest(place, &files);
        assert_eq!(place.digest(), undisturbed.digest());
        assert_eq!(place.ids(""), undisturbed.ids(""));
    });
}

#[test]
fn the_full_scheme_orders_classes_in_both_languages() {
    let Some(data) = real_data() else { return };
    let place = Place::new();
    place.ok(&["ingest", &crate::place::demo_file()]);
    let file = data.join("classification/ipc_zh_2026.tsv");
    place.ok(&["classes", "load", file.to_str().unwrap(), "--scheme", "ipc", "--edition", "2026.01"]);
    let places = place.json(&["classes", "list"]);
    assert!(places.to_string().contains("2026.01"), "{places}");
    let below = place.ids("ipc=H01M10/05");
    let deep = demo().ids("ipc==H01M10/0525 OR ipc==H01M10/0562");
    assert!(!deep.is_empty() && deep.iter().all(|id| below.contains(id)));
    let codes = data.join("epo/legal_code_descriptions_202417.xlsx");
    assert!(place.ok(&["codes", "load", codes.to_str().unwrap()]).contains("codes loaded"));
    assert!(place.ok(&["codes", "list", "EP"]).contains("PG25"));
}
