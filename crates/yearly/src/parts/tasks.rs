//! The tasks of plans: what the unit has done itself, and how those under it stand.

use charts::{Kind, Mark, Share, Table, TableCell};
use plans::{Asked, Matrix, MatrixUnit, Plan, PlanState, Standing, Tally};

use crate::chapter::{count, figure, linked, percent, table, text};
use crate::gather::About;
use crate::{Chapter, YearlyError};

/// A table of the unit's own tasks and one of the units under it for each plan that holds in the year.
pub(super) async fn chapter(about: &About<'_>) -> Result<Chapter, YearlyError> {
    let (mut words, mut tables, mut figures) = (Vec::new(), Vec::new(), Vec::new());
    let plans = about.rooms.plans.list(&about.reader).await?;
    let holds = |plan: &Plan| plan.state != PlanState::Draft && plan.from <= about.to && plan.to >= about.from;
    for plan in plans.into_iter().filter(holds) {
        let asked = Asked { day: Some(about.to), ..Asked::default() };
        let matrix = about.rooms.plans.matrix(&about.reader, &plan.id, about.to, &asked).await?;
        if matrix.units.is_empty() {
            continue;
        }
        let tally = matrix.tally();
        words.push(told(about, &plan, &matrix, &tally));
        figures.push(drawn(about, &plan, &tally, figures.len()));
        if let Some(own) = matrix.units.iter().find(|row| row.unit == about.unit.id) {
            tables.push(own_tasks(about, &matrix, own));
        }
        let below: Vec<&MatrixUnit> = matrix.units.iter().filter(|row| row.unit != about.unit.id).collect();
        if !below.is_empty() {
            tables.push(by_unit(about, &matrix, &below));
        }
    }
    if words.is_empty() {
        words.push(about.t("本年度没有涉及本单位的计划。", "No plan of this year concerns the unit.").to_owned());
    }
    Ok(Chapter {
        key: "tasks",
        title: about.t("计划任务", "Plans and tasks").to_owned(),
        text: words,
        figures,
        tables,
        source: if about.zh {
            format!("来源：各单位报送并经上级审定的进展，截至 {}", about.to)
        } else {
            format!("Source: reports accepted by the unit above, as of {}", about.to)
        },
    })
}

fn told(about: &About<'_>, plan: &Plan, matrix: &Matrix, tally: &Tally) -> String {
    let (title, units, bound) = (plan.title.text(about.lang()), matrix.units.len(), tally.bound());
    let (done, late) = (tally.of(Standing::Done), tally.late());
    if about.zh {
        format!("《{title}》：{units} 个单位应完成任务 {bound} 项次，已完成 {done} 项次，逾期 {late} 项次。")
    } else {
        format!("{title}: {units} units have {bound} tasks to do; {done} are done, {late} are late.")
    }
}

/// How all cells stand.
fn drawn(about: &About<'_>, plan: &Plan, tally: &Tally, number: usize) -> charts::Figure {
    let shown = Standing::ALL.iter().filter(|one| !matches!(one, Standing::NotConcerned | Standing::Offered));
    let marks = shown.filter(|one| tally.of(**one) > 0).map(|standing| Mark {
        label: standing.label(about.lang()).to_owned(),
        value: tally.of(*standing) as f64,
        href: Some(format!("/governance/plans/{}/matrix", plan.id)),
        note: None,
    });
    let share = Share {
        label_head: about.t("进展", "Standing").to_owned(),
        value_head: about.t("项次", "Tasks").to_owned(),
        share_head: about.t("占比", "Share").to_owned(),
        marks: marks.collect(),
    };
    let empty = about.t("没有任务", "No tasks");
    figure(&format!("tasks-{number}"), plan.title.text(about.lang()), String::new(), empty, Kind::Share(share))
}

fn own_tasks(about: &About<'_>, matrix: &Matrix, own: &MatrixUnit) -> Table {
    let heads = [
        about.t("任务", "Task"),
        about.t("要求", "Duty"),
        about.t("期限", "Due"),
        about.t("进展", "Standing"),
        about.t("完成比例", "Done"),
    ];
    let concerned = matrix.tasks.iter().zip(&own.cells).filter(|(_, cell)| cell.standing != Standing::NotConcerned);
    let rows = concerned.map(|(task, cell)| {
        let address = format!("/governance/plans/{}/cell?task={}&unit={}", matrix.plan.id, task.key, own.unit);
        vec![
            linked(text(task.title.text(about.lang())), address),
            text(cell.duty.map_or("", |duty| duty.label(about.lang()))),
            text(task.due.to_string()),
            text(cell.standing.label(about.lang())),
            percent(cell.percent.map(|percent| percent as f64 / 100.0)),
        ]
    });
    let title = matrix.plan.title.text(about.lang());
    let caption = if about.zh { format!("{title}：本单位任务") } else { format!("{title}: tasks of the unit") };
    table(&caption, &heads, rows.collect())
}

fn by_unit(about: &About<'_>, matrix: &Matrix, below: &[&MatrixUnit]) -> Table {
    let heads = [
        about.t("单位", "Unit"),
        about.t("应完成", "To do"),
        about.t("已完成", "Done"),
        about.t("待审核", "Waits"),
        about.t("逾期", "Late"),
    ];
    let row = |unit: &&MatrixUnit| -> Vec<TableCell> {
        let tally = matrix.tally_of_unit(&unit.unit);
        let address = format!("/governance/plans/{}/matrix?unit={}", matrix.plan.id, unit.unit);
        vec![
            linked(text(unit.name.text(about.lang())), address),
            count(tally.bound() as u64),
            count(tally.of(Standing::Done) as u64),
            count(tally.of(Standing::Submitted) as u64),
            count(tally.late() as u64),
        ]
    };
    let title = matrix.plan.title.text(about.lang());
    let caption = if about.zh { format!("{title}：所辖单位") } else { format!("{title}: units under it") };
    table(&caption, &heads, below.iter().map(row).collect())
}
