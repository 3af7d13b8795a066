//! Tokens: 256 random bits that a browser or a link holds; only their hash is at rest.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use thiserror::Error;

use crate::Random;

/// What a cookie or a link holds. It is printed nowhere; [`Token::text`] gives it to the one who is to have it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// A text that is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is no token of this site")]
pub struct NoToken;

impl Token {
    /// The next token of a stream.
    pub fn make(random: &mut Random) -> Self {
        Self(random.bytes())
    }

    /// The 43 characters for the cookie or the link.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is at rest; 256 random bits need no salt and no slow hash.
    pub(crate) fn hash(&self) -> String {
        blake3::hash(&self.0).to_hex().to_string()
    }

    /// The value that forms of a session carry; it tells nothing about the token.
    pub(crate) fn form_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(blake3::derive_key("huizhi accounts 1 form", &self.0))
    }
}

impl FromStr for Token {
    type Err = NoToken;

    fn from_str(text: &str) -> Result<Self, NoToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NoToken)?;
        bytes.try_into().map(Self).map_err(|_| NoToken)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}
