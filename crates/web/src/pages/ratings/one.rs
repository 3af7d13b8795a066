//! `/desk/ratings/{id}`: one rating for those who answer and review, with what followed from it.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use ratings::{FollowUp, RatingId};

use super::names::Names;
use super::row::RatingView;
use super::{named, tabs, today};
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Template)]
#[template(path = "ratings/one.html")]
struct OnePage {
    visit: Visit,
    title: String,
    tabs: Vec<(&'static str, &'static str, bool)>,
    rating: RatingView,
    follow_up: Option<FollowUpLine>,
    /// The appeal: its page, and what was decided.
    appeal: Option<(String, &'static str)>,
    /// Where to appeal, and until which day.
    may_appeal: Option<(String, String)>,
}

/// A follow-up in one line.
struct FollowUpLine {
    address: String,
    state: &'static str,
    due: String,
    late: bool,
    answer: Option<String>,
    result: Option<&'static str>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: RatingId = named(&id)?;
    let rating = app.ratings.rating(&visit.actor, &id).await?;
    let follow_up = app.ratings.follow_up_of(&visit.actor, &id).await?;
    let appeal = app.ratings.appeal_of(&visit.actor, &id).await?;
    let mut names = Names::new(&app, &visit);
    let view = RatingView::new(&rating, &mut names, &visit).await?;
    let lang = visit.lang.code();
    let until = rating.day.saturating_add(jiff::Span::new().days(ratings::APPEAL_DAYS));
    let answers = visit.actor.may_at(Permission::AnswerRatings, &rating.outlet);
    let may_appeal = answers && appeal.is_none() && today(&app) <= until;
    page(&OnePage {
        title: visit.t("评价", "Rating").to_owned(),
        tabs: tabs(&visit),
        follow_up: follow_up.map(|one| line(&one, &app, lang)),
        appeal: appeal.map(|appeal| {
            let decided = appeal.decision.map(|decision| decision.label(lang));
            (format!("/desk/appeals/{}", appeal.id), decided.unwrap_or(visit.t("待复核", "Waits for review")))
        }),
        may_appeal: may_appeal.then(|| (format!("/desk/ratings/{id}/appeal"), until.to_string())),
        rating: view,
        visit,
    })
}

fn line(follow_up: &FollowUp, app: &App, lang: &str) -> FollowUpLine {
    FollowUpLine {
        address: format!("/desk/follow-ups/{}", follow_up.id),
        state: follow_up.state.label(lang),
        due: follow_up.next_due().map(|due| due.to_string()).unwrap_or_default(),
        late: follow_up.is_late(today(app)),
        answer: follow_up.answer.clone(),
        result: follow_up.result.map(|result| result.label(lang)),
    }
}
