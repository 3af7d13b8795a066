use std::collections::BTreeSet;

use records::{Ipc, Locarno, NiceClass, SymbolLevel, Vienna};

use super::{FILES, SCHEME_EDITION, schemes};
use crate::demo::topics::TOPICS;
use crate::demo::words::{GOODS, VIENNA};

fn symbols(scheme: &str) -> BTreeSet<String> {
    let (_, entries) = schemes().find(|(name, _)| *name == scheme).expect("a scheme");
    entries.into_iter().map(|entry| entry.symbol).collect()
}

#[test]
fn every_line_is_a_place_with_both_titles_under_one_less_deep() {
    for ((name, text), (_, entries)) in FILES.iter().zip(schemes()) {
        assert_eq!(text.lines().count(), entries.len(), "{name}: a line cannot be read");
        let mut last = None;
        for entry in &entries {
            let titles = [&entry.title_zh, &entry.title_en];
            assert!(titles.iter().all(|title| title.as_ref().is_some_and(|t| !t.is_empty())), "{entry:?}");
            assert!(entry.depth <= last.map_or(0, |depth| depth + 1), "{entry:?} skips a level");
            last = Some(entry.depth);
        }
        assert_eq!(symbols(name).len(), entries.len(), "{name}: a symbol stands twice");
    }
}

#[test]
fn symbols_are_in_normal_form_at_their_depth() {
    for (scheme, entries) in schemes() {
        for entry in entries {
            let read = match scheme {
                "ipc" => Ipc::read(&entry.symbol).map(|symbol| {
                    let depth = match symbol.level() {
                        SymbolLevel::Section => 0,
                        SymbolLevel::Class => 1,
                        SymbolLevel::Subclass => 2,
                        SymbolLevel::MainGroup => 3,
                        SymbolLevel::Subgroup => entry.depth.max(4),
                    };
                    assert_eq!(depth, entry.depth, "{}", entry.symbol);
                    symbol.to_string()
                }),
                "locarno" => Locarno::read(&entry.symbol).map(|symbol| symbol.to_string()),
                "nice" => NiceClass::read_number(&entry.symbol).map(|number| number.to_string()),
                _ => Vienna::read(&entry.symbol).map(|symbol| symbol.to_string()),
            };
            assert_eq!(read.as_ref(), Some(&entry.symbol), "{scheme}");
        }
    }
}

#[test]
fn all_that_the_demonstration_uses_is_there() {
    let (ipc, locarno, vienna) = (symbols("ipc"), symbols("locarno"), symbols("vienna"));
    for topic in TOPICS.iter() {
        for symbol in topic.ipc {
            assert!(ipc.contains(*symbol), "{symbol}");
        }
        assert!(topic.locarno.is_empty() || locarno.contains(topic.locarno), "{}", topic.locarno);
    }
    for symbol in VIENNA {
        assert!(vienna.contains(*symbol), "{symbol}");
    }
    let nice = symbols("nice");
    assert!(GOODS.iter().all(|(class, ..)| nice.contains(&class.to_string())));
    assert_eq!(nice, (1..=45).map(|class| class.to_string()).collect());
    assert!((1..=32).all(|class| locarno.contains(&format!("{class:02}"))));
    assert!((1..=29).all(|category| vienna.contains(&format!("{category:02}"))));
    assert!("ABCDEFGH".chars().all(|section| ipc.contains(&section.to_string())));
}

#[test]
fn an_edition_of_an_office_goes_before_this_one() {
    for edition in ["2016", "2026.01", "13", "9", "1", "ipc_zh_2026"] {
        assert!(SCHEME_EDITION < edition, "{edition}");
    }
}
