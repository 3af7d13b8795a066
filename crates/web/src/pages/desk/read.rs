//! What was typed into the form of an act, as the act.

use std::str::FromStr;

use accounts::PersonId;
use cases::{Act, Action, CaseFile, CaseId, InboxQuery, Party, Plan, Reference};
use jiff::civil::Date;
use network::Fault;

use super::{by, people};
use crate::App;
use crate::frame::Visit;
use crate::pages::network::sent::named;
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// The act, or everything that cannot be read.
pub(crate) async fn act(
    app: &App,
    visit: &Visit,
    (action, file): (Action, &CaseFile),
    sent: &Sent,
    today: Date,
) -> Result<Result<Act, Vec<Fault>>, Failure> {
    let text = |name: &str| sent.get(name).to_owned();
    let reason = || text("reason");
    Ok(match action {
        Action::Accept => Ok(Act::Accept),
        Action::Refuse => Ok(Act::Refuse { reason: reason() }),
        Action::AskSupplement => Ok(Act::AskSupplement { missing: lines(sent.get("missing")) }),
        Action::Supplement => Ok(Act::Supplement { answers: services::Answers::new(), note: text("note") }),
        Action::DeemWithdrawn => Ok(Act::DeemWithdrawn),
        Action::SetUp => match plan(sent) {
            Ok(plan) => works_there(app, visit, file, ("staff", &plan.staff), today).await?.map(|()| Act::SetUp(plan)),
            Err(faults) => Err(faults),
        },
        Action::Begin => Ok(Act::Begin),
        Action::Assign => match chosen::<PersonId>(sent, "to") {
            Ok(to) => {
                let works = works_there(app, visit, file, ("to", std::slice::from_ref(&to)), today).await?;
                works.map(|()| Act::Assign { to })
            }
            Err(fault) => Err(vec![fault]),
        },
        Action::Take => Ok(Act::Take),
        Action::Pause => Ok(Act::Pause { reason: reason() }),
        Action::Resume => Ok(Act::Resume),
        Action::Extend => extension(sent),
        Action::Escalate => Ok(Act::Escalate { reason: reason() }),
        Action::Transfer => transfer(app, sent, today).await?,
        Action::HandOn => Ok(Act::HandOn { office: text("office"), reference: text("reference") }),
        Action::StatusBack => Ok(Act::StatusBack { status: text("status") }),
        Action::TakeBack => Ok(Act::TakeBack { status: text("status") }),
        Action::NameParties => parties(sent),
        Action::Deliver => Ok(Act::Deliver { result: text("result") }),
        Action::Confirm => chosen(sent, "solved")
            .map(|solved| Act::Confirm { solved, words: text("words") })
            .map_err(|fault| vec![fault]),
        Action::Return => Ok(Act::Return { reason: reason() }),
        Action::FollowUp => optional(sent, "solved").map(|solved| Act::FollowUp { note: text("note"), solved }),
        Action::Archive => archive(sent),
        Action::Withdraw => Ok(Act::Withdraw { reason: reason() }),
        Action::Merge => {
            let found = other(app, visit, file, sent.get("into")).await?;
            found.map(|into| Act::Merge { into, reason: reason() }).map_err(|fault| vec![fault])
        }
        Action::Reopen => Ok(Act::Reopen { reason: reason() }),
        Action::Submit | Action::Message | Action::Note | Action::Task | Action::Document | Action::Link => {
            return Err(Failure::NotFound);
        }
    })
}

/// Whether all of these work at the outlet of the case, or lead above it.
async fn works_there(
    app: &App,
    visit: &Visit,
    file: &CaseFile,
    (field, named): (&str, &[PersonId]),
    today: Date,
) -> Result<Result<(), Vec<Fault>>, Failure> {
    let staff = people::staff(app, visit, &file.case.outlet, today).await?;
    if named.iter().all(|person| staff.iter().any(|(id, _)| id == person)) {
        return Ok(Ok(()));
    }
    let (zh, en) = ("请从列表中选择本网点的人员", "choose someone of this outlet from the list");
    Ok(Err(vec![fault(field, zh, en)]))
}

/// Lines with something on them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn needed(name: &str) -> Fault {
    fault(name, "请选择一项", "choose one")
}

fn chosen<T: FromStr>(sent: &Sent, name: &str) -> Result<T, Fault> {
    sent.get(name).parse().map_err(|_| needed(name))
}

fn optional<T: FromStr>(sent: &Sent, name: &str) -> Result<Option<T>, Vec<Fault>> {
    if sent.get(name).is_empty() { Ok(None) } else { chosen(sent, name).map(Some).map_err(|fault| vec![fault]) }
}

fn plan(sent: &Sent) -> Result<Plan, Vec<Fault>> {
    let mut faults = Vec::new();
    let first: Option<PersonId> = chosen(sent, "staff").map_err(|fault| faults.push(fault)).ok();
    let deadline: Option<Date> = sent.get("deadline").parse().ok();
    if deadline.is_none() {
        faults.push(fault("deadline", "请写日期，如 2026-07-01", "write the day as 2026-07-01"));
    }
    let (Some(first), Some(deadline), true) = (first, deadline, faults.is_empty()) else { return Err(faults) };
    let helpers = sent.all("helpers").filter_map(|id| id.parse().ok()).filter(|id| *id != first);
    let mut staff: Vec<PersonId> = helpers.collect();
    staff.insert(0, first);
    Ok(Plan { staff, plan: sent.get("plan").to_owned(), deadline, contact: sent.get("contact").to_owned() })
}

fn extension(sent: &Sent) -> Result<Act, Vec<Fault>> {
    let mut faults = Vec::new();
    let ground = chosen(sent, "ground").map_err(|fault| faults.push(fault)).ok();
    let days = sent.get("days").trim().parse().ok();
    if days.is_none() {
        faults.push(fault("days", "请写工作日数，如 5", "write a number of working days, such as 5"));
    }
    match (ground, days) {
        (Some(ground), Some(days)) => Ok(Act::Extend { ground, days, reason: sent.get("reason").to_owned() }),
        _ => Err(faults),
    }
}

async fn transfer(app: &App, sent: &Sent, today: Date) -> Result<Result<Act, Vec<Fault>>, Failure> {
    let reason = sent.get("reason").to_owned();
    let elsewhere = sent.get("elsewhere").trim();
    if !elsewhere.is_empty() {
        let found = named(app, ("elsewhere", elsewhere), today).await?;
        return Ok(found.and_then(|found| match found.into_iter().next() {
            Some(outlet) => Ok(Act::Transfer { outlet, reason }),
            None => Err(vec![needed("elsewhere")]),
        }));
    }
    Ok(chosen(sent, "outlet").map(|outlet| Act::Transfer { outlet, reason }).map_err(|fault| vec![fault]))
}

fn parties(sent: &Sent) -> Result<Act, Vec<Fault>> {
    let (mut parties, mut faults) = (Vec::new(), Vec::new());
    for row in 0..sent.all("party").count() {
        let text = |name: &str| sent.get(&format!("{name}-{row}")).trim().to_owned();
        let (name, contact) = (text("name"), text("contact"));
        match (name.is_empty(), contact.is_empty()) {
            (true, true) => {}
            (true, false) => {
                faults.push(fault(&format!("name-{row}"), "请填写姓名或名称", "write the name"));
            }
            (false, _) => match chosen(sent, &format!("role-{row}")) {
                Ok(role) => parties.push(Party { role, name, contact }),
                Err(fault) => faults.push(fault),
            },
        }
    }
    if parties.is_empty() && faults.is_empty() {
        faults.push(fault("name-0", "请至少填写一方", "name at least one party"));
    }
    if faults.is_empty() { Ok(Act::NameParties { parties }) } else { Err(faults) }
}

fn archive(sent: &Sent) -> Result<Act, Vec<Fault>> {
    let outcome = chosen(sent, "outcome").map_err(|fault| vec![fault])?;
    let settlement = optional(sent, "settlement")?;
    let attended = match sent.get("attended").trim() {
        "" => None,
        // What is no number is refused with the words for one out of bounds.
        people => Some(people.parse().unwrap_or_default()),
    };
    Ok(Act::Archive { outcome, settlement, attended, summary: sent.get("summary").to_owned() })
}

/// Another case by its number, its id or its address; only such as whoever visits may read.
pub(crate) async fn other(
    app: &App,
    visit: &Visit,
    file: &CaseFile,
    text: &str,
) -> Result<Result<CaseId, Fault>, Failure> {
    let text = text.trim();
    let text = text.rsplit("/desk/cases/").next().unwrap_or(text);
    if let Ok(id) = text.parse::<CaseId>() {
        return Ok(Ok(id));
    }
    let Ok(reference) = text.parse::<Reference>() else {
        return Ok(Err(fault(
            "into",
            "请写办件编号，如 HZ-2026-000123-9",
            "write its number, such as HZ-2026-000123-9",
        )));
    };
    let query = InboxQuery { text: Some(reference.to_string()), limit: 2, ..InboxQuery::all() };
    let found = app.cases.inbox((app.clock.now)(), by(visit), &query).await?;
    let found = found.cases.into_iter().map(|listed| listed.case).find(|case| case.reference == reference);
    Ok(match found {
        Some(case) if case.id != file.case.id => Ok(case.id),
        Some(_) => Err(fault("into", "不能是办件自身", "it cannot be the case itself")),
        None => Err(fault("into", "没有您可以查看的这个编号", "there is no such case that you may see")),
    })
}
