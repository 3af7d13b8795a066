//! What is late, thin or wrong: the figures that want attention, worst first.

use std::collections::BTreeSet;

use accounts::Permission;
use cases::{By, InboxQuery, Level};
use network::OrganisationId;
use ratings::FollowUpQuery;

use super::Scene;
use crate::problem::Failure;
use crate::words::grouped;

/// Outlets that are shown of those that lack something.
const MOST_THIN: usize = 40;
/// Follow-ups that are counted one by one.
const MOST_FOLLOW_UPS: usize = 200;

/// A figure that wants attention, or says that nothing does.
pub(super) struct First {
    pub(super) name: &'static str,
    pub(super) number: String,
    /// The list behind it.
    pub(super) address: String,
    /// `late`, `soon` or `ok`, for how it looks.
    pub(super) tone: &'static str,
}

/// An outlet that lacks something.
pub(super) struct Thin {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) lacks: String,
}

impl First {
    /// A figure that is good when it is nothing.
    pub(super) fn of(name: &'static str, count: u64, tone: &'static str, address: String) -> Self {
        Self { name, number: grouped(count), address, tone: if count == 0 { "ok" } else { tone } }
    }
}

/// The figures, the worst first.
pub(super) async fn first(scene: &Scene<'_>, thin: usize, more: Vec<First>) -> Result<Vec<First>, Failure> {
    let mut all = cases(scene).await?;
    all.extend(more);
    all.push(First::of(
        scene.t("信息不全的网点", "outlets that lack something"),
        thin as u64,
        "soon",
        "#thin".to_owned(),
    ));
    let rank = |one: &First| ["late", "soon", "ok"].iter().position(|tone| *tone == one.tone);
    all.sort_by_key(rank);
    Ok(all)
}

/// Cases and follow-ups of bad ratings, for whoever may open their lists.
async fn cases(scene: &Scene<'_>) -> Result<Vec<First>, Failure> {
    let unit = &scene.unit.id;
    let mut all = Vec::new();
    if scene.visit.actor.may_at(Permission::ReadCases, unit) {
        let query = InboxQuery::open();
        let counts = scene.app.cases.inbox_counts(scene.now, By::from(&scene.reader), &query).await?;
        let of = |level| counts.by_level.iter().find(|one| one.level == level).map_or(0, |one| one.count);
        let list = |level: Level| format!("/desk?level={level}&outlet={unit}");
        all.push(First::of(scene.t("逾期办件", "cases late"), of(Level::Late), "late", list(Level::Late)));
        all.push(First::of(scene.t("临期办件", "cases due soon"), of(Level::Soon), "soon", list(Level::Soon)));
    }
    if scene.visit.actor.may_at(Permission::ReviewRatings, unit) {
        let query = FollowUpQuery {
            open: true,
            late_on: Some(scene.today),
            limit: MOST_FOLLOW_UPS,
            ..FollowUpQuery::default()
        };
        let late = scene.app.ratings.follow_ups(&scene.reader, &query).await?;
        let name = scene.t("差评回访逾期", "follow-ups late");
        all.push(First::of(name, late.rows.len() as u64, "late", format!("/desk/follow-ups?show=late&outlet={unit}")));
    }
    Ok(all)
}

/// Outlets that lack what the specification asks of them, and how many more there are.
pub(super) async fn thin(scene: &Scene<'_>) -> Result<(Vec<Thin>, usize), Failure> {
    let within: BTreeSet<&OrganisationId> = scene.tree.iter().map(|node| &node.id).collect();
    let mut read = scene.app.network.database().read().await?;
    let all = network::everything(&mut read, scene.today).await.map_err(crate::pages::network::failed)?;
    let lang = scene.visit.lang.code();
    let mut found: Vec<(usize, Thin)> = Vec::new();
    for outlet in all.iter().filter(|outlet| within.contains(&outlet.id)) {
        let lacks = network::shortcomings(outlet, scene.today);
        if lacks.is_empty() {
            continue;
        }
        let words: Vec<&str> = lacks.iter().map(|fault| scene.t(&fault.zh, &fault.en)).collect();
        let thin = Thin {
            name: outlet.profile.name(lang).to_owned(),
            address: format!("/network/{}", outlet.id),
            lacks: words.join(scene.t("、", "; ")),
        };
        found.push((lacks.len(), thin));
    }
    found.sort_by_key(|(lacks, _)| std::cmp::Reverse(*lacks));
    let more = found.len().saturating_sub(MOST_THIN);
    Ok((found.into_iter().take(MOST_THIN).map(|(_, thin)| thin).collect(), more))
}
