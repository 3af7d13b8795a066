//! Roles expanded to the organisations where they hold.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use database::Connection;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use network::{NetworkError, OrganisationId};

use crate::accounts::day;
use crate::sql::grant;
use crate::{AccountsError, Cover, Grant, PersonId};

/// The part of a cover at an organisation and all that stand under it on a day: a list that is asked for by an
/// administration is that of its jurisdiction, by an outlet its own. None when the cover does not hold the organisation.
pub async fn cover_at(
    connection: &mut Connection,
    cover: &Cover,
    at: &OrganisationId,
    day: Date,
) -> Result<Option<Cover>, NetworkError> {
    if !cover.holds(at) {
        return Ok(None);
    }
    let under = network::descendant_ids(connection, at, day).await?;
    // The organisation itself too when it has left the tree.
    let held = under.into_iter().filter(|id| cover.holds(id)).chain([at.clone()]);
    Ok(Some(Cover::At(held.collect())))
}

/// How long an expansion is used again without a look at the tree. Roles given and taken are seen at once; organisations
/// that move, after this.
const KEPT_FOR: SignedDuration = SignedDuration::from_secs(5);
/// People whose expansions are kept.
const MOST_KEPT: usize = 4096;

/// Expansions of the last seconds.
#[derive(Debug, Default)]
pub(crate) struct Covers {
    kept: Mutex<HashMap<PersonId, Kept>>,
}

#[derive(Debug)]
struct Kept {
    grants_version: i64,
    tree_version: i64,
    day: Date,
    looked_at: Timestamp,
    grants: Arc<[Grant]>,
}

impl Covers {
    /// The roles of a person today with where they hold. Whoever was never given one costs nothing.
    pub(crate) async fn of(
        &self,
        connection: &mut Connection,
        person: &PersonId,
        grants_version: i64,
        now: Timestamp,
    ) -> Result<Arc<[Grant]>, AccountsError> {
        if grants_version == 0 {
            return Ok(Arc::new([]));
        }
        let today = day(now);
        let same = |kept: &Kept| kept.grants_version == grants_version && kept.day == today;
        let fresh = |kept: &Kept| now.duration_since(kept.looked_at).abs() < KEPT_FOR;
        if let Some(kept) = self.lock().get(person).filter(|kept| same(kept) && fresh(kept)) {
            return Ok(Arc::clone(&kept.grants));
        }
        let tree_version = network::tree_version(&mut *connection).await?;
        if let Some(kept) = self.lock().get_mut(person).filter(|kept| same(kept) && kept.tree_version == tree_version) {
            kept.looked_at = now;
            return Ok(Arc::clone(&kept.grants));
        }
        let mut grants = Vec::new();
        for given in grant::active_of(&mut *connection, person, today).await? {
            let cover = match &given.organisation {
                None => Cover::Everywhere,
                Some(organisation) => Cover::At(under(&mut *connection, organisation, today).await?),
            };
            grants.push(Grant { role: given.role, cover });
        }
        let grants: Arc<[Grant]> = grants.into();
        let mut kept = self.lock();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let new = Kept { grants_version, tree_version, day: today, looked_at: now, grants: Arc::clone(&grants) };
        kept.insert(person.clone(), new);
        Ok(grants)
    }

    /// Looks at the network anew for everyone.
    pub(crate) fn forget(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PersonId, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An organisation with all that stands under it; a closed one alone, so that what it left behind stays readable.
async fn under(
    connection: &mut Connection,
    organisation: &OrganisationId,
    today: Date,
) -> Result<BTreeSet<OrganisationId>, AccountsError> {
    let ids = network::descendant_ids(connection, organisation, today).await?;
    let mut organisations: BTreeSet<OrganisationId> = ids.into_iter().collect();
    organisations.insert(organisation.clone());
    Ok(organisations)
}
