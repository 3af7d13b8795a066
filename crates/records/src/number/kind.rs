//! Kind codes: the stage of a publication and the kind of right they tell, after WIPO ST.16 and the offices' own use.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Level, Office, RightKind};

/// A kind code of ST.16 or an office (`A`, `A1`, `B2`, `U`, `S1`), upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindCode(String);

impl KindCode {
    /// Reads a letter with at most two further letters or digits.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let fits = (1..=3).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then_some(Self(text))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Stage of a publication of `office` with this code; `None` where the code does not tell.
    pub fn level(&self, office: Office) -> Option<Level> {
        level(office, &self.0)
    }

    /// Kind of right of a publication of `office` with this code; `None` where the code does not tell.
    pub fn right(&self, office: Office) -> Option<RightKind> {
        right_kind(office, &self.0)
    }
}

impl fmt::Display for KindCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Letter and digit of a code: `B2` is `B` and `2`.
fn parts(kind: &str) -> (char, Option<char>) {
    let mut chars = kind.chars();
    (chars.next().unwrap_or(' ').to_ascii_uppercase(), chars.next())
}

/// See [`KindCode::level`].
pub(super) fn level(office: Office, kind: &str) -> Option<Level> {
    use Level::{Amended, Application, Correction, Grant, Report};
    let (letter, digit) = parts(kind);
    if matches!(digit, Some('8' | '9')) && letter != 'P' {
        return Some(if (office, kind) == (Office::US, "A9") { Application } else { Correction });
    }
    match (office, letter, digit) {
        // Plain A was the grant until 2000; C codes were re-examination certificates, as B1/B2 of 1981-2000.
        (Office::US, 'A', None) => Some(Grant),
        (Office::US, 'P', Some('1' | '4')) => Some(Application),
        (Office::US, 'S' | 'E' | 'P', _) => Some(Grant),
        (Office::US, 'C' | 'F' | 'J' | 'K' | 'O', _) => Some(Amended),
        (Office::US, 'H' | 'T' | 'I', _) => Some(Application),
        (Office::EP | Office::WO, 'A', Some('3' | '4')) => Some(Report),
        (Office::EP, 'B', Some('2' | '3')) => Some(Amended),
        // After partial invalidation: C1 to C7, Y1 to Y7, S1 to S7, also B1 to B7 and U1 to U7.
        (Office::CN, 'B' | 'C' | 'U' | 'Y' | 'S', Some('1'..='7')) => Some(Amended),
        (Office::CN, 'U' | 'Y' | 'D' | 'S', None) => Some(Grant),
        (Office::DE, 'C', Some('5')) | (Office::GB, 'C', _) => Some(Amended),
        (Office::DE, 'B', _) if digit.is_none() => Some(Application), // Auslegeschrift
        (Office::DE, 'T', Some('1')) => Some(Application),
        (Office::DE, 'T' | 'U', _) => Some(Grant),
        (Office::JP, 'H' | 'I', _) => Some(Amended),
        (Office::KR, 'U', _) => Some(Application),
        (_, 'A' | 'L' | 'W', _) => Some(Application),
        (_, 'B' | 'C' | 'S' | 'Y' | 'E', _) => Some(Grant),
        (_, 'T', Some('2'..='7')) => Some(Grant),
        _ => None,
    }
}

/// See [`KindCode::right`].
pub(super) fn right_kind(office: Office, kind: &str) -> Option<RightKind> {
    use RightKind::{Design, Invention, Plant, UtilityModel};
    let (letter, _) = parts(kind);
    match (office, letter) {
        (Office::CN, 'D') | (_, 'S') => Some(Design),
        (Office::US, 'P') => Some(Plant),
        (_, 'U' | 'Y' | 'Z') => Some(UtilityModel),
        (Office::US, 'E' | 'H') => Some(Invention),
        (_, 'A' | 'B' | 'C' | 'T') => Some(Invention),
        _ => None,
    }
}
