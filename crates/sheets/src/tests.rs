use jiff::civil::date;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("unit", "单位", Kind::Text).required().locked(),
        Column::new("value", "数值", Kind::Number).noted("只填数字"),
        Column::new("day", "日期", Kind::Date),
        Column::new("state", "状态", Kind::Choice(vec!["已完成".to_owned(), "进行中".to_owned()])),
    ]
}

fn template(rows: Vec<Vec<Cell>>) -> Template {
    Template {
        title: "填报".to_owned(),
        sheet: "进展[2026]/上半年".to_owned(),
        columns: columns(),
        rows,
        guide: vec!["逐行填写".to_owned()],
    }
}

/// A sheet with these heads, and what `fill` puts below.
fn sheet(heads: &[&str], fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, head) in (0..).zip(heads) {
        sheet.write(0, at, *head).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

const HEADS: [&str; 4] = ["单位", "数值", "日期", "状态"];

fn problems(bytes: &[u8]) -> Vec<(u32, Option<String>, String)> {
    let error = read(bytes, &columns()).unwrap_err();
    let told = error.problems().iter().map(|problem| (problem.row, problem.column.clone(), problem.en.clone()));
    told.collect()
}

#[test]
fn columns_are_found_by_their_headings_in_any_order() {
    let bytes = sheet(&["状态", " 数 值", "单位", "日期"], |sheet| {
        sheet.write(1, 0, "已完成").unwrap();
        sheet.write(1, 1, 3.5).unwrap();
        sheet.write(1, 2, " 重庆 ").unwrap();
        sheet.write(1, 3, "2026-11-30").unwrap();
    });
    let rows = read(&bytes, &columns()).unwrap();
    let cells = vec![Cell::text("重庆"), Cell::Number(3.5), Cell::Date(date(2026, 11, 30)), Cell::text("已完成")];
    assert_eq!(rows, [Row { number: 2, cells }]);
}

#[test]
fn every_fault_is_told_with_its_place_and_nothing_is_read() {
    let bytes = sheet(&HEADS, |sheet| {
        sheet.write(1, 0, "重庆").unwrap();
        sheet.write(1, 1, "三个").unwrap();
        sheet.write(2, 1, 4).unwrap();
        sheet.write(3, 0, "广东").unwrap();
        sheet.write(3, 1, Formula::new("=1+1")).unwrap();
        sheet.write(3, 2, "明天").unwrap();
        sheet.write(3, 3, "差不多").unwrap();
        sheet.merge_range(5, 0, 6, 0, "江苏", &Format::new()).unwrap();
        sheet.write(7, 0, true).unwrap();
    });
    let told = problems(&bytes);
    let places: Vec<(u32, &str)> =
        told.iter().map(|(row, column, _)| (*row, column.as_deref().unwrap_or(""))).collect();
    assert_eq!(places, [(2, "B"), (3, "A"), (4, "B"), (4, "C"), (4, "D"), (6, "A"), (8, "A")], "{told:?}");
}

#[test]
fn strange_double_and_missing_columns_are_told() {
    let told = problems(&sheet(&["单位", "单位", "数值", "备注说明"], |_| {}));
    let words: Vec<&str> = told.iter().map(|(_, _, en)| en.as_str()).collect();
    assert_eq!(
        words,
        [
            "«单位» is there twice",
            "there is no column «备注说明»; use those of the template",
            "the column «日期» is missing",
            "the column «状态» is missing"
        ]
    );
}

#[test]
fn what_is_no_workbook_or_too_large_is_refused() {
    assert!(matches!(read(b"unit,value\n", &columns()), Err(SheetError::NoWorkbook(_))));
    assert!(matches!(read(b"PK\x03\x04", &columns()), Err(SheetError::NoWorkbook(_))));
    // Two cells in far corners must not fill the memory.
    let far = sheet(&HEADS, |sheet| {
        sheet.write(1_048_575, 0, "far").unwrap();
    });
    assert_eq!(read(&far, &columns()).unwrap()[0].number, 1_048_576);
    let wide = sheet(&HEADS, |sheet| {
        sheet.write(0, 16_383, "far").unwrap();
    });
    assert!(matches!(read(&wide, &columns()), Err(SheetError::TooLarge)));
}

#[test]
fn an_empty_sheet_has_no_rows() {
    assert_eq!(read(&template(Vec::new()).write().unwrap(), &columns()).unwrap(), []);
}

fn cells() -> impl Strategy<Value = Vec<Cell>> {
    let text = "[一-龥a-zA-Z0-9<>&=+@'\"-]{1,12}".prop_map(|text| Cell::text(&text));
    let number = prop_oneof![Just(Cell::Empty), (-1e9..1e9_f64).prop_map(Cell::Number)];
    let day = prop_oneof![
        Just(Cell::Empty),
        (1950_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Cell::Date(date(y, m, d)))
    ];
    let word = prop_oneof![Just(Cell::Empty), Just(Cell::text("已完成")), Just(Cell::text("进行中"))];
    (text, number, day, word).prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_as_it_was(rows in prop::collection::vec(cells(), 0..20)) {
        let read = read(&template(rows.clone()).write().unwrap(), &columns()).unwrap();
        prop_assert_eq!(read.into_iter().map(|row| row.cells).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, &columns());
    }
}
