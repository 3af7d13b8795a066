//! Single sign-on by OpenID Connect: any provider that can be discovered.
//!
//! Authorization code with PKCE. State, nonce and verifier are kept here for ten minutes and used once; the browser holds
//! a second token, so that no one can be signed in with a link that someone else began. An account at a provider is
//! known by issuer and subject. An e-mail address joins nothing by itself: whoever has an account here signs in first and
//! links the provider there.

mod client;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::session::{Origin, entry, own};
use crate::sign_in::next_id;
use crate::sql::flow::{self, Flow};
use crate::sql::person::{self, By, Kept, NewRow};
use crate::sql::second;
use crate::throttle::Rule;
use crate::{Accounts, AccountsError, Actor, Language, Opened, Person, Proof, Random, Token, record};

pub use client::Provider;
pub(crate) use client::{Claims, Providers};

/// A sign-in at a provider takes at most this long.
const UNDER_WAY: SignedDuration = SignedDuration::from_mins(10);
/// Characters of a name that a provider may give.
const LONGEST_NAME: usize = 60;

/// An account at a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The provider's name for the person.
    pub subject: String,
    /// Since when it opens the account here.
    #[schema(value_type = String, format = DateTime)]
    pub linked_at: Timestamp,
}

/// A sign-in that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Where the browser is sent.
    pub address: String,
    /// For a cookie of ten minutes, `SameSite=Lax`, that [`Accounts::finish_provider`] asks for.
    pub browser: Token,
}

/// What the provider sends back by way of the browser.
#[derive(Clone, Debug)]
pub struct Returned<'a> {
    /// `state` of the address.
    pub state: &'a Token,
    /// `code` of the address; absent when the person or the provider refused.
    pub code: Option<&'a str>,
    /// `iss` of the address, where the provider tells it: it must be the one that was asked.
    pub issuer: Option<&'a str>,
    /// What the cookie holds.
    pub browser: &'a Token,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// A session began.
    SignedIn {
        /// The session.
        opened: Opened,
        /// Whether the account was made just now.
        new: bool,
        /// Where the person came from.
        back: String,
    },
    /// The provider opens the account of whoever had signed in.
    Linked {
        /// Where the person came from.
        back: String,
    },
}

impl Accounts {
    /// Begins a sign-in at a provider. For someone who has signed in and proves himself, the provider is linked to his
    /// account: from then on it opens it. `back` is the page to return to.
    pub async fn begin_provider(
        &self,
        provider: &str,
        linking: Option<(&Actor, &Proof<'_>)>,
        back: &str,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Begun, AccountsError> {
        let person = match linking {
            Some((actor, proof)) => {
                let kept = self.own_kept(actor).await?;
                self.prove(&kept, proof, now).await?;
                Some(kept.person.id)
            }
            None => None,
        };
        let (state, browser) = (Token::make(random), Token::make(random));
        let flow = Flow {
            provider: provider.to_owned(),
            nonce: Token::make(random).text(),
            verifier: Token::make(random).text(),
            person,
            back: local(back).to_owned(),
        };
        let address = self.providers().address(provider, &state.text(), &flow, now).await?;
        let mut write = self.database().write().await?;
        flow::insert(&mut write, self.secret(), (&state, &browser), &flow, now + UNDER_WAY).await?;
        write.commit().await?;
        Ok(Begun { address, browser })
    }

    /// Ends a sign-in at a provider.
    pub async fn finish_provider(
        &self,
        returned: &Returned<'_>,
        origin: &Origin,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Arrived, AccountsError> {
        let mut write = self.database().write().await?;
        let flow = flow::take(&mut write, self.secret(), (returned.state, returned.browser), now).await?;
        write.commit().await?;
        let flow = flow.ok_or(AccountsError::SignInOver)?;
        let code = returned.code.ok_or(AccountsError::SignInOver)?;
        if let Some(issuer) = returned.issuer {
            self.providers().is_issued_by(&flow.provider, issuer)?;
        }
        let claims = self.providers().claims(&flow, code, now).await?;
        if flow.person.is_some() {
            self.link(&flow, &claims, now).await?;
            return Ok(Arrived::Linked { back: flow.back });
        }
        let (opened, new) = self.arrive(&flow, &claims, origin, now, random).await?;
        Ok(Arrived::SignedIn { opened, new, back: flow.back })
    }

    /// Begins a session for the account that the provider opens; the first time, makes one.
    async fn arrive(
        &self,
        flow: &Flow,
        claims: &Claims,
        origin: &Origin,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<(Opened, bool), AccountsError> {
        let mut read = self.database().read().await?;
        let known = flow::owner(&mut read, &claims.issuer, &claims.subject).await?;
        let known = match known {
            Some(id) => Some(self.kept(&mut read, &id).await?),
            None => None,
        };
        read.close().await?;
        if known.is_none() {
            let address = self.subject("sign-up", &origin.address, Rule::SIGN_UP);
            self.count(now, &[&address]).await?;
        }
        let mut write = self.database().write().await?;
        let new = known.is_none();
        let kept = match known {
            Some(kept) => kept,
            None => self.enter(&mut write, claims, now, random).await?,
        };
        let second_step = second::is_confirmed(&mut write, &kept.person.id).await?;
        let opened = self.open_session(&mut write, (&kept, second_step, &flow.provider), origin, now, random).await?;
        write.commit().await?;
        Ok((opened, new))
    }

    /// Makes an account of what the provider tells; only a verified e-mail address is taken over.
    async fn enter(
        &self,
        write: &mut database::Write,
        claims: &Claims,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Kept, AccountsError> {
        let email = claims.email.as_deref().and_then(|text| text.parse::<crate::Email>().ok());
        if let Some(email) = &email {
            let key = person::email_key(self.secret(), email);
            if person::get(&mut *write, self.secret(), By::Email(&key)).await?.is_some() {
                return Err(AccountsError::LinkFirst);
            }
        }
        let person = Person {
            id: next_id(now, random),
            version: 1,
            name: name(claims),
            language: if claims.chinese { Language::Chinese } else { Language::English },
            wants_mail: false,
            email_confirmed: email.is_some(),
            email,
            telephone: None,
            address: None,
            has_password: false,
            terms: self.settings().terms.clone(),
            created_at: now,
        };
        let new = NewRow { person: &person, request: None, password: None };
        let entered = person::insert(&mut *write, self.secret(), new).await?;
        if !entered || !flow::link(&mut *write, (&claims.issuer, &claims.subject), &person.id, now).await? {
            // Someone was quicker: the same person in another window, or one with the same address.
            return Err(AccountsError::LinkFirst);
        }
        let actor = Actor::person(person.id.clone(), &person.name, Vec::new());
        let detail = json!({ "terms": person.terms, "issuer": claims.issuer });
        record(write, now, &actor, &entry("person.sign-up", &person.id, detail)).await?;
        Ok(Kept { person, password: None, grants_version: 0 })
    }

    async fn link(&self, flow: &Flow, claims: &Claims, now: Timestamp) -> Result<(), AccountsError> {
        let person = flow.person.as_ref().ok_or(AccountsError::SignInOver)?;
        let mut write = self.database().write().await?;
        let kept = self.kept(&mut write, person).await?;
        if !flow::link(&mut write, (&claims.issuer, &claims.subject), person, now).await? {
            let owner = flow::owner(&mut write, &claims.issuer, &claims.subject).await?;
            return if owner.as_ref() == Some(person) { Ok(()) } else { Err(AccountsError::LinkedElsewhere) };
        }
        let actor = Actor::person(person.clone(), &kept.person.name, Vec::new());
        record(&mut write, now, &actor, &entry("person.link", person, json!({ "issuer": claims.issuer }))).await?;
        Ok(write.commit().await?)
    }

    /// One's own accounts at providers.
    pub async fn identities(&self, actor: &Actor) -> Result<Vec<Identity>, AccountsError> {
        flow::identities(&mut *self.database().read().await?, own(actor)?).await
    }

    /// Takes from an account at a provider that it opens one's own here; a way to sign in is left.
    pub async fn unlink(
        &self,
        actor: &Actor,
        (issuer, subject): (&str, &str),
        proof: &Proof<'_>,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let kept = self.own_kept(actor).await?;
        self.prove(&kept, proof, now).await?;
        let id = &kept.person.id;
        let mut write = self.database().write().await?;
        if !kept.person.has_password && flow::identities(&mut write, id).await?.len() < 2 {
            return Err(AccountsError::LastWayIn);
        }
        if flow::unlink(&mut write, id, (issuer, subject)).await? {
            record(&mut write, now, actor, &entry("person.unlink", id, json!({ "issuer": issuer }))).await?;
        }
        Ok(write.commit().await?)
    }
}

/// A page of this site; anything else leads to its beginning.
fn local(back: &str) -> &str {
    let mut letters = back.chars();
    let first = letters.next() == Some('/') && !matches!(letters.next(), Some('/' | '\\'));
    if first && back.len() <= 2000 && !back.contains(char::is_control) { back } else { "/" }
}

/// The name that the provider tells; the beginning of the address, or that of the account there, when it tells none.
fn name(claims: &Claims) -> String {
    let told = claims.name.as_deref().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    let told = told.filter(|name| !name.is_empty());
    let email = claims.email.as_deref().and_then(|email| email.split('@').next()).map(str::to_owned);
    let name = told.or(email).unwrap_or_else(|| claims.subject.clone());
    name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
#[path = "oidc_tests.rs"]
mod tests;
