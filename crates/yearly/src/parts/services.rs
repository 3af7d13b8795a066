//! What was asked for and how it was done.

use std::collections::BTreeMap;

use cases::{By, FiguresQuery, ItemFigures};
use charts::{Bars, Kind, Mark, TableCell};
use services::{ItemCode, ItemQuery};

use crate::chapter::{count, figure, linked, number, percent, table, text};
use crate::gather::About;
use crate::{Chapter, YearlyError};

/// Items that are drawn; the table has all.
const DRAWN: usize = 15;

pub(super) async fn chapter(about: &About<'_>) -> Result<Chapter, YearlyError> {
    let query = FiguresQuery { from: about.from, to: about.to, outlet: None, item: None };
    let figures = about.rooms.cases.figures(By::from(&about.reader), &query).await?;
    let (mut by_item, mut by_outlet) = (BTreeMap::<ItemCode, ItemFigures>::new(), BTreeMap::new());
    for row in &figures.rows {
        add(by_item.entry(row.item.clone()), row);
        add(by_outlet.entry(row.outlet.clone()), row);
    }
    let mut items: Vec<&ItemFigures> = by_item.values().collect();
    items.sort_by(|a, b| (b.received, &a.item).cmp(&(a.received, &b.item)));
    let mut outlets: Vec<&ItemFigures> = by_outlet.values().collect();
    outlets.sort_by(|a, b| (b.received, &a.outlet).cmp(&(a.received, &b.outlet)));
    let known = about.rooms.services.items_on(about.to, &ItemQuery::default()).await?;
    let named = |code: &ItemCode| {
        let version = known.iter().find(|version| version.code == *code);
        version.map_or_else(|| code.to_string(), |version| version.item.title.text(about.lang()).to_owned())
    };
    let span = format!("from={}&to={}", about.from, about.to);
    let of_item = |row: &ItemFigures| format!("/desk?item={}&{span}", row.item);
    let of_outlet = |row: &ItemFigures| format!("/desk?outlet={}&{span}", row.outlet);
    let rows = |name: &dyn Fn(&ItemFigures) -> String, list: &dyn Fn(&ItemFigures) -> String, all: &[&ItemFigures]| {
        all.iter().map(|row| cells(row, name(row), list(row))).collect::<Vec<_>>()
    };
    let marks = items.iter().take(DRAWN).map(|row| Mark {
        label: named(&row.item),
        value: row.received as f64,
        href: Some(of_item(row)),
        note: None,
    });
    let bars = Bars {
        label_head: about.t("服务事项", "Service").to_owned(),
        value_head: about.t("收件", "Requests").to_owned(),
        marks: marks.collect(),
    };
    let (most, by_outlet) =
        (about.t("需求最多的服务事项", "What was asked for most"), about.t("各网点办理情况", "By outlet"));
    let (item_heads, outlet_heads) =
        (heads(about, about.t("服务事项", "Service")), heads(about, about.t("网点", "Outlet")));
    Ok(Chapter {
        key: "services",
        title: about.t("公共服务", "Services").to_owned(),
        text: vec![told(about, &items)],
        figures: vec![figure("asked", most, String::new(), about.t("没有收件", "No requests"), Kind::Bars(bars))],
        tables: vec![
            table(about.t("按服务事项", "By service"), &item_heads, rows(&|row| named(&row.item), &of_item, &items)),
            table(by_outlet, &outlet_heads, rows(&|row| about.name_of(&row.outlet), &of_outlet, &outlets)),
        ],
        source: if about.zh {
            format!("来源：本平台办件，{} 至 {}；按现承办网点计", about.from, about.to)
        } else {
            format!("Source: cases of this platform, {} to {}, by the outlet that has them", about.from, about.to)
        },
    })
}

fn heads<'a>(about: &'a About<'_>, first: &'a str) -> [&'a str; 6] {
    [
        first,
        about.t("收件", "Received"),
        about.t("受理", "Accepted"),
        about.t("交付", "Delivered"),
        about.t("按期率", "On time"),
        about.t("平均工作日", "Working days"),
    ]
}

fn cells(row: &ItemFigures, name: String, list: String) -> Vec<TableCell> {
    vec![
        text(name),
        linked(count(row.received), list),
        count(row.accepted),
        count(row.delivered),
        percent(row.on_time_rate()),
        number(row.mean_working_days().map(|days| (days * 10.0).round() / 10.0)),
    ]
}

fn add<K: Ord>(entry: std::collections::btree_map::Entry<'_, K, ItemFigures>, row: &ItemFigures) {
    let sum = entry.or_insert_with(|| ItemFigures::none(row.outlet.clone(), row.item.clone()));
    sum.received += row.received;
    sum.accepted += row.accepted;
    sum.delivered += row.delivered;
    sum.on_time += row.on_time;
    sum.late += row.late;
    sum.working_days += row.working_days;
    sum.closed += row.closed;
}

fn told(about: &About<'_>, items: &[&ItemFigures]) -> String {
    let Some(first) = items.first() else {
        return about.t("本年度没有收到服务需求。", "No request came in this year.").to_owned();
    };
    let mut sum = ItemFigures::none(first.outlet.clone(), first.item.clone());
    for row in items {
        sum.received += row.received;
        sum.delivered += row.delivered;
        sum.on_time += row.on_time;
        sum.late += row.late;
    }
    let rate = sum.on_time_rate().map_or_else(|| "—".to_owned(), |rate| format!("{:.1} %", rate * 100.0));
    if about.zh {
        format!(
            "共收到服务需求 {} 件，涉及 {} 个服务事项；交付 {} 件，按期率 {rate}。",
            sum.received,
            items.len(),
            sum.delivered
        )
    } else {
        format!(
            "{} requests came in for {} services; {} were delivered, {rate} of them in time.",
            sum.received,
            items.len(),
            sum.delivered
        )
    }
}
