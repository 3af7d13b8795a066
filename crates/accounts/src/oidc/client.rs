//! Talking to a provider: discovery, the address to send the browser to, the code for the claims.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
};

use ureq::tls::{RootCerts, TlsConfig};

use crate::AccountsError;
use crate::sql::flow::Flow;

/// What was discovered is used this long; keys that are not known are looked for at once.
const DISCOVERED_FOR: SignedDuration = SignedDuration::from_hours(1);
/// An answer of a provider takes at most this long.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer at most.
const LONGEST_ANSWER: u64 = 1024 * 1024;

/// A provider of single sign-on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Its name in addresses here: `school`.
    pub name: String,
    /// Its name on the button, Chinese.
    pub label_zh: String,
    /// Its name on the button, English.
    pub label_en: String,
    /// The issuer, below which `/.well-known/openid-configuration` is found.
    pub issuer: String,
    /// The name of this site there.
    pub client: String,
    /// The secret of this site there; absent for a public client.
    pub secret: Option<String>,
    /// The page here to which the browser returns.
    pub redirect: String,
}

/// What a provider tells of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    /// Verified there; others are left out.
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) chinese: bool,
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The providers that are set up, with what was discovered of them.
#[derive(Debug)]
pub(crate) struct Providers {
    known: HashMap<String, Provider>,
    agent: ureq::Agent,
    discovered: Mutex<HashMap<String, (Timestamp, Arc<CoreProviderMetadata>)>>,
}

/// A failure with a provider, in words for the log.
type Problem = String;

impl Providers {
    /// The providers; plain HTTP is for one's own machine alone.
    pub(crate) fn new(providers: &[Provider]) -> Result<Self, AccountsError> {
        for provider in providers {
            if !is_safe(&provider.issuer) {
                let reason = "its issuer is no https:// address".to_owned();
                return Err(AccountsError::Provider { provider: provider.name.clone(), reason });
            }
        }
        let config = ureq::Agent::config_builder()
            // A provider that sends elsewhere could make this server ask for anything.
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            // The certificates that the machine trusts: institutions have their own.
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build();
        let known = providers.iter().map(|provider| (provider.name.clone(), provider.clone())).collect();
        Ok(Self { known, agent: config.into(), discovered: Mutex::default() })
    }

    fn provider(&self, name: &str) -> Result<Provider, AccountsError> {
        self.known.get(name).cloned().ok_or_else(|| AccountsError::NoProvider(name.to_owned()))
    }

    /// Refuses an answer that another provider gave.
    pub(crate) fn is_issued_by(&self, name: &str, issuer: &str) -> Result<(), AccountsError> {
        let provider = self.provider(name)?;
        if provider.issuer.trim_end_matches('/') == issuer.trim_end_matches('/') {
            return Ok(());
        }
        Err(AccountsError::Provider { provider: provider.name, reason: "another issuer answered".to_owned() })
    }

    /// Where the browser is sent.
    pub(crate) async fn address(
        &self,
        name: &str,
        state: &str,
        flow: &Flow,
        now: Timestamp,
    ) -> Result<String, AccountsError> {
        let provider = self.provider(name)?;
        let client = client(&provider, self.discover(&provider, now).await?.as_ref())?;
        let (state, nonce) = (CsrfToken::new(state.to_owned()), Nonce::new(flow.nonce.clone()));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(flow.verifier.clone()));
        let (address, _, _) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce)
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        Ok(address.into())
    }

    /// What the provider tells of whoever brought the code. When its keys changed since they were asked for, they are
    /// asked for again; the code is used once.
    pub(crate) async fn claims(&self, flow: &Flow, code: &str, now: Timestamp) -> Result<Claims, AccountsError> {
        let provider = self.provider(&flow.provider)?;
        let metadata = self.discover(&provider, now).await?;
        let (agent, code, flow) = (self.agent.clone(), code.to_owned(), flow.clone());
        let asked = provider.clone();
        blocking(&provider.name, move || claims(&agent, &asked, &metadata, (&flow, code), now)).await
    }

    /// What is known of a provider, asked for when it is not or no more.
    async fn discover(&self, provider: &Provider, now: Timestamp) -> Result<Arc<CoreProviderMetadata>, AccountsError> {
        if let Some((at, metadata)) = self.lock().get(&provider.name)
            && now.duration_since(*at).abs() < DISCOVERED_FOR
        {
            return Ok(Arc::clone(metadata));
        }
        let (agent, issuer) = (self.agent.clone(), provider.issuer.clone());
        let discovered = blocking(&provider.name, move || discover(&agent, issuer)).await?;
        let discovered = Arc::new(discovered);
        self.lock().insert(provider.name.clone(), (now, Arc::clone(&discovered)));
        Ok(discovered)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Timestamp, Arc<CoreProviderMetadata>)>> {
        self.discovered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether what is sent there stays between here and there.
fn is_safe(issuer: &str) -> bool {
    let Some(rest) = issuer.strip_prefix("http://") else { return issuer.starts_with("https://") };
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(host, _)| host);
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

/// Runs what waits for a provider beside the threads that answer.
async fn blocking<T: Send + 'static>(
    provider: &str,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, AccountsError> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.unwrap_or_else(|_| Err("the task that asked it broke off".to_owned()));
    done.map_err(|reason| AccountsError::Provider { provider: provider.to_owned(), reason })
}

fn discover(agent: &ureq::Agent, issuer: String) -> Result<CoreProviderMetadata, Problem> {
    let issuer = IssuerUrl::new(issuer).map_err(told)?;
    CoreProviderMetadata::discover(&issuer, &|request| send(agent, request)).map_err(told)
}

fn client(provider: &Provider, metadata: &CoreProviderMetadata) -> Result<Client, AccountsError> {
    let secret = provider.secret.clone().map(ClientSecret::new);
    let redirect = RedirectUrl::new(provider.redirect.clone());
    let redirect = redirect
        .map_err(|error| AccountsError::Provider { provider: provider.name.clone(), reason: error.to_string() })?;
    let client = CoreClient::from_provider_metadata(metadata.clone(), ClientId::new(provider.client.clone()), secret);
    Ok(client.set_redirect_uri(redirect))
}

/// Changes the code for the claims.
fn claims(
    agent: &ureq::Agent,
    provider: &Provider,
    metadata: &CoreProviderMetadata,
    (flow, code): (&Flow, String),
    now: Timestamp,
) -> Result<Claims, Problem> {
    let http = |request: HttpRequest| send(agent, request);
    let mut client = client(provider, metadata).map_err(told)?;
    let verifier = PkceCodeVerifier::new(flow.verifier.clone());
    let exchange = client.exchange_code(AuthorizationCode::new(code)).map_err(told)?;
    let tokens = exchange.set_pkce_verifier(verifier).request(&http).map_err(told)?;
    let token = tokens.id_token().ok_or("it sent no ID token")?;
    let nonce = Nonce::new(flow.nonce.clone());
    let seconds = now.as_second();
    let verified = |client: &Client| {
        let time = move || chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let verifier = client.id_token_verifier().set_time_fn(time);
        let claims = token.claims(&verifier, &nonce).map_err(told)?.clone();
        if let Some(expected) = claims.access_token_hash() {
            let (algorithm, key) = (token.signing_alg().map_err(told)?, token.signing_key(&verifier).map_err(told)?);
            let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(told)?;
            if found != *expected {
                return Err("its access token belongs to another answer".to_owned());
            }
        }
        Ok(claims)
    };
    let told_claims = if let Ok(claims) = verified(&client) {
        claims
    } else {
        client = self::client(provider, &discover(agent, provider.issuer.clone())?).map_err(told)?;
        verified(&client)?
    };
    let mut claims = Claims {
        issuer: told_claims.issuer().to_string(),
        subject: told_claims.subject().to_string(),
        email: told_claims.email().filter(|_| told_claims.email_verified() == Some(true)).map(|it| it.to_string()),
        name: told_claims.name().and_then(|names| names.get(None)).map(|name| name.to_string()),
        chinese: told_claims.locale().is_some_and(|locale| locale.as_ref().starts_with("zh")),
    };
    // Many providers tell address and name at another place only.
    if (claims.email.is_none() || claims.name.is_none())
        && let Ok(asked) = client.user_info(tokens.access_token().clone(), Some(told_claims.subject().clone()))
    {
        let more: CoreUserInfoClaims = asked.request(&http).map_err(told)?;
        let email = more.email().filter(|_| more.email_verified() == Some(true)).map(|it| it.to_string());
        claims.email = claims.email.or(email);
        claims.name = claims.name.or(more.name().and_then(|names| names.get(None)).map(|name| name.to_string()));
        claims.chinese |= more.locale().is_some_and(|locale| locale.as_ref().starts_with("zh"));
    }
    Ok(claims)
}

/// Sends a request and reads the answer, up to its longest.
fn send(agent: &ureq::Agent, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let mut answer = agent.run(request)?;
    let body = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec()?;
    let (parts, _) = answer.into_parts();
    Ok(HttpResponse::from_parts(parts, body))
}

/// An error with what caused it.
fn told(error: impl std::error::Error) -> Problem {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
