//! The ready mappings and their documentation.

use std::collections::BTreeSet;

use sources::table::{Mapping, TEXTS, ready};

use crate::reading::{read_with, with_mapping};

#[test]
fn every_ready_mapping_can_be_read_and_has_names_of_its_own() {
    for text in TEXTS {
        Mapping::from_toml(text).expect("a ready mapping");
    }
    let names: BTreeSet<_> = ready().iter().map(|mapping| mapping.name.as_str()).collect();
    assert_eq!(names.len(), TEXTS.len());
    assert!(ready().iter().all(|mapping| !mapping.chinese.is_empty() && !mapping.english.is_empty()));
}

#[test]
fn the_documentation_names_every_ready_mapping_and_every_field() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mappings.md");
    let docs = std::fs::read_to_string(docs).expect("docs/mappings.md");
    for mapping in ready() {
        assert!(docs.contains(&format!("`{}`", mapping.name)), "docs/mappings.md lacks {}", mapping.name);
    }
    for field in documented_fields() {
        assert!(docs.contains(&format!("`{field}`")), "docs/mappings.md lacks the field {field}");
    }
}

/// Every field that a ready mapping uses.
fn documented_fields() -> BTreeSet<String> {
    let lines = TEXTS.iter().flat_map(|text| text.lines());
    let fields = lines.filter_map(|line| line.strip_prefix("field = \"")?.strip_suffix('"'));
    fields.filter(|field| !field.starts_with("fact:")).map(str::to_owned).collect()
}

#[test]
fn the_example_in_the_documentation_works() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mappings.md");
    let docs = std::fs::read_to_string(docs).expect("docs/mappings.md");
    let example = docs.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let table = docs.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a table");
    let mapping = Mapping::from_toml(example).expect("the mapping");
    let reading = read_with("mine.csv", table.as_bytes(), &with_mapping(mapping));
    assert_eq!((reading.refused(), reading.codes()), (0, vec![]));
    assert!(reading.parts().count() > 0);
}

#[test]
fn a_mapping_of_ones_own_is_tried_before_the_ready_ones() {
    let mapping = "name = 'mine'\noffice = 'CN'\nright = 'trademark'\nrecognise = [['申请/注册号']]\n\
                   [[column]]\nnames = ['申请/注册号']\nfield = 'application'\n";
    let text = "申请/注册号,国际分类,商标名称\n99649811,9,甲\n";
    let reading = read_with("a.csv", text.as_bytes(), &with_mapping(Mapping::from_toml(mapping).expect("a mapping")));
    assert_eq!(reading.parts().next().expect("a part").key.as_str(), "mine:CN-T-99649811");
}
