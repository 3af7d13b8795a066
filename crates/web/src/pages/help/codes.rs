//! The codes of problem documents as help shows them; each has an anchor to which its `type` leads.

use crate::problem::CODES;

/// A code with its status, Chinese and English meaning.
type Code = (&'static str, u16, &'static str, &'static str);

/// The first code of a mistake in a query.
const FIRST_MISTAKE: &str = "unknown-field";

/// Codes of requests, and those of mistakes in a query.
pub(super) fn codes() -> (&'static [Code], &'static [Code]) {
    let at = CODES.iter().position(|(code, ..)| *code == FIRST_MISTAKE).unwrap_or(CODES.len());
    CODES.split_at(at)
}

/// A query that has the mistake; empty where none fits in a line.
pub(super) fn example(code: &str) -> &'static str {
    EXAMPLES.iter().find(|(known, _)| *known == code).map_or("", |(_, example)| example)
}

const EXAMPLES: &[(&str, &str)] = &[
    ("unknown-field", "tittle=电池"),
    ("field-missing", "=电池"),
    ("field-inside-field", "ti=(电池 ab=电极)"),
    ("value-missing", "ti="),
    ("bracket", "(电池"),
    ("quote", "\"电池"),
    ("condition-missing", "电池 AND"),
    ("comparison", "ti>5"),
    ("number", "pn=电池"),
    ("date", "ad=2020-13"),
    ("count", "claims>many"),
    ("class", "nice=99"),
    ("keyword", "status=sleeping"),
    ("wildcard", "ti=*池"),
    ("range", "ad=[2021 TO 2020]"),
    ("nearness", "ti=电池 NEAR/5 ab=电极"),
];

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, codes};

    #[test]
    fn every_code_of_a_mistake_is_shown_by_its_example() {
        for (code, example) in EXAMPLES {
            let found = query::parse(example).map_or_else(|mistake| mistake.code(), |_| "understood");
            assert_eq!(found, *code, "{example}");
        }
        let long = "a ".repeat(40_000);
        for (query, code) in [(long.as_str(), "limit"), ("ti=\"。\"", "nothing")] {
            let mistake = query::parse(query).unwrap_err();
            assert_eq!(mistake.code(), code);
            assert!(codes().1.iter().any(|(known, ..)| *known == code));
        }
        let foreign = query::parse_as("x.ccls.", query::Spelling::Brs).unwrap_err();
        assert!(codes().1.iter().any(|(known, ..)| *known == foreign.code()), "{}", foreign.code());
    }
}
