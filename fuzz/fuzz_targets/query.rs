//! The query language in all its spellings: any line is a query or a mistake that can be shown; canonical text parses to
//! the same query; clauses come and go; an unfinished line can be completed anywhere.
#![no_main]

use libfuzzer_sys::fuzz_target;
use query::{Spelling, Tongue, canonical, complete, from_rows, parse, parse_as, rows, with_clause, without_clause};

fuzz_target!(|text: &str| {
    for spelling in [Spelling::Huizhi, Spelling::Cql, Spelling::Brs] {
        match parse_as(text, spelling) {
            Ok(query) => {
                let written = canonical(&query);
                assert_eq!(parse(&written).as_ref(), Ok(&query), "{written}");
                if let Some(rows) = rows(&query) {
                    let again = from_rows(&rows).expect("rows of a query are a query");
                    assert_eq!(parse(&again).as_ref(), Ok(&query), "{again}");
                }
            }
            Err(mistake) => {
                assert!(text.get(mistake.place.clone()).is_some(), "{mistake:?}");
                let _ = (mistake.message(Tongue::Chinese), mistake.message(Tongue::English), mistake.excerpt());
            }
        }
    }
    let with = with_clause(text, "status=in-force");
    assert_eq!(parse(&with).is_ok(), parse(text).is_ok(), "{with}");
    assert_eq!(parse(&without_clause(&with, "status=in-force")).is_ok(), parse(text).is_ok(), "{with}");
    for cursor in 0..=text.len().min(64) {
        assert!(text.get(complete(text, cursor).place).is_some(), "{cursor}");
    }
});
