//! Requests: what their clients choose, write, send, follow and do.

use accounts::{Actor, Cover, Grant, PersonId, Role};
use axum::http::header;
use cases::{Act, By, CaseId, InboxQuery, NewDocument, State, Step};
use jiff::Timestamp;
use network::Id;

use crate::browser::{Browser, Fields, led};
use crate::given::{Site, id as right_id};
use crate::network::{id, with_network};
use crate::seen::Page;

fn now() -> Timestamp {
    "2026-07-01T08:00:00Z".parse().unwrap()
}

impl Browser<'_> {
    /// Begins a request at an outlet and gives the address of its first step.
    async fn begun(&self, parameters: &str) -> String {
        let page = self.page(&format!("/cases/new?{parameters}")).await;
        let fields = hidden(&page, "form[action='/cases/new']");
        self.done("/cases/new", &borrowed(&fields)).await
    }

    /// Sends a step and gives where it leads.
    async fn step(&self, address: &str, fields: Fields<'_>, files: &[(&str, &str, &[u8])]) -> String {
        let seen = self.page(address).await.attributes("[name=seen-version]", "value")[0].clone();
        let mut all = vec![("seen-version", seen.as_str()), ("go-on", "next")];
        all.extend_from_slice(fields);
        led(address, self.post(address, &all, files).await)
    }

    /// Writes a general question and gives the address of the summary.
    async fn written(&self, parameters: &str, files: &[(&str, &str, &[u8])]) -> String {
        let first = self.begun(parameters).await;
        let second = self.step(&first, &ABOUT, &[]).await;
        assert!(second.ends_with("/steps/description"), "{second}");
        let third = self.step(&second, &[("description", "年费怎样缴纳？")], files).await;
        self.step(&third, &[("truthful", "yes"), ("data_use", "yes")], &[]).await
    }

    /// Sends a general question and gives its page.
    async fn sent(&self, files: &[(&str, &str, &[u8])]) -> String {
        let review = self.written(&general(), files).await;
        let page = self.page(&review).await;
        let fields = hidden(&page, "form[action$='/send']");
        let receipt = self.done(&review.replace("/review", "/send"), &borrowed(&fields)).await;
        receipt.trim_end_matches("/receipt").to_owned()
    }
}

const ABOUT: [(&str, &str); 4] =
    [("applicant_kind", "person"), ("contact", "张小满"), ("reply_by", "email"), ("email", "zhang@example.org")];

/// A file that goes with the question.
const PDF: [(&str, &str, &[u8]); 1] = [("upload.attachments", "说明.pdf", b"%PDF-1.4")];

fn hidden(page: &Page, form: &str) -> Vec<(String, String)> {
    let css = format!("{form} input[type=hidden]");
    page.attributes(&css, "name").into_iter().zip(page.attributes(&css, "value")).collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// A general question at an outlet that offers all services.
fn general() -> String {
    format!("item=W-C04&outlet={}", id(7))
}

async fn a_site() -> Site {
    let site = with_network().await;
    site.install().await;
    site
}

fn case_of(address: &str) -> CaseId {
    address.trim_start_matches("/cases/").parse().unwrap()
}

/// Someone who works at the outlet.
fn staff() -> Actor {
    let person = PersonId(Id::make(Timestamp::UNIX_EPOCH, [9; 10]));
    Actor::person(person, "李示范", vec![Grant { role: Role::OutletStaff, cover: Cover::At([id(7)].into()) }])
}

/// Does something to a case as staff, in the version it is in.
async fn does(site: &Site, case: &CaseId, act: Act) {
    let staff = staff();
    let version = site.cases.case(now(), By::from(&staff), case).await.unwrap().case.version;
    let step = Step { by: By::from(&staff), case, version, key: "" };
    site.cases.act(now(), &step, &act).await.unwrap();
}

#[tokio::test]
async fn a_visitor_requests_a_service_step_by_step_and_follows_it_by_the_code() {
    let site = a_site().await;
    let browser = Browser::new(&site);
    let items = browser.page("/cases/new").await;
    assert_eq!(items.link("知识产权综合咨询"), "/cases/new?item=W-C04");
    let outlets = browser.page("/cases/new?item=W-C04&region=500000").await;
    assert!(outlets.all(".outlet h3").contains(&"山城公共服务中心".to_owned()));
    assert!(!outlets.says().contains("山城管理局"), "an administration takes no requests");
    assert!(!outlets.says().contains("山城保护中心"), "it offers other services");
    let begin = browser.page(&format!("/cases/new?{}", general())).await;
    assert!(begin.says().contains("2 个工作日"));
    let review = browser.written(&general(), &PDF).await;
    assert!(review.ends_with("/review"), "{review}");
    let page = browser.page(&review).await;
    for words in ["自然人", "张小满", "年费怎样缴纳？", "说明.pdf", "2026-07-08"] {
        assert!(page.says().contains(words), "{words}");
    }
    let mut fields = hidden(&page, "form[action$='/send']");
    fields.push(("heading".to_owned(), "年费咨询".to_owned()));
    let send = review.replace("/review", "/send");
    let receipt = browser.done(&send, &borrowed(&fields)).await;
    assert_eq!(browser.done(&send, &borrowed(&fields)).await, receipt, "sent twice it is one request");
    let counts = site.cases.inbox_counts(now(), By::from(&staff()), &InboxQuery::all()).await.unwrap();
    assert_eq!(counts.total, 1);
    let page = browser.page(&receipt).await;
    let (reference, code) = (page.all(".ticket .mono")[0].clone(), page.all(".ticket .mono")[1].clone());
    assert!(reference.starts_with("HZ-2026-") && code.len() == 19);
    assert!(page.says().contains("2026-07-08"), "the day by which it is accepted");

    // Another browser has nothing but the receipt.
    let elsewhere = Browser::new(&site);
    let address = receipt.trim_end_matches("/receipt");
    assert_eq!(led("receipt", elsewhere.get(&receipt).await), address, "the code is shown once");
    let asks = elsewhere.page(address).await;
    assert_eq!(asks.attributes("main form [name=code]", "name").len(), 1);
    assert!(!asks.says().contains("年费"), "nothing is told without the code");
    let wrong = [("reference", reference.as_str()), ("code", "0000-0000-0000-0000")];
    let other = [("reference", "HZ-2026-000999-9"), ("code", code.as_str())];
    let told = elsewhere.refused("/cases/track", &wrong, 422).await.one(".warn");
    assert!(told.contains("对不上"), "{told}");
    elsewhere.refused("/cases/track", &other, 422).await;
    let blank = elsewhere.refused("/cases/track", &[("reference", "HZ"), ("code", "x")], 422).await;
    assert_eq!(blank.attributes("[aria-invalid]", "name"), ["reference", "code"]);
    let led = elsewhere.done("/cases/track", &[("reference", &reference), ("code", &code.to_lowercase())]).await;
    assert_eq!(led, address);
    let page = elsewhere.page(address).await;
    assert_eq!((page.one("h1").as_str(), page.all(".course li").len()), ("年费咨询", 5));
    assert!(page.says().contains("张**") || page.says().contains("张*"), "names are hidden in part");
    assert!(!page.says().contains("张小满"));
    let back = elsewhere.done(&format!("{address}/leave"), &[]).await;
    assert_eq!(back, "/cases/track");
    assert_eq!(elsewhere.page(address).await.count("main form [name=code]"), 1, "the device forgets");
}

#[tokio::test]
async fn a_step_tells_every_fault_keeps_what_was_typed_and_judges_files() {
    let site = a_site().await;
    let browser = Browser::new(&site);
    let first = browser.begun(&general()).await;
    let seen = |page: &Page| page.attributes("[name=seen-version]", "value")[0].clone();
    let version = seen(&browser.page(&first).await);
    let typed =
        [("seen-version", version.as_str()), ("go-on", "next"), ("applicant_kind", "firm"), ("contact", "张小满")];
    let (parts, body) = browser.post(&first, &typed, &[]).await;
    assert_eq!(parts.status, 422);
    let page = Page::read(&first, &body);
    assert_eq!(page.attributes("[name=contact]", "value"), ["张小满"]);
    let summary = page.attributes(".warn a", "href");
    for field in ["#f-organisation", "#f-reply_by", "#f-telephone"] {
        assert!(summary.contains(&field.to_owned()), "{field}: {summary:?}");
    }
    // What was complete so far is kept already.
    assert_eq!(browser.page(&first).await.attributes("[name=contact]", "value"), ["张小满"]);
    let second = browser.step(&first, &ABOUT, &[]).await;
    let version = seen(&browser.page(&second).await);
    let fields = [("seen-version", version.as_str()), ("go-on", "next"), ("description", "问题")];
    let bad = [("upload.attachments", "x.pdf", b"MZ\0\x01program".as_slice())];
    let (parts, body) = browser.post(&second, &fields, &bad).await;
    assert_eq!(parts.status, 422);
    let page = Page::read(&second, &body);
    assert!(page.one("#e-attachments").contains("x.pdf"));
    assert_eq!(page.one("[name=description]"), "问题", "the words are not lost with the file");
    let version = seen(&page);
    let fields = [("seen-version", version.as_str()), ("go-on", "back"), ("description", "问题")];
    let good = [
        ("upload.attachments", "a.pdf", b"%PDF-1.4 a".as_slice()),
        ("upload.attachments", "b.txt", b"plain".as_slice()),
    ];
    let (parts, _) = browser.post(&second, &fields, &good[..1]).await;
    assert_eq!(parts.status, 303);
    let page = browser.page(&second).await;
    assert_eq!(page.count("[name=attachments][type=checkbox]"), 1);
    let twice = browser.post(&second, &fields, &good[..1]).await;
    assert_eq!(twice.0.status, 303, "the same step sent twice is one saving");
    let version = seen(&browser.page(&second).await);
    let fields = [("seen-version", version.as_str()), ("go-on", "back"), ("description", "问题")];
    browser.post(&second, &fields, &[]).await;
    let page = browser.page(&second).await;
    assert_eq!(page.count("[name=attachments][type=checkbox]"), 0, "an unticked file is gone");
    // Another window went on meanwhile.
    let old = [("seen-version", "1"), ("go-on", "next"), ("description", "旧")];
    let (parts, body) = browser.post(&second, &old, &[]).await;
    assert_eq!(parts.status, 409);
    assert_eq!(Page::read(&second, &body).one("[name=description]"), "问题");
}

#[tokio::test]
async fn a_draft_is_kept_for_later_and_opens_by_its_link_alone() {
    let site = a_site().await;
    let browser = Browser::new(&site);
    let first = browser.begun(&general()).await;
    let version = browser.page(&first).await.attributes("[name=seen-version]", "value")[0].clone();
    let fields = [("seen-version", version.as_str()), ("go-on", "later"), ("contact", "张小满")];
    let draft = led(&first, browser.post(&first, &fields, &[]).await);
    let link = browser.page(&draft).await.attributes(".keep-link a", "href")[0].clone();
    let elsewhere = Browser::new(&site);
    elsewhere.page_with(&draft, 404).await;
    assert_eq!(led(&link, elsewhere.get(&link).await), draft, "the code leaves the address");
    assert_eq!(elsewhere.page(&first).await.attributes("[name=contact]", "value"), ["张小满"]);
    elsewhere.done(&format!("{draft}/discard"), &[]).await;
    browser.page_with(&draft, 404).await;
    let review = Browser::new(&site).begun(&general()).await;
    browser.page_with(&review, 404).await;
}

#[tokio::test]
async fn forms_are_filled_in_from_the_account_and_the_right() {
    let site = a_site().await;
    let browser = Browser::of(&site, 1).await;
    let right = right_id(1, records::RightKind::Invention);
    let about = format!("item=W-C03&outlet={}&right={right}", id(7));
    let items = browser.page(&format!("/cases/new?right={right}")).await;
    assert!(items.one(".choose-group h2").starts_with("与这项权利有关的服务"));
    assert!(items.one(".note").contains("石墨烯电池"));
    let first = browser.begun(&about).await;
    let page = browser.page(&first).await;
    assert_eq!(page.attributes("[name=contact]", "value"), ["客户1"]);
    assert_eq!(page.attributes("[name=email]", "value"), ["c1@example.org"]);
    let page = browser.page(&first.replace("/applicant", "/right")).await;
    assert_eq!(page.attributes("[name=right_title]", "value"), ["石墨烯电池"]);
    assert!(page.attributes("[name=right_number]", "value")[0].contains("2015"));
    let own = browser.page("/cases").await;
    assert_eq!(own.count("#drafts-h ~ ul li"), 1);
    let draft = first.split("/steps").next().unwrap().to_owned();
    assert!(browser.page(&draft.clone()).await.count(".keep-link") == 0, "an account needs no link");
    Browser::of(&site, 2).await.page_with(&draft, 404).await;
    assert_eq!(
        browser.page(&format!("/rights/{right}")).await.link("申请相关服务"),
        format!("/cases/new?right={right}")
    );
    assert_eq!(
        browser.page(&format!("/network/{}", id(7))).await.link("申请服务"),
        format!("/cases/new?outlet={}", id(7))
    );
    let asks = browser.page("/search?q=ipc%3DH01M").await.link("请专业人员检索");
    assert_eq!(asks, "/cases/new?q=ipc%3DH01M");
    let query = browser.page(&asks).await;
    assert_eq!(query.one(".note code"), "ipc=H01M");
}

#[tokio::test]
async fn a_client_supplements_confirms_hands_back_and_withdraws() {
    let site = a_site().await;
    let browser = Browser::of(&site, 1).await;
    let address = browser.sent(&[]).await;
    let case = case_of(&address);
    let stranger = Browser::of(&site, 2).await;
    assert_eq!(stranger.page(&address).await.count("main form [name=code]"), 1, "another's request");
    stranger.refused(&format!("{address}/withdraw"), &[("version", "1")], 404).await;
    let old = hidden(&browser.page(&address).await, "form[action$='/withdraw']");
    does(&site, &case, Act::AskSupplement { missing: vec!["营业执照".to_owned()] }).await;
    // The client saw it before it changed.
    let mut fields = borrowed(&old);
    fields.push(("reason", "不再需要"));
    let stale = browser.refused(&format!("{address}/withdraw"), &fields, 409).await;
    assert!(stale.one(".warn").contains("要求补充"));
    assert_eq!(stale.one("#f-withdraw"), "不再需要", "what was typed is still there");
    let page = browser.page(&address).await;
    assert!(page.one(".awaited").contains("营业执照"));
    let own = hidden(&page, "form[action$='/supplement']");
    let nothing = browser.post(&format!("{address}/supplement"), &borrowed(&own), &[]).await;
    assert_eq!(nothing.0.status, 422);
    let pdf = [("files", "执照.pdf", b"%PDF-1.4 licence".as_slice())];
    for _ in 0..2 {
        let answer = browser.post(&format!("{address}/supplement"), &borrowed(&own), &pdf).await;
        assert_eq!(led(&address, answer), format!("{address}?done=supplement"));
    }
    let page = browser.page(&address).await;
    assert_eq!(
        page.all(".document-list a").iter().filter(|name| name.contains("执照")).count(),
        1,
        "sent twice it is one file"
    );

    does(&site, &case, Act::Accept).await;
    does(&site, &case, Act::Deliver { result: "按年缴纳，见附件。".to_owned() }).await;
    let page = browser.page(&address).await;
    assert!(page.one(".awaited").contains("按年缴纳"));
    assert_eq!(page.count("form[action$='/withdraw']"), 0);
    let own = hidden(&page, "form[action$='/confirm']");
    let unsaid = browser.refused(&format!("{address}/confirm"), &borrowed(&own), 422).await;
    assert_eq!(unsaid.count("#e-confirm"), 1);
    let back = hidden(&page, "form[action$='/return']");
    browser.refused(&format!("{address}/return"), &borrowed(&back), 422).await;
    let mut fields = borrowed(&back);
    fields.push(("reason", "没有附件"));
    browser.done(&format!("{address}/return"), &fields).await;
    assert_eq!(browser.page(&address).await.one(".right-line .status"), "办理中");
    does(&site, &case, Act::Deliver { result: "附件已补上。".to_owned() }).await;
    let own = hidden(&browser.page(&address).await, "form[action$='/confirm']");
    let mut fields = borrowed(&own);
    fields.extend([("solved", "yes"), ("words", "谢谢")]);
    for _ in 0..2 {
        browser.done(&format!("{address}/confirm"), &fields).await;
    }
    let page = browser.page(&format!("{address}?done=confirm")).await;
    assert!(page.one("[role=status]").contains("谢谢"));
    assert!(browser.page("/cases").await.says().contains("回访评价"));
}

#[tokio::test]
async fn messages_are_said_once_and_documents_come_as_downloads() {
    let site = a_site().await;
    let browser = Browser::new(&site);
    let address = browser.sent(&PDF).await;
    let case = case_of(&address);
    let own = hidden(&browser.page(&address).await, "form[action$='/message']");
    let mut fields = borrowed(&own);
    fields.push(("words", "请尽快<b>"));
    for _ in 0..2 {
        browser.done(&format!("{address}/message"), &fields).await;
    }
    assert_eq!(browser.page(&address).await.all(".thread .lines"), ["请尽快<b>"]);
    browser.refused(&format!("{address}/message"), &[("words", " ")], 422).await;
    let (staff, report) = (staff(), Id::make(now(), [5; 10]));
    let new = |id, public, name| NewDocument {
        id,
        version: 0,
        name,
        bytes: b"%PDF-1.4 report".to_vec(),
        field: None,
        record: None,
        public,
    };
    site.cases.add_document(now(), By::from(&staff), &case, new(&report, true, "报告 \"甲\".pdf")).await.unwrap();
    let inner = Id::make(now(), [6; 10]);
    site.cases.add_document(now(), By::from(&staff), &case, new(&inner, false, "内部.pdf")).await.unwrap();
    let page = browser.page(&address).await;
    assert!(!page.says().contains("内部.pdf"));
    let (parts, body) = browser.get(&format!("{address}/documents/{report}/1")).await;
    assert_eq!((parts.status.as_u16(), body.as_slice()), (200, b"%PDF-1.4 report".as_slice()));
    let says = |name: header::HeaderName| parts.headers[name].to_str().unwrap().to_owned();
    assert_eq!(says(header::CONTENT_TYPE), "application/pdf");
    assert!(says(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\""));
    assert_eq!(
        (says(header::X_CONTENT_TYPE_OPTIONS).as_str(), says(header::CACHE_CONTROL).as_str()),
        ("nosniff", "private, no-store")
    );
    browser.page_with(&format!("{address}/documents/{inner}/1"), 404).await;
    Browser::new(&site).page_with(&format!("{address}/documents/{report}/1"), 404).await;
    let bad = [("files", "a.exe", b"MZ\0\x01".as_slice())];
    let refused = browser.post(&format!("{address}/documents"), &[("version", "1"), ("key", "k")], &bad).await;
    assert_eq!(refused.0.status, 422);
    let own: Vec<String> = page.attributes("form[action$='/withdraw'][action*='/documents/']", "action");
    browser.done(&own[0], &[]).await;
    assert!(!browser.page(&address).await.says().contains("说明.pdf"));
    let pdf = [("files", "迟到.pdf", b"%PDF-1.4 late".as_slice())];
    browser.post(&format!("{address}/documents"), &[("version", "1"), ("key", "k2")], &pdf).await;
    let page = browser.page(&address).await;
    let own: Vec<String> = page.attributes("form[action$='/withdraw'][action*='/documents/']", "action");
    does(&site, &case, Act::Accept).await;
    assert!(browser.refused(&own[0], &[], 409).await.one(".warn").contains("不能再撤回"));
    let gone = browser.page("/cases/track").await;
    assert!(!gone.one("h1").is_empty());
    let state = site.cases.case(now(), By::from(&staff), &case).await.unwrap().case.state;
    assert_eq!(state, State::Accepted);
}

#[tokio::test]
async fn codes_cannot_be_tried_without_end() {
    let site = a_site().await;
    let browser = Browser::new(&site);
    let wrong = [("reference", "HZ-2026-000001-9"), ("code", "0000-0000-0000-0000")];
    let mut last = 0;
    for _ in 0..40 {
        last = browser.form("/cases/track", &wrong).await.0.status.as_u16();
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn pages_of_requests_speak_both_languages() {
    let site = a_site().await;
    let browser = Browser::new(&site);
    let address = browser.sent(&PDF).await;
    does(&site, &case_of(&address), Act::Accept).await;
    does(&site, &case_of(&address), Act::Deliver { result: "done".to_owned() }).await;
    let review = browser.written(&general(), &[]).await;
    let draft = review.trim_end_matches("/review").to_owned();
    let chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for path in [
        address.clone(),
        format!("{address}/receipt"),
        review,
        draft.clone(),
        format!("{draft}/steps/applicant"),
        format!("/cases/new?{}", general()),
        "/cases/new".to_owned(),
    ] {
        let page = browser
            .page(&format!("{path}?lang=en").replace("?lang", if path.contains('?') { "&lang" } else { "?lang" }))
            .await;
        for css in [
            "main label",
            "main legend",
            "main .button",
            "main .lead",
            "main h2",
            "main dt",
            "main .hint",
            "main summary",
            ".course-name",
        ] {
            assert!(!page.all(css).iter().any(chinese), "{path} {css}: {:?}", page.all(css));
        }
    }
}
