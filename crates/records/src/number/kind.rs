//! Kind codes: the stage of a publication and the kind of right they tell, after WIPO ST.16 and the offices' own use.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Level, Office, RightKind};

/// A kind code of ST.16 or an office (`A`, `A1`, `B2`, `U`, `S1`), upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
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
    match office {
        Office::CN => match (letter, digit) {
            // After partial invalidation: B1 to B7, C1 to C7, and so on.
            ('B' | 'C' | 'U' | 'Y' | 'S', Some('1'..='7')) => Some(Amended),
            ('U' | 'D', _) => Some(Grant),
            _ => general(letter, digit),
        },
        Office::US => match (letter, digit) {
            ('P', Some('1' | '4')) | ('H' | 'T' | 'I', _) => Some(Application),
            ('A', None) | ('P', _) => Some(Grant), // plain A: patents up to 2000
            ('C' | 'F' | 'J' | 'K' | 'O', _) => Some(Amended), // certificates after re-examination and trials
            _ => general(letter, digit),
        },
        Office::EP | Office::WO => match (letter, digit) {
            ('A', Some('3' | '4')) => Some(Report),
            ('B', Some('2' | '3')) => Some(Amended),
            _ => general(letter, digit),
        },
        Office::DE => match (letter, digit) {
            ('B', None) => Some(Application), // Auslegeschrift, laid open after examination, before grant
            ('C', Some('5')) => Some(Amended),
            ('U', _) => Some(Grant),
            _ => general(letter, digit),
        },
        Office::GB if letter == 'C' => Some(Amended),
        Office::JP if matches!(letter, 'H' | 'I') => Some(Amended),
        Office::KR if letter == 'U' => Some(Application),
        _ => general(letter, digit),
    }
}

/// ST.16 where no office has a use of its own. Utility models at their first level may be applications or rights.
fn general(letter: char, digit: Option<char>) -> Option<Level> {
    match (letter, digit) {
        ('A' | 'L' | 'W', _) | ('T', Some('1')) | ('D', Some('0')) => Some(Level::Application),
        ('B' | 'C' | 'S' | 'Y' | 'E', _) | ('T', None | Some('2'..='7')) => Some(Level::Grant),
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
        (Office::US, 'E' | 'H') | (_, 'A' | 'B' | 'C' | 'T') => Some(Invention),
        _ => None,
    }
}
