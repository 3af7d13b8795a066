//! Accounts made, read, changed and ended.

use std::collections::BTreeMap;

use database::Write;
use jiff::Timestamp;
use network::{Fault, OrganisationId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::error::fault;
use crate::session::{Origin, entry};
use crate::sign_in::{Proof, next_id};
use crate::sql::person::{self, By, NewRow};
use crate::throttle::Rule;
use crate::{
    Accounts, AccountsError, Actor, Email, Entry, Language, MaskedPerson, Password, Permission, Person, PersonId,
    Random, Telephone, password_faults, record,
};

/// Characters of a name at most.
const LONGEST_NAME: usize = 60;
/// Characters of a postal address at most.
const LONGEST_ADDRESS: usize = 200;
/// Characters of a key of a request at most.
const LONGEST_KEY: usize = 64;

/// What makes an account.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct SignUp {
    /// Made by the form that is sent; the same a second time makes no second account.
    pub key: String,
    /// Name.
    pub name: String,
    /// E-mail address as typed; this or a telephone.
    #[serde(default)]
    pub email: Option<String>,
    /// Telephone as typed.
    #[serde(default)]
    pub telephone: Option<String>,
    /// Password.
    pub password: Password,
    /// Language.
    pub language: Language,
    /// Whether news of one's cases come by mail.
    #[serde(default)]
    pub wants_mail: bool,
    /// Agrees to the terms.
    pub agrees: bool,
}

/// What a person changes of himself.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Particulars {
    /// The version seen.
    pub version: i64,
    /// Name.
    pub name: String,
    /// E-mail address as typed; empty for none.
    #[serde(default)]
    pub email: String,
    /// Telephone as typed; empty for none.
    #[serde(default)]
    pub telephone: String,
    /// Postal address; empty for none.
    #[serde(default)]
    pub address: String,
    /// Language.
    pub language: Language,
    /// Whether news of one's cases come by mail.
    #[serde(default)]
    pub wants_mail: bool,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// How the account is now.
    pub person: Person,
    /// The e-mail address that was replaced: its owner is told.
    pub email_before: Option<Email>,
}

/// Whom a letter goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// Name.
    pub name: String,
    /// Where to.
    pub email: Email,
    /// In which language.
    pub language: Language,
}

impl Accounts {
    /// Makes an account; `actor` is a visitor, or the program for made-up people.
    pub async fn sign_up(
        &self,
        actor: &Actor,
        asked: &SignUp,
        origin: &Origin,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Person, AccountsError> {
        let person = self.sound(asked, now, random)?;
        let request = self.secret().lookup("accounts_people.request", &asked.key);
        if let Some(first) = self.answered(&request, &asked.password).await? {
            return Ok(first);
        }
        if !actor.is_system() {
            let address = self.subject("sign-up", &origin.address, Rule::SIGN_UP);
            self.count(now, &[&address]).await?;
        }
        let password = Some(self.hashed(&asked.password, random.bytes()).await?);
        let mut write = self.database().write().await?;
        let new = NewRow { person: &person, request: Some(&request), password };
        if !person::insert(&mut write, self.secret(), new).await? {
            let taken = person::taken(&mut write, self.secret(), &person).await?;
            drop(write);
            let first = self.answered(&request, &asked.password).await?;
            return first.ok_or(AccountsError::Taken { field: taken.unwrap_or("email") });
        }
        let detail = json!({ "terms": person.terms });
        record(&mut write, now, actor, &entry("person.sign-up", &person.id, detail)).await?;
        write.commit().await?;
        Ok(person)
    }

    /// The account that an earlier sending of the same form made; the password shows that the sender is the same.
    async fn answered(&self, request: &str, password: &Password) -> Result<Option<Person>, AccountsError> {
        let mut read = self.database().read().await?;
        let first = person::get(&mut read, self.secret(), By::Request(request)).await?;
        read.close().await?;
        let Some(first) = first else { return Ok(None) };
        let same = self.fits(first.password.as_deref(), password).await;
        Ok(same.then_some(first.person))
    }

    fn sound(&self, asked: &SignUp, now: Timestamp, random: &mut Random) -> Result<Person, AccountsError> {
        let mut faults = Vec::new();
        let email = contact::<Email>(asked.email.as_deref().unwrap_or_default(), &mut faults);
        let telephone = contact::<Telephone>(asked.telephone.as_deref().unwrap_or_default(), &mut faults);
        if email.is_none() && telephone.is_none() && faults.is_empty() {
            faults.push(fault("email", "请填写电子邮箱或电话", "give an e-mail address or a telephone number"));
        }
        if !asked.agrees {
            faults.push(fault("agrees", "请阅读并同意服务条款", "read the terms and agree to them"));
        }
        if asked.key.is_empty() || asked.key.len() > LONGEST_KEY {
            faults.push(fault("key", "表单缺少标识，请刷新页面后重新填写", "the form has no key; load the page again"));
        }
        let person = Person {
            id: next_id(now, random),
            version: 1,
            name: named(&asked.name, &mut faults),
            language: asked.language,
            wants_mail: asked.wants_mail,
            email,
            email_confirmed: false,
            telephone,
            address: None,
            has_password: true,
            terms: self.settings().terms.clone(),
            created_at: now,
        };
        faults.extend(password_of(&person, &asked.password));
        if faults.is_empty() { Ok(person) } else { Err(AccountsError::Invalid(faults)) }
    }

    /// One's own account.
    pub async fn me(&self, actor: &Actor) -> Result<Person, AccountsError> {
        Ok(self.own_kept(actor).await?.person)
    }

    /// Changes one's own particulars. Another e-mail address or telephone needs a proof, and the address is unconfirmed again.
    pub async fn change(
        &self,
        actor: &Actor,
        edit: &Particulars,
        proof: Option<&Proof<'_>>,
        now: Timestamp,
    ) -> Result<Changed, AccountsError> {
        let kept = self.own_kept(actor).await?;
        let before = &kept.person;
        let after = changed(before, edit)?;
        if before.email != after.email || before.telephone != after.telephone {
            self.prove(&kept, proof.ok_or(AccountsError::NotProven)?, now).await?;
        }
        let mut write = self.database().write().await?;
        if let Some(field) = person::taken(&mut write, self.secret(), &after).await? {
            return Err(AccountsError::Taken { field });
        }
        let updated = person::update(&mut write, self.secret(), &after, edit.version).await.map_err(taken_meanwhile)?;
        if !updated {
            let now = Box::new(self.kept(&mut write, &before.id).await?.person);
            return Err(AccountsError::Stale { now });
        }
        let fields = json!({ "fields": fields(before, &after) });
        record(&mut write, now, actor, &entry("person.change", &before.id, fields)).await?;
        write.commit().await?;
        let email_before = before.email.clone().filter(|_| before.email != after.email);
        Ok(Changed { person: after, email_before })
    }

    /// People with everything hidden that names or reaches them; those that are not there are left out. Whoever shows
    /// them has decided that the actor may see the case they belong to.
    pub async fn masked(&self, ids: &[PersonId]) -> Result<Vec<MaskedPerson>, AccountsError> {
        let mut read = self.database().read().await?;
        let mut masked = Vec::with_capacity(ids.len());
        for id in ids {
            masked.extend(person::get(&mut read, self.secret(), By::Id(id)).await?.map(|kept| kept.person.masked()));
        }
        Ok(masked)
    }

    /// Names of staff by id; deleted accounts have an empty one.
    pub async fn names(&self, ids: &[PersonId]) -> Result<BTreeMap<PersonId, String>, AccountsError> {
        Ok(person::names(&mut *self.database().read().await?, ids).await?.into_iter().collect())
    }

    /// A person unmasked, for the sake of something that an organisation does for him (`about`: its kind and id). The
    /// actor needs the permission there, and the look is written down in the caller's transaction.
    pub async fn look_at(
        &self,
        write: &mut Write,
        now: Timestamp,
        actor: &Actor,
        id: &PersonId,
        (organisation, about): (&OrganisationId, (&str, &str)),
    ) -> Result<Person, AccountsError> {
        actor.require_at(Permission::ReadPersonalData, organisation)?;
        let person = self.kept(&mut *write, id).await?.person;
        let entry = Entry {
            action: "person.read",
            kind: "person",
            object: id.as_str(),
            organisation: Some(organisation),
            reason: None,
            detail: json!({ "about": about.0, "id": about.1 }),
        };
        record(write, now, actor, &entry).await?;
        Ok(person)
    }

    /// Whom a letter to a person goes to; none when he has no address, never confirmed it, or wants no letters. For the
    /// program alone.
    pub async fn addressee(&self, system: &Actor, id: &PersonId) -> Result<Option<Addressee>, AccountsError> {
        if !system.is_system() {
            return Err(system.denied(Permission::Operate).into());
        }
        let mut read = self.database().read().await?;
        let Some(kept) = person::get(&mut read, self.secret(), By::Id(id)).await? else { return Ok(None) };
        let Person { name, language, email, email_confirmed, wants_mail, .. } = kept.person;
        Ok(email.filter(|_| wants_mail && email_confirmed).map(|email| Addressee { name, email, language }))
    }
}

/// A contact as typed; empty for none.
fn contact<T: std::str::FromStr<Err = Fault>>(typed: &str, faults: &mut Vec<Fault>) -> Option<T> {
    if typed.trim().is_empty() {
        return None;
    }
    typed.parse().map_err(|fault| faults.push(fault)).ok()
}

/// A name as typed, with its inner spaces made one each.
fn named(typed: &str, faults: &mut Vec<Fault>) -> String {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        faults.push(fault("name", "请填写姓名", "give your name"));
    } else if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        let zh = format!("姓名最多 {LONGEST_NAME} 个字");
        faults.push(fault("name", zh, format!("a name has at most {LONGEST_NAME} characters")));
    }
    name
}

/// What is wrong with a password for this person.
pub(crate) fn password_of(person: &Person, password: &Password) -> Vec<Fault> {
    let contacts = [person.email.as_ref().map(Email::as_str), person.telephone.as_ref().map(Telephone::as_str)];
    let own: Vec<&str> = contacts.into_iter().flatten().chain([person.name.as_str()]).collect();
    password_faults(password, &own)
}

/// The account as it would be after an edit.
fn changed(before: &Person, edit: &Particulars) -> Result<Person, AccountsError> {
    let mut faults = Vec::new();
    let email = contact::<Email>(&edit.email, &mut faults);
    let telephone = contact::<Telephone>(&edit.telephone, &mut faults);
    let name = named(&edit.name, &mut faults);
    let address = edit.address.trim();
    if address.chars().count() > LONGEST_ADDRESS {
        let zh = format!("地址最多 {LONGEST_ADDRESS} 个字");
        faults.push(fault("address", zh, format!("an address has at most {LONGEST_ADDRESS} characters")));
    }
    if before.has_password && email.is_none() && telephone.is_none() && faults.is_empty() {
        let en = "keep an e-mail address or a telephone number: you sign in with it";
        faults.push(fault("email", "请保留电子邮箱或电话，登录时要用", en));
    }
    if !faults.is_empty() {
        return Err(AccountsError::Invalid(faults));
    }
    Ok(Person {
        version: edit.version + 1,
        name,
        email_confirmed: before.email_confirmed && before.email == email,
        email,
        telephone,
        address: Some(address.to_owned()).filter(|address| !address.is_empty()),
        language: edit.language,
        wants_mail: edit.wants_mail,
        ..before.clone()
    })
}

/// Names of the fields that differ; their values are no one's business in the trail.
fn fields(before: &Person, after: &Person) -> Vec<&'static str> {
    let differing = [
        ("name", before.name != after.name),
        ("email", before.email != after.email),
        ("telephone", before.telephone != after.telephone),
        ("address", before.address != after.address),
        ("language", before.language != after.language),
        ("wants_mail", before.wants_mail != after.wants_mail),
    ];
    differing.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}

/// Someone took the address or the number between the look and the writing.
fn taken_meanwhile(error: AccountsError) -> AccountsError {
    if let AccountsError::Database(database::DatabaseError::Statement(sqlx::Error::Database(refused))) = &error
        && refused.is_unique_violation()
    {
        let telephone = refused.message().contains("telephone");
        return AccountsError::Taken { field: if telephone { "telephone" } else { "email" } };
    }
    error
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
