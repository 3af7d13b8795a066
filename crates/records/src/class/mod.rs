//! Classification symbols in their normal forms: IPC and CPC `H01M10/0525`, Locarno `14-02`,
//! Nice as a number, Vienna `26.11.02`.
//!
//! Symbols are ordered as the scheme prints them and know their place *in the text*: section, class, subclass, main
//! group. What lies below a subgroup only the scheme knows, by its dots: [`Scheme`].

mod figures;
mod scheme;
mod symbol;
pub mod technology;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use figures::{Locarno, Vienna};
pub use scheme::{Row, Scheme, SchemeError};
pub use symbol::{Cpc, Ipc, SymbolLevel};

/// A Nice class with its goods or services in one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct NiceClass {
    /// Class 1 to 45.
    pub class: u8,
    /// Language of the terms, ISO 639-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Goods or services, one term each.
    #[serde(default)]
    pub terms: Vec<String>,
}

impl NiceClass {
    /// Reads the number of a class: `9`, `09`, `009`, `第9类`, `Class 9`, `NCL(11) 9`; also from the group of similar
    /// goods `0901` and the six digits of an item `090001`.
    pub fn read_number(text: &str) -> Option<u8> {
        let text = symbol::plain(text);
        let text = text.rsplit_once(')').map_or(text.as_str(), |(_, rest)| rest);
        let digits: String =
            text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        let class: u8 = match digits.len() {
            1..=3 => digits.parse().ok()?,
            4 | 6 => digits[..2].parse().ok()?,
            _ => return None,
        };
        (1..=45).contains(&class).then_some(class)
    }

    /// Whether a class is one of services (35 to 45).
    pub fn is_service(class: u8) -> bool {
        (35..=45).contains(&class)
    }
}
