//! Attempts that may fail: counted before they are looked at, with a delay that grows.

use database::Write;
use jiff::{SignedDuration, Timestamp};

use crate::sql::attempt;
use crate::{Accounts, AccountsError};

/// How many failures are free, and how the delay grows after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Failures after which one must wait.
    pub(crate) free: i64,
    /// First delay in seconds; each further failure doubles it.
    pub(crate) first: i64,
    /// Longest delay in seconds.
    pub(crate) longest: i64,
    /// Seconds without a failure after which all are forgotten.
    pub(crate) forget: i64,
}

impl Rule {
    /// Passwords of one account. The longest delay is short enough that no one is kept out for long by others' guesses.
    pub(crate) const ACCOUNT: Self = Self { free: 5, first: 30, longest: 15 * 60, forget: 24 * 3600 };
    /// Passwords from one address, behind which a library may sit.
    pub(crate) const ADDRESS: Self = Self { free: 20, first: 30, longest: 3600, forget: 3600 };
    /// Codes of the second step of one person.
    pub(crate) const CODE: Self = Self { free: 5, first: 30, longest: 15 * 60, forget: 24 * 3600 };
    /// Links sent to one account, or asked for from one address.
    pub(crate) const LINK: Self = Self { free: 5, first: 60, longest: 3600, forget: 24 * 3600 };
    /// Accounts made from one address.
    pub(crate) const SIGN_UP: Self = Self { free: 20, first: 60, longest: 3600, forget: 3600 };

    /// How long to wait after that many failures.
    pub(crate) fn wait(self, failures: i64) -> Option<SignedDuration> {
        let over = failures - self.free;
        (over >= 0).then(|| SignedDuration::from_secs(self.longest.min(self.first << over.min(20))))
    }
}

/// One who attempts, as the table knows him: a keyed hash, so that it tells nothing about who tried.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) key: String,
    rule: Rule,
}

impl Accounts {
    /// The subject of a kind: `account`, `address`, `code`, `link`.
    pub(crate) fn subject(&self, kind: &str, value: &str, rule: Rule) -> Subject {
        Subject { key: self.secret().lookup(&format!("attempts.{kind}"), value), rule }
    }

    /// Counts an attempt of all subjects, or refuses it; committed before the attempt is looked at.
    pub(crate) async fn count(&self, now: Timestamp, subjects: &[&Subject]) -> Result<(), AccountsError> {
        let mut write = self.database().write().await?;
        for subject in subjects {
            if let Some(until) = attempt::count(&mut write, &subject.key, subject.rule, now).await? {
                return Err(AccountsError::TryLater { until });
            }
        }
        Ok(write.commit().await?)
    }
}

/// The attempt was good: its account starts afresh, its address has one failure less.
pub(crate) async fn good(
    write: &mut Write,
    now: Timestamp,
    address: Option<&Subject>,
    account: &Subject,
) -> Result<(), AccountsError> {
    if let Some(address) = address {
        attempt::give_back(write, &address.key, now).await?;
    }
    attempt::clear(write, &account.key).await
}

#[cfg(test)]
#[path = "throttle_tests.rs"]
mod tests;
