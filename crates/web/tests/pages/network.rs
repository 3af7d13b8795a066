//! The network: directory, coverage, one outlet, files.

use network::{Kind, Level, create};

use crate::given::{HOSTILE, Site};
pub(crate) use crate::outlets::{id, with_network};
use crate::outlets::{new, now};

/// The number of the list at an address.
async fn counted(site: &Site, address: &str) -> String {
    let found = site.page(address).await.one("#found");
    found.split(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn outlets_are_found_by_words_place_kind_level_state_service_and_hours() {
    let site = with_network().await;
    for (asked, names) in [
        ("q=%E5%B1%B1%E5%9F%8E", vec!["山城公共服务中心", "山城管理局", "山城保护中心"]),
        ("region=500106", vec!["山城保护中心"]),
        ("region=000000", vec!["国家局"]),
        ("kind=protection-centre", vec!["山城保护中心"]),
        ("level=prefecture", vec!["江边市公共服务中心"]),
        ("status=closed", vec!["旧站"]),
        ("service=B05", vec!["山城保护中心"]),
        ("open=1", vec!["山城保护中心"]),
        ("q=6000+9999&region=500000&kind=protection-centre", vec!["山城保护中心"]),
    ] {
        let mut found = site.page(&format!("/network?{asked}")).await.all(".outlet h3");
        found.sort();
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort();
        assert_eq!(found, names, "{asked}");
    }
    let english = site.page("/network?kind=protection-centre&lang=en").await;
    assert_eq!(english.one(".outlet h3"), "Hill City Protection Centre");
    assert_eq!(english.one(".opening"), "Open until 17:00", "it is four in the afternoon in China");
    assert_eq!(english.one(".outlet .badge"), "Protection centre");
}

#[tokio::test]
async fn every_number_of_the_directory_opens_its_list() {
    let site = with_network().await;
    for asked in ["/network", "/network?region=500000", "/network?kind=public-service-body&on=2025-06-30"] {
        let page = site.page(asked).await;
        let kinds = page.attributes(".facet li a", "href");
        let counts = page.all(".facet li .count");
        assert!(!kinds.is_empty());
        for (address, count) in kinds.iter().zip(counts) {
            let opened = site.page(address).await;
            if opened.count(".facet li a[aria-current]") == 1 {
                assert_eq!(opened.one("#found").split(' ').next().unwrap(), count, "{address}");
            }
        }
        let tiles = page.attributes(".network-map a", "href");
        let said = page.all(".network-map a title");
        assert!(!tiles.is_empty());
        for (address, said) in tiles.iter().zip(said) {
            assert!(said.ends_with(&format!(": {}", counted(&site, address).await)), "{said} {address}");
        }
    }
}

#[tokio::test]
async fn conditions_are_shown_and_can_be_taken_away() {
    let site = with_network().await;
    let page = site.page("/network?q=%E5%B1%B1%E5%9F%8E&region=500106&open=1&lang=en").await;
    assert_eq!(page.count(".chips .chip"), 3);
    let without = page.attributes(".chips .chip", "href");
    assert_eq!(without[1], "/network?q=%E5%B1%B1%E5%9F%8E&open=1");
    assert!(page.all("#region option[selected]").concat().contains("500106"), "a county that was chosen stays chosen");
    let nothing = site.page("/network?q=zebra&lang=en").await;
    assert!(nothing.one(".empty").contains("Take one away"));
    let early = site.page("/network?on=1999-01-01&lang=en").await;
    assert!(early.one(".empty").contains("no organisations yet"));
    for wrong in ["region=chongqing", "kind=shop", "level=x", "status=x", "on=2024-02-30", "after=%27+OR+1"] {
        let page = site.page_with(&format!("/network?{wrong}&lang=en"), 400).await;
        assert!(!page.one("main h1").is_empty(), "{wrong}");
    }
}

#[tokio::test]
async fn the_directory_is_shown_as_of_any_day() {
    let site = with_network().await;
    let then = site.page("/network?on=2025-06-30&q=%E6%97%A7%E7%AB%99").await;
    assert_eq!(then.all(".outlet h3"), ["旧站"]);
    let outlet = site.page(&then.attributes(".outlet h3 a", "href")[0]).await;
    assert_eq!(outlet.count(".status-lapsed"), 0, "it worked on that day");
    assert!(outlet.one(".note").contains("2025-06-30"));
    assert_eq!(counted(&site, "/network?on=2024-06-30").await, "6");
    assert_eq!(counted(&site, "/network").await, "6");
}

#[tokio::test]
async fn long_lists_are_read_page_by_page() {
    let site = with_network().await;
    let mut write = site.network.database().write().await.unwrap();
    for number in 100..160 {
        let new = new(number, Some(1), &format!("网点{number}"), Kind::RecordedOutlet, Level::Outlet, "110101");
        create(&mut write, now(), &new).await.unwrap();
    }
    write.commit().await.unwrap();
    let first = site.page("/network?kind=recorded-outlet&region=110000").await;
    assert_eq!((first.one("#found").as_str(), first.count(".outlet")), ("60 个机构", 50));
    let second = site.page(&first.link("下一页")).await;
    assert_eq!(second.count(".outlet"), 10);
    assert!(second.one("#found").starts_with("60 "));
    assert_eq!(second.link("第一页"), "/network?region=110000&kind=recorded-outlet");
}

#[tokio::test]
async fn every_figure_of_coverage_opens_its_list() {
    let site = with_network().await;
    let page = site.page("/network/coverage?lang=en").await;
    assert_eq!(page.all(".figures strong"), ["6", "1", "1", "1"]);
    for (address, number) in page.attributes(".figures a", "href").iter().zip(page.all(".figures strong")) {
        assert_eq!(counted(&site, address).await, number, "{address}");
    }
    assert_eq!(page.all(".reach-figure strong")[0], "3.2%", "one of 31");
    let rows = page.all(".coverage-table tbody tr");
    assert!(rows.contains(&"Jiangsu— none1137.7%1".to_owned()), "no provincial body, 1 of 13, one in all: {rows:?}");
    let links = page.attributes(".coverage-table a", "href");
    assert!(links.iter().any(|link| link.contains("region=320000") && link.contains("level=prefecture")));
    let before = site.page("/network/coverage?on=2024-06-30&lang=en").await;
    assert_eq!(before.all(".figures strong"), ["6", "1", "1", "0"], "the one in Jiangsu came later");
    assert_eq!(
        before.attributes(".coverage-table a", "href").iter().filter(|link| !link.contains("on=2024-06-30")).count(),
        0
    );
    assert!(site.page("/network/coverage?on=1999-01-01").await.count(".empty") == 1);
    site.page_with("/network/coverage?on=soon", 400).await;
}

#[tokio::test]
async fn an_outlet_tells_all_of_itself() {
    let site = with_network().await;
    site.install().await;
    let address = format!("/network/{}", id(3));
    let page = site.page(&address).await;
    assert_eq!(page.one("h1"), "山城保护中心");
    assert_eq!(page.all(".crumbs li"), ["服务网点", "国家局", "山城管理局", "山城保护中心"]);
    assert_eq!(page.one(".week tr.today"), "周三 今天09:00–12:00 14:00–17:00");
    assert_eq!(page.count(".week tr"), 7);
    let links = page.attributes("main a", "href");
    for wanted in [
        "tel:02360009999",
        "tel:12345",
        "mailto:desk@example.org",
        "https://example.org/desk",
        "geo:29.5,106.5",
        "/services/B02",
        "/network?service=B05",
    ] {
        assert!(links.contains(&wanted.to_owned()), "{wanted}: {links:?}");
    }
    let says = page.says();
    for wanted in ["设立批复", "两个工作日内答复", "赵六", "2026-06-01", "023-6000 1234", "旧站", "专职 1 人"]
    {
        assert!(says.contains(wanted), "{wanted}");
    }
    assert_eq!(page.all(".service-list li > span")[0], "知识产权信息查询检索 B02");
    assert_eq!(page.all(".changes strong"), ["核实", "变更", "登记"], "newest first");
    assert_eq!(page.all(".changes del"), ["023-6000 1234"]);
    assert!(!says.contains("专职人员少于"), "what is lacking is told to keepers alone");
    assert_eq!(page.count("form[method=post]"), 0);
    let english = site.page(&format!("{address}?lang=en")).await;
    assert_eq!(english.one("h1"), "Hill City Protection Centre");
    assert_eq!(english.one(".other-title"), "山城保护中心");
    assert!(english.link("Request a service here").contains(&id(3).to_string()));
}

#[tokio::test]
async fn services_are_named_by_their_titles_of_the_day() {
    let site = with_network().await;
    let outlet = format!("/network/{}?lang=en", id(3));
    assert_eq!(site.page(&outlet).await.all(".service-list li > span"), ["B02", "B05"], "codes without a guide");
    site.install().await;
    let page = site.page(&outlet).await;
    assert!(page.all(".service-list li > span")[1].ends_with(" B05"), "{:?}", page.all(".service-list li > span"));
    let list = site.page(&page.attributes(".service-list a.nowrap", "href")[1]).await;
    assert_eq!(list.count(".outlet"), 1);
    assert_eq!(list.attributes("#service option[selected]", "value"), ["B05"]);
    let unknown = site.page("/network?service=X9").await;
    assert_eq!(unknown.attributes("#service option[selected]", "value"), ["X9"]);
    let (_, _, json) = site.get("/network/hsds.json").await;
    let file: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert!(
        file["services"].as_array().unwrap().iter().any(|service| service["name"] == "知识产权维权援助"),
        "{}",
        file["services"]
    );
}

#[tokio::test]
async fn hostile_particulars_are_text() {
    let site = with_network().await;
    let page = site.page(&format!("/network/{}", id(4))).await;
    let name = HOSTILE.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(page.one("h1"), name);
    assert_eq!(page.count("main img") + page.count("main script"), 0);
    let list = site.page("/network?q=onerror").await;
    assert_eq!(list.all(".outlet h3"), [name]);
}

#[tokio::test]
async fn closed_organisations_keep_their_page_and_say_who_goes_on() {
    let site = with_network().await;
    let page = site.page(&format!("/network/{}?lang=en", id(5))).await;
    assert!(page.one(".note").contains("Closed since 2026-01-01"));
    assert!(page.attributes(".right-head a", "href").contains(&format!("/network/{}", id(3))));
    assert!(page.says().contains("并入中心"), "the reason");
    let centre = site.page(&format!("/network/{}", id(3))).await;
    assert!(centre.attributes(".right-head a", "href").contains(&format!("/network/{}", id(5))));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let site = with_network().await;
    let early = site.page_with(&format!("/network/{}?on=2020-01-01&lang=en", id(3)), 404).await;
    assert!(early.one("h1").contains("2024-01-01"), "{}", early.one("h1"));
    site.page_with(&format!("/network/{}", id(99)), 404).await;
    site.page_with("/network/nobody", 404).await;
    site.page_with(&format!("/network/{}/destroy", id(3)), 404).await;
}

#[tokio::test]
async fn what_is_exported_says_what_is_there() {
    let site = with_network().await;
    let (status, _, body) = site.get("/network.csv").await;
    let csv = String::from_utf8(body).unwrap();
    assert_eq!(status, 200);
    assert!(csv.starts_with('\u{feff}') && csv.contains("山城保护中心"));
    assert!(!csv.contains("旧站"), "closed");
    let (_, _, then) = site.get("/network.csv?on=2025-06-30&versions=1").await;
    let then = String::from_utf8(then).unwrap();
    assert!(then.contains("旧站") && then.lines().next().unwrap().ends_with(",version"));
    let (_, _, json) = site.get("/network/hsds.json").await;
    let file: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(file["organizations"].as_array().unwrap().len(), 6);
    assert_eq!(site.get("/network.csv?on=x").await.0, 400);
}

#[tokio::test]
async fn visitors_change_nothing() {
    let site = with_network().await;
    let before = site.get("/network.csv?versions=1").await.2;
    let one = format!("/network/{}", id(3));
    for path in ["edit", "suspend", "resume", "move", "merge", "close", "split"] {
        let page = site.page_with(&format!("{one}/{path}?lang=en"), 401).await;
        assert!(!page.one("h1").is_empty(), "{path}");
    }
    for path in ["/network/new", "/network/import"] {
        site.page_with(path, 401).await;
    }
    let form =
        "version=3&reason=x&from=2026-07-01&name_zh=x&kind=tisc&level=outlet&region=500106&telephone=1&keep=1&merged=x";
    for path in ["edit", "confirm", "suspend", "resume", "move", "merge", "close", "split"] {
        let (status, ..) = site.send_form(&format!("{one}/{path}"), form).await;
        assert_eq!(status, 401, "{path}");
    }
    assert_eq!(site.send_form("/network/new", &format!("{form}&id={}", id(50))).await.0, 401);
    let (status, ..) =
        site.post("/network/import", &[("file", "a.csv", b"kind,level,region,name_zh\n"), ("store", "", b"1")]).await;
    assert_eq!(status, 401);
    assert_eq!(site.get("/network.csv?versions=1").await.2, before);
}
