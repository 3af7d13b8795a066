//! Links that do one thing once: set another password, confirm an e-mail address. They are made here and sent by others.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::people::Addressee;
use crate::session::{Origin, entry};
use crate::sql::person::{self, Kept};
use crate::sql::{flow, link, second, session};
use crate::throttle::Rule;
use crate::{Accounts, AccountsError, Actor, Password, Permission, PersonId, Random, Token, record};

/// A link to set a password works this long.
const RESET: SignedDuration = SignedDuration::from_hours(1);
/// A link to confirm an address works this long.
const CONFIRM: SignedDuration = SignedDuration::from_hours(72);

/// A link that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// For the address of the page.
    pub token: Token,
    /// Whose account.
    pub person: PersonId,
    /// Whom to send it to.
    pub to: Option<Addressee>,
    /// Until when it works.
    pub ends_at: Timestamp,
}

impl Accounts {
    /// A link to set another password, for whoever has forgotten his. None when there is no such account or it has no
    /// e-mail address: say the same to the asker in both cases. It takes as long.
    pub async fn forgot_password(
        &self,
        name: &str,
        origin: &Origin,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Option<Link>, AccountsError> {
        let (key, kept) = self.called(name).await?;
        let account = self.subject("link", &key, Rule::LINK);
        let address = self.subject("link-address", &origin.address, Rule::ADDRESS);
        self.count(now, &[&address, &account]).await?;
        let kept = kept.filter(|kept| kept.person.email.is_some());
        let token = Token::make(random);
        let mut write = self.database().write().await?;
        let made = self.make(&mut write, kept.as_ref(), (&token, "reset"), now + RESET).await?;
        let person = kept.map_or_else(|| crate::sign_in::next_id(now, random), |kept| kept.person.id);
        let known = made.is_some();
        let detail = json!({ "known": known });
        record(&mut write, now, &Actor::visitor(), &entry("person.forgot-password", &person, detail)).await?;
        write.commit().await?;
        Ok(made)
    }

    /// A link to set another password, for someone who cannot get one by mail; an operator hands it over.
    pub async fn reset_link(
        &self,
        actor: &Actor,
        id: &PersonId,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Link, AccountsError> {
        actor.require(Permission::Operate)?;
        let token = Token::make(random);
        let mut write = self.database().write().await?;
        let kept = self.kept(&mut write, id).await?;
        let made = self.make(&mut write, Some(&kept), (&token, "reset"), now + RESET).await?;
        record(&mut write, now, actor, &entry("person.reset-link", id, json!(null))).await?;
        write.commit().await?;
        made.ok_or_else(|| AccountsError::NotFound(id.clone()))
    }

    /// A link to confirm one's own e-mail address; none when there is none or it is confirmed.
    pub async fn confirmation(
        &self,
        actor: &Actor,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Option<Link>, AccountsError> {
        let kept = self.own_kept(actor).await?;
        if kept.person.email.is_none() || kept.person.email_confirmed {
            return Ok(None);
        }
        let account = self.subject("confirm", kept.person.id.as_str(), Rule::LINK);
        self.count(now, &[&account]).await?;
        let token = Token::make(random);
        let mut write = self.database().write().await?;
        let made = self.make(&mut write, Some(&kept), (&token, "confirm"), now + CONFIRM).await?;
        record(&mut write, now, actor, &entry("person.confirmation", &kept.person.id, json!(null))).await?;
        write.commit().await?;
        Ok(made)
    }

    async fn make(
        &self,
        write: &mut database::Write,
        kept: Option<&Kept>,
        (token, purpose): (&Token, &str),
        ends_at: Timestamp,
    ) -> Result<Option<Link>, AccountsError> {
        let person = kept.map(|kept| &kept.person);
        let email = person.and_then(|person| person.email.clone());
        let key = email.as_ref().map(|email| person::email_key(self.secret(), email)).unwrap_or_default();
        link::insert(write, (token, purpose), (person.map(|person| &person.id), &key), ends_at).await?;
        let Some(person) = person else { return Ok(None) };
        let to = email.map(|email| Addressee { name: person.name.clone(), email, language: person.language });
        Ok(Some(Link { token: token.clone(), person: person.id.clone(), to, ends_at }))
    }

    /// Sets the password of whoever followed a link. All sessions end. A link that came by mail confirms the address; if
    /// it was never confirmed before, whatever else opens the account is removed: someone else may have made it.
    pub async fn reset_password(
        &self,
        token: &Token,
        new: &Password,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<PersonId, AccountsError> {
        let mut read = self.database().read().await?;
        let (id, email_key) = link::look(&mut read, token, "reset", now).await?.ok_or(AccountsError::LinkSpent)?;
        let kept = self.kept(&mut read, &id).await?;
        read.close().await?;
        let hash = self.new_hash(&kept.person, new, random).await?;
        let mut write = self.database().write().await?;
        if !link::spend(&mut write, token).await? {
            return Err(AccountsError::LinkSpent);
        }
        let first = !kept.person.email_confirmed;
        let confirmed = !email_key.is_empty() && person::confirm_email(&mut write, &id, &email_key, now).await?;
        if confirmed && first {
            second::remove(&mut write, &id).await?;
            flow::unlink_all(&mut write, &id).await?;
        }
        person::set_password(&mut write, &id, hash).await?;
        let ended = session::end_others(&mut write, &id, None).await?;
        let actor = Actor::person(id.clone(), &kept.person.name, Vec::new());
        let detail = json!({ "by": "link", "ended": ended });
        record(&mut write, now, &actor, &entry("person.password", &id, detail)).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Confirms the address to which the link was sent.
    pub async fn confirm_email(&self, token: &Token, now: Timestamp) -> Result<PersonId, AccountsError> {
        let mut write = self.database().write().await?;
        let (id, email_key) = link::look(&mut write, token, "confirm", now).await?.ok_or(AccountsError::LinkSpent)?;
        let spent = link::spend(&mut write, token).await?;
        if !spent || !person::confirm_email(&mut write, &id, &email_key, now).await? {
            return Err(AccountsError::LinkSpent);
        }
        let actor = Actor::person(id.clone(), "", Vec::new());
        record(&mut write, now, &actor, &entry("person.confirm-email", &id, json!(null))).await?;
        write.commit().await?;
        Ok(id)
    }
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
