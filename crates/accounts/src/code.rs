//! Codes that an app makes of a shared secret and the time (TOTP, RFC 6238): six digits, steps of thirty seconds.

use jiff::Timestamp;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::{AccountsError, PersonId, Random};

/// Steps that a clock may be wrong, before and after.
const SKEW: u16 = 1;
/// Digits of a code.
const DIGITS: u8 = 6;

/// A secret that the site shares with an app.
pub(crate) struct Shared(Secret);

impl Shared {
    /// A new one: 160 bits, as the standard recommends.
    pub(crate) fn make(random: &mut Random) -> Self {
        Self(Secret::from(random.bytes::<20>()))
    }

    /// One that was kept as its text.
    pub(crate) fn read(text: &str, person: &PersonId) -> Result<Self, AccountsError> {
        let unreadable =
            || AccountsError::Unreadable { id: person.to_string(), reason: "its shared secret is none".to_owned() };
        Secret::try_from_base32(text).map(Self).map_err(|_| unreadable())
    }

    /// The letters that people type.
    pub(crate) fn text(&self) -> String {
        self.0.to_base32()
    }

    fn builder(&self) -> Builder {
        // Apps that take other algorithms in silence make codes of this one.
        let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(DIGITS).with_skew(SKEW);
        builder.with_step_duration(30).with_secret(self.0.clone())
    }

    fn totp(&self) -> Totp {
        self.builder().build_noncompliant()
    }

    /// The address that apps read; colons part its fields and are left out of both names.
    pub(crate) fn address(&self, site: &str, account: &str) -> String {
        let plain = |text: &str| text.replace(':', " ");
        let builder = self.builder().with_issuer(Some(plain(site))).with_account_name(plain(account));
        builder.build_noncompliant().to_url().unwrap_or_default()
    }

    /// The time step of which this is the code, if it is one of about now.
    pub(crate) fn step_of(&self, typed: &str, now: Timestamp) -> Option<i64> {
        let digits = letters(typed);
        if digits.len() != usize::from(DIGITS) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let now = u64::try_from(now.as_second()).ok()?;
        self.totp().check(&digits, now).and_then(|step| i64::try_from(step).ok())
    }

    /// The code at a moment.
    #[cfg(test)]
    pub(crate) fn code_at(&self, at: Timestamp) -> String {
        self.totp().generate(at.as_second().unsigned_abs()).to_string()
    }
}

/// What was typed without spaces and hyphens, in small letters.
pub(crate) fn letters(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[path = "code_tests.rs"]
mod tests;
