//! Results, passages and suggestions.

use std::time::Instant;

use crate::given::{alone, load_ipc, many, part};
use records::{Party, RightKind, Status};
use search::{Options, SuggestionKind};

#[tokio::test]
async fn hits_show_the_passage_that_the_title_does_not() {
    let given = alone(many(60)).await;
    let found = given.searcher.search("枝晶", Options::default()).await.unwrap();
    assert!(found.total > 0);
    for hit in &found.hits {
        let snippet = hit.snippet.as_ref().unwrap();
        assert_eq!((snippet.field, snippet.text.as_str()), ("ab", "其中的隔膜抑制枝晶生长。"));
        assert_eq!(&snippet.text[snippet.marks[0].clone()], "枝晶");
    }
    let titled = given.searcher.search("ti=石墨烯", Options::default()).await.unwrap();
    assert!(titled.total > 0 && titled.hits.iter().all(|hit| hit.snippet.is_none()));
    let without = Options { snippets: false, ..Options::default() };
    let plain = given.searcher.search("枝晶", without).await.unwrap();
    assert!(plain.hits.iter().all(|hit| hit.snippet.is_none()));
}

#[tokio::test]
async fn families_collapse_to_one_hit_with_their_size() {
    let given = alone(many(120)).await;
    let collapsed = Options { collapse: true, limit: 100, ..Options::default() };
    let found = given.searcher.search("right=invention", collapsed).await.unwrap();
    assert_eq!(found.groups, Some(found.hits.len() as u64));
    assert!(found.groups.unwrap() < found.total);
    assert_eq!(found.hits.iter().map(|hit| hit.family_size).sum::<u64>(), found.total);
}

#[tokio::test]
async fn another_day_decides_what_has_expired() {
    let given = alone(many(40)).await;
    let found = given.searcher.search("status=in-force", Options::default()).await.unwrap();
    let id = &found.hits[0].right.id;
    let later = given.searcher.on(records::Date::constant(2090, 1, 1));
    assert_eq!(later.show(id.as_str()).await.unwrap()[0].status, Status::Expired);
}

#[tokio::test]
async fn suggestions_are_fields_values_classes_and_numbers() {
    let given = alone(many(100)).await;
    load_ipc(&given.register).await;
    let ask = async |text: &str, lang: &str| given.searcher.suggest(text, text.len(), lang, 12).await.unwrap();

    let fields = ask("申请", "zh").await;
    assert!(fields.iter().any(|s| s.kind == SuggestionKind::Field && s.insert == "申请人=" && s.label == "申请人 pa"));

    let values = ask("电池 pa=云", "zh").await;
    let first = &values[0];
    assert_eq!((first.kind, &"电池 pa=云"[first.place.clone()]), (SuggestionKind::Value, "pa=云"));
    let inserted = format!("{}{}", &"电池 pa=云"[..first.place.start], first.insert);
    let found = given.searcher.search(&first.insert, Options::default()).await.unwrap();
    assert_eq!(Some(found.total), first.count, "the count is that of the clause: {inserted}");

    let status = ask("status=有", "en").await;
    assert_eq!(status[0].insert, "status=in-force");
    assert_eq!(status[0].label, "In force");

    let classes = ask("ipc=H01M10/05", "en").await;
    assert_eq!(classes[0].kind, SuggestionKind::Class);
    assert_eq!(
        (classes[0].insert.as_str(), classes[0].label.as_str()),
        ("ipc=H01M10/05", "H01M10/05 Non-aqueous accumulators")
    );
    assert!(ask("光学", "zh").await.iter().any(|s| s.insert == "ipc=G02B" || s.insert == "ipc=G02"));

    let number = ask("XX7000005", "zh").await;
    assert_eq!(number[0].kind, SuggestionKind::Number);
    let found = given.searcher.search(&number[0].insert, Options::default()).await.unwrap();
    assert_eq!(found.total, 1);

    let inside = ask("pa=(海沧 OR 云", "zh").await;
    assert!(!inside.is_empty() && inside.iter().all(|s| !s.insert.starts_with("pa")));
    assert!(ask("", "zh").await.is_empty());
}

#[tokio::test]
async fn every_suggestion_of_a_value_parses_where_it_stands() {
    let given = alone(many(100)).await;
    load_ipc(&given.register).await;
    for text in [
        "pa=",
        "ow=n",
        "in=李",
        "ag=惠",
        "re=",
        "co=",
        "office=",
        "tech=",
        "status=",
        "right=",
        "ad=20",
        "event=转",
        "nice=",
        "云",
        "nort",
        "H01",
        "A \"",
        "pa=(",
        "pa=(a",
    ] {
        for suggestion in given.searcher.suggest(text, text.len(), "zh", 50).await.unwrap() {
            if suggestion.kind == SuggestionKind::Field {
                continue;
            }
            let mut line = text.to_owned();
            line.replace_range(suggestion.place.clone(), &suggestion.insert);
            let line = if text.contains('(') { line + ")" } else { line };
            assert!(query::parse(&line).is_ok(), "{text} → {line}");
        }
    }
}

#[tokio::test]
async fn suggestions_come_quickly() {
    let mut parts = many(3000);
    for (n, extra) in (10_000..13_000).enumerate() {
        let mut part = part(extra, RightKind::Invention, "某物");
        part.record.applicants = vec![Party::named(format!("公司{n}号有限公司"))];
        parts.push(part);
    }
    let given = alone(parts).await;
    load_ipc(&given.register).await;
    given.searcher.suggest("公司", 6, "zh", 10).await.unwrap();
    let started = Instant::now();
    for _ in 0..10 {
        given.searcher.suggest("公司", 6, "zh", 10).await.unwrap();
    }
    // A debug build on a busy machine: ten times what is promised.
    assert!(started.elapsed().as_millis() < 1000, "{:?}", started.elapsed());
}
