//! `/governance/credit`: agencies with their level, for everyone; what is announced.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use credit::{AgencyKind, AgencyQuery, Grade};
use network::RegionCode;
use serde::Deserialize;
use sheets::{Cell, Column, Kind};

use super::today;
use super::view::{EventView, place};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::{choices, value};
use crate::parcel::{Form, listing};
use crate::problem::Failure;
use crate::words::grouped;

/// Rows on a page.
const ROWS: usize = 50;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    q: String,
    region: String,
    kind: String,
    level: String,
    /// Number of the page, from 1.
    page: String,
    after: String,
}

#[derive(Template)]
#[template(path = "governance/credit/list.html")]
struct ListPage {
    visit: Visit,
    title: String,
    asked: Parameters,
    regions: Vec<Choice>,
    kinds: Vec<Choice>,
    /// Address, level, slug, number, whether it is chosen.
    grades: Vec<(String, &'static str, &'static str, String, bool)>,
    total: String,
    day: String,
    rows: Vec<Row>,
    before: Option<String>,
    next: Option<String>,
    keeps: bool,
    narrowed: bool,
    /// Where the list is downloaded, as CSV and as a workbook.
    sheets: [String; 2],
    source: String,
}

struct Row {
    address: String,
    name: String,
    kind: &'static str,
    place: String,
    grade: &'static str,
    slug: &'static str,
    total: i64,
    put_to_d: bool,
    announced: u64,
    closed: bool,
}

impl Parameters {
    fn link(&self) -> Link {
        self.to("/governance/credit")
    }

    fn to(&self, address: &str) -> Link {
        let link = Link::to(address).with("q", &self.q).with("region", &self.region);
        link.with("kind", &self.kind).with("level", &self.level)
    }

    fn query(&self) -> Result<AgencyQuery, Failure> {
        let grade = if self.level.is_empty() {
            None
        } else {
            let known = Grade::from_slug(&self.level);
            Some(known.ok_or_else(|| Failure::parameter("level", &self.level, "a-plus, a, b, c, d"))?)
        };
        Ok(AgencyQuery {
            words: self.q.clone(),
            region: value("region", &self.region, "six digits")?,
            kind: value("kind", &self.kind, "patent, trade-mark, both")?,
            grade,
            open: false,
            skip: 0,
            limit: ROWS,
        })
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let today = today(&app);
    let number = value::<usize>("page", &asked.page, "1, 2, 3…")?.unwrap_or(1).clamp(1, 100_000);
    let query = AgencyQuery { skip: (number - 1) * ROWS, ..asked.query()? };
    let found = app.credit.agencies(today, &query).await?;
    let lang = visit.lang.code();
    let grade = |(grade, count): (Grade, u64)| {
        let chosen = query.grade == Some(grade);
        let level = if chosen { String::new() } else { grade.slug().to_owned() };
        let address = Parameters { level, ..asked.clone() }.link().address();
        (address, grade.label(lang), grade.slug(), grouped(count), chosen)
    };
    let row = |listed: credit::Listed| Row {
        address: format!("/governance/credit/agencies/{}", listed.agency.id),
        name: listed.agency.name(lang).to_owned(),
        kind: listed.agency.particulars.kind.label(lang),
        place: place(&listed.agency, today, &visit),
        grade: listed.score.grade.label(lang),
        slug: listed.score.grade.slug(),
        total: listed.score.total,
        put_to_d: listed.score.put_to_d,
        announced: listed.announced,
        closed: listed.agency.particulars.closed.is_some_and(|closed| closed <= today),
    };
    let turn = |to: usize| asked.link().with("page", to.to_string()).address();
    let more = (number * ROWS) as u64;
    page(&ListPage {
        title: visit.t("代理机构信用", "Credit of agencies").to_owned(),
        regions: regions(query.region.as_ref(), today),
        kinds: choices(AgencyKind::ALL, query.kind, AgencyKind::code, |kind| kind.label(lang)),
        grades: found.grades.into_iter().map(grade).collect(),
        total: grouped(found.total),
        day: today.to_string(),
        rows: found.rows.into_iter().map(row).collect(),
        before: (number > 1).then(|| turn(number - 1)),
        next: (more < found.total).then(|| turn(number + 1)),
        keeps: visit.actor.may(Permission::KeepCredit),
        narrowed: asked.link().address() != "/governance/credit",
        sheets: ["csv", "xlsx"].map(|end| asked.to(&format!("/governance/credit/agencies.{end}")).address()),
        source: app.credit.book().await?.on(today).map_or_else(String::new, |e| e.note.text(lang).to_owned()),
        asked,
        visit,
    })
}

pub(crate) async fn csv(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    listed(&visit, &app, &asked, Form::Csv).await
}

pub(crate) async fn xlsx(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    listed(&visit, &app, &asked, Form::Xlsx).await
}

/// All agencies that are asked for, as a table.
#[expect(clippy::cast_precision_loss, reason = "scores and counts are small")]
async fn listed(visit: &Visit, app: &App, asked: &Parameters, form: Form) -> Result<Response, Failure> {
    let (today, lang) = (today(app), visit.lang.code());
    let found = app.credit.all_agencies(today, &asked.query()?).await?;
    let column = |key: &str, zh: &'static str, en: &'static str, kind| Column::new(key, visit.t(zh, en), kind);
    let columns = vec![
        column("name", "机构", "Agency", Kind::Text).wide(40),
        column("grade", "等级", "Level", Kind::Text),
        column("score", "信用分", "Score", Kind::Number),
        column("kind", "类别", "Kind", Kind::Text).wide(20),
        column("place", "地区", "Place", Kind::Text).wide(20),
        column("code", "代码", "Code", Kind::Text).wide(20),
        column("announced", "公示中事件", "Events announced", Kind::Number),
        column("closed", "注销日期", "Ended on", Kind::Date),
        column("page", "页面", "Page", Kind::Text).wide(50),
    ];
    let row = |listed: &credit::Listed| {
        let told = &listed.agency.particulars;
        vec![
            Cell::text(listed.agency.name(lang)),
            Cell::text(listed.score.grade.label(lang)),
            Cell::Number(listed.score.total as f64),
            Cell::text(told.kind.label(lang)),
            Cell::text(&place(&listed.agency, today, visit)),
            told.code.as_deref().map_or(Cell::Empty, Cell::text),
            Cell::Number(listed.announced as f64),
            told.closed.map_or(Cell::Empty, Cell::Date),
            Cell::text(&format!("/governance/credit/agencies/{}", listed.agency.id)),
        ]
    };
    let title = visit.t("代理机构信用", "Credit of agencies").to_owned();
    let source = app.credit.book().await?.on(today).map_or_else(String::new, |e| e.note.text(lang).to_owned());
    let guide = vec![format!("{} {today}", visit.t("截至", "As of")), source];
    let rows = found.rows.iter().map(row).collect();
    listing(&format!("agencies-{today}"), form, &sheets::Template { sheet: title.clone(), title, columns, rows, guide })
}

/// Provinces to choose from.
pub(super) fn regions(chosen: Option<&RegionCode>, day: jiff::civil::Date) -> Vec<Choice> {
    let choice = |region: &network::Region| Choice {
        value: region.code.to_string(),
        name: region.name.clone(),
        chosen: chosen == Some(&region.code),
    };
    network::planned_provinces(day).map(choice).collect()
}

#[derive(Template)]
#[template(path = "governance/credit/announcements.html")]
struct AnnouncementsPage {
    visit: Visit,
    title: String,
    rows: Vec<EventView>,
    first: Option<String>,
    next: Option<String>,
}

pub(crate) async fn announcements(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
    let found = app.credit.announcements(after, ROWS).await?;
    let book = app.credit.book().await?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for event in &found.rows {
        let agency = app.credit.agency(&event.agency).await?;
        rows.push(EventView::new(event, Some(&agency), &book, &visit));
    }
    let here = "/governance/credit/announcements";
    page(&AnnouncementsPage {
        title: visit.t("信用事件公示", "Announced credit events").to_owned(),
        rows,
        first: after.map(|_| here.to_owned()),
        next: found.next.map(|mark| Link::to(here).with("after", mark).address()),
        visit,
    })
}
