//! What can go wrong with credit, in words that say what to do.

use accounts::{AccountsError, Denied};
use database::DatabaseError;
use jiff::civil::Date;
use network::{Fault, NetworkError};
use notices::NoticesError;
use thiserror::Error;
use uploads::UploadError;

use crate::{Act, EventState};

network::coded! {
    /// What was looked for.
    What ("thing") {
        /// An agency.
        Agency = "agency", "代理机构", "agency";
        /// An event.
        Event = "event", "信用事件", "credit event";
        /// A rule.
        Rule = "rule", "信用规则", "credit rule";
        /// An objection or application.
        Paper = "paper", "异议或申请", "objection or application";
        /// A file.
        File = "file", "证据文件", "file of evidence";
        /// A lead.
        Lead = "lead", "质量线索", "quality lead";
        /// A mark of a page.
        Mark = "mark", "页码标记", "page";
    }
}

/// Why nothing was done. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum CreditError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The audit trail did not take the entry.
    #[error(transparent)]
    Accounts(AccountsError),
    /// The network did not answer.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The notice was not put.
    #[error(transparent)]
    Notices(#[from] NoticesError),
    /// The filings cannot be read.
    #[error("the filings of the agency cannot be read: {0}; try again later")]
    Filings(String),
    /// There is no such thing, or not for the asker.
    #[error("there is no {} {id}, or none that you may see", .what.label("en"))]
    NotFound {
        /// What was asked for.
        what: What,
        /// By which name.
        id: String,
    },
    /// Parts of what was sent are wrong; all of them are named.
    #[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.en)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// The file is not taken.
    #[error(transparent)]
    Upload(#[from] UploadError),
    /// The key belongs to something else.
    #[error("this form was sent before for something else; open the page again")]
    KeyTaken,
    /// Someone else was first.
    #[error("it was changed meanwhile (version {version}); look at it again and repeat your change")]
    Stale {
        /// The version now.
        version: i64,
    },
    /// The act is not open in this state.
    #[error("an event that is «{}» cannot be {}", .state.label("en"), .act.label("en"))]
    Step {
        /// What was to be done.
        act: Act,
        /// Where the event stands.
        state: EventState,
    },
    /// Whoever entered an event, objected or applied does not decide.
    #[error("another person must decide: not the one who entered the event, objected to it or applied for its repair")]
    OwnMatter,
    /// The days for objections are over.
    #[error("objections could be made until {until}")]
    TooLate {
        /// The last day.
        until: Date,
    },
    /// An objection was made before.
    #[error("there was an objection to this event already; its decision is final")]
    AlreadyObjected,
    /// Repair is not open yet.
    #[error("repair can be applied for from {from} on")]
    TooEarly {
        /// The first day.
        from: Date,
    },
    /// The rule knows no repair.
    #[error("the rules know no repair for an event of this kind")]
    NoRepair,
    /// A lead was worked before.
    #[error("this lead was worked already; look at it again")]
    LeadWorked,
    /// An edition does not follow the last one.
    #[error("the next edition is number {number} and holds from a day after {after}")]
    Edition {
        /// The number it needs.
        number: i64,
        /// The day after which it must begin.
        after: Date,
    },
    /// What is stored cannot be read.
    #[error("the row {id} cannot be read: {reason}; restore the last backup or report this")]
    Unreadable {
        /// Which.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

accounts::taken_in!(CreditError);

impl CreditError {
    pub(crate) fn not_found(what: What, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
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
            Self::Filings(reason) => format!("代理机构的申请数据无法读取：{reason}；请稍后再试"),
            Self::NotFound { what, id } => format!("没有{}「{id}」，或您无权查看", what.label("zh")),
            Self::Invalid(faults) => faults.iter().map(|fault| fault.zh.as_str()).collect::<Vec<_>>().join("；"),
            Self::Upload(error) => error.text(lang),
            Self::KeyTaken => "该表单已用于其他内容，请重新打开页面".to_owned(),
            Self::Stale { version } => format!("内容已被他人修改（版本 {version}），请核对后重新提交"),
            Self::Step { act, state } => {
                format!("「{}」的事件不能「{}」", state.label("zh"), act.label("zh"))
            }
            Self::OwnMatter => "须由另一人决定：录入、提出异议或申请修复的人不能作决定".to_owned(),
            Self::TooLate { until } => format!("异议期已于 {until} 届满"),
            Self::AlreadyObjected => "该事件已提出过异议，处理结论为最终结论".to_owned(),
            Self::TooEarly { from } => format!("自 {from} 起方可申请修复"),
            Self::NoRepair => "按规则，此类事件不予修复".to_owned(),
            Self::LeadWorked => "该线索已处理，请重新查看".to_owned(),
            Self::Edition { number, after } => format!("下一版须为第 {number} 版，且自 {after} 之后的日期起施行"),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份或报告问题".to_owned(),
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        match self {
            Self::Database(_) | Self::Accounts(_) | Self::Filings(_) | Self::Unreadable { .. } => false,
            Self::Network(error) => error.is_about_what_was_asked(),
            Self::Notices(error) => error.is_about_what_was_asked(),
            _ => true,
        }
    }
}
