//! `/governance/assessments/new`: which scheme, which year, which units.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use assessment::{AssessmentError, NewAssessment, SchemeState, SchemeVersion, Text, gather, open_assessment};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use network::{Fault, OrganisationId};
use serde::Deserialize;

use super::people::keepers;
use super::{HERE, begin, inputs, key, tabs, today};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::pages::desk::people;
use crate::pages::network::failed;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Units to tick at most.
const MOST: usize = 500;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    keeper: String,
    /// Code and version: `outlet@1`.
    scheme: String,
}

#[derive(Template)]
#[template(path = "governance/assessments/new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    keepers: Vec<Choice>,
    schemes: Vec<Choice>,
    /// The second part, once keeper and scheme are chosen.
    form: Option<Form>,
    faults: Vec<FaultLine>,
}

/// The second part of the form.
struct Form {
    key: String,
    keeper: String,
    scheme: String,
    groups: Vec<GroupView>,
    level: &'static str,
    none: bool,
}

pub(crate) async fn ask(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::KeepAssessments)?;
    let sent = Sent(vec![("keeper".to_owned(), asked.keeper), ("scheme".to_owned(), asked.scheme)]);
    whole(&visit, &app, &sent, &[]).await
}

pub(crate) async fn open(visit: Visit, State(app): State<Arc<App>>, sent: Sent) -> Result<Response, Failure> {
    visit.actor.require(Permission::KeepAssessments)?;
    let mut faults = Vec::new();
    let year: i16 = sent.get("year").trim().parse().unwrap_or_default();
    let units: Vec<OrganisationId> = sent.all("units").filter_map(|unit| unit.parse().ok()).collect();
    let keeper: Option<OrganisationId> = sent.get("keeper").parse().ok();
    let (Some(keeper), Some(version)) = (keeper, chosen(&app, &visit, sent.get("scheme")).await?) else {
        faults.push(fault("scheme", "请选择组织机构和方案", "choose who keeps it and the scheme"));
        return whole(&visit, &app, &sent, &faults).await;
    };
    let title = Text::new(sent.get("title_zh").trim(), sent.get("title_en").trim());
    let new = NewAssessment {
        key: sent.get("key"),
        keeper: &keeper,
        title: &title,
        scheme: (&version.scheme.code, version.number),
        year,
        units: &units,
    };
    let given = gather(&inputs(&app), &version.scheme, &units, year).await?;
    let mut write = begin(&app).await?;
    match open_assessment(&mut write, (app.clock.now)(), &visit.actor, &new, &given).await {
        Ok(made) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("{HERE}/{}", made.id)).into_response())
        }
        Err(AssessmentError::Invalid(faults)) => {
            drop(write);
            let named = |fault: Fault| match fault.field.as_str() {
                "title" => Fault { field: "title_zh".to_owned(), ..fault },
                _ => fault,
            };
            whole(&visit, &app, &sent, &faults.into_iter().map(named).collect::<Vec<_>>()).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The published version that `code@number` names.
async fn chosen(app: &App, visit: &Visit, text: &str) -> Result<Option<SchemeVersion>, Failure> {
    let Some((code, number)) = text.split_once('@') else { return Ok(None) };
    let Ok(number) = number.parse::<i64>() else { return Ok(None) };
    let versions = app.assessments.versions(&visit.actor, code).await?;
    Ok(versions.into_iter().find(|version| version.number == number && version.state == SchemeState::Published))
}

async fn whole(visit: &Visit, app: &App, sent: &Sent, faults: &[Fault]) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let keeper: Option<OrganisationId> = sent.get("keeper").parse().ok();
    let mut schemes = Vec::new();
    for version in app.assessments.schemes(&visit.actor).await? {
        let all = app.assessments.versions(&visit.actor, &version.scheme.code).await?;
        let Some(newest) = all.into_iter().find(|version| version.state == SchemeState::Published) else { continue };
        let value = format!("{}@{}", newest.scheme.code, newest.number);
        let name = format!("{} v{}", newest.scheme.title.text(lang), newest.number);
        schemes.push(Choice { chosen: value == sent.get("scheme"), value, name });
    }
    let version = chosen(app, visit, sent.get("scheme")).await?;
    let form = match (&keeper, &version) {
        (Some(keeper), Some(version)) => Some(form(app, visit, (keeper, version), sent, faults).await?),
        _ => None,
    };
    let groups = form.as_ref().map_or(&[][..], |form| &form.groups);
    let html = page(&NewPage {
        visit,
        title: visit.t("组织考核", "Open an assessment").to_owned(),
        tabs: tabs(visit),
        keepers: keepers(app, visit, keeper.as_ref()).await?,
        schemes,
        faults: summary(faults, groups, visit.lang),
        form,
    })?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

async fn form(
    app: &App,
    visit: &Visit,
    (keeper, version): (&OrganisationId, &SchemeVersion),
    sent: &Sent,
    faults: &[Fault],
) -> Result<Form, Failure> {
    let (lang, scheme) = (visit.lang.code(), &version.scheme);
    let under = app.network.descendants(keeper, today(app)).await.map_err(failed)?;
    let fits = |node: &network::Node| {
        node.level == scheme.level && scheme.unit_kind.is_none_or(|kind| kind == node.kind) && node.id != *keeper
    };
    let nodes: Vec<network::Node> = under.into_iter().filter(fits).take(MOST).collect();
    let again = sent.given("year").is_some();
    let units: Vec<Choice> = nodes
        .iter()
        .map(|node| {
            let value = node.id.to_string();
            let chosen = !again || sent.all("units").any(|unit| unit == value);
            Choice { name: people::name(node, visit), chosen, value }
        })
        .collect();
    let year = today(app).year() - 1;
    let or = |name: &str, value: String| sent.given(name).map_or(value, str::to_owned);
    let year_text = or("year", year.to_string());
    let field = |field: FieldView| field.of(faults, visit.lang);
    let zh = or("title_zh", format!("{}（{year} 年度）", scheme.title.text("zh")));
    let en = or("title_en", format!("{} {year}", scheme.title.text("en")));
    let none = units.is_empty();
    let groups = vec![
        GroupView {
            name: visit.t("名称与年度", "Title and year").to_owned(),
            fields: vec![
                field(
                    FieldView::new("title_zh", visit.t("名称（中文）", "Title (Chinese)"), "text").value(zh).needed(),
                ),
                field(FieldView::new("title_en", visit.t("名称（英文）", "Title (English)"), "text").value(en)),
                field(
                    FieldView::new("year", visit.t("考核年度", "Year assessed"), "number")
                        .typed("numeric")
                        .value(year_text)
                        .needed(),
                ),
            ],
        },
        GroupView {
            name: visit.t("被考核单位", "Units").to_owned(),
            fields: vec![field(
                FieldView::new("units", visit.t("勾选单位", "Tick the units"), "choices").choices(units),
            )],
        },
    ];
    let key = sent.given("key").map_or_else(|| key(app), str::to_owned);
    let (keeper, scheme_of) = (keeper.to_string(), sent.get("scheme").to_owned());
    Ok(Form { key, keeper, scheme: scheme_of, groups, level: scheme.level.label(lang), none })
}
