use crate::given::{IPC, Site, site, site_with};

async fn with_ipc() -> Site {
    let site = site().await;
    site.load("ipc", IPC).await;
    site
}

#[tokio::test]
async fn the_overview_tells_which_schemes_are_loaded_and_how_to_load_one() {
    let site = with_ipc().await;
    let page = site.page("/classes?lang=en").await;
    assert_eq!(page.count(".scheme-cards > li"), 5);
    assert!(page.one(".scheme-cards > li").contains("2026.01"));
    assert!(page.says().contains("huizhi classes load"));
    assert!(page.all(".scheme-cards > li")[2].contains("Not loaded"));
}

#[tokio::test]
async fn a_place_shows_its_path_both_titles_and_what_lies_below_with_counts() {
    let site = with_ipc().await;
    let page = site.page("/classes/ipc?symbol=H01M10/05").await;
    assert_eq!(page.one("h1"), "H01M10/05 非水电解质蓄电池");
    assert_eq!(page.one(".other-title"), "Non-aqueous accumulators");
    let crumbs =
        ["分类表", "国际专利分类（IPC）", "H 电学", "H01 电气元件", "H01M 电池", "H01M10/00 二次电池", "H01M10/05"];
    assert_eq!(page.all(".crumbs li"), crumbs);
    assert_eq!(page.all(".class-table tbody td.n"), ["1"]);
    let list = site.page(&page.attributes(".class-table td.n a", "href")[0]).await;
    assert!(list.one("#found").starts_with("1 "));
    assert_eq!(page.one(".class-table tbody td:nth-child(2)"), "Rocking-chair <batteries>", "the only title, escaped");
}

#[tokio::test]
async fn the_page_language_decides_which_title_stands_first() {
    let site = with_ipc().await;
    let page = site.page("/classes/ipc?symbol=H01M&lang=en").await;
    assert_eq!(page.one("h1"), "H01M Batteries");
    assert_eq!(page.one(".class-table tbody td:nth-child(2)"), "Secondary cells二次电池");
    assert_eq!(page.one(".class-table .other"), "二次电池");
}

#[tokio::test]
async fn words_and_symbols_are_found_in_either_language_and_marked() {
    let site = with_ipc().await;
    for (address, marked) in [
        ("/classes/ipc?q=cells", "cells"),
        ("/classes/ipc?q=%E7%94%B5%E6%B1%A0&lang=en", "电池"),
        ("/classes/ipc?q=h01m10%2F05", "H01M10/05"),
    ] {
        let page = site.page(address).await;
        assert!(page.count(".class-table tbody tr") > 0, "{address}");
        assert!(page.all(".class-table mark").contains(&marked.to_owned()), "{address}");
    }
    let page = site.page("/classes/ipc?q=cells").await;
    assert_eq!(page.one(".above"), "H01M 电池", "a title alone says little");
    let nothing = site.page("/classes/ipc?q=zebra&lang=en").await;
    assert!(nothing.one(".empty").contains("zebra"));
}

#[tokio::test]
async fn an_unknown_symbol_leads_to_the_place_nearest_above_it() {
    let site = with_ipc().await;
    let page = site.page_with("/classes/ipc?symbol=H01M10/0599", 404).await;
    assert!(page.one(".warn").contains("H01M10/0599"));
    assert!(page.one("h1").starts_with("H01M10/05 "));
    let page = site.page_with("/classes/ipc?symbol=%3Cscript%3E", 404).await;
    assert!(page.one(".warn").contains("<script>"));
    assert_eq!(page.count(".class-table tbody tr"), 2, "the top of the scheme");
    let searched = site.page("/classes/ipc?q=H01M99/99").await;
    assert!(searched.attributes(".warn a", "href")[0].ends_with("symbol=H01M"));
}

#[tokio::test]
async fn without_a_scheme_the_classes_of_rights_are_shown_with_their_groups() {
    let site = site().await;
    let page = site.page("/classes/ipc").await;
    assert!(page.one(".note").contains("huizhi classes load"));
    assert_eq!(page.all(".class-table tbody td:first-child"), ["G06F", "H01M"]);
    let groups = site.page(&page.attributes(".class-table td:first-child a", "href")[1]).await;
    assert_eq!(groups.all(".class-table tbody td:first-child"), ["H01M10"]);
    assert_eq!(groups.all(".class-table tbody td.n"), ["1"]);
    let list = site.page(&groups.attributes(".class-table td.n a", "href")[0]).await;
    assert!(list.one("#found").starts_with("1 "));
    let nice = site.page("/classes/nice?lang=en").await;
    assert_eq!(nice.all(".class-table tbody td:first-child"), ["9", "25", "42"], "in the order of their numbers");
    assert!(site.page("/classes/vienna").await.count(".empty") == 1);
    assert!(site_with(Vec::new()).await.page("/classes/ipc").await.count(".empty") == 1);
}

#[tokio::test]
async fn a_scheme_that_does_not_exist_is_not_found() {
    site().await.page_with("/classes/uspc", 404).await;
}
