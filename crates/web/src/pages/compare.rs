//! `/compare?id=…&id=…`: two rights side by side.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum_extra::extract::Query;
use records::Right;
use search::{Agreement, ComparedRow, Comparison, Piece, Side};
use serde::Deserialize;

use super::right::BriefView;
use crate::App;
use crate::frame::{Visit, page};
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    id: Vec<String>,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    visit: Visit,
    title: String,
    /// What was typed, for the form.
    typed: [String; 2],
    /// What is missing before anything can be compared.
    missing: Option<String>,
    compared: Option<Compared>,
}

struct Compared {
    first: BriefView,
    second: BriefView,
    pictures: [Option<String>; 2],
    rows: Vec<Row>,
    claims: Option<[Vec<Shown>; 2]>,
}

/// One field of both.
struct Row {
    heading: &'static str,
    same: bool,
    sides: [Vec<Shown>; 2],
    /// Values stand one below the other; pieces of running text stand in a row.
    listed: bool,
}

/// A value or piece of text, marked where the other right has it not.
struct Shown {
    text: String,
    own: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let mut ids = parameters.id.into_iter().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    let typed = [ids.next().unwrap_or_default(), ids.next().unwrap_or_default()];
    let more = ids.next().is_some();
    let title = visit.t("比较", "Compare").to_owned();
    let (missing, compared) = match two(&app, &typed, &visit).await? {
        Ok([first, second]) => {
            let comparison = app.searcher().compare(&first.id, &second.id, visit.lang.code()).await?;
            let pictures = [&first, &second].map(super::search::picture);
            (None, comparison.map(|comparison| compared(comparison, pictures, &visit)))
        }
        Err(missing) => (Some(missing), None),
    };
    let too_many = visit.t("一次比较两项，这里取了前两项。", "Two are compared at a time; these are the first two.");
    let missing = missing.or_else(|| more.then(|| too_many.to_owned()));
    page(&ComparePage { visit, title, typed, missing, compared })
}

/// The two rights, or what is missing.
async fn two(app: &App, typed: &[String; 2], visit: &Visit) -> Result<Result<[Right; 2], String>, Failure> {
    let mut found = Vec::with_capacity(2);
    for text in typed {
        if text.is_empty() {
            return Ok(Err(visit.t("请给出两项权利的号码。", "Give the numbers of two rights.").to_owned()));
        }
        let mut rights = app.searcher().show(text).await?;
        if rights.is_empty() {
            let missing = format!("{}{text}", visit.t("库中没有这个号码：", "This number is not in the register: "));
            return Ok(Err(missing));
        }
        found.push(rights.remove(0));
    }
    let second = found.pop().ok_or(Failure::NotFound)?;
    let first = found.pop().ok_or(Failure::NotFound)?;
    Ok(Ok([first, second]))
}

fn compared(comparison: Comparison, pictures: [Option<String>; 2], visit: &Visit) -> Compared {
    Compared {
        first: BriefView::new(&comparison.first, visit.lang),
        second: BriefView::new(&comparison.second, visit.lang),
        pictures,
        rows: comparison.rows.into_iter().map(row).collect(),
        claims: (!comparison.claims.is_empty())
            .then(|| [side(&comparison.claims, Side::First), side(&comparison.claims, Side::Second)]),
    }
}

fn row(row: ComparedRow) -> Row {
    let same = row.agreement == Agreement::Equal;
    if !row.pieces.is_empty() {
        let sides = [side(&row.pieces, Side::First), side(&row.pieces, Side::Second)];
        return Row { heading: row.heading, same, sides, listed: false };
    }
    let values = |values: Vec<search::ComparedValue>| {
        values.into_iter().map(|value| Shown { own: !value.shared, text: value.text }).collect()
    };
    Row { heading: row.heading, same, sides: [values(row.first), values(row.second)], listed: true }
}

/// The pieces of one side; those that the other has not are its own.
fn side(pieces: &[Piece], of: Side) -> Vec<Shown> {
    let of_side = pieces.iter().filter(|piece| piece.side == Side::Both || piece.side == of);
    of_side.map(|piece| Shown { text: piece.text.clone(), own: piece.side != Side::Both }).collect()
}
