//! Plans: made, written, issued; reports that pass upward; matrix, timetable, public page, workbooks.

use accounts::Role;

use crate::given::Site;
use crate::outlets::{id, with_network};
use crate::people::{Visitor, signed_in};
use crate::seen::Page;

const NATION: u16 = 1;
const PROVINCE: u16 = 2;

/// A hidden value of a form.
fn hidden(page: &Page, name: &str) -> String {
    page.attributes(&format!("[name={name}]"), "value").first().unwrap_or_else(|| panic!("no {name}")).clone()
}

/// The 2024 guideline, made by the nation and issued; answers its address.
async fn issued(keeper: &Visitor<'_>) -> String {
    let form = keeper.page("/governance/plans/new").await;
    assert_eq!(form.count("select[name=from] option"), 5, "nothing, and the four that come with the program");
    let (key, issuer) = (hidden(&form, "key"), id(NATION).to_string());
    let texts = [("key", key.as_str()), ("issuer", &issuer), ("from", "2024-guideline")];
    let (status, address, _) = keeper.file_sent("/governance/plans/new", ("", ""), &texts).await;
    assert_eq!(status, 303);
    let page = keeper.page(&address).await;
    assert!(page.says().contains("草稿"));
    keeper.done(&address, &[("version", &hidden(&page, "version")), ("act", "issue"), ("note", "测试")]).await;
    address
}

/// A plan of this year for the provinces, with an optional task and a figure, in force.
async fn current(keeper: &Visitor<'_>) -> String {
    in_force(
        keeper,
        r#"
        year = 2026
        from = "2026-01-01"
        to = "2026-12-31"
        title = { zh = "今年的计划", en = "The plan of this year" }
        [[groups]]
        key = "1"
        title = { zh = "一组", en = "Group one" }
        [[groups.tasks]]
        key = "1"
        title = { zh = "普惠服务", en = "Service for all" }
        due = "2026-06-15"
        evidence = { zh = "印发的文件", en = "The document" }
        assignments = [{ duty = "required", rule = "provinces" }]
        [[groups.tasks.targets]]
        key = "outlets"
        name = { zh = "网点数", en = "Outlets" }
        indicator = "NO-SUCH"
        bound = "at-least"
        figure = 10.0
        reported = true
        [[groups.tasks]]
        key = "2"
        title = { zh = "选做的事", en = "Something optional" }
        assignments = [{ duty = "optional", rule = "provinces" }]
    "#,
    )
    .await
}

/// A plan in its TOML form, made by the nation and issued; answers its address.
async fn in_force(keeper: &Visitor<'_>, toml: &str) -> String {
    let form = keeper.page("/governance/plans/new").await;
    let (key, issuer) = (hidden(&form, "key"), id(NATION).to_string());
    let texts = [("key", key.as_str()), ("issuer", &issuer)];
    let (status, address, _) = keeper.file_sent("/governance/plans/new", ("plan.toml", toml), &texts).await;
    assert_eq!(status, 303);
    let page = keeper.page(&address).await;
    keeper.done(&address, &[("version", &hidden(&page, "version")), ("act", "issue")]).await;
    address
}

async fn keepers(site: &Site) -> (Visitor<'_>, Visitor<'_>) {
    (signed_in(site, 1, Role::Administrator, NATION).await, signed_in(site, 2, Role::Administrator, PROVINCE).await)
}

#[tokio::test]
async fn a_report_is_returned_mended_and_accepted() {
    let site = with_network().await;
    let (nation, province) = keepers(&site).await;
    let plan = current(&nation).await;
    let mine = province.page("/governance/plans/mine").await;
    assert!(mine.one(".plan-due tbody tr").contains("逾期 16 天"), "{}", mine.one(".plan-due tbody tr"));
    let cell = mine.attributes(".plan-due tbody a", "href")[0].clone();
    let form = province.page(&province.page(&cell).await.link("填报进展")).await;
    let (key, unit) = (hidden(&form, "key"), id(PROVINCE).to_string());
    let sent = |words, outlets| {
        let fields = [("key", key.as_str()), ("task", "1"), ("unit", unit.as_str())];
        [fields.as_slice(), &[("progress", "done"), ("percent", "90"), ("words", words), ("figure-outlets", outlets)]]
            .concat()
    };
    let wrong = province.refused(&format!("{plan}/report"), &sent("做好了", "很多"), 422).await;
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["figure-outlets"]);
    assert_eq!(wrong.one("textarea[name=words]"), "做好了", "nothing typed is lost");
    let page = province.done(&format!("{plan}/report"), &sent("", "12")).await;
    assert!(page.says().contains("这是草稿"));
    let report = page.attributes("form[enctype]", "action")[0].trim_end_matches("/files").to_owned();
    let version = hidden(&page, "version");
    let short = province.refused(&report, &[("version", &version), ("act", "submit")], 422).await;
    assert!(short.one(".warn").contains("请写明做了什么"));
    let (status, ..) = province
        .file_sent(
            &format!("{report}/files"),
            ("总结.txt", "文字"),
            &[("version", &version), ("key", &hidden(&page, "key"))],
        )
        .await;
    assert_eq!(status, 303);
    let page = province.page(&report).await;
    assert_eq!(page.count(".plan-files li"), 1);
    let edited =
        [("version", "2"), ("progress", "done"), ("percent", "100"), ("words", "全部做完"), ("figure-outlets", "12")];
    let stale = [&[("version", "1")], &edited[1..]].concat();
    let told = province.refused(&format!("{report}/edit"), &stale, 409).await;
    assert_eq!((hidden(&told, "version"), told.one("textarea[name=words]")), ("2".to_owned(), "全部做完".to_owned()));
    province.done(&format!("{report}/edit"), &edited).await;
    let page = province.done(&report, &[("version", "3"), ("act", "submit")]).await;
    assert_eq!(page.count("[name=act][value=accept]"), 0, "a unit does not accept itself");
    province.refused(&report, &[("version", "4"), ("act", "accept")], 403).await;

    let waiting = nation.page("/governance/plans/mine").await;
    assert!(waiting.says().contains("等您审核") && waiting.says().contains("山城管理局"));
    let nothing = nation.refused(&report, &[("version", "4"), ("act", "return"), ("reason", "")], 422).await;
    assert!(nothing.one(".warn").contains("请写明退回的原因"));
    nation.done(&report, &[("version", "4"), ("act", "return"), ("reason", "请补充文号")]).await;
    let page = province.page(&report).await;
    assert!(page.one(".card .warn").contains("请补充文号"));
    province.done(&report, &[("version", "5"), ("act", "submit")]).await;
    let stale = nation.refused(&report, &[("version", "4"), ("act", "accept"), ("reason", "好")], 409).await;
    assert_eq!(stale.one("textarea[name=reason]"), "好");
    let page = nation.done(&report, &[("version", "6"), ("act", "accept")]).await;
    assert!(page.says().contains("已通过") && page.says().contains("达到目标"));
    province.refused(&report, &[("version", "7"), ("act", "submit")], 409).await;
    let file = page.attributes(".plan-files a", "href")[0].clone();
    assert_eq!(nation.bytes(&file).await, (200, "文字".as_bytes().to_vec()));
    assert_eq!(site.get(&file).await.0.as_u16(), 404);
    let matrix = nation.page(&format!("{plan}/matrix")).await;
    let marks = matrix.all(".matrix tbody td a");
    assert_eq!(marks, ["✓", "◌"], "the province and nobody else");
    let address = matrix.attributes(".matrix tbody td a", "href")[0].clone();
    assert!(nation.page(&address).await.says().contains("全部做完"), "a cell opens its reports");
}

#[tokio::test]
async fn the_guideline_of_2024_is_issued_read_and_copied() {
    let site = with_network().await;
    let (nation, province) = keepers(&site).await;
    let plan = issued(&nation).await;
    let page = province.page(&plan).await;
    assert_eq!(page.count("section .plan-tasks"), 7);
    assert_eq!(page.all(".plan-tasks tbody tr:not(.part)").len(), 23);
    assert!(page.says().contains("15.5") && page.says().contains("172") && page.says().contains("460"));
    let task = province.page(&format!("{plan}/tasks/8")).await;
    assert!(task.says().contains("2024-06-30") && task.says().contains("必做：各省"));
    assert!(task.says().contains("逾期未报"), "2024 is long over and nobody reported");
    province.page_with(&format!("{plan}/tasks/99"), 404).await;
    let gantt = province.page(&format!("{plan}/gantt?lang=en")).await;
    assert!(gantt.count("figure svg") >= 7);
    let meant = nation.page(&format!("{plan}/meant")).await;
    assert!(meant.says().contains("没有单位") && meant.says().contains("山城管理局"));
    province.page_with(&format!("{plan}/meant"), 403).await;
    province.page_with(&format!("{plan}/edit"), 403).await;
    let form = nation.page(&format!("{plan}/copy")).await;
    assert_eq!(hidden(&form, "year"), "2025");
    let wrong = nation.refused(&format!("{plan}/copy"), &[("key", &hidden(&form, "key")), ("year", "明年")], 422).await;
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["year"]);
    let copy = nation.done(&format!("{plan}/copy"), &[("key", &hidden(&form, "key")), ("year", "2026")]).await;
    assert!(copy.one("h1").contains("2026") && copy.says().contains("2026-01-01"));
    let late = province.page(&format!("{plan}/matrix?standing=any-late&lang=en")).await;
    assert_eq!(late.count(".matrix tbody tr"), 1);
    let none = province.page(&format!("{plan}/matrix?standing=done")).await;
    assert!(none.one(".empty").contains("没有符合条件的单位"));
    province.page_with(&format!("{plan}/matrix?day=yesterday"), 400).await;
    let (status, toml) = province.bytes(&format!("{plan}/toml")).await;
    assert_eq!((status, toml.starts_with(b"number") || toml.windows(4).any(|four| four == b"year")), (200, true));
}

#[tokio::test]
async fn a_next_edition_is_a_draft_with_its_differences() {
    let site = with_network().await;
    let (nation, province) = keepers(&site).await;
    let plan = current(&nation).await;
    let form = nation.page(&format!("{plan}/edit/1")).await;
    let version = hidden(&form, "version");
    let task = |title, due| {
        let fields = [("version", version.as_str()), ("key", "1"), ("group", "1"), ("whole", ""), ("title", title)];
        let more = [("title_en", "Service"), ("due", due), ("a0-rule", "provinces"), ("a0-duty", "required")];
        let targets = ("targets", "outlets | 网点数 | Outlets | NO-SUCH | at-least | 20 | | | | | reported");
        [fields.as_slice(), &more, &[targets]].concat()
    };
    let wrong = nation.refused(&format!("{plan}/edit/1"), &task("", "2027-06-15"), 422).await;
    assert_eq!(wrong.attributes("[aria-invalid]", "name"), ["title", "due"]);
    nation.done(&format!("{plan}/edit/1"), &task("普惠服务升级", "2026-07-15")).await;
    let stale = nation.refused(&format!("{plan}/edit/1"), &task("另一个标题", "2026-07-15"), 409).await;
    assert_eq!(hidden(&stale, "title"), "另一个标题");
    let shown = province.page(&plan).await;
    assert!(!shown.says().contains("普惠服务升级"), "the edition in force stays");
    let told = nation.page(&format!("{plan}/differences")).await;
    assert!(told.says().contains("普惠服务升级") && told.says().contains("2026-07-15"), "{}", told.says());
    province.page_with(&format!("{plan}/differences?from=1&to=2"), 404).await;
    let head = nation.page(&format!("{plan}/edit")).await;
    let fields = head.form_fields("form[action$='/edit']");
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for (name, value) in &mut fields {
        if *name == "g0-tasks" {
            *value = "2";
        }
    }
    let lost = nation.refused(&format!("{plan}/edit"), &fields, 422).await;
    assert!(lost.one(".warn").contains("不在任何组中"), "a task is not lost by an order that leaves it out");
    for (name, value) in &mut fields {
        if *name == "g0-tasks" {
            *value = "2, 1";
        }
    }
    let page = nation.done(&format!("{plan}/edit"), &fields).await;
    let version = hidden(&page, "version");
    nation.done(&plan, &[("version", &version), ("act", "issue"), ("note", "年中调整")]).await;
    let page = province.page(&plan).await;
    assert!(page.all(".plan-tasks th[scope=row]")[1].contains("普惠服务升级"));
    let history = province.page(&format!("{plan}/history?lang=en")).await;
    assert!(history.says().contains("年中调整") && history.count(".plan-editions li") == 2);
}

#[tokio::test]
async fn visitors_see_what_was_shown_and_no_more() {
    let site = with_network().await;
    let (nation, province) = keepers(&site).await;
    let plan = current(&nation).await;
    assert!(site.page("/governance/plans").await.one(".empty").contains("还没有可以查看的计划"));
    site.page_with(&plan, 404).await;
    site.page_with(&format!("{plan}/public"), 404).await;
    site.page_with(&format!("{plan}/matrix"), 401).await;
    site.page_with("/governance/plans/mine", 401).await;
    let version = hidden(&nation.page(&plan).await, "version");
    nation.done(&plan, &[("version", &version), ("act", "show")]).await;
    let page = site.page(&format!("{plan}/public")).await;
    assert!(page.says().contains("普惠服务") && !page.says().contains("山城管理局"), "units are not named");
    assert!(page.one(".empty").contains("还没有公开的填报"));
    site.page(&format!("{plan}/tasks/1?lang=en")).await;
    site.page(&format!("{plan}/gantt")).await;
    site.page_with(&format!("{plan}/history"), 401).await;
    assert_eq!(site.page("/governance/plans?lang=en").await.count(".plan-list li"), 1);
    let cell = format!("{plan}/cell?task=2&unit={}", id(PROVINCE));
    let page = province.page(&cell).await;
    assert_eq!(page.count("button[name=chosen][value=yes]"), 1);
    let unit = id(PROVINCE).to_string();
    let page = province.done(&format!("{plan}/cell"), &[("task", "2"), ("unit", &unit), ("chosen", "yes")]).await;
    assert!(page.says().contains("选做，已选"));
}

#[tokio::test]
async fn workbooks_go_out_and_what_is_none_is_refused() {
    let site = with_network().await;
    let (nation, province) = keepers(&site).await;
    let plan = current(&nation).await;
    let (status, bytes) = province.bytes(&format!("{plan}/reports.xlsx")).await;
    assert_eq!((status, &bytes[..2]), (200, b"PK".as_slice()));
    let page = province.page(&format!("{plan}/import?lang=en")).await;
    assert_eq!(page.count("input[type=file]"), 1);
    let (status, page) = province.upload(&format!("{plan}/import"), ("a.xlsx", "no workbook"), &[("store", "0")]).await;
    assert_eq!(status, 422);
    assert!(page.one(".warn").contains("不是 XLSX 工作簿"));
    let (status, page) = province.upload(&format!("{plan}/import"), ("", ""), &[("store", "1")]).await;
    assert_eq!((status.as_u16(), page.one(".warn").contains("请选择一个 XLSX 文件")), (422, true));
    assert_eq!(site.get(&format!("{plan}/reports.xlsx")).await.0.as_u16(), 401);
}

#[tokio::test]
async fn a_target_stands_beside_what_is_measured_and_missing_is_not_zero() {
    let site = with_network().await;
    let (nation, province) = keepers(&site).await;
    let (now, system) = (crate::people::now(), accounts::Actor::system("test"));
    site.indicators.install(now, &system).await.unwrap();
    let entry = indicators::Entry {
        unit: id(PROVINCE),
        code: "T-PEOPLE".parse().unwrap(),
        period: "2026".parse().unwrap(),
        number: Some(1200.0),
        note: String::new(),
    };
    let state = indicators::State::Accepted;
    let value = indicators::Filled { entry, state, reason: String::new(), href: None, at: now };
    site.indicators.fill(now, &system, vec![value]).await.unwrap();
    let target = |key: &str, code: &str, unit: &str| {
        format!(
            r#"
            [[groups.tasks.targets]]
            key = "{key}"
            name = {{ zh = "{key}", en = "{key}" }}
            indicator = "{code}"
            bound = "at-least"
            figure = 1000.0
            unit = {{ zh = "{unit}", en = "" }}
            "#
        )
    };
    let toml = r#"
        year = 2026
        from = "2026-01-01"
        to = "2026-12-31"
        title = { zh = "有目标的计划", en = "With targets" }
        [[groups]]
        key = "1"
        title = { zh = "一组", en = "One" }
        [[groups.tasks]]
        key = "1"
        title = { zh = "办培训", en = "Courses" }
        assignments = [{ duty = "required", rule = "provinces" }]
    "#;
    let targets = [("trained", "T-PEOPLE", "人次"), ("index", "E-INV-10K", "件"), ("elsewhere", "NO-SUCH", "件")];
    let toml = format!("{toml}{}", targets.map(|(key, code, unit)| target(key, code, unit)).concat());
    let plan = in_force(&nation, &toml).await;
    let cell = province.page(&format!("{plan}/cell?task=1&unit={}", id(PROVINCE))).await;
    let rows = cell.all(".plan-targets tbody tr");
    assert!(rows[0].contains("1,200 人次") && rows[0].contains("达到目标"), "{}", rows[0]);
    assert!(rows[1].contains("没有数据：未填报") && !rows[1].contains(" 0"), "{}", rows[1]);
    assert!(rows[2].contains("本站没有此指标"), "{}", rows[2]);
    let link = cell.attributes(".plan-targets td a", "href")[0].clone();
    assert!(province.page(&link).await.one(".indicator-number").contains("1,200"), "the number opens its page");
    let mine = province.page("/governance/plans/mine?lang=en").await;
    assert!(mine.all(".plan-measured li")[0].contains("1,200"), "{:?}", mine.all(".plan-measured li"));
    let task = province.page(&format!("{plan}/tasks/1")).await;
    assert!(
        task.one(".plan-targets tbody tr").contains("没有数据：该层级不统计此指标"),
        "of the nation, which has none"
    );
}

#[tokio::test]
async fn the_timetable_tells_progress_and_what_is_over_its_day() {
    let site = with_network().await;
    let (nation, _) = keepers(&site).await;
    let plan = current(&nation).await;
    let page = nation.page(&format!("{plan}/gantt")).await;
    let bars = page.all("figure svg a title");
    assert!(bars.iter().any(|bar| bar.contains("普惠服务") && bar.contains("完成 0%，⚠ 逾期 1")), "{bars:?}");
    assert!(page.all("figure table td").iter().any(|cell| cell.contains("⚠ 逾期 1")), "the table says the same");
    assert!(page.says().contains("今天 2026-07-01"), "{}", page.one("figure svg"));
    let public = nation.page(&format!("{plan}/gantt?lang=en")).await;
    assert!(public.all("figure svg a title").iter().any(|bar| bar.contains("0% done, ⚠ 1 late")));
}

/// A plan of 60 tasks for 400 units: the page of the matrix shows a hundred of them, and pages keep what was asked.
#[tokio::test]
async fn a_matrix_of_four_hundred_units_comes_in_pages() {
    use std::fmt::Write as _;
    let site = with_network().await;
    let mut write = site.network.database().write().await.unwrap();
    for number in 1000..1400 {
        let name = format!("第{number}单位");
        let made = crate::outlets::new(
            number,
            Some(2),
            &name,
            network::Kind::Administration,
            network::Level::Prefecture,
            "330100",
        );
        network::create(&mut write, crate::people::now(), &made).await.unwrap();
    }
    write.commit().await.unwrap();
    let (nation, _) = keepers(&site).await;
    let mut toml = r#"
        year = 2026
        from = "2026-01-01"
        to = "2026-12-31"
        title = { zh = "大计划", en = "Large" }
        [[lists]]
        key = "all"
        name = { zh = "各市", en = "Cities" }
        members = [{ region = "330000" }]
        [[groups]]
        key = "1"
        title = { zh = "一组", en = "One" }
    "#
    .to_owned();
    for task in 1..=60 {
        write!(
            toml,
            r#"
            [[groups.tasks]]
            key = "{task}"
            title = {{ zh = "第{task}项任务", en = "Task {task}" }}
            due = "2026-05-31"
            assignments = [{{ duty = "required", rule = "cities-in", list = "all" }}]
            "#
        )
        .unwrap();
    }
    let plan = in_force(&nation, &toml).await;
    let first = nation.page(&format!("{plan}/matrix?standing=any-late&level=prefecture")).await;
    assert_eq!((first.count(".matrix tbody tr"), first.count(".matrix tbody td a")), (100, 6_000));
    assert!(first.says().contains("1–100/400"), "{}", first.one(".toolbar"));
    let pages = first.attributes(".paging a", "href");
    assert_eq!(pages.len(), 4);
    assert!(pages[3].contains("level=prefecture") && pages[3].contains("standing=any-late"), "{}", pages[3]);
    let last = nation.page(&pages[3]).await;
    assert!(last.says().contains("301–400/400") && last.one(".paging [aria-current]").contains('4'));
    let all = nation.page(&last.attributes(".toolbar a", "href")[1]).await;
    assert_eq!(all.count(".matrix tbody tr"), 400);
    let bytes = |body: &[u8]| body.len() / 1000;
    let (_, body) = nation.bytes(&pages[0]).await;
    println!("a page of the matrix: {} kB as HTML", bytes(&body));
    assert!(bytes(&body) < 1_500, "{} kB", bytes(&body));
}
