//! Lists of numbers.

use std::time::Instant;

use crate::given::{alone, given, id, many, part, publication};
use database::testing::for_each_backend;
use records::RightKind;
use search::{ExportFormat, LookUpNote, LookUpOutcome, MOST_NUMBERS};

#[tokio::test]
async fn a_list_in_any_spelling_is_found_doubted_or_not_found() {
    for_each_backend(|database| async move {
        let parts = vec![
            part(1, RightKind::Invention, "甲"),
            part(2, RightKind::Invention, "乙"),
            part(3, RightKind::Invention, "丙"),
            part(3, RightKind::Trademark, "丙商标"),
        ]
        .into_iter()
        .enumerate()
        .map(|(n, mut part)| {
            part.key = records::PartKey::new("made-up", n);
            if n == 3 {
                part.subject.publications.clear();
                part.record.publications.clear();
            }
            part
        });
        let given = given(database, parts.collect()).await;
        let one = id(1, RightKind::Invention);
        let list = format!("{}A\nXX 7,000,002；{one}\nXX9999999\nhello\n20150000003", publication(1));
        let looked_up = given.searcher.look_up(&list).await.unwrap();
        let outcomes: Vec<&str> = looked_up.rows.iter().map(|row| row.outcome.label("en")).collect();
        assert_eq!(outcomes, ["found", "found", "found", "not found", "not found", "doubtful"]);
        assert_eq!((looked_up.found, looked_up.not_found, looked_up.doubtful, looked_up.beyond), (3, 2, 1, 0));
        assert_eq!(looked_up.rows[2].note, Some(LookUpNote::Repeats(1)), "the same right by another number");
        assert_eq!(looked_up.rows[4].note, Some(LookUpNote::NoNumber));
        assert_eq!(looked_up.rows[5].outcome.rights().len(), 2);
        let LookUpOutcome::Found(brief) = &looked_up.rows[1].outcome else { panic!("{:?}", looked_up.rows[1]) };
        assert_eq!(brief.title("zh"), "乙");
    })
    .await;
}

#[tokio::test]
async fn the_answer_is_a_file_too() {
    let given = alone(many(5)).await;
    let list = format!("{}\n=1+1", publication(1));
    let looked_up = given.searcher.look_up(&list).await.unwrap();
    let csv = String::from_utf8(looked_up.file(ExportFormat::Csv, "zh").unwrap()).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("\u{feff}行,号码,结果"));
    assert!(lines[1].contains("找到") && lines[1].contains("XX7000001"));
    assert!(lines[2].contains("'=1+1") && lines[2].contains("未找到"), "a formula is kept from running");
    assert!(looked_up.file(ExportFormat::Xlsx, "en").unwrap().starts_with(b"PK"));
    let json = String::from_utf8(looked_up.file(ExportFormat::JsonLines, "en").unwrap()).unwrap();
    let row: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!((row["outcome"].as_str(), row["line"].as_u64()), (Some("found"), Some(1)));
}

#[tokio::test]
async fn ten_thousand_numbers_are_looked_up_and_the_rest_is_told() {
    let given = alone(many(2000)).await;
    let numbers: Vec<String> = (0..MOST_NUMBERS as u32 + 25).map(|n| publication(n % 4000).to_string()).collect();
    let list = numbers.join("\n");
    let started = Instant::now();
    let looked_up = given.searcher.look_up(&list).await.unwrap();
    let took = started.elapsed();
    assert_eq!((looked_up.rows.len(), looked_up.beyond), (MOST_NUMBERS, 25));
    assert_eq!(looked_up.found + looked_up.not_found, MOST_NUMBERS);
    assert_eq!(looked_up.rows[4001].note, Some(LookUpNote::Repeats(2)));
    // A debug build on a busy machine: ten times what is promised.
    assert!(took.as_secs() < 10, "{took:?}");
}

#[tokio::test]
async fn nothing_and_rubbish_are_answered() {
    let given = alone(many(3)).await;
    assert!(given.searcher.look_up("").await.unwrap().rows.is_empty());
    let rubbish = format!("a\n{}\n\0\u{202e}\n-1", "9".repeat(100_000));
    let looked_up = given.searcher.look_up(&rubbish).await.unwrap();
    assert_eq!(looked_up.found, 0);
    assert!(looked_up.rows.iter().any(|row| row.note == Some(LookUpNote::NoNumber)));
}
