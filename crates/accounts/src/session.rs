//! Sessions: who asks, by the token of his browser.

use std::fmt;
use std::str::FromStr;

use database::Write;
use jiff::{SignedDuration, Timestamp};
use network::{Id, NoId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::sql::person::Kept;
use crate::sql::session::{self, Live};
use crate::{Accounts, AccountsError, Actor, Entry, Language, PersonId, Random, Token, record};

/// A session is noted as seen when the last note is older than this: requests seldom write.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// A replaced token is honoured for this long: a page asks for many things at once.
const GRACE: SignedDuration = SignedDuration::from_secs(30);
/// A sign-in waits this long for its second step.
pub(crate) const PENDING: SignedDuration = SignedDuration::from_mins(10);

/// The name of a session; it opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct SessionId(pub Id);

impl FromStr for SessionId {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        text.parse().map(Self)
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a request comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// What the browser says it is.
    pub device: String,
    /// Network address.
    pub address: String,
}

/// A session that was begun. Its token goes into the cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// For the cookie.
    pub token: Token,
    /// Whose session.
    pub person: PersonId,
    /// Whether the second step comes before anything else ([`Accounts::pass_second_step`]).
    pub second_step: bool,
    /// When the session ends at the latest.
    pub ends_at: Timestamp,
}

/// A session as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// What the browser said it is.
    pub device: String,
    /// Network address of the sign-in.
    pub address: String,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub began_at: Timestamp,
    /// When it was seen last, to five minutes.
    #[schema(value_type = String, format = DateTime)]
    pub seen_at: Timestamp,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Signed {
    /// With the roles of this moment.
    pub actor: Actor,
    /// By which session.
    pub session: SessionId,
    /// When the person signed in.
    pub began_at: Timestamp,
    /// The language of the account.
    pub language: Language,
    /// What every form of this session carries, so that no other site can send one.
    pub form_key: String,
    /// Whether the person's roles changed since the token was made: [`Accounts::rotate`] gives another.
    pub rotate: bool,
}

impl Accounts {
    /// Who holds this token; none when the session is over, unknown, or waits for its second step.
    pub async fn actor(&self, token: &Token, now: Timestamp) -> Result<Option<Signed>, AccountsError> {
        let mut read = self.database().read().await?;
        let live = session::by_token(&mut read, token, now - GRACE).await?;
        let Some(live) = live.filter(|live| !live.pending && self.lasts(live, now)) else { return Ok(None) };
        let grants = self.covers().of(&mut read, &live.person, live.grants_version, now).await?;
        read.close().await?;
        if now - SEEN_EVERY > live.seen_at {
            let mut write = self.database().write().await?;
            session::seen(&mut write, &live.id, now).await?;
            write.commit().await?;
        }
        Ok(Some(Signed {
            actor: Actor::shared(live.person, &live.name, grants),
            session: live.id,
            began_at: live.began_at,
            language: live.language,
            form_key: token.form_key(),
            rotate: live.seen_grants != live.grants_version,
        }))
    }

    /// The actor of a person with the roles of this moment, without a session: for work that goes on when nobody asks.
    pub async fn actor_of(&self, person: &PersonId, now: Timestamp) -> Result<Actor, AccountsError> {
        let mut read = self.database().read().await?;
        let kept = self.kept(&mut read, person).await?;
        let grants = self.covers().of(&mut read, person, kept.grants_version, now).await?;
        Ok(Actor::shared(person.clone(), &kept.person.name, grants))
    }

    fn lasts(&self, live: &Live, now: Timestamp) -> bool {
        let settings = self.settings();
        live.seen_at + settings.idle > now && live.began_at + settings.longest > now
    }

    /// Gives a session another token; none when it was given one meanwhile or is over: the browser keeps what it has.
    pub async fn rotate(
        &self,
        token: &Token,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Option<Token>, AccountsError> {
        let mut write = self.database().write().await?;
        let live = session::by_token(&mut write, token, now).await?;
        let Some(live) = live.filter(|live| !live.pending && self.lasts(live, now)) else { return Ok(None) };
        let new = Token::make(random);
        if !session::rotate(&mut write, token, &new, (live.grants_version, now)).await? {
            return Ok(None);
        }
        write.commit().await?;
        Ok(Some(new))
    }

    /// A session of this person that waits for its second step; none when it is over.
    pub(crate) async fn pending(
        &self,
        connection: &mut database::Connection,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<Live>, AccountsError> {
        let live = session::by_token(connection, token, now).await?;
        Ok(live.filter(|live| live.pending && live.began_at + PENDING > now))
    }

    /// Begins a session in the caller's transaction and writes it down; the caller commits.
    pub(crate) async fn open_session(
        &self,
        write: &mut Write,
        (kept, second_step, by): (&Kept, bool, &str),
        origin: &Origin,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Opened, AccountsError> {
        let (id, token) = (SessionId(random.id(now)), Token::make(random));
        let person = &kept.person;
        let grants_version = kept.grants_version;
        let (pending, token_of) = (second_step, &token);
        let new = session::NewRow { id: &id, token: token_of, person: &person.id, pending, grants_version, origin };
        session::insert(write, new, now).await?;
        let actor = Actor::person(person.id.clone(), &person.name, Vec::new());
        let detail = json!({ "by": by, "second_step": second_step });
        record(write, now, &actor, &entry("session.begin", &person.id, detail)).await?;
        let ends_at = now + self.settings().longest;
        Ok(Opened { token, person: person.id.clone(), second_step, ends_at })
    }

    /// Begins a session for a person without asking for a password: for the demonstration, and for the program alone.
    pub async fn open_for(
        &self,
        system: &Actor,
        person: &PersonId,
        origin: &Origin,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Opened, AccountsError> {
        if !system.is_system() {
            return Err(system.denied(crate::Permission::Operate).into());
        }
        let mut write = self.database().write().await?;
        let kept = self.kept(&mut write, person).await?;
        let opened = self.open_session(&mut write, (&kept, false, system.name()), origin, now, random).await?;
        write.commit().await?;
        Ok(opened)
    }

    /// One's own sessions, newest first.
    pub async fn sessions(&self, actor: &Actor, now: Timestamp) -> Result<Vec<Session>, AccountsError> {
        let person = own(actor)?;
        let settings = self.settings();
        let limits = (now - settings.idle, now - settings.longest);
        session::of_person(&mut *self.database().read().await?, person, limits).await
    }

    /// Ends one of one's own sessions; signing out ends the present one. One that is over already is no mistake.
    pub async fn end_session(&self, actor: &Actor, id: &SessionId, now: Timestamp) -> Result<(), AccountsError> {
        let person = own(actor)?;
        let mut write = self.database().write().await?;
        if session::end(&mut write, person, id).await? {
            let detail = json!({ "session": id });
            record(&mut write, now, actor, &entry("session.end", person, detail)).await?;
        }
        Ok(write.commit().await?)
    }

    /// Ends all of one's own sessions but this one; answers how many.
    pub async fn end_other_sessions(
        &self,
        actor: &Actor,
        kept: &SessionId,
        now: Timestamp,
    ) -> Result<u64, AccountsError> {
        let person = own(actor)?;
        let mut write = self.database().write().await?;
        session::forget_before(&mut write, kept).await?;
        let ended = session::end_others(&mut write, person, Some(kept)).await?;
        if ended > 0 {
            record(&mut write, now, actor, &entry("session.end-others", person, json!({ "ended": ended }))).await?;
        }
        write.commit().await?;
        Ok(ended)
    }

    /// Removes sessions, links, sign-ins and failures that are over; how many rows. For the program, now and then.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, AccountsError> {
        let settings = self.settings();
        let mut write = self.database().write().await?;
        let limits = (now - settings.idle, now - settings.longest, now - PENDING);
        let mut swept = session::sweep(&mut write, limits).await?;
        swept += crate::sql::link::sweep(&mut write, now).await?;
        swept += crate::sql::flow::sweep(&mut write, now).await?;
        swept += crate::sql::attempt::sweep(&mut write, now - SignedDuration::from_hours(24)).await?;
        write.commit().await?;
        Ok(swept)
    }
}

/// Whoever keeps his own account.
pub(crate) fn own(actor: &Actor) -> Result<&PersonId, AccountsError> {
    actor.id().ok_or_else(|| actor.denied(crate::Permission::OwnAccount).into())
}

/// An entry about a person.
pub(crate) fn entry<'a>(action: &'a str, person: &'a PersonId, detail: Value) -> Entry<'a> {
    Entry { action, kind: "person", object: person.as_str(), organisation: None, reason: None, detail }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
