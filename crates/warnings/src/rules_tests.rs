use std::collections::BTreeSet;

use super::*;

#[test]
fn the_starting_rules_are_sound_and_speak_both_languages() {
    let rules = starting_rules().unwrap();
    assert_eq!(rules.len(), 11);
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(codes.len(), rules.len());
    for rule in &rules {
        assert!(rule.condition.is_sound() && rule.on, "{}", rule.code);
        assert!(!rule.name.zh.is_empty() && !rule.name.en.is_empty() && !rule.advice.en.is_empty());
        assert!(!rule.name.en.chars().any(|c| c > '\u{2fff}'), "{}", rule.name.en);
    }
}
