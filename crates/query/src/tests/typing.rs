//! A line in the making, and a line as rows of a form.

use proptest::prelude::*;

use crate::{
    CompletionKind, Field, Joint, Row, Tongue, canonical, complete, fields_beginning, from_rows, parse, rows, values_of,
};

fn at_end(text: &str) -> (String, CompletionKind) {
    let completion = complete(text, text.len());
    (text[completion.place.clone()].to_owned(), completion.kind)
}

fn value(field: Field, typed: &str) -> CompletionKind {
    CompletionKind::Value { field, typed: typed.to_owned() }
}

fn word(typed: &str) -> CompletionKind {
    CompletionKind::FieldOrWord { typed: typed.to_owned() }
}

#[test]
fn what_stands_at_the_cursor_is_told_in_unfinished_lines_too() {
    for (text, place, kind) in [
        ("appl", "appl", word("appl")),
        ("电池 申请", "申请", word("申请")),
        ("pa=华", "华", value(Field::Applicant, "华")),
        ("电池 申请人＝\"华为 技", "\"华为 技", value(Field::Applicant, "华为 技")),
        ("ti=(电池 OR 蓄", "蓄", value(Field::Title, "蓄")),
        ("ti=((电池", "电池", value(Field::Title, "电池")),
        ("-状态=", "", value(Field::Status, "")),
        ("(nice=9) ind", "ind", word("ind")),
        ("ad=[2020 ", "", CompletionKind::Nothing),
        ("nosuch=x", "", CompletionKind::Nothing),
        ("", "", CompletionKind::Nothing),
    ] {
        assert_eq!(at_end(text), (place.to_owned(), kind), "{text}");
    }
}

#[test]
fn fields_and_known_values_are_offered_by_their_beginning() {
    assert!(fields_beginning("appl", Tongue::English).contains(&(Field::Applicant, "applicant")));
    assert!(fields_beginning("申请", Tongue::Chinese).contains(&(Field::Applicant, "申请人")));
    assert!(fields_beginning("", Tongue::English).is_empty());
    assert!(values_of(Field::Status, "有", Tongue::Chinese).contains(&"有效"));
    assert!(values_of(Field::Status, "in", Tongue::English).iter().any(|value| value.eq_ignore_ascii_case("in force")));
    assert!(values_of(Field::Applicant, "华", Tongue::Chinese).is_empty());
}

#[test]
fn flat_queries_are_rows_and_come_back_the_same() {
    for text in [
        "电池",
        "ti=石墨烯 AND ad>=2020-01-01 AND NOT status=withdrawn",
        "ti=a OR ti=b",
        "(ti=a OR ti=b) AND pa==\"A, B\"",
        "NOT ti=a",
        "ad=[2020-03-01 TO 2023-06-30] AND ipc==H01M10/05",
    ] {
        let query = parse(text).expect(text);
        let rows = rows(&query).expect(text);
        assert_eq!(parse(&from_rows(&rows).expect(text)).expect(text), query, "{rows:?}");
    }
    for rich in ["* AND a", "* OR a", "ti=(a NEAR/5 b)", "a XOR b", "a AND (b OR c)"] {
        assert_eq!(rows(&parse(rich).expect(rich)), None, "{rich}");
    }
}

#[test]
fn rows_are_joined_from_the_top_down_and_values_need_no_quotation_marks() {
    let row = |joint, field, text: &str| Row { joint, field, text: text.to_owned() };
    let form = [
        row(Joint::And, Some(Field::Title), "石墨烯 电池"),
        row(Joint::Or, Some(Field::Applicant), "华为"),
        row(Joint::And, None, ""),
        row(Joint::Not, Some(Field::Country), "United States"),
        row(Joint::And, Some(Field::FilingDate), ">=2020"),
    ];
    let text = from_rows(&form).expect("a query");
    assert_eq!(text, "((ti=石墨烯 AND ti=电池) OR pa=华为) AND NOT co=\"United States\" AND ad>=2020-01-01");
    for (field, typed, wanted) in [
        (Field::Title, "a OR b", "ti=a OR ti=b"),
        (Field::Title, "(a) b", "ti=a AND ti=b"),
        (Field::Applicant, "\"A B\" C", "pa=\"A B\" AND pa=C"),
        (Field::Applicant, "==\"A, B\"", "pa==\"A, B\""),
        (Field::Applicant, "==A B", "pa==A AND pa==B"),
        (Field::Number, "US 8,926,509 B2", "pn=\"US 8,926,509 B2\""),
        (Field::Class, "H01M 10/05", "class=H01M10/05"),
        (Field::FilingDate, "[2020 TO 2021-06]", "ad=[2020-01-01 TO 2021-06-30]"),
        (Field::ClaimCount, "> 20", "claims>=21"),
        (Field::Status, "!=有效", "NOT status=有效"),
    ] {
        assert_eq!(from_rows(&[row(Joint::And, Some(field), typed)]).as_deref(), Ok(wanted), "{typed}");
    }
    for (field, typed) in
        [(Field::Title, "a) OR (b"), (Field::Title, "pa=x"), (Field::Title, "*x"), (Field::FilingDate, "2020 a")]
    {
        assert!(from_rows(&[row(Joint::And, Some(field), typed)]).is_err(), "{typed}");
    }
    let wrong = [row(Joint::And, None, "电池"), row(Joint::And, Some(Field::FilingDate), "yesterday")];
    assert_eq!(from_rows(&wrong).map_err(|(at, _)| at), Err(1));
}

proptest! {
    #[test]
    fn no_text_and_no_cursor_breaks_a_completion(text in "[a电=（\"(:>\\[ \\\\“”-]{0,24}", cursor in 0..90usize) {
        let completion = complete(&text, cursor);
        prop_assert!(text.get(completion.place).is_some());
    }

    #[test]
    fn rows_of_any_text_make_a_query_or_a_mistake(texts in prop::collection::vec(("[a电\"( *>=2]{0,8}", 0..40usize, 0..3usize), 0..5)) {
        let joints = [Joint::And, Joint::Or, Joint::Not];
        let form: Vec<Row> = texts.into_iter().map(|(text, field, joint)| Row {
            joint: joints[joint],
            field: Field::ALL.get(field).copied(),
            text,
        }).collect();
        if let Ok(text) = from_rows(&form) {
            let query = parse(&text).expect("its own text");
            prop_assert_eq!(canonical(&query), if text.is_empty() { "*".to_owned() } else { text });
        }
    }
}
