//! A worksheet of any content in a sound workbook.
#![no_main]

use std::io::Write;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use zip::write::{SimpleFileOptions, ZipWriter};

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fuzz_target!(|sheet: &[u8]| {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).expect("memory takes all");
        archive.write_all(bytes).expect("memory takes all");
    }
    let workbook = archive.finish().expect("memory takes all").into_inner();
    fuzz::read_bytes("a.xlsx", &workbook);
    fill_in(&workbook);
});

/// What people send back for a template: every row whole, or problems with their places.
fn fill_in(workbook: &[u8]) {
    use sheets::{Column, Kind, SheetError};
    let columns = [
        Column::new("a", "a", Kind::Text).required(),
        Column::new("b", "b", Kind::Number),
        Column::new("c", "c", Kind::Date),
        Column::new("d", "d", Kind::Choice(vec!["yes".to_owned(), "no".to_owned()])),
    ];
    match sheets::read(workbook, &columns) {
        Ok(rows) => assert!(rows.iter().all(|row| row.cells.len() == columns.len() && !row.cells[0].is_empty())),
        Err(SheetError::Problems(problems)) => assert!(!problems.is_empty()),
        Err(_) => {}
    }
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    fuzz::mutate_xml(data, size, max_size, seed)
});
