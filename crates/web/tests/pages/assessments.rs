//! Assessments from the scheme to the published score.

use accounts::{Actor, Role};
use assessment::{AssessmentId, Assessments, Shown, Step};
use axum::http::StatusCode;

use crate::given::{HOSTILE, Site};
use crate::outlets::{id, with_network};
use crate::people::{Visitor, now, signed_in};

const SCHEME: &str = r#"code = "outlets"
title = { zh = "网点考核", en = "Outlets" }
about = { zh = "示例方案", en = "A sample" }
bonus_most = 5
level = "outlet"

[years]
weights = [1, 1, 1]
pass = 60

[[grades]]
from = 60
title = { zh = "合格", en = "Sufficient" }

[[dimensions]]
code = "means"
title = { zh = "保障", en = "Means" }
weight = 60

[[dimensions.items]]
code = "staff"
title = { zh = "专职人员", en = "Full-time staff" }
weight = 40
input = { kind = "entered", unit = { zh = "人", en = "people" }, evidence = true }
rule = { kind = "linear", from = { at = 0, score = 0 }, to = { at = 4, score = 100 } }
missing = "zero"

[[dimensions.items]]
code = "place"
title = { zh = "固定场所", en = "Fixed place" }
weight = 20
input = { kind = "entered" }
rule = { kind = "yes-no" }
missing = "zero"

[[dimensions]]
code = "quality"
title = { zh = "质量", en = "Quality" }
weight = 40

[[dimensions.items]]
code = "deliverables"
title = { zh = "成果质量", en = "Deliverables" }
weight = 40
input = { kind = "review" }
rule = { kind = "expert", least = 1 }
missing = "hold"
"#;

const HERE: &str = "/governance/assessments";

/// Keeper of the province, lead of outlet 3, an expert.
async fn people(site: &Site) -> (Visitor<'_>, Visitor<'_>, Visitor<'_>) {
    let keeper = signed_in(site, 1, Role::Administrator, 2).await;
    let lead = signed_in(site, 2, Role::OutletLead, 3).await;
    (keeper, lead, signed_in(site, 3, Role::Expert, 1).await)
}

async fn assessments(site: &Site) -> Assessments {
    Assessments::open(site.network.database().clone()).await.unwrap()
}

/// The scheme kept and published, an assessment of outlets 3 and 4 opened: its address.
async fn opened(keeper: &Visitor<'_>) -> String {
    let two = id(2).to_string();
    let fields = [("text", SCHEME), ("keeper", two.as_str()), ("act", "keep"), ("seen", "")];
    let page = keeper.done(&format!("{HERE}/schemes/edit"), &fields).await;
    assert!(page.says().contains("草稿"), "{}", page.says());
    let publish = [("act", "publish"), ("number", "1"), ("version", "1")];
    keeper.done(&format!("{HERE}/schemes/outlets"), &publish).await;
    let address = format!("{HERE}/new?keeper={two}&scheme=outlets%401");
    let page = keeper.page(&address).await;
    let form = page.form_fields("form.keep-form");
    let mut fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.retain(|(name, _)| *name != "units");
    let (three, four) = (id(3).to_string(), id(4).to_string());
    fields.extend([("units", three.as_str()), ("units", four.as_str())]);
    let (status, led, body) = keeper.send(&format!("{HERE}/new"), &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&body));
    let (_, again, _) = keeper.send(&format!("{HERE}/new"), &fields).await;
    assert_eq!(again, led, "sent twice, opened once");
    led
}

async fn step(keeper: &Visitor<'_>, address: &str, act: &str, until: &str) {
    let page = keeper.page(address).await;
    let form = page.form_fields(&format!("form:has(input[value=\"{act}\"])"));
    let version = form.iter().find(|(name, _)| name == "version").unwrap().1.clone();
    keeper.done(address, &[("act", act), ("version", &version), ("until", until)]).await;
}

/// Figures and marks of outlet 3, and the result told to the units.
async fn told(keeper: &Visitor<'_>, lead: &Visitor<'_>, expert: &Visitor<'_>) -> String {
    let address = opened(keeper).await;
    step(keeper, &address, "ask-units", "2026-07-10").await;
    let entry = format!("{address}/units/{}/self", id(3));
    let fields = [
        ("version", "1"),
        ("key", "key-of-a-form-0001"),
        ("v-staff", "3"),
        ("n-staff", "在岗名册"),
        ("v-place", "1"),
        ("words", HOSTILE),
        ("act", "submit"),
    ];
    lead.done(&entry, &fields).await;
    let (person, three, four) = (expert.person.to_string(), id(3).to_string(), id(4).to_string());
    let call = [("act", "call"), ("person", person.as_str()), ("units", three.as_str()), ("units", four.as_str())];
    keeper.done(&format!("{address}/reviewers"), &call).await;
    step(keeper, &address, "ask-reviewers", "2026-07-10").await;
    for (unit, mark) in [(&three, "90"), (&four, "50")] {
        let fields = [("act", "mark"), ("s-deliverables", "0"), ("m-deliverables", mark), ("w-deliverables", "尚可")];
        expert.done(&format!("{address}/review/{unit}"), &fields).await;
    }
    step(keeper, &address, "make-result", "").await;
    step(keeper, &address, "tell-units", "2026-07-08").await;
    address
}

#[tokio::test]
async fn a_unit_is_assessed_objects_and_the_published_score_shows_its_arithmetic() {
    let site = with_network().await;
    let (keeper, lead, expert) = people(&site).await;
    let address = told(&keeper, &lead, &expert).await;
    let own = lead.page(&format!("{address}/units/{}", id(3))).await;
    let says = own.says();
    assert!(says.contains("(3 − 0) ÷ (4 − 0) × 100 = 75.00") && says.contains("86.00"), "{says}");
    assert!(says.contains("专家1：90 – 尚可") && !says.contains("管理员3"), "reviewers are not named: {says}");
    let object = [("key", "key-of-an-objection-1"), ("item", "staff"), ("wanted", "4"), ("reasons", "漏计一人")];
    let made = lead.done(&format!("{address}/units/{}/object", id(3)), &object).await;
    assert!(made.says().contains("等待组织单位处理"));
    let waiting = keeper.page(&format!("{address}/objections")).await;
    let link = waiting.attributes(".outlet h2 a", "href").remove(0);
    let refused = keeper.refused(&link, &[("version", "1"), ("decision", "upheld"), ("reason", "属实")], 422).await;
    assert!(refused.says().contains("采纳异议须写明更正后的数值"));
    let ruling = [("version", "1"), ("decision", "upheld"), ("value", "4"), ("reason", "名册核对属实")];
    let decided = keeper.done(&link, &ruling).await;
    assert!(decided.says().contains("形成快照 2"), "{}", decided.says());
    let stale = keeper.refused(&link, &ruling, 409).await;
    assert!(stale.says().contains("别人已经处理"));
    // The period of objections ends; nobody waits eight days for it.
    let room = assessments(&site).await;
    let assessment: AssessmentId = address.rsplit('/').next().unwrap().parse().unwrap();
    let system = Actor::system("test");
    let (seen, _) = room.assessment(&system, &assessment).await.unwrap();
    let mut write = room.database().write().await.unwrap();
    let shown = Shown { public: true, ranks: true, arithmetic: true };
    let later = now() + jiff::SignedDuration::from_hours(24 * 9);
    assessment::step(&mut write, later, &system, (&assessment, seen.version), Step::Publish(shown)).await.unwrap();
    write.commit().await.unwrap();
    let public = site.page(&address).await;
    assert!(public.says().contains("96.00") && public.says().contains("与保存的结果一致"), "{}", public.says());
    assert_eq!(public.all("table.ranking tbody tr").len(), 2);
    let arithmetic = site.page(&format!("{address}/units/{}", id(3))).await;
    assert!(arithmetic.says().contains("4 ≥ 4 → 100.00"), "{}", arithmetic.says());
    assert!(!arithmetic.says().contains("alert(1)"), "what the unit says of itself is not published");
    let listed = site.page(HERE).await;
    assert!(listed.says().contains("网点考核"));
    let years = site.page(&format!("{HERE}/years")).await;
    assert!(years.says().contains("年度不全，暂不复核"), "{}", years.says());
    let links = years.attributes("tbody td a", "href");
    assert!(links.contains(&format!("{address}/units/{}", id(3))), "totals lead to the unit’s result: {links:?}");
    let (status, body) = keeper.bytes(&format!("{address}/scores.xlsx")).await;
    assert!(status == 200 && body.starts_with(b"PK"));
    assert_eq!(site.get(&format!("{address}/scores.xlsx")).await.0, 200);
}

#[tokio::test]
async fn nobody_sees_more_than_is_theirs() {
    let site = with_network().await;
    let (keeper, lead, expert) = people(&site).await;
    let address = told(&keeper, &lead, &expert).await;
    let stranger = signed_in(&site, 4, Role::OutletLead, 4).await;
    site.page_with(&address, 401).await;
    let own = stranger.page(&address).await;
    assert!(own.says().contains("各单位只看得到自己的得分") && !own.says().contains("86.00"), "{}", own.says());
    stranger.page_with(&format!("{address}/units/{}", id(3)), 404).await;
    stranger.page_with(&format!("{address}/reviewers"), 404).await;
    stranger.page_with(&format!("{address}/what-if"), 403).await;
    expert.page_with(&format!("{address}/objections"), 403).await;
    lead.page_with(&format!("{address}/review"), 403).await;
    let other = signed_in(&site, 5, Role::Administrator, 6).await;
    other.page_with(&address, 404).await;
    let (status, ..) = other.send(&address, &[("act", "archive"), ("version", "1")]).await;
    assert_eq!(status, 404);
    let early = keeper.refused(&address, &[("act", "publish"), ("version", "5")], 409).await;
    assert!(early.says().contains("异议期至 2026-07-08"), "{}", early.says());
}

#[tokio::test]
async fn the_self_evaluation_keeps_what_was_typed_and_says_what_is_wrong() {
    let site = with_network().await;
    let (keeper, lead, _) = people(&site).await;
    let address = opened(&keeper).await;
    let entry = format!("{address}/units/{}/self", id(3));
    lead.page_with(&entry, 404).await;
    step(&keeper, &address, "ask-units", "2026-07-10").await;
    let page = lead.page(&entry).await;
    assert!(page.says().contains("≤ 0人 得 0 分") && page.says().contains("不要填 0"), "{}", page.says());
    let base = [("version", "1"), ("key", "key-of-a-form-0001"), ("act", "submit")];
    let typed = [&base[..], &[("v-staff", "三人"), ("v-place", "1")]].concat();
    let refused = lead.refused(&entry, &typed, 422).await;
    assert_eq!(refused.attributes("#f-v-staff", "value"), ["三人"]);
    assert_eq!(refused.attributes("#f-v-staff", "aria-invalid"), ["true"]);
    assert!(refused.says().contains("专职人员：请填写数字"), "{}", refused.says());
    let bare = [&base[..], &[("v-staff", "3")]].concat();
    assert!(lead.refused(&entry, &bare, 422).await.says().contains("请上传佐证材料或填写说明"));
    let draft = [("version", "1"), ("key", "key-of-a-form-0001"), ("act", "draft"), ("v-staff", "3")];
    let kept = lead.done(&entry, &draft).await;
    assert!(kept.says().contains("已保存为草稿"));
    let stale = lead.refused(&entry, &draft, 409).await;
    assert!(stale.says().contains("同事刚刚保存过"));
    let progress = keeper.page(&address).await;
    assert!(progress.says().contains("未完成 2") && progress.says().contains("1 / 2"), "{}", progress.says());
}

/// The workbook with a figure and a note in its first row.
fn filled(sheet: &[u8], figure: f64, note: &str) -> Vec<u8> {
    use sheets::{Cell, Column, Kind, Template};
    let text = |heading: &str| Column::new(heading, heading, Kind::Text);
    let number = |heading: &str| Column::new(heading, heading, Kind::Number);
    let mut columns: Vec<Column> =
        ["指标代码 Code", "维度 Dimension", "指标 Item", "计分规则 Rule", "计量单位 Measured in"].map(text).into();
    columns.extend([number("数值 Value"), number("上年数值 Year before"), text("说明 Note"), number("版本 Version")]);
    let mut rows: Vec<Vec<Cell>> = sheets::read(sheet, &columns).unwrap().into_iter().map(|row| row.cells).collect();
    (rows[0][5], rows[0][7]) = (Cell::Number(figure), Cell::text(note));
    Template { title: "t".into(), sheet: "s".into(), columns, rows, guide: Vec::new() }.write().unwrap()
}

#[tokio::test]
async fn a_self_evaluation_goes_out_as_a_workbook_and_is_tried_first() {
    let site = with_network().await;
    let (keeper, lead, expert) = people(&site).await;
    let address = opened(&keeper).await;
    let entry = format!("{address}/units/{}/self", id(3));
    step(&keeper, &address, "ask-units", "2026-07-10").await;
    let import = lead.page(&entry).await.link("用表格填报");
    let form = lead.page(&format!("{import}?lang=en")).await;
    let (status, sheet) = lead.bytes(&form.link("Download the XLSX workbook")).await;
    assert!(status == 200 && sheet.starts_with(b"PK"));
    let (status, page) = lead.workbook(&import, &filled(&sheet, 1e13, ""), "1").await;
    assert_eq!(status, 422);
    assert!(page.one("#outcome").contains("没有导入") && page.says().contains("数值超出范围"), "{}", page.says());
    let right = filled(&sheet, 3.0, "在岗名册");
    let (status, page) = lead.workbook(&import, &right, "0").await;
    assert!(status == 200 && page.one("#outcome").contains("尚未导入"), "{}", page.says());
    assert_eq!(lead.page(&entry).await.attributes("#f-v-staff", "value"), [""], "tried, not done");
    let (_, page) = lead.workbook(&import, &right, "1").await;
    assert!(page.one("#outcome").contains("已导入为草稿") && page.says().contains("专职人员"));
    assert_eq!(lead.page(&entry).await.attributes("#f-v-staff", "value"), ["3"]);
    let (status, page) = lead.workbook(&import, b"unit;value", "1").await;
    assert_eq!((status, page.one(".warn").contains("不是 XLSX")), (422, true));
    expert.page_with(&import, 404).await;
    assert_eq!(site.get(&format!("{entry}/sheet.xlsx")).await.0, 401);
}

#[tokio::test]
async fn an_item_is_offered_for_objection_once() {
    let site = with_network().await;
    let (keeper, lead, expert) = people(&site).await;
    let address = told(&keeper, &lead, &expert).await;
    let object = format!("{address}/units/{}/object", id(3));
    assert_eq!(lead.page(&object).await.count("select[name=item] option[value=staff]"), 1);
    let sent = [("key", "key-of-an-objection-1"), ("item", "staff"), ("wanted", "4"), ("reasons", "漏计一人")];
    lead.done(&object, &sent).await;
    let form = lead.page(&object).await;
    assert_eq!(form.count("select[name=item] option[value=staff]"), 0, "there is one already");
    assert_eq!(form.count("select[name=item] option[value=place]"), 1);
}

#[tokio::test]
async fn conflicts_are_refused_and_can_be_declared() {
    let site = with_network().await;
    let (keeper, lead, expert) = people(&site).await;
    let address = opened(&keeper).await;
    let (three, lead_id, expert_id) = (id(3).to_string(), lead.person.to_string(), expert.person.to_string());
    let reviewers = format!("{address}/reviewers");
    let bound = [("act", "call"), ("person", lead_id.as_str()), ("units", three.as_str())];
    let refused = keeper.refused(&reviewers, &bound, 422).await;
    assert!(refused.says().contains("不能评审：山城保护中心"), "{}", refused.says());
    let none = keeper.refused(&reviewers, &[("act", "call"), ("contact", "nobody@example.org")], 422).await;
    assert!(none.says().contains("没有找到这位专家"));
    keeper.done(&reviewers, &[("act", "call"), ("contact", "p3@example.org"), ("units", three.as_str())]).await;
    step(&keeper, &address, "ask-units", "2026-07-10").await;
    step(&keeper, &address, "ask-reviewers", "2026-07-10").await;
    let review = format!("{address}/review/{three}");
    let wrong = expert.refused(&review, &[("act", "mark"), ("m-deliverables", "120")], 422).await;
    assert!(wrong.says().contains("分数应为 0 至 100") && wrong.attributes("#f-m-deliverables", "value") == ["120"]);
    let after = expert.done(&review, &[("act", "conflict"), ("reason", "曾任顾问")]).await;
    assert!(after.says().contains("曾任顾问"));
    let (status, ..) =
        expert.send(&review, &[("act", "mark"), ("s-deliverables", "0"), ("m-deliverables", "90")]).await;
    assert_eq!(status, 409);
    let seen = keeper.page(&reviewers).await;
    assert!(seen.says().contains("已申报 曾任顾问"), "{}", seen.says());
    assert!(seen.says().contains("管理员3") && seen.attributes("input[name=person]", "value") == [expert_id]);
}

#[tokio::test]
async fn schemes_are_read_by_everyone_and_written_as_text() {
    let site = with_network().await;
    let (keeper, lead, _) = people(&site).await;
    opened(&keeper).await;
    let page = site.page(&format!("{HERE}/schemes/outlets")).await;
    assert!(page.says().contains("评审专家打分") && page.says().contains("缺失则暂缓出结果"), "{}", page.says());
    assert_eq!(page.count("section .chart svg"), 1);
    let (status, _, body) = site.get(&format!("{HERE}/schemes/outlets/toml?version=1")).await;
    assert_eq!(status, 200);
    let text = String::from_utf8(body).unwrap();
    let changed = text.replace("weight = 60.0", "weight = 50.0");
    assert_ne!(changed, text);
    let edit = format!("{HERE}/schemes/edit");
    let looked = keeper.send(&edit, &[("text", &changed), ("act", "check")]).await;
    let looked = crate::seen::Page::read(&edit, &looked.2);
    assert!(looked.says().contains("维度权重6050"), "{}", looked.says());
    let wrong = keeper.refused(&edit, &[("text", &text.replace("missing = \"hold\"", "")), ("act", "keep")], 422).await;
    assert!(wrong.says().contains("missing") && wrong.count("textarea[aria-invalid]") == 1);
    keeper.done(&edit, &[("text", &changed), ("act", "keep")]).await;
    assert!(!site.page(&format!("{HERE}/schemes/outlets")).await.says().contains("草稿"), "drafts are not public");
    let next = keeper.page(&format!("{HERE}/schemes/outlets?lang=en")).await;
    assert!(next.says().contains("Weight of the dimension6050"), "{}", next.says());
    assert_eq!(lead.send(&edit, &[("text", &changed), ("act", "keep")]).await.0, 403);
    site.page_with(&edit, 401).await;
    let two = id(2).to_string();
    let adopted = keeper.done(&format!("{HERE}/schemes"), &[("code", "city-effort"), ("keeper", &two)]).await;
    assert!(adopted.says().contains("年度增长 20% 以上"), "{}", adopted.says());
}

#[tokio::test]
async fn what_if_compares_and_keeps_nothing() {
    let site = with_network().await;
    let (keeper, lead, expert) = people(&site).await;
    let address = told(&keeper, &lead, &expert).await;
    let as_it_is = keeper.page(&format!("{address}/what-if")).await;
    assert!(as_it_is.says().contains("86.0086.0001 → 1"), "{}", as_it_is.says());
    let four = id(4);
    let other = keeper.page(&format!("{address}/what-if?unit={four}&item=staff&value=4&d-means=100&d-quality=0")).await;
    assert!(other.says().contains("83.33-2.67"), "{}", other.says());
    assert!(keeper.page(&address).await.says().contains("86.00"));
    let wrong = keeper.page(&format!("{address}/what-if?d-means=viel")).await;
    assert!(wrong.says().contains("保障: viel"));
}

#[tokio::test]
async fn pages_speak_english_too() {
    let site = with_network().await;
    let (keeper, lead, expert) = people(&site).await;
    let address = told(&keeper, &lead, &expert).await;
    let three = id(3);
    let of_keeper = [
        HERE.to_owned(),
        format!("{HERE}/new"),
        format!("{HERE}/schemes"),
        format!("{HERE}/schemes/edit"),
        format!("{HERE}/schemes/outlets"),
        format!("{HERE}/years"),
        address.clone(),
        format!("{address}/reviewers"),
        format!("{address}/objections"),
        format!("{address}/what-if"),
        format!("{address}/units/{three}"),
    ];
    let of_lead = [format!("{address}/units/{three}/object")];
    let of_expert = [format!("{address}/review"), format!("{address}/review/{three}")];
    let all = of_keeper.iter().map(|it| (&keeper, it)).chain(of_lead.iter().map(|it| (&lead, it)));
    for (who, page) in all.chain(of_expert.iter().map(|it| (&expert, it))) {
        let en = who.page(&format!("{page}?lang=en")).await;
        let chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for css in [
            "main label:not(:has(option)):not(.tick)",
            "main .button",
            "main .lead",
            "main thead th",
            "main h2:not(:has(a))",
        ] {
            assert!(!en.all(css).iter().any(chinese), "{page}: {css} {:?}", en.all(css));
        }
    }
}
