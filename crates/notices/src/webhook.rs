//! Webhooks: a POST to the address that an organisation set, signed.
//!
//! Headers and signature are those of Standard Webhooks: `webhook-id` (the same at every try), `webhook-timestamp`
//! (seconds) and `webhook-signature` (`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`). The key of an
//! organisation follows from the key of the installation and a salt that changes when the webhook is set.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use database::Write;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use network::OrganisationId;
use sha2::Sha256;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::address::{is_public, judged};
use crate::deliver::Failure;
use crate::{NoticesError, sql};

/// How long one POST may take, lookup and connection included.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Where an organisation wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Whose.
    pub organisation: OrganisationId,
    /// Counts the changes.
    pub version: i64,
    /// The address; none: no more.
    pub address: Option<String>,
    /// When it was set.
    pub set_at: Timestamp,
    pub(crate) salt: String,
}

/// A webhook to be set.
#[derive(Clone, Debug)]
pub struct WebhookChange<'a> {
    /// Whose.
    pub organisation: &'a OrganisationId,
    /// The version that the author saw; 0 where none was ever set.
    pub version: i64,
    /// The address; none ends it.
    pub address: Option<&'a str>,
    /// Sixteen random bytes: a new key.
    pub salt: [u8; 16],
}

/// Sets and sends webhooks; clones share the connections.
#[derive(Clone)]
pub struct Webhooks {
    agent: Agent,
    key: Arc<[u8; 32]>,
    private: bool,
}

impl fmt::Debug for Webhooks {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks").field("private", &self.private).finish_non_exhaustive()
    }
}

impl Webhooks {
    /// `key`: 32 secret bytes of the installation. `private`: whether plain HTTP and addresses in private networks
    /// are allowed, for installations without the internet.
    pub fn new(key: &[u8; 32], private: bool) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .user_agent("huizhi-notices")
            .build();
        let resolver = Guarded { inner: DefaultResolver::default(), private };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, key: Arc::new(blake3::derive_key("huizhi notices webhooks v1", key)), private }
    }

    /// Sets the webhook of an organisation. The caller decides who may, and shows [`Webhooks::secret`] once.
    pub async fn set(
        &self,
        write: &mut Write,
        now: Timestamp,
        change: &WebhookChange<'_>,
    ) -> Result<Webhook, NoticesError> {
        let refused = |address: &str, reason| NoticesError::Address { address: address.to_owned(), reason };
        let judge = |address| judged(address, self.private).map_err(|reason| refused(address, reason));
        let address = change.address.map(judge).transpose()?;
        let salt = BASE64_STANDARD.encode(change.salt);
        let webhook = Webhook {
            organisation: change.organisation.clone(),
            version: change.version + 1,
            address: address.map(String::from),
            set_at: now,
            salt,
        };
        if sql::webhook::set(write, &webhook).await? {
            return Ok(webhook);
        }
        let now = sql::webhook::get(write, change.organisation).await?;
        let now = now.unwrap_or(Webhook { version: 0, address: None, ..webhook });
        Err(NoticesError::Stale { organisation: change.organisation.clone(), now: Box::new(now) })
    }

    /// The secret with which the organisation checks signatures: `whsec_` and base64.
    pub fn secret(&self, webhook: &Webhook) -> String {
        format!("whsec_{}", BASE64_STANDARD.encode(self.signing_key(webhook)))
    }

    fn signing_key(&self, webhook: &Webhook) -> [u8; 32] {
        let place = format!("{}/{}", webhook.organisation, webhook.salt);
        *blake3::keyed_hash(&self.key, place.as_bytes()).as_bytes()
    }

    /// Posts a body and waits for an answer of 2xx.
    pub(crate) fn send(&self, webhook: &Webhook, id: &str, now: Timestamp, body: String) -> Result<(), Failure> {
        let address = webhook.address.as_deref().unwrap_or_default();
        // Judged again: the setting may have become stricter since.
        let url = judged(address, self.private).map_err(|reason| Failure::never(reason.label("en")))?;
        let seconds = now.as_second().to_string();
        let signature = signature(&self.signing_key(webhook), id, &seconds, &body);
        let request = self.agent.post(url.as_str()).content_type("application/json; charset=utf-8");
        let request = request.header("webhook-id", id).header("webhook-timestamp", &seconds);
        let answer = request.header("webhook-signature", &signature).send(body);
        match answer.map(|answer| answer.status().as_u16()) {
            Ok(200..=299) => Ok(()),
            Ok(410) => Err(Failure::never("it answers 410: it wants no more")),
            Ok(status) => Err(Failure::later(&format!("it answers {status}"))),
            Err(error) => Err(Failure::unreachable(&error.to_string())),
        }
    }
}

/// `v1,` and the base64 of HMAC-SHA256 over `id.seconds.body`.
fn signature(key: &[u8; 32], id: &str, seconds: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in [id, ".", seconds, ".", body] {
        mac.update(part.as_bytes());
    }
    format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}

/// Looks names up and hands on the addresses that are public: at the moment of the connection, so that a name which
/// pointed elsewhere when it was set is no way inside.
#[derive(Debug)]
struct Guarded {
    inner: DefaultResolver,
    private: bool,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        let may = |address: &&SocketAddr| self.private || is_public(address.ip());
        found.iter().filter(may).for_each(|address| allowed.push(*address));
        if allowed.is_empty() {
            let inside = std::io::Error::new(std::io::ErrorKind::PermissionDenied, "it leads into a private network");
            return Err(ureq::Error::Io(inside));
        }
        Ok(allowed)
    }
}

#[cfg(test)]
#[path = "webhook_tests.rs"]
mod tests;
