//! What can go wrong with notices.

use database::DatabaseError;
use network::OrganisationId;
use thiserror::Error;

use crate::{Refused, Webhook};

/// Why a notice was not put, read or sent.
#[derive(Debug, Error)]
pub enum NoticesError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// No text has that key.
    #[error("there is no text for notices «{0}»; add it to templates.toml")]
    Template(String),
    /// A value is missing.
    #[error("the notice «{template}» has no value for «{place}»; give it, in both languages or once for both")]
    Place {
        /// Which text.
        template: String,
        /// Which place.
        place: String,
    },
    /// A path that leads elsewhere than to a page of this site.
    #[error("«{0}» is no path of a page here: it begins with one «/»")]
    Link(String),
    /// An address to which no webhook goes.
    #[error("a webhook does not go to «{address}»: {}", .reason.label("en"))]
    Address {
        /// What was given.
        address: String,
        /// Why not.
        reason: Refused,
    },
    /// Someone else set the webhook first.
    #[error("the webhook of {organisation} was set meanwhile (version {}); look at it again and repeat your change", .now.version)]
    Stale {
        /// Whose.
        organisation: OrganisationId,
        /// How it is now.
        now: Box<Webhook>,
    },
    /// The settings of the mail server do not do.
    #[error("the mail settings do not do: {0}")]
    Mail(String),
    /// A mark for the next page that this site did not give out.
    #[error("«{0}» is no mark of a page; begin at the first page")]
    Mark(String),
    /// What is stored cannot be read.
    #[error("the notice {id} cannot be read: {reason}; restore the last backup or report this")]
    Unreadable {
        /// Which.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

impl From<sqlx::Error> for NoticesError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl NoticesError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Database(_) => "数据库暂不可用，未保存任何内容".to_owned(),
            Self::Template(key) => format!("没有通知模板「{key}」"),
            Self::Place { template, place } => format!("通知「{template}」缺少「{place}」的内容"),
            Self::Link(link) => format!("「{link}」不是本站页面的路径"),
            Self::Address { address, reason } => format!("不能向「{address}」推送：{}", reason.label("zh")),
            Self::Stale { now, .. } => format!("推送地址已被他人修改（版本 {}），请核对后重新提交", now.version),
            Self::Mail(reason) => format!("邮件服务设置有误：{reason}"),
            Self::Mark(_) => "页码标记无效，请从第一页开始".to_owned(),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份或报告问题".to_owned(),
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        !matches!(self, Self::Database(_) | Self::Unreadable { .. })
    }
}
