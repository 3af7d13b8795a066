//! Warnings: the list, why one fired, the steps, the rules.

use accounts::Role;

use crate::outlets::{id, with_network};
use crate::people::{now, signed_in};

const HERE: &str = "/governance/warnings";

#[tokio::test]
async fn a_warning_says_why_and_is_worked_to_its_end() {
    let site = with_network().await;
    let (lead, province) =
        (signed_in(&site, 1, Role::OutletLead, 3).await, signed_in(&site, 2, Role::Administrator, 2).await);
    assert!(lead.page(HERE).await.one(".empty").contains("没有未关闭"));
    assert_eq!(site.warnings.check(now()).await.unwrap().fired, 1);
    let list = province.page(HERE).await;
    assert_eq!(list.count(".warnings-table tbody tr"), 1);
    assert_eq!(list.all(".level-tile strong"), ["0", "1", "0", "1", "0", "0"]);
    let one = list.attributes("tbody th a", "href").remove(0);
    let (status, csv) = province.bytes(&list.attributes("a[href$='list.csv']", "href")[0]).await;
    let csv = String::from_utf8(csv).unwrap();
    assert!(status == 200 && csv.contains(&format!("山城保护中心,山城保护中心,1,2,2026-07-01,0,,,,{one}")), "{csv}");
    assert!(province.bytes(&format!("{HERE}/list.xlsx?show=all")).await.1.starts_with(b"PK"));
    let page = lead.page(&one).await;
    for told in ["网点专职人员数", "低于 2", "1 人", "W-OUTLET-STAFF", "补充专职人员"] {
        assert!(page.says().contains(told), "{told}: {}", page.says());
    }
    assert_eq!(page.count("svg"), 2, "the mark of the site and the history");
    assert!(page.attributes("#why-h ~ ul a", "href").contains(&format!("/network/{}", id(3))));
    let english = lead.page(&format!("{one}?lang=en")).await;
    assert!(english.says().contains("below 2") && english.says().contains("Outlet with fewer"));

    let wrong = lead.refused(&one, &[("version", "1"), ("act", "close"), ("words", "")], 422).await;
    assert_eq!(wrong.attributes(".warn a", "href"), ["#f-words", "#f-outcome"]);
    lead.done(&one, &[("version", "1"), ("act", "acknowledge")]).await;
    let stale = province.refused(&one, &[("version", "1"), ("act", "comment"), ("words", "请尽快")], 409).await;
    assert_eq!(stale.one("textarea"), "请尽快", "nothing typed is lost");
    let person = lead.person.to_string();
    let given = province.done(&one, &[("version", "2"), ("act", "assign"), ("assignee", &person)]).await;
    assert!(given.says().contains("交办"));
    assert_eq!(lead.page(&format!("{HERE}?show=mine")).await.count(".warnings-table tbody tr"), 1);
    let sent = [("version", "3"), ("act", "close"), ("words", "下月到岗一人"), ("outcome", "dealt-with")];
    assert!(lead.done(&one, &sent).await.says().contains("已处置"));
    assert_eq!(site.warnings.check(now()).await.unwrap().fired, 0, "still so, but dealt with");
    assert!(province.page(HERE).await.one(".empty").contains("没有未关闭"));
    assert_eq!(
        province.page(&format!("{HERE}?show=closed&severity=attention")).await.count(".warnings-table tbody tr"),
        1
    );
    let again = lead.done(&one, &[("version", "4"), ("act", "reopen"), ("words", "未到岗")]).await;
    assert!(again.says().contains("重新打开"));
}

#[tokio::test]
async fn warnings_are_for_those_who_work_or_read_them_at_the_unit() {
    let site = with_network().await;
    site.warnings.check(now()).await.unwrap();
    let province = signed_in(&site, 2, Role::Administrator, 2).await;
    let one = province.page(HERE).await.attributes("tbody th a", "href").remove(0);
    site.page_with(HERE, 401).await;
    site.page_with(&one, 401).await;
    signed_in(&site, 3, Role::OutletStaff, 3).await.page_with(HERE, 403).await;
    let elsewhere = signed_in(&site, 4, Role::Administrator, 6).await;
    elsewhere.page_with(&one, 404).await;
    assert!(elsewhere.page(HERE).await.one(".empty").contains("没有未关闭"));
    let auditor = signed_in(&site, 5, Role::Auditor, 2).await;
    assert_eq!(auditor.page(&one).await.count("form[method=post]"), 0);
    auditor.refused(&one, &[("version", "1"), ("act", "acknowledge")], 403).await;
    for wrong in ["?show=x", "?age=x", "?severity=x", "?rule=!"] {
        province.page_with(&format!("{HERE}{wrong}"), 400).await;
    }
}

#[tokio::test]
async fn rules_are_read_made_changed_and_switched() {
    let site = with_network().await;
    let (province, nation) =
        (signed_in(&site, 1, Role::Administrator, 2).await, signed_in(&site, 2, Role::Administrator, 1).await);
    let rules = format!("{HERE}/rules");
    assert_eq!(province.page(&rules).await.count(".warnings-table tbody tr"), 11);
    let site_rule = format!("{rules}/W-OUTLET-STAFF");
    assert!(province.page(&site_rule).await.says().contains("低于 2"));
    province.refused(&site_rule, &[("version", "1"), ("switch", "off")], 403).await;
    assert!(nation.done(&site_rule, &[("version", "1"), ("switch", "off")]).await.says().contains("已停用"));
    nation.refused(&site_rule, &[("version", "1"), ("switch", "on")], 409).await;

    let of = id(2).to_string();
    let sound = [
        ("version", "0"),
        ("code", "CQ-STAFF"),
        ("keeper", of.as_str()),
        ("name_zh", "本市网点人员不足"),
        ("name_en", "Too few staff here"),
        ("signal", "outlet-staff"),
        ("condition", "below"),
        ("first", "3"),
        ("severity", "serious"),
        ("told", "both"),
        ("quiet_days", "0"),
        ("levels", "outlet"),
        ("regions", "500106"),
        ("advice_zh", "补充人员"),
        ("advice_en", "Add staff"),
    ];
    let new = format!("{rules}/new");
    let mut wrong = sound.to_vec();
    wrong[7].1 = "三";
    wrong[12].1 = "9";
    let refused = province.refused(&new, &wrong, 422).await;
    assert_eq!(refused.attributes("[aria-invalid]", "name"), ["first", "regions"]);
    assert_eq!(refused.attributes("[name=name_zh]", "value"), ["本市网点人员不足"], "nothing typed is lost");
    assert!(province.done(&new, &sound).await.says().contains("CQ-STAFF"));
    assert_eq!(site.warnings.check(now()).await.unwrap().fired, 1);
    let mut changed = sound.to_vec();
    changed[0].1 = "1";
    changed[7].1 = "1";
    let address = format!("{rules}/CQ-STAFF");
    assert!(province.done(&address, &changed).await.says().contains("低于 1"));
    province.refused(&address, &changed, 409).await;
    assert_eq!(site.warnings.check(now()).await.unwrap().cleared, 1);
}
