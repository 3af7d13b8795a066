//! The overview and the yearly report of a unit.

use accounts::Role;

use crate::desk::{HERE, asked, with_desk};
use crate::outlets::id;
use crate::people::signed_in;

/// The province over the outlet of the desk, and another one's city.
const PROVINCE: u16 = 2;
const ELSEWHERE: u16 = 6;

#[tokio::test]
async fn the_overview_tells_what_is_late_first_and_every_number_opens_its_list() {
    let site = with_desk().await;
    for number in 0..3 {
        asked(&site, number, HERE, "2026-06-01").await;
    }
    asked(&site, 9, HERE, "2026-07-01").await;
    let keeper = signed_in(&site, 1, Role::Administrator, PROVINCE).await;
    let page = keeper.page("/governance").await;
    let tiles = page.all(".attention li");
    assert!(tiles[0].starts_with('3') && tiles[0].contains("逾期办件"), "{tiles:?}");
    let late = page.attributes(".attention a", "href")[0].clone();
    assert_eq!(keeper.page(&late).await.count(".case-table tbody tr"), 3);
    let rows = page.all(".figures-table tbody tr");
    assert!(rows.iter().any(|row| row.contains("山城公共服务中心") && row.contains('4')), "{rows:?}");
    assert!(page.one(".thin-outlets").contains("山城保护中心"), "the centre has one full-time worker");
    assert!(page.all("nav.desk-nav a").iter().any(|name| name == "年度报告"));
}

#[tokio::test]
async fn the_overview_of_a_unit_is_for_those_who_govern_there() {
    let site = with_desk().await;
    let (stranger, client) =
        (signed_in(&site, 1, Role::Administrator, ELSEWHERE).await, signed_in(&site, 2, Role::OutletStaff, HERE).await);
    let address = format!("/governance?unit={}", id(PROVINCE));
    stranger.page_with(&address, 403).await;
    client.page_with(&address, 403).await;
    assert_eq!(site.get(&address).await.0.as_u16(), 401);
    let own = stranger.page("/governance").await;
    assert!(own.one("h1").starts_with("江边市公共服务中心"));
    let expert = signed_in(&site, 3, Role::Expert, 1).await;
    assert_eq!(expert.led("/governance").await, "/governance/assessments");
}

#[tokio::test]
async fn the_yearly_report_stands_on_a_page_and_in_a_file_with_the_day_of_its_figures() {
    let site = with_desk().await;
    for number in 0..3 {
        asked(&site, number, HERE, "2026-06-01").await;
    }
    asked(&site, 9, ELSEWHERE, "2026-06-01").await;
    let keeper = signed_in(&site, 1, Role::Administrator, PROVINCE).await;
    let page = keeper.page("/governance/yearly?year=2026").await;
    assert_eq!(page.one("h1"), "山城管理局2026 年知识产权公共服务发展报告");
    assert!(page.says().contains("数据截至 2026-07-01 · 年度未结束"), "{}", page.says());
    assert!(page.says().contains("共收到服务需求 3 件"), "what another province was asked for is not told");
    let before = keeper.page("/governance/yearly?year=2025").await;
    assert!(before.says().contains("本年度没有收到服务需求"));
    let english = keeper.page("/governance/yearly?year=2026&lang=en").await;
    assert!(english.says().contains("3 requests came in for 1 services"), "{}", english.says());
    keeper.page_with("/governance/yearly?year=2027", 404).await;
    keeper.page_with("/governance/yearly?year=x", 400).await;
    keeper.page_with(&format!("/governance/yearly?unit={}", id(ELSEWHERE)), 403).await;
    let word = page.link("下载 Word");
    let (status, bytes) = keeper.bytes(&word).await;
    assert!(status == 200 && bytes.starts_with(b"PK"), "a Word file");
}
