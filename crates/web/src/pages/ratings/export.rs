//! `/desk/ratings/standard.json`: the list in the data form of GB/T 39046-2020.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use ratings::{MOST_ON_A_PAGE, RatingQuery, standard_json};

use super::desk::Parameters;
use crate::App;
use crate::frame::Visit;
use crate::problem::Failure;

/// Ratings of one file at most; a longer list is asked for by shorter spans of days.
const MOST: usize = 20_000;

pub(crate) async fn standard(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let mut query = RatingQuery { after: None, limit: MOST_ON_A_PAGE, ..asked.query()? };
    let mut all = Vec::new();
    loop {
        let page = app.ratings.ratings(&visit.actor, &query).await?;
        all.extend(page.rows);
        if all.len() > MOST {
            return Err(Failure::wrong(
                format!("超过 {MOST} 条，请用起止日期分次导出。"),
                format!("There are more than {MOST}; export them by shorter spans of days."),
            ));
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    let name = format!("attachment; filename=\"ratings-{}.json\"", super::today(&app));
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(standard_json(&all))).into_response())
}
