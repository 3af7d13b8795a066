//! Addresses with their parameters.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays as it is in a parameter. Chinese is encoded, as browsers do.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'*').remove(b'/');

/// A path and parameters in order; empty values are left out.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    address: String,
    started: bool,
}

impl Link {
    /// An address without parameters yet.
    pub(crate) fn to(path: impl Into<String>) -> Self {
        Self { address: path.into(), started: false }
    }

    /// Adds a parameter; an empty value adds nothing.
    pub(crate) fn with(self, name: &str, value: impl AsRef<str>) -> Self {
        let value = value.as_ref();
        if value.is_empty() { self } else { self.with_even_if_empty(name, value) }
    }

    /// Adds a parameter whose mere presence says something.
    pub(crate) fn with_even_if_empty(mut self, name: &str, value: &str) -> Self {
        self.address.push(if self.started { '&' } else { '?' });
        // Writing to a text cannot fail.
        let _ = write!(self.address, "{name}={}", encoded(value));
        self.started = true;
        self
    }

    /// The address.
    pub(crate) fn address(self) -> String {
        self.address
    }
}

/// A value as it stands in an address.
pub(crate) fn encoded(value: &str) -> String {
    utf8_percent_encode(value, KEPT).to_string()
}

/// The list of rights that a query finds.
pub(crate) fn list(query: &str) -> String {
    Link::to("/search").with("q", query).address()
}

/// The page of a right.
pub(crate) fn right(id: &str) -> String {
    format!("/rights/{}", encoded(id))
}
