//! What can go wrong with people and permissions.

use database::DatabaseError;
use thiserror::Error;

use crate::Permission;

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

/// Why an account did not do what was asked.
#[derive(Debug, Error)]
pub enum AccountsError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
}

impl From<sqlx::Error> for AccountsError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}
