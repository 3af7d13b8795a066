//! `/governance/warnings`: the most severe first, with counts by severity and age.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::ToSpan as _;
use serde::Deserialize;
use warnings::{RuleCode, Severity, State as Stage, Warning, WarningQuery};

use super::{figure, person, today, unit};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::{choices, value};
use crate::problem::Failure;
use crate::words::grouped;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    severity: String,
    rule: String,
    unit: String,
    /// `open`, `new`, `mine`, `closed`, `all`; empty for open.
    show: String,
    /// `week`, `month`, `older`; empty for any.
    age: String,
    after: String,
}

#[derive(Template)]
#[template(path = "governance/warnings/list.html")]
struct ListPage {
    visit: Visit,
    title: String,
    asked: Parameters,
    /// Address, number, name, tone, whether it is chosen.
    tiles: Vec<(String, String, &'static str, &'static str, bool)>,
    ages: Vec<(String, String, &'static str, bool)>,
    shows: Vec<(String, &'static str, bool)>,
    severities: Vec<Choice>,
    rules: Vec<Choice>,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
    narrowed: bool,
    /// Where the list is downloaded, as CSV and as a workbook.
    sheets: [String; 2],
    /// The unit to which the list is narrowed, and the list without.
    of_unit: Option<(String, String)>,
}

/// A warning of a list.
struct Row {
    address: String,
    severity: &'static str,
    code: &'static str,
    state: &'static str,
    subject: String,
    rule: String,
    value: String,
    limit: String,
    fired: String,
    age: i32,
    cleared: bool,
    again: u32,
    assignee: String,
    unit: String,
    unit_address: String,
}

impl Parameters {
    fn link(&self) -> Link {
        self.to("/governance/warnings")
    }

    fn to(&self, address: &str) -> Link {
        let link = Link::to(address).with("severity", &self.severity).with("rule", &self.rule);
        link.with("unit", &self.unit).with("show", &self.show).with("age", &self.age)
    }

    pub(super) fn query(&self, visit: &Visit, today: jiff::civil::Date) -> Result<WarningQuery, Failure> {
        let shows = ["", "open", "new", "mine", "closed", "all"];
        if !shows.contains(&self.show.as_str()) {
            return Err(Failure::parameter("show", &self.show, &shows[1..].join(", ")));
        }
        let ago = |days: i64| today.checked_sub(days.days()).ok();
        let (from, to) = match self.age.as_str() {
            "" => (None, None),
            "week" => (ago(6), None),
            "month" => (ago(29), ago(7)),
            "older" => (None, ago(30)),
            other => return Err(Failure::parameter("age", other, "week, month, older")),
        };
        Ok(WarningQuery {
            unit: value("unit", &self.unit, "an id")?,
            rule: value::<RuleCode>("rule", &self.rule, "W-TASK-LATE…")?,
            severity: value("severity", &self.severity, "note, attention, serious")?,
            state: match self.show.as_str() {
                "new" => Some(Stage::New),
                "closed" => Some(Stage::Closed),
                _ => None,
            },
            open: ["", "open", "mine"].contains(&self.show.as_str()),
            assignee: visit.actor.id().filter(|_| self.show == "mine").cloned(),
            from,
            to,
            after: Some(self.after.clone()).filter(|after| !after.is_empty()),
            limit: 0,
        })
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ReadGovernance)?;
    let (today, lang) = (today(&app), visit.lang.code());
    let query = asked.query(&visit, today)?;
    let found = app.warnings.warnings(&visit.actor, &query).await?;
    let without = |change: fn(&mut Parameters)| {
        let mut there = Parameters { after: String::new(), ..asked.clone() };
        change(&mut there);
        there
    };
    let of = WarningQuery { unit: query.unit.clone(), rule: query.rule.clone(), ..WarningQuery::default() };
    let counts = app.warnings.counts(&visit.actor, today, &of).await?;
    let tile = |(severity, count): &(Severity, u64)| {
        let chosen = query.severity == Some(*severity);
        let level = if chosen { String::new() } else { severity.code().to_owned() };
        let address = Parameters { severity: level, age: String::new(), show: String::new(), ..without(|_| ()) };
        let tone = match severity {
            Severity::Serious => "late",
            Severity::Attention => "soon",
            Severity::Note => "ok",
        };
        (address.link().address(), grouped(*count), severity.label(lang), tone, chosen)
    };
    let ages = [
        ("week", visit.t("7 天内", "within 7 days"), counts.week),
        ("month", visit.t("8 至 30 天", "8 to 30 days"), counts.month),
        ("older", visit.t("30 天以上", "older"), counts.older),
    ];
    let age = |(code, name, count): (&str, &'static str, u64)| {
        let chosen = asked.age == code;
        let age = if chosen { String::new() } else { code.to_owned() };
        let address = Parameters { age, show: String::new(), severity: String::new(), ..without(|_| ()) };
        (address.link().address(), grouped(count), name, chosen)
    };
    let shows = [
        ("", visit.t("未关闭", "Open")),
        ("new", visit.t("新预警", "New")),
        ("mine", visit.t("交我处置的", "Mine")),
        ("closed", visit.t("已关闭", "Closed")),
        ("all", visit.t("全部", "All")),
    ];
    let show = |(code, name): (&str, &'static str)| {
        let there = Parameters { show: code.to_owned(), ..without(|_| ()) };
        (there.link().address(), name, asked.show == code)
    };
    let rule = |rule: &warnings::Rule| Choice {
        value: rule.code.to_string(),
        name: rule.name.text(lang).to_owned(),
        chosen: query.rule.as_ref() == Some(&rule.code),
    };
    let mut rows = Vec::with_capacity(found.rows.len());
    for warning in &found.rows {
        rows.push(row(&app, &visit, warning, today).await?);
    }
    let of_unit = match &query.unit {
        Some(id) => {
            let all = without(|there| there.unit = String::new());
            Some((unit(&app, &visit, id).await?, all.link().address()))
        }
        None => None,
    };
    page(&ListPage {
        title: visit.t("预警", "Warnings").to_owned(),
        tiles: counts.by_severity.iter().map(tile).collect(),
        ages: ages.into_iter().map(age).collect(),
        shows: shows.into_iter().map(show).collect(),
        severities: choices(Severity::ALL, query.severity, Severity::code, |severity| severity.label(lang)),
        rules: app.warnings.rules(&visit.actor).await?.iter().map(rule).collect(),
        rows,
        first: query.after.is_some().then(|| asked.link().address()),
        next: found.next.map(|mark| asked.link().with("after", mark).address()),
        narrowed: asked.link().address() != "/governance/warnings",
        sheets: ["csv", "xlsx"].map(|end| asked.to(&format!("/governance/warnings/list.{end}")).address()),
        of_unit,
        asked,
        visit,
    })
}

async fn row(app: &App, visit: &Visit, warning: &Warning, today: jiff::civil::Date) -> Result<Row, Failure> {
    let lang = visit.lang.code();
    Ok(Row {
        address: format!("/governance/warnings/{}", warning.id),
        severity: warning.severity.label(lang),
        code: warning.severity.code(),
        state: warning.state.label(lang),
        subject: warning.reading.subject.name.text(lang).to_owned(),
        rule: warning.rule.name.text(lang).to_owned(),
        value: figure(warning.why.value),
        limit: warning.why.limit.map_or_else(String::new, |limit| figure(Some(limit))),
        fired: warnings::office_day(warning.fired_at).to_string(),
        age: warning.age(today),
        cleared: warning.cleared_at.is_some(),
        again: warning.again,
        assignee: person(app, warning.assignee.as_ref()).await?,
        unit: unit(app, visit, &warning.unit).await?,
        unit_address: Link::to("/governance/warnings").with("unit", warning.unit.as_str()).address(),
    })
}
