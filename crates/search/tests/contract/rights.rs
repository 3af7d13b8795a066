//! One right with everything round it, two side by side, and what the register holds.

use std::sync::Arc;

use crate::given::{AT, alone, given, id, load_ipc, many, part, publication};
use database::testing::for_each_backend;
use records::{Citation, RightId, RightKind};
use search::{Agreement, Options, Side};

/// A right with a family, citations, neighbours and citing rights.
async fn telling(given: &crate::given::Given) -> RightId {
    let options = Options { limit: 100, ..Options::default() };
    let found = given.searcher.search("right=invention ct=*", options).await.unwrap();
    found.hits[0].right.id.clone()
}

#[tokio::test]
async fn a_dossier_gathers_what_lies_round_a_right() {
    for_each_backend(|database| async move {
        let given = given(database, many(210)).await;
        load_ipc(&given.register).await;
        let id = telling(&given).await;
        let dossier = given.searcher.dossier(&id).await.unwrap().unwrap();

        assert_eq!(dossier.right.id, id);
        let family = given.searcher.search(&dossier.family.query, Options::default()).await.unwrap();
        assert_eq!(family.total, dossier.family.total + 1, "all but the right itself");
        assert!(!dossier.family.first.is_empty() && dossier.family.first.iter().all(|brief| brief.id != id));

        assert_eq!(dossier.citations.len(), 2);
        let cited = dossier.citations[0].leads_to.as_ref().unwrap();
        assert!(
            dossier.citations[0].citation.number.as_ref().unwrap().contains(&cited_number(&given, &cited.id).await)
        );
        assert_eq!(dossier.citations[1].leads_to, None, "a book is no right");
        assert_eq!(dossier.related.len(), 1);
        assert!(dossier.related[0].leads_to.is_some());

        assert!((1..=10).contains(&dossier.similar.len()) && dossier.similar.iter().all(|brief| brief.id != id));
        let subgroup = dossier.classes.iter().find(|class| class.symbol.starts_with("H01M10/05"));
        if let Some(class) = subgroup {
            assert!(!class.title("zh").is_empty());
            assert_eq!(class.above.iter().map(|row| row.symbol.as_str()).collect::<Vec<_>>(), ["H01M", "H01M10/00"]);
        }
        assert!(dossier.classes.iter().all(|class| query::parse(&class.query).is_ok()));
        assert_eq!(
            given.searcher.dossier(&RightId::from("XX-P-0".to_owned())).await.unwrap().map(|d| d.right.id),
            None
        );
    })
    .await;
}

async fn cited_number(given: &crate::given::Given, id: &RightId) -> String {
    let right = given.register.right(id).await.unwrap().unwrap();
    right.publications[0].number.to_string()
}

#[tokio::test]
async fn citing_rights_are_counted_and_their_query_finds_them_all() {
    let mut parts = vec![part(1, RightKind::Invention, "被引")];
    for n in 2..=80 {
        let mut citing = part(n, RightKind::Invention, "引");
        citing.record.citations =
            vec![Citation { number: Some(format!("{}A1", publication(1))), ..Citation::default() }];
        parts.push(citing);
    }
    let given = alone(parts).await;
    let dossier = given.searcher.dossier(&id(1, RightKind::Invention)).await.unwrap().unwrap();
    assert_eq!((dossier.cited_by.total, dossier.cited_by.first.len()), (79, 50));
    let found = given.searcher.search(&dossier.cited_by.query, Options::default()).await.unwrap();
    assert_eq!(found.total, 79);
}

#[tokio::test]
async fn parts_come_with_their_sources() {
    let given = alone(many(3)).await;
    let parts = given.searcher.parts(&id(1, RightKind::ALL[1])).await.unwrap();
    assert_eq!(parts.len(), 1);
    assert_eq!((parts[0].source.file.as_str(), parts[0].source.loaded_at.as_str()), ("made-up.jsonl", AT));
    assert!(given.searcher.parts(&RightId::from("XX-P-0".to_owned())).await.unwrap().is_empty());
}

#[tokio::test]
async fn two_rights_are_compared_field_by_field() {
    let given = alone(many(60)).await;
    let found = given.searcher.search("right=invention", Options::default()).await.unwrap();
    let (first, second) = (&found.hits[0].right.id, &found.hits[1].right.id);
    let comparison = given.searcher.compare(first, second, "en").await.unwrap().unwrap();
    let row = |name: &str| comparison.rows.iter().find(|row| row.field == name).unwrap();
    assert_eq!(row("right").agreement, Agreement::Equal);
    assert_eq!(row("number").agreement, Agreement::Different);
    assert!(row("inventors").first.iter().any(|value| value.shared && value.text == "Jean Martin"));
    let title: String =
        row("title").pieces.iter().filter(|p| p.side != Side::Second).map(|p| p.text.as_str()).collect();
    assert_eq!(title, comparison.first.title("en"));
    assert!(comparison.claims.iter().any(|piece| piece.side == Side::Both && piece.text.contains("一种")));

    let same = given.searcher.compare(first, first, "zh").await.unwrap().unwrap();
    assert!(same.rows.iter().all(|row| row.agreement == Agreement::Equal && row.pieces.is_empty()));
    let nothing = given.searcher.compare(first, &RightId::from("XX-P-0".to_owned()), "zh").await.unwrap();
    assert!(nothing.is_none());
}

#[tokio::test]
async fn freshness_counts_once_for_each_state_of_the_register() {
    for_each_backend(|database| async move {
        let given = given(database, many(40)).await;
        let freshness = given.searcher.freshness().await.unwrap();
        assert_eq!(freshness.total, 40);
        for shares in [&freshness.by_kind, &freshness.by_office, &freshness.by_status] {
            assert_eq!(shares.iter().map(|share| share.count).sum::<u64>(), 40);
        }
        let source = &freshness.sources[0];
        assert_eq!((source.source.as_str(), source.parts), ("made-up", 40));
        assert_eq!((source.newest.as_deref(), source.loaded_at.as_deref()), (Some("2026-06-01"), Some(AT)));

        let again = given.searcher.clone().freshness().await.unwrap();
        assert!(Arc::ptr_eq(&freshness, &again), "nothing was loaded, so nothing is counted");
        given.add(many(41)).await;
        assert_eq!(given.searcher.freshness().await.unwrap().total, 41);
    })
    .await;
}
