//! Notices: what people are told, in the portal, by e-mail and by webhook.
//!
//! A domain function puts a [`Notice`] into the outbox inside its own transaction ([`put`]); a background task sends what
//! lies there, again and again until it is taken or given up. Texts are templates in both languages.

mod error;
mod notice;

pub use error::NoticesError;
pub use notice::{Notice, Recipient, put};
