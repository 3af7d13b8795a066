//! Who has which role: the list that those who manage roles work from.

use std::collections::BTreeSet;

use jiff::Timestamp;
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::day;
use crate::roles::Given;
use crate::sql::grant;
use crate::{Accounts, AccountsError, Actor, Cover, GrantId, Permission, Role};

/// Roles on a page at most.
const MOST_ON_A_PAGE: usize = 200;

/// Which roles to list. Empty parts ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffQuery {
    /// Given at this organisation itself.
    pub organisation: Option<OrganisationId>,
    /// This one alone.
    pub role: Option<Role>,
    /// Mark of the page before ([`StaffPage::next`]).
    pub after: Option<GrantId>,
    /// How many on a page; 0 for fifty.
    pub limit: usize,
}

/// A role of someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Staff {
    /// Whose.
    pub name: String,
    /// The role.
    pub given: Given,
}

/// A page of roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPage {
    /// By name.
    pub staff: Vec<Staff>,
    /// Mark of the next page; none on the last.
    pub next: Option<GrantId>,
}

impl Accounts {
    /// The roles that hold today where the actor manages roles, by name.
    pub async fn staff(&self, actor: &Actor, asked: &StaffQuery, now: Timestamp) -> Result<StaffPage, AccountsError> {
        let cover = actor.cover(Permission::ManageRoles).ok_or_else(|| actor.denied(Permission::ManageRoles))?;
        let within = match (&asked.organisation, cover) {
            (Some(one), cover) if cover.holds(one) => Some(BTreeSet::from([one.clone()])),
            (Some(_), _) => return Err(actor.denied(Permission::ManageRoles).into()),
            (None, Cover::At(organisations)) => Some(organisations),
            (None, Cover::Everywhere) => None,
        };
        let limit = if asked.limit == 0 { 50 } else { asked.limit.min(MOST_ON_A_PAGE) };
        let mut read = self.database().read().await?;
        let rows = match &within {
            Some(organisations) => {
                let mut rows = grant::at(&mut read, organisations, day(now)).await?;
                rows.sort_by(|a, b| (&a.0, &a.1.id).cmp(&(&b.0, &b.1.id)));
                rows.retain(|(_, given)| asked.role.is_none_or(|role| given.role == role));
                if let Some(after) = &asked.after {
                    let at = rows.iter().position(|(_, given)| given.id == *after).map_or(0, |at| at + 1);
                    rows.drain(..at);
                }
                rows
            }
            None => grant::everywhere(&mut read, asked.role, asked.after.as_ref(), (day(now), limit + 1)).await?,
        };
        let mut staff: Vec<Staff> = rows.into_iter().map(|(name, given)| Staff { name, given }).collect();
        let next = (staff.len() > limit).then(|| {
            staff.truncate(limit);
            staff.last().map(|last| last.given.id.clone())
        });
        Ok(StaffPage { staff, next: next.flatten() })
    }
}

#[cfg(test)]
#[path = "staff_tests.rs"]
mod tests;
