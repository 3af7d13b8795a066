//! Classification symbols in their normal forms: IPC and CPC `H01M10/0525`, Locarno `14-02`,
//! Nice as a number, Vienna `26.11.02`.

use serde::{Deserialize, Serialize};

macro_rules! symbol {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The symbol in normal form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

symbol!(
    /// An IPC symbol at any depth: `H`, `H01`, `H01M`, `H01M10/00`, `H01M10/0525`.
    Ipc
);
symbol!(
    /// A CPC symbol; like IPC, with section Y and 2000-series groups.
    Cpc
);
symbol!(
    /// A Locarno class `14` or subclass `14-02`.
    Locarno
);
symbol!(
    /// A Vienna category, division or section: `26`, `26.11`, `26.11.02`.
    Vienna
);

impl Ipc {
    /// Reads an IPC symbol in any spelling: `H01M 10/0525`, `H01M10/0525 (2010.01)`, the 14-character form
    /// `H01M0010052500`, the 50 columns of DOCDB, `H01M 010/052`, or a level above (`H01M`, `H01`, `H`).
    pub fn read(_text: &str) -> Option<Self> {
        None
    }
}

impl Cpc {
    /// Reads a CPC symbol in the spellings of [`Ipc::read`].
    pub fn read(_text: &str) -> Option<Self> {
        None
    }
}

impl Locarno {
    /// Reads `14-02`, `1402`, `14-02(13)`, `LOC (12) Cl. 14-02`; a class alone as `14`.
    pub fn read(_text: &str) -> Option<Self> {
        None
    }
}

impl Vienna {
    /// Reads `26.11.02`, `26.11.2`, `261102`, `26.11`, `26`.
    pub fn read(_text: &str) -> Option<Self> {
        None
    }
}

/// A Nice class with its goods or services in one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
