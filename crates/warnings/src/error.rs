//! What can go wrong with warnings, in words that say what to do.

use accounts::{AccountsError, Denied};
use database::DatabaseError;
use network::{Fault, NetworkError};
use notices::NoticesError;
use thiserror::Error;

use crate::{Act, State, steps_open};

network::coded! {
    /// What was looked for.
    What ("thing") {
        /// A warning.
        Warning = "warning", "预警", "warning";
        /// A rule.
        Rule = "rule", "预警规则", "warning rule";
        /// A mark of a page.
        Mark = "mark", "页码标记", "page";
    }
}

/// Why nothing was done. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum WarningsError {
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
    /// Another room did not give its figures.
    #[error("the figures of «{signal}» cannot be read: {reason}; the next check tries again")]
    Signal {
        /// Which signal.
        signal: String,
        /// What went wrong.
        reason: String,
    },
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
    /// Someone else was first.
    #[error("it was changed meanwhile (version {version}); look at it again and repeat your change")]
    Stale {
        /// The version now.
        version: i64,
    },
    /// The act is not open in this state.
    #[error("«{}» cannot be done while the warning is «{}»; open are {}", .act.label("en"), .state.label("en"), listed(*.state, "en"))]
    Step {
        /// What was to be done.
        act: Act,
        /// Where the warning stands.
        state: State,
    },
    /// Another warning of the same rule and subject is open.
    #[error("the same rule has fired again for the same subject; work that warning instead")]
    OpenAlready,
    /// What is stored cannot be read.
    #[error("the row {id} cannot be read: {reason}; restore the last backup or report this")]
    Unreadable {
        /// Which.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

fn listed(state: State, lang: &str) -> String {
    let all: Vec<&str> = steps_open(state).map(|act| act.label(lang)).collect();
    all.join(if lang == "zh" { "、" } else { ", " })
}

accounts::taken_in!(WarningsError);

impl WarningsError {
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
            Self::Signal { signal, reason } => format!("信号「{signal}」的数据无法读取：{reason}；下次检查会重试"),
            Self::NotFound { what, id } => format!("没有{}「{id}」，或您无权查看", what.label("zh")),
            Self::Invalid(faults) => faults.iter().map(|fault| fault.zh.as_str()).collect::<Vec<_>>().join("；"),
            Self::Stale { version } => format!("内容已被他人修改（版本 {version}），请核对后重新提交"),
            Self::Step { act, state } => {
                format!("「{}」状态下不能「{}」；可以：{}", state.label("zh"), act.label("zh"), listed(*state, "zh"))
            }
            Self::OpenAlready => "同一规则已对同一对象再次触发，请处置那条预警".to_owned(),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份或报告问题".to_owned(),
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        match self {
            Self::Database(_) | Self::Accounts(_) | Self::Signal { .. } | Self::Unreadable { .. } => false,
            Self::Network(error) => error.is_about_what_was_asked(),
            Self::Notices(error) => error.is_about_what_was_asked(),
            _ => true,
        }
    }
}
