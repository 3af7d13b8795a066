//! What can go wrong in the network, in words that say what to do.

use database::DatabaseError;
use jiff::civil::Date;
use thiserror::Error;

use crate::{Fault, Organisation, OrganisationId};

/// Why the network did not do what was asked. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum NetworkError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// There is no such organisation, or there was none on that day.
    #[error("there is no organisation {id} on {as_of}")]
    NotFound {
        /// Which.
        id: OrganisationId,
        /// The day asked for.
        as_of: Date,
    },
    /// Someone else changed it first.
    #[error("the organisation «{}» was changed meanwhile (version {}); look at it again and repeat your change", .now.profile.name_zh, .now.version)]
    Stale {
        /// How it is now.
        now: Box<Organisation>,
    },
    /// The id is taken.
    #[error("the organisation {0} is there already")]
    Exists(OrganisationId),
    /// Fields are wrong.
    #[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.en)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// It would stand under itself.
    #[error("{organisation} cannot stand under {parent}, which stands under it on some day from then on")]
    Cycle {
        /// What was moved.
        organisation: OrganisationId,
        /// Where to.
        parent: OrganisationId,
    },
    /// The parent does not exist for all the time.
    #[error("{parent} does not exist all that time (from {opened}{}); choose another day or another parent", .closed.map(|day| format!(" until {day}")).unwrap_or_default())]
    ParentNotOpen {
        /// Which.
        parent: OrganisationId,
        /// Its first day.
        opened: Date,
        /// The day from which it is closed.
        closed: Option<Date>,
    },
    /// Someone stands under an organisation of a lower level.
    #[error("{organisation} would stand under {parent}, which is of a lower level")]
    Rank {
        /// The member.
        organisation: OrganisationId,
        /// What it would stand under.
        parent: OrganisationId,
    },
    /// Others stand under it.
    #[error("{organisation} cannot close: {child} stands under it; move it first")]
    HasChildren {
        /// Which.
        organisation: OrganisationId,
        /// One that stands under it.
        child: OrganisationId,
    },
    /// It is closed.
    #[error("the organisation {id} is closed from {on}; nothing changes after that")]
    Closed {
        /// Which.
        id: OrganisationId,
        /// Since when.
        on: Date,
    },
    /// A change dated before the organisation was there.
    #[error("the organisation {id} is there from {opened}; nothing can be changed before that")]
    BeforeOpened {
        /// Which.
        id: OrganisationId,
        /// Its first day.
        opened: Date,
    },
    /// A mark for the next page that this site did not give out.
    #[error("«{0}» is no mark of a page; begin at the first page")]
    Mark(String),
    /// What is stored cannot be read.
    #[error("the row of {id} cannot be read: {reason}; restore the last backup or report this")]
    Unreadable {
        /// Of which organisation.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

impl From<sqlx::Error> for NetworkError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl NetworkError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Database(_) => "数据库暂不可用，未保存任何内容".to_owned(),
            Self::NotFound { id, as_of } => format!("{as_of} 没有机构 {id}"),
            Self::Stale { now } => {
                format!("「{}」已被他人修改(版本 {}),请核对后重新提交", now.profile.name_zh, now.version)
            }
            Self::Exists(id) => format!("机构 {id} 已存在"),
            Self::Invalid(faults) => faults.iter().map(|fault| fault.zh.as_str()).collect::<Vec<_>>().join(";"),
            Self::Cycle { organisation, parent } => {
                format!("{organisation} 不能隶属于 {parent}：后者自某日起隶属于前者")
            }
            Self::ParentNotOpen { parent, .. } => format!("上级机构 {parent} 在该期间并不一直存在，请另选日期或上级"),
            Self::Rank { organisation, parent } => format!("{organisation} 不能隶属于级别更低的 {parent}"),
            Self::HasChildren { child, .. } => format!("不能撤销：{child} 仍隶属于它，请先调整隶属"),
            Self::Closed { on, .. } => format!("机构自 {on} 起已撤销，此后不能变更"),
            Self::BeforeOpened { opened, .. } => format!("机构自 {opened} 起存在，此前不能变更"),
            Self::Mark(_) => "页码标记无效，请从第一页开始".to_owned(),
            Self::Unreadable { .. } => "数据无法读取，请恢复备份或报告问题".to_owned(),
        }
    }

    /// The field of a form, or the column of a file, that the message is about; empty for none.
    pub fn field(&self) -> &str {
        match self {
            Self::Invalid(faults) => faults.first().map_or("", |fault| &fault.field),
            Self::NotFound { .. } | Self::Cycle { .. } | Self::ParentNotOpen { .. } | Self::Rank { .. } => "parent",
            Self::Stale { .. } => "version",
            Self::Exists(_) => "id",
            Self::HasChildren { .. } | Self::Closed { .. } => "status",
            Self::BeforeOpened { .. } => "from",
            Self::Mark(_) => "after",
            Self::Database(_) | Self::Unreadable { .. } => "",
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        !matches!(self, Self::Database(_) | Self::Unreadable { .. })
    }
}
