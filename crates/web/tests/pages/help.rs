use query::Field;

use crate::given::{site, site_with};

#[tokio::test]
async fn every_link_of_the_help_pages_leads_somewhere() {
    let site = site().await;
    for address in ["/help", "/help/query", "/help/data", "/help/api"] {
        for lang in ["zh", "en"] {
            let page = site.page(&format!("{address}?lang={lang}")).await;
            for href in page.attributes("main a[href^='/']", "href") {
                // The API has tests of its own.
                if href.starts_with("/api/") {
                    continue;
                }
                let (status, ..) = site.get(&href).await;
                assert!(!status.is_server_error() && status.as_u16() != 404, "{address} leads to {href}: {status}");
            }
        }
    }
}

#[tokio::test]
async fn every_example_of_the_query_language_is_understood() {
    let site = site().await;
    let page = site.page("/help/query").await;
    let links = page.attributes(".examples a, .fields a, .keyword-chips a, tbody a", "href");
    assert!(links.len() > 100);
    for href in links {
        let found = site.page(&href).await;
        assert_eq!(found.count("#mistake"), 0, "{href}");
    }
    let wrong = site.page(&page.link("tittle")).await;
    assert_eq!(wrong.count("#mistake .mend"), 1, "the example of a mistake has a mend");
}

#[tokio::test]
async fn the_table_of_fields_has_them_all() {
    let page = site().await.page("/help/query?lang=en").await;
    for field in Field::ALL {
        let row = page.one(&format!("#field-{}", field.code()));
        assert!(row.contains(field.chinese()) && row.contains(field.english()), "{row}");
    }
}

#[tokio::test]
async fn the_data_are_told_by_source_kind_and_office_with_lists() {
    let site = site().await;
    let page = site.page("/help/data?lang=en").await;
    assert_eq!(page.all("#sources ~ .wide-scroll td"), ["made-up", "7", "2026-06-01 30 days ago", "2026-06-30 01:02"]);
    let list = site.page(&page.attributes(".count-table a", "href")[0]).await;
    assert_eq!(list.one("#found").split(' ').next().unwrap(), page.one(".count-table td.n"));
    assert!(page.one("#missing ~ ul").contains("Plant"), "kinds without records are named");
    let empty = site_with(Vec::new()).await.page("/help/data").await;
    assert!(empty.one(".empty").contains("huizhi ingest"));
}

#[tokio::test]
async fn every_code_of_a_problem_has_its_line() {
    let site = site().await;
    let page = site.page("/help/api").await;
    for address in ["/api/v1/nowhere", "/api/v1/search?q=tittle%3Da"] {
        let (_, _, body) = site.get(address).await;
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let anchor = problem["type"].as_str().unwrap().strip_prefix("/help/api#").unwrap().to_owned();
        assert_eq!(page.count(&format!("[id='{anchor}']")), 1, "{anchor}");
    }
    assert_eq!(page.count("pre[data-copy]"), 23);
}
