//! Reference numbers, which people read out, and tracking codes, which open a case without an account.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Digits and letters without I, L, O, U: nothing that is misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a tracking code, five bits each.
const TRACKING: usize = 16;

/// The number of a case as people read it: `HZ-2026-000123-C`. The last character checks the digits: one wrong digit or two
/// exchanged ones are noticed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "HZ-2026-000123-9")]
pub struct Reference(String);

/// A text that is no reference number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no reference number: they look like HZ-2026-000123-C, and the last character checks the digits")]
pub struct NoReference(pub String);

impl Reference {
    /// The number with this place in its year.
    pub fn make(year: i16, number: u64) -> Self {
        let digits = format!("{year:04}{number:06}");
        Self(format!("HZ-{}-{}-{}", &digits[..4], &digits[4..], check(&digits)))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reference {
    type Err = NoReference;

    /// Takes full-width characters, lower case, spaces, and missing hyphens.
    fn from_str(text: &str) -> Result<Self, NoReference> {
        let wrong = || NoReference(text.chars().take(40).collect());
        let plain: String = plain(text);
        let rest = plain.strip_prefix("HZ").unwrap_or(&plain);
        if !rest.is_ascii() || !(11..=20).contains(&rest.len()) {
            return Err(wrong());
        }
        let (digits, last) = rest.split_at(rest.len() - 1);
        // Longer numbers have no zeros before them: where the digits stand must not be in doubt.
        let shifted = digits.len() > 10 && digits[4..].starts_with('0');
        if shifted || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let (Ok(year), Ok(number)) = (digits[..4].parse(), digits[4..].parse()) else { return Err(wrong()) };
        let reference = Self::make(year, number);
        if reference.0.ends_with(last) { Ok(reference) } else { Err(wrong()) }
    }
}

impl TryFrom<String> for Reference {
    type Error = NoReference;

    fn try_from(text: String) -> Result<Self, NoReference> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The sum of the digits, each weighed by a power of 3 modulo the prime 31: no two of the first thirty places weigh the
/// same.
fn check(digits: &str) -> char {
    let (sum, _) = digits
        .bytes()
        .rev()
        .fold((0_u32, 3_u32), |(sum, weight), digit| ((sum + u32::from(digit - b'0') * weight) % 31, weight * 3 % 31));
    char::from(ALPHABET[sum as usize])
}

/// Opens a case for whoever has it: 80 bits in four groups of four, `7K3M-…`. Only its hash is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "7K3M-0ZTQ-W8R2-5HXC")]
pub struct TrackingCode(String);

/// A text that is no tracking code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no tracking code: 16 letters and digits as they stand on the receipt")]
pub struct NoTrackingCode;

impl TrackingCode {
    /// The code of ten random bytes.
    pub fn make(random: [u8; 10]) -> Self {
        let bits = random.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let letter = |at: usize| char::from(ALPHABET[(bits >> (5 * (TRACKING - 1 - at)) & 31) as usize]);
        Self((0..TRACKING).map(letter).collect())
    }

    /// What is kept of it.
    pub(crate) fn hash(&self) -> String {
        blake3::hash(format!("huizhi tracking code {}", self.0).as_bytes()).to_hex().to_string()
    }
}

impl FromStr for TrackingCode {
    type Err = NoTrackingCode;

    /// Takes full-width characters, lower case, any hyphens and spaces, and what is misread: O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, NoTrackingCode> {
        let code: String = plain(text).replace('O', "0").replace(['I', 'L'], "1");
        let sound = code.len() == TRACKING && code.bytes().all(|b| ALPHABET.contains(&b));
        if sound { Ok(Self(code)) } else { Err(NoTrackingCode) }
    }
}

impl TryFrom<String> for TrackingCode {
    type Error = NoTrackingCode;

    fn try_from(text: String) -> Result<Self, NoTrackingCode> {
        text.parse()
    }
}

impl From<TrackingCode> for String {
    fn from(code: TrackingCode) -> Self {
        code.to_string()
    }
}

impl fmt::Display for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<&str> = (0..TRACKING).step_by(4).map(|at| &self.0[at..at + 4]).collect();
        f.write_str(&groups.join("-"))
    }
}

/// Logs and failures must not show it.
impl fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrackingCode(…)")
    }
}

/// Capitals and half-width characters without spaces and hyphens; at most 64 are looked at.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let dash = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '‐' | '_');
    text.chars().take(64).map(half).filter(dash).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
#[path = "reference_tests.rs"]
mod tests;
