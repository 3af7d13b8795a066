//! Chance, asked of the system at the edge and passed in.

use std::fmt;

use jiff::Timestamp;
use network::Id;

/// Where ids, tokens and salts of one act are drawn from: an endless stream made of 32 bytes. The same bytes give the
/// same stream, so that a test can tell what will come.
#[derive(Clone)]
pub struct Random(blake3::OutputReader);

impl Random {
    /// The stream made of these bytes.
    pub fn new(seed: [u8; 32]) -> Self {
        Self(blake3::Hasher::new_derive_key("huizhi accounts 1 random").update(&seed).finalize_xof())
    }

    /// A stream that no one can tell: for handlers and commands, never called by a domain rule.
    ///
    /// # Panics
    /// When the operating system has no random bytes to give; nothing safe can be done then.
    pub fn from_system() -> Self {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).expect("random bytes of the operating system");
        Self::new(seed)
    }

    /// The next bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }

    /// The next id, made now.
    pub fn id(&mut self, now: Timestamp) -> Id {
        Id::make(now, self.bytes())
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random(…)")
    }
}
