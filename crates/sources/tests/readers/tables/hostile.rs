//! Bad tables.

use sources::table::{Mapping, MappingError};

use crate::reading::read_bytes;

const HEADER: &str = "申请/注册号,国际分类,商标名称,申请日期\n";

#[test]
fn a_bad_row_is_refused_with_column_and_value_and_the_others_load() {
    let text = format!("{HEADER}!!!,9,甲,\n99649811,9,乙,\n");
    let reading = read_bytes("marks.csv", text.as_bytes());
    assert_eq!((reading.refused(), reading.parts().count()), (1, 1));
    let message = &reading.records[0].1.problems[0].message;
    assert!(message.contains("申请/注册号") && message.contains("!!!"), "{message}");
}

#[test]
fn an_unreadable_date_is_left_out_and_noted() {
    let reading = read_bytes("marks.csv", format!("{HEADER}99649811,9,甲,2017-13-45\n").as_bytes());
    assert_eq!(reading.codes(), ["date"]);
    assert_eq!(reading.parts().next().expect("a part").record.filing_date, None);
}

#[test]
fn a_row_with_more_cells_than_columns_is_refused() {
    let reading = read_bytes("marks.csv", format!("{HEADER}99649811,9,甲,2017-06-09,乙,丙\n").as_bytes());
    assert_eq!(reading.codes(), ["columns"]);
    let reading = read_bytes("marks.csv", format!("{HEADER}99649811,9,甲,2017-06-09,,\n99649812,9\n").as_bytes());
    assert_eq!((reading.codes(), reading.parts().count()), (vec![], 2));
}

#[test]
fn a_quotation_mark_without_its_twin_stops_within_bounds() {
    let mut text = format!("{HEADER}99649811,9,\"甲,2017-06-09\n");
    text.push_str(&"99649812,9,乙,2017-06-09\n".repeat(100_000));
    let settings = sources::Settings {
        limits: sources::Limits { record: 64 * 1024, ..sources::Limits::default() },
        ..sources::Settings::default()
    };
    let reading = crate::reading::read_with("marks.csv", text.as_bytes(), &settings);
    assert!(reading.records.is_empty());
    assert!(reading.problems[0].message.contains("quotation mark"), "{:?}", reading.problems);
}

#[test]
fn a_table_of_no_mapping_is_passed_over_and_its_columns_named() {
    for (name, text) in [
        ("a.csv", "code,name,province\n110101,东城区,11\n"),
        ("a.tsv", "code\tname\tprovince\n110101\t东城区\t11\n"),
        ("a.jsonl", "{\"code\":1,\"name\":\"x\",\"province\":11}\n"),
    ] {
        let reading = read_bytes(name, text.as_bytes());
        assert_eq!(reading.problems, [], "{name}");
        let (_, why) = &reading.passed_over[0];
        assert!(why.contains("code, name, province"), "{name}: {why}");
    }
}

#[test]
fn prose_pictures_and_broken_spreadsheets_are_not_tables() {
    for text in ["杯子，以及杯架。\n还有杯盖。\n", "# Title\n\nOne, two.\n", "{\n \"a\": 1\n}\n"] {
        let reading = read_bytes("a.md", text.as_bytes());
        assert_eq!(reading.passed_over[0].1, "not an office file");
    }
    let reading = read_bytes("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more");
    assert_eq!(reading.problems[0].code, "spreadsheet");
}

#[test]
fn a_row_in_no_known_encoding_is_refused() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend_from_slice(b"99649811,9,\xff\xff\xff,\n99649812,9,x,\n");
    let reading = read_bytes("marks.csv", &bytes);
    assert_eq!((reading.codes(), reading.parts().count()), (vec!["encoding"], 1));
}

#[test]
fn a_mapping_that_cannot_work_is_told_why() {
    let column = "[[column]]\nnames = ['a']\n";
    let cases = [
        ("name = 'x'\nrecognise = [['a']]\ncolour = 'red'\n".to_owned() + column + "field = 'title'", "colour"),
        ("name = 'x'\nrecognise = [['a']]\n".to_owned() + column + "field = 'titel'", "titel"),
        ("name = 'x y'\nrecognise = [['a']]\n".to_owned() + column + "field = 'title'", "Latin letters"),
        ("name = 'x'\nrecognise = []\n".to_owned() + column + "field = 'title'", "recognise"),
        ("name = 'x'\nencoding = 'klingon'\nrecognise = [['a']]\n".to_owned() + column + "field = 'title'", "klingon"),
        ("name = 'x'\nrecognise = [['a']]\n".to_owned() + column, "field"),
        ("name = 'x'\nrecognise = [['a']]\n".to_owned() + column + "field = 'right'", "values"),
        ("name = 'x'\nrecognise = [['a']]\n".to_owned() + column + "parts = ['title']", "between"),
        ("nonsense".to_owned(), "mapping"),
    ];
    for (text, expected) in cases {
        let error: MappingError = Mapping::from_toml(&text).expect_err("a fault");
        assert!(error.to_string().contains(expected), "{error}");
    }
}
