//! Any text as a mapping; one that is accepted reads a table without panic.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use sources::table::Mapping;
use sources::{Settings, read_paths};

fuzz_target!(|input: (&str, &[u8])| {
    let (toml, table) = input;
    let Ok(mapping) = Mapping::from_toml(toml) else { return };
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, table).expect("the file");
    let settings = Settings { mappings: vec![Arc::new(mapping)], ..fuzz::settings() };
    read_paths(&[path], &settings, &mut fuzz::Everything::default());
});
