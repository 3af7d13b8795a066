//! `/services`: the items in force on a day.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use services::{Group, ServiceObject, Theme, Version};

use super::asked::{Asked, Parameters};
use super::{address, today};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::network::choices;
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "services/list.html")]
struct ListPage {
    visit: Visit,
    title: String,
    asked: Asked,
    day: String,
    themes: Vec<Choice>,
    objects: Vec<Choice>,
    chips: Vec<(String, String)>,
    facets: Vec<FacetView>,
    total: usize,
    groups: Vec<GroupView>,
    /// Whether anything is in force on the day.
    is_empty: bool,
    keeps: bool,
    csv: String,
    json: String,
}

/// A condition with its values, each with its number and the list behind it.
struct FacetView {
    id: &'static str,
    name: &'static str,
    values: Vec<ValueView>,
}

struct ValueView {
    name: &'static str,
    count: usize,
    share: String,
    address: String,
    active: bool,
}

/// The items of one list of the catalogue.
struct GroupView {
    id: &'static str,
    name: &'static str,
    about: &'static str,
    cards: Vec<CardView>,
}

/// An item at a glance.
pub(crate) struct CardView {
    pub(crate) address: String,
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) theme: &'static str,
    pub(crate) summary: String,
    /// How long it takes, in words.
    pub(crate) limit: String,
    pub(crate) fee: &'static str,
    pub(crate) online: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let asked = Asked::read(&parameters)?;
    let day = asked.on.unwrap_or(today(&app));
    let found = app.services.list(day, &asked.query()).await?;
    let nothing_asked = Asked { on: asked.on, ..Asked::default() } == asked;
    let lang = visit.lang.code();
    let facets = vec![
        facet(
            ("groups", visit.t("服务类别", "Lists")),
            found.groups.iter().map(|(group, count)| {
                let active = asked.group == Some(*group);
                let other = Asked { group: (!active).then_some(*group), ..asked.clone() };
                (group.label(lang), *count, other.address(), active)
            }),
        ),
        facet(
            ("themes", visit.t("主题", "Themes")),
            found.themes.iter().map(|(theme, count)| {
                let active = asked.theme == Some(*theme);
                let other = Asked { theme: (!active).then_some(*theme), ..asked.clone() };
                (theme.label(lang), *count, other.address(), active)
            }),
        ),
        facet(
            ("objects", visit.t("服务对象", "Whom they are for")),
            found.objects.iter().map(|(object, count)| {
                let active = asked.object == Some(*object);
                let other = Asked { object: (!active).then_some(*object), ..asked.clone() };
                (object.label(lang), *count, other.address(), active)
            }),
        ),
    ];
    let group = |group: &Group| {
        let cards = found.items.iter().filter(|version| version.item.group == *group);
        GroupView {
            id: group.code(),
            name: group.label(lang),
            about: about(*group, &visit),
            cards: cards.map(|version| CardView::new(version, &asked, &visit)).collect(),
        }
    };
    page(&ListPage {
        title: visit.t("服务事项", "Services").to_owned(),
        day: day.to_string(),
        themes: choices(Theme::ALL, asked.theme, Theme::code, |theme| theme.label(lang)),
        objects: choices(ServiceObject::ALL, asked.object, ServiceObject::code, |object| object.label(lang)),
        chips: chips(&asked, &visit),
        facets: facets.into_iter().filter(|facet| !facet.values.is_empty()).collect(),
        total: found.items.len(),
        groups: Group::ALL.iter().map(group).filter(|group| !group.cards.is_empty()).collect(),
        is_empty: nothing_asked && found.items.is_empty(),
        keeps: visit.actor.may(Permission::EditItems) || visit.actor.may(Permission::PublishItems),
        csv: asked.file("/services.csv"),
        json: asked.file("/services.json"),
        asked,
        visit,
    })
}

fn facet(
    (id, name): (&'static str, &'static str),
    values: impl Iterator<Item = (&'static str, usize, String, bool)>,
) -> FacetView {
    let values: Vec<_> = values.filter(|(_, count, _, active)| *count > 0 || *active).collect();
    let most = values.iter().map(|(_, count, ..)| *count).max().unwrap_or(1).max(1);
    let value = |(name, count, address, active): (&'static str, usize, String, bool)| ValueView {
        name,
        count,
        share: (count * 100 / most).to_string(),
        address,
        active,
    };
    FacetView { id, name, values: values.into_iter().map(value).collect() }
}

fn about(group: Group, visit: &Visit) -> &'static str {
    let (zh, en) = match group {
        Group::Basic => {
            ("各网点面向社会公众提供，原则上免费。", "What every outlet does for everyone, free as a rule.")
        }
        Group::ValueAdded => {
            ("面向产业和企业的专项工作，按约定开展。", "Tailored work for industries and firms, as agreed.")
        }
        Group::OneWindow => (
            "在一个窗口收件、核对并转交主管部门办理。",
            "Papers for the authorities, taken, checked and handed on at one window.",
        ),
    };
    visit.lang.t(zh, en)
}

/// What is asked for, each with the address without it.
fn chips(asked: &Asked, visit: &Visit) -> Vec<(String, String)> {
    let lang = visit.lang.code();
    let all = [
        (Some(asked.q.clone()).filter(|text| !text.is_empty()), Asked { q: String::new(), ..asked.clone() }),
        (asked.group.map(|group| group.label(lang).to_owned()), Asked { group: None, ..asked.clone() }),
        (asked.theme.map(|theme| theme.label(lang).to_owned()), Asked { theme: None, ..asked.clone() }),
        (asked.object.map(|object| object.label(lang).to_owned()), Asked { object: None, ..asked.clone() }),
        (asked.on.map(|day| format!("{}{day}", visit.t("截至 ", "as of "))), Asked { on: None, ..asked.clone() }),
    ];
    all.into_iter().filter_map(|(name, without)| Some((name?, without.address()))).collect()
}

impl CardView {
    pub(crate) fn new(version: &Version, asked: &Asked, visit: &Visit) -> Self {
        let (item, lang) = (&version.item, visit.lang.code());
        let limit = item.promised_limit.as_ref().or(item.statutory_limit.as_ref());
        Self {
            address: address(&version.code, asked.on),
            code: version.code.to_string(),
            title: item.title.text(lang).to_owned(),
            theme: item.theme.label(lang),
            summary: item.summary.text(lang).to_owned(),
            limit: limit.map_or_else(|| item.processing.label(lang).to_owned(), |limit| limit.text(lang)),
            fee: if item.fees.is_empty() {
                visit.lang.t("免费", "free")
            } else {
                visit.lang.t("收费", "with a fee")
            },
            online: item.online,
        }
    }
}
