//! Every figure opens its list.

use crate::given::{alone, given, load_ipc, many};
use database::testing::for_each_backend;
use index::FacetField;
use search::{Options, clause, facet_label, facet_name};

/// Every facet with all its values.
fn all() -> Options {
    let facets = FacetField::ALL.into_iter().map(|facet| (facet, 10_000)).collect();
    Options { limit: 0, facets, ..Options::default() }
}

#[tokio::test]
async fn a_clause_finds_exactly_what_its_facet_counted() {
    for_each_backend(|database| async move {
        let given = given(database, many(210)).await;
        load_ipc(&given.register).await;
        let queries = ["", "电池", "right=trademark OR status=in-force", "pa=云岭 NOT ad=2010"];
        for text in queries {
            let found = given.searcher.search(text, all()).await.unwrap();
            assert!(found.facets.iter().map(|facet| facet.counts.len()).sum::<usize>() > 10, "{text}");
            for facet in &found.facets {
                for value in &facet.counts {
                    let clause = clause(facet.field, &value.value);
                    let narrowed = query::with_clause(text, &clause);
                    let options = Options { limit: 0, facets: Vec::new(), ..Options::default() };
                    let list = given.searcher.search(&narrowed, options).await.unwrap();
                    assert_eq!(list.total, value.count, "{:?} {} by {narrowed}", facet.field, value.value);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_facet_has_values_names_and_labels() {
    let given = alone(many(210)).await;
    let found = given.searcher.search("", all()).await.unwrap();
    for facet in &found.facets {
        assert!(!facet.counts.is_empty(), "{:?} counts nothing in the test set", facet.field);
        for lang in ["zh", "en"] {
            assert!(!facet_name(facet.field, lang).is_empty());
            assert!(facet.counts.iter().all(|value| !facet_label(facet.field, &value.value, lang).is_empty()));
        }
        assert_ne!(facet_name(facet.field, "zh"), facet_name(facet.field, "en"));
    }
}

#[test]
fn labels_are_words_of_the_language() {
    let label = |facet, value, lang| facet_label(facet, value, lang);
    assert_eq!(label(FacetField::Right, "utility-model", "zh"), "实用新型");
    assert_eq!(label(FacetField::Status, "in-force", "en"), "In force");
    assert_eq!(label(FacetField::Office, "CN", "zh"), "中国");
    assert_eq!(label(FacetField::Country, "DE", "en"), "Germany");
    assert_eq!(label(FacetField::Technology, "8", "zh"), "半导体");
    assert_eq!(label(FacetField::Region, "云南省", "en"), "Yunnan");
    assert_eq!(label(FacetField::City, "深圳市", "zh"), "深圳市");
    assert_eq!(label(FacetField::City, "深圳市", "en"), "Shenzhen");
    assert_eq!(label(FacetField::City, "宿州市", "en"), "Suzhou, Anhui", "there is a Suzhou in Jiangsu too");
    assert_eq!(label(FacetField::ApplicantType, "university", "zh"), "高等院校");
    assert_eq!(label(FacetField::Class, "Nice 9", "zh"), "尼斯第9类");
    assert_eq!(label(FacetField::Class, "H01M", "zh"), "H01M");
    assert_eq!(label(FacetField::FilingYear, "2020", "en"), "2020");
    assert_eq!(label(FacetField::Office, "QQ", "en"), "QQ");
}
