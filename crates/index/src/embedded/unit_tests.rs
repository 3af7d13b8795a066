//! Laws of the small parts that the contract sees only from afar.

use proptest::prelude::*;
use query::{Field, Leaf, Pattern, Query, Value};

use super::cursor::{self, Asked, Place};
use super::glob::Glob;
use super::terms::class_levels;
use crate::{Sort, SortKey};

/// Says the same as a pattern, letter by letter.
fn fits(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['*', rest @ ..] => (0..=text.len()).any(|at| fits(rest, &text[at..])),
        ['?', rest @ ..] => !text.is_empty() && fits(rest, &text[1..]),
        [c, rest @ ..] => text.first() == Some(c) && fits(rest, &text[1..]),
    }
}

proptest! {
    #[test]
    fn patterns_mean_what_they_say(pattern in "[ab石é*?]{0,8}", text in "[ab石é]{0,10}") {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        let expected = fits(&letters(&pattern), &letters(&text));
        prop_assert_eq!(Glob::new(&pattern).fits(text.as_bytes()), expected);
    }

    #[test]
    fn page_marks_come_back(key: u64, id in ".{0,20}", word in ".{0,8}", other in ".{0,8}", ascending: bool, collapse: bool) {
        let asked = |word: &str| {
            Query::Leaf(Leaf { field: Some(Field::Title), value: Value::Text(Pattern::Word(word.to_owned())), place: 0..0 })
        };
        let sort = Sort { key: SortKey::Filed, ascending };
        let place = Place { key, id };
        let (query, another) = (asked(&word), asked(&other));
        let question = Asked { query: &query, sort, collapse };
        let mark = cursor::write(&place, question);
        prop_assert_eq!(cursor::read(&mark, question).ok(), Some(place));
        prop_assert_eq!(cursor::read(&mark, Asked { query: &another, ..question }).is_ok(), word == other);
        let uncollapsed = Asked { collapse: !collapse, ..question };
        prop_assert!(cursor::read(&mark, uncollapsed).is_err());
    }

    #[test]
    fn no_text_is_taken_for_a_page_mark(text in ".{0,60}") {
        let asked = Asked { query: &Query::All, sort: Sort::default(), collapse: false };
        prop_assert!(cursor::read(&crate::Seek(text), asked).is_err());
    }
}

#[test]
fn a_symbol_is_found_from_every_level_above() {
    assert_eq!(class_levels("H01M10/0525"), ["H", "H01", "H01M", "H01M10/00", "H01M10/0525"]);
    assert_eq!(class_levels("H01M10/00"), ["H", "H01", "H01M", "H01M10/00"]);
    assert_eq!(class_levels("H01M"), ["H", "H01", "H01M"]);
    assert_eq!(class_levels("H"), ["H"]);
    assert_eq!(class_levels("14-02"), ["14", "14-02"]);
    assert_eq!(class_levels("26.11.02"), ["26", "26.11", "26.11.02"]);
    assert_eq!(class_levels("9"), ["9"]);
}
