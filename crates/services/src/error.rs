//! What can go wrong with service items and calendars, in words that say what to do.

use accounts::{AccountsError, Denied};
use database::DatabaseError;
use jiff::civil::Date;
use network::Fault;
use thiserror::Error;

use crate::{ItemCode, Version, VersionState};

/// Why nothing was done. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum ServicesError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The audit trail did not take the entry.
    #[error(transparent)]
    Accounts(AccountsError),
    /// There is no such item.
    #[error("there is no service item {0}; look it up in the list of services")]
    NoItem(ItemCode),
    /// There is no such version, or it is not public.
    #[error("the service item {code} has no version {number}")]
    NoVersion {
        /// The item.
        code: ItemCode,
        /// The version.
        number: i64,
    },
    /// Someone else changed the version first.
    #[error("version {} of {} was changed meanwhile (revision {}); look at it again and repeat your change", .now.number, .now.code, .now.revision)]
    Stale {
        /// How it is now.
        now: Box<Version>,
    },
    /// The year of a calendar was loaded by someone else first.
    #[error(
        "the calendar of {year} was changed meanwhile (revision {revision}); look at it again and repeat your change"
    )]
    StaleYear {
        /// Which year.
        year: i16,
        /// Its revision now.
        revision: i64,
    },
    /// A draft is open already.
    #[error("version {number} of {code} is still a draft: go on with it, publish or discard it first")]
    DraftOpen {
        /// The item.
        code: ItemCode,
        /// The open draft.
        number: i64,
    },
    /// The step is not open to a version in this state.
    #[error("version {number} of {code} is {state}; this can be done to one that is {expected}")]
    State {
        /// The item.
        code: ItemCode,
        /// The version.
        number: i64,
        /// Where it stands.
        state: VersionState,
        /// Where it would have to stand.
        expected: VersionState,
    },
    /// A validity that cannot be.
    #[error("{day} does not do: {en}")]
    Day {
        /// The day.
        day: Date,
        /// Why, Chinese.
        zh: String,
        /// Why, English.
        en: String,
    },
    /// Parts of an item, a form or a file are wrong; all of them are named.
    #[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.en)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// A reason is needed.
    #[error("say why, in 1 to 1,000 characters")]
    NoReason,
    /// The key was used for another item.
    #[error("this request was sent before, for {0}; send a new one with a new key")]
    KeyTaken(ItemCode),
    /// What is stored cannot be read.
    #[error("the row of {of} cannot be read: {reason}; restore the last backup or report this")]
    Unreadable {
        /// Of what.
        of: String,
        /// What is wrong.
        reason: String,
    },
}

impl From<sqlx::Error> for ServicesError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<AccountsError> for ServicesError {
    fn from(error: AccountsError) -> Self {
        match error {
            AccountsError::Denied(denied) => Self::Denied(denied),
            other => Self::Accounts(other),
        }
    }
}

impl ServicesError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Database(_) => "数据库暂不可用，未保存任何内容".to_owned(),
            Self::Denied(denied) => denied.text(lang),
            Self::Accounts(error) => error.to_string(),
            Self::NoItem(code) => format!("没有服务事项 {code}，请在服务清单中查找"),
            Self::NoVersion { code, number } => format!("事项 {code} 没有第 {number} 版"),
            Self::Stale { now } => {
                format!("{} 第 {} 版已被他人修改（修订 {}），请核对后重新提交", now.code, now.number, now.revision)
            }
            Self::StaleYear { year, revision } => {
                format!("{year} 年日历已被他人修改（修订 {revision}），请核对后重新提交")
            }
            Self::DraftOpen { code, number } => {
                format!("{code} 的第 {number} 版仍为草稿，请继续编辑，或先发布、作废")
            }
            Self::State { code, number, state, expected } => {
                let (state, expected) = (state.label("zh"), expected.label("zh"));
                format!("{code} 第 {number} 版处于「{state}」状态，须为「{expected}」才能进行此操作")
            }
            Self::Day { day, zh, .. } => format!("日期 {day} 不可用：{zh}"),
            Self::Invalid(faults) => {
                faults.iter().map(|fault| format!("{}：{}", fault.field, fault.zh)).collect::<Vec<_>>().join("；")
            }
            Self::NoReason => "请说明理由，1 至 1000 个字符".to_owned(),
            Self::KeyTaken(code) => format!("该请求已用于事项 {code}，请以新的请求重新提交"),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份或报告问题".to_owned(),
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        !matches!(self, Self::Database(_) | Self::Accounts(_) | Self::Unreadable { .. })
    }
}
