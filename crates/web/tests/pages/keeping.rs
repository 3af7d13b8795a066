//! Those who keep the network change it, and nobody overwrites anybody.

use accounts::Role;
use axum::http::StatusCode;
use jiff::civil::date;

use crate::network::{id, with_network};
use crate::people::{Visitor, signed_in};
use crate::seen::Page;

async fn import(by: &Visitor<'_>, csv: &str, store: bool) -> (StatusCode, Page) {
    by.upload("/network/import", ("a.csv", csv), &[("store", if store { "1" } else { "0" })]).await
}

fn at(number: u16) -> String {
    format!("/network/{}", id(number))
}

#[tokio::test]
async fn the_lead_of_an_outlet_confirms_it_and_changes_what_is_its_own() {
    let site = with_network().await;
    let lead = signed_in(&site, 1, Role::OutletLead, 3).await;
    let page = lead.page(&at(3)).await;
    assert!(page.says().contains("专职人员少于"), "what is lacking is told to its keepers");
    assert_eq!(page.count("a[href$='/close']"), 0);
    let form = lead.page(&format!("{}/edit", at(3))).await;
    assert_eq!(form.count("[name=name_zh]") + form.count("[name=kind]"), 0);
    assert_eq!(form.attributes("[name=telephone]", "value"), ["023-6000 9999"]);
    assert_eq!(form.one("textarea[name=hours]"), "周三-周五 09:00-12:00 周三-周五 14:00-17:00");
    // A field that the form does not have is passed over, not taken.
    let sent = [("version", "3"), ("telephone", "023-1"), ("hours", "周一 10:00-11:00"), ("name_zh", "别名")];
    let page = lead.done(&format!("{}/edit", at(3)), &sent).await;
    assert_eq!(page.one("h1"), "山城保护中心");
    assert_eq!(page.count(".week tr"), 7);
    assert!(page.attributes("main a", "href").contains(&"tel:0231".to_owned()));
    let page = lead.done(&format!("{}/confirm", at(3)), &[("version", "4")]).await;
    assert!(page.one("#history-h + p").contains("管理员1"));
    lead.page_with(&format!("{}/close", at(3)), 403).await;
    lead.page_with(&format!("{}/edit", at(4)), 403).await;
    lead.refused(&format!("{}/confirm", at(4)), &[("version", "1")], 403).await;
    assert_eq!(import(&lead, "kind,level,region,name_zh\n", true).await.0, 403);
}

#[tokio::test]
async fn two_keepers_do_not_overwrite_each_other() {
    let site = with_network().await;
    let (first, second) =
        (signed_in(&site, 1, Role::Administrator, 2).await, signed_in(&site, 2, Role::Administrator, 2).await);
    let address = format!("{}/edit", at(3));
    first.done(&address, &[("version", "3"), ("telephone", "023-1"), ("promise", "一天内答复")]).await;
    let page = second.refused(&address, &[("version", "3"), ("telephone", "023-2")], 409).await;
    let rows = page.all(".warn tbody tr");
    assert!(rows.contains(&"咨询电话023-6000 9999023-1023-2".to_owned()), "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("服务承诺") && row.contains("一天内答复")), "{rows:?}");
    assert_eq!(page.attributes("[name=version]", "value"), ["4"], "sending it again is meant");
    assert_eq!(page.attributes("[name=telephone]", "value"), ["023-2"], "nothing typed is lost");
    // The same form sent twice is one change.
    let sent = [("version", "4"), ("telephone", "023-2")];
    second.done(&address, &sent).await;
    second.done(&address, &sent).await;
    let history = site.network.history(&id(3)).await.unwrap().unwrap();
    assert_eq!(history.changes.len(), 5);
    let stale = second.refused(&format!("{}/confirm", at(3)), &[("version", "3")], 409).await;
    assert!(!stale.one("h1").is_empty());
    let stale = second.refused(&format!("{}/suspend", at(3)), &[("version", "3"), ("reason", "装修")], 409).await;
    assert!(stale.one(".warn").contains("别人已经修改"));
    assert_eq!(stale.one("textarea[name=reason]"), "装修");
}

#[tokio::test]
async fn wrong_fields_are_all_named_at_once_and_keep_what_was_typed() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 2).await;
    let sent = [
        ("version", "3"),
        ("name_zh", ""),
        ("website", "example.org"),
        ("hours", "周一 25:00-26:00"),
        ("latitude", "95"),
        ("longitude", "1"),
        ("full_time", "two"),
        ("from", "soon"),
    ];
    let page = keeper.refused(&format!("{}/edit?lang=en", at(3)), &sent, 422).await;
    let wrong = page.attributes("[aria-invalid]", "name");
    for field in ["name_zh", "website", "hours", "latitude", "full_time", "from"] {
        assert!(wrong.contains(&field.to_owned()), "{field}: {wrong:?}");
    }
    assert_eq!(page.attributes("[name=website]", "value"), ["example.org"]);
    assert!(page.attributes(".warn li a", "href").contains(&"#f-hours".to_owned()), "the summary leads to the fields");
    let entered = [("id", "01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"), ("name_zh", "新站"), ("kind", "tisc"), ("level", "outlet")];
    let page = keeper.refused("/network/new", &entered, 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["region"]);
}

#[tokio::test]
async fn organisations_are_entered_once_under_what_the_keeper_keeps() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 2).await;
    let form = keeper.page(&format!("/network/new?parent={}", id(2))).await;
    assert_eq!(form.attributes("[name=parent]", "value"), [id(2).to_string()]);
    let made = form.attributes("[name=id]", "value")[0].clone();
    let mut sent = vec![
        ("id", made.as_str()),
        ("parent", "山城管理局"),
        ("name_zh", "新站"),
        ("kind", "tisc"),
        ("level", "outlet"),
        ("region", "500106"),
        ("hours", "周一-周五 09:00-17:00"),
        ("from", "2026-07-01"),
    ];
    for _ in 0..2 {
        let page = keeper.done("/network/new", &sent).await;
        assert_eq!(page.one("h1"), "新站");
        assert_eq!(page.all(".crumbs li")[2], "山城管理局");
    }
    sent[0].1 = "01JZ8K2V9T3N5Q7R9S1W3X5Y7Z";
    sent[1].1 = "山城";
    let page = keeper.refused("/network/new", &sent, 422).await;
    assert!(page.one("#e-parent").contains("山城管理局"), "near names are told");
    sent[1].1 = "国家局";
    keeper.refused("/network/new", &sent, 403).await;
    sent[1].1 = "";
    keeper.refused("/network/new", &sent, 403).await;
}

#[tokio::test]
async fn outlets_rest_move_merge_split_and_close_with_a_reason() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 1).await;
    for act in ["suspend", "resume", "move", "merge", "close", "split"] {
        keeper.page(&format!("{}/{act}?lang=en", at(3))).await;
    }
    let one = |act: &str| format!("{}/{act}", at(3));
    keeper.refused(&one("suspend"), &[("version", "3"), ("reason", " ")], 422).await;
    let page = keeper.done(&one("suspend"), &[("version", "3"), ("reason", "装修")]).await;
    assert_eq!(page.one(".right-line .status"), "暂停");
    assert!(page.count("a[href$='/resume']") == 1 && page.count("a[href$='/suspend']") == 0);
    keeper.done(&one("resume"), &[("version", "4"), ("reason", "完工")]).await;
    let unknown = keeper.refused(&one("move"), &[("version", "5"), ("parent", "月球局"), ("reason", "x")], 422).await;
    assert!(unknown.one("#e-parent").contains("月球局"));
    let page = keeper.done(&one("move"), &[("version", "5"), ("parent", "国家局"), ("reason", "直管")]).await;
    assert_eq!(page.all(".crumbs li"), ["服务网点", "国家局", "山城保护中心"]);
    let parts = keeper.page(&one("split")).await.attributes("[name=part]", "value");
    let sent = [
        ("version", "6"),
        ("part", parts[0].as_str()),
        ("name_zh-1", "山城保护中心东站"),
        ("kind-1", "protection-centre"),
        ("level-1", "outlet"),
        ("region-1", "500105"),
        ("part", parts[1].as_str()),
        ("name_zh-2", ""),
        ("keep", "1"),
        ("reason", "扩大"),
    ];
    for _ in 0..2 {
        let page = keeper.done(&one("split"), &sent).await;
        assert!(page.one(".right-head .facts").contains("山城保护中心东站"));
    }
    let version = site.network.organisation(&id(3), date(2026, 7, 1)).await.unwrap().unwrap().version.to_string();
    let named = [("version", version.as_str()), ("merged", "山城保护中心东站"), ("reason", "又合并")];
    let preview = keeper.refused(&one("merge"), &named, 200).await;
    assert_eq!(preview.all(".note li a"), ["山城保护中心东站"]);
    let seen = preview.attributes("[name=seen]", "value")[0].clone();
    let mut sent = named.to_vec();
    sent.push(("seen", &seen));
    for _ in 0..2 {
        keeper.done(&one("merge"), &sent[..3].iter().chain(&sent[3..]).copied().collect::<Vec<_>>()).await;
        // Once merged it has no name in the directory; its id still names it.
        sent[1].1 = seen.split(':').next().unwrap();
    }
    let gone = keeper.page(&format!("/network/{}", parts[0])).await;
    assert!(gone.one(".note").contains("已撤销"));
    let blocked = keeper.refused(&format!("{}/close", at(2)), &[("version", "1"), ("reason", "x")], 422).await;
    assert!(!blocked.one(".warn").is_empty(), "units stand under it");
    let sent = [("version", "1"), ("reason", "停办"), ("successors", "山城保护中心")];
    keeper.done(&format!("{}/close", at(4)), &sent).await;
    let page = keeper.done(&format!("{}/close", at(4)), &sent).await;
    assert!(page.one(".note").contains("已撤销"));
    assert_eq!(page.count("form[method=post]"), 0, "nothing changes after the end");
}

#[tokio::test]
async fn files_are_tried_before_they_are_stored() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 1).await;
    let csv =
        "kind,level,region,name_zh,parent\ntisc,outlet,500106,新站甲,山城管理局\ntisc,outlet,500106,新站乙,新站甲\n";
    let (status, tried) = import(&keeper, csv, false).await;
    assert_eq!((status.as_u16(), tried.all(".figures strong")[0].as_str()), (200, "2"));
    assert!(tried.one("#outcome").contains("尚未存储"));
    assert_eq!(site.page("/network?q=%E6%96%B0%E7%AB%99").await.count(".outlet"), 0);
    let wrong = format!("{csv}shop,outlet,500106,新站丙,\n");
    let (status, page) = import(&keeper, &wrong, true).await;
    assert_eq!(status, 422);
    assert!(page.one("#outcome + .figures + .wide-scroll tbody tr").starts_with("4kind"), "line, column, problem");
    assert_eq!(site.page("/network?q=%E6%96%B0%E7%AB%99").await.count(".outlet"), 0);
    let (status, stored) = import(&keeper, csv, true).await;
    assert_eq!((status.as_u16(), stored.one("#outcome").as_str()), (200, "已导入"));
    assert_eq!(site.page("/network?q=%E6%96%B0%E7%AB%99").await.count(".outlet"), 2);
    let (_, again) = import(&keeper, csv, true).await;
    assert_eq!(again.all(".figures strong"), ["0", "0", "0", "2"]);
    let exported = String::from_utf8(site.get("/network.csv?versions=1").await.2).unwrap();
    let (_, same) = import(&keeper, &exported, true).await;
    assert_eq!(same.all(".figures strong")[..3], ["0", "0", "0"], "what is exported is there already");
    assert_eq!(import(&keeper, "", true).await.0, 422);
    assert_eq!(import(&keeper, "{\"a\":", true).await.0, 422);
    let lead = signed_in(&site, 2, Role::Administrator, 2).await;
    let foreign = format!("id,kind,level,region,name_zh\n{},administration,nation,000000,改名\n", id(1));
    let (status, page) = import(&lead, &foreign, true).await;
    assert_eq!(status, 422);
    assert!(page.says().contains("不在您管理的范围内"));
}

#[tokio::test]
async fn keepers_are_offered_what_they_may_and_forms_speak_both_languages() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 2).await;
    let directory = keeper.page("/network?lang=en").await;
    assert_eq!(directory.link("Enter an organisation"), "/network/new");
    let chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for path in ["/edit", "/move", "/merge", "/close", "/split"] {
        let page = keeper.page(&format!("{}{path}?lang=en", at(3))).await;
        for css in ["main label", "main legend", "main .button", "main .lead", "main .hint"] {
            assert!(!page.all(css).iter().any(chinese), "{path}: {:?}", page.all(css));
        }
    }
    for address in ["/network/new?lang=en", "/network/import?lang=en"] {
        let page = keeper.page(address).await;
        assert!(!page.all("main label").iter().any(chinese), "{address}");
    }
    assert_eq!(keeper.page(&at(1)).await.count("form[method=post]"), 0, "another's organisation");
}
