//! The desk: what is written beside the flow, what is attached, lists that numbers open, both languages.

use accounts::{Actor, Role};
use axum::body::Body;
use axum::http::Request;
use cases::By;

use crate::desk::{HERE, THERE, asked, at, desk, request, with_desk};
use crate::given::id as right;
use crate::outlets::id;
use crate::people::signed_in;

#[tokio::test]
async fn messages_notes_tasks_labels_and_documents_stand_on_the_page() {
    let site = with_desk().await;
    let receipt = asked(&site, 1, HERE, "2026-06-30").await;
    let case = &receipt.case;
    let staff = signed_in(&site, 1, Role::OutletStaff, HERE).await;
    let say = |to: &'static str, words: &'static str| [("to", to), ("words", words), ("note_record", "referral")];
    staff.done(&format!("{}/say", desk(&case.id)), &say("client", "请问注册号是多少？")).await;
    let page = staff.done(&format!("{}/say", desk(&case.id)), &say("note", "已电话联系商标局")).await;
    assert_eq!(page.count(".talk .staff") + page.count(".talk .internal"), 2);
    assert!(page.one(".talk .internal").contains("对接记录"));
    let empty = staff.refused(&format!("{}/say", desk(&case.id)), &say("client", " "), 422).await;
    assert_eq!(empty.attributes(".warn a", "href"), ["#f-words"]);
    let visitor = Actor::visitor();
    let by = By { actor: &visitor, tracking: Some(&receipt.tracking) };
    let theirs = site.cases.case(at("2026-07-01"), by, &case.id).await.unwrap();
    assert_eq!(theirs.messages.len(), 1, "the client does not see notes");
    let page = staff.done(&format!("{}/labels", desk(&case.id)), &[("labels", "续展，费用")]).await;
    assert_eq!(page.all("#labels .chip"), ["续展", "费用"]);
    let labelled = page.attributes("#labels .chip", "href")[0].clone();
    assert_eq!(staff.page(&labelled).await.count(".consultations > li"), 1);
    let documents = format!("{}/documents", desk(&case.id));
    let (status, ..) = staff.uploads(&documents, &[("public", "yes")], ("答复.txt", "第一稿".as_bytes())).await;
    assert_eq!(status, 303);
    let page = staff.page(&desk(&case.id)).await;
    let document = page.attributes(".desk-documents [name=document_id]", "value")[0].clone();
    let next = [("document_id", document.as_str()), ("version", "1"), ("public", "yes")];
    let (status, ..) = staff.uploads(&documents, &next, ("答复.txt", "第二稿".as_bytes())).await;
    assert_eq!(status, 303);
    let (status, ..) = staff.uploads(&documents, &next, ("答复.txt", "另一稿".as_bytes())).await;
    assert_eq!(status, 409, "a version that came between is not written over");
    let page = staff.page(&desk(&case.id)).await;
    let versions = page.attributes(".desk-documents details a[download]", "href");
    assert_eq!(versions.len(), 2);
    assert_eq!(staff.bytes(&versions[0]).await.1, "第二稿".as_bytes());
    assert_eq!(staff.bytes(&versions[1]).await.1, "第一稿".as_bytes());
    let none = staff.refused(&documents, &[], 422).await;
    assert_eq!(none.attributes(".warn a", "href"), ["#f-file"]);
    let page = staff.done(&format!("{documents}/{document}/withdraw"), &[("reason", "传错了")]).await;
    assert_eq!(page.count(".desk-documents .withdrawn"), 1);
    assert_eq!(staff.bytes(&versions[0]).await.0, 404);
}

#[tokio::test]
async fn rights_searches_and_other_cases_are_attached_by_address_and_page_by_page() {
    let site = with_desk().await;
    let case = asked(&site, 1, HERE, "2026-06-30").await.case;
    let other = asked(&site, 2, HERE, "2026-06-30").await.case;
    let hidden = asked(&site, 3, THERE, "2026-06-30").await.case;
    let staff = signed_in(&site, 1, Role::OutletStaff, HERE).await;
    let links = format!("{}/links", desk(&case.id));
    let battery = right(1, records::RightKind::Invention);
    for target in [
        format!("https://huizhi.test/rights/{battery}"),
        "/search?q=ipc%3DH01M&sort=date".to_owned(),
        "/analysis?q=ipc%3DH01M".to_owned(),
        other.reference.to_string(),
    ] {
        staff.done(&links, &[("target", &target)]).await;
    }
    let page = staff.page(&desk(&case.id)).await;
    let shown = page.attributes(".link-list a", "href");
    for address in [format!("/rights/{battery}"), "/search?q=ipc%3DH01M".to_owned(), desk(&other.id)] {
        assert!(shown.contains(&address), "{address}: {shown:?}");
        staff.page(&address).await;
    }
    assert!(page.one(".link-list").contains("石墨烯电池"), "the title is told");
    for wrong in ["https://elsewhere.test/", "0000", hidden.reference.as_str(), &desk(&hidden.id)] {
        let page = staff.refused(&links, &[("target", wrong)], 422).await;
        assert_eq!(page.attributes(".warn a", "href"), ["#f-target"], "{wrong}");
    }
    let sent = [("kind", "search"), ("target", "ipc=H01M")];
    let page = staff.done(&format!("{}/unlink", desk(&case.id)), &sent).await;
    assert_eq!(page.count(".link-list li"), 3);
    // Collecting: a cookie names the case, and pages offer to be attached.
    let cookie = format!("{}; case={}.{}.", staff.cookie, case.id, case.reference);
    let get = |address: &str, cookie: &str| {
        Request::get(address).header("cookie", cookie).header("host", "huizhi.test").body(Body::empty()).unwrap()
    };
    let (_, _, body) = site.send(get("/search?q=%E7%94%B5%E6%B1%A0", &cookie)).await;
    let page = crate::seen::Page::read("/search", &body);
    assert_eq!(page.attributes(".collect [name=target]", "value"), ["/search?q=%E7%94%B5%E6%B1%A0"]);
    let sent = Request::post(&links).header("cookie", &cookie).header("host", "huizhi.test");
    let sent = sent.header("content-type", "application/x-www-form-urlencoded");
    let form = "target=%2Fsearch%3Fq%3D%25E7%2594%25B5%25E6%25B1%25A0&collected=yes";
    let (status, led, _) = site.send(sent.body(Body::from(form)).unwrap()).await;
    assert_eq!((status.as_u16(), led.as_str()), (303, "/search?q=%E7%94%B5%E6%B1%A0"), "one goes on searching");
    assert!(staff.page(&desk(&case.id)).await.one(".link-list").contains("电池"));
    // A visitor's cookie of that name says nothing.
    let (_, _, body) =
        site.send(get("/search?q=%E7%94%B5%E6%B1%A0", &format!("case={}.{}.", case.id, case.reference))).await;
    assert_eq!(crate::seen::Page::read("/search", &body).count(".collect"), 0);
}

#[tokio::test]
async fn cases_move_merge_and_name_their_parties() {
    let site = with_desk().await;
    let case = asked(&site, 1, HERE, "2026-06-30").await.case;
    let other = asked(&site, 2, HERE, "2026-06-30").await.case;
    let lead = signed_in(&site, 1, Role::OutletLead, HERE).await;
    let there = signed_in(&site, 2, Role::OutletLead, THERE).await;
    let merge = [("into", other.reference.as_str()), ("reason", "同一问题"), ("version", "1")];
    let page =
        lead.refused(&format!("{}/acts/merge", desk(&case.id)), &[("into", "没有"), ("version", "1")], 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["into"]);
    let page = lead.done(&format!("{}/acts/merge", desk(&case.id)), &merge).await;
    assert_eq!(page.attributes(".case-facts a[href^='/desk']", "href"), [desk(&other.id)]);
    lead.acts(&other.id, "accept", &[]).await;
    let unknown = [("elsewhere", "月球站"), ("reason", "属地办理"), ("version", "2")];
    let page = lead.refused(&format!("{}/acts/transfer", desk(&other.id)), &unknown, 422).await;
    assert!(page.one("#e-elsewhere").contains("月球站"));
    let address = format!("{}/acts/transfer", desk(&other.id));
    let moved = [("elsewhere", "江边市公共服务中心"), ("reason", "属地办理"), ("version", "2")];
    let (status, ..) = lead.send(&address, &moved).await;
    assert_eq!(status, 303);
    lead.page_with(&desk(&other.id), 404).await;
    assert!(there.page("/desk").await.one(".case-table").contains(other.reference.as_str()));
    let page = there.refused(&format!("{}/acts/assign", desk(&other.id)), &[("to", ""), ("version", "3")], 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["to"]);
    let me = page.attributes("#f-to option", "value")[1].clone();
    let page = there.acts(&other.id, "assign", &[("to", &me)]).await;
    assert!(page.one(".case-facts").contains("管理员2"));
    // A matter of rights aid names those in dispute; they are masked like the client.
    let aid = request(&site, (3, "B05"), THERE, "2026-06-30", "维权援助").await.case;
    there.acts(&aid.id, "accept", &[]).await;
    let parties = [
        ("role-0", "applicant"),
        ("name-0", "欧阳兰"),
        ("role-1", "respondent"),
        ("name-1", "某某灯具厂"),
        ("contact-1", "025-1"),
    ];
    let page = there.acts(&aid.id, "name-parties", &parties).await;
    let shown = page.one("#demand-h ~ table");
    assert!(shown.contains("被申请人") && !shown.contains("欧阳兰") && !shown.contains("灯具厂"), "{shown}");
    let form = there.page(&format!("{}/acts/name-parties", desk(&aid.id))).await;
    assert_eq!(
        form.attributes("#f-name-1", "value"),
        ["某某灯具厂"],
        "who changes them sees them; the look is recorded"
    );
    let missing = [("party", "0"), ("contact-0", "025-1"), ("version", "3")];
    let page = there.refused(&format!("{}/acts/name-parties", desk(&aid.id)), &missing, 422).await;
    assert_eq!(page.attributes("[aria-invalid]", "name"), ["name-0"]);
}

#[tokio::test]
async fn numbers_open_their_lists_and_the_list_says_what_to_do_when_it_is_empty() {
    let site = with_desk().await;
    let staff = signed_in(&site, 1, Role::OutletStaff, HERE).await;
    for lang in ["zh", "en"] {
        let empty = staff.page(&format!("/desk?lang={lang}")).await;
        assert_eq!(empty.count(".empty a[href='/desk/new']"), 1);
        for address in ["/desk/consultations", "/desk/warnings", "/desk/figures", "/desk?state=work&level=late"] {
            let joined = if address.contains('?') { '&' } else { '?' };
            let page = staff.page(&format!("{address}{joined}lang={lang}")).await;
            assert_eq!(page.count(".empty"), 1, "{address}");
        }
    }
    for (number, day) in [(1, "2026-05-06"), (2, "2026-06-30"), (3, "2026-06-30"), (4, "2026-06-29")] {
        asked(&site, number, HERE, day).await;
    }
    let program = Actor::system("test");
    site.cases.monitor(at("2026-07-01"), By::from(&program)).await.unwrap();
    let list = staff.page("/desk").await;
    assert!(list.one(".case-table tbody tr").contains("逾期"), "what is late stands first");
    let tiles = list.attributes(".level-tile", "href").into_iter().zip(list.all(".level-tile strong"));
    let states = list.attributes(".desk-states a", "href").into_iter().zip(list.all(".desk-states .count"));
    for (address, count) in tiles.chain(states) {
        let opened = staff.page(&address).await;
        assert_eq!(opened.one("#found").split(' ').next().unwrap(), count, "{address}");
        assert_eq!(opened.count(".case-table tbody tr").to_string(), count, "{address}");
    }
    let warnings = staff.page("/desk/warnings").await;
    let rules = warnings.attributes(".rule-list a", "href").into_iter().zip(warnings.all(".rule-list strong"));
    let mut fired = 0;
    for (address, count) in rules {
        assert_eq!(staff.page(&address).await.count(".case-table tbody tr").to_string(), count, "{address}");
        fired += count.parse::<usize>().unwrap();
    }
    assert!(fired > 0 && warnings.says().contains("前受理"), "it says why");
    site.cases.monitor(at("2026-07-01"), By::from(&program)).await.unwrap();
    assert_eq!(staff.page("/desk/warnings").await.count(".case-table tbody tr"), fired, "each is given once");
    let figures = staff.page("/desk/figures?from=2026-06-01").await;
    assert_eq!(figures.all(".figures strong")[0], "3");
    for address in figures.attributes(".figures a, .figures-table td a, .chart a", "href") {
        staff.page(&address).await;
    }
    let topics = staff.page("/desk/consultations").await;
    let linked = topics.attributes(".facet a", "href").into_iter().zip(topics.all(".facet .count"));
    for (address, count) in linked {
        assert_eq!(staff.page(&address).await.count(".consultations > li").to_string(), count, "{address}");
    }
}

#[tokio::test]
async fn the_desk_speaks_english_too() {
    let site = with_desk().await;
    let case = request(&site, (1, "W-C04"), HERE, "2026-06-30", "Renewal").await.case;
    let lead = signed_in(&site, 1, Role::OutletLead, HERE).await;
    let chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let own = ["/desk", "/desk/consultations", "/desk/warnings", "/desk/figures"].map(str::to_owned);
    let acts = ["accept", "refuse", "ask-supplement", "assign", "escalate", "transfer", "merge", "withdraw"];
    let acts = acts.map(|action| format!("{}/acts/{action}", desk(&case.id)));
    for address in own.into_iter().chain([desk(&case.id)]).chain(acts) {
        let page = lead.page(&format!("{address}?lang=en")).await;
        for css in [
            "h1",
            "h2",
            "main .button",
            "main label:not(:has(option)):not(.tick)",
            "main .hint",
            "main .lead",
            "main dt",
            "thead th",
        ] {
            let wrong: Vec<String> = page.all(css).into_iter().filter(chinese).collect();
            assert!(wrong.is_empty(), "{address} {css}: {wrong:?}");
        }
    }
    let program = lead.page(&format!("/desk?outlet={}&lang=en", id(HERE))).await;
    assert_eq!(program.count(".case-table tbody tr"), 1);
}

#[tokio::test]
async fn staff_enter_requests_of_those_who_come_or_call() {
    let site = with_desk().await;
    let staff = signed_in(&site, 1, Role::OutletStaff, HERE).await;
    let page = staff.page("/desk/new").await;
    assert!(page.count("#item option") > 40, "every item can be chosen");
    let form = staff.page("/desk/new?item=W-C04").await;
    assert!(form.attributes("[name=channel] option", "value").iter().all(|channel| channel != "web"));
    let hidden = |name: &str| form.attributes(&format!("form.keep-form [name={name}]"), "value")[0].clone();
    let (outlet, key, draft) = (hidden("outlet"), hidden("key"), hidden("draft"));
    assert_eq!(outlet, id(HERE).to_string(), "who works at one outlet need not choose");
    let start = [("item", "W-C04"), ("outlet", outlet.as_str()), ("key", key.as_str()), ("draft", draft.as_str())];
    let page = staff.refused("/desk/new", &start, 422).await;
    let faults = page.attributes(".warn a", "href");
    for field in ["applicant_kind", "contact", "description"] {
        assert!(faults.contains(&format!("#f-{field}")), "{field}: {faults:?}");
    }
    let mut whole = start.to_vec();
    whole.extend([
        ("channel", "telephone"),
        ("tongue", "en"),
        ("heading", "Renewal of a mark"),
        ("applicant_kind", "person"),
        ("contact", "欧阳兰"),
        ("reply_by", "telephone"),
        ("telephone", "13800001234"),
        ("description", "商标到期如何续展？"),
        ("truthful", "yes"),
        ("data_use", "yes"),
    ]);
    let mut codes = Vec::new();
    for _ in 0..2 {
        let (status, _, body) = staff.send("/desk/new", &whole).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        let receipt = crate::seen::Page::read("/desk/new", &body);
        codes.push(receipt.all("dd.mono, .tracking-code"));
    }
    assert_eq!(codes[0], codes[1], "sent twice, it is one case and one receipt");
    let list = staff.page("/desk").await;
    assert_eq!(list.count(".case-table tbody tr"), 1);
    assert!(list.one(".case-table").contains("电话") && list.one(".case-table").contains("Renewal of a mark"));
    // Material that the form asks for comes along.
    let form = staff.page("/desk/new?item=W-C01").await;
    let hidden = |name: &str| form.attributes(&format!("form.keep-form [name={name}]"), "value")[0].clone();
    let (key, draft) = (hidden("key"), hidden("draft"));
    let mut whole = whole[4..].to_vec();
    whole.extend([("item", "W-C01"), ("outlet", &outlet), ("key", &key), ("draft", &draft), ("topic", "fees")]);
    let mut body = Vec::new();
    for (name, value) in &whole {
        let part = format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.bytes());
    }
    let file = "--cut\r\nContent-Disposition: form-data; name=\"upload.attachments\"; filename=\"账单.pdf\"\r\n\r\n";
    body.extend(file.bytes());
    body.extend(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\r\n--cut--\r\n");
    for _ in 0..2 {
        let request = Request::post("/desk/new").header("cookie", &staff.cookie).header("host", "huizhi.test");
        let request = request.header("content-type", "multipart/form-data; boundary=cut");
        let (status, _, answer) = site.send(request.body(Body::from(body.clone())).unwrap()).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer));
    }
    let list = staff.page("/desk?item=W-C01").await;
    assert_eq!(list.count(".case-table tbody tr"), 1);
    let case = list.attributes(".case-table a", "href")[0].clone();
    let page = staff.page(&case).await;
    assert_eq!(page.all(".desk-documents > li > p > a"), ["账单.pdf"]);
    assert!(page.one(".answers-list a[download]").contains("账单.pdf") || page.says().contains("账单.pdf"));
    // Nobody enters a request elsewhere.
    let elsewhere = id(THERE).to_string();
    let mut foreign = whole.clone();
    foreign.iter_mut().filter(|(name, _)| *name == "outlet").for_each(|(_, value)| *value = &elsewhere);
    staff.refused("/desk/new", &foreign, 403).await;
    let above = signed_in(&site, 2, Role::Administrator, 1).await;
    above.page_with("/desk/new", 403).await;
    assert_eq!(above.page("/desk").await.count(".desk-nav a[href='/desk/new']"), 0);
}
