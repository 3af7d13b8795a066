//! XML trees: any text is a tree or an error with a place in it; what was looked at is never told as unread.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use sources::{Element, Tree};

fuzz_target!(|text: &str| {
    let tree = match Tree::parse(text) {
        Ok(tree) => tree,
        Err(error) => return assert!(error.offset <= text.len() as u64, "{error}"),
    };
    let children = tree.unread().values().sum::<u64>();
    assert!(children <= text.matches('<').count() as u64);
    look(tree.root());
    // More than one root is possible; the others stay unread with all that is in them.
    assert!(!tree.unread().keys().any(|path| path.starts_with(&format!("{}/", tree.root().name())) && children == 0));
});

fn look(element: Element<'_>) {
    let text = element.text();
    assert!(text.trim() == text && !text.contains("  "), "{text:?}");
    let _ = (element.lines(), element.own_text(), element.raw(), element.code(), element.attr("a"), element.name());
    element.elements().for_each(look);
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzz::mutate_xml(data, size, max_size, seed)
});
