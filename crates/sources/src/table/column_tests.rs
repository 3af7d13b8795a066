use rust_xlsxwriter::Workbook;

use super::{first_column, is_workbook};

fn workbook(cells: &[(u32, u16, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, column, text) in cells {
        sheet.write_string(*row, *column, *text).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_first_column_is_the_first_that_holds_anything() {
    let bytes = workbook(&[(0, 1, "号码"), (1, 1, "ZL201510163325.6"), (3, 1, "EP 2 930 123"), (1, 2, "不要")]);
    assert!(is_workbook(&bytes));
    assert_eq!(first_column(&bytes).unwrap(), ["号码", "ZL201510163325.6", "", "EP 2 930 123"]);
}

#[test]
fn numbers_in_cells_keep_their_digits() {
    let mut book = Workbook::new();
    book.add_worksheet().write_number(0, 0, 201_510_163_325.6).unwrap().write_number(1, 0, 18_229_858).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(first_column(&bytes).unwrap(), ["201510163325.6", "18229858"]);
}

#[test]
fn what_is_no_workbook_is_refused_with_a_reason() {
    for bytes in [&b"PK\x03\x04 broken"[..], b"\xd0\xcf\x11\xe0 broken", b"", &[0; 64]] {
        assert!(first_column(bytes).is_err());
    }
    assert_eq!(first_column(&workbook(&[])).unwrap(), Vec::<String>::new());
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..40 {
        std::io::Write::write_all(&mut zip, &blanks).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert!(first_column(&bytes).unwrap_err().contains("32 MiB"));
}
