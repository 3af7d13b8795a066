use std::collections::BTreeSet;

use super::*;

fn page() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api.md")).unwrap()
}

/// One failure of every sort.
fn failures() -> Vec<Failure> {
    let mistake = query::parse("(").expect_err("a bracket is open");
    vec![
        Failure::NotFound,
        Failure::Missing("无".to_owned(), "none".to_owned()),
        Failure::Ambiguous(vec!["XX-P-1".to_owned(), "XX-U-1".to_owned()]),
        Failure::parameter("limit", "x", "0…100"),
        Failure::PageMark,
        Failure::MediaType("text/plain"),
        Failure::from(mistake),
        Failure::wrong("错", "wrong"),
        Failure::Broken("broken".into()),
    ]
}

#[test]
fn every_code_is_in_the_list_with_its_status_and_on_the_page() {
    let mut told: BTreeSet<(&str, u16)> = BTreeSet::new();
    for failure in failures() {
        let status = failure.status();
        told.insert((Told::new(status, Some(&failure), Lang::En).code, status.as_u16()));
    }
    for status in [404, 405, 413, 429, 400, 500] {
        let status = StatusCode::from_u16(status).unwrap();
        told.insert((Told::new(status, None, Lang::En).code, status.as_u16()));
    }
    for (code, status) in told {
        assert!(CODES.iter().any(|known| (known.0, known.1) == (code, status)), "{code} {status}");
    }
    let page = page();
    for (code, status, _, meaning) in CODES {
        let row = format!("| `{code}` | {status} | {meaning} |");
        assert!(page.contains(&row), "docs/api.md lacks the row {row}");
    }
}

#[test]
fn nothing_of_a_fault_here_is_told_to_the_visitor() {
    let failure = Failure::Broken("the password is hunter2".into());
    for lang in [Lang::Zh, Lang::En] {
        let told = Told::new(failure.status(), Some(&failure), lang);
        assert!(!format!("{}{}", told.title, told.detail).contains("hunter2"));
    }
}

#[test]
fn every_failure_is_told_in_both_languages() {
    for failure in failures() {
        let title = |lang| Told::new(failure.status(), Some(&failure), lang).title;
        let (zh, en) = (title(Lang::Zh), title(Lang::En));
        assert!(!zh.is_ascii() && !en.is_empty() && zh != en, "{zh} {en}");
    }
}
