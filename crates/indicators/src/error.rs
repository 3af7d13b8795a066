//! What can go wrong with indicators, in words that say what to do.

use accounts::{AccountsError, Denied};
use database::DatabaseError;
use network::{Fault, NetworkError, OrganisationId};
use notices::NoticesError;
use thiserror::Error;

use crate::{Code, Missing, Period, State, Value};

/// Why nothing was done. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum IndicatorsError {
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
    /// There is no such indicator, or not for the asker.
    #[error("there is no indicator {0}, or none that you may see")]
    NoIndicator(String),
    /// There is no such unit.
    #[error("there is no unit {0}")]
    NoUnit(String),
    /// There is no such value.
    #[error("nothing was entered for {code} in {period} yet")]
    NoValue {
        /// Of which indicator.
        code: Code,
        /// In which period.
        period: Period,
    },
    /// Parts of what was sent are wrong; all of them are named.
    #[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.en)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// It would be made of itself.
    #[error("an indicator would be made of itself: {}", ring_text(.ring))]
    Circular {
        /// From the indicator back to it.
        ring: Vec<Code>,
    },
    /// It is made of one that there is not.
    #[error("{code} is made of {part}, which is not defined")]
    NoSuchPart {
        /// Which.
        code: Code,
        /// Of what.
        part: Code,
    },
    /// Other indicators are made of it.
    #[error("{code} cannot end: {} made of it", .by.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    InUse {
        /// Which.
        code: Code,
        /// Those that read it.
        by: Vec<Code>,
    },
    /// The unit does not enter this indicator for that period.
    #[error("{code} cannot be entered for this unit and {period}: {}", .why.text("en"))]
    NotDue {
        /// Which.
        code: Code,
        /// For which period.
        period: Period,
        /// Why not.
        why: Missing,
    },
    /// Its numbers are made by the platform.
    #[error("{0} is not entered: its numbers are made by the platform")]
    NotEntered(Code),
    /// The period is not over.
    #[error("{0} is not over; it can be closed afterwards")]
    NotOver(Period),
    /// The period has not begun.
    #[error("{0} has not begun; nothing can be reported for it yet")]
    TooEarly(Period),
    /// Someone else changed the value first.
    #[error("the value was changed meanwhile (version {}, {}); look at it again and repeat your change", .now.version, .now.state.label("en"))]
    Stale {
        /// How it is now.
        now: Box<Value>,
    },
    /// Someone else changed the definition or target first.
    #[error("it was changed meanwhile (version {version}); look at it again and repeat your change")]
    StaleVersion {
        /// The version now.
        version: i64,
    },
    /// The step is not open in this state.
    #[error("this cannot be done while the value is «{}»", .state.label("en"))]
    Step {
        /// Where the value stands.
        state: State,
    },
    /// The period is closed for the unit.
    #[error("{0} is closed for this unit; the unit above opens it again")]
    Closed(Period),
    /// It was not closed.
    #[error("{0} is not closed for this unit")]
    NotClosed(Period),
    /// Values or units below are open.
    #[error("{period} cannot be closed yet: {} values are not accepted, {} units below have not closed", .values.len(), .units.len())]
    StillOpen {
        /// Which period.
        period: Period,
        /// Values of the unit itself that are not accepted.
        values: Vec<Code>,
        /// Units below that have not closed and were not declared missing.
        units: Vec<OrganisationId>,
    },
    /// Whoever reported does not accept.
    #[error("a value is accepted by the unit above, and at the top by someone else than who sent it")]
    OwnValue,
    /// The sheet is wrong.
    #[error(transparent)]
    Sheet(#[from] sheets::SheetError),
    /// The workbook was not written.
    #[error("the workbook was not written: {0}")]
    Workbook(String),
    /// What comes with the program, or was sent, cannot be read.
    #[error("the definition cannot be read: {0}")]
    Definition(String),
    /// What is stored cannot be read.
    #[error("the row {id} cannot be read: {reason}; restore the last backup or report this")]
    Unreadable {
        /// Which.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

fn ring_text(ring: &[Code]) -> String {
    ring.iter().map(Code::as_str).collect::<Vec<_>>().join(" → ")
}

accounts::taken_in!(IndicatorsError);

impl IndicatorsError {
    /// One fault.
    pub(crate) fn fault(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault { field: field.into(), zh: zh.into(), en: en.into() }])
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
            Self::NoIndicator(code) => format!("没有指标「{code}」，或您无权查看"),
            Self::NoUnit(unit) => format!("没有单位「{unit}」"),
            Self::NoValue { code, period } => format!("{code} 在 {} 尚未填报", period.label("zh")),
            Self::Invalid(faults) => faults.iter().map(|fault| fault.zh.as_str()).collect::<Vec<_>>().join("；"),
            Self::Circular { ring } => format!("指标不能由自身计算：{}", ring_text(ring)),
            Self::NoSuchPart { code, part } => format!("{code} 引用了未定义的指标 {part}"),
            Self::InUse { code, by } => {
                format!("{code} 不能停用，以下指标由它计算：{}", ring_text(by).replace(" → ", "、"))
            }
            Self::NotDue { code, period, why } => {
                format!("该单位在 {} 不能填报 {code}：{}", period.label("zh"), why.text("zh"))
            }
            Self::NotEntered(code) => format!("{code} 由系统计算，无需填报"),
            Self::NotOver(period) => format!("{} 尚未结束，期满后方可结账", period.label("zh")),
            Self::TooEarly(period) => format!("{} 尚未开始，还不能填报", period.label("zh")),
            Self::Stale { now } => {
                format!("该数值已被他人修改（版本 {}，{}），请核对后重新提交", now.version, now.state.label("zh"))
            }
            Self::StaleVersion { version } => format!("内容已被他人修改（版本 {version}），请核对后重新提交"),
            Self::Step { state } => format!("数值处于「{}」状态，不能进行此操作", state.label("zh")),
            Self::Closed(period) => format!("{} 已结账，如需更正请上级重新开放", period.label("zh")),
            Self::NotClosed(period) => format!("{} 尚未结账", period.label("zh")),
            Self::StillOpen { period, values, units } => format!(
                "{} 还不能结账：本单位有 {} 个指标未审定，下级有 {} 个单位未结账",
                period.label("zh"),
                values.len(),
                units.len()
            ),
            Self::OwnValue => "数值由上级单位审核；顶层单位由报送人以外的人员审核".to_owned(),
            Self::Sheet(error) => error.text(lang),
            Self::Workbook(_) => "工作簿未能生成".to_owned(),
            Self::Definition(reason) => format!("指标定义无法读取：{reason}"),
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
