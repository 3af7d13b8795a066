//! `/governance/plans/{id}/edit`: the head of a plan and the order of its groups and tasks.

use std::sync::Arc;

use accounts::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use plans::{Contents, Group, Plan, PlanId, PlansError, Seen};

use super::view::PlanHead;
use super::{begin, lines, named, tabs};
use crate::App;
use crate::form::{FaultLine, FieldView, GroupView, form_status, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

#[derive(Template)]
#[template(path = "governance/plans/edit.html")]
struct EditPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    version: i64,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    stale: bool,
    /// Groups with their tasks, to be opened.
    tasks: Vec<(String, Vec<TaskLine>)>,
    /// What keeps it from being issued.
    shortcomings: Vec<(String, String)>,
    draft: i64,
    drafted: bool,
    unissued: bool,
    closed: bool,
}

struct TaskLine {
    key: String,
    title: String,
    part: bool,
    address: String,
}

/// A plan whose writer visits: with what is being written, or what would be the next edition.
pub(super) async fn drafted(visit: &Visit, app: &App, id: &PlanId) -> Result<(Plan, Contents), Failure> {
    visit.actor.require(Permission::EditPlans)?;
    let (plan, contents) = app.plans.plan(&visit.actor, id).await?;
    visit.actor.require_at(Permission::EditPlans, &plan.issuer)?;
    if !plan.drafted || plan.edition == 0 {
        return Ok((plan, Contents::clone(&contents)));
    }
    let (plan, contents) = app.plans.edition(&visit.actor, id, plan.edition + 1).await?;
    Ok((plan, Contents::clone(&contents)))
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let (plan, contents) = drafted(&visit, &app, &id).await?;
    shown(&visit, &plan, &contents, &[], false)
}

fn shown(visit: &Visit, plan: &Plan, contents: &Contents, faults: &[Fault], stale: bool) -> Result<Response, Failure> {
    let lang = visit.lang.code();
    let groups: Vec<GroupView> = fields(visit, contents)
        .into_iter()
        .map(|group| GroupView {
            fields: group.fields.into_iter().map(|field| field.of(faults, visit.lang)).collect(),
            ..group
        })
        .collect();
    let status = form_status(stale, faults.is_empty());
    let html = page(&EditPage {
        visit,
        title: format!("{} · {}", plan.title.text(lang), visit.t("编制", "writing")),
        tabs: tabs(visit, plan),
        head: PlanHead::new(visit, plan),
        version: plan.version,
        faults: summary(faults, &groups, visit.lang),
        groups,
        stale,
        tasks: tasks(visit, plan, contents),
        shortcomings: contents.faults().iter().map(|one| (one.field.clone(), one.text(lang).to_owned())).collect(),
        draft: plan.edition + 1,
        drafted: plan.drafted,
        unissued: plan.edition == 0,
        closed: plan.state == plans::PlanState::Closed,
    })?;
    Ok((status, html).into_response())
}

fn tasks(visit: &Visit, plan: &Plan, contents: &Contents) -> Vec<(String, Vec<TaskLine>)> {
    let lang = visit.lang.code();
    let group = |group: &Group| {
        let inside = contents.tasks().filter(|placed| placed.group.key == group.key);
        let line = |placed: plans::Placed<'_>| TaskLine {
            key: placed.task.key.clone(),
            title: placed.task.title.text(lang).to_owned(),
            part: placed.whole.is_some(),
            address: format!("/governance/plans/{}/edit/{}", plan.id, placed.task.key),
        };
        (format!("{} {}", group.key, group.title.text(lang)), inside.map(line).collect())
    };
    contents.groups.iter().map(group).collect()
}

fn fields(visit: &Visit, contents: &Contents) -> Vec<GroupView> {
    let text = |name: &str, zh: &str, en: &str, value: &str| FieldView::new(name, visit.t(zh, en), "text").value(value);
    let area = |name: &str, zh: &str, en: &str, value: &str| FieldView::new(name, visit.t(zh, en), "area").value(value);
    let day =
        |name: &str, zh: &str, en: &str, value: String| FieldView::new(name, visit.t(zh, en), "date").value(value);
    let reminders = contents.reminders.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let head = vec![
        text("title", "标题（中文）", "Title, Chinese", &contents.title.zh),
        text("title_en", "标题（英文）", "Title, English", &contents.title.en),
        text("number", "文号", "Number", &contents.number),
        day("dated", "成文日期", "Dated", contents.dated.map(|day| day.to_string()).unwrap_or_default()),
        text("issued_by", "发布机关（中文）", "Issued by, Chinese", &contents.issued_by.zh),
        text("issued_by_en", "发布机关（英文）", "Issued by, English", &contents.issued_by.en),
        text("year", "年度", "Year", &contents.year.to_string()).typed("numeric"),
        text("reminders", "提醒规则（天）", "Reminders, days", &reminders).hint(visit.t(
            "负数为到期前，0 为当天，正数为逾期后，例如 -14, 0, 7",
            "Less than 0 before the due day, 0 on it, more after it: -14, 0, 7",
        )),
        day("from", "执行期自", "In force from", contents.from.to_string()),
        day("to", "执行期至", "In force until", contents.to.to_string()),
        area("purpose", "目的（中文）", "Purpose, Chinese", &contents.purpose.zh),
        area("purpose_en", "目的（英文）", "Purpose, English", &contents.purpose.en),
    ];
    let data = vec![
        area("targets", "总体目标", "Targets of the plan", &lines::targets(&contents.targets)).hint(visit.t(
            "每行一项：编号 | 名称 | 英文 | 指标代码 | at-least、at-most 或 about | 数值 | 单位 | 英文单位 | 期间 | 基期值 | reported",
            "One a line: key | Chinese | English | indicator | at-least, at-most or about | figure | unit | unit in English | period | baseline | reported",
        )),
        area("lists", "名单", "Lists", &lines::lists(&contents.lists)).hint(visit.t(
            "每行一份：编号 | 名称 | 英文 | 区划代码（可加 :批次），用逗号隔开 | 说明 | 英文说明",
            "One a line: key | Chinese | English | region codes, each with :batch where there is one | note | note in English",
        )),
        area("choices", "选做规则", "Choices", &lines::choices(&contents.choices)).hint(visit.t(
            "每行一条：至少几项 | 任务编号，用逗号隔开",
            "One a line: at least how many | keys of tasks",
        )),
    ];
    let mut groups = vec![
        GroupView { name: visit.t("计划", "Plan").to_owned(), fields: head },
        GroupView { name: visit.t("目标、名单与规则", "Targets, lists and rules").to_owned(), fields: data },
    ];
    let mut parts = Vec::new();
    for at in 0..=contents.groups.len() {
        let group = contents.groups.get(at).cloned().unwrap_or_default();
        let name = |part: &str| format!("g{at}-{part}");
        parts.push(text(&name("key"), "组编号", "Key of the group", &group.key));
        parts.push(text(&name("zh"), "组标题（中文）", "Heading, Chinese", &group.title.zh));
        parts.push(text(&name("en"), "组标题（英文）", "Heading, English", &group.title.en));
        let keys = group.tasks.iter().map(|task| task.key.as_str()).collect::<Vec<_>>().join(", ");
        parts.push(text(&name("tasks"), "任务顺序", "Order of its tasks", &keys).hint(
            visit.t("任务编号；移到别的组，任务就换组", "Keys of tasks; a key moved to another group moves the task"),
        ));
    }
    groups.push(GroupView { name: visit.t("任务组", "Groups").to_owned(), fields: parts });
    groups
}

/// What a form says of a plan, over what was there; tasks stay as they are and go where their keys went.
fn read(sent: &Sent, before: &Contents) -> (Contents, Vec<Fault>) {
    let mut faults = Vec::new();
    let text = |name: &str| sent.get(name).trim().replace("\r\n", "\n");
    let both = |name: &str| plans::Text::new(text(name), text(&format!("{name}_en")));
    let mut contents = before.clone();
    contents.title = both("title");
    contents.number = text("number");
    contents.issued_by = both("issued_by");
    contents.purpose = both("purpose");
    let mut day = |name: &str| match text(name).as_str() {
        "" => None,
        written => {
            written.parse().map_err(|_| faults.push(fault(name, "日期写作 2026-07-01", "write 2026-07-01"))).ok()
        }
    };
    contents.dated = day("dated");
    (contents.from, contents.to) = (day("from").unwrap_or(before.from), day("to").unwrap_or(before.to));
    match text("year").parse() {
        Ok(year) => contents.year = year,
        Err(_) => faults.push(fault("year", "年度写作 2026", "write the year as 2026")),
    }
    let days = text("reminders");
    let days = days.split([',', '，', '、', ' ']).filter(|word| !word.is_empty()).map(str::parse);
    match days.collect() {
        Ok(days) => contents.reminders = days,
        Err(_) => faults.push(fault("reminders", "写作 -14, 0, 7", "write -14, 0, 7")),
    }
    contents.targets = lines::read_targets(&text("targets"), &mut faults);
    contents.lists = lines::read_lists(&text("lists"), &mut faults);
    contents.choices = lines::read_choices(&text("choices"), &mut faults);
    contents.groups = groups(sent, before, &mut faults);
    (contents, faults)
}

fn groups(sent: &Sent, before: &Contents, faults: &mut Vec<Fault>) -> Vec<Group> {
    let mut left: Vec<plans::Task> = before.groups.iter().flat_map(|group| group.tasks.clone()).collect();
    let mut groups: Vec<Group> = Vec::new();
    for at in 0..=before.groups.len() {
        let part = |part: &str| sent.get(&format!("g{at}-{part}")).trim().to_owned();
        let (key, zh, en) = (part("key"), part("zh"), part("en"));
        let keys = lines::names(&part("tasks"));
        if key.is_empty() && zh.is_empty() && keys.is_empty() {
            continue;
        }
        let mut tasks = Vec::new();
        for wanted in keys {
            if let Some(found) = left.iter().position(|task| task.key == wanted) {
                tasks.push(left.remove(found));
                continue;
            }
            let zh = format!("没有任务「{wanted}」，或已列在别的组");
            let en = format!("there is no task «{wanted}», or it stands in another group");
            faults.push(fault(&format!("g{at}-tasks"), &zh, &en));
        }
        groups.push(Group { key, title: plans::Text::new(zh, en), tasks });
    }
    if let (Some(task), Some(last)) = (left.first(), groups.len().checked_sub(1)) {
        let zh = format!("任务「{}」不在任何组中；要删除任务，请打开它", task.key);
        let en = format!("task «{}» is in no group; open it to take it out", task.key);
        faults.push(fault(&format!("g{last}-tasks"), &zh, &en));
        groups[last].tasks.append(&mut left);
    }
    groups
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let (plan, before) = drafted(&visit, &app, &id).await?;
    let (contents, faults) = read(&sent, &before);
    if !faults.is_empty() {
        return shown(&visit, &plan, &contents, &faults, false);
    }
    let mut write = begin(&app).await?;
    let seen = Seen::new(&id, sent.version()?);
    match app.plans.write(&mut write, (app.clock.now)(), &visit.actor, seen, &contents).await {
        Ok(_) => {
            write.commit().await?;
            Ok(Redirect::to(&format!("/governance/plans/{id}/edit")).into_response())
        }
        Err(PlansError::StalePlan { now }) => {
            drop(write);
            shown(&visit, &now, &contents, &[], true)
        }
        Err(error) => Err(error.into()),
    }
}
