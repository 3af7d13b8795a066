//! Those who keep service items draft, publish and withdraw them, and nobody overwrites anybody.

use accounts::Role;
use jiff::civil::date;

use crate::people::{Visitor, signed_in};
use crate::seen::Page;
use crate::services::with_services;

/// What a form would send as it stands.
fn fields(page: &Page) -> Vec<(String, String)> {
    page.form_fields("form.item-form")
}

/// The fields with some of them changed or added.
fn with(mut fields: Vec<(String, String)>, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Drafts a new version with these changes and gives its page.
async fn drafted(keeper: &Visitor<'_>, item: &str, changes: &[(&str, &str)]) -> Page {
    let address = format!("/services/{item}/draft");
    let form = with(fields(&keeper.page(&address).await), changes);
    keeper.done(&address, &borrowed(&form)).await
}

#[tokio::test]
async fn a_new_version_is_drafted_changed_and_published_from_a_day() {
    let site = with_services().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 3).await;
    let draft = drafted(&keeper, "B02", &[("title.zh", "知识产权检索"), ("promised_limit.number", "3")]).await;
    assert_eq!(draft.one("h1"), "知识产权检索");
    assert!(draft.one(".note").contains("草稿"));
    site.page_with("/services/B02/versions/2", 404).await;
    assert_eq!(site.page("/services/B02/versions").await.count(".versions tbody tr"), 1, "drafts are not public");
    // The page that begins a draft goes on with the open one.
    let (status, led, _) = {
        let edit = keeper.page("/services/B02/versions/2/edit").await;
        let form = with(
            fields(&edit),
            &[
                ("promised_limit.number", "4"),
                ("materials.0.name.zh", "身份证明"),
                ("materials.0.name.en", "Identity"),
                ("materials.0.need", "required"),
                ("materials.0.copies", "1"),
            ],
        );
        keeper.send("/services/B02/versions/2/edit", &borrowed(&form)).await
    };
    assert_eq!((status.as_u16(), led.as_str()), (303, "/services/B02/versions/2"));
    let kept = keeper.page("/services/keep").await;
    assert_eq!(kept.count("ul.offers li"), 1);
    let ask = keeper.page("/services/B02/versions/2/publish").await;
    assert!(
        ask.all(".differences tbody tr").iter().any(|row| row.contains("5 个工作日") && row.contains("4 个工作日"))
    );
    let early = [("version", "2"), ("from", "2026-01-01"), ("reason", "")];
    let page = keeper.refused("/services/B02/versions/2/publish", &early, 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["from"]);
    let sent = [("version", "2"), ("from", "2026-08-01"), ("to", "2026-12-31"), ("reason", "承诺提速")];
    let page = keeper.done("/services/B02/versions/2/publish", &sent).await;
    assert!(page.one("#version + p").contains("2026-08-01 – 2026-12-31"), "the last day is the one that was named");
    assert_eq!(site.page("/services/B02").await.one("h1"), "知识产权信息查询检索");
    assert_eq!(site.page("/services/B02?on=2026-08-01").await.one("h1"), "知识产权检索");
    let history = keeper.page("/services/B02/versions").await;
    assert!(history.says().contains("管理员1") && history.says().contains("承诺提速"));
    assert!(!site.page("/services/B02/versions").await.says().contains("管理员1"), "persons are not public");
}

#[tokio::test]
async fn the_form_says_all_that_is_wrong_keeps_what_was_typed_and_previews() {
    let site = with_services().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 3).await;
    let address = "/services/B02/draft";
    let form = fields(&keeper.page(address).await);
    let wrong = with(
        form.clone(),
        &[("title.en", ""), ("statutory_limit.number", "soon"), ("form", "{ \"steps\": [\n ]"), ("basis.0.from", "x")],
    );
    let page = keeper.refused(&format!("{address}?lang=en"), &borrowed(&wrong), 422).await;
    let invalid = page.attributes("[aria-invalid]", "name");
    for field in ["title.en", "statutory_limit.number", "form", "basis.0.from"] {
        assert!(invalid.contains(&field.to_owned()), "{field}: {invalid:?}");
    }
    assert!(page.one("#e-form").contains("line 2"));
    assert_eq!(page.attributes("[name='statutory_limit.number']", "value"), ["soon"]);
    assert!(page.all(".warn li").iter().any(|said| said.starts_with("Title (English)")));
    let page = keeper.refused(address, &borrowed(&with(form.clone(), &[("form", "[[steps]]\nkey = 1")])), 422).await;
    assert!(page.one("#e-form").contains("第 2 行"), "{}", page.one("#e-form"));
    // A look at the form, and one more row, keep nothing.
    let (status, _, body) = keeper.send(address, &borrowed(&with(form.clone(), &[("preview", "1")]))).await;
    assert_eq!(status, 200);
    assert!(Page::read(address, &body).count("#preview ~ form fieldset.request-step") > 1);
    let (status, _, body) = keeper.send(address, &borrowed(&with(form, &[("add-row", "steps")]))).await;
    assert_eq!(status, 200);
    assert_eq!(Page::read(address, &body).count("#i-steps .request-row"), 6, "four and two empty ones");
    assert_eq!(
        site.services.versions(&accounts::Actor::system("test"), &"B02".parse().unwrap()).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn two_keepers_do_not_overwrite_each_other() {
    let site = with_services().await;
    let (first, second) =
        (signed_in(&site, 1, Role::Administrator, 3).await, signed_in(&site, 2, Role::Administrator, 3).await);
    drafted(&first, "B02", &[("title.zh", "检索")]).await;
    let address = "/services/B02/versions/2/edit";
    let form = fields(&second.page(address).await);
    let mine = with(form.clone(), &[("title.zh", "甲改的名称")]);
    first.done(address, &borrowed(&mine)).await;
    let yours = with(form, &[("title.zh", "乙改的名称"), ("title.en", "Second")]);
    let page = second.refused(address, &borrowed(&yours), 409).await;
    let rows = page.all(".warn tbody tr");
    assert!(rows[0].contains("甲改的名称") && rows[0].contains("乙改的名称"), "{rows:?}");
    assert_eq!(page.attributes("[name='title.zh']", "value"), ["乙改的名称"], "nothing typed is lost");
    let again = fields(&page);
    let page = second.done(address, &borrowed(&again)).await;
    assert_eq!(page.one("h1"), "乙改的名称");
    let stale =
        first.refused("/services/B02/versions/2/publish", &[("version", "1"), ("from", "2026-07-02")], 409).await;
    assert!(stale.one(".warn").contains("别人已经修改"));
    // The same draft sent twice is one draft.
    let form = fields(&first.page("/services/B03/draft").await);
    for _ in 0..2 {
        first.done("/services/B03/draft", &borrowed(&form)).await;
    }
    let system = accounts::Actor::system("test");
    assert_eq!(site.services.versions(&system, &"B03".parse().unwrap()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn items_are_withdrawn_with_a_reason_and_drafts_given_up() {
    let site = with_services().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 3).await;
    let address = "/services/B15/versions/1/withdraw";
    let page = keeper.refused(address, &[("version", "2"), ("from", "2026-07-01"), ("reason", " ")], 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["reason"]);
    let sent = [("version", "2"), ("from", "2026-07-01"), ("reason", "业务调整")];
    let page = keeper.done(address, &sent).await;
    assert_eq!(page.one(".status"), "已撤回");
    let gone = site.page_with("/services/B15", 404).await;
    assert!(gone.one("h1").contains("没有生效的版本"));
    assert!(site.page("/services/B15/versions").await.says().contains("业务调整"));
    drafted(&keeper, "B14", &[("title.zh", "数据")]).await;
    keeper.done("/services/B14/versions/2/discard", &[("version", "1"), ("reason", "")]).await;
    assert_eq!(keeper.page("/services/keep").await.count("ul.offers li"), 0);
}

#[tokio::test]
async fn new_items_are_entered_and_come_from_files() {
    let site = with_services().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 3).await;
    let form = fields(&keeper.page("/services/keep/new?like=B02").await);
    let taken = keeper.refused("/services/keep/new", &borrowed(&with(form.clone(), &[("code", "B02")])), 422).await;
    assert_eq!(taken.attributes("[aria-invalid]", "name"), ["code"]);
    let page =
        keeper.done("/services/keep/new", &borrowed(&with(form, &[("code", "b16"), ("title.zh", "新服务")]))).await;
    assert_eq!((page.one("h1").as_str(), page.one(".right-line .mono").as_str()), ("新服务", "B16"));
    // What was exported comes back; a change in it is a new version.
    let json = String::from_utf8(site.get("/services.json?theme=layout").await.2).unwrap();
    let (status, tried) = keeper.upload("/services/import", ("a.json", &json), &[("store", "0")]).await;
    assert_eq!(status, 200);
    assert_eq!(tried.all(".figures strong"), ["0", "0", "0", "1"]);
    let changed = json.replace("集成电路布图设计登记申请", "布图设计登记");
    let texts = [("store", "1"), ("from", "2026-07-01")];
    let (status, stored) = keeper.upload("/services/import", ("a.json", &changed), &texts).await;
    assert_eq!(status, 200, "{}", stored.says());
    assert!(stored.one("#outcome").contains("已导入"));
    assert_eq!(site.page("/services/W-L01").await.one("h1"), "布图设计登记");
    let (status, wrong) = keeper.upload("/services/import", ("a.csv", "事项代码,价格\nX,1\n"), &[("store", "1")]).await;
    assert_eq!(status, 422);
    assert!(wrong.one("#outcome").contains("没有导入"));
    let (status, _) = keeper.upload("/services/import", ("a.csv", ""), &[]).await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn holidays_come_from_a_file_of_the_year() {
    let site = with_services().await;
    let keeper = signed_in(&site, 1, Role::Administrator, 3).await;
    let file = "from,to,kind,name_zh,name_en\n2027-01-01,2027-01-03,holiday,元旦,New Year\n";
    let address = "/services/calendar/import";
    let (status, _) = keeper.upload(address, ("a.csv", file), &[("source", ""), ("store", "1")]).await;
    assert_eq!(status, 422, "a source is needed");
    let texts = [("source", "国办发明电〔2026〕9号"), ("store", "0")];
    let (status, page) = keeper.upload(address, ("a.csv", file), &texts).await;
    assert_eq!(status, 200);
    assert!(page.one("#outcome").contains("尚未存储"));
    let texts = [("source", "国办发明电〔2026〕9号"), ("store", "1")];
    keeper.upload(address, ("a.csv", file), &texts).await;
    let year = site.page("/services/calendar?year=2027").await;
    assert_eq!(year.count(".month .day.holiday"), 3);
    assert!(year.says().contains("国办发明电"));
    let (status, page) = keeper.upload(address, ("a.csv", file), &texts).await;
    assert_eq!(status, 409, "the year is there by now, and the form did not know it: {}", page.says());
    let (status, _) = keeper.upload(address, ("a.csv", file), &[texts[0], texts[1], ("seen-2027", "1")]).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn others_do_not_keep_what_is_not_theirs() {
    let site = with_services().await;
    let lead = signed_in(&site, 1, Role::OutletLead, 3).await;
    for address in ["/services/keep", "/services/keep/new", "/services/import", "/services/B02/draft"] {
        lead.page_with(address, 403).await;
    }
    let other = signed_in(&site, 2, Role::Administrator, 9).await;
    assert_eq!(other.page("/services/keep").await.count("table.kept a[href$='/draft']"), 0);
    let form = fields(&other.page("/services/B02/draft").await);
    other.refused("/services/B02/draft", &borrowed(&form), 403).await;
    other.refused("/services/B02/versions/1/withdraw", &[("version", "2"), ("reason", "x")], 403).await;
    assert!(site.services.version_on(&"B02".parse().unwrap(), date(2026, 7, 1)).await.unwrap().is_some());
}
