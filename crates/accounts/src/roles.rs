//! Roles given and taken.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use network::{Id, NoId, OrganisationId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::accounts::day;
use crate::error::fault;
use crate::session::Origin;
use crate::sql::{grant, person};
use crate::{Accounts, AccountsError, Actor, Cover, Entry, Permission, Person, PersonId, Random, Role, SignUp, record};

/// The name of a grant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct GrantId(pub Id);

impl FromStr for GrantId {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        text.parse().map(Self)
    }
}

impl fmt::Display for GrantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A role to be given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
pub struct NewGrant {
    /// To whom.
    pub person: PersonId,
    /// Which.
    pub role: Role,
    /// At which organisation and all under it; absent: everywhere.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The first day on which it does not hold any more; absent: for good.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A role that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Given {
    /// Its name.
    pub id: GrantId,
    /// To whom.
    pub person: PersonId,
    /// Which.
    pub role: Role,
    /// Where; absent: everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The first day on which it does not hold any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
    /// By whom; absent: by the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_by: Option<PersonId>,
    /// When it was given.
    #[schema(value_type = String, format = DateTime)]
    pub given_at: Timestamp,
}

/// One who works at an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Roles and where they were given.
    pub roles: Vec<(Role, OrganisationId)>,
}

impl Role {
    /// Whether it is given by operators alone: it reaches beyond what an administrator answers for.
    pub fn is_operators_to_give(self) -> bool {
        matches!(self, Self::DataSteward | Self::Auditor | Self::Operator)
    }

    /// Whether it holds for the whole installation: what it allows is of no organisation.
    pub fn is_everywhere_only(self) -> bool {
        matches!(self, Self::DataSteward | Self::Operator)
    }
}

/// Refuses unless the actor may give and take this role there.
fn require(actor: &Actor, role: Role, organisation: Option<&OrganisationId>) -> Result<(), AccountsError> {
    if matches!(role, Role::Visitor | Role::Client) {
        return Err(AccountsError::NotGiven(role));
    }
    let allowed = match organisation {
        Some(organisation) => actor.may_at(Permission::ManageRoles, organisation),
        None => actor.may_everywhere(Permission::ManageRoles),
    };
    if !allowed {
        return Err(actor.denied(Permission::ManageRoles).into());
    }
    if role.is_operators_to_give() && !actor.is_system() && !actor.has(Role::Operator) {
        return Err(AccountsError::OperatorsOnly(role));
    }
    if role.is_everywhere_only() && organisation.is_some() {
        return Err(AccountsError::EverywhereOnly(role));
    }
    Ok(())
}

impl Accounts {
    /// Gives a role. Whoever has it there for all that time already keeps it, and that grant is answered.
    pub async fn give(
        &self,
        actor: &Actor,
        new: &NewGrant,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Given, AccountsError> {
        require(actor, new.role, new.organisation.as_ref())?;
        if new.to.is_some_and(|to| to <= new.from) {
            let en = "the end lies after the beginning";
            return Err(AccountsError::Invalid(vec![fault("to", "结束日期须晚于开始日期", en)]));
        }
        let mut write = self.database().write().await?;
        if let Some(organisation) = &new.organisation {
            let known = network::organisation(&mut write, organisation, new.from).await?;
            known.ok_or_else(|| network::NetworkError::NotFound { id: organisation.clone(), as_of: new.from })?;
        }
        grant::hold(&mut write).await?;
        if !person::count_grants(&mut write, &new.person).await? {
            return Err(AccountsError::NotFound(new.person.clone()));
        }
        let has = grant::active_of(&mut write, &new.person, new.from).await?;
        let same = |given: &Given| {
            let lasts = given.to.is_none_or(|to| new.to.is_some_and(|asked| asked <= to));
            given.role == new.role && given.organisation == new.organisation && lasts
        };
        if let Some(given) = has.into_iter().find(same) {
            return Ok(given);
        }
        let given = Given {
            id: GrantId(random.id(now)),
            person: new.person.clone(),
            role: new.role,
            organisation: new.organisation.clone(),
            from: new.from,
            to: new.to,
            given_by: actor.id().cloned(),
            given_at: now,
        };
        grant::insert(&mut write, &given).await?;
        note(&mut write, now, actor, ("role.give", &given, new.reason.as_deref())).await?;
        write.commit().await?;
        Ok(given)
    }

    /// Takes a role from today on. The last operator stays.
    pub async fn take(
        &self,
        actor: &Actor,
        id: &GrantId,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        actor.require(Permission::ManageRoles)?;
        let mut write = self.database().write().await?;
        grant::hold(&mut write).await?;
        let given = grant::get(&mut write, id).await?.ok_or(AccountsError::NoGrant)?;
        require(actor, given.role, given.organisation.as_ref())?;
        if given.role == Role::Operator {
            self.others_operate(&mut write, &given.person, now).await?;
        }
        if !grant::end(&mut write, id, day(now)).await? {
            return Err(AccountsError::NoGrant);
        }
        person::count_grants(&mut write, &given.person).await?;
        note(&mut write, now, actor, ("role.take", &given, reason)).await?;
        Ok(write.commit().await?)
    }

    /// Refuses when no one but this person runs the installation for good.
    pub(crate) async fn others_operate(
        &self,
        connection: &mut database::Connection,
        but: &PersonId,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let others = grant::others_with(connection, Role::Operator, but, day(now)).await?;
        if others == 0 { Err(AccountsError::LastOperator) } else { Ok(()) }
    }

    /// Makes the first operator of an installation; refused when there is one. For a command on the machine itself.
    pub async fn first_operator(
        &self,
        asked: &SignUp,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Person, AccountsError> {
        let actor = Actor::system("first-operator");
        let mut read = self.database().read().await?;
        if grant::anyone_with(&mut read, Role::Operator, day(now)).await? {
            return Err(AccountsError::OperatorThere);
        }
        read.close().await?;
        let person = self.sign_up(&actor, asked, &Origin::default(), now, random).await?;
        let new = NewGrant {
            person: person.id.clone(),
            role: Role::Operator,
            organisation: None,
            from: day(now),
            to: None,
            reason: None,
        };
        self.give(&actor, &new, now, random).await?;
        Ok(person)
    }

    /// The roles of a person, past and to come: one's own, or those at organisations where the actor manages roles.
    pub async fn grants_of(&self, actor: &Actor, id: &PersonId) -> Result<Vec<Given>, AccountsError> {
        let itself = actor.id() == Some(id);
        if !itself {
            actor.require(Permission::ManageRoles)?;
        }
        let mut all = grant::all_of(&mut *self.database().read().await?, id).await?;
        all.retain(|given| match &given.organisation {
            _ if itself => true,
            Some(organisation) => actor.may_at(Permission::ManageRoles, organisation),
            None => actor.may_everywhere(Permission::ManageRoles),
        });
        Ok(all)
    }

    /// Who has a role today at these organisations themselves, by name; organisations that the actor neither reads the
    /// cases nor manages the roles of are left out.
    pub async fn staff_of(
        &self,
        actor: &Actor,
        organisations: &[OrganisationId],
        now: Timestamp,
    ) -> Result<Vec<Colleague>, AccountsError> {
        if !actor.may(Permission::ManageRoles) {
            actor.require(Permission::ReadCases)?;
        }
        let covers: Vec<Cover> =
            [Permission::ReadCases, Permission::ManageRoles].into_iter().filter_map(|it| actor.cover(it)).collect();
        let within = |id: &&OrganisationId| covers.iter().any(|cover| cover.holds(id));
        let organisations: BTreeSet<OrganisationId> = organisations.iter().filter(within).cloned().collect();
        let rows = grant::at(&mut *self.database().read().await?, &organisations, day(now)).await?;
        let mut staff: BTreeMap<PersonId, Colleague> = BTreeMap::new();
        for (name, given) in rows {
            let Some(organisation) = given.organisation else { continue };
            let new = || Colleague { id: given.person.clone(), name, roles: Vec::new() };
            let colleague = staff.entry(given.person.clone()).or_insert_with(new);
            colleague.roles.push((given.role, organisation));
        }
        let mut staff: Vec<Colleague> = staff.into_values().collect();
        for colleague in &mut staff {
            colleague.roles.sort();
        }
        staff.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        Ok(staff)
    }

    /// The person with exactly this e-mail address or telephone, masked, for whoever is about to give a role; the look
    /// is written down.
    pub async fn find(
        &self,
        actor: &Actor,
        contact: &str,
        now: Timestamp,
    ) -> Result<Option<crate::MaskedPerson>, AccountsError> {
        actor.require(Permission::ManageRoles)?;
        let (key, kept) = self.called(contact).await?;
        let mut write = self.database().write().await?;
        let object = kept.as_ref().map_or(key.as_str(), |kept| kept.person.id.as_str());
        let detail = json!({ "found": kept.is_some() });
        let entry = Entry { action: "person.find", kind: "person", object, organisation: None, reason: None, detail };
        record(&mut write, now, actor, &entry).await?;
        write.commit().await?;
        Ok(kept.map(|kept| kept.person.masked()))
    }
}

async fn note(
    write: &mut database::Write,
    now: Timestamp,
    actor: &Actor,
    (action, given, reason): (&str, &Given, Option<&str>),
) -> Result<(), AccountsError> {
    let detail = json!({ "grant": given.id, "role": given.role, "from": given.from, "to": given.to });
    let organisation = given.organisation.as_ref();
    let entry = Entry { action, kind: "person", object: given.person.as_str(), organisation, reason, detail };
    record(write, now, actor, &entry).await
}

#[cfg(test)]
#[path = "roles_tests.rs"]
mod tests;
