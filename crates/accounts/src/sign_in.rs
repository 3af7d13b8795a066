//! Signing in with a password.

use jiff::Timestamp;
use network::Id;
use serde_json::json;

use crate::password::is_outdated;
use crate::session::{Origin, SessionId, entry};
use crate::sql::person::{self, By, Kept};
use crate::sql::{second, session};
use crate::throttle::{Rule, Subject, good};
use crate::{Accounts, AccountsError, Actor, Email, Entry, Opened, Password, PersonId, Random, Telephone, record};

/// A session is fresh for this long: who has no password proves himself by having signed in just now.
const FRESH: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);

/// What shows that whoever holds the session is the person: the present password or, for one who has none, a sign-in
/// of the last ten minutes.
#[derive(Clone, Debug)]
pub struct Proof<'a> {
    /// The password as typed now.
    pub password: Option<&'a Password>,
    /// The session that asks ([`crate::Signed::session`]).
    pub session: &'a SessionId,
    /// When it began ([`crate::Signed::began_at`]).
    pub began_at: Timestamp,
}

/// What was typed where a name is asked for.
enum Name {
    Email(String),
    Telephone(String),
    Neither(String),
}

impl Accounts {
    /// Begins a session for whoever knows the password of the account with this e-mail address or telephone. The answer
    /// and its time are the same whether the account is unknown or the password wrong.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &Password,
        origin: &Origin,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Opened, AccountsError> {
        let name = self.name(name);
        let (Name::Email(key) | Name::Telephone(key) | Name::Neither(key)) = &name;
        let account = self.subject("account", key, Rule::ACCOUNT);
        let address = self.subject("address", &origin.address, Rule::ADDRESS);
        self.count(now, &[&address, &account]).await?;
        let kept = self.named(&name).await?;
        let hash = kept.as_ref().and_then(|kept| kept.password.as_deref());
        if !self.fits(hash, password).await {
            self.note_failure(&account, now).await?;
            return Err(AccountsError::WrongSignIn);
        }
        let kept = kept.ok_or(AccountsError::WrongSignIn)?;
        let newer = match kept.password.as_deref() {
            Some(hash) if is_outdated(hash, self.settings().hashing) => {
                Some(self.hashed(password, random.bytes()).await?)
            }
            _ => None,
        };
        let mut write = self.database().write().await?;
        good(&mut write, now, Some(&address), &account).await?;
        if let Some(newer) = newer {
            person::set_password(&mut write, &kept.person.id, newer).await?;
        }
        let second_step = second::is_confirmed(&mut write, &kept.person.id).await?;
        let opened = self.open_session(&mut write, (&kept, second_step, "password"), origin, now, random).await?;
        write.commit().await?;
        Ok(opened)
    }

    fn name(&self, typed: &str) -> Name {
        if let Ok(email) = typed.parse::<Email>() {
            return Name::Email(person::email_key(self.secret(), &email));
        }
        match typed.parse::<Telephone>() {
            Ok(telephone) => Name::Telephone(person::telephone_key(self.secret(), &telephone)),
            Err(_) => Name::Neither(self.secret().lookup("accounts.nobody", typed.trim())),
        }
    }

    async fn named(&self, name: &Name) -> Result<Option<Kept>, AccountsError> {
        let by = match name {
            // What is neither is looked for all the same, so that the answer takes as long.
            Name::Email(key) | Name::Neither(key) => By::Email(key),
            Name::Telephone(key) => By::Telephone(key),
        };
        let mut read = self.database().read().await?;
        let kept = person::get(&mut read, self.secret(), by).await?;
        read.close().await?;
        Ok(kept)
    }

    /// The person whom someone names by e-mail address or telephone, with the key of that name.
    pub(crate) async fn called(&self, typed: &str) -> Result<(String, Option<Kept>), AccountsError> {
        let name = self.name(typed);
        let kept = self.named(&name).await?;
        let (Name::Email(key) | Name::Telephone(key) | Name::Neither(key)) = name;
        Ok((key, kept))
    }

    /// Writes a failure down under the hash of what was typed, for unknown accounts too.
    async fn note_failure(&self, account: &Subject, now: Timestamp) -> Result<(), AccountsError> {
        let mut write = self.database().write().await?;
        let entry = Entry {
            action: "session.refuse",
            kind: "sign-in",
            object: &account.key,
            organisation: None,
            reason: None,
            detail: json!(null),
        };
        record(&mut write, now, &Actor::visitor(), &entry).await?;
        Ok(write.commit().await?)
    }

    /// Refuses unless the holder of the session is the person himself; wrong passwords count like failed sign-ins.
    pub(crate) async fn prove(&self, kept: &Kept, proof: &Proof<'_>, now: Timestamp) -> Result<(), AccountsError> {
        let Some(hash) = kept.password.as_deref() else {
            let fresh = proof.began_at + FRESH > now;
            return if fresh { Ok(()) } else { Err(AccountsError::NotProven) };
        };
        let password = proof.password.ok_or(AccountsError::NotProven)?;
        let subject = self.subject("proof", kept.person.id.as_str(), Rule::ACCOUNT);
        self.count(now, &[&subject]).await?;
        if !self.fits(Some(hash), password).await {
            return Err(AccountsError::NotProven);
        }
        let mut write = self.database().write().await?;
        good(&mut write, now, None, &subject).await?;
        Ok(write.commit().await?)
    }

    /// Sets another password. All other sessions end, and this one's replaced token is honoured no more.
    pub async fn change_password(
        &self,
        actor: &Actor,
        proof: &Proof<'_>,
        new: &Password,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<(), AccountsError> {
        let kept = self.own_kept(actor).await?;
        self.prove(&kept, proof, now).await?;
        let hash = self.new_hash(&kept.person, new, random).await?;
        let mut write = self.database().write().await?;
        person::set_password(&mut write, &kept.person.id, hash).await?;
        session::forget_before(&mut write, proof.session).await?;
        let ended = session::end_others(&mut write, &kept.person.id, Some(proof.session)).await?;
        let detail = json!({ "ended": ended });
        record(&mut write, now, actor, &entry("person.password", &kept.person.id, detail)).await?;
        Ok(write.commit().await?)
    }

    /// The hash of a new password that passes the rules for this person.
    pub(crate) async fn new_hash(
        &self,
        person: &crate::Person,
        password: &Password,
        random: &mut Random,
    ) -> Result<String, AccountsError> {
        let faults = crate::people::password_of(person, password);
        if !faults.is_empty() {
            return Err(AccountsError::Invalid(faults));
        }
        self.hashed(password, random.bytes()).await
    }

    /// The person by id, or the error.
    pub(crate) async fn kept(
        &self,
        connection: &mut database::Connection,
        id: &PersonId,
    ) -> Result<Kept, AccountsError> {
        let kept = person::get(connection, self.secret(), By::Id(id)).await?;
        kept.ok_or_else(|| AccountsError::NotFound(id.clone()))
    }

    /// Who has signed in, as kept.
    pub(crate) async fn own_kept(&self, actor: &Actor) -> Result<Kept, AccountsError> {
        let id = crate::session::own(actor)?;
        let mut read = self.database().read().await?;
        let kept = self.kept(&mut read, id).await?;
        read.close().await?;
        Ok(kept)
    }
}

/// The next person's id.
pub(crate) fn next_id(now: Timestamp, random: &mut Random) -> PersonId {
    let id: Id = random.id(now);
    PersonId(id)
}

#[cfg(test)]
#[path = "sign_in_tests.rs"]
mod tests;
