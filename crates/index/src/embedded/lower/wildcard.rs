//! Words with `*` and `?`.
//!
//! In a script with spaces a pattern stands for words: `graph*`, `*phene`, `wom?n`. Between Chinese characters `*`
//! stands for any text of the same paragraph (or name) and `?` for one character (of several `?` in a row the inner
//! ones also pass over a mark); at the edges of a Chinese run `*`
//! says what holds anyway, that the run may stand anywhere.

use language::{PARAGRAPH_END, fold, is_cjk};
use tantivy::Term;
use tantivy::schema::Field as Slot;

use crate::embedded::glob::Glob;
use crate::embedded::spans::{Bond, Element, Pattern};

/// What takes one position.
enum Item {
    /// A CJK character.
    Character(char),
    /// Any one character.
    One,
    /// A word or a pattern of words.
    Word(String),
}

/// The pattern of `text` in the field `slot`; `None` when there is nothing to look for.
pub(super) fn pattern(slot: Slot, text: &str) -> Option<Pattern> {
    let paragraph = Term::from_field_text(slot, PARAGRAPH_END);
    let runs = runs(&fold(text)).into_iter().filter_map(|items| run(slot, &items));
    runs.reduce(|left, right| Pattern::Pair {
        bond: Bond { distance: Some(u32::MAX), ordered: true, within: Some(paragraph.clone()) },
        left: Box::new(left),
        right: Box::new(right),
    })
}

/// The stretches without a gap.
fn runs(text: &str) -> Vec<Vec<Item>> {
    let mut runs: Vec<Vec<Item>> = vec![Vec::new()];
    let push = |runs: &mut Vec<Vec<Item>>, item: Item| {
        if let Some(run) = runs.last_mut() {
            run.push(item);
        }
    };
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|&&c| is_wordly(c)).count();
        if end == at {
            if is_cjk(chars[at]) {
                push(&mut runs, Item::Character(chars[at]));
            }
            at += 1;
            continue;
        }
        let stretch: String = chars[at..end].iter().collect();
        let (before, after) = (at > 0 && is_cjk(chars[at - 1]), chars.get(end).is_some_and(|&c| is_cjk(c)));
        if stretch.contains(|c: char| c.is_alphanumeric()) {
            // A star between a character and a word may stand for text between them, too.
            if before && stretch.starts_with('*') {
                runs.push(Vec::new());
            }
            push(&mut runs, Item::Word(stretch.clone()));
            if after && stretch.ends_with('*') {
                runs.push(Vec::new());
            }
        } else {
            for c in stretch.chars() {
                match c {
                    '*' => runs.push(Vec::new()),
                    _ => push(&mut runs, Item::One),
                }
            }
        }
        at = end;
    }
    runs
}

fn is_wordly(c: char) -> bool {
    matches!(c, '*' | '?') || (c.is_alphanumeric() && !is_cjk(c))
}

/// The pattern of a stretch; `None` when it has nothing but `?`.
fn run(slot: Slot, items: &[Item]) -> Option<Pattern> {
    let term = |text: &str| Element::Term(Term::from_field_text(slot, text));
    let mut elements = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| items.get(before));
        let element = match (item, items.get(at + 1)) {
            (Item::Word(word), _) if word.contains(['*', '?']) => Element::Fitting(Glob::new(word)),
            (Item::Word(word), _) => term(word),
            (Item::Character(c), Some(Item::Character(next))) => term(&format!("{c}{next}")),
            (Item::Character(c), Some(Item::One)) => Element::Fitting(Glob::new(&format!("{c}?"))),
            // A run that a word follows ends with its last character alone.
            (Item::Character(c), Some(Item::Word(_))) => term(&c.to_string()),
            (Item::Character(_), None) if matches!(before, Some(Item::Character(_))) => continue,
            (Item::Character(c), None) => Element::Fitting(Glob::starting_with(&c.to_string())),
            (Item::One, Some(Item::Character(next))) if before.is_none() => {
                Element::Fitting(Glob::new(&format!("?{next}")))
            }
            (Item::One, Some(Item::Character(second))) => match before {
                Some(&Item::Character(first)) => Element::Between { slot, first, second: *second },
                _ => continue,
            },
            (Item::One, _) => continue,
        };
        elements.push((at as u32, element));
    }
    (!elements.is_empty()).then_some(Pattern::Run { elements, length: items.len() as u32 })
}
