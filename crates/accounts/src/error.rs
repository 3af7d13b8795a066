//! What can go wrong with people and permissions.

use database::DatabaseError;
use jiff::Timestamp;
use network::{Fault, NetworkError};
use thiserror::Error;

use crate::{Permission, Person, PersonId, Role, Unopened};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} to {}", if *.signed_in { "your roles do not allow you" } else { "sign in" }, .permission.label("en"))]
pub struct Denied {
    /// What was not allowed.
    pub permission: Permission,
    /// Whether the asker had signed in; if not, signing in may help.
    pub signed_in: bool,
}

impl Denied {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        match (lang, self.signed_in) {
            ("zh", true) => format!("您的角色没有「{}」的权限", self.permission.label("zh")),
            ("zh", false) => format!("「{}」需要先登录", self.permission.label("zh")),
            _ => self.to_string(),
        }
    }
}

/// Why an account did not do what was asked. After any of these the caller drops its transaction.
#[derive(Debug, Error)]
pub enum AccountsError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The network of organisations did not answer.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// Fields are wrong.
    #[error("{}", .0.iter().map(|fault| format!("{}: {}", fault.field, fault.en)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Fault>),
    /// Name or password is wrong; which of them is not said.
    #[error("the name or the password is wrong; look at both again, or set a new password")]
    WrongSignIn,
    /// The password of the person who has signed in, or the time since the sign-in, does not do.
    #[error("your present password is missing or wrong; if you have none, sign in again first")]
    NotProven,
    /// Too many failures.
    #[error("too many failed attempts; try again after {}, Beijing time", clock(*.until))]
    TryLater {
        /// When the next attempt is looked at.
        until: Timestamp,
    },
    /// Another account has this address or number.
    #[error("another account has this {field}; sign in with it, or set a new password")]
    Taken {
        /// `email` or `telephone`.
        field: &'static str,
    },
    /// Someone changed it first.
    #[error("the account was changed meanwhile (version {}); look at it again and repeat your change", .now.version)]
    Stale {
        /// How it is now.
        now: Box<Person>,
    },
    /// There is no such person, or no more.
    #[error("there is no person {0}")]
    NotFound(PersonId),
    /// The link was used, is too old, or is not ours.
    #[error("this link was used or is too old; ask for a new one")]
    LinkSpent,
    /// The code of the second step is wrong or was used.
    #[error("the code is wrong or was used; wait for the next one, and see that the clock of your device is right")]
    WrongCode,
    /// The sign-in that waits for its second step is over.
    #[error("this sign-in took too long; begin again")]
    SignInOver,
    /// The second step is set up already.
    #[error("the second step is set up already; remove it first")]
    SecondStepThere,
    /// There is no second step to confirm or remove.
    #[error("no second step is being set up; begin again")]
    NoSecondStep,
    /// This role is everyone's.
    #[error("«{}» is not given: everyone who should has it", .0.label("en"))]
    NotGiven(Role),
    /// This role is given by operators alone.
    #[error("«{}» is given and taken by operators alone", .0.label("en"))]
    OperatorsOnly(Role),
    /// This role holds for the whole installation.
    #[error("«{}» holds everywhere; it is not given at one organisation", .0.label("en"))]
    EverywhereOnly(Role),
    /// No one would be left to run the installation.
    #[error("this is the last operator; make another one first")]
    LastOperator,
    /// There is an operator.
    #[error("there is an operator already; operators make further ones")]
    OperatorThere,
    /// There is no such grant, or no more.
    #[error("there is no such grant of a role; it may have ended")]
    NoGrant,
    /// No provider of this name is set up.
    #[error("no sign-in provider «{0}» is set up")]
    NoProvider(String),
    /// The provider did not answer as it should.
    #[error(
        "the sign-in provider «{provider}» did not answer as it should: {reason}; try again later or sign in otherwise"
    )]
    Provider {
        /// Which.
        provider: String,
        /// What went wrong, for the log.
        reason: String,
    },
    /// The account at the provider is linked to someone else, or its address is another account's.
    #[error("sign in to your account first and link this provider there")]
    LinkFirst,
    /// The account at the provider is linked to another account.
    #[error("this account of the provider is linked to another account")]
    LinkedElsewhere,
    /// Without it no way to sign in would be left.
    #[error("this is the only way to sign in to this account; set a password first")]
    LastWayIn,
    /// A mark for the next page that this site did not give out.
    #[error("«{0}» is no mark of a page; begin at the first page")]
    Mark(String),
    /// The key is not the one of this database.
    #[error(
        "the key of this installation is not the one the database was begun with; put back `secret.key` or \
         HUIZHI_SECRET from the backup"
    )]
    OtherKey,
    /// What is stored cannot be read.
    #[error(
        "the row of {id} cannot be read: {reason}; see that the key of this installation is the one it was written with, or restore the last backup"
    )]
    Unreadable {
        /// Of what.
        id: String,
        /// What is wrong.
        reason: String,
    },
}

impl From<sqlx::Error> for AccountsError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl AccountsError {
    /// The message in `zh` or, for every other language, English.
    pub fn text(&self, lang: &str) -> String {
        if lang != "zh" {
            return self.to_string();
        }
        match self {
            Self::Denied(denied) => denied.text(lang),
            Self::Network(error) => error.text(lang),
            Self::Invalid(faults) => faults.iter().map(|fault| fault.zh.as_str()).collect::<Vec<_>>().join("；"),
            Self::TryLater { until } => format!("尝试次数过多，请在北京时间 {} 之后再试", clock(*until)),
            Self::Taken { field } => {
                format!("该{}已有账户，请直接登录或重设密码", if *field == "email" { "邮箱" } else { "电话" })
            }
            Self::Stale { now } => format!("账户已被修改（版本 {}），请核对后重新提交", now.version),
            Self::NotFound(id) => format!("没有人员 {id}"),
            Self::NotGiven(role) => format!("「{}」不需要授予", role.label(lang)),
            Self::OperatorsOnly(role) => format!("「{}」只能由运维人员授予和收回", role.label(lang)),
            Self::EverywhereOnly(role) => format!("「{}」适用于整个平台，不能只授予某一机构", role.label(lang)),
            Self::NoProvider(name) => format!("没有名为「{name}」的统一登录"),
            Self::Provider { provider, .. } => {
                format!("统一登录「{provider}」没有正常应答，请稍后再试或改用其他方式登录")
            }
            other => other.plain_zh().to_owned(),
        }
    }

    fn plain_zh(&self) -> &'static str {
        match self {
            Self::WrongSignIn => "账号或密码有误，请核对，或重设密码",
            Self::NotProven => "当前密码不正确；没有密码的，请重新登录后再改",
            Self::LinkSpent => "链接已使用或已过期，请重新获取",
            Self::WrongCode => "验证码有误或已使用，请等下一个，并核对设备时间",
            Self::SignInOver => "本次登录已超时，请重新登录",
            Self::SecondStepThere => "两步验证已开启，请先关闭",
            Self::NoSecondStep => "没有待确认的两步验证，请重新开始",
            Self::LastOperator => "这是最后一位运维人员，请先授予他人",
            Self::OperatorThere => "已有运维人员，其他人由其授予",
            Self::NoGrant => "没有这项授权，可能已结束",
            Self::LinkFirst => "请先登录本站账户，再在账户中绑定该统一登录",
            Self::LinkedElsewhere => "该统一登录账号已绑定其他账户",
            Self::LastWayIn => "这是该账户唯一的登录方式，请先设置密码",
            Self::Mark(_) => "页码标记无效，请从第一页开始",
            Self::OtherKey => "平台密钥与数据库不符，请从备份恢复 secret.key 或 HUIZHI_SECRET",
            Self::Unreadable { .. } => "数据无法读取，请核对平台密钥或恢复备份",
            _ => "数据库暂不可用，未保存任何内容",
        }
    }

    /// The field of a form that the message is about; empty for none.
    pub fn field(&self) -> &str {
        match self {
            Self::Invalid(faults) => faults.first().map_or("", |fault| &fault.field),
            Self::Network(error) => error.field(),
            Self::Taken { field } => field,
            Self::Stale { .. } => "version",
            Self::NotProven => "proof",
            Self::WrongCode => "code",
            Self::NotGiven(_) | Self::OperatorsOnly(_) | Self::EverywhereOnly(_) => "role",
            Self::Mark(_) => "after",
            _ => "",
        }
    }

    /// Whether what was asked is at fault and not the place where it is stored.
    pub fn is_about_what_was_asked(&self) -> bool {
        match self {
            Self::Network(error) => error.is_about_what_was_asked(),
            Self::Database(_) | Self::Unreadable { .. } | Self::OtherKey | Self::Provider { .. } => false,
            _ => true,
        }
    }

    /// A seal that does not open.
    pub(crate) fn unopened(id: impl Into<String>) -> impl FnOnce(Unopened) -> Self {
        let id = id.into();
        move |unopened| Self::Unreadable { id, reason: unopened.to_string() }
    }
}

/// Hour, minute and second on the clocks of the country.
fn clock(moment: Timestamp) -> String {
    network::local(moment).strftime("%H:%M:%S").to_string()
}

/// What is wrong with a field.
pub(crate) fn fault(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault { field: field.to_owned(), zh: zh.into(), en: en.into() }
}

/// Lets the error of a room take in what its database and the accounts refuse: it has the variants `Database`, `Denied` and
/// `Accounts`. The crate that calls it has `sqlx`.
#[macro_export]
macro_rules! taken_in {
    ($error:ident) => {
        impl From<::sqlx::Error> for $error {
            fn from(error: ::sqlx::Error) -> Self {
                Self::Database(error.into())
            }
        }

        impl From<$crate::AccountsError> for $error {
            fn from(error: $crate::AccountsError) -> Self {
                match error {
                    $crate::AccountsError::Denied(denied) => Self::Denied(denied),
                    $crate::AccountsError::Database(error) => Self::Database(error),
                    other => Self::Accounts(other),
                }
            }
        }
    };
}
