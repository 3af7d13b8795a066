//! Schemes browsed and searched.

use crate::given::{alone, given, load_ipc, many};
use database::testing::for_each_backend;
use search::{ClassRow, Options, SchemeName};

fn symbols(rows: &[ClassRow]) -> Vec<&str> {
    rows.iter().map(|row| row.symbol.as_str()).collect()
}

#[tokio::test]
async fn a_place_shows_what_lies_above_below_and_beside_it() {
    for_each_backend(|database| async move {
        let given = given(database, many(210)).await;
        load_ipc(&given.register).await;
        let browse = async |symbol: Option<&str>| given.searcher.class_browse(SchemeName::Ipc, symbol).await.unwrap();

        let top = browse(None).await.unwrap();
        assert_eq!((symbols(&top.children), top.place), (vec!["G", "H"], None));
        let page = browse(Some("h01m 10/05")).await.unwrap();
        assert_eq!(symbols(&page.path), ["H", "H01", "H01M", "H01M10/00"]);
        assert_eq!(page.place.as_ref().unwrap().title("zh"), "非水电解质蓄电池");
        assert_eq!(symbols(&page.children), ["H01M10/052", "H01M10/056"]);
        let group = browse(Some("H01M10/00")).await.unwrap();
        assert_eq!(group.siblings, (Some("H01M4/00".to_owned()), None));

        for row in page.children.iter().chain(&page.place).chain(&top.children) {
            let found = given.searcher.search(row.query.as_ref().unwrap(), Options::default()).await.unwrap();
            assert_eq!(row.count, Some(found.total), "{}", row.symbol);
        }
        assert!(top.children.iter().any(|row| row.count > Some(0)));
        let below = |symbol: &str| page.children.iter().find(|row| row.symbol == symbol).unwrap().count;
        assert!(below("H01M10/052") > Some(0), "by the dots of the scheme: H01M10/0525 lies below H01M10/052");

        assert!(browse(Some("H99")).await.is_none());
        assert!(given.searcher.class_browse(SchemeName::Vienna, None).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn places_are_found_by_words_of_either_language_and_by_symbol() {
    let given = alone(many(70)).await;
    load_ipc(&given.register).await;
    let search = async |words: &str| given.searcher.class_search(SchemeName::Ipc, words).await.unwrap();
    assert_eq!(symbols(&search("电池").await)[0], "H01M");
    assert_eq!(symbols(&search("ACCUMULATORS non").await), ["H01M10/05"]);
    assert_eq!(symbols(&search("h01m10/052").await), ["H01M10/052", "H01M10/0525"]);
    assert!(search("").await.is_empty());
    assert!(search("没有这个词").await.is_empty());
    assert!(search("h01m").await.iter().all(|row| row.count.is_some()));
}
