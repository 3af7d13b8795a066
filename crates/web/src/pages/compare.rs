//! `/compare?id=…&id=…`: two rights side by side.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum_extra::extract::Query;
use records::Right;
use search::{Agreement, Brief, ComparedRow, Comparison, Piece, Side};
use serde::Deserialize;

use super::right::BriefView;
use crate::App;
use crate::frame::{Visit, page};
use crate::link::Link;
use crate::problem::Failure;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    id: Vec<String>,
}

/// Rights that are looked up of those asked for; the rest is passed over.
const MOST: usize = 6;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    visit: Visit,
    title: String,
    sides: [Asked; 2],
    /// Whether more than two were asked for, and all pairs of them: address, numbers.
    pairs: Vec<(String, String)>,
    compared: Option<Compared>,
}

/// One of the two as asked for.
#[derive(Default)]
struct Asked {
    typed: String,
    /// What is missing before it can be compared.
    missing: Option<String>,
    /// The rights that the number may be, when it fits several: address of the comparison with each.
    choices: Vec<(String, BriefView)>,
}

struct Compared {
    first: Head,
    second: Head,
    /// Rows that differ, then those that are equal.
    rows: Vec<Row>,
    claims: Option<[Vec<Shown>; 2]>,
}

/// What stands over the column of a right.
struct Head {
    brief: BriefView,
    picture: Option<String>,
    number: String,
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
    let mut ids: Vec<String> = parameters.id.into_iter().map(|id| id.trim().to_owned()).collect();
    ids.retain(|id| !id.is_empty());
    ids.truncate(MOST);
    let pairs = pairs(&ids);
    let typed = |at: usize| ids.get(at).cloned().unwrap_or_default();
    let (first, second) = (typed(0), typed(1));
    let nothing = ids.is_empty();
    let (first_side, a) = side_of(&app, &first, |id| two(id, &second), nothing, &visit).await?;
    let (mut second_side, b) = side_of(&app, &second, |id| two(&first, id), nothing, &visit).await?;
    let mut compared = None;
    if let (Some(a), Some(b)) = (a, b) {
        if a.id == b.id {
            let same =
                visit.t("与第一项是同一项权利，请换一项。", "It is the same right as the first; give another one.");
            second_side.missing = Some(same.to_owned());
        } else if let Some(comparison) = app.searcher().compare(&a.id, &b.id, visit.lang.code()).await? {
            compared = Some(view(comparison, [&a, &b], &visit));
        }
    }
    let title = match &compared {
        Some(compared) => format!("{} ↔ {}", compared.first.number, compared.second.number),
        None => visit.t("比较", "Compare").to_owned(),
    };
    page(&ComparePage { visit, title, sides: [first_side, second_side], pairs, compared })
}

fn two(first: &str, second: &str) -> String {
    Link::to("/compare").with("id", first).with("id", second).address()
}

/// All pairs of three or more.
fn pairs(ids: &[String]) -> Vec<(String, String)> {
    if ids.len() < 3 {
        return Vec::new();
    }
    let pair = |(at, first): (usize, &String)| -> Vec<(String, String)> {
        ids[at + 1..].iter().map(|second| (two(first, second), format!("{first} ↔ {second}"))).collect()
    };
    ids.iter().enumerate().flat_map(pair).collect()
}

/// The right that was typed, or what is missing.
async fn side_of(
    app: &App,
    typed: &str,
    with: impl Fn(&str) -> String,
    nothing_asked: bool,
    visit: &Visit,
) -> Result<(Asked, Option<Right>), Failure> {
    let mut asked = Asked { typed: typed.to_owned(), ..Asked::default() };
    if typed.is_empty() {
        let missing = visit.t("还缺一项，请给出号码。", "One is missing; give its number.");
        asked.missing = (!nothing_asked).then(|| missing.to_owned());
        return Ok((asked, None));
    }
    let mut rights = app.searcher().show(typed).await?;
    match rights.len() {
        0 => {
            let missing =
                visit.t("库中没有这个号码，请检查写法。", "This number is not in the register; check its spelling.");
            asked.missing = Some(missing.to_owned());
            Ok((asked, None))
        }
        1 => Ok((asked, rights.pop())),
        _ => {
            let several = visit.t("这个号码符合几项权利，请选择一项：", "This number fits several rights; choose one:");
            asked.missing = Some(several.to_owned());
            let choice = |right: &Right| (with(right.id.as_str()), BriefView::new(&Brief::of(right), visit.lang));
            asked.choices = rights.iter().take(10).map(choice).collect();
            Ok((asked, None))
        }
    }
}

fn view(comparison: Comparison, rights: [&Right; 2], visit: &Visit) -> Compared {
    let head = |brief: &Brief, right: &Right| Head {
        brief: BriefView::new(brief, visit.lang),
        picture: super::search::picture(right),
        number: super::search::number(right),
    };
    let mut rows: Vec<Row> = comparison.rows.into_iter().map(row).collect();
    rows.sort_by_key(|row| row.same);
    Compared {
        first: head(&comparison.first, rights[0]),
        second: head(&comparison.second, rights[1]),
        rows,
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
