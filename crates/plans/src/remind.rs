//! Reminders by the rules of each plan: before, on and after the due day.

use std::collections::BTreeMap;

use database::Write;
use jiff::Timestamp;
use jiff::civil::Date;
use network::OrganisationId;
use notices::{Notice, Recipient};

use crate::day::{beginning, days_between, derived, office_day};
use crate::known::Ground;
use crate::sql::{plans, reminded};
use crate::{MatrixTask, PlanState, Plans, PlansError, Standing};

/// Tells units what is due soon, due today, late, by the rules of each plan in force: tasks of a unit with one due day and
/// one rule are one notice. When rules were missed, the latest is told alone. Of late tasks the unit above is told too.
/// To be called every hour or so, by any number of processes: each notice is given once. Answers how many were given.
pub async fn remind(room: &Plans, now: Timestamp) -> Result<usize, PlansError> {
    let today = office_day(now);
    let mut read = room.database().read().await?;
    let all = plans::all(&mut read).await?;
    read.close().await?;
    let mut told = 0;
    for plan in all.into_iter().filter(|plan| plan.state == PlanState::Issued && plan.from <= today) {
        told += of_plan(room, now, plan).await?;
    }
    Ok(told)
}

/// Tasks of a unit that are told together: which rule, which due day.
type Together<'a> = BTreeMap<(OrganisationId, i64, Date), Vec<&'a MatrixTask>>;

async fn of_plan(room: &Plans, now: Timestamp, plan: crate::Plan) -> Result<usize, PlansError> {
    let today = office_day(now);
    let mut read = room.database().read().await?;
    let ground = room.ground(&mut read, plan, today).await?;
    let matrix = room.matrix_in(&mut read, &ground, today, |_| true).await?;
    let given = reminded::of(&mut read, &ground.plan.id).await?;
    read.close().await?;
    let mut together = Together::new();
    for unit in &matrix.units {
        for (task, cell) in matrix.tasks.iter().zip(&unit.cells) {
            let rests = [Standing::NotConcerned, Standing::Offered, Standing::Done, Standing::Submitted];
            if rests.contains(&cell.standing) {
                continue;
            }
            let since = days_between(task.due, today);
            let rules = ground.contents.reminders.iter().copied().filter(|days| *days <= since);
            if let Some(rule) = rules.max() {
                together.entry((unit.unit.clone(), rule, task.due)).or_default().push(task);
            }
        }
    }
    let mut told = 0;
    let mut write = None;
    for ((unit, rule, due), tasks) in &together {
        let about = About { ground: &ground, unit, rule: *rule, due: *due, tasks };
        if given.contains(about.id("unit").as_str()) {
            continue;
        }
        let write = match &mut write {
            Some(write) => write,
            none => none.insert(room.database().write().await?),
        };
        if reminded::put(write, &about.id("unit"), &ground.plan.id, now).await? {
            about.tell(write, now).await?;
            told += 1;
        }
    }
    if let Some(write) = write {
        write.commit().await?;
    }
    Ok(told)
}

struct About<'a> {
    ground: &'a Ground,
    unit: &'a OrganisationId,
    rule: i64,
    due: Date,
    tasks: &'a [&'a MatrixTask],
}

impl About<'_> {
    /// The same for the same plan, unit, due day, rule and receiver.
    fn id(&self, whom: &str) -> network::Id {
        let of = format!("{}/{}/{}/{}/{whom}", self.ground.plan.id, self.unit, self.due, self.rule);
        derived(beginning(self.due), "plan.remind", &of)
    }

    async fn tell(&self, write: &mut Write, now: Timestamp) -> Result<(), PlansError> {
        let template = match self.rule {
            ..0 => "plan.due-soon",
            0 => "plan.due-today",
            _ => "plan.late",
        };
        let list = |lang: &str| {
            let names = self.tasks.iter().take(5).map(|task| format!("{} {}", task.key, task.title.text(lang)));
            let names = names.collect::<Vec<_>>().join(if lang == "zh" { "；" } else { "; " });
            if self.tasks.len() > 5 { format!("{names} …") } else { names }
        };
        let node = self.ground.tree.node(self.unit);
        let zh = node.map_or(String::new(), |node| node.name_zh.clone());
        let en = node.and_then(|node| node.name_en.clone()).unwrap_or_else(|| zh.clone());
        let (count, due, tasks_zh, tasks_en) =
            (self.tasks.len().to_string(), self.due.to_string(), list("zh"), list("en"));
        let title = &self.ground.plan.title;
        let values = [
            ("plan.zh", title.text("zh")),
            ("plan.en", title.text("en")),
            ("unit.zh", zh.as_str()),
            ("unit.en", en.as_str()),
            ("count", count.as_str()),
            ("due", due.as_str()),
            ("tasks.zh", tasks_zh.as_str()),
            ("tasks.en", tasks_en.as_str()),
        ];
        let link = "/governance/plans/mine";
        let to = Recipient::Organisation(self.unit);
        let notice = Notice { id: self.id("unit"), template, values: &values, to, link };
        notices::put(write, now, &notice).await?;
        if self.rule > 0
            && let Some(above) = self.ground.tree.parent(self.unit)
        {
            let link = format!("/governance/plans/{}/matrix?unit={}", self.ground.plan.id, self.unit);
            let to = Recipient::Organisation(&above.id);
            let notice = Notice { id: self.id("above"), template: "plan.late-below", values: &values, to, link: &link };
            notices::put(write, now, &notice).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "remind_tests.rs"]
mod tests;
