use proptest::prelude::*;

use network::Id;

use super::*;
use crate::tags;

fn opinion(level: Level, tags: &[&str], words: &str) -> Opinion {
    Opinion { level, tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), words: words.to_owned() }
}

#[test]
fn faults_are_named_all_at_once() {
    let wrong = opinion(Level::Dissatisfied, &["quick"], &"长".repeat(MOST_WORDS + 1));
    assert_eq!(wrong.faults().iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["words", "tags"]);
    assert_eq!(opinion(Level::Dissatisfied, &["slow"], &"长".repeat(MOST_WORDS)).faults(), []);
}

#[test]
fn a_key_is_long_enough_not_to_meet_another() {
    assert!(key_faults("01JZ8K2V9T3N5Q7R9S1W3X5Y7Z").is_none());
    for key in ["", "short", &"a".repeat(65), "with a space in it", "' OR 1=1 --"] {
        assert!(key_faults(key).is_some(), "{key}");
    }
}

proptest! {
    #[test]
    fn tidying_is_stable_and_keeps_lines(words in any::<String>(), ticked in proptest::sample::subsequence(
        tags().iter().map(|tag| tag.key.clone()).collect::<Vec<_>>(), 0..5)) {
        let said = Opinion { level: Level::Fairly, tags: ticked, words };
        let tidied = said.tidy();
        prop_assert_eq!(&tidied.tidy(), &tidied);
        prop_assert!(!tidied.words.contains(|c: char| c.is_control() && c != '\n'));
    }

    #[test]
    fn a_subject_is_read_as_it_was_written(number in any::<[u8; 10]>(), case in any::<bool>()) {
        let id = Id::make(jiff::Timestamp::UNIX_EPOCH, number);
        let subject = if case { Subject::Case(CaseId(id)) } else { Subject::Visit(VisitId(id)) };
        prop_assert_eq!(subject.to_string().parse::<Subject>().ok(), Some(subject));
    }
}
