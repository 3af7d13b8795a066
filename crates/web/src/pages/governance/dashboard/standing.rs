//! How the units directly under a unit stand this year.

use std::collections::BTreeMap;

use cases::{By, FiguresQuery};
use network::{Node, OrganisationId};
use ratings::{RatingQuery, Standing as Counting};
use warnings::WarningQuery;

use super::Scene;
use crate::frame::Visit;
use crate::link::Link;
use crate::pages::desk::people::name;
use crate::problem::Failure;
use crate::words::grouped;

/// Units for which ratings are counted one by one.
const MOST_RATED: usize = 60;

/// A unit's row: its name with its own overview, then text and list of each cell; an empty text is not known.
pub(super) struct Standing {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) cells: Vec<(String, Option<String>)>,
}

/// Heads of the cells.
pub(super) fn heads(visit: &Visit) -> Vec<&'static str> {
    vec![
        visit.lang.t("今年收件", "Requests this year"),
        visit.lang.t("逾期交付", "Delivered late"),
        visit.lang.t("按期率", "In time"),
        visit.lang.t("满意率", "Satisfied"),
        visit.lang.t("逾期任务", "Tasks late"),
        visit.lang.t("未关闭预警", "Open warnings"),
    ]
}

#[derive(Default)]
struct Sums {
    received: u64,
    on_time: u64,
    late: u64,
    tasks: u64,
}

/// The rows, those with most late tasks and deliveries first; `late_at` is the unit of each task that is late.
pub(super) async fn standing(scene: &Scene<'_>, late_at: &[OrganisationId]) -> Result<Vec<Standing>, Failure> {
    let from = scene.today.first_of_year();
    let query = FiguresQuery { from, to: scene.today, outlet: None, item: None };
    let figures = scene.app.cases.figures(By::from(&scene.reader), &query).await?;
    let mut sums: BTreeMap<&OrganisationId, Sums> = BTreeMap::new();
    for row in &figures.rows {
        let Some(child) = scene.child_of(&row.outlet) else { continue };
        let sum = sums.entry(&child.id).or_default();
        sum.received += row.received;
        sum.on_time += row.on_time;
        sum.late += row.late;
    }
    for child in late_at.iter().filter_map(|unit| scene.child_of(unit)) {
        sums.entry(&child.id).or_default().tasks += 1;
    }
    let mut rows = Vec::new();
    for child in scene.children() {
        let sum = sums.remove(&child.id).unwrap_or_default();
        let (satisfied, open) = if rows.len() < MOST_RATED {
            (satisfaction(scene, child).await?, Some(warnings(scene, child).await?))
        } else {
            (None, None)
        };
        rows.push(((sum.tasks, sum.late), row(scene, child, &sum, (satisfied, open))));
    }
    rows.sort_by_key(|(worst, _)| std::cmp::Reverse(*worst));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// Percentage of the satisfied in the year's ratings; none without any.
async fn satisfaction(scene: &Scene<'_>, child: &Node) -> Result<Option<f64>, Failure> {
    let query = RatingQuery {
        outlet: Some(child.id.clone()),
        standing: Some(Counting::Counted),
        from: Some(scene.today.first_of_year()),
        to: Some(scene.today),
        ..RatingQuery::default()
    };
    let counts = scene.app.ratings.counts(&scene.reader, &query).await?;
    Ok(counts.figure().map(|figure| figure.satisfaction))
}

/// Warnings that are open at a unit and all under it.
async fn warnings(scene: &Scene<'_>, child: &Node) -> Result<u64, Failure> {
    let query = WarningQuery { unit: Some(child.id.clone()), open: true, ..WarningQuery::default() };
    Ok(scene.app.warnings.counts(&scene.reader, scene.today, &query).await?.open)
}

fn row(scene: &Scene<'_>, child: &Node, sum: &Sums, (satisfied, open): (Option<f64>, Option<u64>)) -> Standing {
    let (from, to) = (scene.today.first_of_year().to_string(), scene.today.to_string());
    let id = child.id.to_string();
    let list = |more: &[(&str, &str)]| {
        let link = Link::to("/desk").with("outlet", &id).with("show", "all").with("from", &from).with("to", &to);
        Some(more.iter().fold(link, |link, (name, value)| link.with(name, value)).address())
    };
    let ended = sum.on_time + sum.late;
    let rate = (ended > 0).then(|| format!("{:.1} %", sum.on_time as f64 * 100.0 / ended as f64));
    let rated = Link::to("/desk/ratings").with("outlet", &id).with("from", &from).with("to", &to).address();
    let satisfied = satisfied.map(|satisfied| format!("{satisfied:.1} %"));
    Standing {
        name: name(child, scene.visit),
        address: Link::to("/governance").with("unit", &id).address(),
        cells: vec![
            (grouped(sum.received), list(&[])),
            (grouped(sum.late), list(&[("dated", "delivered"), ("on_time", "no")])),
            (rate.unwrap_or_default(), list(&[("dated", "delivered")])),
            (satisfied.unwrap_or_default(), Some(rated)),
            (grouped(sum.tasks), Some(format!("/governance?unit={id}#late-tasks"))),
            (open.map(grouped).unwrap_or_default(), Some(format!("/governance/warnings?unit={id}"))),
        ],
    }
}
