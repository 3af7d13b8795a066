//! Plans of the demonstration: the guideline of last year and of this one, the city plan of this year, with made-up reports.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use database::Write;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use network::OrganisationId;
use plans::{
    Asked, Contents, Duty, List, Matrix, Member, NewPlan, NewReport, Plan, PlanId, Plans, Progress, Report, Said, Seen,
    Text,
};

use super::super::service::system;
use super::{Rooms, Units};

/// Words of reports: what was done so far, and at the end.
const UNDER_WAY: [&str; 5] = [
    "已制定工作安排并分解到处室，正在按月推进，当前完成主要环节。（演示数据）",
    "已召开部署会，建立台账，首批单位完成对接，其余单位按计划推进。（演示数据）",
    "组织了专题培训，覆盖辖区重点单位；下一步补齐薄弱环节。（演示数据）",
    "前期调研完成，政策文件已征求意见，正在修改完善。（演示数据）",
    "与相关部门会商两次，重点事项已明确责任人和时限。（演示数据）",
];
const DONE: [&str; 4] = [
    "各项举措已落实到位，形成工作总结和典型案例，材料已归档。（演示数据）",
    "按期完成全部要求，辖区单位反馈良好，将继续巩固成效。（演示数据）",
    "任务已全部完成，有关做法拟在全省推广。（演示数据）",
    "文件已印发，配套措施同步实施，达到预期目标。（演示数据）",
];
const RETURNED: [&str; 3] = [
    "请补充印发文件的文号，并说明覆盖范围。",
    "进展说明过于笼统，请写明完成的数量和时间。",
    "数值与去年差距较大，请核对后重新报送。",
];

/// Fills the plans; what is there already stays.
pub(super) async fn fill(rooms: &Rooms, units: &Units, now: Timestamp) -> Result<()> {
    let room = &rooms.plans;
    if !room.list(&system()).await?.is_empty() {
        return Ok(());
    }
    let today = services::office_day(now);
    let year = today.year();
    let guideline = contents("2024-guideline")?;
    let guideline = with_lists(guideline, units);
    let cities = with_lists(contents("2015-cities")?, units);
    let last = enter(rooms, units, (&guideline, year - 1, now)).await?;
    report(rooms, &last, day_of(year - 1, 12, 31), now).await.context("reports of last year")?;
    let mut write = rooms.database.write().await?;
    room.close(&mut write, now, &system(), Seen::new(&last.id, last.version), "年度工作结束").await?;
    write.commit().await?;
    let this = enter(rooms, units, (&guideline, year, now)).await?;
    report(rooms, &this, today, now).await.context("reports of this year")?;
    let city = enter(rooms, units, (&cities, year, now)).await?;
    choose(rooms, &city, today, now).await?;
    report(rooms, &city, today, now).await.context("reports of cities")
}

fn day_of(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or(Date::MIN)
}

fn contents(key: &str) -> Result<Contents> {
    Ok(plans::starting(key).context("a plan that comes with the program")??)
}

/// The programmes of the plans with made-up members.
fn with_lists(mut plan: Contents, units: &Units) -> Contents {
    let provinces = |every: usize, batch: Option<u32>| {
        let some = units.provinces.iter().enumerate().filter(move |(at, _)| at % every == 0);
        some.map(move |(_, unit)| Member { region: unit.region.clone(), batch }).collect::<Vec<_>>()
    };
    let cities = |count: usize| {
        let some = units.cities.iter().take(count).enumerate();
        some.map(|(at, unit)| Member { region: unit.region.clone(), batch: Some(at as u32 / 10 + 1) })
            .collect::<Vec<_>>()
    };
    for list in &mut plan.lists {
        let members = match list.key.as_str() {
            "strong-provinces" => provinces(2, None),
            "data-pilots" | "funded-provinces" => provinces(4, None),
            "examination-centres" => provinces(5, None),
            "filing-checks" => provinces(3, None),
            "strong-cities" => cities(25),
            "strong-demonstration-cities" => cities(12),
            "key-cities-4" => cities(8),
            "protection-zones" => cities(20),
            "demonstration-cities" => cities(30),
            _ => continue,
        };
        *list = List {
            members,
            note: Text::new("演示名单，并非真实的批准名单。", "A made-up list for the demonstration."),
            ..list.clone()
        };
    }
    plan
}

/// A plan for a year, issued and shown to everyone.
async fn enter(rooms: &Rooms, units: &Units, (plan, year, now): (&Contents, i16, Timestamp)) -> Result<Plan> {
    let mut moved = plan.moved_to(year);
    moved.issued_by = Text::new("演示知识产权局", "Demonstration IP office");
    let key = format!("demonstration-plan-{}-{year}", plan.year);
    let new = NewPlan { key: &key, issuer: &units.nation, contents: &moved, copied_from: None };
    let (room, actor) = (&rooms.plans, system());
    let made_at = moment(day_of(year, 1, 8)).min(now);
    let mut write = rooms.database.write().await?;
    let plan = room.make(&mut write, made_at, &actor, &new).await?;
    let plan = room.issue(&mut write, made_at, &actor, Seen::new(&plan.id, plan.version), "演示").await?;
    let plan = room.show(&mut write, made_at, &actor, Seen::new(&plan.id, plan.version), true).await?;
    write.commit().await?;
    Ok(plan)
}

/// Half past nine of a day, where the offices are.
fn moment(day: Date) -> Timestamp {
    let midnight = services::end_of_day(day) - SignedDuration::from_hours(24);
    midnight + SignedDuration::from_mins(9 * 60 + 30)
}

/// A number from 0 to 99 that is always the same for the same words.
fn chance(words: &str) -> u64 {
    // FNV-1a, stirred once more so that words that differ at their end alone differ in all.
    let hash = words
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    ((hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) % 100
}

/// Most cities choose some of the optional tasks.
async fn choose(rooms: &Rooms, plan: &Plan, today: Date, now: Timestamp) -> Result<()> {
    let matrix = rooms.plans.matrix(&system(), &plan.id, today, &Asked::default()).await?;
    let mut write = rooms.database.write().await?;
    for unit in &matrix.units {
        for (task, cell) in matrix.tasks.iter().zip(&unit.cells) {
            let wants = chance(&format!("choose/{}/{}", unit.unit, task.key)) < 45;
            if cell.duty == Some(Duty::Optional) && wants {
                let place = (&plan.id, &unit.unit, task.key.as_str());
                rooms.plans.choose(&mut write, now, &system(), place, true).await?;
            }
        }
    }
    Ok(write.commit().await?)
}

/// What becomes of a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fortune {
    /// Nothing is reported.
    Nothing,
    /// A draft lies about.
    Draft,
    /// A report waits.
    Waits,
    /// A report was returned.
    Returned,
    /// Accepted, and not done.
    UnderWay,
    /// Accepted as done.
    Done,
}

/// Reports of all units on all tasks, from below, up to a day.
async fn report(rooms: &Rooms, plan: &Plan, day: Date, now: Timestamp) -> Result<()> {
    let matrix = rooms.plans.matrix(&system(), &plan.id, day, &Asked::default()).await?;
    let (_, contents) = rooms.plans.plan(&system(), &plan.id).await?;
    let fortunes = fortunes(&matrix, &contents, day);
    let mut write = rooms.database.write().await?;
    for unit in matrix.units.iter().rev() {
        // Parts come behind their whole and are done before it.
        for task in matrix.tasks.iter().rev() {
            let fortune = fortunes.get(&(unit.unit.clone(), task.key.clone())).copied().unwrap_or(Fortune::Nothing);
            let latest = task.due.min(day);
            let place = Place { plan: &plan.id, unit: &unit.unit, task: &task.key, from: task.start, latest };
            tell(&rooms.plans, &mut write, &contents, &place, fortune, now).await?;
        }
    }
    Ok(write.commit().await?)
}

type Fortunes = BTreeMap<(OrganisationId, String), Fortune>;

/// What becomes of every cell; nobody is done before those below, and before the parts of the task.
fn fortunes(matrix: &Matrix, contents: &Contents, day: Date) -> Fortunes {
    let mut fortunes = Fortunes::new();
    let mut open: BTreeSet<(OrganisationId, String)> = BTreeSet::new();
    for unit in matrix.units.iter().rev() {
        for (task, cell) in matrix.tasks.iter().zip(&unit.cells).rev() {
            let bound = cell.duty == Some(Duty::Required) || cell.chosen;
            let place = (unit.unit.clone(), task.key.clone());
            let parts = contents.task(&task.key).map(|placed| placed.task.tasks.as_slice()).unwrap_or_default();
            let mine = |key: &str| open.contains(&(unit.unit.clone(), key.to_owned()));
            let below = mine(&task.key);
            let blocked = below || parts.iter().any(|part| mine(&format!("own/{}", part.key)));
            let mut fortune = if bound { drawn(&place, task.due, day, task.start) } else { Fortune::Nothing };
            if blocked && fortune == Fortune::Done {
                fortune = Fortune::UnderWay;
            }
            let is_open = bound && fortune != Fortune::Done;
            if is_open {
                open.insert((unit.unit.clone(), format!("own/{}", task.key)));
            }
            if (is_open || below)
                && let Some(parent) = &unit.parent
            {
                open.insert((parent.clone(), task.key.clone()));
            }
            fortunes.insert(place, fortune);
        }
    }
    fortunes
}

fn drawn(place: &(OrganisationId, String), due: Date, day: Date, start: Date) -> Fortune {
    let number = chance(&format!("{}/{}/{}", place.0, place.1, start.year()));
    if start >= day {
        return Fortune::Nothing;
    }
    if due <= day {
        return match number {
            0..84 => Fortune::Done,
            84..90 => Fortune::UnderWay,
            90..93 => Fortune::Waits,
            93..96 => Fortune::Returned,
            _ => Fortune::Nothing,
        };
    }
    let whole = (due - start).get_days().max(1);
    let gone = u64::try_from((day - start).get_days() * 100 / whole).unwrap_or_default();
    match number {
        number if number < gone * 55 / 100 => Fortune::Done,
        number if number < gone * 80 / 100 => Fortune::UnderWay,
        number if number < gone * 87 / 100 => Fortune::Waits,
        number if number < gone * 91 / 100 => Fortune::Returned,
        number if number < gone * 95 / 100 => Fortune::Draft,
        _ => Fortune::Nothing,
    }
}

struct Place<'a> {
    plan: &'a PlanId,
    unit: &'a OrganisationId,
    task: &'a str,
    from: Date,
    latest: Date,
}

impl Place<'_> {
    fn chance(&self, what: &str) -> u64 {
        chance(&format!("{what}/{}/{}/{}", self.plan, self.unit, self.task))
    }

    /// A day between the first and the last, later for a larger share.
    fn at(&self, share: u64, now: Timestamp) -> Timestamp {
        let days = i64::from((self.latest - self.from).get_days().max(0));
        let passed = SignedDuration::from_hours(24 * (days * share.min(100) as i64 / 100));
        moment(self.from.saturating_add(passed)).min(now)
    }
}

async fn tell(
    room: &Plans,
    write: &mut Write,
    contents: &Contents,
    place: &Place<'_>,
    fortune: Fortune,
    now: Timestamp,
) -> Result<()> {
    if fortune == Fortune::Nothing {
        return Ok(());
    }
    let actor = system();
    let said = said(contents, place, fortune);
    let key = format!("demo-{}-{}-{}", place.plan, place.unit.as_str().get(16..).unwrap_or_default(), place.task);
    let key: String = key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let begun = place.at(55 + place.chance("begun") * 30 / 100, now);
    let public = place.chance("public") < 40;
    let new = NewReport { key: &key, plan: place.plan, task: place.task, unit: place.unit, said: &said, public };
    let report: Report = room.begin(write, begun, &actor, &new).await?;
    if fortune == Fortune::Draft {
        return Ok(());
    }
    let at = place.at(86 + place.chance("sent") / 9, now).max(begun);
    let report = room.submit(write, at, &actor, Seen::new(&report.id, report.version)).await?;
    let (at, seen) = (place.at(98, now).max(at), Seen::new(&report.id, report.version));
    match fortune {
        Fortune::Done | Fortune::UnderWay => drop(room.accept(write, at, &actor, seen, "").await?),
        Fortune::Returned => {
            let reason = RETURNED[place.chance("reason") as usize % RETURNED.len()];
            room.return_report(write, at, &actor, seen, reason).await?;
        }
        Fortune::Nothing | Fortune::Draft | Fortune::Waits => {}
    }
    Ok(())
}

fn said(contents: &Contents, place: &Place<'_>, fortune: Fortune) -> Said {
    let number = place.chance("words") as usize;
    let done = fortune == Fortune::Done;
    let words = if done { DONE[number % DONE.len()] } else { UNDER_WAY[number % UNDER_WAY.len()] };
    let mut figures = BTreeMap::new();
    if let Some(placed) = contents.task(place.task) {
        for target in placed.task.reported() {
            let aim = target.figure.unwrap_or(600.0);
            let share = if done { 100 + place.chance(&target.key) / 4 } else { 50 + place.chance(&target.key) / 3 };
            let value = aim * share as f64 / 100.0;
            let value = if target.unit.zh == "%" && aim >= 100.0 { value.min(100.0) } else { value };
            if done || place.chance("figures") < 70 {
                figures.insert(target.key.clone(), (value * 10.0).round() / 10.0);
            }
        }
    }
    Said {
        progress: if done { Progress::Done } else { Progress::UnderWay },
        percent: if done { 100 } else { 30 + place.chance("percent") as i64 * 6 / 10 },
        words: words.to_owned(),
        figures,
    }
}
