//! Reports in bulk: a workbook out, the filled one in. What goes out comes in again and changes nothing.

use std::collections::BTreeMap;

use accounts::{Actor, Entry, Permission, record};
use database::{Connection, Write};
use jiff::Timestamp;
use network::{Fault, OrganisationId};
use serde_json::{Value, json};
use sheets::{Cell as SheetCell, Column, Kind, Row, Template};

use crate::check::fault;
use crate::day::office_day;
use crate::known::Ground;
use crate::reporting::wrote;
use crate::sql::reports;
use crate::trail::happened;
use crate::{
    Act, Matrix, NewReport, PlanId, Plans, PlansError, Progress, Report, ReportState, Said, Seen, Standing, Text,
};

/// What a row would do, or did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkChange {
    /// Begins a report.
    Begin,
    /// Writes on the open one.
    Write,
    /// Says what is there already, or nothing.
    Nothing,
}

/// A row of the workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkRow {
    /// Its number in the sheet, from 1.
    pub number: u32,
    /// Name of the unit; empty when it is not known.
    pub unit: Text,
    /// Key of the task.
    pub task: String,
    /// What it does.
    pub change: BulkChange,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// What an import does, row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulkAnswer {
    /// The rows.
    pub rows: Vec<BulkRow>,
}

impl BulkAnswer {
    /// Whether no row is wrong.
    pub fn is_sound(&self) -> bool {
        self.rows.iter().all(|row| row.faults.is_empty())
    }

    /// How many rows change something.
    pub fn changes(&self) -> usize {
        self.rows.iter().filter(|row| row.change != BulkChange::Nothing).count()
    }
}

/// What a row asks for.
struct Wish {
    unit: OrganisationId,
    task: String,
    said: Said,
    open: Option<Report>,
}

/// Columns before the figures.
const FIXED: usize = 9;

/// Units, tasks and open reports of a workbook.
struct Field {
    ground: Ground,
    matrix: Matrix,
    open: BTreeMap<(OrganisationId, String), Report>,
    figures: usize,
}

impl Plans {
    /// The workbook of all tasks that the units of the asker have to report on: what is open stands in it, what waits for the
    /// unit above or is done does not.
    pub async fn bulk_template(
        &self,
        actor: &Actor,
        plan: &PlanId,
        now: Timestamp,
        lang: &str,
    ) -> Result<Vec<u8>, PlansError> {
        let mut read = self.database().read().await?;
        let field = self.field(&mut read, actor, plan, now).await?;
        let template = Template {
            title: field.ground.plan.title.text(lang).to_owned(),
            sheet: if lang == "zh" { "填报" } else { "Reports" }.to_owned(),
            columns: columns(field.figures),
            rows: field.rows(),
            guide: guide(lang),
        };
        template.write().map_err(|error| PlansError::Workbook(error.to_string()))
    }

    /// What the import of a workbook would do; nothing is done.
    pub async fn bulk_check(
        &self,
        actor: &Actor,
        plan: &PlanId,
        now: Timestamp,
        bytes: &[u8],
    ) -> Result<BulkAnswer, PlansError> {
        let mut read = self.database().read().await?;
        let field = self.field(&mut read, actor, plan, now).await?;
        let rows = sheets::read(bytes, &columns(field.figures))?;
        Ok(BulkAnswer { rows: field.judged(&rows).into_iter().map(|(row, _)| row).collect() })
    }

    /// Takes a workbook over as drafts: all of it, or nothing when a row is wrong.
    pub async fn bulk_import(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        plan: &PlanId,
        bytes: &[u8],
    ) -> Result<BulkAnswer, PlansError> {
        let field = self.field(write, actor, plan, now).await?;
        let rows = sheets::read(bytes, &columns(field.figures))?;
        let (rows, wishes): (Vec<BulkRow>, Vec<Option<Wish>>) = field.judged(&rows).into_iter().unzip();
        let answer = BulkAnswer { rows };
        if !answer.is_sound() {
            return Err(PlansError::Rows(Box::new(answer)));
        }
        let digest = blake3::hash(bytes).to_hex();
        let mut touched = Vec::new();
        for (row, wish) in answer.rows.iter().zip(wishes) {
            let Some(wish) = wish.filter(|_| row.change != BulkChange::Nothing) else { continue };
            let key = format!("bulk-{}-{}-{}", &digest[..32], now.as_millisecond(), row.number);
            touched.push(self.grant(write, now, actor, (plan, &key), &wish).await?.id);
        }
        if touched.is_empty() {
            return Ok(answer);
        }
        let entry = Entry {
            action: "plan.import",
            kind: "plan",
            object: plan.as_str(),
            organisation: Some(&field.ground.plan.issuer),
            reason: None,
            detail: json!({ "file": digest.as_str(), "reports": touched }),
        };
        record(write, now, actor, &entry).await?;
        Ok(answer)
    }

    async fn grant(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        (plan, key): (&PlanId, &str),
        wish: &Wish,
    ) -> Result<Report, PlansError> {
        if let Some(open) = &wish.open {
            let seen = Seen::new(&open.id, open.version);
            let after = self.write_in(write, now, actor, seen, (&wish.said, open.public)).await?;
            happened(write, now, actor, (Act::Write, "", wrote(&after)), &after).await?;
            return Ok(after);
        }
        let (unit, task) = (&wish.unit, wish.task.as_str());
        let new = NewReport { key, plan, task, unit, said: &wish.said, public: false };
        let after = self.begin_in(write, now, actor, &new).await?;
        happened(write, now, actor, (Act::Begin, "", Value::Null), &after).await?;
        Ok(after)
    }

    async fn field(
        &self,
        connection: &mut Connection,
        actor: &Actor,
        plan: &PlanId,
        now: Timestamp,
    ) -> Result<Field, PlansError> {
        let permission = Permission::ReportProgress;
        let cover = actor.cover(permission).ok_or_else(|| actor.denied(permission))?;
        let ground = self.ground_of(&mut *connection, plan, now).await?;
        if ground.plan.state != crate::PlanState::Issued {
            return Err(PlansError::NotInForce);
        }
        let day = office_day(now);
        let matrix = self.matrix_in(&mut *connection, &ground, day, |id| cover.holds(id)).await?;
        let units: Vec<OrganisationId> = matrix.units.iter().map(|unit| unit.unit.clone()).collect();
        let open = reports::open_of_units(connection, plan, &units).await?;
        let open = open.into_iter().map(|report| ((report.unit.clone(), report.task.clone()), report)).collect();
        let figures = ground.contents.tasks().map(|placed| placed.task.reported().count()).max().unwrap_or_default();
        Ok(Field { ground, matrix, open, figures })
    }
}

impl Field {
    /// Rows of what is open.
    fn rows(&self) -> Vec<Vec<SheetCell>> {
        let mut rows = Vec::new();
        for unit in &self.matrix.units {
            for (task, cell) in self.matrix.tasks.iter().zip(&unit.cells) {
                let open = self.open.get(&(unit.unit.clone(), task.key.clone()));
                let shut = matches!(cell.standing, Standing::NotConcerned | Standing::Offered | Standing::Done);
                if cell.duty.is_none() || shut || open.is_some_and(|open| open.state == ReportState::Submitted) {
                    continue;
                }
                let mut row = vec![
                    SheetCell::text(unit.unit.as_str()),
                    SheetCell::text(unit.name.text("zh")),
                    SheetCell::Text(task.key.clone()),
                    SheetCell::text(task.title.text("zh")),
                    SheetCell::Date(task.due),
                    SheetCell::Number(open.map_or(0.0, |open| open.version as f64)),
                    open.map_or(SheetCell::Empty, |open| SheetCell::Text(progress_word(open.said.progress))),
                    open.map_or(SheetCell::Empty, |open| SheetCell::Number(open.said.percent as f64)),
                    open.map_or(SheetCell::Empty, |open| SheetCell::text(&open.said.words)),
                ];
                row.extend(self.figures_of(&task.key, open));
                rows.push(row);
            }
        }
        rows
    }

    /// What each figure of a task is, and how much.
    fn figures_of(&self, task: &str, open: Option<&Report>) -> Vec<SheetCell> {
        let targets = self.ground.contents.task(task).map(|placed| placed.task.reported().collect::<Vec<_>>());
        let targets = targets.unwrap_or_default();
        let mut cells = Vec::with_capacity(2 * self.figures);
        for at in 0..self.figures {
            let target = targets.get(at);
            let words = target.map(|target| format!("{} {}", target.name.text("zh"), target.unit.text("zh")));
            cells.push(SheetCell::text(words.as_deref().unwrap_or_default()));
            let value = target.and_then(|target| open?.said.figures.get(&target.key));
            cells.push(value.map_or(SheetCell::Empty, |value| SheetCell::Number(*value)));
        }
        cells
    }

    /// What each row asks for and what is wrong with it.
    fn judged(&self, rows: &[Row]) -> Vec<(BulkRow, Option<Wish>)> {
        let mut seen = BTreeMap::new();
        rows.iter()
            .map(|row| {
                let (mut answer, wish) = self.judge(row);
                if let Some(wish) = &wish
                    && let Some(first) = seen.insert((wish.unit.clone(), wish.task.clone()), row.number)
                {
                    let (zh, en) = (format!("与第 {first} 行重复"), format!("the same as row {first}"));
                    answer.faults.push(fault("task", zh, en));
                }
                (answer, wish)
            })
            .collect()
    }

    fn judge(&self, row: &Row) -> (BulkRow, Option<Wish>) {
        let text = |at: usize| row.cells.get(at).and_then(SheetCell::as_text).unwrap_or_default().to_owned();
        let task = text(2);
        let mut answer = BulkRow {
            number: row.number,
            unit: Text::default(),
            task: task.clone(),
            change: BulkChange::Nothing,
            faults: Vec::new(),
        };
        let unit = text(0).parse::<OrganisationId>().ok();
        let place = unit.as_ref().and_then(|id| self.matrix.units.iter().find(|unit| unit.unit == *id));
        let Some(unit) = place else {
            answer.faults.push(fault(
                "unit",
                "没有这个单位，或您不能为其填报",
                "no such unit, or none that you report for",
            ));
            return (answer, None);
        };
        answer.unit = unit.name.clone();
        let cell = self.matrix.tasks.iter().zip(&unit.cells).find(|(head, _)| head.key == task).map(|(_, cell)| cell);
        let (Some(cell), Some(placed)) = (cell, self.ground.contents.task(&task)) else {
            answer.faults.push(fault("task", "计划中没有这项任务", "the plan has no such task"));
            return (answer, None);
        };
        let open = self.open.get(&(unit.unit.clone(), task.clone())).cloned();
        let said = said(row, placed.task, open.as_ref(), &mut answer.faults).tidy();
        if cell.duty.is_none() || matches!(cell.standing, Standing::NotConcerned | Standing::Offered) {
            answer.faults.push(fault(
                "task",
                "任务不涉及该单位，或尚未选择",
                "the task is not for this unit, or not chosen",
            ));
            return (answer, None);
        }
        let nothing = row.cells[6..].iter().enumerate().all(|(at, cell)| !is_asked(at) || cell.is_empty());
        let same = open.as_ref().is_some_and(|open| open.said == said);
        if (nothing && open.is_none()) || same {
            return (answer, Some(Wish { unit: unit.unit.clone(), task, said, open }));
        }
        answer.faults.extend(said.faults(placed.task));
        answer.faults.extend(shut(row, cell.standing, open.as_ref()));
        answer.change = if open.is_some() { BulkChange::Write } else { BulkChange::Begin };
        (answer, Some(Wish { unit: unit.unit.clone(), task, said, open }))
    }
}

/// Why a row that changes something may not.
fn shut(row: &Row, standing: Standing, open: Option<&Report>) -> Option<Fault> {
    let version = row.cells.get(5).and_then(SheetCell::as_number).unwrap_or_default();
    if standing == Standing::Done {
        return Some(fault("task", "任务已完成并锁定", "the task is done and locked"));
    }
    if open.is_some_and(|open| open.state == ReportState::Submitted) {
        return Some(fault("version", "填报正在审核，请先撤回", "the report waits for review; take it back first"));
    }
    let there = open.map_or(0.0, |open| open.version as f64);
    if (version - there).abs() > f64::EPSILON {
        let (zh, en) =
            ("填报已被他人修改，请重新下载模板", "the report was changed meanwhile; download the template again");
        return Some(fault("version", zh, en));
    }
    None
}

/// Whether a column from the progress on is to be filled in; names of figures are not.
fn is_asked(at: usize) -> bool {
    at < FIXED - 6 || (at - (FIXED - 6)) % 2 == 1
}

/// What a row says. What is empty keeps what the open report says of it, but figures: an empty one is missing.
fn said(row: &Row, task: &crate::Task, open: Option<&Report>, faults: &mut Vec<Fault>) -> Said {
    let before = open.map(|open| open.said.clone()).unwrap_or_default();
    let progress = match row.cells.get(6).and_then(SheetCell::as_text) {
        Some(word) => Progress::ALL.iter().copied().find(|progress| progress_word(*progress) == word),
        None => Some(before.progress),
    };
    if progress.is_none() {
        faults.push(fault("progress", "没有这种进展", "there is no such progress"));
    }
    let percent = match row.cells.get(7).and_then(SheetCell::as_number) {
        Some(number) if number.fract() == 0.0 && (0.0..=100.0).contains(&number) => number as i64,
        Some(_) => {
            faults.push(fault("percent", "须为 0 至 100 的整数", "a whole number from 0 to 100"));
            before.percent
        }
        None => before.percent,
    };
    let words = row.cells.get(8).and_then(SheetCell::as_text).map_or(before.words, str::to_owned);
    let mut figures = BTreeMap::new();
    let targets: Vec<_> = task.reported().collect();
    for (at, cells) in row.cells.get(FIXED..).unwrap_or_default().chunks(2).enumerate() {
        let Some(value) = cells.get(1).and_then(SheetCell::as_number) else { continue };
        match targets.get(at) {
            Some(target) => drop(figures.insert(target.key.clone(), value)),
            None => faults.push(fault(
                format!("figure-{}", at + 1),
                format!("任务没有数值 {}", at + 1),
                format!("the task has no figure {}", at + 1),
            )),
        }
    }
    Said { progress: progress.unwrap_or(before.progress), percent, words, figures }
}

fn progress_word(progress: Progress) -> String {
    format!("{} {}", progress.label("zh"), progress.label("en"))
}

/// Headings are in both languages, so that a workbook is read whatever language it was fetched in.
fn columns(figures: usize) -> Vec<Column> {
    let words = Progress::ALL.iter().map(|progress| progress_word(*progress)).collect();
    let mut columns = vec![
        Column::new("unit", "单位代码 Unit id", Kind::Text).required().locked().wide(30),
        Column::new("unit_name", "单位 Unit", Kind::Text).locked().wide(26),
        Column::new("task", "任务编号 Task", Kind::Text).required().locked().wide(12),
        Column::new("task_title", "任务 Title", Kind::Text).locked().wide(40),
        Column::new("due", "截止 Due", Kind::Date).locked(),
        Column::new("version", "版本 Version", Kind::Number).locked().wide(10),
        Column::new("progress", "进展 Progress", Kind::Choice(words)).wide(24),
        Column::new("percent", "完成百分比 Percent", Kind::Number).noted("0–100"),
        Column::new("words", "进展说明 Words", Kind::Text).wide(60),
    ];
    for at in 1..=figures {
        let name = format!("数值{at}名称 Figure {at} is");
        columns.push(Column::new(&format!("name-{at}"), &name, Kind::Text).locked().wide(30));
        columns.push(Column::new(&format!("figure-{at}"), &format!("数值{at} Figure {at}"), Kind::Number));
    }
    columns
}

fn guide(lang: &str) -> Vec<String> {
    let lines = if lang == "zh" {
        [
            "每行是一个单位的一项任务。只填写进展、百分比、说明和数值；其余各列请勿改动。",
            "空行不产生填报；数值留空表示没有数据，不等于 0。",
            "导入前先预检：有一行不符合要求，就不导入任何内容。导入后为草稿，还须逐项报送。",
        ]
    } else {
        [
            "A row is one task of one unit. Fill in progress, percent, words and figures; leave the other columns as they are.",
            "Empty rows make no report; an empty figure is missing, which is not 0.",
            "The import is tried first: when one row does not fit, nothing is taken. What is taken is a draft, to be submitted.",
        ]
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[cfg(test)]
#[path = "bulk_tests.rs"]
mod tests;
