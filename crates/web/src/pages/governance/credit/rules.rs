//! `/governance/credit/rules`: the rules as everyone reads them; whoever keeps credit at the top issues the next edition.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::{CreditError, Edition};
use network::Fault;
use serde::Deserialize;

use super::{signed, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::network::value;
use crate::problem::Failure;
use crate::sent::Sent;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    edition: String,
}

#[derive(Template)]
#[template(path = "governance/credit/rules.html")]
struct RulesPage {
    visit: Visit,
    title: String,
    note: String,
    from: String,
    base: i64,
    most_bonus: i64,
    objection_days: i64,
    bands: Vec<(&'static str, &'static str, String)>,
    rules: Vec<RuleView>,
    editions: Vec<(String, String, bool)>,
    issues: bool,
    text: String,
    faults: Vec<String>,
}

struct RuleView {
    code: String,
    name: String,
    points: String,
    minus: bool,
    to_d: bool,
    months: String,
    most: String,
    ground: String,
    repair: String,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let number = value::<i64>("edition", &asked.edition, "1, 2, 3…")?;
    whole(visit, &app, number, (None, &[])).await
}

async fn whole(
    visit: Visit,
    app: &App,
    number: Option<i64>,
    (typed, faults): (Option<&str>, &[Fault]),
) -> Result<Response, Failure> {
    let (lang, today) = (visit.lang.code(), today(app));
    let book = app.credit.book().await?;
    let edition = match number {
        Some(number) => book.edition(number),
        None => book.on(today),
    };
    let edition: &Edition = edition.ok_or(Failure::NotFound)?;
    let issues = app.credit.require_top(&visit.actor, today).await.is_ok();
    let months = |months: Option<u32>| match (months, lang) {
        (Some(months), "zh") => format!("{months} 个月"),
        (Some(months), _) => format!("{months} months"),
        (None, "zh") => "长期".to_owned(),
        (None, _) => "for good".to_owned(),
    };
    let repair = |rule: &credit::Rule| match (rule.repair_after_months, &rule.condition) {
        _ if rule.points > 0 => String::new(),
        (Some(after), condition) => {
            let condition = condition.as_ref().map_or("", |words| words.text(lang));
            match lang {
                "zh" => format!("满 {after} 个月；{condition}"),
                _ => format!("after {after} months; {condition}"),
            }
        }
        (None, _) => visit.t("不予修复", "none").to_owned(),
    };
    let rule = |rule: &credit::Rule| RuleView {
        code: rule.code.clone(),
        name: rule.name.text(lang).to_owned(),
        points: signed(rule.points),
        minus: rule.points < 0,
        to_d: rule.to_d,
        months: months(rule.months),
        most: rule.most.map_or_else(String::new, |most| most.to_string()),
        ground: rule.ground.text(lang).to_owned(),
        repair: repair(rule),
    };
    let band = |band: &credit::Band| {
        let lowest = edition.bands.iter().all(|other| other.at_least >= band.at_least);
        let from = if lowest { visit.t("以下", "below").to_owned() } else { format!("≥ {}", band.at_least) };
        (band.grade.label(lang), band.grade.slug(), from)
    };
    let choice = |one: &Edition| {
        let name = format!("{} {}（{}）", visit.t("第", "Edition"), one.edition, one.from);
        (format!("/governance/credit/rules?edition={}", one.edition), name, one.edition == edition.edition)
    };
    let text = match typed {
        Some(text) => text.to_owned(),
        None if issues => app.credit.edition_text(edition.edition).await?,
        None => String::new(),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html = page(&RulesPage {
        title: visit.t("信用规则", "Rules of credit").to_owned(),
        note: edition.note.text(lang).to_owned(),
        from: edition.from.to_string(),
        base: edition.base,
        most_bonus: edition.most_bonus,
        objection_days: edition.objection_days,
        bands: edition.bands.iter().map(band).collect(),
        rules: edition.rules.iter().map(rule).collect(),
        editions: book.editions().iter().map(choice).collect(),
        issues,
        text,
        faults: faults.iter().map(|fault| fault.text(lang).to_owned()).collect(),
        visit,
    })?;
    Ok((status, html).into_response())
}

pub(crate) async fn issue(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    let text = sent.get("rules").replace("\r\n", "\n");
    match app.credit.issue((app.clock.now)(), &visit.actor, &text).await {
        Ok(edition) => {
            Ok(Redirect::to(&format!("/governance/credit/rules?edition={}", edition.edition)).into_response())
        }
        Err(CreditError::Invalid(faults)) => whole(visit, &app, None, (Some(&text), &faults)).await,
        Err(error @ CreditError::Edition { .. }) => {
            let fault = Fault { field: "rules".to_owned(), zh: error.text("zh"), en: error.text("en") };
            whole(visit, &app, None, (Some(&text), &[fault])).await
        }
        Err(error) => Err(error.into()),
    }
}
