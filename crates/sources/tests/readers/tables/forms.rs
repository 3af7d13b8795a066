//! The forms in which tables come.

use encoding_rs::{GB18030, MACINTOSH};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use crate::reading::{fixture, read, read_bytes, with_mapping};

#[test]
fn a_list_of_geographical_indications_is_read_below_its_title() {
    insta::assert_snapshot!(fixture("tables/gi.csv").snapshot());
}

#[test]
fn a_list_of_layout_designs_is_read() {
    insta::assert_snapshot!(fixture("tables/layout.csv").snapshot());
}

#[test]
fn a_list_of_chinese_marks_has_a_part_for_each_number_and_class() {
    insta::assert_snapshot!(fixture("tables/marks.csv").snapshot());
}

#[test]
fn references_are_read_though_their_lines_are_broken() {
    insta::assert_snapshot!(fixture("tables/references.txt").snapshot());
}

const LENS: &str = "#,Jurisdiction,Kind,Publication Number,Publication Date,Publication Year,Application Number,\
                    Application Date,Title,Applicants,IPCR Classifications";

#[test]
fn a_list_saved_on_a_mac_keeps_its_letters_and_centuries() {
    let row =
        "1,US,A,US 3982033 A,21/09/76,1976,US 17439471 A,24/08/71,Pizza à la carte,GERÄTE GMBH;;B,A21C9/04;;A21D13/00";
    let text = format!("{LENS}\r{row}\r,,,,,,,,,,\r");
    let (bytes, _, _) = MACINTOSH.encode(&text);
    let reading = read_bytes("lens.csv", &bytes);
    let record = &reading.parts().next().expect("a part").record;
    assert_eq!(record.titles[0].text, "Pizza à la carte");
    assert_eq!(record.applicants[0].name, "GERÄTE GMBH");
    assert_eq!(record.publications[0].date.map(|d| d.to_string()).as_deref(), Some("1976-09-21"));
    assert_eq!(record.filing_date.map(|d| d.to_string()).as_deref(), Some("1971-08-24"));
    assert_eq!(reading.codes(), ["empty-rows"]);
}

#[test]
fn a_year_of_two_digits_is_set_right_by_the_year_column() {
    let row = "1,US,A,US 1234567 A,21/09/26,1926,US 17439471 A,24/08/25,Cup,,A47G19/22";
    let reading = read_bytes("lens.csv", format!("{LENS}\n{row}\n").as_bytes());
    let record = &reading.parts().next().expect("a part").record;
    assert_eq!(record.publications[0].date.map(|d| d.to_string()).as_deref(), Some("1926-09-21"));
    assert_eq!(record.filing_date.map(|d| d.to_string()).as_deref(), Some("1925-08-24"));
}

const MARKS: &str = "申请/注册号,国际分类,商标名称\n99649811,9,联通\n";

#[test]
fn chinese_encodings_are_told_apart() {
    let names = |bytes: &[u8]| {
        let reading = read_bytes("marks.csv", bytes);
        reading.parts().map(|part| part.record.titles[0].text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(MARKS.as_bytes()), ["联通"]);
    assert_eq!(names(&GB18030.encode(MARKS).0), ["联通"]);
    // The bytes of 模 in GB 18030 are a letter in UTF-8: the file decides, not the row.
    let two = format!("{MARKS}99649812,9,模\n");
    assert_eq!(names(&GB18030.encode(&two).0), ["联通", "模"]);
    assert_eq!(names(format!("\u{feff}{MARKS}").as_bytes()), ["联通"]);
    let utf16: Vec<u8> = format!("\u{feff}{MARKS}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(names(&utf16), ["联通"]);
    assert_eq!(names(MARKS.replace(',', "\t").as_bytes()), ["联通"]);
    assert_eq!(names(MARKS.replace(',', ";").as_bytes()), ["联通"]);
}

#[test]
fn json_lines_name_their_own_columns() {
    let mapping = sources::table::Mapping::from_toml(
        "name = 'mine'\noffice = 'CN'\nrecognise = [['pub.no']]\n\
         [[column]]\nnames = ['pub.no']\nfield = 'publication'\n\
         [[column]]\nnames = ['people.name']\nfield = 'inventors'\n",
    );
    let settings = with_mapping(mapping.expect("a mapping"));
    let text = "{\"pub\":{\"no\":\"CN118866379A\"},\"people\":[{\"name\":\"李四\"},{\"name\":\"王五\"}],\"n\":3}\n\n\
                {\"pub\":{\"no\":null}}\n{\"pub\":\n";
    let reading = crate::reading::read_with("rows.jsonl", text.as_bytes(), &settings);
    assert_eq!(reading.records.len(), 3);
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.key.as_str(), "mine:CN118866379A");
    assert_eq!(part.record.inventors.len(), 2);
    assert_eq!(reading.records[0].1.unread.keys().collect::<Vec<_>>(), ["column n"]);
    assert_eq!(reading.codes(), ["no-number", "json"]);
}

#[test]
fn every_worksheet_that_matches_is_read_with_dates_and_row_numbers() {
    let mut workbook = Workbook::new();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for name in ["一月", "二月"] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        sheet.write_row(0, 0, ["商标清单"]).expect("a title");
        sheet.write_row(2, 0, ["申请/注册号", "国际分类", "商标名称", "申请日期"]).expect("a header");
        sheet.write_row(4, 0, ["99649811"]).expect("a number");
        sheet.write_number(4, 1, 9).expect("a class");
        sheet.write_string(4, 2, name).expect("a mark");
        let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2017, 6, 9).expect("a day");
        sheet.write_with_format(4, 3, date, &day).expect("a day");
    }
    workbook.add_worksheet().write_row(0, 0, ["甲", "乙"]).expect("another sheet");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("marks.xlsx");
    workbook.save(&path).expect("a workbook");
    let reading = read(&path, &sources::Settings::default());
    assert_eq!(reading.problems, []);
    let places: Vec<_> = reading.records.iter().filter(|(_, f)| !f.parts.is_empty()).map(|(r, _)| &r.origin).collect();
    assert_eq!(places.iter().map(|o| o.position).collect::<Vec<_>>(), [5, 5]);
    assert!(places[1].file.ends_with("marks.xlsx!/二月"), "{}", places[1].file);
    let part = reading.parts().next().expect("a part");
    assert_eq!(part.key.as_str(), "cn-trademark-list:CN-T-99649811/9");
    assert_eq!(part.record.filing_date.map(|d| d.to_string()).as_deref(), Some("2017-06-09"));
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the line ends and contents: each row is found once, at the byte where it begins.
    #[test]
    fn each_row_is_found_at_its_byte(
        titles in prop::collection::vec("[ -~\u{4e00}-\u{4e20}\r\n]{1,12}", 1..20),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let mut text = format!("申请/注册号,国际分类,商标名称{end}");
        let mut places = Vec::new();
        for (number, title) in titles.iter().enumerate() {
            places.push(text.len() as u64);
            text.extend([&(9_000_000 + number).to_string(), ",9,", &quoted(title), end]);
        }
        let reading = read_bytes("marks.csv", text.as_bytes());
        let found: Vec<u64> = reading.records.iter().map(|(record, _)| record.origin.position).collect();
        // A row is said to begin at its first byte, or at the line feed of the CRLF before it.
        prop_assert_eq!(found.len(), places.len());
        for (found, place) in found.iter().zip(&places) {
            prop_assert!(found == place || found + 1 == *place, "{} {}", found, place);
        }
        prop_assert_eq!(reading.parts().count(), titles.len());
    }
}
