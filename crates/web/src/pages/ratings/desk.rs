//! `/desk/ratings`: what was said of one's outlets, with numbers that open their lists.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use network::OrganisationId;
use ratings::{Channel, Counts, Level, RatingQuery, Standing};
use serde::Deserialize;

use super::names::Names;
use super::row::RatingView;
use super::{tabs, tenths};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::pages::network::{choices, value};
use crate::problem::Failure;
use crate::words::grouped;

/// Parameters as they stand in the address; an empty one asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    pub(super) outlet: String,
    pub(super) item: String,
    pub(super) level: String,
    pub(super) bad: String,
    pub(super) channel: String,
    pub(super) standing: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) after: String,
}

#[derive(Template)]
#[template(path = "ratings/desk.html")]
struct DeskPage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    asked: Parameters,
    outlets: Vec<Choice>,
    items: Vec<Choice>,
    levels: Vec<Choice>,
    channels: Vec<Choice>,
    standings: Vec<Choice>,
    total: String,
    satisfaction: Option<(String, String)>,
    counts: Vec<CountView>,
    rows: Vec<RatingView>,
    first: String,
    next: Option<String>,
    narrowed: bool,
    standard: String,
}

/// How many of a level, with their list.
struct CountView {
    name: &'static str,
    count: String,
    share: u64,
    address: String,
    chosen: bool,
}

impl Parameters {
    /// The question to the ratings.
    pub(super) fn query(&self) -> Result<RatingQuery, Failure> {
        let codes = |all: &[&str]| all.join(", ");
        let levels: Vec<&str> = Level::ALL.iter().map(|level| level.code()).collect();
        let channels: Vec<&str> = Channel::ALL.iter().map(|channel| channel.code()).collect();
        let standings: Vec<&str> = Standing::ALL.iter().map(|standing| standing.code()).collect();
        Ok(RatingQuery {
            outlet: value("outlet", &self.outlet, "an id")?,
            item: value("item", &self.item, "B02")?,
            level: value("level", &self.level, &codes(&levels))?,
            bad: !self.bad.is_empty(),
            channel: value("channel", &self.channel, &codes(&channels))?,
            standing: value("standing", &self.standing, &codes(&standings))?,
            from: value("from", &self.from, "YYYY-MM-DD")?,
            to: value("to", &self.to, "YYYY-MM-DD")?,
            after: Some(self.after.clone()).filter(|after| !after.is_empty()),
            limit: 0,
        })
    }

    /// The address of the first page.
    pub(super) fn link(&self, path: &str) -> Link {
        Link::to(path)
            .with("outlet", &self.outlet)
            .with("item", &self.item)
            .with("level", &self.level)
            .with("bad", &self.bad)
            .with("channel", &self.channel)
            .with("standing", &self.standing)
            .with("from", &self.from)
            .with("to", &self.to)
    }

    /// Whether one of the less used conditions is set.
    fn has_more(&self) -> bool {
        [&self.channel, &self.standing, &self.from, &self.to].iter().any(|text| !text.is_empty())
    }

    fn address(&self) -> String {
        self.link("/desk/ratings").address()
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let query = asked.query()?;
    let found = app.ratings.ratings(&visit.actor, &query).await?;
    // Numbers beside the levels are of the same list whatever level is chosen.
    let all = RatingQuery { level: None, bad: false, after: None, ..query.clone() };
    let counts = app.ratings.counts(&visit.actor, &all).await?;
    let listed = app.ratings.counts(&visit.actor, &RatingQuery { after: None, ..query.clone() }).await?;
    let mut names = Names::new(&app, &visit);
    let mut rows = Vec::with_capacity(found.rows.len());
    for rating in &found.rows {
        rows.push(RatingView::new(rating, &mut names, &visit).await?);
    }
    let lang = visit.lang.code();
    page(&DeskPage {
        title: visit.t("评价", "Ratings").to_owned(),
        tabs: tabs(&visit),
        outlets: outlets(&mut names, &visit, query.outlet.as_ref()).await?,
        items: names.items(&asked.item).await?,
        levels: choices(Level::ALL, query.level, Level::code, |level| level.label(lang)),
        channels: choices(Channel::ALL, query.channel, Channel::code, |channel| channel.label(lang)),
        standings: choices(Standing::ALL, query.standing, Standing::code, |standing| standing.label(lang)),
        total: grouped(listed.total()),
        satisfaction: counts.figure().map(|figure| (tenths(figure.satisfaction), format!("{:.2}", figure.stars))),
        counts: counted(&counts, &asked, query.level, lang),
        rows,
        first: asked.address(),
        next: found.next.map(|mark| asked.link("/desk/ratings").with("after", mark).address()),
        narrowed: asked.address() != "/desk/ratings",
        standard: asked.link("/desk/ratings/standard.json").address(),
        asked,
        visit,
    })
}

/// The outlets whose ratings the visitor reads.
pub(super) async fn outlets(
    names: &mut Names<'_>,
    visit: &Visit,
    chosen: Option<&OrganisationId>,
) -> Result<Vec<Choice>, Failure> {
    let covers = [Permission::AnswerRatings, Permission::ReviewRatings].map(|one| visit.actor.cover(one));
    names.choices(covers.into_iter().flatten().next(), chosen).await
}

fn counted(counts: &Counts, asked: &Parameters, chosen: Option<Level>, lang: &str) -> Vec<CountView> {
    let most = Level::ALL.iter().map(|level| counts.of(*level)).max().unwrap_or(0).max(1);
    let view = |level: &Level| {
        let is_chosen = chosen == Some(*level);
        let narrowed = if is_chosen { String::new() } else { level.code().to_owned() };
        CountView {
            name: level.label(lang),
            count: grouped(counts.of(*level)),
            share: counts.of(*level) * 100 / most,
            address: Parameters { level: narrowed, bad: String::new(), ..asked.clone() }.address(),
            chosen: is_chosen,
        }
    };
    Level::ALL.iter().map(view).collect()
}
