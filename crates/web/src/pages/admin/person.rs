//! `/admin/people/{id}`: the roles of a person, given and taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use accounts::{AccountsError, Given, NewGrant, Permission, PersonId, Role};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use network::Fault;

use super::names;
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, summary};
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::account::overview::{RoleView, role_view};
use crate::pages::network::{moment, organisations_named};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Template)]
#[template(path = "admin/person.html")]
struct PersonPage<'a> {
    visit: &'a Visit,
    title: String,
    id: String,
    /// How the person is reached, hidden in part.
    contacts: Vec<String>,
    itself: bool,
    rows: Vec<Row>,
    groups: Vec<GroupView>,
    names: Vec<String>,
    faults: Vec<FaultLine>,
    /// Whether the actor may help someone back into an account.
    operates: bool,
    said: Option<&'a str>,
    /// A link to set a password, shown once.
    reset: Option<String>,
    trail: Option<String>,
}

/// A role that was given.
struct Row {
    id: String,
    role: RoleView,
    by: String,
}

fn named(id: &str) -> Result<PersonId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

/// What stands on the page besides the roles.
#[derive(Default)]
struct Besides<'a> {
    sent: Option<&'a Sent>,
    faults: Vec<Fault>,
    said: Option<&'a str>,
    reset: Option<String>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    answer(&visit, &app, &named(&id)?, Besides::default()).await
}

async fn answer(visit: &Visit, app: &App, id: &PersonId, besides: Besides<'_>) -> Result<Response, Failure> {
    visit.actor.require(Permission::ManageRoles)?;
    let given = app.accounts.grants_of(&visit.actor, id).await?;
    let masked = app.accounts.masked(std::slice::from_ref(id)).await?.pop().ok_or(Failure::NotFound)?;
    let givers: Vec<PersonId> = given
        .iter()
        .filter_map(|one| one.given_by.clone())
        .chain([id.clone()])
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let known = app.accounts.names(&givers).await?;
    // Whoever has a role here is known by name to those who give it; others stay masked.
    let title = if given.is_empty() { masked.name } else { known.get(id).cloned().unwrap_or(masked.name) };
    let by = |one: &Given| {
        let name = one.given_by.as_ref().and_then(|by| known.get(by)).cloned();
        name.unwrap_or_else(|| visit.t("系统", "the program").to_owned())
    };
    let mut rows = Vec::with_capacity(given.len());
    for one in &given {
        rows.push(Row { id: one.id.to_string(), role: role_view(app, visit, one).await?, by: by(one) });
    }
    rows.sort_by_key(|row| !row.role.holds);
    let Besides { sent, faults, said, reset } = besides;
    let groups = groups(visit, sent, &faults, moment(app).date());
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let reads_trail = visit.actor.may_everywhere(Permission::ReadAudit);
    let html = page(&PersonPage {
        visit,
        title,
        contacts: [masked.email, masked.telephone].into_iter().flatten().collect(),
        itself: visit.actor.id() == Some(id),
        rows,
        names: names(app, visit, Permission::ManageRoles).await?,
        faults: summary(&faults, &groups, visit.lang),
        groups,
        operates: visit.actor.may(Permission::Operate),
        said,
        reset,
        trail: reads_trail.then(|| Link::to("/admin/audit").with("person", id.as_str()).address()),
        id: id.to_string(),
    })?;
    Ok((status, html).into_response())
}

/// The form that gives a role.
fn groups(visit: &Visit, sent: Option<&Sent>, faults: &[Fault], today: Date) -> Vec<GroupView> {
    let lang = visit.lang;
    let value = |field: &str| sent.map_or("", |sent| sent.get(field));
    let operates = visit.actor.has(Role::Operator);
    let given = Role::ALL.iter().filter(|role| !matches!(role, Role::Visitor | Role::Client));
    let given = given.filter(|role| operates || !role.is_operators_to_give());
    let choice = |role: &Role| Choice {
        value: role.code().to_owned(),
        name: role.label(lang.code()).to_owned(),
        chosen: value("role") == role.code(),
    };
    let from = if sent.is_some() { value("from").to_owned() } else { today.to_string() };
    let everywhere = visit.actor.may_everywhere(Permission::ManageRoles);
    let organisation = FieldView::new("organisation", visit.t("机构", "Organisation"), "text");
    let organisation = organisation.value(value("organisation")).suggests("organisations").hint(if everywhere {
        visit.t(
            "全称或标识；对它和它的下级有效。留空为整个平台",
            "Whole name or id; holds there and under it. Empty for the whole site",
        )
    } else {
        visit.t("全称或标识；对它和它的下级有效", "Whole name or id; holds there and under it")
    });
    let fields = vec![
        FieldView::new("role", visit.t("角色", "Role"), "choice").choices(given.map(choice).collect()).needed(),
        FieldView { needed: !everywhere, ..organisation },
        FieldView::new("from", visit.t("自哪天起", "From the day"), "date").value(from),
        FieldView::new("until", visit.t("到哪天止（含）", "Until the day, included"), "date")
            .value(value("until"))
            .hint(visit.t("留空为长期", "Empty for good")),
        FieldView::new("reason", visit.t("理由", "Reason"), "area").value(value("reason")),
    ];
    let fields = fields.into_iter().map(|field| field.of(faults, lang)).collect();
    vec![GroupView { name: visit.t("授予角色", "Give a role").to_owned(), fields }]
}

pub(crate) async fn give(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ManageRoles)?;
    let person = named(&id)?;
    let mut faults = Vec::new();
    let new = asked(&app, &person, &sent, &mut faults).await?;
    let Some(new) = new.filter(|_| faults.is_empty()) else {
        return answer(&visit, &app, &person, Besides { sent: Some(&sent), faults, ..Besides::default() }).await;
    };
    match app.accounts.give(&visit.actor, &new, (app.clock.now)(), &mut app.random()).await {
        Ok(_) => Ok(Redirect::to(&format!("/admin/people/{person}")).into_response()),
        Err(error) => {
            let faults = typed_wrong(error)?;
            answer(&visit, &app, &person, Besides { sent: Some(&sent), faults, ..Besides::default() }).await
        }
    }
}

/// The role that a form asks for.
async fn asked(
    app: &App,
    person: &PersonId,
    sent: &Sent,
    faults: &mut Vec<Fault>,
) -> Result<Option<NewGrant>, Failure> {
    let today = moment(app).date();
    let from = sent.from(today).map_err(|fault| faults.push(fault)).unwrap_or(today);
    let until = match sent.get("until").trim() {
        "" => None,
        text => {
            let day = text.parse::<Date>().ok().and_then(|day| day.tomorrow().ok());
            if day.is_none() {
                faults.push(fault("until", "日期写作 2026-07-01", "write the day as 2026-07-01"));
            }
            day
        }
    };
    let organisation = sent.get("organisation").trim();
    let named = organisations_named(app, ("organisation", organisation), from).await?;
    let organisation = named.map_err(|wrong| faults.extend(wrong)).unwrap_or_default().into_iter().next();
    let Ok(role) = sent.get("role").parse::<Role>() else {
        faults.push(fault("role", "请选择角色", "choose a role"));
        return Ok(None);
    };
    let reason = Some(sent.get("reason").trim().to_owned()).filter(|reason| !reason.is_empty());
    Ok(Some(NewGrant { person: person.clone(), role, organisation, from, to: until, reason }))
}

/// What is wrong with a role that was asked for; every other failure goes on.
fn typed_wrong(error: AccountsError) -> Result<Vec<Fault>, Failure> {
    match error {
        AccountsError::Invalid(faults) => {
            let renamed =
                |fault: Fault| if fault.field == "to" { Fault { field: "until".into(), ..fault } } else { fault };
            Ok(faults.into_iter().map(renamed).collect())
        }
        AccountsError::NotGiven(_)
        | AccountsError::OperatorsOnly(_)
        | AccountsError::EverywhereOnly(_)
        | AccountsError::LastOperator => Ok(vec![fault(error.field(), &error.text("zh"), &error.text("en"))]),
        AccountsError::Network(error) if error.is_about_what_was_asked() => {
            Ok(vec![fault("organisation", &error.text("zh"), &error.text("en"))])
        }
        error => Err(error.into()),
    }
}

pub(crate) async fn take(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    visit.actor.require(Permission::ManageRoles)?;
    let person = named(&id)?;
    let grant = sent.get("grant").parse().map_err(|_| Failure::from(AccountsError::NoGrant))?;
    let reason = Some(sent.get("reason").trim()).filter(|reason| !reason.is_empty());
    match app.accounts.take(&visit.actor, &grant, reason, (app.clock.now)()).await {
        // Taken twice is taken: the page shows how it is.
        Ok(()) | Err(AccountsError::NoGrant) => Ok(Redirect::to(&format!("/admin/people/{person}")).into_response()),
        Err(error) => {
            let faults = typed_wrong(error)?;
            answer(&visit, &app, &person, Besides { faults, ..Besides::default() }).await
        }
    }
}

/// A link to set a password, to be handed over by an operator.
pub(crate) async fn reset_link(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let person = named(&id)?;
    let link = app.accounts.reset_link(&visit.actor, &person, (app.clock.now)(), &mut app.random()).await?;
    let address = Link::to("/sign-in/password").with("token", link.token.text()).address();
    let site = app.settings.public_url.clone().unwrap_or_default();
    let reset = Some(format!("{site}{address}"));
    answer(&visit, &app, &person, Besides { reset, ..Besides::default() }).await
}

/// Turns the second step of someone off who has lost it.
pub(crate) async fn lift(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let person = named(&id)?;
    let reason = sent.get("reason").trim();
    visit.actor.require(Permission::Operate)?;
    if reason.is_empty() {
        let faults = vec![fault("", "代为关闭两步验证须写明理由", "say why the second step is lifted")];
        return answer(&visit, &app, &person, Besides { faults, ..Besides::default() }).await;
    }
    match app.accounts.lift_second_step(&visit.actor, &person, reason, (app.clock.now)()).await {
        Ok(()) => {
            let said = Some(visit.t("两步验证已关闭。", "The second step is off."));
            answer(&visit, &app, &person, Besides { said, ..Besides::default() }).await
        }
        Err(AccountsError::NoSecondStep) => {
            let said = Some(visit.t("没有开启两步验证。", "There is no second step."));
            answer(&visit, &app, &person, Besides { said, ..Besides::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}
