//! `/desk/figures`: what came, what was done, how long it took and what came of it, each number with its list.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use cases::{Dated, FiguresQuery, InboxQuery, ItemFigures, Outcome, OutcomeCount};
use charts::{Bars, Figure, Kind, Mark, Share, Style, Table};
use jiff::civil::Date;
use network::OrganisationId;
use serde::Deserialize;
use services::{ItemCode, ItemQuery, office_day};

use super::asked::Asked;
use super::{by, day, linked, people};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::network::{value, words};
use crate::problem::Failure;
use crate::words::grouped;

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    from: String,
    to: String,
    outlet: String,
    item: String,
    by: String,
}

#[derive(Template)]
#[template(path = "desk/figures.html")]
struct FiguresPage {
    visit: Visit,
    title: String,
    from: String,
    to: String,
    spans: Vec<(String, String, bool)>,
    outlets: Vec<Choice>,
    items: Vec<Choice>,
    /// By item or by outlet: name, address, whether it is shown.
    kinds: Vec<(&'static str, String, bool)>,
    by: String,
    totals: Vec<(&'static str, String, Option<String>)>,
    head: &'static str,
    rows: Vec<RowView>,
    drawings: Vec<Drawn>,
    is_empty: bool,
}

/// A row of the table: every number with the address of its list.
struct RowView {
    name: String,
    /// Received, accepted, delivered, delivered in time and late.
    counts: [(String, String); 5],
    rate: String,
    days: String,
    closed: (String, String),
}

/// A drawing.
struct Drawn {
    id: String,
    title: String,
    svg: String,
    table: Table,
}

/// The span and whose lists the numbers open.
struct Span {
    from: Date,
    to: Date,
}

impl Span {
    fn list(&self, dated: Dated, outlet: Option<&OrganisationId>, item: Option<&ItemCode>) -> Asked {
        Asked(InboxQuery {
            outlet: outlet.cloned(),
            item: item.cloned(),
            dated: Some(dated),
            from: Some(self.from),
            to: Some(self.to),
            ..InboxQuery::all()
        })
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let today = office_day((app.clock.now)());
    let from = day("from", &parameters.from)?.unwrap_or_else(|| first_of_year(today));
    let to = day("to", &parameters.to)?.unwrap_or(today);
    let outlet: Option<OrganisationId> = value("outlet", &parameters.outlet, "ID")?;
    let item: Option<ItemCode> = value("item", &parameters.item, "B01")?;
    let query = FiguresQuery { from, to, outlet: outlet.clone(), item: item.clone() };
    let figures = app.cases.figures(by(&visit), &query).await?;
    let outlets = people::outlets(&app, &visit, today).await?;
    let items = app.services.items_on(today, &ItemQuery::default()).await?;
    let span = Span { from, to };
    let lang = visit.lang.code();
    let by_outlet = parameters.by == "outlet";
    let names: BTreeMap<String, String> = if by_outlet {
        outlets.iter().map(|node| (node.id.to_string(), people::name(node, &visit))).collect()
    } else {
        items.iter().map(|one| (one.code.to_string(), format!("{} {}", one.code, one.item.title.text(lang)))).collect()
    };
    let mut sums: BTreeMap<String, ItemFigures> = BTreeMap::new();
    for row in &figures.rows {
        let key = if by_outlet { row.outlet.to_string() } else { row.item.to_string() };
        add(sums.entry(key).or_insert_with(|| ItemFigures::none(row.outlet.clone(), row.item.clone())), row);
    }
    let total = figures.rows.iter().fold(None, |sum: Option<ItemFigures>, row| {
        let mut sum = sum.unwrap_or_else(|| ItemFigures::none(row.outlet.clone(), row.item.clone()));
        add(&mut sum, row);
        Some(sum)
    });
    let mut sums: Vec<(String, ItemFigures)> = sums.into_iter().collect();
    sums.sort_by(|one, other| other.1.received.cmp(&one.1.received).then_with(|| one.0.cmp(&other.0)));
    let name = |key: &String| names.get(key).cloned().unwrap_or_else(|| key.clone());
    let of = |figures: &ItemFigures| {
        let outlet = if by_outlet { Some(figures.outlet.clone()) } else { outlet.clone() };
        let item = if by_outlet { item.clone() } else { Some(figures.item.clone()) };
        (outlet, item)
    };
    let rows: Vec<RowView> = sums
        .iter()
        .map(|(key, figures)| {
            let (outlet, item) = of(figures);
            row(name(key), figures, &span, (outlet.as_ref(), item.as_ref()))
        })
        .collect();
    let mut drawings = Vec::new();
    if let Some(total) = &total {
        let bars = received(&sums, &name, &span, &of, &visit);
        let outcomes = outcomes(&total.outcomes, &span, (outlet.as_ref(), item.as_ref()), &visit);
        drawings = [bars, outcomes].map(drawn).into();
    }
    let with = |pairs: [(&str, &str); 5]| linked("/desk/figures", &pairs);
    let kind = |code: &'static str, name: &'static str| {
        let pairs = [
            ("from", parameters.from.as_str()),
            ("to", &parameters.to),
            ("outlet", &parameters.outlet),
            ("item", &parameters.item),
            ("by", code),
        ];
        (name, with(pairs), parameters.by == code)
    };
    page(&FiguresPage {
        title: visit.t("办理统计", "Figures").to_owned(),
        spans: spans(today, (from, to), &parameters, &visit),
        kinds: vec![kind("", visit.t("按事项", "By item")), kind("outlet", visit.t("按网点", "By outlet"))],
        totals: totals(total.as_ref(), &span, (outlet.as_ref(), item.as_ref()), &visit),
        head: if by_outlet { visit.t("网点", "Outlet") } else { visit.t("事项", "Item") },
        is_empty: rows.is_empty(),
        rows,
        drawings,
        outlets: if outlets.len() > 1 { people::choices(&outlets, outlet.as_ref(), &visit) } else { Vec::new() },
        items: items
            .iter()
            .map(|one| Choice {
                value: one.code.to_string(),
                name: format!("{} {}", one.code, one.item.title.text(lang)),
                chosen: item.as_ref() == Some(&one.code),
            })
            .collect(),
        from: from.to_string(),
        to: to.to_string(),
        by: parameters.by,
        visit,
    })
}

fn first_of_year(day: Date) -> Date {
    Date::new(day.year(), 1, 1).unwrap_or(day)
}

/// This year, the last, this month, and the last thirty days.
fn spans(today: Date, shown: (Date, Date), asked: &Parameters, visit: &Visit) -> Vec<(String, String, bool)> {
    let year = first_of_year(today);
    let last = year.yesterday().unwrap_or(year);
    let all = [
        (visit.t("本月", "This month"), today.first_of_month(), today),
        (visit.t("今年", "This year"), year, today),
        (visit.t("去年", "Last year"), first_of_year(last), last),
    ];
    let view = |(name, from, to): (&str, Date, Date)| {
        let (from_text, to_text) = (from.to_string(), to.to_string());
        let pairs = [
            ("from", from_text.as_str()),
            ("to", &to_text),
            ("outlet", &asked.outlet),
            ("item", &asked.item),
            ("by", &asked.by),
        ];
        (name.to_owned(), linked("/desk/figures", &pairs), shown == (from, to))
    };
    all.into_iter().map(view).collect()
}

fn add(sum: &mut ItemFigures, more: &ItemFigures) {
    sum.received += more.received;
    sum.accepted += more.accepted;
    sum.delivered += more.delivered;
    sum.on_time += more.on_time;
    sum.late += more.late;
    sum.working_days += more.working_days;
    sum.closed += more.closed;
    for found in &more.outcomes {
        match sum.outcomes.iter_mut().find(|known| known.outcome == found.outcome) {
            Some(known) => known.count += found.count,
            None => sum.outcomes.push(*found),
        }
    }
}

/// The outlet and item whose list a number opens.
type Whose = (Option<OrganisationId>, Option<ItemCode>);
type Of<'a> = (Option<&'a OrganisationId>, Option<&'a ItemCode>);

fn row(name: String, figures: &ItemFigures, span: &Span, (outlet, item): Of<'_>) -> RowView {
    let listed = |count: u64, dated: Dated| (grouped(count), span.list(dated, outlet, item).address());
    let timed = |count: u64, on_time: bool| {
        let list = span.list(Dated::Delivered, outlet, item).with(|query| query.on_time = Some(on_time));
        (grouped(count), list.address())
    };
    RowView {
        name,
        counts: [
            listed(figures.received, Dated::Received),
            listed(figures.accepted, Dated::Accepted),
            listed(figures.delivered, Dated::Delivered),
            timed(figures.on_time, true),
            timed(figures.late, false),
        ],
        rate: percent(figures),
        days: mean(figures),
        closed: listed(figures.closed, Dated::Closed),
    }
}

fn percent(figures: &ItemFigures) -> String {
    figures.on_time_rate().map_or_else(|| "—".to_owned(), |rate| format!("{:.1}%", rate * 100.0))
}

fn mean(figures: &ItemFigures) -> String {
    figures.mean_working_days().map_or_else(|| "—".to_owned(), |days| format!("{days:.1}"))
}

fn totals(
    total: Option<&ItemFigures>,
    span: &Span,
    (outlet, item): Of<'_>,
    visit: &Visit,
) -> Vec<(&'static str, String, Option<String>)> {
    let Some(total) = total else { return Vec::new() };
    let list = |dated: Dated| Some(span.list(dated, outlet, item).address());
    vec![
        (visit.t("收件", "received"), grouped(total.received), list(Dated::Received)),
        (visit.t("受理", "accepted"), grouped(total.accepted), list(Dated::Accepted)),
        (visit.t("交付", "delivered"), grouped(total.delivered), list(Dated::Delivered)),
        (visit.t("办结", "closed"), grouped(total.closed), list(Dated::Closed)),
        (visit.t("按期交付率", "delivered in time"), percent(total), None),
        (visit.t("平均工作日", "working days on average"), mean(total), None),
    ]
}

fn received(
    sums: &[(String, ItemFigures)],
    name: &dyn Fn(&String) -> String,
    span: &Span,
    of: &dyn Fn(&ItemFigures) -> Whose,
    visit: &Visit,
) -> Figure {
    let mark = |(key, figures): &(String, ItemFigures)| {
        let (outlet, item) = of(figures);
        let list = span.list(Dated::Received, outlet.as_ref(), item.as_ref());
        Mark::count(name(key), figures.received).link(list.address())
    };
    let bars = Bars {
        label_head: visit.t("名称", "Name").to_owned(),
        value_head: visit.t("收件", "Received").to_owned(),
        marks: sums.iter().take(20).filter(|(_, figures)| figures.received > 0).map(mark).collect(),
    };
    let title = visit.t("收件最多的", "Most received");
    Figure::new("desk-received", title, words(visit), Kind::Bars(bars))
        .described(visit.t("期间内收到的办件数，最多的在上。", "Cases received in the span, most first."))
        .wide(560)
}

fn outcomes(all: &[OutcomeCount], span: &Span, (outlet, item): Of<'_>, visit: &Visit) -> Figure {
    let count = |outcome: Outcome| all.iter().find(|found| found.outcome == outcome).map_or(0, |found| found.count);
    let mark = |outcome: &Outcome| {
        let list = span.list(Dated::Closed, outlet, item).with(|query| query.outcome = Some(*outcome));
        Mark::count(outcome.label(visit.lang.code()), count(*outcome)).link(list.address())
    };
    let share = Share {
        label_head: visit.t("办理结果", "Outcome").to_owned(),
        value_head: visit.t("件数", "Cases").to_owned(),
        share_head: "%".to_owned(),
        marks: Outcome::ALL.iter().filter(|outcome| count(**outcome) > 0).map(mark).collect(),
    };
    let title = visit.t("办结的结果", "What came of those closed");
    Figure::new("desk-outcomes", title, words(visit), Kind::Share(share))
        .described(visit.t("期间内办结的办件按结果分布。", "Cases closed in the span by outcome."))
        .wide(560)
}

fn drawn(figure: Figure) -> Drawn {
    Drawn { svg: figure.svg(Style::Page), table: figure.table(), id: figure.id, title: figure.title }
}
