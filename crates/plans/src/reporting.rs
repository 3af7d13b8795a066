//! Reports: begun, written, submitted, taken back, accepted or returned.

use accounts::{Actor, Permission};
use database::Write;
use jiff::Timestamp;
use network::OrganisationId;
use notices::{Notice, Recipient};
use serde_json::{Value, json};

use crate::check::{fault, key_faults};
use crate::closing::open_below;
use crate::day::{derived, office_day};
use crate::known::Ground;
use crate::report::MOST_OF_A_REASON;
use crate::sql::{cells, reports};
use crate::trail::note_report;
use crate::{
    Act, Cell, Duty, NewReport, PlanState, Plans, PlansError, Progress, Report, ReportId, ReportState, Said, Seen, What,
};

impl Plans {
    /// Begins a report of a unit on a task. There is one open report on a task of a unit at a time, and none after it was
    /// accepted as done.
    pub async fn begin(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        new: &NewReport<'_>,
    ) -> Result<Report, PlansError> {
        if let Some(first) = reports::by_key(write, new.key).await? {
            actor.require_at(Permission::ReportProgress, new.unit)?;
            return same(first, new);
        }
        let report = self.begin_in(write, now, actor, new).await?;
        note_report(write, now, actor, (Act::Begin, "", Value::Null), &report).await?;
        Ok(report)
    }

    /// Begins a report without an entry in the audit trail.
    pub(crate) async fn begin_in(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        new: &NewReport<'_>,
    ) -> Result<Report, PlansError> {
        actor.require_at(Permission::ReportProgress, new.unit)?;
        if let Some(fault) = key_faults(new.key) {
            return Err(PlansError::Invalid(vec![fault]));
        }
        let ground = self.in_force(write, new.plan, now).await?;
        concerned(write, &ground, (new.unit, new.task)).await?;
        let said = new.said.tidy();
        refuse(said.faults(ground.task(new.task)?.0.task))?;
        let before = reports::of_cell(write, (new.plan, new.unit, new.task)).await?;
        let report = Report {
            id: ReportId(derived(now, "plan-report", new.key)),
            version: 1,
            plan: new.plan.clone(),
            edition: ground.plan.edition,
            task: new.task.to_owned(),
            unit: new.unit.clone(),
            number: before.first().map_or(1, |last| last.number + 1),
            state: ReportState::Draft,
            said,
            public: new.public,
            made_at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
            made_by: actor.id().cloned(),
            submitted_at: None,
            submitted_by: None,
            decided_at: None,
            decided_by: None,
            reason: String::new(),
        };
        if !reports::insert(write, &report, new.key).await? {
            if reports::by_key(write, new.key).await?.is_some() {
                return Err(PlansError::KeyTaken);
            }
            let there = reports::of_cell(write, (new.plan, new.unit, new.task)).await?;
            let last = Box::new(there.into_iter().next().ok_or(PlansError::KeyTaken)?);
            return Err(match last.state {
                ReportState::Accepted => PlansError::StaleReport { now: last },
                _ => PlansError::AlreadyOpen(last),
            });
        }
        // Read behind the insert: whoever accepted the report before has committed by now.
        let cell = cells::get(write, (new.plan, new.unit, new.task)).await?;
        if cell.is_done() {
            return Err(PlansError::Locked { task: new.task.to_owned() });
        }
        let after = Cell { reports: cell.reports + 1, ..cell };
        mark(write, &report, after).await?;
        Ok(report)
    }

    /// Writes on a draft or a returned report.
    pub async fn write_report(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
        (said, public): (&Said, bool),
    ) -> Result<Report, PlansError> {
        let after = self.write_in(write, now, actor, seen, (said, public)).await?;
        let detail = wrote(&after);
        note_report(write, now, actor, (Act::Write, "", detail), &after).await?;
        Ok(after)
    }

    /// Writes on a report without an entry in the audit trail.
    pub(crate) async fn write_in(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
        (said, public): (&Said, bool),
    ) -> Result<Report, PlansError> {
        let (before, ground) = self.reported(write, now, actor, (seen, Act::Write)).await?;
        let said = said.tidy();
        refuse(said.faults(ground.task(&before.task)?.0.task))?;
        let after = store(write, seen, Report { said, public, ..before }).await?;
        let cell = cells::get(write, place(&after)).await?;
        mark(write, &after, cell).await?;
        Ok(after)
    }

    /// Sends a report to the unit above. One that says the task is done waits for the units below that must do it.
    pub async fn submit(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
    ) -> Result<Report, PlansError> {
        let (before, ground) = self.reported(write, now, actor, (seen, Act::Submit)).await?;
        refuse(before.said.shortcomings(ground.task(&before.task)?.0.task))?;
        may_close(write, &ground, &before).await?;
        let submitted_at = Some(now.round(jiff::Unit::Millisecond).unwrap_or(now));
        let after = Report {
            state: ReportState::Submitted,
            submitted_at,
            submitted_by: actor.id().cloned(),
            decided_at: None,
            decided_by: None,
            reason: String::new(),
            ..before
        };
        let after = store(write, seen, after).await?;
        let mut cell = cells::get(write, place(&after)).await?;
        cell.first_submitted = cell.first_submitted.or(Some(office_day(now)));
        mark(write, &after, cell).await?;
        tell_above(write, now, actor, &ground, &after).await?;
        note_report(write, now, actor, (Act::Submit, "", Value::Null), &after).await?;
        Ok(after)
    }

    /// Takes a submitted report back before anyone has decided.
    pub async fn take_back(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
    ) -> Result<Report, PlansError> {
        let (before, _) = self.reported(write, now, actor, (seen, Act::TakeBack)).await?;
        let after = Report { state: ReportState::Draft, ..before };
        let after = store(write, seen, after).await?;
        let cell = cells::get(write, place(&after)).await?;
        mark(write, &after, cell).await?;
        note_report(write, now, actor, (Act::TakeBack, "", Value::Null), &after).await?;
        Ok(after)
    }

    /// Accepts a submitted report: from now on it is locked. Whoever accepts holds the permission at the unit above, and
    /// is not the one who submitted.
    pub async fn accept(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
        word: &str,
    ) -> Result<Report, PlansError> {
        let (before, ground) = self.judged(write, now, actor, (seen, Act::Accept)).await?;
        may_close(write, &ground, &before).await?;
        let after = decided(before, ReportState::Accepted, now, actor, word)?;
        let after = store(write, seen, after).await?;
        let mut cell = cells::get(write, place(&after)).await?;
        cell.accepted = Some((after.said.progress, after.said.percent, office_day(now)));
        mark(write, &after, cell).await?;
        tell_unit(write, now, actor, &ground, (&after, "plan.report-accepted")).await?;
        note_report(write, now, actor, (Act::Accept, &after.reason, Value::Null), &after).await?;
        Ok(after)
    }

    /// Sends a submitted report back with reasons.
    pub async fn return_report(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
        reason: &str,
    ) -> Result<Report, PlansError> {
        let (before, ground) = self.judged(write, now, actor, (seen, Act::Return)).await?;
        if reason.trim().is_empty() {
            return Err(PlansError::Invalid(vec![fault("reason", "请写明退回的原因", "say why it is returned")]));
        }
        let after = decided(before, ReportState::Returned, now, actor, reason)?;
        let after = store(write, seen, after).await?;
        let cell = cells::get(write, place(&after)).await?;
        mark(write, &after, cell).await?;
        tell_unit(write, now, actor, &ground, (&after, "plan.report-returned")).await?;
        note_report(write, now, actor, (Act::Return, &after.reason, Value::Null), &after).await?;
        Ok(after)
    }

    /// Marks an accepted report as shown to everyone, or not: the unit's own choice. What it says stays.
    pub async fn show_report(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        seen: Seen<'_, ReportId>,
        public: bool,
    ) -> Result<Report, PlansError> {
        let before = at_unit(write, actor, seen).await?;
        if before.state != ReportState::Accepted {
            return Err(PlansError::NotNow { act: Act::Show, state: before.state });
        }
        let after = store(write, seen, Report { public, ..before }).await?;
        note_report(write, now, actor, (Act::Show, "", json!({ "public": public })), &after).await?;
        Ok(after)
    }

    /// A plan in force.
    pub(crate) async fn in_force(
        &self,
        write: &mut Write,
        plan: &crate::PlanId,
        now: Timestamp,
    ) -> Result<Ground, PlansError> {
        let ground = self.ground_of(write, plan, now).await?;
        if ground.plan.state == PlanState::Issued { Ok(ground) } else { Err(PlansError::NotInForce) }
    }

    /// A report that its unit wants to act on.
    pub(crate) async fn reported(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        (seen, act): (Seen<'_, ReportId>, Act),
    ) -> Result<(Report, Ground), PlansError> {
        let report = at_unit(write, actor, seen).await?;
        let fits = match act {
            Act::TakeBack => report.state == ReportState::Submitted,
            _ => matches!(report.state, ReportState::Draft | ReportState::Returned),
        };
        if !fits {
            return Err(PlansError::NotNow { act, state: report.state });
        }
        let ground = self.in_force(write, &report.plan, now).await?;
        Ok((report, ground))
    }

    /// A submitted report that someone of the unit above wants to decide on.
    async fn judged(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        (seen, act): (Seen<'_, ReportId>, Act),
    ) -> Result<(Report, Ground), PlansError> {
        actor.require(Permission::AcceptReports)?;
        let report = reports::get(write, seen.id).await?;
        let report = report.ok_or_else(|| PlansError::not_found(What::Report, seen.id))?;
        let path = network::last_path(write, &report.unit, office_day(now)).await?;
        let unit = path.last().map(|node| &node.id);
        let above = path.iter().rev().nth(1).map(|node| &node.id);
        // Nobody stands above the top: there a second person of the same organisation looks.
        actor.require_at(Permission::AcceptReports, above.or(unit).unwrap_or(&report.unit))?;
        if !actor.is_system() && actor.id() == report.submitted_by.as_ref() {
            return Err(PlansError::OwnReport);
        }
        if report.version != seen.version {
            return Err(PlansError::StaleReport { now: Box::new(report) });
        }
        if report.state != ReportState::Submitted {
            return Err(PlansError::NotNow { act, state: report.state });
        }
        let ground = self.in_force(write, &report.plan, now).await?;
        Ok((report, ground))
    }
}

/// Tells the unit above that a report waits; the program tells nobody of what it enters itself.
async fn tell_above(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    ground: &Ground,
    report: &Report,
) -> Result<(), PlansError> {
    let above = ground.tree.parent(&report.unit).filter(|_| !actor.is_system());
    let Some(above) = above else { return Ok(()) };
    let to = Recipient::Organisation(&above.id);
    put(write, now, ground, (report, "plan.report-submitted", to)).await
}

/// Tells the one who submitted what was decided.
async fn tell_unit(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    ground: &Ground,
    (report, template): (&Report, &'static str),
) -> Result<(), PlansError> {
    if actor.is_system() {
        return Ok(());
    }
    let to = match &report.submitted_by {
        Some(person) => Recipient::Person(&person.0),
        None => Recipient::Organisation(&report.unit),
    };
    put(write, now, ground, (report, template, to)).await
}

async fn put(
    write: &mut Write,
    now: Timestamp,
    ground: &Ground,
    (report, template, to): (&Report, &'static str, Recipient<'_>),
) -> Result<(), PlansError> {
    let task = ground.task(&report.task)?.0.task;
    let name = |lang: &str| match ground.tree.node(&report.unit) {
        Some(node) if lang != "zh" => node.name_en.clone().unwrap_or_else(|| node.name_zh.clone()),
        Some(node) => node.name_zh.clone(),
        None => report.unit.to_string(),
    };
    let reason = if report.reason.is_empty() { "—" } else { &report.reason };
    let (unit_zh, unit_en) = (name("zh"), name("en"));
    let values = [
        ("task.zh", task.title.text("zh")),
        ("task.en", task.title.text("en")),
        ("plan.zh", ground.plan.title.text("zh")),
        ("plan.en", ground.plan.title.text("en")),
        ("unit.zh", &unit_zh),
        ("unit.en", &unit_en),
        ("reason", reason),
    ];
    let link = format!("/governance/plans/reports/{}", report.id);
    let id = derived(now, template, &format!("{}/{}", report.id, report.version));
    Ok(notices::put(write, now, &Notice { id, template, values: &values, to, link: &link }).await?)
}

/// The first report again, when it is the same that was asked for.
fn same(first: Report, new: &NewReport<'_>) -> Result<Report, PlansError> {
    let fits = first.plan == *new.plan && first.unit == *new.unit && first.task == new.task;
    if fits { Ok(first) } else { Err(PlansError::KeyTaken) }
}

/// That a unit must, or has chosen to, do a task.
pub(crate) async fn concerned(
    write: &mut Write,
    ground: &Ground,
    (unit, task): (&OrganisationId, &str),
) -> Result<(), PlansError> {
    match ground.duty(task, unit)? {
        Some(Duty::Required) => Ok(()),
        Some(Duty::Optional) if cells::is_chosen(write, (&ground.plan.id, unit, task)).await? => Ok(()),
        Some(Duty::Optional) => Err(PlansError::NotChosen { task: task.to_owned() }),
        None => Err(PlansError::NotConcerned { task: task.to_owned() }),
    }
}

/// That whoever reports a task as done has nobody below, and no part, that is not.
async fn may_close(write: &mut Write, ground: &Ground, report: &Report) -> Result<(), PlansError> {
    if report.said.progress != Progress::Done {
        return Ok(());
    }
    let open = open_below(write, ground, (&report.unit, &report.task)).await?;
    if open.is_empty() { Ok(()) } else { Err(PlansError::ChildrenOpen { open }) }
}

/// A report of a unit for which the actor reports, at the version seen.
pub(crate) async fn at_unit(write: &mut Write, actor: &Actor, seen: Seen<'_, ReportId>) -> Result<Report, PlansError> {
    actor.require(Permission::ReportProgress)?;
    let report = reports::get(write, seen.id).await?;
    let report = report.ok_or_else(|| PlansError::not_found(What::Report, seen.id))?;
    actor.require_at(Permission::ReportProgress, &report.unit)?;
    if report.version != seen.version {
        return Err(PlansError::StaleReport { now: Box::new(report) });
    }
    Ok(report)
}

fn decided(
    before: Report,
    state: ReportState,
    now: Timestamp,
    actor: &Actor,
    reason: &str,
) -> Result<Report, PlansError> {
    if reason.chars().count() > MOST_OF_A_REASON {
        return Err(PlansError::Invalid(vec![fault("reason", "最多 1000 个字符", "1000 characters at most")]));
    }
    let decided_at = Some(now.round(jiff::Unit::Millisecond).unwrap_or(now));
    Ok(Report { state, decided_at, decided_by: actor.id().cloned(), reason: reason.trim().to_owned(), ..before })
}

/// What a change of a report leaves in its history.
pub(crate) fn wrote(after: &Report) -> Value {
    json!({ "progress": after.said.progress, "percent": after.said.percent })
}

fn refuse(faults: Vec<network::Fault>) -> Result<(), PlansError> {
    if faults.is_empty() { Ok(()) } else { Err(PlansError::Invalid(faults)) }
}

pub(crate) fn place(report: &Report) -> (&crate::PlanId, &OrganisationId, &str) {
    (&report.plan, &report.unit, &report.task)
}

/// Writes how the task stands after an act on a report.
async fn mark(write: &mut Write, report: &Report, cell: Cell) -> Result<(), PlansError> {
    let open = (report.state != ReportState::Accepted).then_some((report.state, report.said.progress));
    cells::put(write, place(report), &Cell { open, ..cell }).await
}

pub(crate) async fn store(write: &mut Write, seen: Seen<'_, ReportId>, after: Report) -> Result<Report, PlansError> {
    if !reports::update(write, &after, seen.version).await? {
        let now = reports::get(write, seen.id).await?;
        let now = now.ok_or_else(|| PlansError::not_found(What::Report, seen.id))?;
        return Err(PlansError::StaleReport { now: Box::new(now) });
    }
    Ok(Report { version: seen.version + 1, ..after })
}

#[cfg(test)]
#[path = "reporting_tests.rs"]
mod tests;
