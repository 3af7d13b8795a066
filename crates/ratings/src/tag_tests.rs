use std::collections::BTreeSet;

use super::*;

#[test]
fn every_level_offers_tags_in_both_languages() {
    let keys: BTreeSet<&str> = tags().iter().map(|tag| tag.key.as_str()).collect();
    assert_eq!(keys.len(), tags().len());
    assert!(tags().iter().all(|tag| !tag.label("zh").is_empty() && tag.label("en").is_ascii()));
    for level in Level::ALL {
        assert!((3..=14).contains(&tags_of(*level).count()), "{level}");
    }
}
