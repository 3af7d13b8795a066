//! The accounts of an installation.

use std::sync::Arc;

use database::{Database, Migration};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;

use crate::cover::Covers;
use crate::oidc::{Provider, Providers};
use crate::password::{Password, fits};
use crate::{AccountsError, Hashing, Secret, sql};

/// Tables of this crate.
const MIGRATIONS: [Migration; 2] = [
    Migration::new(1, "audit trail", include_str!("../migrations/0001_audit.sql")),
    Migration::new(2, "people, sessions, grants", include_str!("../migrations/0002_people.sql")),
];

/// What an operator may set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the site, as the app that makes codes shows it.
    pub site: String,
    /// Version of the terms that whoever signs up agrees to.
    pub terms: String,
    /// What one hash of a password costs.
    pub hashing: Hashing,
    /// How many passwords are hashed at the same time; others wait.
    pub hashing_at_once: usize,
    /// A session that is not used ends after this time.
    pub idle: SignedDuration,
    /// Every session ends after this time.
    pub longest: SignedDuration,
    /// Providers of single sign-on.
    pub providers: Vec<Provider>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            site: "惠知 Huizhi".to_owned(),
            terms: "1".to_owned(),
            hashing: Hashing::RECOMMENDED,
            hashing_at_once: 4,
            idle: SignedDuration::from_hours(12),
            longest: SignedDuration::from_hours(14 * 24),
            providers: Vec::new(),
        }
    }
}

/// People, their sessions and roles, and the audit trail. Clones share everything.
#[derive(Clone, Debug)]
pub struct Accounts {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    database: Database,
    secret: Secret,
    settings: Settings,
    hashing: Semaphore,
    nobody: String,
    covers: Covers,
    providers: Providers,
}

impl Accounts {
    /// Opens the accounts and brings their tables up to date; the network's are opened before. Another key than the one
    /// the database was begun with is refused: what is sealed would not open, and no one could sign in.
    pub async fn open(database: Database, secret: Secret, settings: Settings) -> Result<Self, AccountsError> {
        migrate(&database).await?;
        let mut write = database.write().await?;
        if !sql::key::fits(&mut write, &secret).await? {
            return Err(AccountsError::OtherKey);
        }
        write.commit().await?;
        let nobody = settings.hashing.hash(&Password::typed("nobody"), [0; 16]).ok_or_else(costs)?;
        let providers = Providers::new(&settings.providers)?;
        let hashing = Semaphore::new(settings.hashing_at_once.max(1));
        let inner = Inner { database, secret, settings, hashing, nobody, covers: Covers::default(), providers };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Where they are at rest.
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// The key of the installation.
    pub fn secret(&self) -> &Secret {
        &self.inner.secret
    }

    /// What was set.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Tells that organisations were entered, moved or closed: roles are expanded anew, so that who entered one may go
    /// on with it at once. Call it after the commit.
    pub fn network_changed(&self) {
        self.inner.covers.forget();
    }

    pub(crate) fn covers(&self) -> &Covers {
        &self.inner.covers
    }

    pub(crate) fn providers(&self) -> &Providers {
        &self.inner.providers
    }

    /// The hash of a new password, made beside the threads that answer.
    pub(crate) async fn hashed(&self, password: &Password, salt: [u8; 16]) -> Result<String, AccountsError> {
        let (hashing, password) = (self.inner.settings.hashing, password.clone());
        let _place = self.inner.hashing.acquire().await;
        let hashed = tokio::task::spawn_blocking(move || hashing.hash(&password, salt)).await;
        hashed.ok().flatten().ok_or_else(costs)
    }

    /// Whether a password fits a kept hash; takes as long when there is none.
    pub(crate) async fn fits(&self, kept: Option<&str>, password: &Password) -> bool {
        let (known, kept) = (kept.is_some(), kept.unwrap_or(&self.inner.nobody).to_owned());
        let password = password.clone();
        let _place = self.inner.hashing.acquire().await;
        let fitting = tokio::task::spawn_blocking(move || fits(&kept, &password)).await;
        fitting.unwrap_or(false) && known
    }
}

/// Brings the tables up to date.
pub(crate) async fn migrate(database: &Database) -> Result<(), AccountsError> {
    Ok(database.migrate("accounts", &MIGRATIONS).await?)
}

fn costs() -> AccountsError {
    AccountsError::Unreadable { id: "settings".to_owned(), reason: "no hash costs what is set".to_owned() }
}

/// The day at which roles begin and end: that of China, where it is one.
pub(crate) fn day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::fixed(Offset::constant(8))).date()
}
