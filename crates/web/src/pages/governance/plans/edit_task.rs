//! `/governance/plans/{id}/edit/{key}`: a task of a plan, written; `new` adds one.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use network::Fault;
use plans::{Assignment, Contents, Duty, Plan, PlanId, PlansError, Rule, Seen, Task, Text};

use super::edit::drafted;
use super::view::PlanHead;
use super::{begin, lines, named, tabs};
use crate::App;
use crate::form::{Choice, FaultLine, FieldView, GroupView, form_status, summary};
use crate::frame::{Visit, page};
use crate::problem::Failure;
use crate::sent::{Sent, fault};

/// Empty assignments that the form offers.
const SPARE: usize = 2;
/// Assignments of a task at most.
const MOST: usize = 12;

#[derive(Template)]
#[template(path = "governance/plans/edit_task.html")]
struct TaskPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    version: i64,
    action: String,
    groups: Vec<GroupView>,
    faults: Vec<FaultLine>,
    stale: bool,
    existing: bool,
}

/// A task and where it stands: key of its group, key of the task of which it is a part.
struct Draft {
    task: Task,
    group: String,
    whole: String,
}

fn found(contents: &Contents, key: &str) -> Option<Draft> {
    if key == "new" {
        let group = contents.groups.last().map(|group| group.key.clone()).unwrap_or_default();
        return Some(Draft { task: Task::default(), group, whole: String::new() });
    }
    let placed = contents.task(key)?;
    let whole = placed.whole.map(|whole| whole.key.clone()).unwrap_or_default();
    Some(Draft { task: placed.task.clone(), group: placed.group.key.clone(), whole })
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, key)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let (plan, contents) = drafted(&visit, &app, &id).await?;
    let draft = found(&contents, &key).ok_or(Failure::NotFound)?;
    shown(&visit, (&plan, &contents, &key), &draft, &[], false)
}

fn shown(
    visit: &Visit,
    (plan, contents, key): (&Plan, &Contents, &str),
    draft: &Draft,
    faults: &[Fault],
    stale: bool,
) -> Result<Response, Failure> {
    let groups: Vec<GroupView> = fields(visit, contents, draft)
        .into_iter()
        .map(|group| GroupView {
            fields: group.fields.into_iter().map(|field| field.of(faults, visit.lang)).collect(),
            ..group
        })
        .collect();
    let status = form_status(stale, faults.is_empty());
    let title = match key {
        "new" => visit.t("新任务", "New task").to_owned(),
        key => format!("{} {key}", visit.t("修改任务", "Change task")),
    };
    let html = page(&TaskPage {
        visit,
        title,
        tabs: tabs(visit, plan),
        head: PlanHead::new(visit, plan),
        version: plan.version,
        action: format!("/governance/plans/{}/edit/{key}", plan.id),
        faults: summary(faults, &groups, visit.lang),
        groups,
        stale,
        existing: key != "new",
    })?;
    Ok((status, html).into_response())
}

fn choice(value: &str, name: &str, chosen: bool) -> Choice {
    Choice { value: value.to_owned(), name: name.to_owned(), chosen }
}

fn fields(visit: &Visit, contents: &Contents, draft: &Draft) -> Vec<GroupView> {
    let (lang, task) = (visit.lang.code(), &draft.task);
    let text = |name: &str, zh: &str, en: &str, value: &str| FieldView::new(name, visit.t(zh, en), "text").value(value);
    let area = |name: &str, zh: &str, en: &str, value: &str| FieldView::new(name, visit.t(zh, en), "area").value(value);
    let day = |name: &str, zh: &str, en: &str, value: Option<jiff::civil::Date>| {
        FieldView::new(name, visit.t(zh, en), "date").value(value.map(|day| day.to_string()).unwrap_or_default())
    };
    let group = contents.groups.iter();
    let group = group.map(|group| choice(&group.key, group.title.text(lang), group.key == draft.group)).collect();
    let wholes = contents.groups.iter().flat_map(|group| &group.tasks).filter(|whole| whole.key != task.key);
    let none = choice("", visit.t("（不是子任务）", "(it is no part)"), draft.whole.is_empty());
    let wholes = wholes.map(|whole| {
        choice(&whole.key, &format!("{} {}", whole.key, whole.title.text(lang)), whole.key == draft.whole)
    });
    let words = vec![
        text("key", "编号", "Key", &task.key).needed().hint(
            visit.t("各版本、各年度保持不变，填报凭它关联", "The same in all editions and years: reports hang on it"),
        ),
        FieldView::new("group", visit.t("所属组", "Group"), "choice").choices(group),
        FieldView::new("whole", visit.t("属于哪项任务", "Part of"), "choice")
            .choices(std::iter::once(none).chain(wholes).collect()),
        text("title", "标题（中文）", "Title, Chinese", &task.title.zh).needed(),
        text("title_en", "标题（英文）", "Title, English", &task.title.en),
        area("text", "内容（中文）", "Text, Chinese", &task.text.zh),
        area("text_en", "内容（英文）", "Text, English", &task.text.en),
        text("responsible", "责任部门", "Departments that answer for it", &task.responsible.join("、")),
        text("cooperating", "配合部门", "Departments that help", &task.cooperating.join("、")),
        day("start", "开始日期", "First day", task.start).hint(visit.t("留空为计划开始日", "Empty: that of the plan")),
        day("due", "截止日期", "Last day", task.due).hint(visit.t("留空为计划结束日", "Empty: that of the plan")),
    ];
    let more = vec![
        area("milestones", "节点", "Milestones", &lines::milestones(&task.milestones))
            .hint(visit.t("每行一个：2026-06-30 | 名称 | 英文", "One a line: 2026-06-30 | Chinese | English")),
        area("targets", "目标", "Targets", &lines::targets(&task.targets)).hint(visit.t(
            "每行一项：编号 | 名称 | 英文 | 指标代码 | at-least、at-most 或 about | 数值 | 单位 | 英文单位 | 期间 | 基期值 | reported（由各单位填报）",
            "One a line: key | Chinese | English | indicator | at-least, at-most or about | figure | unit | unit in English | period | baseline | reported (by every unit)",
        )),
        area("support", "支持措施（中文）", "Support, Chinese", &task.support.zh),
        area("support_en", "支持措施（英文）", "Support, English", &task.support.en),
        area("evidence", "佐证要求（中文）", "Evidence, Chinese", &task.evidence.zh),
        area("evidence_en", "佐证要求（英文）", "Evidence, English", &task.evidence.en),
    ];
    let mut whom = Vec::new();
    for at in 0..(task.assignments.len() + SPARE).min(MOST) {
        whom.extend(assignment(visit, contents, at, task.assignments.get(at)));
    }
    vec![
        GroupView { name: visit.t("任务", "Task").to_owned(), fields: words },
        GroupView {
            name: visit
                .t("对象（子任务不填则与所属任务相同）", "For whom (a part without is for whom the whole is)")
                .to_owned(),
            fields: whom,
        },
        GroupView {
            name: visit.t("节点、目标与支持", "Milestones, targets and support").to_owned(), fields: more
        },
    ]
}

fn assignment(visit: &Visit, contents: &Contents, at: usize, one: Option<&Assignment>) -> Vec<FieldView> {
    let lang = visit.lang.code();
    let name = |part: &str| format!("a{at}-{part}");
    let label = |zh: &str, en: &str| format!("{} {}", at + 1, visit.t(zh, en));
    let none = choice("", visit.t("（无）", "(none)"), one.is_none());
    let rules =
        Rule::ALL.iter().map(|rule| choice(rule.code(), rule.label(lang), one.is_some_and(|one| one.rule == *rule)));
    let duties =
        Duty::ALL.iter().map(|duty| choice(duty.code(), duty.label(lang), one.is_some_and(|one| one.duty == *duty)));
    let lists = contents
        .lists
        .iter()
        .map(|list| choice(&list.key, list.name.text(lang), one.is_some_and(|one| one.list == list.key)));
    let empty = choice("", "—", one.is_none_or(|one| one.list.is_empty()));
    let batch = one.and_then(|one| one.batch).map(|batch| batch.to_string()).unwrap_or_default();
    let units = one.map(|one| one.units.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    vec![
        FieldView::new(name("rule"), label("对象", "Whom"), "choice")
            .choices(std::iter::once(none).chain(rules).collect()),
        FieldView::new(name("duty"), label("必做或选做", "Duty"), "choice").choices(duties.collect()),
        FieldView::new(name("list"), label("名单", "List"), "choice")
            .choices(std::iter::once(empty).chain(lists).collect()),
        FieldView::new(name("batch"), label("批次", "Batch"), "number").value(batch).typed("numeric"),
        FieldView::new(name("units"), label("单位标识（仅用于指定单位）", "Ids of units, for units by name"), "text")
            .value(units.unwrap_or_default()),
    ]
}

/// What a form says of a task.
fn read(sent: &Sent, before: &Task) -> (Draft, Vec<Fault>) {
    let mut faults = Vec::new();
    let text = |name: &str| sent.get(name).trim().replace("\r\n", "\n");
    let both = |name: &str| Text::new(text(name), text(&format!("{name}_en")));
    let mut day = |name: &str| match text(name).as_str() {
        "" => None,
        written => {
            written.parse().map_err(|_| faults.push(fault(name, "日期写作 2026-07-01", "write 2026-07-01"))).ok()
        }
    };
    let (start, due) = (day("start"), day("due"));
    let task = Task {
        key: text("key"),
        title: both("title"),
        text: both("text"),
        responsible: lines::names(sent.get("responsible")),
        cooperating: lines::names(sent.get("cooperating")),
        assignments: assignments(sent, &mut faults),
        start,
        due,
        milestones: lines::read_milestones(&text("milestones"), &mut faults),
        targets: lines::read_targets(&text("targets"), &mut faults),
        support: both("support"),
        evidence: both("evidence"),
        tasks: before.tasks.clone(),
    };
    (Draft { task, group: text("group"), whole: text("whole") }, faults)
}

fn assignments(sent: &Sent, faults: &mut Vec<Fault>) -> Vec<Assignment> {
    let mut all = Vec::new();
    for at in 0..MOST {
        let part = |part: &str| sent.get(&format!("a{at}-{part}")).trim().to_owned();
        let Ok(rule) = part("rule").parse::<Rule>() else { continue };
        let batch = match part("batch").as_str() {
            "" => None,
            text => text
                .parse()
                .map_err(|_| faults.push(fault(&format!("a{at}-batch"), "批次为数字", "a batch is a number")))
                .ok(),
        };
        let units = lines::names(&part("units"));
        let units: Result<Vec<_>, _> = units.iter().map(|id| id.parse()).collect();
        let units = units.unwrap_or_else(|_| {
            faults.push(fault(&format!("a{at}-units"), "有无法识别的单位标识", "one of the ids is no id"));
            Vec::new()
        });
        let duty = part("duty").parse().unwrap_or(Duty::Required);
        all.push(Assignment { duty, rule, list: part("list"), batch, units });
    }
    all
}

/// Puts a task where it belongs; none when its group or whole is not there.
fn put(contents: &mut Contents, old: &str, draft: Draft) -> Option<()> {
    let same_place = contents.task(old).is_some_and(|placed| {
        placed.group.key == draft.group && placed.whole.map_or("", |whole| whole.key.as_str()) == draft.whole
    });
    if same_place {
        let all = contents.groups.iter_mut().flat_map(|group| &mut group.tasks);
        for task in all {
            if task.key == old {
                *task = draft.task;
                return Some(());
            }
            if let Some(part) = task.tasks.iter_mut().find(|part| part.key == old) {
                *part = draft.task;
                return Some(());
            }
        }
        return None;
    }
    take_out(contents, old);
    let group = contents.groups.iter_mut().find(|group| group.key == draft.group)?;
    if draft.whole.is_empty() {
        group.tasks.push(draft.task);
        return Some(());
    }
    let whole = contents.groups.iter_mut().flat_map(|group| &mut group.tasks).find(|task| task.key == draft.whole)?;
    whole.tasks.push(draft.task);
    Some(())
}

fn take_out(contents: &mut Contents, key: &str) {
    for group in &mut contents.groups {
        group.tasks.retain(|task| task.key != key);
        for task in &mut group.tasks {
            task.tasks.retain(|part| part.key != key);
        }
    }
}

pub(crate) async fn change(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path((id, key)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let (plan, mut contents) = drafted(&visit, &app, &id).await?;
    let before = found(&contents, &key).ok_or(Failure::NotFound)?;
    let (draft, mut faults) = read(&sent, &before.task);
    let kept = Draft { task: draft.task.clone(), group: draft.group.clone(), whole: draft.whole.clone() };
    let base = contents.clone();
    if sent.get("act") == "remove" {
        take_out(&mut contents, &key);
        faults.clear();
    } else {
        if draft.task.key != key && contents.task(&draft.task.key).is_some() {
            faults.push(fault("key", "编号已被另一任务使用", "another task has this key"));
        }
        let own = format!("tasks.{}.", draft.task.key);
        if put(&mut contents, &key, draft).is_none() {
            faults.push(fault("group", "请选择所属组", "choose its group"));
        }
        let wrong = contents.faults().into_iter();
        let own_key = own.trim_end_matches('.').to_owned();
        faults.extend(wrong.filter_map(|one| {
            let field = if one.field == own_key { "key" } else { one.field.strip_prefix(&own)? };
            let field = if field == "assignments" { "a0-rule" } else { field };
            Some(Fault { field: field.to_owned(), ..one })
        }));
    }
    if !faults.is_empty() {
        return shown(&visit, (&plan, &base, &key), &kept, &faults, false);
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
            shown(&visit, (&now, &base, &key), &kept, &[], true)
        }
        Err(error) => Err(error.into()),
    }
}
