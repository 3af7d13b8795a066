//! Ratings: given by account, code, ticket and poster; answered, appealed against, asked for, published.

use accounts::{Actor, Role};
use axum::body::Body;
use axum::http::Request;
use cases::{Act, By, Case, Contact, NewCase, Receipt, Step};
use jiff::civil::date;
use network::Id;
use services::Seen;

use crate::given::Site;
use crate::outlets::{id, with_network};
use crate::people::{Visitor, now, signed_in, with_roles};
use crate::seen::Page;

/// A network with one item that asks nothing.
async fn with_item() -> Site {
    let site = with_network().await;
    let mut write = site.services.database().write().await.unwrap();
    let system = Actor::system("test");
    let mut item = services::catalogue().unwrap().into_iter().find(|found| found.code.as_str() == "B02").unwrap();
    for field in item.form.steps.iter_mut().flat_map(|step| &mut step.fields) {
        field.required = false;
        field.required_if.clear();
    }
    let key = Id::make(jiff::Timestamp::UNIX_EPOCH, [7; 10]);
    let new = services::NewDraft { key: &key, keeper: None, item: &item };
    let made = services::draft(&mut write, now(), &system, &new).await.unwrap();
    let seen = Seen { code: &item.code, number: made.number, revision: made.revision };
    services::publish(&mut write, now(), &system, seen, (date(2026, 1, 1), None), None).await.unwrap();
    write.commit().await.unwrap();
    site
}

fn client(visitor: &Visitor<'_>) -> Actor {
    Actor::person(visitor.person.clone(), "客户", Vec::new())
}

/// A case of a client at outlet 3 that came to its end.
async fn ended(site: &Site, of: &Actor, number: u32) -> Receipt {
    let contact = Contact { name: "张三".to_owned(), telephone: "13800001234".to_owned(), ..Contact::default() };
    let key = format!("key-of-a-request-{number:06}");
    let mut new = NewCase::new(key, "B02".parse().unwrap(), id(3), serde_json::Map::new(), contact);
    "查一下".clone_into(&mut new.title);
    let receipt = site.cases.submit(now(), By::from(of), &new).await.unwrap();
    let system = Actor::system("test");
    let step = Step { by: By::from(&system), case: &receipt.case.id, version: receipt.case.version, key: "" };
    site.cases.act(now(), &step, &Act::Refuse { reason: "不属于本站".to_owned() }).await.unwrap();
    receipt
}

fn form_of(case: &Case) -> String {
    format!("/rate/cases/{}", case.id)
}

/// A hidden value of a form.
fn hidden(page: &Page, name: &str) -> String {
    page.attributes(&format!("[name={name}]"), "value").first().unwrap_or_else(|| panic!("no {name}")).clone()
}

/// Rates and gives where that leads.
async fn rated(by: &Visitor<'_>, address: &str, key: &str, level: &str, words: &str) -> String {
    let sent = [("key", key), ("level", level), ("tag", "slow"), ("words", words)];
    let (status, led, body) = by.send(address, &sent).await;
    assert_eq!(status, 303, "{}", String::from_utf8_lossy(&body));
    led
}

#[tokio::test]
async fn a_client_rates_a_case_once_and_may_correct_it() {
    let site = with_item().await;
    let (mine, other) = (with_roles(&site, 1, &[]).await, with_roles(&site, 2, &[]).await);
    let receipt = ended(&site, &client(&mine), 1).await;
    let address = form_of(&receipt.case);
    site.page_with(&address, 401).await;
    other.page_with(&address, 404).await;
    let form = mine.page(&address).await;
    assert_eq!(form.count("[type=radio][name=level]"), 5);
    assert_eq!(form.count("[name=anonymous]"), 1);
    let key = hidden(&form, "key");
    let wrong = mine.refused(&address, &[("key", &key), ("words", "就写这些")], 422).await;
    assert_eq!(wrong.one("textarea[name=words]"), "就写这些", "nothing typed is lost");
    assert_eq!(wrong.attributes(".warn a", "href"), ["#level-very-satisfied"]);
    assert_eq!(hidden(&wrong, "key"), key);
    let long = "长".repeat(501);
    let wrong = mine.refused(&address, &[("key", &key), ("level", "satisfied"), ("words", &long)], 422).await;
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["words"]);

    let led = rated(&mine, &address, &key, "dissatisfied", "等了很久").await;
    assert_eq!(rated(&mine, &address, &key, "dissatisfied", "等了很久").await, led, "sent twice it is one rating");
    let page = mine.page(&led).await;
    assert_eq!(page.one("h1"), "谢谢您的评价");
    let next = page.one(".note");
    assert!(next.contains("2026-07-02") && next.contains("2026-07-08") && next.contains("山城保护中心"), "{next}");
    assert_eq!(page.all(".stages li.current")[0].split(' ').next(), Some("核实"));
    assert!(page.says().contains("办理慢") && page.says().contains("等了很久"));

    let second = mine.refused(&address, &[("key", "another-key-of-a-form"), ("level", "satisfied")], 409).await;
    assert!(second.says().contains("等了很久") && second.one(".warn").contains("第一次的评价"));
    let own = led.split('?').next().unwrap();
    site.page_with(own, 401).await;
    other.page_with(own, 404).await;
    let sent = [("version", "1"), ("level", "fairly-satisfied"), ("words", "后来好了")];
    let page = mine.done(own, &sent).await;
    assert!(page.says().contains("基本满意") && page.says().contains("后来好了"));
    mine.done(own, &sent).await;
    let stale = mine.refused(own, &[("version", "1"), ("level", "very-satisfied"), ("words", "别的")], 409).await;
    assert!(stale.one(".warn").contains("在别处已经更正过"));
    assert_eq!(stale.one("textarea[name=words]"), "别的");
    assert_eq!(hidden(&stale, "version"), "2");
}

#[tokio::test]
async fn who_has_no_account_rates_by_tracking_code() {
    let site = with_item().await;
    let receipt = ended(&site, &Actor::visitor(), 1).await;
    let (reference, code) = (receipt.case.reference.to_string(), receipt.tracking.to_string());
    for (sent, fields) in [
        ("reference=x&code=y".to_owned(), vec!["reference", "code"]),
        (format!("reference={reference}&code=0000-0000-0000-0000"), vec!["code"]),
        ("ticket=0000-0000-0000-0000".to_owned(), vec!["ticket"]),
    ] {
        let (status, _, body) = site.send_form("/rate", &sent).await;
        assert_eq!(status, 422);
        assert_eq!(Page::read("/rate", &body).attributes("[aria-invalid]", "name"), fields);
    }
    let (status, led, _) = site.send_form("/rate", &format!("reference={reference}&code={code}")).await;
    assert_eq!((status.as_u16(), led), (303, form_of(&receipt.case)));
    let (status, led, _) = site.send_form(&form_of(&receipt.case), &format!("code={code}")).await;
    assert_eq!((status.as_u16(), led), (303, form_of(&receipt.case)), "as the page of the case sends it");
    let ask = |request: axum::http::request::Builder, body: &'static str| {
        let request = request.header("cookie", format!("code={code}")).header("host", "huizhi.test");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(Body::from(body)).unwrap()
    };
    let (status, _, body) = site.send(ask(Request::get(form_of(&receipt.case)), "")).await;
    assert_eq!(status, 200);
    assert_eq!(Page::read("/rate", &body).one("h1"), "评价这次服务");
    let sent = "key=key-of-a-form-000001&level=very-satisfied&words=&anonymous=1";
    let (status, led, _) = site.send(ask(Request::post(form_of(&receipt.case)), sent)).await;
    assert_eq!((status.as_u16(), led.as_str()), (303, format!("{}?thanks=1", form_of(&receipt.case)).as_str()));
    let (_, _, body) = site.send(ask(Request::get(led), "")).await;
    assert!(Page::read("/rate", &body).says().contains("非常满意"));
    site.page_with(&form_of(&receipt.case), 401).await;
}

#[tokio::test]
async fn a_bad_rating_is_followed_up_step_by_step_and_the_rater_reads_the_answer() {
    let site = with_item().await;
    let (mine, staff) = (with_roles(&site, 1, &[]).await, signed_in(&site, 2, Role::OutletLead, 3).await);
    let elsewhere = signed_in(&site, 3, Role::OutletStaff, 6).await;
    let receipt = ended(&site, &client(&mine), 1).await;
    let own = rated(&mine, &form_of(&receipt.case), "key-of-a-form-000001", "very-dissatisfied", "没有解决").await;
    let list = staff.page("/desk/follow-ups").await;
    let address = list.attributes(".follow-ups th a", "href")[0].clone();
    assert!(list.one(".follow-ups tbody tr").contains("还有 1 个工作日"));
    assert_eq!(staff.page("/desk/follow-ups?show=late").await.count("tbody tr"), 0);
    elsewhere.page_with(&address, 404).await;
    assert_eq!(elsewhere.page("/desk/follow-ups").await.count("tbody tr"), 0);
    let page = staff.page(&address).await;
    assert_eq!(page.attributes("[name=action][type=radio]", "value"), ["note", "confirm", "explain"]);
    assert!(page.says().contains(receipt.case.reference.as_str()), "given by name, the matter is told");
    let nothing = staff.refused(&address, &[("version", "1"), ("action", "confirm"), ("words", " ")], 422).await;
    assert_eq!(nothing.attributes("[aria-invalid]", "name"), ["words"]);
    assert_eq!(nothing.attributes("[name=action][checked]", "value"), ["confirm"]);
    let person = staff.person.to_string();
    let page = staff.done(&address, &[("version", "1"), ("action", "assign"), ("assignee", &person)]).await;
    assert_eq!(page.attributes("option[selected]", "value"), [person]);
    let stale = staff.refused(&address, &[("version", "1"), ("action", "confirm"), ("words", "属实")], 409).await;
    assert!(stale.one(".warn").contains("指派"), "what happened meanwhile is told");
    assert_eq!((stale.one("textarea"), hidden(&stale, "version")), ("属实".to_owned(), "2".to_owned()));
    for (version, action, words) in
        [("2", "confirm", "属实"), ("3", "mended", "已补做"), ("4", "answer", "补做完成，致歉。"), ("5", "content", "")]
    {
        staff.done(&address, &[("version", version), ("action", action), ("words", words)]).await;
    }
    let page = staff.page(&address).await;
    assert_eq!(page.count("form[method=post]"), 0, "nothing is to be done any more");
    assert_eq!(page.count(".changes li"), 6);
    assert!(page.says().contains("均按时"));
    assert_eq!(staff.page("/desk/follow-ups").await.count("tbody tr"), 0);
    assert_eq!(staff.page("/desk/follow-ups?show=all").await.count("tbody tr"), 1);
    let own = mine.page(own.split('?').next().unwrap()).await;
    assert!(own.says().contains("补做完成，致歉。"));
}

#[tokio::test]
async fn staff_read_what_was_said_and_never_who_said_it_without_a_name() {
    let site = with_item().await;
    let (mine, staff) = (with_roles(&site, 1, &[]).await, signed_in(&site, 2, Role::OutletStaff, 3).await);
    let (first, second) = (ended(&site, &client(&mine), 1).await, ended(&site, &client(&mine), 2).await);
    rated(&mine, &form_of(&first.case), "key-of-a-form-000001", "satisfied", "不错").await;
    let sent = [("key", "key-of-a-form-000002"), ("level", "dissatisfied"), ("words", "慢"), ("anonymous", "1")];
    mine.done(&form_of(&second.case), &sent).await;
    let list = staff.page("/desk/ratings").await;
    assert_eq!(list.one("#found"), "2 条评价");
    let counts = list.attributes(".rating-columns aside a", "href");
    for (n, expected) in [0, 1, 0, 1, 0].into_iter().enumerate() {
        let narrowed = staff.page(&counts[n]).await;
        assert_eq!(narrowed.one("#found"), format!("{expected} 条评价"), "{}", counts[n]);
        assert_eq!(narrowed.count(".outlet"), expected);
    }
    assert_eq!(staff.page("/desk/ratings?bad=1").await.count(".outlet"), 1);
    assert_eq!(staff.page("/desk/ratings?item=B02&from=2026-07-01&to=2026-07-01").await.count(".outlet"), 2);
    assert_eq!(staff.page("/desk/ratings?standing=malicious").await.count(".outlet"), 0);
    staff.page_with("/desk/ratings?level=superb", 400).await;
    let hidden = staff.page(&staff.page("/desk/ratings?bad=1").await.attributes(".outlet a", "href")[0]).await;
    assert!(!hidden.says().contains(second.case.reference.as_str()));
    let (_, body) = staff.bytes("/desk/ratings/standard.json").await;
    let file: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let file = file.as_array().unwrap();
    let bad = file.iter().find(|one| one["满意度"] == "4").unwrap();
    assert_eq!((file.len(), &bad["办件编号"], &bad["评价文字"]), (2, &"".into(), &"慢".into()));
    mine.page_with("/desk/ratings", 403).await;
    site.page_with("/desk/ratings", 401).await;

    let third = ended(&site, &client(&mine), 3).await;
    let address = format!("/desk/ratings/new?case={}", third.case.id);
    let form = staff.page(&address).await;
    assert_eq!(form.attributes("[name=channel]", "value"), ["telephone", "counter"]);
    let sent =
        [("key", "key-of-a-form-000003"), ("channel", "counter"), ("level", "very-satisfied"), ("words", "谢谢")];
    let told = staff.done(&address, &sent).await;
    assert!(told.says().contains("窗口口述") && told.says().contains("管理员2"));
    mine.page_with(&address, 403).await;
    staff.page_with("/desk/ratings/new", 400).await;
}

#[tokio::test]
async fn visits_are_rated_by_ticket_once_and_by_poster() {
    let site = with_item().await;
    let staff = signed_in(&site, 2, Role::OutletStaff, 3).await;
    let outlet = format!("/desk/codes/{}", id(3));
    assert_eq!(staff.page(&outlet).await.count(".poster"), 0);
    let page = staff.done(&outlet, &[("version", "0")]).await;
    assert_eq!(page.count(".poster .rate-qr svg"), 1, "{}", page.says());
    assert!(page.attributes(".poster .rate-qr", "aria-label")[0].contains("http://huizhi.test/rate/at/"));
    let poster = page.link("打开评价页面");
    let stale = staff.refused(&outlet, &[("version", "0")], 409).await;
    assert!(stale.one(".warn").contains("没有执行"));
    let form = site.page(&poster).await;
    assert_eq!((form.count("[name=anonymous]"), form.count("[name=level]")), (0, 5));
    let (status, led, _) = site.send_form(&poster, "key=key-of-a-form-000001&level=dissatisfied&words=x").await;
    assert_eq!(status, 303);
    let thanks = site.page(&led).await;
    assert!(thanks.says().contains("2026-07-08") && thanks.says().contains("12345"), "{}", thanks.says());
    let code = poster.rsplit('/').next().unwrap();
    assert_eq!(site.send_form("/rate", &format!("ticket={code}")).await.1, poster);

    let ticket = staff.done(&format!("{outlet}/visits"), &[("item", "B02")]).await;
    let visit = ticket.link("打开评价页面");
    let (_, led, _) = site.send_form(&visit, "key=key-of-a-form-000002&level=satisfied&words=").await;
    let own = site.page(&led).await;
    assert_eq!(own.one("h1"), "谢谢您的评价");
    assert_eq!(site.page(&visit).await.one("h1"), "我的评价", "the ticket shows the rating");
    let (status, ..) = site.send_form(&visit, "key=key-of-a-form-000003&level=satisfied&words=").await;
    assert_eq!(status, 409);
    staff.done(&outlet, &[("version", "1"), ("end", "1")]).await;
    site.page_with(&poster, 404).await;
    site.page_with("/rate/at/nothing", 404).await;
    staff.page_with(&format!("/desk/codes/{}", id(6)), 403).await;
    let fresh = staff.page(&outlet).await;
    assert_eq!(hidden(&fresh, "version"), "2");
}

#[tokio::test]
async fn an_outlet_appeals_and_an_organisation_above_decides() {
    let site = with_item().await;
    let (mine, staff) = (with_roles(&site, 1, &[]).await, signed_in(&site, 2, Role::OutletStaff, 3).await);
    let above = signed_in(&site, 3, Role::Administrator, 2).await;
    let receipt = ended(&site, &client(&mine), 1).await;
    rated(&mine, &form_of(&receipt.case), "key-of-a-form-000001", "dissatisfied", "评错了地方").await;
    let rating = staff.page("/desk/ratings").await.attributes(".outlet a", "href")[0].clone();
    let form = format!("{rating}/appeal");
    let key = hidden(&staff.page(&form).await, "key");
    let wrong = staff
        .refused(&form, &[("key", &key), ("ground", "mistaken"), ("words", ""), ("evidence", "http://x")], 422)
        .await;
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["words", "evidence"]);
    let sent = [("key", key.as_str()), ("ground", "mistaken"), ("words", "应评别处"), ("evidence", "/cases/1")];
    let page = staff.done(&form, &sent).await;
    assert!(page.says().contains("等待上级机构复核"));
    assert_eq!(page.count("[name=decision]"), 0);
    let list = above.page("/desk/appeals").await;
    let address = list.attributes(".outlet a", "href")[0].clone();
    assert_eq!(above.page(&address).await.count("[name=decision]"), 3);
    let wrong = above.refused(&address, &[("version", "1"), ("decision", "mistaken"), ("reason", "")], 422).await;
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["reason"]);
    let sent = [("version", "1"), ("decision", "mistaken"), ("reason", "确属误评")];
    staff.refused(&address, &sent, 403).await;
    let page = above.done(&address, &sent).await;
    assert!(page.says().contains("认定误评") && page.says().contains("确属误评"));
    let again = above.refused(&address, &[("version", "1"), ("decision", "stands"), ("reason", "不")], 409).await;
    assert!(again.one(".warn").contains("已经有了结论"));
    assert!(staff.page(&rating).await.says().contains("误评，不计入"));
    assert_eq!(above.page("/desk/appeals").await.count(".outlet"), 0);
    assert_eq!(above.page("/desk/appeals?show=all").await.count(".outlet"), 1);
}

#[tokio::test]
async fn questionnaires_are_written_published_answered_and_counted() {
    let site = with_item().await;
    let lead = signed_in(&site, 2, Role::OutletLead, 3).await;
    let form = lead.page("/desk/questionnaires/new").await;
    let key = hidden(&form, "key");
    let whose = id(3).to_string();
    let written = [
        ("organisation", whose.as_str()),
        ("key", &key),
        ("title_zh", "调查"),
        ("title_en", "Survey"),
        ("introduction_zh", "一分钟"),
        ("introduction_en", "A minute"),
        ("q0-key", "q1"),
        ("q0-zh", "满意吗？"),
        ("q0-en", "Satisfied?"),
        ("q0-kind", "scale"),
        ("q0-weight", "100"),
        ("q0-required", "yes"),
        ("q1-zh", "怎么来的？"),
        ("q1-en", "How did you come?"),
        ("q1-kind", "one"),
        ("q1-options", "步行"),
    ];
    let page = lead.done("/desk/questionnaires/new", &written).await;
    assert!(page.one("#publish-h + p + ul").contains("第 2 题"), "what is lacking is told");
    let address = page.link("修改问题").trim_end_matches("/edit").to_owned();
    let mut mended = written.to_vec();
    mended[1] = ("version", "1");
    mended[15] = ("q1-options", "步行 | On foot\n开车 | By car");
    let page = lead.done(&format!("{address}/edit"), &mended).await;
    assert_eq!(page.count("[name=until]"), 1);
    let stale = lead.refused(&format!("{address}/edit"), &mended, 409).await;
    assert!(stale.one(".warn").contains("别人已经修改"));
    lead.page_with(&format!("{address}/results"), 409).await;
    let wrong = [("act", "publish"), ("version", "2"), ("until", "2026-06-01"), ("link", "1")];
    assert!(lead.refused(&address, &wrong, 422).await.one(".warn").contains("截止日期"));
    let sent = [("act", "publish"), ("version", "2"), ("until", "2026-07-31"), ("link", "1")];
    let page = lead.done(&address, &sent).await;
    let public = page.link("http://huizhi.test/questionnaires/");
    let asked = site.page(&public).await;
    assert_eq!((asked.one("h1"), asked.count("[type=radio]")), ("调查".to_owned(), 7));
    assert_eq!(site.page(&format!("{public}?lang=en")).await.one("h1"), "Survey");
    let (status, _, body) = site.send_form(&public, "key=key-of-a-form-000001&edition=1").await;
    assert_eq!(status, 422);
    assert_eq!(Page::read(&public, &body).attributes(".warn a", "href"), ["#q-q1"]);
    for number in 1..=5 {
        let few = lead.page(&format!("{address}/results")).await;
        assert_eq!((few.count(".figures"), few.count(".empty")), (0, 1), "nothing is told of few");
        let level = if number == 1 { "satisfied" } else { "very-satisfied" };
        let sent = format!("key=key-of-a-form-{number:06}&edition=1&a-q1={level}&a-q2=o1");
        for _ in 0..2 {
            let (status, led, _) = site.send_form(&public, &sent).await;
            assert_eq!((status.as_u16(), led.as_str()), (303, format!("{public}?thanks=1").as_str()));
        }
    }
    assert!(site.page(&format!("{public}?thanks=1")).await.says().contains("谢谢"));
    let results = lead.page(&format!("{address}/results")).await;
    assert_eq!(results.all(".figures strong"), ["5", "95.0"]);
    assert!(results.says().contains("加权平均") && results.count(".chart svg") == 2);
    let sent = [("act", "send"), ("from", "2026-06-01"), ("to", "2026-07-01"), ("item", "")];
    assert!(lead.done(&address, &sent).await.one("[role=status]").contains('0'));
    lead.done(&address, &[("act", "close"), ("version", "3")]).await;
    site.page_with(&public, 409).await;
    let staff = signed_in(&site, 3, Role::OutletStaff, 3).await;
    staff.page_with("/desk/questionnaires", 403).await;
}

#[tokio::test]
async fn figures_are_published_once_enough_have_spoken() {
    let site = with_item().await;
    let (mine, staff) = (with_roles(&site, 1, &[]).await, signed_in(&site, 2, Role::OutletStaff, 3).await);
    let outlet = format!("/network/{}", id(3));
    for number in 1..=5 {
        let few = site.page("/ratings").await;
        assert_eq!((few.count(".figures"), few.count(".ranking")), (0, 0));
        assert!(site.page(&outlet).await.one(".satisfaction").contains("评价太少"));
        let receipt = ended(&site, &client(&mine), number).await;
        let level = if number == 1 { "dissatisfied" } else { "very-satisfied" };
        rated(&mine, &form_of(&receipt.case), &format!("key-of-a-form-{number:06}"), level, "").await;
    }
    let page = site.page("/ratings").await;
    assert_eq!(page.all(".figures strong"), ["80.0%", "4.40", "5"]);
    assert_eq!(page.all(".ranking").len(), 2);
    assert_eq!(page.count(".ranking td a"), 0, "the list behind a number is for those who may read it");
    assert!(page.one("#bad-h + ol").contains("80.0%"));
    let seen = staff.page("/ratings").await;
    let list = seen.attributes(".ranking td a", "href")[0].clone();
    assert_eq!(staff.page(&list).await.count(".outlet"), 5, "and it opens all of them");
    assert!(site.page(&outlet).await.one(".satisfaction").contains("80.0%"));
    assert_eq!(site.page("/ratings?period=2025").await.count(".figures"), 0);
    site.page_with("/ratings?period=soon", 400).await;
}

#[tokio::test]
async fn nobody_floods_the_ratings() {
    let site = with_item().await;
    let mut last = 0;
    for _ in 0..70 {
        last = site.send_form("/rate", "ticket=x").await.0.as_u16();
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429);
    site.page("/rate").await;
}

#[tokio::test]
async fn pages_of_the_desk_speak_both_languages() {
    let site = with_item().await;
    let (mine, lead) = (with_roles(&site, 1, &[]).await, signed_in(&site, 2, Role::OutletLead, 3).await);
    let receipt = ended(&site, &client(&mine), 1).await;
    rated(&mine, &form_of(&receipt.case), "key-of-a-form-000001", "dissatisfied", "x").await;
    let rating = lead.page("/desk/ratings").await.attributes(".outlet a", "href")[0].clone();
    let follow_up = lead.page("/desk/follow-ups").await.attributes("th a", "href")[0].clone();
    let chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for address in [
        "/desk/ratings".to_owned(),
        "/desk/follow-ups".to_owned(),
        "/desk/appeals".to_owned(),
        "/desk/codes/".to_owned() + &id(3).to_string(),
        "/desk/questionnaires".to_owned(),
        format!("{rating}/appeal"),
        rating,
        follow_up,
    ] {
        let page = lead.page(&format!("{address}?lang=en")).await;
        for css in ["main label:not(:has(select))", "main legend", "main .button", "main .lead", "main th", "main dt"] {
            assert!(!page.all(css).iter().any(chinese), "{address}: {:?}", page.all(css));
        }
        assert_eq!(page.count(".area-tabs a[aria-current]"), 1, "{address}");
    }
}
