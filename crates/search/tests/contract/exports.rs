//! Exports in pieces.

use crate::given::{Given, alone, many};
use records::Right;
use search::{COLUMNS, ExportFormat, SearchError, columns_named};

async fn file(given: &Given, query: &str, format: ExportFormat, columns: &[&str]) -> (Vec<u8>, usize) {
    let columns = columns_named(columns.iter().copied()).unwrap();
    let mut exporting = given.searcher.exporting(query, format, "zh", &columns).unwrap();
    let (mut whole, mut pieces) = (Vec::new(), 0);
    while let Some(piece) = exporting.next().await.unwrap() {
        whole.extend(piece);
        pieces += 1;
    }
    assert_eq!(exporting.written(), exporting.total());
    assert!(exporting.next().await.unwrap().is_none(), "an end is an end");
    (whole, pieces)
}

#[tokio::test]
async fn every_hit_is_written_once_in_order_of_id() {
    let given = alone(many(500)).await;
    let (lines, pieces) = file(&given, "", ExportFormat::JsonLines, &[]).await;
    let rights: Vec<Right> =
        String::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((rights.len(), pieces), (500, 3));
    assert!(rights.windows(2).all(|pair| pair[0].id < pair[1].id));
}

#[tokio::test]
async fn chosen_columns_stand_in_the_order_chosen() {
    let given = alone(many(300)).await;
    let (csv, _) = file(&given, "right=trademark", ExportFormat::Csv, &["状态", "id"]).await;
    let csv = String::from_utf8(csv).unwrap();
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), ["状态", "标识"]);
    assert!(reader.records().all(|row| row.unwrap()[1].starts_with("XX-T-")));
    assert_eq!(csv.matches('\u{feff}').count(), 1);
    assert_eq!(columns_named(["id", "nosuch"]).unwrap_err(), "nosuch");
    assert_eq!(columns_named([]).unwrap().len(), COLUMNS.len());
}

#[tokio::test]
async fn a_table_without_rows_has_its_headings() {
    let given = alone(many(5)).await;
    let (csv, _) = file(&given, "pn=XX1", ExportFormat::Csv, &["id"]).await;
    assert_eq!(String::from_utf8(csv).unwrap(), "\u{feff}标识\n");
    let (lines, _) = file(&given, "pn=XX1", ExportFormat::JsonLines, &[]).await;
    assert!(lines.is_empty());
}

#[tokio::test]
async fn a_workbook_comes_whole_at_the_end() {
    let given = alone(many(450)).await;
    let (book, pieces) = file(&given, "", ExportFormat::Xlsx, &["id", "title"]).await;
    assert!(pieces >= 4 && book.starts_with(b"PK"));
    assert!(book.len() > 10_000);
}

#[tokio::test]
async fn a_mistake_shows_before_anything_is_written() {
    let given = alone(many(1)).await;
    let refused = given.searcher.exporting("ti=(", ExportFormat::Csv, "zh", &[]);
    assert!(matches!(refused.err(), Some(SearchError::Mistake(_))));
}
