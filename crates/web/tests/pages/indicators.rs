//! Indicators: what everyone reads, what units enter, what is accepted, sheets, definitions.

use accounts::{Actor, Role};
use network::Level;
use sheets::{Cell, Column, Kind, Template};

use crate::given::Site;
use crate::outlets::{id, new, with_network};
use crate::people::{Visitor, now, signed_in};
use crate::seen::Page;

const LIST: &str = "/governance/indicators";

/// The starting indicators over the small network: 1 the nation, 2 and 9 provinces, 8 a city directly under the nation.
async fn with_indicators() -> Site {
    let site = with_network().await;
    let mut write = site.network.database().write().await.unwrap();
    for (number, level, region) in [(8, Level::Prefecture, "320500"), (9, Level::Province, "320000")] {
        let name = if number == 8 { "湖边市管理局" } else { "江边省管理局" };
        let made = new(number, Some(1), name, network::Kind::Administration, level, region);
        network::create(&mut write, now(), &made).await.unwrap();
    }
    write.commit().await.unwrap();
    site.indicators.install(now(), &Actor::system("test")).await.unwrap();
    site
}

fn mine(unit: u16) -> String {
    format!("{LIST}/mine?unit={}&period=2026-Q2", id(unit))
}

/// Sends the form of one's values with a value of one indicator.
async fn enter(visitor: &Visitor<'_>, unit: u16, (code, number): (&str, &str), act: &str) -> (u16, String, Page) {
    let page = visitor.page(&mine(unit)).await;
    let mut fields = page.form_fields("form[method=post]");
    for (name, value) in &mut fields {
        if *name == format!("n-{code}") {
            number.clone_into(value);
        }
    }
    fields.push(("act".to_owned(), act.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (status, led, body) = visitor.send(&format!("{LIST}/mine"), &fields).await;
    let page = if led.is_empty() { Page::read(LIST, &body) } else { visitor.page(&led).await };
    (status.as_u16(), led, page)
}

#[tokio::test]
async fn everyone_reads_what_is_public_and_missing_is_told_as_missing() {
    let site = with_indicators().await;
    let page = site.page(LIST).await;
    assert!(page.count(".indicator-table tbody tr") > 50);
    assert!(!page.says().contains("E-FUND"), "the budget is not public");
    assert!(page.says().contains("180 (2025)"), "the national target stands beside");
    site.page_with(&format!("{LIST}/E-FUND"), 404).await;
    site.page_with(&format!("{LIST}/NOWHERE"), 404).await;
    let found = site.page(&format!("{LIST}?q=TISC&group=network")).await;
    assert_eq!(found.count(".indicator-table tbody tr"), 2, "{:?}", found.all("tbody th"));
    assert_eq!(site.page(&format!("{LIST}?q=没有这样的")).await.count(".empty"), 1);
    let one = site.page(&format!("{LIST}/P14-TISC?period=2024")).await;
    assert!(one.one(".indicator-number").contains("系统尚未计算"), "{}", one.one(".indicator-number"));
    assert!(one.says().contains("156"), "four fifths of the way from 60 to 180");
    let open = site.page(&format!("{LIST}/P14-NETWORK?period=2025")).await;
    assert!(open.says().contains("本期未设目标"), "what the draft left open has no target, which is not zero");
    for address in [format!("{LIST}/mine"), format!("{LIST}/review"), format!("{LIST}/completeness")] {
        assert_eq!(site.get(&address).await.0.as_u16(), 401, "{address}");
    }
}

#[tokio::test]
async fn a_city_reports_the_nation_returns_and_accepts_and_everyone_reads_it() {
    let site = with_indicators().await;
    let city = signed_in(&site, 1, Role::Administrator, 8).await;
    let nation = signed_in(&site, 2, Role::Administrator, 1).await;
    let (status, _, page) = enter(&city, 8, ("T-PEOPLE", "1 200"), "save").await;
    assert_eq!(status, 303);
    assert!(page.says().contains("草稿已保存") && page.one(".chips").contains("草稿 1"), "{}", page.one(".chips"));
    assert!(!site.page(&format!("{LIST}/T-PEOPLE?unit={}&period=2026-Q2", id(8))).await.says().contains("1,200"));
    let (status, _, page) = enter(&city, 8, ("T-PEOPLE", "1200"), "submit").await;
    assert_eq!(status, 303, "{}", page.says());
    assert!(page.one(".chips").contains("已报送 1"));
    assert_eq!(page.count("#n-T-PEOPLE"), 0, "what is sent is not changed");
    let waits = nation.page(&format!("{LIST}/review")).await;
    assert_eq!(waits.count("tbody tr"), 1);
    let value = waits.attributes("input[name=value]", "value").remove(0);
    let review = format!("{LIST}/review");
    let silent = nation.refused(&review, &[("value", &value), ("act", "return"), ("reason", "")], 422).await;
    assert!(silent.one(".warn").contains("请说明理由"), "{}", silent.one(".warn"));
    let back = nation.done(&review, &[("value", &value), ("act", "return"), ("reason", "请核对口径")]).await;
    assert!(back.says().contains("已退回 1 个数值") && back.count("tbody tr") == 0);
    let stale = nation.refused(&review, &[("value", &value), ("act", "accept")], 409).await;
    assert!(stale.says().contains("什么也没有保存"), "{}", stale.says());
    let returned = city.page(&mine(8)).await;
    assert!(returned.says().contains("退回理由：请核对口径"));
    enter(&city, 8, ("T-PEOPLE", "1100"), "submit").await;
    let value = nation.page(&review).await.attributes("input[name=value]", "value").remove(0);
    nation.done(&review, &[("value", &value), ("act", "accept")]).await;
    let public = site.page(&format!("{LIST}/T-PEOPLE?unit={}&period=2026-Q2", id(8))).await;
    assert!(public.one(".indicator-number").contains("1,100"), "{}", public.one(".indicator-number"));
    assert!(!public.says().contains("管理员1"), "who entered it is no one's business");
    let history = format!("{LIST}/value?unit={}&code=T-PEOPLE&period=2026-Q2", id(8));
    assert_eq!(city.page(&history).await.count("tbody tr"), 6, "draft, sent, returned, draft, sent, accepted");
    assert_eq!(site.get(&history).await.0.as_u16(), 401);
    let above = site.page(&format!("{LIST}/T-PEOPLE-SUM?unit={}&period=2026-Q2", id(1))).await;
    assert!(above.one(".indicator-number").contains("个下级单位中"), "{}", above.one(".indicator-number"));
    assert!(above.says().contains("下级单位 T-PEOPLE 之和"), "the formula is told in words");
}

#[tokio::test]
async fn what_is_wrong_stays_written_and_is_told_at_its_field() {
    let site = with_indicators().await;
    let city = signed_in(&site, 1, Role::Administrator, 8).await;
    let (status, _, page) = enter(&city, 8, ("T-PEOPLE", "很多"), "save").await;
    assert_eq!(status, 422);
    assert!(page.one(".warn").contains("「很多」不是数值"));
    assert_eq!(page.attributes("#n-T-PEOPLE", "value"), ["很多"]);
    assert_eq!(page.attributes("#n-T-PEOPLE", "aria-describedby"), ["e-T-PEOPLE"]);
    let (status, _, page) = enter(&city, 8, ("T-PEOPLE", "-3"), "submit").await;
    assert_eq!(status, 422);
    assert!(page.one("#e-T-PEOPLE").contains("不得小于 0"), "{}", page.one("#e-T-PEOPLE"));
    // Two people with the page open: the second sees what changed and keeps what was typed.
    let unit = id(8).to_string();
    let form = |number: &'static str| {
        vec![
            ("unit", unit.as_str()),
            ("period", "2026-Q2"),
            ("v-T-SESSIONS", "0"),
            ("n-T-SESSIONS", number),
            ("act", "save"),
        ]
    };
    city.done(&format!("{LIST}/mine"), &form("5")).await;
    let page = city.refused(&format!("{LIST}/mine"), &form("6"), 409).await;
    assert_eq!(page.attributes("#n-T-SESSIONS", "value"), ["6"]);
    assert!(page.says().contains("已被他人修改"));
}

#[tokio::test]
async fn completeness_names_who_has_not_reported_and_the_unit_above_declares_missing() {
    let site = with_indicators().await;
    let nation = signed_in(&site, 2, Role::Administrator, 1).await;
    let page = nation.page(&format!("{LIST}/completeness?period=2026-Q1")).await;
    let rows = page.all("tbody tr");
    assert!(rows.iter().any(|row| row.contains("湖边市管理局") && row.contains("未报")), "{rows:?}");
    let (unit, of) = (id(1).to_string(), id(8).to_string());
    let form = [("unit", unit.as_str()), ("of", &of), ("period", "2026-Q1"), ("act", "missing"), ("reason", "撤并")];
    let page = nation.done(&format!("{LIST}/completeness"), &form).await;
    assert!(page.all("tbody tr").iter().any(|row| row.contains("已说明缺报") && row.contains("撤并")));
    let city = signed_in(&site, 1, Role::Administrator, 8).await;
    let shut = city.page(&format!("{LIST}/mine?unit={of}&period=2026-Q1")).await;
    assert!(shut.says().contains("已说明缺报") && shut.count("input[name=n-T-PEOPLE]") == 0);
    let refused = [("unit", of.as_str()), ("of", &of), ("period", "2026-Q1"), ("act", "reopen"), ("reason", "补报")];
    city.refused(&format!("{LIST}/completeness"), &refused, 403).await;
    let early = [("unit", of.as_str()), ("period", "2026-Q3"), ("act", "close")];
    let page = city.refused(&format!("{LIST}/mine"), &early, 422).await;
    assert!(page.one(".warn").contains("尚未结束"), "{}", page.one(".warn"));
}

#[tokio::test]
async fn a_sheet_goes_out_comes_back_and_is_tried_first() {
    let site = with_indicators().await;
    let city = signed_in(&site, 1, Role::Administrator, 8).await;
    let address = format!("{LIST}/sheet.xlsx?unit={}&period=2026-Q2", id(8));
    let import = format!("{LIST}/import");
    let (status, sheet) = city.bytes(&address).await;
    assert!(status == 200 && sheet.starts_with(b"PK"));
    let (status, page) = city.workbook(&import, &sheet, "1").await;
    assert_eq!(status, 200, "{}", page.says());
    assert!(page.one("#outcome").contains("已导入"), "what goes out comes back");
    let column = |heading: &str| Column::new(heading, heading, Kind::Text);
    let number = |heading: &str| Column::new(heading, heading, Kind::Number);
    let mut columns: Vec<Column> =
        ["单位编号 Unit id", "单位 Unit", "指标代码 Code", "指标 Indicator"].map(column).into();
    columns.extend(["计量单位 Measured in", "统计期 Period"].map(column));
    columns.extend([number("数值 Value"), column("备注 Note"), column("状态 State"), number("版本 Version")]);
    let row = |code: &str, value: Cell| {
        let (unit, empty) = (id(8).to_string(), Cell::Empty);
        let text = Cell::text;
        vec![
            text(&unit),
            empty.clone(),
            text(code),
            empty.clone(),
            empty.clone(),
            text("2026-Q2"),
            value,
            empty.clone(),
            empty,
            Cell::Number(0.0),
        ]
    };
    let book = |rows: Vec<Vec<Cell>>| {
        let (title, sheet) = (String::new(), "x".to_owned());
        Template { title, sheet, columns: columns.clone(), rows, guide: Vec::new() }.write().unwrap()
    };
    let wrong = book(vec![row("T-PEOPLE", Cell::Number(5.0)), row("R-ALL", Cell::Number(5.0))]);
    let (status, page) = city.workbook(&import, &wrong, "1").await;
    assert_eq!(status, 422);
    assert!(page.one("#outcome").contains("没有导入") && page.one("tbody").contains("R-ALL"), "{}", page.says());
    assert!(city.page(&mine(8)).await.one(".chips").contains("未填"), "nothing is half imported");
    let right = book(vec![row("T-PEOPLE", Cell::Number(5.0))]);
    let (_, page) = city.workbook(&import, &right, "0").await;
    assert!(page.one("#outcome").contains("试运行通过"));
    assert!(!city.page(&mine(8)).await.one(".chips").contains("草稿"));
    city.workbook(&import, &right, "1").await;
    assert!(city.page(&mine(8)).await.one(".chips").contains("草稿 1"));
    let (status, page) = city.workbook(&import, b"unit;value", "1").await;
    assert_eq!((status, page.one(".warn").contains("不是 XLSX")), (422, true));
    let (status, table) = city.bytes(&format!("{LIST}/T-PEOPLE/table.xlsx?unit={}&period=2026-Q2", id(8))).await;
    assert!(status == 200 && table.starts_with(b"PK"));
}

#[tokio::test]
async fn definitions_are_written_as_versions_and_rings_are_refused_by_name() {
    let site = with_indicators().await;
    let nation = signed_in(&site, 2, Role::Administrator, 1).await;
    let edit = format!("{LIST}/C-RECEIVED/edit");
    let page = nation.page(&edit).await;
    let text = page.form_fields(".define-form").into_iter().find(|(name, _)| name == "definition").unwrap().1;
    let mut definition: serde_json::Value = serde_json::from_str(&text).unwrap();
    definition["formula"] =
        serde_json::json!({ "kind": "ratio", "of": "C-RECEIVED-UP", "per": "N-OUTLETS", "factor": 1.0 });
    let ring = definition.to_string();
    let form = |text: &str| {
        vec![
            ("version".to_owned(), "1".to_owned()),
            ("from".to_owned(), "2026-01-01".to_owned()),
            ("definition".to_owned(), text.to_owned()),
        ]
    };
    let send = |fields: Vec<(String, String)>| {
        let (nation, edit) = (&nation, edit.clone());
        async move {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let (status, led, body) = nation.send(&edit, &fields).await;
            (status.as_u16(), led, body)
        }
    };
    let (status, _, body) = send(form(&ring)).await;
    let page = Page::read(&edit, &body);
    assert_eq!(status, 422);
    assert!(page.one(".warn").contains("C-RECEIVED → C-RECEIVED-UP → C-RECEIVED"), "{}", page.one(".warn"));
    // A condition is shown with its search, and refused where nobody can check it.
    let narrowed = format!("{LIST}/R-INV-UNI-DIG");
    let page = site.page(&narrowed).await;
    let search = "/search?q=at%3Duniversity%20AND%20tech%3D%284%20OR%206%29";
    assert_eq!(page.one(&format!("a[href='{search}']")), "at=university AND tech=(4 OR 6)");
    assert!(page.says().contains("条件："), "{}", page.says());
    definition["formula"] =
        serde_json::json!({ "kind": "counted", "measure": "rights.filed", "where": "at=universty" });
    let (status, _, body) = send(form(&definition.to_string())).await;
    let page = Page::read(&edit, &body);
    assert_eq!(status, 422);
    assert!(page.one(".warn").contains("条件无法核对"), "{}", page.one(".warn"));
    assert!(page.says().contains("at=universty"), "what was written stays");
    definition["formula"] = serde_json::json!({ "kind": "counted", "measure": "cases.accepted" });
    let (status, led, _) = send(form(&definition.to_string())).await;
    assert_eq!((status, led.as_str()), (303, "/governance/indicators/C-RECEIVED"));
    assert!(nation.page(&led).await.says().contains("v2"));
    definition["decimals"] = serde_json::json!(1);
    let (status, _, _) = send(form(&definition.to_string())).await;
    assert_eq!(status, 409, "the version seen is the first");
    let province = signed_in(&site, 3, Role::Administrator, 2).await;
    let (status, _, _) = province.send(&edit, &[("version", "2"), ("definition", &definition.to_string())]).await;
    assert_eq!(status.as_u16(), 403, "national definitions are kept at the top");
    let (unit, city) = (id(8).to_string(), id(8));
    let target =
        [("unit", unit.as_str()), ("version", "0"), ("target_period", "2026"), ("target", "5,000"), ("note", "任务书")];
    nation.done(&format!("{LIST}/T-PEOPLE/target"), &target).await;
    let page = site.page(&format!("{LIST}/T-PEOPLE?unit={city}&period=2026")).await;
    assert!(page.says().contains("5,000"), "{}", page.says());
    let refreshed = nation.done(&format!("{LIST}/refresh"), &[]).await;
    assert!(refreshed.says().contains("有指标未能计算"), "nobody measures in this site, and the page says so");
}

#[tokio::test]
async fn an_indicator_is_defined_in_a_form_that_names_what_is_wrong_and_gives_back_what_it_holds() {
    let site = with_indicators().await;
    let nation = signed_in(&site, 2, Role::Administrator, 1).await;
    let new = format!("{LIST}/new");
    let mut fields = vec![
        ("version", "0"),
        ("code", "X-SHARE"),
        ("name_zh", "按时办结占比"),
        ("name_en", "Share in time"),
        ("group", "service"),
        ("unit_zh", "%"),
        ("unit_en", "%"),
        ("direction", "more"),
        ("decimals", "1"),
        ("kind", "ratio"),
        ("of", "C-ONTIME"),
        ("per", "C-DEADLINE"),
        ("factor", "hundred"),
        ("periods", "year"),
        ("levels", "province"),
        ("levels", "outlet"),
        ("public", "yes"),
        ("from", "2026-01-01"),
    ];
    let (status, _, body) = nation.send(&new, &fields).await;
    assert_eq!(status, 422);
    let page = Page::read(&new, &body);
    assert!(page.one("#e-factor").contains("请填写数值"), "{}", page.one("#e-factor"));
    let kept = page.form_fields("form[method=post]");
    assert!(kept.contains(&("name_zh".to_owned(), "按时办结占比".to_owned())), "{kept:?}");
    for field in &mut fields {
        if field.0 == "factor" {
            field.1 = "100";
        }
    }
    let (status, led, _) = nation.send(&new, &fields).await;
    assert_eq!((status.as_u16(), led.as_str()), (303, "/governance/indicators/X-SHARE"));
    // What is opened again says the same, and sent unchanged it is the same definition.
    let edit = format!("{LIST}/X-SHARE/edit");
    let page = nation.page(&edit).await;
    let again = page.form_fields("form[method=post]");
    for (name, value) in fields.iter().filter(|(name, _)| *name != "version" && *name != "from") {
        assert!(again.contains(&((*name).to_owned(), (*value).to_owned())), "{name}={value}: {again:?}");
    }
    // It has a page before a period of it is over.
    assert!(site.page(&format!("{LIST}/X-SHARE")).await.one("main").contains("C-ONTIME"));
}
