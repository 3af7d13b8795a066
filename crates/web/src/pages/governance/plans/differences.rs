//! `/governance/plans/{id}/differences`: what an edition changes.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plans::{Fate, PlanId, differences};
use serde::Deserialize;

use super::view::PlanHead;
use super::{named, tabs};
use crate::App;
use crate::form::Choice;
use crate::frame::{Visit, page};
use crate::pages::network::value;
use crate::problem::Failure;

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "governance/plans/differences.html")]
struct DifferencesPage<'a> {
    visit: &'a Visit,
    title: String,
    tabs: Vec<(String, &'static str, bool)>,
    head: PlanHead,
    from: Vec<Choice>,
    to: Vec<Choice>,
    rows: Vec<Row>,
}

struct Row {
    fate: &'static str,
    tone: &'static str,
    task: String,
    title: String,
    fields: Vec<(&'static str, String, String)>,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let id: PlanId = named(&id)?;
    let editions = app.plans.editions(&visit.actor, &id).await?;
    let last = editions.first().map_or(1, |edition| edition.number);
    let to: i64 = value("to", &asked.to, "2")?.unwrap_or(last);
    let from: i64 = value("from", &asked.from, "1")?.unwrap_or_else(|| (to - 1).max(1));
    let (_, before) = app.plans.edition(&visit.actor, &id, from).await?;
    let (plan, after) = app.plans.edition(&visit.actor, &id, to).await?;
    let lang = visit.lang.code();
    let choices = |chosen: i64| {
        let name = |edition: &plans::Edition| match (lang, edition.issued_at) {
            ("zh", Some(_)) => format!("第 {} 版", edition.number),
            ("zh", None) => format!("第 {} 版（草稿）", edition.number),
            (_, Some(_)) => format!("Edition {}", edition.number),
            (_, None) => format!("Edition {} (draft)", edition.number),
        };
        let choice = |edition: &plans::Edition| Choice {
            value: edition.number.to_string(),
            name: name(edition),
            chosen: edition.number == chosen,
        };
        editions.iter().map(choice).collect::<Vec<_>>()
    };
    let row = |one: plans::Difference| {
        let placed = after.task(&one.task).or_else(|| before.task(&one.task));
        let (fate, tone) = match one.fate {
            Fate::Added => (visit.t("新增", "Added"), "added"),
            Fate::Removed => (visit.t("删除", "Removed"), "removed"),
            Fate::Changed => (visit.t("修改", "Changed"), "changed"),
        };
        Row {
            fate,
            tone,
            title: placed.map_or_else(
                || visit.t("计划本身", "The plan itself").to_owned(),
                |placed| placed.task.title.text(lang).to_owned(),
            ),
            task: one.task,
            fields: one
                .fields
                .into_iter()
                .map(|field| (name(&visit, field.field), field.before, field.after))
                .collect(),
        }
    };
    let rows = differences(&before, &after).into_iter().map(row).collect();
    page(&DifferencesPage {
        title: format!("{} · {}", plan.title.text(lang), visit.t("版本差异", "differences")),
        tabs: tabs(&visit, &plan),
        head: PlanHead::new(&visit, &plan),
        from: choices(from),
        to: choices(to),
        rows,
        visit: &visit,
    })
}

/// What a field is called.
fn name(visit: &Visit, field: &'static str) -> &'static str {
    let (zh, en) = match field {
        "title.zh" => ("标题", "Title, Chinese"),
        "title.en" => ("英文标题", "Title, English"),
        "text.zh" => ("内容", "Text, Chinese"),
        "text.en" => ("英文内容", "Text, English"),
        "purpose.zh" => ("目的", "Purpose, Chinese"),
        "purpose.en" => ("英文目的", "Purpose, English"),
        "number" => ("文号", "Number"),
        "issued_by" => ("发布机关", "Issued by"),
        "year" => ("年度", "Year"),
        "from" => ("执行期自", "In force from"),
        "to" => ("执行期至", "In force until"),
        "reminders" => ("提醒规则", "Reminders"),
        "targets" => ("目标", "Targets"),
        "lists" => ("名单", "Lists"),
        "choices" => ("选做规则", "Choices"),
        "groups" | "group" => ("任务组", "Group"),
        "responsible" => ("责任部门", "Answers for it"),
        "cooperating" => ("配合部门", "Helps"),
        "assignments" => ("对象", "For whom"),
        "start" => ("开始日期", "First day"),
        "due" => ("截止日期", "Last day"),
        "milestones" => ("节点", "Milestones"),
        "support" => ("支持措施", "Support"),
        "evidence" => ("佐证要求", "Evidence"),
        other => (other, other),
    };
    if visit.lang.code() == "zh" { zh } else { en }
}
