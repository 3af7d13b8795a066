//! The desk: staff see their own outlet and nothing of another, do what the flow allows, and nobody overwrites anybody.

use accounts::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use cases::{By, CaseId, Contact, NewCase, Receipt};
use jiff::Timestamp;
use serde_json::json;

use crate::given::Site;
use crate::network::with_network;
use crate::outlets::id;
use crate::people::{Visitor, signed_in};
use crate::seen::Page;

/// The outlets of these tests: one under the authority 2, one elsewhere.
pub(crate) const HERE: u16 = 7;
pub(crate) const THERE: u16 = 6;

pub(crate) fn at(day: &str) -> Timestamp {
    format!("{day}T02:00:00Z").parse().unwrap()
}

pub(crate) async fn with_desk() -> Site {
    let site = with_network().await;
    site.install().await;
    site
}

/// A request of someone without an account.
pub(crate) async fn asked(site: &Site, number: u32, outlet: u16, day: &str) -> Receipt {
    request(site, (number, "W-C04"), outlet, day, &format!("商标续展咨询{number}")).await
}

pub(crate) async fn request(site: &Site, (number, item): (u32, &str), outlet: u16, day: &str, title: &str) -> Receipt {
    let mut answers = json!({
        "applicant_kind": "person", "contact": "欧阳兰", "reply_by": "telephone", "telephone": "13800001234",
        "description": format!("第 {number} 个问题：注册商标十年到期如何续展？"), "truthful": true, "data_use": true,
    });
    if item == "B05" {
        let aid = json!({ "right_kind": "none", "counterpart_known": false, "place": "online", "urgent": false });
        answers.as_object_mut().unwrap().extend(aid.as_object().unwrap().clone());
    }
    let contact = Contact { name: "欧阳兰".to_owned(), telephone: "13800001234".to_owned(), ..Contact::default() };
    let (key, answers) = (format!("key-of-request-{number:04}"), answers.as_object().unwrap().clone());
    let mut new = NewCase::new(key, item.parse().unwrap(), id(outlet), answers, contact);
    title.clone_into(&mut new.title);
    let visitor = accounts::Actor::visitor();
    site.cases.submit(at(day), By::from(&visitor), &new).await.unwrap()
}

pub(crate) fn desk(case: &CaseId) -> String {
    format!("/desk/cases/{case}")
}

impl Visitor<'_> {
    /// Does an act by its form, as it stands on the page.
    pub(crate) async fn acts(&self, case: &CaseId, action: &str, fields: &[(&str, &str)]) -> Page {
        let address = format!("{}/acts/{action}", desk(case));
        let form = self.page(&address).await;
        let hidden: Vec<(String, String)> = form
            .attributes("form.keep-form input[type=hidden]", "name")
            .into_iter()
            .zip(form.attributes("form.keep-form input[type=hidden]", "value"))
            .collect();
        let all: Vec<(&str, &str)> =
            hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(fields.iter().copied()).collect();
        self.done(&address, &all).await
    }

    /// A form with a file.
    pub(crate) async fn uploads(
        &self,
        address: &str,
        fields: &[(&str, &str)],
        (file, content): (&str, &[u8]),
    ) -> (StatusCode, String, Vec<u8>) {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.bytes());
        }
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n--cut--\r\n");
        let request = Request::post(address).header("cookie", &self.cookie).header("host", "huizhi.test");
        let request = request.header("content-type", "multipart/form-data; boundary=cut");
        self.site.send(request.body(Body::from(body)).unwrap()).await
    }
}

#[tokio::test]
async fn staff_of_one_outlet_meet_nothing_of_another() {
    let site = with_desk().await;
    let ours = asked(&site, 1, HERE, "2026-06-25").await.case;
    let theirs = asked(&site, 2, THERE, "2026-06-25").await.case;
    let (here, there) =
        (signed_in(&site, 1, Role::OutletStaff, HERE).await, signed_in(&site, 2, Role::OutletStaff, THERE).await);
    let (status, ..) =
        here.uploads(&format!("{}/documents", desk(&ours.id)), &[], ("笔录.txt", "记录".as_bytes())).await;
    assert_eq!(status, 303);
    for (visitor, own, other) in [(&here, &ours, &theirs), (&there, &theirs, &ours)] {
        let list = visitor.page("/desk").await;
        assert_eq!(list.count(".case-table tbody tr"), 1);
        assert!(list.one(".case-table").contains(own.reference.as_str()));
        assert_eq!(list.all(".level-tile strong").iter().filter(|count| *count == "1").count(), 1);
        for search in ["/desk?q=%E7%BB%AD%E5%B1%95", &format!("/desk?q={}", other.reference)] {
            assert!(!visitor.page(search).await.says().contains(&other.title), "{search}");
        }
        let (status, csv) = visitor.bytes("/desk/cases.csv?show=all").await;
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(status, 200);
        assert!(csv.contains(own.reference.as_str()) && !csv.contains(other.reference.as_str()));
        visitor.page_with(&desk(&other.id), 404).await;
        for path in ["acts/accept", "acts/refuse"] {
            visitor.page_with(&format!("{}/{path}", desk(&other.id)), 404).await;
        }
        for path in ["personal", "say", "tasks", "labels", "links", "tracking", "collect"] {
            let sent = [("words", "x"), ("task", "x"), ("labels", "x"), ("target", "/search?q=x")];
            visitor.refused(&format!("{}/{path}", desk(&other.id)), &sent, 404).await;
        }
        let accept = [("version", "1"), ("key", "01JZ8K2V9T3N5Q7R9S1W3X5Y7Z")];
        visitor.refused(&format!("{}/acts/accept", desk(&other.id)), &accept, 404).await;
        let (status, ..) = visitor.uploads(&format!("{}/documents", desk(&other.id)), &[], ("a.txt", b"text")).await;
        assert_eq!(status, 404);
        let figures = visitor.page("/desk/figures").await;
        assert_eq!(figures.all(".figures strong")[0], "1");
        assert_eq!(visitor.page("/desk/consultations").await.count(".consultations > li"), 1);
        visitor.page_with(&format!("/desk?outlet={}", id(if own.id == ours.id { THERE } else { HERE })), 403).await;
    }
    let page = here.page(&desk(&ours.id)).await;
    let document = page.attributes(".desk-documents a[download]", "href")[0].clone();
    assert_eq!(here.bytes(&document).await.0, 200);
    assert_eq!(there.bytes(&document).await.0, 404);
    assert_eq!(site.get("/desk").await.0, 401);
    assert_eq!(site.get(&desk(&ours.id)).await.0, 401);
    assert_eq!(site.get(&format!("{}/acts/accept", desk(&ours.id))).await.0, 401);
    let above = signed_in(&site, 3, Role::Administrator, 1).await;
    assert_eq!(above.page("/desk").await.count(".case-table tbody tr"), 2, "who stands above sees both");
    assert_eq!(above.page(&desk(&ours.id)).await.count("form[action$='/say']"), 0, "and works on neither");
}

#[tokio::test]
async fn a_case_goes_from_receipt_to_archive_by_the_forms_of_its_page() {
    let site = with_desk().await;
    let case = asked(&site, 1, HERE, "2026-06-30").await.case;
    let lead = signed_in(&site, 1, Role::OutletLead, HERE).await;
    let page = lead.page(&desk(&case.id)).await;
    assert_eq!(page.one(".action-list .button"), "受理");
    assert_eq!(page.count("svg [aria-label], .case-clock svg"), 1);
    let version = page.attributes("form[action$='/acts/accept'] [name=version]", "value")[0].clone();
    let key = page.attributes("form[action$='/acts/accept'] [name=key]", "value")[0].clone();
    let sent = [("version", version.as_str()), ("key", key.as_str())];
    for _ in 0..2 {
        let page = lead.done(&format!("{}/acts/accept", desk(&case.id)), &sent).await;
        assert_eq!(page.one(".right-line .badge"), "已受理", "sent twice, it is done once");
    }
    let form = lead.page(&format!("{}/acts/set-up", desk(&case.id))).await;
    let me = form.attributes("#f-staff option[selected]", "value")[0].clone();
    assert!(form.attributes("#f-contact", "value")[0].contains("管理员1"));
    let late = [
        ("staff", me.as_str()),
        ("plan", "查明后答复"),
        ("deadline", "2027-01-01"),
        ("contact", "023-1"),
        ("version", "2"),
        ("key", ""),
    ];
    let refused = lead.refused(&format!("{}/acts/set-up", desk(&case.id)), &late, 422).await;
    assert!(refused.one("#e-deadline").contains("不能晚于"));
    assert_eq!(refused.one("textarea[name=plan]"), "查明后答复", "nothing typed is lost");
    assert_eq!(refused.attributes(".warn a", "href"), ["#f-deadline"]);
    let set_up = [("staff", me.as_str()), ("plan", "查明后答复"), ("deadline", "2026-07-02"), ("contact", "023-1")];
    let page = lead.acts(&case.id, "set-up", &set_up).await;
    assert!(page.one("#plan-h + dl").contains("查明后答复"));
    let page = lead.acts(&case.id, "begin", &[]).await;
    assert_eq!(page.one(".right-line .badge"), "办理中");
    let page = lead.acts(&case.id, "pause", &[("reason", "等待商标局答复")]).await;
    assert!(page.one(".case-facts").contains("等待商标局答复"));
    assert_eq!(page.one(".action-list .button"), "恢复计时");
    lead.page_with(&format!("{}/acts/deliver", desk(&case.id)), 409).await;
    lead.acts(&case.id, "resume", &[]).await;
    let address = format!("{}/acts/deliver", desk(&case.id));
    let form = lead.page(&address).await;
    let hidden = |name: &str| form.attributes(&format!("[name={name}]"), "value")[0].clone();
    let (version, key, document) = (hidden("version"), hidden("key"), hidden("document_id"));
    let fields = [("version", version.as_str()), ("key", key.as_str()), ("document_id", document.as_str())];
    let (status, _, body) = lead.uploads(&address, &fields, ("木马.pdf", b"MZ\x90\x00")).await;
    assert_eq!(status, 422, "what says pdf and is none is refused: {}", String::from_utf8_lossy(&body));
    let mut with_answer = fields.to_vec();
    with_answer.push(("result", "到期前十二个月内申请续展"));
    for _ in 0..2 {
        let (status, led, _) = lead.uploads(&address, &with_answer, ("答复书.txt", "续展办法".as_bytes())).await;
        assert_eq!((status.as_u16(), led), (303, desk(&case.id)));
    }
    let page = lead.page(&desk(&case.id)).await;
    assert!(page.one("#result-h + p").contains("十二个月内"));
    assert_eq!(page.count(".desk-documents > li"), 1, "sent twice, the document is there once");
    lead.acts(&case.id, "follow-up", &[("note", "电话回访，满意"), ("solved", "yes")]).await;
    let page = lead.acts(&case.id, "archive", &[("outcome", "solved"), ("summary", "已答复")]).await;
    assert_eq!(page.one(".case-facts strong"), "已解决");
    assert_eq!(page.all(".changes strong")[0], "归档");
    assert_eq!(page.count(".case-actions a[href$='/acts/reopen']"), 1);
    let archive = lead.page("/desk/consultations").await;
    assert!(archive.one(".consultations").contains("到期前十二个月内申请续展"));
    let closed = lead.page("/desk/figures?from=2026-07-01&to=2026-07-01").await.link("1");
    assert_eq!(lead.page(&closed).await.count(".case-table tbody tr"), 1);
}

#[tokio::test]
async fn whoever_comes_too_late_is_told_what_changed_and_loses_nothing() {
    let site = with_desk().await;
    let case = asked(&site, 1, HERE, "2026-06-30").await.case;
    let (first, second) =
        (signed_in(&site, 1, Role::OutletStaff, HERE).await, signed_in(&site, 2, Role::OutletStaff, HERE).await);
    first.acts(&case.id, "ask-supplement", &[("missing", "营业执照\n商标注册证\n")]).await;
    let late = [("version", "1"), ("key", "01JZ8K2V9T3N5Q7R9S1W3X5Y7Z"), ("reason", "不属于本网点职责，请联系商标局")];
    let page = second.refused(&format!("{}/acts/refuse", desk(&case.id)), &late, 409).await;
    assert!(page.one(".warn").contains("要求补正") && page.one(".warn").contains("管理员1"), "{}", page.one(".warn"));
    assert_eq!(page.one("textarea[name=reason]"), "不属于本网点职责，请联系商标局");
    assert_eq!(page.attributes("[name=version]", "value"), ["2"]);
    let page = second.page(&desk(&case.id)).await;
    assert_eq!(page.all(".note li")[..2], ["营业执照", "商标注册证"]);
    let both = page.attributes(".case-actions a", "href");
    assert!(!both.iter().any(|address| address.ends_with("/ask-supplement")), "it is asked for once: {both:?}");
    let page = first.acts(&case.id, "supplement", &[("note", "申请人来电补充：执照号已告知")]).await;
    assert!(page.one(".changes").contains("代申请人办理"));
    // A task that was changed meanwhile.
    let add = [("task", "打电话核实"), ("task_due", "2026-07-02")];
    first.done(&format!("{}/tasks", desk(&case.id)), &add).await;
    let page = second.page(&desk(&case.id)).await;
    let address = page.attributes(".task-list form", "action")[0].clone();
    let done = [("version", "1"), ("title", "打电话核实"), ("done", "yes")];
    let page = first.done(&address, &done).await;
    assert_eq!(page.count(".task-list .done"), 1);
    let page = second.refused(&address, &done, 409).await;
    assert!(page.one(".warn").contains("别人刚刚改动"));
}

#[tokio::test]
async fn personal_data_is_masked_until_a_look_is_recorded() {
    let site = with_desk().await;
    let case = asked(&site, 1, HERE, "2026-06-30").await.case;
    let staff = signed_in(&site, 1, Role::OutletStaff, HERE).await;
    for address in [desk(&case.id), "/desk".to_owned()] {
        let page = staff.page(&address).await;
        assert!(!page.says().contains("欧阳兰") && !page.says().contains("13800001234"), "{address}");
    }
    let (status, _, body) = staff.send(&format!("{}/personal", desk(&case.id)), &[]).await;
    assert_eq!(status, 200);
    let shown = Page::read("personal", &body);
    assert!(shown.says().contains("欧阳兰") && shown.says().contains("13800001234"));
    assert!(!staff.page(&desk(&case.id)).await.says().contains("欧阳兰"), "it is shown once");
    let auditor = accounts::Actor::system("test");
    let asked = accounts::AuditQuery { object: Some(case.id.to_string()), ..accounts::AuditQuery::default() };
    let trail = site.accounts.audit(&auditor, &asked, at("2026-07-02")).await.unwrap();
    let looks = trail.entries.iter().filter(|entry| entry.action == "case.personal.read").count();
    assert_eq!(looks, 1, "{:?}", trail.entries);
    let above = signed_in(&site, 2, Role::Administrator, 1).await;
    assert_eq!(above.page(&desk(&case.id)).await.count("form[action$='/personal']"), 0);
    above.refused(&format!("{}/personal", desk(&case.id)), &[], 403).await;
}
