//! What can go wrong with assessments, in words that say what to do.

use accounts::{AccountsError, Denied};
use database::DatabaseError;
use jiff::civil::Date;
use network::{Fault, NetworkError};
use notices::NoticesError;
use sheets::SheetError;
use thiserror::Error;

use crate::State;

/// Why nothing was done. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum AssessmentError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The audit trail did not take the entry.
    #[error(transparent)]
    Accounts(AccountsError),
    /// The network does not know the organisation.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The notice was not put.
    #[error(transparent)]
    Notices(#[from] NoticesError),
    /// The values of indicators were not given.
    #[error("the values of indicators cannot be read: {0}")]
    Inputs(String),
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
    /// The text is no scheme.
    #[error("the text is no scheme{}: {message}", .line.map(|line| format!(" (line {line})")).unwrap_or_default())]
    Toml {
        /// In which line.
        line: Option<usize>,
        /// What is wrong.
        message: String,
    },
    /// Someone else changed it first.
    #[error("it was changed meanwhile (version {version}); look at it again and repeat your change")]
    Stale {
        /// The version now.
        version: i64,
    },
    /// It is not the time for this.
    #[error("this cannot be done while the assessment is «{}»", .0.label("en"))]
    State(State),
    /// The reviewer is not called for this.
    #[error("you are not called to review this")]
    NotCalled,
    /// The reviewer is bound to the unit.
    #[error(
        "whoever works for a unit, above it or under it, or has declared a conflict of interest, does not score it"
    )]
    Conflict,
    /// The person is no expert.
    #[error("only someone with the role of an expert is called to review")]
    NoExpert,
    /// Nothing is assessed by the unit itself.
    #[error("the unit {0} does not stand under the organisation that keeps the assessment")]
    NotUnder(String),
    /// Something was not finished.
    #[error("{en}")]
    Unfinished {
        /// What, Chinese.
        zh: String,
        /// What, English.
        en: String,
    },
    /// The time is over.
    #[error("this could be done until {until}")]
    TooLate {
        /// The last day.
        until: Date,
    },
    /// The time has not come.
    #[error("units may object until {until}; this can be done after that day")]
    TooEarly {
        /// The last day.
        until: Date,
    },
    /// There is one already.
    #[error("there is an objection of this unit to this item already")]
    AlreadyObjected,
    /// A file is no workbook, or too large.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// A workbook cannot be made.
    #[error("the workbook cannot be made: {0}")]
    Workbook(String),
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
    #[schema(as = AssessmentThing)]
    What ("thing") {
        /// A scheme.
        Scheme = "scheme", "考核方案", "scheme";
        /// An assessment.
        Assessment = "assessment", "考核", "assessment";
        /// A unit of an assessment.
        Unit = "unit", "被考核单位", "unit";
        /// An item of a scheme.
        Item = "item", "考核指标", "item";
        /// An objection.
        Objection = "objection", "异议", "objection";
        /// A file.
        Evidence = "evidence", "佐证材料", "piece of evidence";
        /// A snapshot.
        Snapshot = "snapshot", "数据快照", "snapshot";
    }
}

accounts::taken_in!(AssessmentError);

/// A fault of a field.
pub(crate) fn fault(field: &str, zh: &str, en: &str) -> Fault {
    Fault { field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

impl AssessmentError {
    pub(crate) fn not_found(what: What, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    pub(crate) fn unfinished(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Unfinished { zh: zh.into(), en: en.into() }
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
            Self::Inputs(_) => "指标数据暂不可读，未保存任何内容".to_owned(),
            Self::NotFound { what, id } => format!("没有{}「{id}」，或您无权查看", what.label("zh")),
            Self::KeyTaken => "该表单已用于其他内容，请重新打开页面".to_owned(),
            Self::Invalid(faults) => {
                faults.iter().map(|fault| format!("{}：{}", fault.field, fault.zh)).collect::<Vec<_>>().join("；")
            }
            Self::Toml { line: Some(line), message } => format!("方案文本第 {line} 行有误：{message}"),
            Self::Toml { line: None, message } => format!("方案文本有误：{message}"),
            Self::Stale { version } => format!("内容已被他人修改（版本 {version}），请核对后重新提交"),
            Self::State(state) => format!("考核处于「{}」，不能进行此操作", state.label("zh")),
            Self::NotCalled => "未邀请您评审此项".to_owned(),
            Self::Conflict => "在被评审单位或其上下级任职，或已申报利益冲突的，不能打分".to_owned(),
            Self::NoExpert => "只能邀请具有评审专家角色的人员".to_owned(),
            Self::NotUnder(name) => format!("「{name}」不隶属于组织考核的机构"),
            Self::Unfinished { zh, .. } => zh.clone(),
            Self::TooLate { until } => format!("期限已过（{until}）"),
            Self::TooEarly { until } => format!("异议期至 {until}，期满后方可进行"),
            Self::AlreadyObjected => "该单位对此项已提出过异议".to_owned(),
            Self::Sheet(error) => error.text("zh"),
            Self::Workbook(_) => "工作簿无法生成，请报告问题".to_owned(),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份或报告问题".to_owned(),
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        match self {
            Self::Database(_) | Self::Accounts(_) | Self::Unreadable { .. } | Self::Inputs(_) | Self::Workbook(_) => {
                false
            }
            Self::Network(error) => error.is_about_what_was_asked(),
            Self::Notices(error) => error.is_about_what_was_asked(),
            _ => true,
        }
    }
}
