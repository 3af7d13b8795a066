//! The query language: any line is a query or a mistake that can be shown; canonical text parses to the same query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use query::{Tongue, canonical, parse};

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(query) => {
            let written = canonical(&query);
            assert_eq!(parse(&written).as_ref(), Ok(&query), "{written}");
        }
        Err(mistake) => {
            assert!(text.get(mistake.place.clone()).is_some(), "{mistake:?}");
            let _ = (mistake.message(Tongue::Chinese), mistake.message(Tongue::English), mistake.excerpt());
        }
    }
});
