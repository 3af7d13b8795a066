use std::collections::HashMap;

use charts::{Kind, Mark};
use database::testing::for_each_backend;
use insight::{Analysis, SectionId, Settings, Store, analyse, changes, sections};
use search::{Options, Searcher};

use crate::given::{Given, given, many};

fn settings(pairs: &[(&str, &str)]) -> Settings {
    Settings::from_pairs(pairs.iter().copied()).unwrap()
}

async fn analysed(given: &Given, text: &str, pairs: &[(&str, &str)]) -> Analysis {
    analyse(&given.searcher, text, &settings(pairs)).await.unwrap()
}

/// Rights that the list of an address holds.
async fn listed(searcher: &Searcher, href: &str, known: &mut HashMap<String, u64>) -> u64 {
    if let Some(total) = known.get(href) {
        return *total;
    }
    let text = percent_encoding::percent_decode_str(href.strip_prefix("/search?q=").unwrap());
    let options = Options { limit: 0, facets: Vec::new(), ..Options::default() };
    let total = searcher.search(&text.decode_utf8().unwrap(), options).await.unwrap().total;
    known.insert(href.to_owned(), total);
    total
}

/// Compares every number of every table with its list; answers how many were compared.
async fn compare(given: &Given, analysis: &Analysis) -> usize {
    let (mut compared, mut known) = (0, HashMap::new());
    for section in sections(analysis, "en") {
        if matches!(section.id, SectionId::Growth | SectionId::Concentration) {
            continue;
        }
        for row in &section.table.rows {
            for cell in row.iter().filter(|cell| !cell.text.ends_with('%')) {
                let (Some(value), Some(href)) = (cell.value, &cell.href) else { continue };
                let found = listed(&given.searcher, href, &mut known).await;
                assert!((value - found as f64).abs() < 0.5, "{}: {row:?} lists {found}", section.title);
                compared += 1;
            }
        }
    }
    compared
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_is_that_of_its_list() {
    for_each_backend(|database| async move {
        let given = given(database, many(400)).await;
        for (text, pairs) in [
            ("", [].as_slice()),
            ("电池 OR 透镜", &[("top", "10")]),
            ("right=invention", &[("from", "1990"), ("to", "2020")]),
            ("pa=云岭新能源", &[("from", "2015")]),
        ] {
            let analysis = analysed(&given, text, pairs).await;
            assert!(analysis.total > 0);
            assert!(compare(&given, &analysis).await > 100, "«{text}» has too few figures");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_keep_within_their_wholes() {
    for_each_backend(|database| async move {
        let given = given(database, many(400)).await;
        let analysis = analysed(&given, "", &[]).await;
        assert_eq!(analysis.total, 400);
        for trend in [&analysis.filed, &analysis.published, &analysis.granted] {
            assert_eq!(trend.earlier + trend.listed() + trend.later + trend.undated, 400);
        }
        assert!(analysis.filed.later > 0 && analysis.filed.earlier > 0 && analysis.filed.undated > 0);
        for ranking in [&analysis.kinds, &analysis.status, &analysis.offices] {
            assert_eq!((ranking.with, ranking.without), (400, 0));
        }
        for ranking in [&analysis.applicants, &analysis.owners, &analysis.inventors, &analysis.agents] {
            assert_eq!(ranking.with + ranking.without, 400);
            assert!(ranking.without > 0 && ranking.entries.iter().all(|entry| entry.count <= ranking.with));
        }
        let crosses =
            [&analysis.status_by_year, &analysis.applicant_class, &analysis.applicant_year, &analysis.class_year];
        for cross in crosses {
            assert!(!cross.cells.is_empty());
            for cell in &cross.cells {
                assert!(cell.count <= cross.rows[cell.row].count.min(cross.columns[cell.column].count));
            }
        }
        for year in &analysis.life_cycle {
            assert!(year.applicants <= 2 * year.applications);
        }
        for pair in &analysis.network.edges {
            let (from, to) = (&analysis.network.nodes[pair.from], &analysis.network.nodes[pair.to]);
            assert!(pair.from < pair.to && pair.count <= from.count.min(to.count));
        }
        assert!(!analysis.network.edges.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn spellings_of_a_name_are_one_applicant() {
    for_each_backend(|database| async move {
        let given = given(database, many(100)).await;
        let analysis = analysed(&given, "", &[]).await;
        let named = |name: &str| analysis.applicants.entries.iter().filter(|entry| entry.value.contains(name)).count();
        assert_eq!((named("新能源"), named("有限公司"), analysis.applicants.different), (1, 3, Some(7)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn classes_have_their_titles_and_cited_publications_their_rights() {
    for_each_backend(|database| async move {
        let given = given(database, many(200)).await;
        let analysis = analysed(&given, "", &[]).await;
        let section = analysis.classes.sections.iter().find(|section| section.symbol == "H").unwrap();
        assert_eq!((section.title("zh"), section.title("en")), (Some("电学"), Some("Electricity")));
        let batteries = section.below.iter().find(|class| class.symbol == "H01M").unwrap();
        assert!(batteries.below.iter().any(|group| group.title("en") == Some("Secondary cells")));
        let cited = analysis.citations.iter().find(|cited| cited.number.starts_with("XX")).unwrap();
        assert!(cited.right.as_ref().is_some_and(|right| right.starts_with("XX-")) && cited.title.is_some());
        let foreign = analysis.citations.iter().find(|cited| cited.number.starts_with("US")).unwrap();
        assert_eq!(foreign.right, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_finds_nothing_has_an_analysis_of_zeros() {
    for_each_backend(|database| async move {
        let given = given(database, many(20)).await;
        let analysis = analysed(&given, "ti=\"不存在的词\"", &[]).await;
        assert_eq!(analysis.total, 0);
        assert_eq!(sections(&analysis, "zh"), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_register_has_one_too() {
    for_each_backend(|database| async move {
        let given = given(database, Vec::new()).await;
        let analysis = analysed(&given, "", &[]).await;
        assert_eq!((analysis.total, analysis.newest, analysis.position), (0, None, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_in_the_query_is_told_as_one() {
    for_each_backend(|database| async move {
        let given = given(database, Vec::new()).await;
        for pairs in [[].as_slice(), &[("from", "2010")]] {
            let refused = analyse(&given.searcher, "电池 AND (", &settings(pairs)).await.unwrap_err();
            assert!(matches!(refused, insight::InsightError::Mistake(_)), "{refused}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_analysis_stays_and_says_what_has_changed() {
    for_each_backend(|database| async move {
        let store = Store::open(database.clone()).await.unwrap();
        let given = given(database, many(50)).await;
        let then = analysed(&given, "电池", &[]).await;
        let id = store.save(&then, "2026-07-01T08:00:00Z").await.unwrap();
        given.add(many(80).split_off(50)).await;
        let now = analysed(&given, "电池", &[]).await;
        assert!(now.total > then.total && now.position == 80);
        let saved = store.load(&id).await.unwrap().unwrap();
        assert!(saved.analysis == then, "the figures are as they were");
        let changes = changes(&saved, &now, &given.register).await.unwrap();
        assert_eq!((changes.entries, changes.changed, changes.removed), (30, Some(30), Some(0)));
        assert_eq!((changes.total_then, changes.total_now), (then.total, now.total));
        assert_eq!(changes.figures[0].en, "Rights");
        assert_ne!(store.save(&now, "2026-07-01T08:00:00Z").await.unwrap(), id);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rights_of_the_largest_applicants_are_listed_together() {
    for_each_backend(|database| async move {
        let given = given(database, many(200)).await;
        let analysis = analysed(&given, "", &[("section", "concentration")]).await;
        let all = sections(&analysis, "en");
        let Kind::Bars(bars) = &all[0].figure.kind else { panic!("bars") };
        let mut known = HashMap::new();
        let mut before = 0;
        for Mark { href, .. } in &bars.marks {
            let found = listed(&given.searcher, href.as_ref().unwrap(), &mut known).await;
            assert!(found >= before && found <= analysis.total);
            before = found;
        }
        assert!(before > 0);
    })
    .await;
}
