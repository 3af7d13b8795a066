//! Personal data sealed at rest, and found again without being opened.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use std::fmt;
use thiserror::Error;

/// Begins every sealed text; a later form begins otherwise.
const FORM: &str = "1.";

/// The key of an installation: 32 random bytes kept apart from the database. Whoever has the database alone can neither
/// read what is sealed nor try values against the keys by which they are found.
#[derive(Clone)]
pub struct Secret {
    seal: [u8; 32],
    nonce: [u8; 32],
    lookup: [u8; 32],
}

/// A sealed text, as it stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(String);

/// A sealed text that this key does not open: another key, another place, or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a sealed text does not open: it was sealed with another key or for another place, or was changed")]
pub struct Unopened;

impl Secret {
    /// The key made of these bytes.
    pub fn new(key: [u8; 32]) -> Self {
        Self {
            seal: blake3::derive_key("huizhi accounts 1 seal", &key),
            nonce: blake3::derive_key("huizhi accounts 1 nonce", &key),
            lookup: blake3::derive_key("huizhi accounts 1 lookup", &key),
        }
    }

    /// Seals a text for one place, named by crate, column and row (`cases.contact 01J…`); it opens nowhere else. The
    /// same text at the same place gives the same seal: the nonce is a keyed hash of both, so that none is used twice.
    pub fn seal(&self, place: &str, text: &str) -> Sealed {
        let mut hasher = blake3::Hasher::new_keyed(&self.nonce);
        hasher.update(&(place.len() as u64).to_le_bytes()).update(place.as_bytes()).update(text.as_bytes());
        let mut nonce = [0; 24];
        hasher.finalize_xof().fill(&mut nonce);
        let payload = Payload { msg: text.as_bytes(), aad: place.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).expect("a text shorter than 256 GiB");
        Sealed(format!("{FORM}{}", STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat())))
    }

    /// Opens what was sealed for this place.
    pub fn open(&self, place: &str, sealed: &Sealed) -> Result<String, Unopened> {
        let body = sealed.0.strip_prefix(FORM).ok_or(Unopened)?;
        let bytes = STANDARD_NO_PAD.decode(body).map_err(|_| Unopened)?;
        let (nonce, body) = bytes.split_first_chunk::<24>().ok_or(Unopened)?;
        let payload = Payload { msg: body, aad: place.as_bytes() };
        let text = self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| Unopened)?;
        String::from_utf8(text).map_err(|_| Unopened)
    }

    /// The key by which a value is found: a keyed hash. `list` keeps the same value in two lists apart.
    pub fn lookup(&self, list: &str, value: &str) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.lookup);
        hasher.update(&(list.len() as u64).to_le_bytes()).update(list.as_bytes()).update(value.as_bytes());
        hasher.finalize().to_hex().to_string()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.seal.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Sealed {
    /// A sealed text read from its column.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text for the column.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Sealed> for String {
    fn from(sealed: Sealed) -> Self {
        sealed.0
    }
}

#[cfg(test)]
#[path = "secret_tests.rs"]
mod tests;
