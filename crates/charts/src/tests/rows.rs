use crate::{PROVINCES, Table, TableCell, examples, number, province};

fn table(texts: &[&str]) -> Table {
    let cell = |text: &&str| TableCell { text: (*text).to_owned(), value: None, href: None };
    Table {
        caption: String::new(),
        headings: vec!["a".to_owned(); texts.len()],
        rows: vec![texts.iter().map(cell).collect()],
    }
}

#[test]
fn rows_have_as_many_cells_as_headings() {
    for figure in examples() {
        let table = figure.table();
        assert!(!table.rows.is_empty(), "{}", figure.id);
        assert!(table.rows.iter().all(|row| row.len() == table.headings.len()), "{}", figure.id);
    }
}

#[test]
fn tables_are_as_recorded() {
    for figure in examples() {
        insta::assert_snapshot!(format!("csv-{}", figure.id), figure.table().csv());
    }
}

#[test]
fn formulas_are_guarded_and_numbers_are_not() {
    let mut made = table(&["=1+1", "+x", "-x", "@x", " =x", "\tx", "a,b", "say \"x\"", "＝x"]);
    made.rows[0].push(TableCell { text: "−1,234.5".to_owned(), value: Some(-1234.5), href: None });
    let csv = made.csv();
    assert!(csv.starts_with('\u{feff}'));
    let row = csv.lines().nth(1).unwrap();
    assert_eq!(row, "'=1+1,'+x,'-x,'@x,' =x,'\tx,\"a,b\",\"say \"\"x\"\"\",'＝x,-1234.5");
}

#[test]
fn numbers_are_grouped() {
    let cases = [
        (0.0, "0"),
        (999.0, "999"),
        (12_345.0, "12,345"),
        (-1_234_567.891, "−1,234,567.89"),
        (0.5, "0.5"),
        (-0.001, "0"),
        (1.2e18, "1.2e18"),
        (f64::NAN, "0"),
    ];
    for (value, text) in cases {
        assert_eq!(number(value), text);
    }
}

#[test]
fn every_province_has_a_tile_of_its_own() {
    let mut places: Vec<(u8, u8)> = PROVINCES.iter().map(|province| (province.column, province.row)).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), 34);
    assert_eq!(province("440300").map(|province| province.name("en")), Some("Guangdong"));
    assert_eq!(province("71").map(|province| province.name("zh")), Some("台湾"));
    assert_eq!(province("4"), None);
    assert_eq!(province("广东"), None);
}

#[test]
fn saved_figures_read_back() {
    for figure in examples() {
        let json = serde_json::to_string(&figure).unwrap();
        assert_eq!(serde_json::from_str::<crate::Figure>(&json).unwrap(), figure);
    }
}
