//! Text analysis: tokens lie in the text in order, and a run of it is found where it stands.
#![no_main]

use language::{analyse, fold, highlight, paragraphs, run, sentences};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut position = 0;
    let next = analyse(text, 0, &mut |token| {
        assert!(token.position >= position && token.from <= token.to);
        assert!(text.get(token.from..token.to).is_some(), "{token:?}");
        position = token.position;
    });
    assert!(next >= position);
    assert_eq!(fold(&fold(text)), fold(text));
    for range in sentences(text).into_iter().chain(paragraphs(text)).chain(highlight(text, &[run(text)])) {
        assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
});
