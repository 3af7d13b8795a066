//! `/desk/warnings`: what the monitoring (电子监察) warned of, and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use cases::{Warning, WarningRule};
use jiff::SignedDuration;
use jiff::civil::Date;
use network::OrganisationId;
use serde::Deserialize;
use services::office_day;

use super::{address, by, linked, moment, people};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::network::value;
use crate::problem::Failure;
use crate::words::grouped;

/// Days that can be chosen.
const DAYS: [i64; 4] = [7, 30, 90, 365];
/// Warnings shown at most.
const MOST: usize = 500;

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    rule: String,
    outlet: String,
    days: String,
}

#[derive(Template)]
#[template(path = "desk/warnings.html")]
struct WarningsPage {
    visit: Visit,
    title: String,
    spans: Vec<(String, String, bool)>,
    rules: Vec<RuleView>,
    outlets: Vec<Choice>,
    days: i64,
    rule: String,
    rows: Vec<RowView>,
    total: String,
    cut: bool,
}

/// A rule with how often it fired.
struct RuleView {
    name: &'static str,
    about: &'static str,
    count: String,
    address: String,
    active: bool,
}

/// A warning.
struct RowView {
    at: String,
    rule: &'static str,
    class: &'static str,
    why: String,
    reference: String,
    address: String,
    outlet: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let rule: Option<WarningRule> = value("rule", &asked.rule, "late, due-soon…")?;
    let outlet: Option<OrganisationId> = value("outlet", &asked.outlet, "ID")?;
    let days = value("days", &asked.days, "7, 30, 90, 365")?.unwrap_or(30).clamp(1, 3660);
    let now = (app.clock.now)();
    let today = office_day(now);
    let since = now - SignedDuration::from_hours(24 * days);
    let found = app.cases.warnings(by(&visit), outlet.as_ref(), since).await?;
    let outlets = people::outlets(&app, &visit, today).await?;
    let names: BTreeMap<&OrganisationId, String> =
        outlets.iter().map(|node| (&node.id, people::name(node, &visit))).collect();
    let with = |rule: &str, days: i64| {
        let days = if days == 30 { String::new() } else { days.to_string() };
        linked("/desk/warnings", &[("rule", rule), ("outlet", &asked.outlet), ("days", &days)])
    };
    let rules = WarningRule::ALL.iter().map(|one| {
        let active = rule == Some(*one);
        RuleView {
            name: one.label(visit.lang.code()),
            about: about(*one, &visit),
            count: grouped(found.iter().filter(|warning| warning.rule == *one).count() as u64),
            address: with(if active { "" } else { one.code() }, days),
            active,
        }
    });
    let shown: Vec<&Warning> = found.iter().filter(|warning| rule.is_none_or(|rule| warning.rule == rule)).collect();
    let row = |warning: &&Warning| RowView {
        at: moment(warning.at),
        rule: warning.rule.label(visit.lang.code()),
        class: class(warning.rule),
        why: why(warning, today, &visit),
        reference: warning.reference.to_string(),
        address: address(&warning.case),
        outlet: names.get(&warning.outlet).cloned().unwrap_or_default(),
    };
    let span = |length: &i64| {
        let name = visit.lang.t(&format!("{length} 天"), &format!("{length} days")).to_owned();
        (name, with(rule.map_or("", WarningRule::code), *length), *length == days)
    };
    page(&WarningsPage {
        title: visit.t("监察预警", "Warnings").to_owned(),
        spans: DAYS.iter().map(span).collect(),
        rules: rules.collect(),
        outlets: if outlets.len() > 1 { people::choices(&outlets, outlet.as_ref(), &visit) } else { Vec::new() },
        days,
        rule: asked.rule.clone(),
        rows: shown.iter().take(MOST).map(row).collect(),
        total: grouped(shown.len() as u64),
        cut: shown.len() > MOST,
        visit,
    })
}

/// What a rule looks for.
fn about(rule: WarningRule, visit: &Visit) -> &'static str {
    let (zh, en) = match rule {
        WarningRule::NotAccepted => ("超过受理期限仍未受理或答复", "neither taken nor refused within its time"),
        WarningRule::DueSoon => ("两个工作日内到期", "due within two working days"),
        WarningRule::Late => ("超过完成期限仍未交付", "past its deadline and not delivered"),
        WarningRule::NotSupplemented => ("申请人未按期补正", "the client did not bring what was missing in time"),
        WarningRule::PausedLong => ("停止计时超过 30 天", "the clock has stood for more than 30 days"),
        WarningRule::Idle => ("14 天没有任何处理", "nothing happened for 14 days"),
        WarningRule::NotArchived => ("交付 30 天后仍未归档", "delivered more than 30 days ago and not filed"),
    };
    visit.lang.t(zh, en)
}

fn class(rule: WarningRule) -> &'static str {
    match rule {
        WarningRule::NotAccepted | WarningRule::Late => "level-late",
        WarningRule::DueSoon | WarningRule::NotSupplemented => "level-soon",
        _ => "level-standing",
    }
}

/// Why a rule fired for a case: the day that it is about.
fn why(warning: &Warning, today: Date, visit: &Visit) -> String {
    let day = warning.period.get(..10).unwrap_or(&warning.period);
    let ago = day.parse::<Date>().ok().map_or(0, |day| (today - day).get_days());
    let (zh, en) = match warning.rule {
        WarningRule::NotAccepted => (format!("应于 {day} 前受理"), format!("to be taken by {day}")),
        WarningRule::DueSoon => (format!("{day} 到期"), format!("due on {day}")),
        WarningRule::Late => (format!("应于 {day} 前交付"), format!("to be delivered by {day}")),
        WarningRule::NotSupplemented => (format!("应于 {day} 前补正"), format!("to be supplemented by {day}")),
        WarningRule::PausedLong => {
            (format!("自 {day} 起停止计时，至今 {ago} 天"), format!("the clock stands since {day}, {ago} days"))
        }
        WarningRule::Idle => {
            (format!("自 {day} 起没有处理，至今 {ago} 天"), format!("nothing happened since {day}, {ago} days"))
        }
        WarningRule::NotArchived => {
            (format!("{day} 交付，至今 {ago} 天"), format!("delivered on {day}, {ago} days ago"))
        }
    };
    visit.lang.t(&zh, &en).to_owned()
}
