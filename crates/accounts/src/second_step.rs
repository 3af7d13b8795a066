//! The second step: codes that an app on one's telephone makes, and recovery codes for when it is lost.

use std::fmt;

use jiff::Timestamp;
use serde_json::json;

use crate::code::{self, Shared};
use crate::session::entry;
use crate::sql::person::Kept;
use crate::sql::{second, session};
use crate::throttle::{Rule, good};
use crate::{Accounts, AccountsError, Actor, Opened, PersonId, Proof, Random, Token, qr_svg, record};

/// Recovery codes given out.
const CODES: usize = 10;
/// Characters of a recovery code without its hyphen: 50 bits.
const CODE_LENGTH: usize = 10;
/// Letters and digits of recovery codes; none is easily taken for another.
const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";

/// What a person needs to set the second step up.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The shared secret to type.
    pub secret: String,
    /// The `otpauth:` address that apps read.
    pub address: String,
    /// The address as a picture to scan.
    pub picture: String,
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

/// Recovery codes, to be shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCodes(pub Vec<String>);

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodes(…)")
    }
}

/// How things stand with the second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondStep {
    /// Whether it is asked for.
    pub on: bool,
    /// Recovery codes not used yet.
    pub codes_left: u64,
}

impl Accounts {
    /// How things stand with one's own second step.
    pub async fn second_step(&self, actor: &Actor) -> Result<SecondStep, AccountsError> {
        let person = crate::session::own(actor)?;
        let mut read = self.database().read().await?;
        let on = second::is_confirmed(&mut read, person).await?;
        let codes_left = if on { second::codes_left(&mut read, person).await? } else { 0 };
        Ok(SecondStep { on, codes_left })
    }

    /// Begins to set the second step up; nothing is asked for until [`Accounts::confirm_second_step`].
    pub async fn begin_second_step(
        &self,
        actor: &Actor,
        proof: &Proof<'_>,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Enrolment, AccountsError> {
        let kept = self.own_kept(actor).await?;
        self.prove(&kept, proof, now).await?;
        let shared = Shared::make(random);
        let mut write = self.database().write().await?;
        if !second::begin(&mut write, self.secret(), &kept.person.id, &shared.text()).await? {
            return Err(AccountsError::SecondStepThere);
        }
        record(&mut write, now, actor, &entry("second-step.begin", &kept.person.id, json!(null))).await?;
        write.commit().await?;
        let address = shared.address(&self.settings().site, &label(&kept));
        Ok(Enrolment { secret: shared.text(), picture: qr_svg(&address), address })
    }

    /// Turns the second step on with a first code; answers the recovery codes. All other sessions end.
    pub async fn confirm_second_step(
        &self,
        actor: &Actor,
        session: &crate::SessionId,
        typed: &str,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<RecoveryCodes, AccountsError> {
        let person = crate::session::own(actor)?;
        let subject = self.subject("code", person.as_str(), Rule::CODE);
        self.count(now, &[&subject]).await?;
        let mut write = self.database().write().await?;
        let kept = second::get(&mut write, self.secret(), person).await?.filter(|kept| !kept.confirmed);
        let shared = Shared::read(&kept.ok_or(AccountsError::NoSecondStep)?.secret, person)?;
        let step = shared.step_of(typed, now).ok_or(AccountsError::WrongCode)?;
        if !second::use_step(&mut write, person, step).await? || !second::confirm(&mut write, person, now).await? {
            return Err(AccountsError::WrongCode);
        }
        good(&mut write, now, None, &subject).await?;
        let codes = self.give_codes(&mut write, person, random).await?;
        let ended = session::end_others(&mut write, person, Some(session)).await?;
        session::forget_before(&mut write, session).await?;
        record(&mut write, now, actor, &entry("second-step.confirm", person, json!({ "ended": ended }))).await?;
        write.commit().await?;
        Ok(codes)
    }

    /// Gives new recovery codes; the earlier ones open nothing any more.
    pub async fn renew_recovery_codes(
        &self,
        actor: &Actor,
        proof: &Proof<'_>,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<RecoveryCodes, AccountsError> {
        let kept = self.own_kept(actor).await?;
        self.prove(&kept, proof, now).await?;
        let person = &kept.person.id;
        let mut write = self.database().write().await?;
        if !second::is_confirmed(&mut write, person).await? {
            return Err(AccountsError::NoSecondStep);
        }
        let codes = self.give_codes(&mut write, person, random).await?;
        record(&mut write, now, actor, &entry("second-step.codes", person, json!(null))).await?;
        write.commit().await?;
        Ok(codes)
    }

    /// Turns the second step off.
    pub async fn remove_second_step(
        &self,
        actor: &Actor,
        proof: &Proof<'_>,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let kept = self.own_kept(actor).await?;
        self.prove(&kept, proof, now).await?;
        let mut write = self.database().write().await?;
        if !second::remove(&mut write, &kept.person.id).await? {
            return Err(AccountsError::NoSecondStep);
        }
        record(&mut write, now, actor, &entry("second-step.remove", &kept.person.id, json!(null))).await?;
        Ok(write.commit().await?)
    }

    /// Turns the second step of someone off who lost telephone and recovery codes; an operator has seen that it is he.
    pub async fn lift_second_step(
        &self,
        actor: &Actor,
        id: &PersonId,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        actor.require(crate::Permission::Operate)?;
        let mut write = self.database().write().await?;
        if !second::remove(&mut write, id).await? {
            return Err(AccountsError::NoSecondStep);
        }
        let entry = crate::Entry { reason: Some(reason), ..entry("second-step.lift", id, json!(null)) };
        record(&mut write, now, actor, &entry).await?;
        Ok(write.commit().await?)
    }

    /// Whether this token's sign-in waits for its second step.
    pub async fn awaits_second_step(&self, token: &Token, now: Timestamp) -> Result<bool, AccountsError> {
        let mut read = self.database().read().await?;
        Ok(self.pending(&mut read, token, now).await?.is_some())
    }

    /// Passes the second step with a code of the app or a recovery code; the session gets another token.
    pub async fn pass_second_step(
        &self,
        token: &Token,
        typed: &str,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Opened, AccountsError> {
        let mut read = self.database().read().await?;
        let live = self.pending(&mut read, token, now).await?.ok_or(AccountsError::SignInOver)?;
        read.close().await?;
        let subject = self.subject("code", live.person.as_str(), Rule::CODE);
        self.count(now, &[&subject]).await?;
        let mut write = self.database().write().await?;
        let by = self.spend_code(&mut write, &live.person, typed, now).await?.ok_or(AccountsError::WrongCode)?;
        let new = Token::make(random);
        if !session::rotate(&mut write, token, &new, (live.grants_version, now)).await? {
            return Err(AccountsError::SignInOver);
        }
        // The token that has seen one step alone never becomes one that has seen both.
        session::forget_before(&mut write, &live.id).await?;
        good(&mut write, now, None, &subject).await?;
        let actor = Actor::person(live.person.clone(), &live.name, Vec::new());
        record(&mut write, now, &actor, &entry("second-step.pass", &live.person, json!({ "by": by }))).await?;
        write.commit().await?;
        let ends_at = live.began_at + self.settings().longest;
        Ok(Opened { token: new, person: live.person, second_step: false, ends_at })
    }

    /// Uses up the code that was typed; answers what it was.
    async fn spend_code(
        &self,
        write: &mut database::Write,
        person: &PersonId,
        typed: &str,
        now: Timestamp,
    ) -> Result<Option<&'static str>, AccountsError> {
        let kept = second::get(&mut *write, self.secret(), person).await?.filter(|kept| kept.confirmed);
        let Some(kept) = kept else { return Ok(None) };
        if let Some(step) = Shared::read(&kept.secret, person)?.step_of(typed, now) {
            return Ok(second::use_step(write, person, step).await?.then_some("code"));
        }
        let typed = code::letters(typed);
        if typed.len() != CODE_LENGTH {
            return Ok(None);
        }
        let used = second::use_code(write, person, &self.code_hash(person, &typed)).await?;
        Ok(used.then_some("recovery"))
    }

    async fn give_codes(
        &self,
        write: &mut database::Write,
        person: &PersonId,
        random: &mut Random,
    ) -> Result<RecoveryCodes, AccountsError> {
        let codes: Vec<String> = (0..CODES).map(|_| recovery_code(random)).collect();
        let hashes: Vec<String> = codes.iter().map(|code| self.code_hash(person, code)).collect();
        second::set_codes(write, person, &hashes).await?;
        Ok(RecoveryCodes(codes.iter().map(|code| format!("{}-{}", &code[..5], &code[5..])).collect()))
    }

    fn code_hash(&self, person: &PersonId, code: &str) -> String {
        self.secret().lookup("accounts_recovery_codes", &format!("{person} {code}"))
    }
}

fn recovery_code(random: &mut Random) -> String {
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte % 32)]);
    random.bytes::<CODE_LENGTH>().into_iter().map(letter).collect()
}

/// What the app shows under the name of the site.
fn label(kept: &Kept) -> String {
    let person = &kept.person;
    let contact = person.email.as_ref().map(ToString::to_string);
    contact.or_else(|| person.telephone.as_ref().map(crate::Telephone::shown)).unwrap_or_else(|| person.name.clone())
}

#[cfg(test)]
#[path = "second_step_tests.rs"]
mod tests;
