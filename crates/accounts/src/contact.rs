//! E-mail addresses and telephone numbers in one spelling each.

use std::fmt;
use std::str::FromStr;

use network::Fault;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::fault;

/// Characters of an address that mail carries at most.
const LONGEST_EMAIL: usize = 254;

/// An e-mail address in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "zhang@example.org")]
pub struct Email(String);

/// A telephone number with its country: `+8613800001234`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "+8613800001234")]
pub struct Telephone(String);

/// Full-width letters, digits and signs as half-width ones.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with its name hidden: `z***@example.org`.
    pub fn masked(&self) -> String {
        let (name, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        format!("{}***@{domain}", name.chars().next().unwrap_or('*'))
    }
}

impl FromStr for Email {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let wrong = || {
            fault(
                "email",
                "请填写有效的电子邮箱，如 zhang@example.org",
                "write an e-mail address like zhang@example.org",
            )
        };
        let address: String = text.trim().chars().map(narrow).flat_map(char::to_lowercase).collect();
        let (name, domain) = address.split_once('@').ok_or_else(wrong)?;
        let sound =
            |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
        let odd = |c: char| c.is_whitespace() || c.is_control() || "@<>()[],;:\\\"".contains(c);
        let dotted = domain.contains('.') && domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
        if !sound(name) || !sound(domain) || !dotted || name.contains(odd) || address.len() > LONGEST_EMAIL {
            return Err(wrong());
        }
        Ok(Self(address))
    }
}

impl Telephone {
    /// The number with `+` and country.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as people at home write it: Chinese ones without their country.
    pub fn shown(&self) -> String {
        match self.0.strip_prefix("+86") {
            Some(mobile) if mobile.len() == 11 && mobile.starts_with('1') => mobile.to_owned(),
            Some(fixed) => format!("0{fixed}"),
            None => self.0.clone(),
        }
    }

    /// The number with its middle hidden: `138****1234`; of short numbers the last two digits are left.
    pub fn masked(&self) -> String {
        let shown = self.shown();
        let (head, tail) = if shown.len() >= 11 { (3, 4) } else { (0, 2) };
        let hidden = "*".repeat(shown.len().saturating_sub(head + tail).min(4));
        format!("{}{hidden}{}", &shown[..head], &shown[shown.len() - tail..])
    }
}

impl FromStr for Telephone {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let wrong = || {
            let zh = "请填写有效的电话号码，如 13800001234 或 010-12345678；境外号码以 + 开头";
            fault("telephone", zh, "write a number like 13800001234 or 010-12345678; foreign ones begin with +")
        };
        let spelled: String = text.trim().chars().map(narrow).filter(|c| !" -()./\u{a0}‐‑–".contains(*c)).collect();
        let (abroad, digits) = match spelled.strip_prefix('+').or_else(|| spelled.strip_prefix("00")) {
            Some(rest) => (true, rest),
            None => (false, spelled.as_str()),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let chinese = if abroad {
            digits.strip_prefix("86")
        } else {
            Some(digits.strip_prefix("86").filter(|rest| mobile(rest)).unwrap_or(digits))
        };
        let number = match chinese {
            Some(number) if mobile(number) => format!("+86{number}"),
            Some(number) => format!("+86{}", fixed(number, abroad).ok_or_else(wrong)?),
            None if (7..=15).contains(&digits.len()) && !digits.starts_with('0') => format!("+{digits}"),
            None => return Err(wrong()),
        };
        Ok(Self(number))
    }
}

/// A mobile number of the mainland.
fn mobile(number: &str) -> bool {
    number.len() == 11 && number.starts_with('1') && !matches!(number.as_bytes()[1], b'0'..=b'2')
}

/// Area code and number of a fixed line, without the zero that only callers at home dial.
fn fixed(number: &str, abroad: bool) -> Option<&str> {
    let bare = match number.strip_prefix('0') {
        Some(bare) => bare,
        None if abroad => number,
        None => return None,
    };
    ((9..=11).contains(&bare.len()) && !bare.starts_with('0')).then_some(bare)
}

/// A person's name with all but the first character hidden: `张*`; of names of several words the first letter of each.
pub fn masked_name(name: &str) -> String {
    let masked = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        first + &"*".repeat(letters.count().clamp(1, 3))
    };
    name.split_whitespace().map(masked).collect::<Vec<_>>().join(" ")
}

/// A postal address with all but its beginning hidden.
pub fn masked_address(address: &str) -> String {
    let length = address.chars().count();
    let kept: String = address.chars().take((length / 3).min(6)).collect();
    if length == 0 { kept } else { format!("{kept}****") }
}

macro_rules! text {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                text.parse().map_err(|fault: Fault| fault.en)
            }
        }

        impl From<$name> for String {
            fn from(contact: $name) -> Self {
                contact.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
text!(Email);
text!(Telephone);

#[cfg(test)]
#[path = "contact_tests.rs"]
mod tests;
