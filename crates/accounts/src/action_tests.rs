use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// Codes of acts as the sources of this crate write them, without those of the network ([`crate::keeping`]).
fn written() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut codes = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with("_tests.rs") || ["action.rs", "keeping.rs", "testing.rs"].contains(&name.as_str()) {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for before in ["entry(\"", "action: \"", "(\"role."] {
            for (at, _) in source.match_indices(before) {
                let code = &source[at..].split('"').nth(1).unwrap();
                codes.insert((*code).to_owned());
            }
        }
    }
    codes
}

#[test]
fn every_act_has_a_name_in_both_languages_and_no_name_is_left_over() {
    let named: BTreeSet<String> = LABELS.iter().map(|(code, _, _)| (*code).to_owned()).collect();
    assert_eq!(named, written());
    assert_eq!(named.len(), LABELS.len());
    assert_eq!(action_label("session.begin", "zh"), Some("登录"));
    assert_eq!(action_label("case.accept", "en"), None);
}
