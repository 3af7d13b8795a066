//! E-mail over SMTP.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{self, PoolConfig};
use lettre::{Address, SmtpTransport, Transport as _};
use network::Id;

use crate::deliver::Failure;
use crate::{NoticesError, Text};

/// Connections to the mail server at most.
const MOST_CONNECTIONS: u32 = 4;
/// How long one answer of the server may take. A mail takes about seven answers, which must fit into the lease.
const TIMEOUT: Duration = Duration::from_secs(20);

network::coded! {
    /// How the connection to the mail server is protected.
    Security ("security") {
        /// TLS from the first byte, port 465.
        Tls = "tls", "TLS", "TLS";
        /// TLS after STARTTLS, port 587; without it nothing is sent.
        StartTls = "starttls", "STARTTLS", "STARTTLS";
        /// None, port 25: for a relay on the same machine.
        None = "none", "不加密", "None";
    }
}

/// Where mail goes.
#[derive(Clone)]
pub struct MailSettings {
    /// Name of the server; with TLS its certificate must have it.
    pub host: String,
    /// Port; none takes the usual one.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub security: Security,
    /// User and password; none for a server that asks for none.
    pub credentials: Option<(String, String)>,
    /// Who writes: `惠知 <no-reply@example.cn>`.
    pub from: String,
}

impl fmt::Debug for MailSettings {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.credentials.as_ref().map(|(user, _)| user);
        let mut debug = f.debug_struct("MailSettings");
        debug.field("host", &self.host).field("port", &self.port).field("security", &self.security);
        debug.field("user", &user).field("from", &self.from).finish()
    }
}

/// A mail to be sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Id of the notice: the same notice sent twice has one Message-ID.
    pub id: Id,
    /// The moment in its Date.
    pub at: Timestamp,
    /// To whom.
    pub address: String,
    /// The words.
    pub text: Text,
}

/// Sends mail; clones share the connections.
#[derive(Clone)]
pub struct Mailer {
    transport: SmtpTransport,
    from: Mailbox,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from.to_string()).finish_non_exhaustive()
    }
}

impl Mailer {
    /// Checks the settings; connects when the first mail is sent.
    pub fn new(settings: &MailSettings) -> Result<Self, NoticesError> {
        let wrong = |error: &dyn fmt::Display| NoticesError::Mail(error.to_string());
        let from =
            Mailbox::from_str(&settings.from).map_err(|error| wrong(&format!("«{}»: {error}", settings.from)))?;
        let parameters = || TlsParameters::new(settings.host.clone()).map_err(|error| wrong(&error));
        let (tls, usual) = match settings.security {
            Security::Tls => (Tls::Wrapper(parameters()?), smtp::SUBMISSIONS_PORT),
            Security::StartTls => (Tls::Required(parameters()?), smtp::SUBMISSION_PORT),
            Security::None => (Tls::None, smtp::SMTP_PORT),
        };
        let pool = PoolConfig::new().max_size(MOST_CONNECTIONS).min_idle(0).idle_timeout(Duration::from_secs(30));
        let builder = SmtpTransport::builder_dangerous(&settings.host).port(settings.port.unwrap_or(usual)).tls(tls);
        let mut builder = builder.timeout(Some(TIMEOUT)).pool_config(pool);
        if let Some((user, password)) = &settings.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// Sends one mail and waits for the server to take it.
    pub(crate) fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let never = |error: &dyn fmt::Display| Failure::never(&format!("the mail cannot be written: {error}"));
        let to = letter.address.parse::<Address>().map_err(|error| never(&error))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.text.subject)
            .message_id(Some(format!("<{}@{}>", letter.id.as_str().to_ascii_lowercase(), self.from.email.domain())))
            .date(letter.at.into())
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.body.clone())
            .map_err(|error| never(&error))?;
        self.transport.send(&message).map(|_| ()).map_err(|error| failure(&error))
    }
}

/// Sorts what the server said: 550, 551, 553 and 556 are about this address and will not change; other answers with a
/// number may; no answer, or one to the connection, is about the server.
fn failure(error: &smtp::Error) -> Failure {
    let mut said = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        said = format!("{said}: {inner}");
        source = inner.source();
    }
    let said = without_addresses(&said);
    match error.status().map(u16::from) {
        Some(550 | 551 | 553 | 556) => Failure::never(&said),
        Some(450..=452) => Failure::later(&said),
        _ => Failure::unreachable(&said),
    }
}

/// What a server said, without the address of a person that it may repeat.
fn without_addresses(said: &str) -> String {
    let words = said.split_whitespace().map(|word| if word.contains('@') { "***" } else { word });
    words.collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

/// Tells other machines not to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
#[path = "mail_tests.rs"]
mod tests;
