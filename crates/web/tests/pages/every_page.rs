//! What holds for each of these pages; `seen` looks at every page that any test reads.

use crate::given::{site, site_with};

const PAGES: &[&str] = &[
    "/numbers",
    "/numbers?list=EP1",
    "/classes",
    "/classes/ipc",
    "/classes/nice",
    "/eu-marks",
    "/eu-marks?words=x",
    "/search/advanced",
    "/compare",
    "/compare?id=1&id=2",
    "/network",
    "/network?region=500000&status=active&open=1",
    "/network/coverage",
    "/rate",
    "/ratings",
    "/network/coverage?on=2024-06-30",
    "/governance/assessments",
    "/governance/assessments/schemes",
    "/governance/assessments/years",
    "/cases/new",
    "/cases/new?item=W-C04&region=500000",
    "/cases/track",
    "/services",
    "/services?group=basic&theme=patent&object=person&on=2026-06-30",
    "/services/calendar",
    "/governance/indicators",
    "/governance/credit",
    "/governance/credit?level=a&kind=patent&q=x",
    "/governance/credit/announcements",
    "/governance/credit/rules",
    "/governance/plans",
    "/help",
    "/help/query",
    "/help/data",
    "/help/api",
];

#[tokio::test]
async fn pages_speak_both_languages_and_mark_where_one_is() {
    let site = site().await;
    for address in PAGES {
        let joined = if address.contains('?') { '&' } else { '?' };
        let (zh, en) = (site.page(address).await, site.page(&format!("{address}{joined}lang=en")).await);
        assert_eq!(
            (zh.attributes("html", "lang"), en.attributes("html", "lang")),
            (vec!["zh-CN".into()], vec!["en".into()])
        );
        assert_ne!(zh.one("title"), en.one("title"), "{address}");
        let chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        // Examples and data may be Chinese in either language; what the page says itself is not.
        for css in ["h1", "main label:not(:has(option))", "main .button", "main .lead", "main legend", "main th"] {
            if address.starts_with("/help/query") && css == "main th" {
                continue;
            }
            assert!(!en.all(css).iter().any(chinese), "{address}: {:?}", en.all(css));
        }
        let path = address.split('?').next().unwrap();
        // Governance stands in the navigation of those whose roles open more of it.
        if !["/compare", "/rate", "/ratings"].contains(&path) && !path.starts_with("/governance") {
            assert_eq!(zh.count(".main-nav a[aria-current=page]"), 1, "{address}");
        }
    }
}

#[tokio::test]
async fn pages_stand_over_an_empty_register_too() {
    let site = site_with(Vec::new()).await;
    for address in PAGES {
        site.page(address).await;
    }
}

#[cfg(debug_assertions)]
#[tokio::test]
async fn the_page_of_components_shows_every_chart() {
    let site = site().await;
    for lang in ["zh", "en"] {
        let page = site.page(&format!("/gallery?lang={lang}")).await;
        assert_eq!(page.count(".analysis-part .chart > svg"), charts::examples().len());
    }
}
