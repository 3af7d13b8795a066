//! Service items: the list, the guides, the forms, the working days.

use jiff::civil::date;
use network::{Kind, Level, NewOrganisation, Profile};
use services::{ItemCode, NewDraft, Seen};

use crate::given::{HOSTILE, Site, site};
use crate::seen::Page;

fn now() -> jiff::Timestamp {
    "2026-06-01T08:00:00Z".parse().unwrap()
}

fn code(text: &str) -> ItemCode {
    text.parse().unwrap()
}

/// A site with the starting catalogue and an outlet that offers some of it.
pub(crate) async fn with_services() -> Site {
    let site = site().await;
    site.install_for(Some(&crate::network::id(3))).await;
    let mut profile = Profile::new("山城保护中心", Kind::ProtectionCentre, Level::Outlet, "500106".parse().unwrap());
    profile.name_en = Some("Hill City Protection Centre".to_owned());
    profile.services = vec!["B02".to_owned(), "W-P06".to_owned()];
    profile.telephone = Some("023-6000 1234".to_owned());
    let new = NewOrganisation { id: crate::network::id(3), parent: None, from: date(2024, 1, 1), profile };
    let profile =
        Profile::new("江边市公共服务中心", Kind::PublicServiceBody, Level::Prefecture, "320100".parse().unwrap());
    let other = NewOrganisation { id: crate::network::id(9), parent: None, from: date(2024, 1, 1), profile };
    let mut write = site.network.database().write().await.unwrap();
    network::create(&mut write, now(), &new).await.unwrap();
    network::create(&mut write, now(), &other).await.unwrap();
    write.commit().await.unwrap();
    site
}

/// A second version of an item, in force from a day on.
async fn with_next(site: &Site, item: &str, change: impl FnOnce(&mut services::Item), from: jiff::civil::Date) {
    let system = accounts::Actor::system("test");
    let before = site.services.version_on(&code(item), date(2026, 6, 1)).await.unwrap().unwrap();
    let mut next = before.item.clone();
    change(&mut next);
    let key = network::Id::make(now(), [9; 10]);
    let mut write = site.services.database().write().await.unwrap();
    let new = NewDraft { key: &key, keeper: None, item: &next };
    let draft = services::draft(&mut write, now(), &system, &new).await.unwrap();
    let seen = Seen { code: &draft.code, number: draft.number, revision: draft.revision };
    services::publish(&mut write, now(), &system, seen, (from, None), Some("费用调整")).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn items_are_found_by_words_list_theme_and_whom_they_are_for() {
    let site = with_services().await;
    let all = site.page("/services").await;
    assert_eq!(all.one("#found"), "52 个事项");
    assert_eq!(all.all(".service-group h3"), ["基础服务 15", "增值服务 4", "一窗通办 33"]);
    let found = site.page("/services?q=%E8%AE%B8%E5%8F%AF%E5%90%88%E5%90%8C&lang=en").await;
    assert_eq!(found.all(".service h4"), ["Recordal of patent licences"]);
    assert_eq!(found.one(".service .glance"), "7 working daysfreeon the web");
    let nothing = site.page("/services?q=zebra&lang=en").await;
    assert!(nothing.one(".empty").contains("Take one away"));
    let early = site.page("/services?on=2020-01-01&lang=en").await;
    assert!(early.one(".empty").contains("No services are in force"));
    for wrong in ["group=x", "theme=x", "object=x", "on=2026-02-30"] {
        site.page_with(&format!("/services?{wrong}"), 400).await;
    }
    let page = site.page("/services?group=basic&theme=information&object=person").await;
    assert_eq!(page.count(".chips .chip"), 3);
    assert_eq!(page.attributes(".chips .chip", "href")[0], "/services?theme=information&object=person");
}

#[tokio::test]
async fn every_number_of_the_list_opens_its_items() {
    let site = with_services().await;
    for asked in ["/services", "/services?group=one-window", "/services?theme=trade-mark&object=firm"] {
        let page = site.page(asked).await;
        let counts = page.all(".facet .count");
        for (address, count) in page.attributes(".facet li a", "href").iter().zip(counts) {
            let opened = site.page(address).await;
            // A value that is chosen is taken away by its own link.
            if opened.count(".facet li a[aria-current]") >= page.count(".facet li a[aria-current]") {
                assert_eq!(opened.one("#found").split(' ').next().unwrap(), count, "{address}");
            }
        }
    }
}

#[tokio::test]
async fn a_guide_tells_all_of_an_item_and_who_offers_it() {
    let site = with_services().await;
    let page = site.page("/services/W-P06").await;
    assert_eq!(page.one("h1"), "专利实施许可合同备案");
    let says = page.says();
    for wanted in ["7 个工作日", "受理条件", "委托书", "国家知识产权局令第62号", "许可人", "023-6000 1234"]
    {
        assert!(says.contains(wanted), "{wanted}: {says}");
    }
    assert_eq!(page.count(".flow li"), 4);
    let links = page.attributes("main a", "href");
    let here = format!("/cases/new?item=W-P06&outlet={}", crate::network::id(3));
    for wanted in
        ["/cases/new?item=W-P06", &here, "/services/W-P06/form", "/services/W-P06/versions", "/services/calendar"]
    {
        assert!(links.contains(&wanted.to_owned()), "{wanted}: {links:?}");
    }
    assert!(links.contains(&"/network?service=W-P06&status=active".to_owned()));
    let english = site.page("/services/w-p06?lang=en").await;
    assert_eq!(english.one("h1"), "Recordal of patent licences");
    assert_eq!(english.one(".offers a"), "Hill City Protection Centre");
    // Nobody offers this one.
    assert!(site.page("/services/W-T01?lang=en").await.says().contains("No outlet lists this service"));
    let early = site.page_with("/services/B02?on=2020-01-01&lang=en", 404).await;
    assert!(early.one("h1").contains("Not in force on 2020-01-01"));
    site.page_with("/services/X99", 404).await;
    site.page_with("/services/-", 404).await;
}

#[tokio::test]
async fn the_guides_of_all_items_stand_in_both_languages() {
    let site = with_services().await;
    for item in services::catalogue().unwrap() {
        for lang in ["zh", "en"] {
            let page = site.page(&format!("/services/{}?lang={lang}", item.code)).await;
            assert_eq!(page.one("h1"), item.title.text(lang).split_whitespace().collect::<Vec<_>>().join(" "));
            site.page(&format!("/services/{}/form?lang={lang}", item.code)).await;
        }
    }
}

#[tokio::test]
async fn earlier_versions_can_be_read_and_compared() {
    let site = with_services().await;
    with_next(
        &site,
        "B02",
        |item| {
            item.title.zh = "知识产权检索".to_owned();
            item.summary.en = "Searches, free of charge.".to_owned();
            item.conveniences[0].zh = HOSTILE.to_owned();
        },
        date(2026, 7, 1),
    )
    .await;
    let page = site.page("/services/B02").await;
    assert_eq!(page.one("h1"), "知识产权检索");
    assert_eq!(page.count("main img") + page.count("main article script"), 0);
    assert_eq!(site.page("/services/B02?on=2026-06-30").await.one("h1"), "知识产权信息查询检索");
    let differences = site.page(&page.link("与前一版的差异")).await;
    let rows = differences.all(".differences tbody tr");
    assert!(rows[0].starts_with("事项名称知识产权信息查询检索知识产权检索"), "{rows:?}");
    assert!(
        rows[1].contains("Searches, free of charge."),
        "what differs in English alone is told in English: {rows:?}"
    );
    let versions = site.page("/services/B02/versions?lang=en").await;
    assert_eq!(versions.count(".versions tbody tr"), 2);
    assert!(versions.says().contains("费用调整"), "the reason is public");
    assert_eq!(versions.all(".changes strong"), ["Published", "Superseded", "Published"], "drafting is not");
    let first = site.page("/services/B02/versions/1").await;
    assert!(first.one(".note").contains("以前的版本"));
    assert!(!first.attributes("main a", "href").iter().any(|href| href.starts_with("/cases/new")));
    site.page("/services/B02/differences").await;
    site.page_with("/services/B02/differences?from=1&to=7", 400).await;
    site.page_with("/services/B02/versions/7", 404).await;
    let same = site.page("/services/B02/differences?from=1&to=1&lang=en").await;
    assert!(same.one(".empty").contains("say the same"));
}

#[tokio::test]
async fn the_form_of_a_request_can_be_tried_and_names_all_that_is_missing_at_once() {
    let site = with_services().await;
    let page = site.page("/services/B02/form?lang=en").await;
    assert!(page.count("fieldset.request-step") > 1);
    assert!(page.count("[data-shown-if]") > 0);
    let (status, _, body) = site.send_form("/services/B02/form", "applicant_kind=firm&purpose=status").await;
    assert_eq!(status, 422);
    let page = Page::read("/services/B02/form", &body);
    let faults = page.all(".warn li");
    for missing in ["单位名称", "联系人姓名", "关键词或号码"] {
        assert!(faults.iter().any(|fault| fault.contains(missing)), "{missing}: {faults:?}");
    }
    assert_eq!(page.attributes("[name=purpose][checked]", "value"), ["status"]);
    assert!(page.attributes("[aria-invalid]", "name").contains(&"organisation".to_owned()));
    let (status, _, body) =
        site.send_form("/services/W-P06/form", "patents.0.number=201510000001.2&add-row=patents").await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    let page = Page::read("/services/W-P06/form", &body);
    assert_eq!(page.attributes("[name='patents.0.number']", "value"), ["201510000001.2"]);
    assert_eq!(page.count("[name='patents.1.number']"), 1);
    site.page_with("/services/X99/form", 404).await;
}

#[tokio::test]
async fn files_say_what_the_list_says() {
    let site = with_services().await;
    let (status, _, json) = site.get("/services.json?group=value-added").await;
    assert_eq!(status, 200);
    let file: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(file["事项"].as_array().unwrap().len(), 4);
    let (_, _, csv) = site.get("/services.csv?theme=layout").await;
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.starts_with('\u{feff}') && csv.contains("W-L01"), "{csv}");
    assert_eq!(site.get("/services.csv?theme=x").await.0, 400);
    let (_, _, calendar) = site.get("/services/calendar.csv").await;
    assert!(String::from_utf8(calendar).unwrap().contains("2026-10-01"));
}

#[tokio::test]
async fn a_year_shows_its_holidays_and_make_up_days() {
    let site = with_services().await;
    let page = site.page("/services/calendar?year=2025&lang=en").await;
    assert_eq!(page.count(".month"), 12);
    assert_eq!(page.count(".day:not(.legend .day)"), 365);
    assert_eq!(page.count(".month .day.make-up"), 5);
    assert!(page.all(".festivals tbody tr").iter().any(|row| row.contains("10-01 – 10-08")));
    let months: usize = page
        .all(".month caption .small")
        .iter()
        .map(|said| said.split(' ').next().unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(months.to_string(), page.one("main p strong"));
    let today = site.page("/services/calendar").await;
    assert_eq!(today.count(".day.today"), 1);
    let unknown = site.page("/services/calendar?year=2040&lang=en").await;
    assert!(unknown.one(".note").contains("not loaded yet"));
    site.page_with("/services/calendar?year=soon", 400).await;
}

#[tokio::test]
async fn visitors_keep_nothing() {
    let site = with_services().await;
    let before = site.get("/services.json").await.2;
    let one = "/services/B02/versions/1";
    for address in ["/services/keep", "/services/keep/new", "/services/import", "/services/calendar/import"] {
        site.page_with(address, 401).await;
    }
    for act in ["edit", "publish", "withdraw", "discard"] {
        site.page_with(&format!("{one}/{act}"), 401).await;
        assert_eq!(site.send_form(&format!("{one}/{act}"), "version=1&reason=x").await.0, 401, "{act}");
    }
    site.page_with(&format!("{one}/burn"), 404).await;
    site.page_with("/services/B02/draft", 401).await;
    assert_eq!(site.send_form("/services/B02/draft", "key=x").await.0, 401);
    assert_eq!(site.send_form("/services/keep/new", "code=X1").await.0, 401);
    for address in ["/services/import", "/services/calendar/import"] {
        assert_eq!(site.post(address, &[("file", "a.json", b"[]"), ("store", "", b"1")]).await.0, 401);
    }
    assert_eq!(site.get("/services.json").await.2, before);
}
