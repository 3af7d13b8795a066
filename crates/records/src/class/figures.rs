//! Locarno classes of designs and Vienna codes of figurative elements.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::symbol::plain;

/// A Locarno class `14` or subclass `14-02`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Locarno(String);

impl Locarno {
    /// Classes of the 15th edition.
    const CLASSES: u8 = 32;

    /// Reads `14-02`, `14.02`, `06 - 01`, `1402`, `0703`, `7-3`, `14-02(13)`, `LOC (12) Cl. 14-02`; a class alone as
    /// `14`. US design classes (`D 7654`, `D15 86`) are another scheme and give `None`.
    pub fn read(text: &str) -> Option<Self> {
        let text = plain(text);
        let text = match text.strip_prefix("LOC") {
            // `(12) Cl. 14-02`: the edition stands in the first brackets.
            Some(rest) => {
                let rest = rest.trim_start();
                let rest = if rest.starts_with('(') { rest.split_once(')')?.1 } else { rest };
                rest.trim_start_matches(|c: char| !c.is_ascii_digit())
            }
            None => text.strip_prefix("CL.").unwrap_or(&text).trim_start(),
        };
        let end = text.find(|c: char| !c.is_ascii_digit() && !" -./".contains(c)).unwrap_or(text.len());
        if text[end..].starts_with(|c: char| c.is_ascii_alphanumeric()) && !text[..end].ends_with(' ') {
            return None;
        }
        let fields: Vec<&str> = text[..end].split([' ', '-', '.', '/']).filter(|f| !f.is_empty()).collect();
        let (class, subclass) = match fields.as_slice() {
            [class] if class.len() <= 2 => (*class, None),
            [both] if matches!(both.len(), 3 | 4) => {
                let (class, subclass) = both.split_at(both.len() - 2);
                (class, Some(subclass))
            }
            [class, subclass] if class.len() <= 2 && subclass.len() <= 2 => (*class, Some(*subclass)),
            _ => return None,
        };
        let class: u8 = class.parse().ok().filter(|c| (1..=Self::CLASSES).contains(c))?;
        match subclass {
            Some(subclass) => {
                let subclass: u8 = subclass.parse().ok()?;
                Some(Self(format!("{class:02}-{subclass:02}")))
            }
            None => Some(Self(format!("{class:02}"))),
        }
    }

    /// The symbol in normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Number of the class.
    pub fn class(&self) -> u8 {
        self.0.get(..2).and_then(|c| c.parse().ok()).unwrap_or_default()
    }

    /// The class above a subclass.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_once('-').map(|(class, _)| Self(class.to_owned()))
    }

    /// Whether this is `above` or one of its subclasses.
    pub fn is_at_or_below(&self, above: &Self) -> bool {
        self == above || self.parent().as_ref() == Some(above)
    }
}

/// A Vienna category, division or section: `26`, `26.11`, `26.11.02`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Vienna(String);

impl Vienna {
    /// Categories of the ninth edition.
    const CATEGORIES: u8 = 29;

    /// Reads `26.11.02`, `26.11.2`, `A26.11.02` (auxiliary section), `26-11-02`, `261102`, `2611`, `26.11`, `26`.
    pub fn read(text: &str) -> Option<Self> {
        let text = plain(text);
        let text = text.strip_prefix('A').unwrap_or(&text).trim();
        let mut fields: Vec<&str> = text.split(['.', '-', ' ', '/']).filter(|f| !f.is_empty()).collect();
        if let [joined] = fields.as_slice()
            && joined.bytes().all(|b| b.is_ascii_digit())
            && matches!(joined.len(), 4 | 6)
        {
            let joined = *joined;
            fields = (0..joined.len()).step_by(2).map(|at| &joined[at..at + 2]).collect();
        }
        if fields.is_empty() || fields.len() > 3 || fields.iter().any(|f| f.len() > 2) {
            return None;
        }
        let numbers: Vec<u8> = fields.iter().map(|f| f.parse().ok()).collect::<Option<_>>()?;
        let fits = (1..=Self::CATEGORIES).contains(&numbers[0]) && numbers.iter().all(|n| *n > 0);
        let written: Vec<String> = numbers.iter().map(|n| format!("{n:02}")).collect();
        fits.then(|| Self(written.join(".")))
    }

    /// The symbol in normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Number of the category.
    pub fn category(&self) -> u8 {
        self.0.get(..2).and_then(|c| c.parse().ok()).unwrap_or_default()
    }

    /// Division above a section, category above a division.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(above, _)| Self(above.to_owned()))
    }

    /// Whether this is `above` or lies below it.
    pub fn is_at_or_below(&self, above: &Self) -> bool {
        self == above || self.0.strip_prefix(&above.0).is_some_and(|rest| rest.starts_with('.'))
    }
}

impl fmt::Display for Locarno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Vienna {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
