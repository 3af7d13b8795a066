//! Whatever becomes of a file on its way: nothing panics and no record is lost in silence.

use std::path::Path;

use proptest::prelude::*;

use crate::reading::read_bytes;

const FILES: [&str; 11] = [
    "cn_patent/grant.xml",
    "cn_patent/utility-model.xml",
    "cn_patent/design.xml",
    "cn_patent/foreign.xml",
    "cn_legal/events.xml",
    "cn_old/document.xml",
    "cn_trademark/CN00000099649811.xml",
    "tables/gi.csv",
    "tables/layout.csv",
    "tables/marks.csv",
    "tables/references.txt",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_gives_parts_or_problems(
        file in prop::sample::select(FILES.to_vec()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(file);
        let mut bytes = std::fs::read(path).expect("a fixture");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            let length = cut.index(bytes.len()) + 1;
            bytes.truncate(length);
        }
        let name = file.rsplit('/').next().expect("a name");
        let reading = read_bytes(name, &bytes);
        prop_assert!(reading.records.len() + reading.passed_over.len() + reading.problems.len() > 0 || !whole);
        for (_, findings) in &reading.records {
            prop_assert!(!findings.parts.is_empty() || findings.is_refused() || findings.passed_over.is_some());
        }
    }
}
