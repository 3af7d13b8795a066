//! `/admin`: what those do who run the service: people and their roles, the trail, what is sent out.

mod acts;
mod audit;
mod outbox;
mod people;
mod person;
mod webhooks;

use std::sync::Arc;

use accounts::{Cover, Permission};
use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use network::OrganisationId;

use crate::App;
use crate::frame::{Visit, page};
use crate::pages::network::{failed, moment};
use crate::problem::Failure;

/// What opens the administration: one of these, anywhere.
pub(crate) const ANY_OF: &[Permission] = &[
    Permission::EditItems,
    Permission::ManageRoles,
    Permission::ReadAudit,
    Permission::Operate,
    Permission::EditNetwork,
    Permission::ReviewRatings,
];

/// Names that a field offers to fill in, at most.
const MOST_NAMES: usize = 500;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/admin", get(show))
        .route("/admin/people", get(people::show))
        .route("/admin/people/find", post(people::find))
        .route("/admin/people/{id}", get(person::show))
        .route("/admin/people/{id}/roles", post(person::give))
        .route("/admin/people/{id}/take", post(person::take))
        .route("/admin/people/{id}/reset-link", post(person::reset_link))
        .route("/admin/people/{id}/lift", post(person::lift))
        .route("/admin/audit", get(audit::show))
        .route("/admin/audit/verify", post(audit::verify))
        .route("/admin/outbox", get(outbox::show))
        .route("/admin/outbox/again", post(outbox::again))
        .route("/admin/webhooks", get(webhooks::show))
        .route("/admin/webhooks/{id}", get(webhooks::one).post(webhooks::set))
}

/// A page of the administration and what it is for.
struct Card {
    path: &'static str,
    name: &'static str,
    about: &'static str,
}

/// A page of the administration: what it takes, address, name and purpose in both languages.
type Entry = (Permission, &'static str, [&'static str; 2], [&'static str; 2]);

/// Every page of the administration. A new one gets a line here.
const PAGES: &[Entry] = &[
    (
        Permission::ManageRoles,
        "/admin/people",
        ["人员与角色", "People and roles"],
        ["谁在哪个机构担任什么角色；授予和收回。", "Who has which role where; give and take roles."],
    ),
    (
        Permission::EditItems,
        "/services/keep",
        ["服务事项", "Service items"],
        [
            "起草、发布和停用事项，导入目录，设置工作日历。",
            "Draft, publish and withdraw items, import a catalogue, set the calendar.",
        ],
    ),
    (
        Permission::EditNetwork,
        "/network/new",
        ["登记机构", "Enter an organisation"],
        ["在服务网络中登记新的机构或网点。", "Enter a new organisation or outlet of the network."],
    ),
    (
        Permission::EditNetwork,
        "/network/import",
        ["导入机构", "Import organisations"],
        ["用 CSV 或 HSDS 文件登记和修改，可先试运行。", "Enter and change by a CSV or HSDS file, tried first."],
    ),
    (
        Permission::EditNetwork,
        "/admin/webhooks",
        ["推送地址", "Webhooks"],
        ["把办件和评价的通知推送到机构自己的系统。", "Tell an organisation's own system of requests and ratings."],
    ),
    (
        Permission::ReviewRatings,
        "/desk/appeals",
        ["评价复核", "Ratings under appeal"],
        ["复核网点对评价的申诉，作出结论。", "Look at appeals of outlets against ratings and decide."],
    ),
    (
        Permission::ReadAudit,
        "/admin/audit",
        ["审计日志", "Audit trail"],
        ["谁在何时对什么做了什么；校验日志是否完整。", "Who did what to what and when; whether the trail is whole."],
    ),
    (
        Permission::Operate,
        "/admin/outbox",
        ["通知发送", "Outbox"],
        ["积压和失败的邮件、推送；重新发送。", "Mails and webhooks that wait or failed; send again."],
    ),
];

impl Card {
    fn of(visit: &Visit, (_, path, name, about): &Entry) -> Self {
        Self { path, name: visit.lang.t(name[0], name[1]), about: visit.lang.t(about[0], about[1]) }
    }
}

/// The pages that the visitor may open.
pub(crate) fn pages(visit: &Visit) -> Vec<(&'static str, &'static str)> {
    let open = PAGES.iter().filter(|(permission, ..)| visit.actor.may(*permission));
    // Pages that stand elsewhere have no list beside them.
    let cards = open.map(|entry| Card::of(visit, entry)).map(|card| (card.path, card.name));
    let cards = cards.filter(|(path, _)| path.starts_with("/admin/"));
    [("/admin", visit.lang.t("概览", "Overview"))].into_iter().chain(cards).collect()
}

#[derive(Template)]
#[template(path = "admin/landing.html")]
struct LandingPage {
    visit: Visit,
    title: &'static str,
    cards: Vec<Card>,
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    visit.actor.require_one_of(ANY_OF)?;
    let open = PAGES.iter().filter(|(permission, ..)| visit.actor.may(*permission));
    let cards = open.map(|entry| Card::of(&visit, entry)).collect();
    page(&LandingPage { title: visit.lang.t("管理", "Administration"), cards, visit })
}

/// Names of the organisations where the actor may do this, for a field to offer; none where there are too many.
async fn names(app: &App, visit: &Visit, permission: Permission) -> Result<Vec<String>, Failure> {
    let cover = visit.actor.cover(permission);
    let tree = app.network.tree(moment(app).date()).await.map_err(failed)?;
    let holds = |id: &OrganisationId| cover.as_ref().is_some_and(|cover: &Cover| cover.holds(id));
    let lang = visit.lang.code();
    let name = |node: network::Node| match node.name_en {
        Some(name) if lang == "en" => name,
        _ => node.name_zh,
    };
    let names: Vec<String> = tree.into_iter().filter(|node| holds(&node.id)).map(name).take(MOST_NAMES + 1).collect();
    Ok(if names.len() > MOST_NAMES { Vec::new() } else { names })
}
