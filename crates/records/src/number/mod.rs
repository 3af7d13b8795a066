//! Numbers of applications and publications: one normal form for every spelling.
//!
//! One file an office says how its numbers are written; `spelling` takes away what all spellings share (full-width
//! forms, dashes, office codes, kind codes). [`ApplicationNumber::read`] and [`PublicationNumber::read`] are lenient:
//! what an office file contains is loaded, and [`ApplicationNumber::check`] tells a wrong check digit.
//! [`read_any`] reads what a person typed; [`number_keys`] and [`lookup_keys`] are the two sides of finding a right by
//! its number.

mod cn;
mod de;
mod em;
mod ep;
mod gb;
mod jp;
mod keys;
mod kind;
mod kr;
#[cfg(test)]
mod laws;
mod register;
mod spelling;
#[cfg(test)]
mod tests;
mod typed;
mod us;
mod wo;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

pub use keys::{lookup_keys, number_keys};
pub use kind::KindCode;
pub use typed::{Reading, read_any};

use crate::{Date, Office, RightKind};

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// No office writes numbers like this.
    #[error("«{text}» is not {what} of {office}; expected {expected}")]
    Form {
        /// The text as given.
        text: String,
        /// `an application number`, `a publication number`.
        what: &'static str,
        /// The office.
        office: Office,
        /// A sample of a right form.
        expected: &'static str,
    },
    /// The check digit does not fit.
    #[error("«{text}»: the check digit should be {expected}")]
    Check {
        /// The text as given.
        text: String,
        /// The right digit.
        expected: char,
    },
}

/// Id of a right: office, letter of its kind, application number in normal form (`CN-P-201910302430`); or,
/// while only a publication is known, `pub` and that number (`CN-P-pub104751825`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct RightId(String);

impl RightId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads an id; letters may come in lower case.
    pub fn read(text: &str) -> Option<Self> {
        let mut fields = text.trim().splitn(3, '-');
        let office: Office = fields.next()?.parse().ok()?;
        let letter = fields.next().filter(|l| l.len() == 1)?.to_ascii_uppercase();
        let serial = fields.next().filter(|s| !s.is_empty())?;
        "PUDTGL".contains(&letter).then(|| Self(format!("{office}-{letter}-{serial}")))
    }

    /// The office in the id.
    pub fn office(&self) -> Option<Office> {
        self.0.split('-').next()?.parse().ok()
    }

    /// The letter of the kind: P, U, D, T, G or L.
    pub fn letter(&self) -> Option<char> {
        self.0.split('-').nth(1)?.chars().next()
    }

    /// The application number in the id, or `pub` and the publication.
    pub fn serial(&self) -> &str {
        self.0.splitn(3, '-').nth(2).unwrap_or_default()
    }

    /// Whether the right is known by a publication alone.
    pub fn is_waiting(&self) -> bool {
        self.serial().starts_with("pub")
    }
}

impl From<String> for RightId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for RightId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RightId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an office's rule makes of a text.
struct Parsed {
    right: RightKind,
    serial: String,
    /// The check digit as written.
    check: Option<char>,
}

/// An application number in normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct ApplicationNumber {
    /// The office where it was filed.
    pub office: Office,
    /// Kind of right, which decides the letter of the id.
    pub right: RightKind,
    /// Normal form without office, separators and check digit: CN `201910302430`, US `16548822` (series and
    /// serial), EP `15163325`, WO `CN2015071234`, JP `2016012345`, KR `20107003249`, GB `201512345`, EM `018229858`.
    pub serial: String,
    /// Check digit, computed where the office's rule is known (CN, EP, DE, GB), so that two spellings of one number
    /// are equal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<char>,
}

impl ApplicationNumber {
    /// The number of `office` written `text`, in the office's own, DOCDB's or EPODOC's spelling. `right` is what
    /// the record says; where the number itself tells (CN type digit, US series 29) and differs, the number wins.
    /// `PCT/…` numbers are read as such under any office. A wrong check digit is passed over and replaced by the
    /// right one: the record is good, its number is; ask [`Self::check`] to report it.
    pub fn read(office: Office, text: &str, right: RightKind) -> Result<Self, NumberError> {
        let (office, parsed) = parse(office, text, right).ok_or_else(|| form(office, text, right))?;
        Ok(Self::made(office, parsed))
    }

    /// Reads like [`Self::read`], but a check digit that does not fit is an error: for what a person types.
    pub fn read_strict(office: Office, text: &str, right: RightKind) -> Result<Self, NumberError> {
        let number = Self::read(office, text, right)?;
        Self::check(office, text, right).map_or(Ok(number), Err)
    }

    /// The problem with the check digit in `text`, if it has one and it is wrong.
    pub fn check(office: Office, text: &str, right: RightKind) -> Option<NumberError> {
        let (office, parsed) = parse(office, text, right)?;
        let written = parsed.check?;
        let expected = check_digit(office, parsed.right, &parsed.serial)?;
        if office == Office::EP && ep::before_rule(&parsed.serial) {
            return None;
        }
        (written != expected).then(|| NumberError::Check { text: text.trim().to_owned(), expected })
    }

    /// An application in DOCDB's form. Its kind tells what the number does not: `W` an international application
    /// whose country is the receiving office, `P` provisional, `U` utility model, `F` design. The filing date tells
    /// the forms apart that end with two digits of the year (US to 2011, JP to 1999, GB to 1977).
    pub fn read_docdb(
        office: Office,
        text: &str,
        kind: Option<&str>,
        filed: Option<Date>,
    ) -> Result<Self, NumberError> {
        let kind = kind.map(str::trim).filter(|k| !k.is_empty());
        let right = match kind.and_then(|k| k.chars().next()) {
            Some('U' | 'Y') => RightKind::UtilityModel,
            Some('F' | 'S') => RightKind::Design,
            _ => RightKind::Invention,
        };
        let folded = spelling::fold(text);
        let old = docdb_old(office, &folded, kind, right, filed);
        let found = match (kind, old) {
            (Some("W"), _) => {
                let international = wo::docdb(office, &folded).map(|parsed| (Office::WO, parsed));
                international.or_else(|| parse(office, text, right))
            }
            (_, Some(parsed)) => Some((office, parsed)),
            _ => parse(office, text, right),
        };
        found.map(|(office, parsed)| Self::made(office, parsed)).ok_or_else(|| form(office, text, right))
    }

    /// A number kept as it stands, for offices and rights without a rule of their own (GI, layouts, registers).
    /// Letters and digits of any script and `-` are kept, the rest is dropped.
    pub fn verbatim(office: Office, text: &str, right: RightKind) -> Option<Self> {
        let serial: String = text.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        (!serial.is_empty()).then_some(Self { office, right, serial, check: None })
    }

    fn made(office: Office, parsed: Parsed) -> Self {
        let check = check_digit(office, parsed.right, &parsed.serial);
        Self { office, right: parsed.right, serial: parsed.serial, check }
    }

    /// The id of the right.
    pub fn id(&self) -> RightId {
        RightId(format!("{}-{}-{}", self.office, self.right.letter(), self.serial))
    }

    /// Normal form with the check digit: `201910302430.1`, `16548822`.
    pub fn normal(&self) -> String {
        match self.check {
            Some(check) => format!("{}.{check}", self.serial),
            None => self.serial.clone(),
        }
    }

    /// As people write it: `CN201910302430.1`, `US 16/548,822`, `EP15163325.2`, `PCT/CN2015/071234`,
    /// `KR 10-2010-7003249`. [`Self::read`] with the same office and right gives the number back.
    pub fn display(&self) -> String {
        let written = match (self.office, self.right) {
            (_, RightKind::Gi | RightKind::Layout | RightKind::Trademark) => None,
            (Office::US, _) => us::display(&self.serial),
            (Office::WO, _) => wo::display(&self.serial),
            (Office::JP, _) => jp::display(&self.serial),
            (Office::KR, right) => kr::display(&self.serial, right),
            (Office::DE, _) => de::display(&self.serial),
            (Office::GB, _) => gb::display(&self.serial),
            _ => None,
        };
        written.unwrap_or_else(|| format!("{}{}", self.office, self.normal()))
    }

    /// Keys under which the application is indexed and looked up; see [`number_keys`].
    pub fn keys(&self) -> Vec<String> {
        keys::application(self)
    }
}

fn form(office: Office, text: &str, right: RightKind) -> NumberError {
    let expected = match (office, right) {
        (Office::EM, RightKind::Design) => "001066245-0001",
        (Office::EM, _) => "018229858",
        (_, RightKind::Trademark) => "letters and digits such as 24649811",
        (Office::CN, _) => "201910302430.1 or 00100089.6",
        (Office::US, _) => "16/548,822",
        (Office::EP, _) => "15163325.2",
        (Office::WO, _) => "PCT/CN2015/071234",
        (Office::JP, _) => "2016-012345",
        (Office::KR, _) => "10-2010-7003249",
        (Office::DE, _) => "10 2015 001 234.7",
        (Office::GB, _) => "1512345.2",
        _ => "letters or digits",
    };
    NumberError::Form { text: text.trim().to_owned(), what: "an application number", office, expected }
}

/// The office's rule applied to a text; PCT numbers belong to WO whatever office the record names.
fn parse(office: Office, text: &str, right: RightKind) -> Option<(Office, Parsed)> {
    let folded = spelling::fold(text);
    if folded.starts_with("PCT") {
        return wo::application(&folded).map(|parsed| (Office::WO, parsed));
    }
    let parsed = match (right, office) {
        (RightKind::Trademark, _) => register::mark(office, &folded),
        (RightKind::Gi | RightKind::Layout, _) => register::verbatim(office, &folded, right),
        (_, Office::CN) => cn::application(&folded, right),
        (_, Office::US) => us::application(&folded, right),
        (_, Office::EP) => ep::application(&folded, right),
        (_, Office::WO) => wo::application(&folded),
        (_, Office::JP) => jp::application(&folded, right),
        (_, Office::KR) => kr::application(&folded, right),
        (_, Office::DE) => de::application(&folded, right),
        (_, Office::GB) => gb::application(&folded, right),
        (_, Office::EM) => em::application(&folded, right),
        _ => register::application(office, &folded, right),
    };
    // `WO2013US64552` and `US2013/064552` name an international application without saying PCT.
    let international = || wo::application(&folded).map(|parsed| (Office::WO, parsed));
    match parsed {
        Some(_) if folded.starts_with("WO") && office != Office::WO => international(),
        Some(parsed) => Some((office, parsed)),
        None if right == RightKind::Invention => international(),
        None => None,
    }
}

/// DOCDB's forms that end with the year, where office and filing date say that this is one.
fn docdb_old(
    office: Office,
    folded: &str,
    kind: Option<&str>,
    right: RightKind,
    filed: Option<Date>,
) -> Option<Parsed> {
    let digits = spelling::compact(spelling::without_office(folded, office.as_str()));
    let year = filed.map(Date::year);
    let ends_with_year = match year {
        Some(year) => spelling::is_digits(&digits) && digits.ends_with(&format!("{:02}", year.rem_euclid(100))),
        // Series and serial have eight digits; what is shorter lacks the series.
        None => office == Office::US && spelling::is_digits(&digits) && digits.len() < 8,
    };
    match office {
        Office::US if ends_with_year && (3..=8).contains(&digits.len()) => {
            let sort = us::Sort::of(kind, right);
            let serial = us::docdb_old(&digits, sort)?;
            let right = if sort == us::Sort::Design { RightKind::Design } else { right };
            Some(Parsed { right, serial, check: None })
        }
        Office::GB if ends_with_year && year.is_some_and(|y| y < 1978) && (3..=7).contains(&digits.len()) => {
            gb::docdb_old(&digits, right)
        }
        _ => None,
    }
}

/// The check digit that the office's rule gives.
fn check_digit(office: Office, right: RightKind, serial: &str) -> Option<char> {
    match (right, office) {
        (RightKind::Trademark | RightKind::Gi | RightKind::Layout, _) => None,
        (_, Office::CN) => cn::check_digit(serial),
        (_, Office::EP) => spelling::luhn(serial).filter(|_| serial.len() == 8),
        (_, Office::DE) => de::check_digit(serial),
        (_, Office::GB) => gb::check_digit(serial),
        _ => None,
    }
}

/// A publication number in normal form: office and number, without kind code (`CN104751825`, `US8926509`).
///
/// Where an office gave one number to different rights, the letter of the kind stays behind the number, so that they
/// never meet: `CN1034567C` (a grant of 1993 to 2010, beside application `CN1034567`), `JPS5812345B` (examined, beside
/// unexamined `JPS5812345`), `JP3123456U`, `KR20150000637U`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct PublicationNumber(String);

impl PublicationNumber {
    /// The publication of `office` written `text`, with kind code `kind` where known, in any spelling; a kind code
    /// may also stand behind the number. Never fails on a text with a letter or digit: what no rule of the office
    /// covers is kept in upper case without separators.
    pub fn read(office: Office, text: &str, kind: Option<&str>) -> Result<Self, NumberError> {
        let folded = spelling::fold(text);
        let (number, written) = spelling::split_kind(&folded);
        let kind = kind.map(str::trim).filter(|k| !k.is_empty()).map(str::to_ascii_uppercase);
        let kind = kind.as_deref().or(written);
        let normal = publication(office, number, kind).or_else(|| register::publication(office, number, kind));
        normal.map(|number| Self(format!("{office}{number}"))).ok_or_else(|| NumberError::Form {
            text: text.trim().to_owned(),
            what: "a publication number",
            office,
            expected: "letters or digits",
        })
    }

    /// Reads a number with its office before it and maybe a kind code behind it: `CN104751825B`, `US 8,926,509 B2`.
    pub fn read_full(text: &str) -> Option<(Self, Option<KindCode>)> {
        let folded = spelling::fold(text);
        let office: Office = folded.get(..2)?.parse().ok()?;
        let (number, kind) = spelling::split_kind(&folded);
        let normal = publication(office, spelling::without_office(number, office.as_str()), kind)
            .or_else(|| register::publication(office, number, kind))?;
        Some((Self(format!("{office}{normal}")), kind.and_then(KindCode::read)))
    }

    /// Office and number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The office.
    pub fn office(&self) -> Option<Office> {
        self.0.get(..2)?.parse().ok()
    }

    /// The number behind the office.
    pub fn number(&self) -> &str {
        self.0.get(2..).unwrap_or_default()
    }

    /// Office, number and kind code, as citations write it: `CN203232659U`. A letter that the number keeps is not
    /// written twice.
    pub fn with_kind(&self, kind: Option<&KindCode>) -> String {
        match kind {
            Some(kind) => format!("{}{kind}", self.without_letter()),
            None => self.0.clone(),
        }
    }

    /// Office and number without a kept letter.
    fn without_letter(&self) -> &str {
        match self.0.as_bytes() {
            [.., digit, last] if digit.is_ascii_digit() && last.is_ascii_uppercase() => &self.0[..self.0.len() - 1],
            _ => &self.0,
        }
    }

    /// Kind of right, as number space and kept letter tell; a patent for invention where they do not.
    pub fn right(&self) -> RightKind {
        let number = self.number();
        let found = match self.office() {
            Some(Office::CN) => cn::publication_right(number),
            Some(Office::US) => us::publication_right(number),
            Some(Office::EP) => None,
            Some(Office::WO) => number.starts_with("DM").then_some(RightKind::Design),
            Some(Office::KR) => kr::publication_right(number),
            Some(Office::DE) => de::publication_right(number),
            Some(Office::EM) if number.contains('-') => Some(RightKind::Design),
            Some(Office::EM) => Some(RightKind::Trademark),
            Some(Office::JP) if number.ends_with('Y') => Some(RightKind::UtilityModel),
            _ => register::publication_right(number),
        };
        found.unwrap_or(RightKind::Invention)
    }

    /// Id under which a part waits that knows only this publication.
    pub fn waiting_id(&self) -> RightId {
        let office = self.0.get(..2).unwrap_or("XX");
        RightId(format!("{office}-{}-pub{}", self.right().letter(), self.number()))
    }

    /// Keys under which the publication is indexed and looked up; see [`number_keys`].
    pub fn keys(&self, kind: Option<&KindCode>) -> Vec<String> {
        keys::publication(self, kind)
    }
}

/// The office's rule for a publication without its kind code; `None` where the text has none of its forms.
fn publication(office: Office, folded: &str, kind: Option<&str>) -> Option<String> {
    match office {
        Office::CN => cn::publication(spelling::without_office(folded, "CN"), kind),
        Office::US => us::publication(folded, kind),
        Office::EP => ep::publication(folded),
        Office::WO => wo::publication(folded),
        Office::JP => jp::publication(folded, kind),
        Office::KR => kr::publication(folded, kind),
        Office::DE => de::publication(folded, kind),
        Office::GB => gb::publication(folded, kind),
        Office::EM => em::number(folded),
        _ => register::publication(office, folded, kind),
    }
}

impl fmt::Display for PublicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
