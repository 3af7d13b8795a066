//! Search keys of numbers: the two sides, indexing and looking up, meet here.
//!
//! A key is upper case, letters and digits only. A right is indexed under *exact* keys that name the office
//! (`CN201910302430`, `CN104751825`, `CN104751825B`, `US8926509`) and under *bare* keys without office and leading
//! zeros (`201910302430`, `2019103024301` with the check digit, `104751825B`, `18229858`). What a person types is
//! [read](super::read_any) into numbers, each giving its exact keys, most telling first, and ends with the bare key
//! of the text itself. So a number is found with or without office, kind code, check digit and zeros in front.
//!
//! Offices whose applications and publications share one form (JP `2016012345`) have one more exact key for an
//! application, with `AP` behind the office (`JPAP2016012345`).

use super::spelling::{compact, fold};
use super::{ApplicationNumber, PublicationNumber, read_any};
use crate::{KindCode, Office, Right, RightId, RightKind};

/// Every key under which a right is found: application with and without check digit, publications with and without
/// kind code, registration number; each with and without office. No key occurs twice.
pub fn number_keys(right: &Right) -> Vec<String> {
    let mut keys = Keys::default();
    if let Some(application) = application_of(&right.id, right.right) {
        keys.both(application.office, &application.serial);
        keys.all(self::application(&application));
        if let Some(check) = application.check {
            keys.both(application.office, &format!("{}{check}", application.serial));
        }
    }
    if let Some(written) = &right.application_number {
        keys.both(right.office, written);
    }
    for publication in &right.publications {
        let number = &publication.number;
        let Some(office) = number.office() else { continue };
        let kinds = [publication.kind.as_ref(), None];
        for written in kinds.into_iter().map(|kind| number.with_kind(kind)) {
            keys.both(office, &written);
        }
        // A number that keeps a letter is also found by those who leave the letter out.
        keys.both(office, number.without_letter());
    }
    if let Some(registration) = &right.registration_number {
        keys.both(right.office, registration);
    }
    keys.0
}

/// Keys of what a person typed, for every sensible reading, most telling first. A look-up takes the first key that
/// finds something; a search may take all. Empty only when the text has no letter or digit.
pub fn lookup_keys(text: &str) -> Vec<String> {
    let mut keys = Keys::default();
    for reading in read_any(text) {
        keys.all(reading.keys());
    }
    keys.one(bare(&key(&fold(text))));
    keys.0
}

/// Exact keys of an application.
pub(super) fn application(number: &ApplicationNumber) -> Vec<String> {
    let mut keys = Keys::default();
    if spaces_meet(number.office, number.right) {
        keys.one(key(&format!("{}AP{}", number.office, number.serial)));
    }
    keys.one(key(&format!("{}{}", number.office, number.serial)));
    keys.0
}

/// Exact keys of a publication, with kind code first.
pub(super) fn publication(number: &PublicationNumber, kind: Option<&KindCode>) -> Vec<String> {
    let mut keys = Keys::default();
    keys.one(key(&number.with_kind(kind)));
    keys.one(key(number.as_str()));
    keys.0
}

/// Keys of a registration number, with the office first if it is known.
pub(super) fn registration(office: Option<Office>, number: &str) -> Vec<String> {
    let mut keys = Keys::default();
    match office {
        Some(office) => keys.both(office, number),
        None => keys.one(bare(&key(number))),
    }
    keys.0
}

/// The application in an id, if it is known.
fn application_of(id: &RightId, right: RightKind) -> Option<ApplicationNumber> {
    let office = id.office().filter(|_| !id.is_waiting())?;
    let check = super::check_digit(office, right, id.serial());
    Some(ApplicationNumber { office, right, serial: id.serial().to_owned(), check })
}

/// Whether applications and publications of an office share one form.
fn spaces_meet(office: Office, right: RightKind) -> bool {
    let apart = [Office::CN, Office::US, Office::EP, Office::WO, Office::DE, Office::GB, Office::EM];
    let numbered_patent = !matches!(right, RightKind::Trademark | RightKind::Gi | RightKind::Layout);
    numbered_patent && !apart.contains(&office)
}

/// Letters and digits of any script in upper case.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Without zeros in front.
fn bare(key: &str) -> String {
    key.trim_start_matches('0').to_owned()
}

/// Keys in order of telling, each once.
#[derive(Default)]
struct Keys(Vec<String>);

impl Keys {
    fn one(&mut self, key: String) {
        if !key.is_empty() && !self.0.contains(&key) {
            self.0.push(key);
        }
    }

    fn all(&mut self, keys: Vec<String>) {
        for key in keys {
            self.one(key);
        }
    }

    /// With the office, and bare.
    fn both(&mut self, office: Office, number: &str) {
        let number = key(number);
        let without = number.strip_prefix(office.as_str()).unwrap_or(&number).to_owned();
        self.one(format!("{office}{without}"));
        self.one(bare(&without));
        if office == Office::WO {
            // PCT applications are bare with their receiving office, and without it.
            self.one(bare(compact(&without).trim_start_matches(|c: char| c.is_ascii_uppercase())));
        }
    }
}
