//! What can go wrong with plans and reports, in words that say what to do.

use accounts::{AccountsError, Denied};
use database::DatabaseError;
use network::{Fault, NetworkError};
use notices::NoticesError;
use thiserror::Error;
use uploads::UploadError;

use crate::{Act, BulkAnswer, NoPlan, Plan, Report, ReportState, Text};

/// Why nothing was done. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum PlansError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The audit trail did not take the entry.
    #[error(transparent)]
    Accounts(AccountsError),
    /// The network cannot be read.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The notice was not put.
    #[error(transparent)]
    Notices(#[from] NoticesError),
    /// A text is no plan.
    #[error(transparent)]
    NoPlan(#[from] NoPlan),
    /// A file is not taken.
    #[error(transparent)]
    Upload(#[from] UploadError),
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Workbook(String),
    /// The workbook could not be read; nothing of it was taken.
    #[error(transparent)]
    Sheet(#[from] sheets::SheetError),
    /// Rows of a workbook do not fit; nothing of it was taken.
    #[error("{} rows do not fit; nothing was taken", .0.rows.iter().filter(|row| !row.faults.is_empty()).count())]
    Rows(Box<BulkAnswer>),
    /// There is no such thing, or not for the asker.
    #[error("there is no {what} {id}, or none that you may see")]
    NotFound {
        /// What was asked for.
        what: What,
        /// By which name.
        id: String,
    },
    /// The key belongs to something else.
    #[error("this form was sent before for something else; open the page again")]
    KeyTaken,
    /// Parts of what was sent are wrong; all of them are named.
    #[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.en)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// Someone else changed the plan first.
    #[error("the plan was changed meanwhile (version {}); look at it again and repeat your change", .now.version)]
    StalePlan {
        /// How it is now.
        now: Box<Plan>,
    },
    /// Someone else changed the report first.
    #[error("the report was changed meanwhile (version {}, {}); look at it again and repeat your change", .now.version, .now.state.label("en"))]
    StaleReport {
        /// How it is now.
        now: Box<Report>,
    },
    /// There is an open report on the task already.
    #[error("there is an open report on this task already ({}); go on with that one", .0.state.label("en"))]
    AlreadyOpen(Box<Report>),
    /// The plan is not in force.
    #[error("the plan is not in force; reports are taken while it is issued and not closed")]
    NotInForce,
    /// There is no draft of a next edition.
    #[error("no edition is being written")]
    NoDraft,
    /// The task is not for the unit.
    #[error("task {task} is not for this unit")]
    NotConcerned {
        /// Which task.
        task: String,
    },
    /// The task is optional, and the unit did not choose it.
    #[error("task {task} is optional: choose it first")]
    NotChosen {
        /// Which task.
        task: String,
    },
    /// Chosen tasks with reports stay chosen.
    #[error("there are reports on task {task}; it stays chosen")]
    Reported {
        /// Which task.
        task: String,
    },
    /// The task was reported as done and accepted.
    #[error("task {task} is done for this unit: what was accepted is locked")]
    Locked {
        /// Which task.
        task: String,
    },
    /// The act is not open in this state.
    #[error("«{}» cannot be done while the report is «{}»", .act.label("en"), .state.label("en"))]
    NotNow {
        /// What was to be done.
        act: Act,
        /// Where the report stands.
        state: ReportState,
    },
    /// Units below, or parts of the task, are not done.
    #[error("this task cannot be closed yet: {} still open", .open.iter().map(|one| one.text("en").to_owned()).collect::<Vec<_>>().join(", "))]
    ChildrenOpen {
        /// Which, by name.
        open: Vec<Text>,
    },
    /// Whoever reported does not accept.
    #[error("a report is accepted or returned by the unit above, and not by whoever submitted it")]
    OwnReport,
    /// What is stored cannot be read.
    #[error("the row {id} cannot be read: {reason}; restore the last backup or report this")]
    Unreadable {
        /// Which.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

network::coded! {
    /// What was looked for.
    What ("thing") {
        /// A plan.
        Plan = "plan", "计划", "plan";
        /// An edition of a plan.
        Edition = "edition", "版本", "edition";
        /// A task.
        Task = "task", "任务", "task";
        /// A unit.
        Unit = "unit", "单位", "unit";
        /// A report.
        Report = "report", "填报", "report";
        /// A file.
        File = "file", "附件", "file";
    }
}

accounts::taken_in!(PlansError);

impl PlansError {
    pub(crate) fn not_found(what: What, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    pub(crate) fn unreadable(id: &str, error: impl std::fmt::Display) -> Self {
        Self::Unreadable { id: id.to_owned(), reason: error.to_string() }
    }

    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Database(_) | Self::Accounts(_) => "数据库暂不可用，未保存任何内容".to_owned(),
            Self::Denied(denied) => denied.text(lang),
            Self::Network(error) => error.text(lang),
            Self::Notices(error) => error.text(lang),
            Self::NoPlan(error) => error.text(lang),
            Self::Upload(error) => error.text(lang),
            Self::Workbook(_) => "无法生成工作簿".to_owned(),
            Self::Sheet(error) => error.text(lang),
            Self::Rows(answer) => {
                let wrong = answer.rows.iter().filter(|row| !row.faults.is_empty()).count();
                format!("有 {wrong} 行不符合要求，未导入任何内容")
            }
            Self::NotFound { what, id } => format!("没有{}「{id}」，或您无权查看", what.label("zh")),
            Self::KeyTaken => "该表单已用于其他内容，请重新打开页面".to_owned(),
            Self::Invalid(faults) => faults.iter().map(|fault| fault.zh.as_str()).collect::<Vec<_>>().join("；"),
            Self::StalePlan { now } => format!("计划已被他人修改（版本 {}），请核对后重新提交", now.version),
            Self::StaleReport { now } => {
                format!("填报已被他人处理（版本 {}，{}），请核对后重新提交", now.version, now.state.label("zh"))
            }
            Self::AlreadyOpen(now) => format!("该任务已有一份{}的填报，请在其上继续", now.state.label("zh")),
            Self::NotInForce => "计划未在执行期：印发后、结束前方可填报".to_owned(),
            Self::NoDraft => "没有正在编写的版本".to_owned(),
            Self::NotConcerned { task } => format!("任务 {task} 不涉及该单位"),
            Self::NotChosen { task } => format!("任务 {task} 为选做，请先选择"),
            Self::Reported { task } => format!("任务 {task} 已有填报，不能取消选择"),
            Self::Locked { task } => format!("该单位的任务 {task} 已完成并通过审核，内容已锁定"),
            Self::NotNow { act, state } => {
                format!("「{}」状态下不能「{}」", state.label("zh"), act.label("zh"))
            }
            Self::ChildrenOpen { open } => {
                let names: Vec<&str> = open.iter().map(|one| one.text("zh")).collect();
                format!("尚不能办结，以下仍未完成：{}", names.join("、"))
            }
            Self::OwnReport => "填报由上级单位审核，报送人不能审核自己的填报".to_owned(),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份或报告问题".to_owned(),
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        match self {
            Self::Database(_) | Self::Accounts(_) | Self::Unreadable { .. } | Self::Workbook(_) => false,
            Self::Network(error) => error.is_about_what_was_asked(),
            Self::Notices(error) => error.is_about_what_was_asked(),
            _ => true,
        }
    }
}
