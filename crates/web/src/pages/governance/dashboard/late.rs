//! Tasks that are late, reports that wait, and warnings that are open.

use accounts::{Cover, Permission};
use network::OrganisationId;
use plans::Late;
use warnings::{Severity, Warning};

use super::Scene;
use super::first::First;
use crate::problem::Failure;

/// Tasks and warnings that are shown; the lists have all.
const SHOWN: usize = 12;

/// What is late and open, with the tiles that count it.
#[derive(Default)]
pub(super) struct Open {
    pub(super) tiles: Vec<First>,
    /// The unit of each task that is late.
    pub(super) late_at: Vec<OrganisationId>,
    pub(super) tasks: Vec<TaskView>,
    pub(super) more_tasks: usize,
    pub(super) warnings: Vec<WarningView>,
}

/// A task that is late at a unit.
pub(super) struct TaskView {
    pub(super) title: String,
    pub(super) address: String,
    pub(super) unit: String,
    pub(super) since: String,
    pub(super) standing: &'static str,
}

/// A warning that is open.
pub(super) struct WarningView {
    pub(super) title: String,
    pub(super) address: String,
    pub(super) unit: String,
    pub(super) severity: &'static str,
    pub(super) tone: &'static str,
}

pub(super) async fn open(scene: &Scene<'_>) -> Result<Open, Failure> {
    let mut open = Open::default();
    tasks(scene, &mut open).await?;
    warnings(scene, &mut open).await?;
    Ok(open)
}

async fn tasks(scene: &Scene<'_>, open: &mut Open) -> Result<(), Failure> {
    let within = Cover::At(scene.tree.iter().map(|node| node.id.clone()).collect());
    let late = scene.app.plans.late(&within, scene.today).await?;
    let name = scene.t("逾期任务", "tasks late");
    open.tiles.push(First::of(name, late.len() as u64, "late", "#late-tasks".to_owned()));
    if scene.visit.actor.may_at(Permission::AcceptReports, &scene.unit.id) {
        let waiting = scene.app.plans.waiting(&scene.reader, scene.today).await?;
        let name = scene.t("待审核的进展报送", "reports that wait for review");
        open.tiles.push(First::of(name, waiting.len() as u64, "soon", "/governance/plans/mine".to_owned()));
    }
    open.late_at = late.iter().map(|late| late.unit.clone()).collect();
    open.more_tasks = late.len().saturating_sub(SHOWN);
    open.tasks = late.iter().take(SHOWN).map(|late| task(scene, late)).collect();
    Ok(())
}

fn task(scene: &Scene<'_>, late: &Late) -> TaskView {
    let lang = scene.visit.lang.code();
    TaskView {
        title: late.title.text(lang).to_owned(),
        address: late.link(),
        unit: late.name.text(lang).to_owned(),
        since: match lang {
            "zh" => format!("{} 到期，已逾期 {} 天", late.due, late.days),
            _ => format!("due {}, {} days ago", late.due, late.days),
        },
        standing: late.standing.label(lang),
    }
}

async fn warnings(scene: &Scene<'_>, open: &mut Open) -> Result<(), Failure> {
    let (counts, shown) = scene.app.warnings.open_for(&scene.reader, scene.today, SHOWN).await?;
    for (severity, count) in
        counts.by_severity.iter().filter(|(severity, count)| *count > 0 || *severity == Severity::Serious)
    {
        let name = match severity {
            Severity::Serious => scene.t("严重预警", "serious warnings"),
            Severity::Attention => scene.t("关注预警", "warnings to look at"),
            Severity::Note => scene.t("提示预警", "notes"),
        };
        let address = format!("/governance/warnings?severity={severity}&unit={}", scene.unit.id);
        open.tiles.push(First::of(name, *count, tone(*severity), address));
    }
    open.warnings = shown.iter().map(|warning| view(scene, warning)).collect();
    Ok(())
}

fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Serious => "late",
        Severity::Attention => "soon",
        Severity::Note => "ok",
    }
}

fn view(scene: &Scene<'_>, warning: &Warning) -> WarningView {
    let lang = scene.visit.lang.code();
    let unit = scene.tree.iter().find(|node| node.id == warning.unit);
    WarningView {
        title: format!("{} · {}", warning.rule.name.text(lang), warning.reading.subject.name.text(lang)),
        address: format!("/governance/warnings/{}", warning.id),
        unit: unit.map_or_else(String::new, |node| crate::pages::desk::people::name(node, scene.visit)),
        severity: warning.severity.label(lang),
        tone: tone(warning.severity),
    }
}
