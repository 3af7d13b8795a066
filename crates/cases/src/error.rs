//! What can go wrong with cases, in words that say what to do.

use accounts::{AccountsError, Denied};
use database::DatabaseError;
use jiff::civil::Date;
use network::{Fault, NetworkError};
use notices::NoticesError;
use services::ServicesError;
use thiserror::Error;

use crate::{Action, Case, Event, State, UploadError};

/// Why nothing was done. What was written before it is gone.
#[derive(Debug, Error)]
pub enum CasesError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The audit trail did not take the entry.
    #[error(transparent)]
    Accounts(AccountsError),
    /// The outbox did not take the notice.
    #[error(transparent)]
    Notices(#[from] NoticesError),
    /// The network refuses.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The catalogue refuses.
    #[error(transparent)]
    Services(#[from] ServicesError),
    /// There is no such case, or it is not for the asker to know.
    #[error(
        "there is no case {0} that you may see; check the number, sign in, or use the tracking code of the receipt"
    )]
    NotFound(String),
    /// Someone else acted first.
    #[error("the case {} was changed meanwhile ({}); look at it again and repeat what you did", .now.reference, changes(.since, "en"))]
    Stale {
        /// How it is now.
        now: Box<Case>,
        /// What happened since the version that was seen.
        since: Vec<Event>,
    },
    /// Not in this state.
    #[error("«{}» cannot be done to a case that is {}; now: {}", .action.label("en"), .state.label("en").to_lowercase(), words(.can, "en"))]
    NotNow {
        /// What was tried.
        action: Action,
        /// Where the case stands.
        state: State,
        /// What can be done.
        can: Vec<Action>,
    },
    /// The clock stands.
    #[error("the clock of this case stands; resume it first, then «{}»", .0.label("en"))]
    Paused(Action),
    /// It was done before and can be done once.
    #[error("«{}» was done before and can be done only once", .0.label("en"))]
    Once(Action),
    /// The window in which it could be done is over.
    #[error("the case was closed on {closed}; it could be opened again until {until}. Send a new request")]
    Over {
        /// When it was closed.
        closed: Date,
        /// Last day.
        until: Date,
    },
    /// Fields are wrong; all of them are named.
    #[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.en)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// An upload is not taken.
    #[error(transparent)]
    Upload(#[from] UploadError),
    /// The key was used for something else.
    #[error("this was sent before with other content; open the form again and send it anew")]
    KeyTaken,
    /// A mark for the next page that this site did not give out.
    #[error("«{0}» is no mark of a page; begin at the first page")]
    Mark(String),
    /// What is stored cannot be read.
    #[error("the row of {of} cannot be read: {reason}; restore the last backup, give the right secret, or report this")]
    Unreadable {
        /// Of what.
        of: String,
        /// What is wrong.
        reason: String,
    },
}

accounts::taken_in!(CasesError);

impl CasesError {
    /// One wrong field.
    pub(crate) fn fault(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid(vec![fault(field, zh, en)])
    }

    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Database(_) => "数据库暂不可用，未保存任何内容".to_owned(),
            Self::Denied(denied) => denied.text(lang),
            Self::Accounts(error) => error.to_string(),
            Self::Notices(error) => error.to_string(),
            Self::Network(error) => error.text(lang),
            Self::Services(error) => error.text(lang),
            Self::NotFound(name) => {
                format!("没有您可以查看的办件「{name}」，请核对编号、登录，或使用回执上的查询码")
            }
            Self::Stale { now, since } => {
                format!("办件 {} 已被他人处理({}),请重新查看后再操作", now.reference, changes(since, lang))
            }
            Self::NotNow { action, state, can } => format!(
                "办件处于「{}」，不能「{}」；现在可以：{}",
                state.label(lang),
                action.label(lang),
                words(can, lang)
            ),
            Self::Paused(action) => format!("办件已中止计时，请先恢复，再「{}」", action.label(lang)),
            Self::Once(action) => format!("「{}」只能进行一次，此前已经进行过", action.label(lang)),
            Self::Over { closed, until } => {
                format!("办件已于 {closed} 办结，可在 {until} 前申请重新办理，现已超过；请提交新的需求")
            }
            Self::Invalid(faults) => faults.iter().map(|fault| fault.zh.as_str()).collect::<Vec<_>>().join(";"),
            Self::Upload(error) => error.text(lang),
            Self::KeyTaken => "此前已用同一凭据提交过不同内容，请重新打开表单提交".to_owned(),
            Self::Mark(_) => "页码标记无效，请从第一页开始".to_owned(),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份、检查密钥或报告问题".to_owned(),
        }
    }

    /// The faults of a form, by field.
    pub fn faults(&self) -> &[Fault] {
        match self {
            Self::Invalid(faults) | Self::Services(ServicesError::Invalid(faults)) => faults,
            _ => &[],
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        match self {
            Self::Database(_) | Self::Accounts(_) | Self::Notices(_) | Self::Unreadable { .. } => false,
            Self::Network(error) => error.is_about_what_was_asked(),
            Self::Services(error) => error.is_about_what_was_asked(),
            _ => true,
        }
    }
}

/// Something wrong with a field.
pub(crate) fn fault(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault { field: field.to_owned(), zh: zh.into(), en: en.into() }
}

fn changes(events: &[Event], lang: &str) -> String {
    let actions: Vec<Action> = events.iter().map(|event| event.action).collect();
    words(&actions, lang)
}

fn words(actions: &[Action], lang: &str) -> String {
    let (none, comma) = if lang == "zh" { ("无", "、") } else { ("nothing", ", ") };
    let words: Vec<&str> = actions.iter().map(|action| action.label(lang)).collect();
    if words.is_empty() { none.to_owned() } else { words.join(comma) }
}
