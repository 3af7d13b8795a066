//! Credit of agencies: public pages, events from draft to repair, leads, rules.

use accounts::Role;

use crate::given::Site;
use crate::outlets::{id, with_network};
use crate::people::{Visitor, signed_in, with_roles};
use crate::seen::Page;

const HERE: &str = "/governance/credit";

/// A hidden value of a form.
fn hidden(page: &Page, name: &str) -> String {
    page.attributes(&format!("[name={name}]"), "value").first().unwrap_or_else(|| panic!("no {name}")).clone()
}

/// An agency that province 2 keeps, entered by its form.
async fn agency(keeper: &Visitor<'_>) -> String {
    let form = keeper.page(&format!("{HERE}/agencies/new")).await;
    let (key, of) = (hidden(&form, "key"), id(2).to_string());
    let sent = [
        ("key", key.as_str()),
        ("name", "明理演示专利代理事务所"),
        ("name_en", "Mingli Demonstration Patent Agency"),
        ("kind", "patent"),
        ("code", "50123"),
        ("region", "500000"),
        ("former_names", "旧名演示事务所 | 2024-06-30"),
        ("branches", "明理成都分所 | 510100"),
        ("keeper", of.as_str()),
    ];
    let (status, led, body) = keeper.send(&format!("{HERE}/agencies/new"), &sent).await;
    assert_eq!(status, 303, "{}", String::from_utf8_lossy(&body));
    led
}

/// A draft event of an agency.
async fn draft(keeper: &Visitor<'_>, agency: &str, rule: &str) -> String {
    let form = keeper.page(&format!("{agency}/events/new")).await;
    let key = hidden(&form, "key");
    let sent = [
        ("key", key.as_str()),
        ("rule", rule),
        ("happened", "2026-05-01"),
        ("facts", "经核查属实"),
        ("evidence", "/laws"),
    ];
    let (status, led, body) = keeper.send(&format!("{agency}/events/new"), &sent).await;
    assert_eq!(status, 303, "{}", String::from_utf8_lossy(&body));
    led
}

async fn with_agency(site: &Site) -> (Visitor<'_>, String) {
    let keeper = signed_in(site, 1, Role::Administrator, 2).await;
    let agency = agency(&keeper).await;
    (keeper, agency)
}

#[tokio::test]
async fn everyone_finds_an_agency_by_any_of_its_names() {
    let site = with_network().await;
    let empty = site.page(HERE).await;
    assert!(empty.one(".empty").contains("还没有登记"));
    let (_, agency) = with_agency(&site).await;
    for words in ["明理", "旧名", "成都分所", "50123"] {
        let page = site.page(&format!("{HERE}?q={}", crate::people::encoded(words))).await;
        assert_eq!(page.attributes(".credit-table tbody th a", "href"), [agency.as_str()], "{words}");
    }
    let none = site.page(&format!("{HERE}?level=d&region=500000&kind=patent")).await;
    assert!(none.one(".empty").contains("没有符合条件"));
    assert_eq!(none.attributes(".grades a[aria-current]", "href"), ["/governance/credit?region=500000&kind=patent"]);
    site.page_with(&format!("{HERE}?level=z"), 400).await;
    for lang in ["zh", "en"] {
        let page = site.page(&format!("{agency}?lang={lang}")).await;
        assert!(page.says().contains("旧名演示事务所"), "{lang}");
        assert_eq!(page.all(".credit-now .grade"), ["A"]);
        assert!(page.attributes("a[href^='/search?q=']", "href").len() == 1, "its rights are one step away");
    }
    assert_eq!(site.page(&agency).await.count("a[href$='/events/new']"), 0, "visitors have no tools");
    let list = site.page(&format!("{HERE}?kind=patent")).await;
    let sheets = list.attributes("a[href*='agencies.']", "href");
    assert_eq!(sheets, [format!("{HERE}/agencies.csv?kind=patent"), format!("{HERE}/agencies.xlsx?kind=patent")]);
    let keeper = signed_in(&site, 9, Role::Administrator, 2).await;
    let (status, csv) = keeper.bytes(&sheets[0]).await;
    let csv = String::from_utf8(csv).unwrap();
    assert!(status == 200 && csv.contains("明理演示专利代理事务所,A,100,专利代理机构,"), "{csv}");
    assert!(keeper.bytes(&sheets[1]).await.1.starts_with(b"PK"));
}

#[tokio::test]
async fn an_event_goes_from_draft_to_repair_and_visitors_see_what_is_public() {
    let site = with_network().await;
    let (keeper, agency) = with_agency(&site).await;
    let other = signed_in(&site, 2, Role::Administrator, 2).await;
    let client = with_roles(&site, 3, &[]).await;
    let wrong = [("key", "key-of-a-form-0001"), ("rule", "X"), ("happened", "2027-01-01"), ("facts", " ")];
    let refused = keeper.refused(&format!("{agency}/events/new"), &wrong, 422).await;
    assert_eq!(refused.attributes("[aria-invalid]", "name"), ["rule", "happened", "facts"]);
    let event = draft(&keeper, &agency, "M06").await;
    site.page_with(&event, 404).await;
    assert!(keeper.page(&event).await.one(".note").contains("草稿"));
    assert!(!site.page(&agency).await.says().contains("经核查属实"));
    keeper.done(&event, &[("version", "1"), ("act", "announce")]).await;
    keeper.refused(&event, &[("version", "1"), ("act", "announce")], 409).await;
    let public = site.page(&event).await;
    assert!(public.says().contains("经核查属实") && !public.says().contains("/laws"), "evidence stays with keepers");
    assert!(site.page(&format!("{HERE}/announcements")).await.says().contains("明理演示"));

    let objection = format!("{event}/objection");
    site.page_with(&objection, 401).await;
    let form = client.page(&objection).await;
    let key = hidden(&form, "key");
    let refused = client.refused(&objection, &[("key", &key), ("words", "")], 422).await;
    assert_eq!(refused.attributes("[aria-invalid]", "name"), ["words"]);
    let said = client.done(&objection, &[("key", &key), ("words", "当日已缴清"), ("evidence", "回执")]).await;
    assert!(said.says().contains("异议处理中") && said.says().contains("待决定"));
    let page = keeper.page(&event).await;
    let paper = page.attributes("a[href^='/governance/credit/objections/']", "href").remove(0);
    client.page_with(&paper, 404).await;
    assert!(keeper.page(&paper).await.says().contains("当日已缴清"));
    let ruling = [("version", "1"), ("outcome", "rejected"), ("reason", "核对后不成立")];
    keeper.refused(&paper, &ruling, 409).await;
    other.refused(&paper, &[("version", "1"), ("outcome", "partly"), ("reason", "x")], 422).await;
    other.done(&paper, &ruling).await;
    other.refused(&paper, &ruling, 409).await;

    credit::settle(site.credit.database(), "2026-12-31T08:00:00Z".parse().unwrap()).await.unwrap();
    let page = client.page(&event).await;
    assert!(page.says().contains("已生效"), "{}", page.says());
    // The site's clock stands at the first of July.
    assert!(page.says().contains("可申请修复"), "{}", page.says());
    let early = format!("{event}/repair");
    let key = hidden(&client.page(&early).await, "key");
    client.refused(&early, &[("key", &key), ("words", "已整改")], 409).await;
    let then = site.page(&format!("{agency}?on=2026-09-01")).await;
    assert_eq!(then.all(".credit-now .grade"), ["C"]);
    assert!(then.count(".sum tbody tr") >= 5 && then.count("svg") >= 1);
}

#[tokio::test]
async fn leads_are_seen_by_keepers_alone_and_made_events_by_people() {
    let site = with_network().await;
    let (keeper, agency) = with_agency(&site).await;
    let quality = format!("{agency}/quality");
    for (address, status) in
        [(quality.as_str(), 401), ("/governance/credit/leads", 401), ("/governance/credit/work", 401)]
    {
        site.page_with(address, status).await;
        signed_in(&site, 40 + u8::try_from(address.len()).unwrap(), Role::OutletLead, 3)
            .await
            .page_with(address, 403)
            .await;
    }
    let page = keeper.done(&quality, &[]).await;
    assert!(page.one(".lead").contains("不是评价结论"));
    assert!(page.count("svg") >= 1 && page.count("a[href^='/search?q=']") > 5, "every figure opens its list");
    let leads = keeper.page(&format!("{HERE}/leads")).await;
    assert!(leads.one(".lead").contains("不说谁有错"));
    let lead = leads.attributes("tbody th a", "href").remove(0);
    assert!(keeper.page(&lead).await.one(".note").contains("不是结论"));
    keeper.refused(&lead, &[("version", "1"), ("words", " ")], 422).await;
    let take = keeper.page(&lead).await.attributes("a[href*='events/new?lead=']", "href").remove(0);
    let form = keeper.page(&take).await;
    let (key, named, version) = (hidden(&form, "key"), hidden(&form, "lead"), hidden(&form, "lead_version"));
    let sent = [
        ("key", key.as_str()),
        ("lead", named.as_str()),
        ("lead_version", version.as_str()),
        ("rule", "M01"),
        ("happened", "2026-05-01"),
        ("facts", "经核查，系列申请内容雷同"),
    ];
    let event = keeper.done(&format!("{agency}/events/new"), &sent).await;
    assert!(event.says().contains("来自这条质量线索"));
    assert!(keeper.page(&lead).await.says().contains("已转为事件草稿"));
    let work = keeper.page(&format!("{HERE}/work")).await;
    assert_eq!(work.all(".level-tile strong"), ["1", "0", "0", "0", "0"]);
    site.page_with(&lead, 404).await;
    let looked = keeper.page(&quality).await;
    assert!(looked.says().contains("最近一次查看：2026-07-01") && looked.says().contains("每天自动查看一次"));
}

#[tokio::test]
async fn evidence_is_uploaded_by_those_whose_it_is_and_given_to_those_who_decide() {
    let site = with_network().await;
    let (keeper, agency) = with_agency(&site).await;
    let other = signed_in(&site, 2, Role::Administrator, 2).await;
    let client = with_roles(&site, 3, &[]).await;
    let event = draft(&keeper, &agency, "M06").await;
    let files = format!("{event}/files");
    let key = hidden(&keeper.page(&event).await, "key");
    let texts = [("version", "1"), ("key", key.as_str())];
    let (status, page) = keeper.upload(&files, ("决定书.pdf", "no pdf"), &texts).await;
    assert_eq!(status, 422);
    assert!(page.one(".warn").contains("与扩展名不符"), "{}", page.says());
    let (status, led, _) = keeper.file_sent(&files, ("决定书.txt", "决定"), &texts).await;
    assert_eq!((status.as_u16(), led.as_str()), (303, format!("{event}#files").as_str()));
    let page = keeper.page(&event).await;
    let file = page.attributes("a[href^='/governance/credit/files/']", "href").remove(0);
    assert_eq!(keeper.bytes(&file).await, (200, "决定".as_bytes().to_vec()));
    let another = hidden(&page, "key");
    let (status, page) = keeper.upload(&files, ("a.txt", "x"), &[("version", "1"), ("key", &another)]).await;
    assert!(status == 409 && page.one(".warn").contains("已有变化"));
    keeper.done(&event, &[("version", "2"), ("act", "announce")]).await;
    let announced = keeper.page(&event).await;
    assert_eq!((announced.count("[type=file]"), announced.count("a[href^='/governance/credit/files/']")), (0, 1));
    assert_eq!(client.page(&event).await.count("a[href^='/governance/credit/files/']"), 0, "evidence is not public");
    assert_eq!(client.bytes(&file).await.0, 404);

    let objection = format!("{event}/objection");
    let key = hidden(&client.page(&objection).await, "key");
    let page = client.done(&objection, &[("key", &key), ("words", "当日已缴清")]).await;
    let (key, paper) = (hidden(&page, "key"), hidden(&page, "paper"));
    let texts = [("version", "1"), ("key", key.as_str()), ("paper", paper.as_str())];
    assert_eq!(keeper.upload(&files, ("a.txt", "x"), &texts).await.0, 404, "whoever objected adds files");
    assert_eq!(client.file_sent(&files, ("缴款凭证.txt", "凭证"), &texts).await.0, 303);
    let page = client.page(&event).await;
    let receipt = page.attributes("a[href^='/governance/credit/files/']", "href").remove(0);
    let decide = format!("{HERE}/objections/{paper}");
    let shown = other.page(&decide).await;
    assert_eq!(shown.attributes("a[href^='/governance/credit/files/']", "href"), [receipt.as_str()]);
    let ruling = [("version", "1"), ("outcome", "rejected"), ("reason", "核对后不成立")];
    assert!(other.refused(&decide, &ruling, 409).await.one(".warn").contains("补充了材料"));
    let taken_out = client.done(&page.attributes("form[action*='/files/']", "action")[0], &[("version", "2")]).await;
    assert_eq!(taken_out.count("a[href^='/governance/credit/files/']"), 0);
    assert_eq!(other.bytes(&receipt).await.0, 404);
}

#[tokio::test]
async fn everyone_reads_the_rules_and_the_top_issues_the_next() {
    let site = with_network().await;
    let (province, nation) =
        (signed_in(&site, 1, Role::Administrator, 2).await, signed_in(&site, 2, Role::Administrator, 1).await);
    let rules = format!("{HERE}/rules");
    let page = site.page(&rules).await;
    assert!(page.count(".credit-rules tbody tr") == 17 && page.one(".note").contains("自拟"));
    assert_eq!(province.page(&rules).await.count("textarea"), 0);
    let text = nation.page(&rules).await.one("textarea");
    assert!(text.contains("M01"));
    let (_, starting) = credit::starting_edition().unwrap();
    let again = nation.refused(&rules, &[("rules", starting)], 422).await;
    assert!(again.one(".warn").contains("第 2 版"), "{}", again.one(".warn"));
    let next = starting.replace("edition = 1", "edition = 2").replace("from = \"2023-01-01\"", "from = \"2027-01-01\"");
    province.refused(&rules, &[("rules", &next)], 403).await;
    nation.refused(&rules, &[("rules", &next.replace("points = -25", "points = 0"))], 422).await;
    let issued = nation.done(&rules, &[("rules", &next)]).await;
    assert_eq!(issued.count(".seg a"), 2);
}

#[tokio::test]
async fn two_who_change_an_agency_do_not_overwrite_each_other() {
    let site = with_network().await;
    let (keeper, agency) = with_agency(&site).await;
    let edit = format!("{agency}/edit");
    let sent = [
        ("version", "1"),
        ("name", "明理新名演示事务所"),
        ("kind", "both"),
        ("region", "500000"),
        ("closed", "2026-06-30"),
    ];
    assert!(keeper.done(&edit, &sent).await.says().contains("已注销"));
    let stale = keeper.refused(&edit, &sent, 409).await;
    assert_eq!(stale.attributes("[name=name]", "value"), ["明理新名演示事务所"], "nothing typed is lost");
    let wrong = [("version", "2"), ("name", ""), ("kind", "x"), ("region", "12"), ("branches", "甲 | 乙")];
    let refused = keeper.refused(&edit, &wrong, 422).await;
    assert_eq!(refused.attributes("[aria-invalid]", "name"), ["kind", "region", "branches"]);
}
