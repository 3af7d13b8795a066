//! Those who run the service: people and their roles, the trail, what is sent out.

use accounts::Role;
use axum::http::StatusCode;

use crate::network::{id, with_network};
use crate::people::{email, signed_in, with_roles};
use crate::seen::Page;

#[tokio::test]
async fn the_administration_shows_what_ones_roles_open_and_nothing_else() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 2).await;
    let auditor = with_roles(&site, 2, &[(Role::Auditor, None)]).await;
    let operator = with_roles(&site, 3, &[(Role::Operator, None)]).await;
    let staff = signed_in(&site, 4, Role::OutletStaff, 3).await;
    let cards = |page: &Page| page.attributes(".cards a", "href");
    let page = keeper.page("/admin").await;
    assert!(page.attributes(".main-nav a", "href").contains(&"/admin".to_owned()));
    for path in ["/admin/people", "/services/keep", "/network/new", "/network/import", "/admin/webhooks"] {
        assert!(cards(&page).contains(&path.to_owned()), "{path}: {:?}", cards(&page));
    }
    assert_eq!(cards(&auditor.page("/admin").await), ["/admin/audit"]);
    assert_eq!(cards(&operator.page("/admin").await), ["/admin/people", "/admin/outbox"]);
    staff.page_with("/admin", 403).await;
    assert!(!staff.page("/").await.attributes(".main-nav a", "href").contains(&"/admin".to_owned()));
    site.page_with("/admin", 401).await;
}

#[tokio::test]
async fn a_role_is_given_to_someone_found_by_contact_shown_and_taken() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 2).await;
    let person = with_roles(&site, 2, &[]).await;
    let page = keeper.refused("/admin/people/find", &[("contact", "nobody@example.org")], 422).await;
    assert!(page.one("#e-contact").contains("先注册"));
    let page = keeper.done("/admin/people/find", &[("contact", &email(2))]).await;
    assert_eq!(page.one("h1"), "管***", "someone without a role here stays masked");
    assert!(!page.says().contains(&email(2)));
    let roles = format!("/admin/people/{}/roles", person.person);
    let offered = page.attributes("#f-role option", "value");
    assert!(offered.contains(&"outlet-staff".to_owned()) && !offered.contains(&"operator".to_owned()), "{offered:?}");
    let staff =
        [("role", "outlet-staff"), ("organisation", "山城保护中心"), ("from", "2026-07-01"), ("until", "2026-12-31")];
    for (field, value, expected) in [
        ("organisation", "没有的机构", "organisation"),
        ("from", "七月", "from"),
        ("until", "2026-06-01", "until"),
        ("role", "", "role"),
    ] {
        let fields: Vec<_> = staff.iter().copied().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
        let page = keeper.refused(&roles, &fields, 422).await;
        assert_eq!(page.attributes("[aria-invalid]", "name"), [expected], "{field}={value}");
    }
    let page = keeper.done(&roles, &staff).await;
    assert_eq!(page.one("h1"), "管理员2", "who works here is known by name");
    assert!(page.one("tbody td [class], tbody td span").contains("2026-07-01 – 2026-12-31"), "{}", page.says());
    assert!(person.page("/account").await.says().contains("网点工作人员"));
    let again = keeper.done(&roles, &staff).await;
    assert_eq!(again.count("tbody tr"), 1, "sent twice, it is given once");
    let list =
        keeper.page("/admin/people?role=outlet-staff&at=%E5%B1%B1%E5%9F%8E%E4%BF%9D%E6%8A%A4%E4%B8%AD%E5%BF%83").await;
    assert_eq!(list.all("tbody th"), ["管理员2"]);
    assert_eq!(keeper.page("/admin/people?role=auditor").await.count("tbody tr"), 0);
    let grant = again.attributes("[name=grant]", "value").remove(0);
    let take = format!("/admin/people/{}/take", person.person);
    let page = keeper.done(&take, &[("grant", &grant), ("reason", "调离")]).await;
    assert_eq!(page.count("[name=grant]"), 0);
    keeper.done(&take, &[("grant", &grant)]).await;
    assert!(person.page("/account").await.all(".role-list li:not(.muted)").is_empty());
}

#[tokio::test]
async fn nobody_gives_roles_beyond_what_he_answers_for() {
    let site = with_network().await;
    let here = signed_in(&site, 1, Role::Administrator, 2).await;
    let there = signed_in(&site, 2, Role::Administrator, 6).await;
    let operator = with_roles(&site, 3, &[(Role::Operator, None)]).await;
    let roles = format!("/admin/people/{}/roles", there.person);
    let fields = |role, organisation| [("role", role), ("organisation", organisation), ("from", "2026-07-01")];
    here.refused(&roles, &fields("outlet-staff", "江边市公共服务中心"), 403).await;
    here.refused(&roles, &fields("outlet-staff", ""), 403).await;
    let page = here.refused(&roles, &fields("auditor", "山城保护中心"), 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["role"]);
    // What another has elsewhere is not shown, nor taken.
    assert_eq!(here.page(&format!("/admin/people/{}", there.person)).await.count("tbody tr"), 0);
    let page = operator.refused(&roles, &fields("operator", "山城保护中心"), 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["role"]);
    operator.done(&roles, &fields("auditor", "山城保护中心")).await;
    let own = format!("/admin/people/{}", operator.person);
    let grant = operator.page(&own).await.attributes("[name=grant]", "value").remove(0);
    let page = operator.refused(&format!("{own}/take"), &[("grant", &grant)], 422).await;
    assert!(page.says().contains("最后一位运维人员"));
    // An operator helps back in, an administrator does not.
    let reset = format!("/admin/people/{}/reset-link", there.person);
    here.refused(&reset, &[], 403).await;
    let (status, _, body) = operator.send(&reset, &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(Page::read(&reset, &body).one("code.once").starts_with("/sign-in/password?token="));
    let lift = format!("/admin/people/{}/lift", there.person);
    operator.refused(&lift, &[("reason", " ")], 422).await;
    here.refused(&lift, &[("reason", "丢失手机")], 403).await;
}

#[tokio::test]
async fn the_trail_is_read_by_what_one_looks_for_in_both_languages_and_verified() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 2).await;
    keeper.done(&format!("/network/{}/confirm", id(3)), &[("version", "3")]).await;
    let auditor = with_roles(&site, 2, &[(Role::Auditor, None)]).await;
    let page = auditor.page("/admin/audit?action=network.").await;
    assert_eq!(page.all("tbody td:nth-child(3)"), ["核实机构信息"]);
    assert!(page.one("tbody tr").contains("管理员1") && page.one("tbody tr").contains("山城保护中心"));
    let english = auditor.page("/admin/audit?action=network.&lang=en").await;
    assert_eq!(english.all("tbody td:nth-child(3)"), ["confirmed an organisation"]);
    let about = auditor.page(&english.attributes("tbody td:nth-child(4) a.small", "href")[0]).await;
    assert_eq!(about.count("tbody tr"), 1);
    let by = auditor.page(&page.attributes("tbody td:nth-child(2) a", "href")[0]).await;
    assert!(by.all("tbody td:nth-child(3)").contains(&"登录".to_owned()));
    assert_eq!(auditor.page("/admin/audit?from=2026-07-02").await.count("tbody tr"), 0);
    assert!(auditor.page("/admin/audit?from=2026-07-01&until=2026-07-01").await.count("tbody tr") > 3);
    let wrong = auditor.page_with("/admin/audit?from=yesterday&person=me&at=x", 422).await;
    assert_eq!(wrong.count(".warn li"), 3);
    auditor.page_with("/admin/audit?after=x", 400).await;
    let (status, _, body) = auditor.send("/admin/audit/verify", &[]).await;
    assert_eq!(status, StatusCode::OK);
    let page = Page::read("/admin/audit/verify", &body);
    assert!(page.says().contains("日志完整") && page.one("pre").contains("\"strand\""));
    keeper.page_with("/admin/audit", 403).await;
    // Who audits a part reads that part, and cannot say that the whole is whole.
    let part = signed_in(&site, 4, Role::Auditor, 2).await;
    assert!(part.page("/admin/audit").await.all("tbody td:nth-child(3)").contains(&"核实机构信息".to_owned()));
    part.refused("/admin/audit/verify", &[], 403).await;
}

#[tokio::test]
async fn long_trails_are_paged() {
    let site = with_network().await;
    let auditor = with_roles(&site, 1, &[(Role::Auditor, None)]).await;
    for _ in 0..55 {
        auditor.page("/admin/audit?action=none.").await;
    }
    let first = auditor.page("/admin/audit?action=audit.").await;
    assert_eq!(first.count("tbody tr"), 50);
    let second = auditor.page(&first.attributes("a[rel=next]", "href")[0]).await;
    assert_eq!((second.count("tbody tr"), second.count("a[rel=next]")), (5, 0), "the look at the first page is newer");
}

#[tokio::test]
async fn the_outbox_tells_what_waits_and_failed_and_sends_again() {
    let site = with_network().await;
    let operator = with_roles(&site, 1, &[(Role::Operator, None)]).await;
    let page = operator.page("/admin/outbox?lang=en").await;
    assert!(page.one(".empty").contains("Nothing failed"));
    let unknown = [("id", id(9).to_string()), ("channel", "mail".to_owned())];
    let fields: Vec<(&str, &str)> = unknown.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert!(operator.done("/admin/outbox/again", &fields).await.says().contains("不在放弃之列"));
    operator.refused("/admin/outbox/again", &[("id", "x"), ("channel", "mail")], 400).await;
}

#[tokio::test]
async fn a_webhook_is_set_by_those_who_keep_the_outlet_and_its_secret_is_shown_once() {
    let site = with_network().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 2).await;
    assert_eq!(keeper.page("/admin/webhooks").await.count(".empty"), 1);
    let wrong = keeper.page_with("/admin/webhooks?at=nothing", 422).await;
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["at"]);
    let (status, _) = keeper.bytes(&format!("/admin/webhooks?at={}", id(3))).await;
    assert_eq!(status, 303);
    let address = format!("/admin/webhooks/{}", id(3));
    keeper.page(&address).await;
    let page = keeper.refused(&address, &[("version", "0"), ("address", "https://10.0.0.1/in")], 422).await;
    assert_eq!(page.attributes(".warn a", "href"), ["#f-address"]);
    let set = [("version", "0"), ("address", "https://hooks.example.cn/in?token=hidden")];
    let (status, _, body) = keeper.send(&address, &set).await;
    assert_eq!(status, StatusCode::OK);
    assert!(Page::read(&address, &body).one("code.once").starts_with("whsec_"));
    assert_eq!(keeper.page(&address).await.count("code.once"), 0);
    let stale = keeper.refused(&address, &[("version", "0"), ("address", "https://other.example.cn/")], 409).await;
    assert_eq!(stale.attributes("#f-address", "value"), ["https://other.example.cn/"]);
    let list = keeper.page("/admin/webhooks").await;
    assert_eq!(
        (list.all("tbody th"), list.all("tbody td.mono")),
        (vec!["山城保护中心".into()], vec!["hooks.example.cn".into()])
    );
    keeper.done(&address, &[("version", "1"), ("end", "yes")]).await;
    assert_eq!(keeper.page("/admin/webhooks").await.count("tbody tr"), 0);
    let lead = signed_in(&site, 2, Role::OutletLead, 3).await;
    lead.page_with(&address, 403).await;
}

#[tokio::test]
async fn pages_of_the_administration_speak_both_languages() {
    let site = with_network().await;
    let roles = [(Role::Administrator, Some(1)), (Role::Operator, None), (Role::Auditor, None)];
    let all = with_roles(&site, 1, &roles).await;
    let chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let person = format!("/people/{}", all.person);
    let webhook = format!("/webhooks/{}", id(3));
    for path in ["", "/people", &person, "/audit", "/outbox", "/webhooks", &webhook] {
        let page = all.page(&format!("/admin{path}?lang=en")).await;
        for css in ["main h2", "main label", "main .button", "main .lead", "main .hint", "main thead th", ".own-nav a"]
        {
            assert!(!page.all(css).iter().any(chinese), "{path}: {:?}", page.all(css));
        }
        assert_eq!(page.count(".own-nav [aria-current=page]"), 1, "{path}");
        assert_eq!(page.count(".main-nav [aria-current=page]"), 1, "{path}");
    }
}
