//! Reading: the network as of a day.

use database::{Connection, Database, Migration};
use jiff::civil::Date;

use crate::sql::{county, state, tree};
use crate::{
    Coverage, DirectoryQuery, History, NetworkError, Node, Organisation, OrganisationId, Page, Region, RegionCode,
    RegionLevel, division_on, divisions,
};

const MIGRATIONS: [Migration; 2] = [
    Migration::new(1, "organisations, memberships, counties", include_str!("../migrations/0001_network.sql")),
    Migration::new(2, "opening hours", include_str!("../migrations/0002_hours.sql")),
];

/// The service network. Clones share the database.
#[derive(Clone, Debug)]
pub struct Network {
    database: Database,
}

impl Network {
    /// Opens the network and brings its tables up to date.
    pub async fn open(database: Database) -> Result<Self, NetworkError> {
        database.migrate("network", &MIGRATIONS).await?;
        Ok(Self { database })
    }

    /// Where it is at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The organisation as it is on a day, closed ones too; none before its first day.
    pub async fn organisation(&self, id: &OrganisationId, as_of: Date) -> Result<Option<Organisation>, NetworkError> {
        state::get(&mut *self.database.read().await?, id, as_of).await
    }

    /// See [`path`].
    pub async fn path(&self, id: &OrganisationId, as_of: Date) -> Result<Vec<Node>, NetworkError> {
        path(&mut *self.database.read().await?, id, as_of).await
    }

    /// See [`last_path`].
    pub async fn last_path(&self, id: &OrganisationId, as_of: Date) -> Result<Vec<Node>, NetworkError> {
        last_path(&mut *self.database.read().await?, id, as_of).await
    }

    /// Those directly under an organisation on a day, or at the top.
    pub async fn children(&self, parent: Option<&OrganisationId>, as_of: Date) -> Result<Vec<Node>, NetworkError> {
        tree::children(&mut *self.database.read().await?, parent, as_of).await
    }

    /// See [`descendants`].
    pub async fn descendants(&self, id: &OrganisationId, as_of: Date) -> Result<Vec<Node>, NetworkError> {
        descendants(&mut *self.database.read().await?, id, as_of).await
    }

    /// Everyone who is in the tree on a day, higher levels first.
    pub async fn tree(&self, as_of: Date) -> Result<Vec<Node>, NetworkError> {
        tree::everyone(&mut *self.database.read().await?, as_of).await
    }

    /// One page of the directory with counts by province and kind.
    pub async fn directory(&self, asked: &DirectoryQuery) -> Result<Page, NetworkError> {
        crate::directory::directory(&mut *self.database.read().await?, asked).await
    }

    /// How well the country is served on a day.
    pub async fn coverage(&self, as_of: Date) -> Result<Coverage, NetworkError> {
        crate::coverage::coverage(&mut *self.database.read().await?, as_of).await
    }

    /// All that happened to an organisation.
    pub async fn history(&self, id: &OrganisationId) -> Result<Option<History>, NetworkError> {
        let mut read = self.database.read().await?;
        if state::head(&mut read, id).await?.is_none() {
            return Ok(None);
        }
        state::history(&mut read, id).await.map(Some)
    }

    /// The region that had this code on a day.
    pub async fn region(&self, code: &RegionCode, day: Date) -> Result<Option<Region>, NetworkError> {
        if code.level() != RegionLevel::County {
            return Ok(division_on(code, day).cloned());
        }
        Ok(county::within(&mut *self.database.read().await?, code, day).await?.into_iter().next())
    }

    /// The regions directly or farther inside a region on a day, by code; counties only where they were loaded.
    pub async fn regions(&self, within: &RegionCode, day: Date) -> Result<Vec<Region>, NetworkError> {
        let known = divisions().iter().filter(|region| within.contains(&region.code) && region.holds_on(day));
        let mut regions: Vec<Region> = known.cloned().collect();
        regions.extend(county::within(&mut *self.database.read().await?, within, day).await?);
        regions.retain(|region| region.code != *within);
        regions.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(regions)
    }
}

/// The organisation as it is on a day, inside an open transaction.
pub async fn organisation(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Option<Organisation>, NetworkError> {
    state::get(connection, id, as_of).await
}

/// From the top of the tree down to the organisation itself; empty when it is not in the tree on that day.
pub async fn path(connection: &mut Connection, id: &OrganisationId, as_of: Date) -> Result<Vec<Node>, NetworkError> {
    tree::path(connection, id, as_of).await
}

/// Like [`path`]; for one that is closed by then, the path of its last day, so that what it left behind has someone
/// who answers for it.
pub async fn last_path(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Vec<Node>, NetworkError> {
    match tree::last_day_in_tree(&mut *connection, id, as_of).await? {
        Some(day) => tree::path(connection, id, day).await,
        None => Ok(Vec::new()),
    }
}

/// The ids of an organisation and of all that stand under it on a day, in no order: quicker than [`descendants`].
pub async fn descendant_ids(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Vec<OrganisationId>, NetworkError> {
    tree::descendant_ids(connection, id, as_of).await
}

/// A number that is another after every change of who stands under whom, past or planned: what was read of the tree on a
/// day holds while it stays.
pub async fn tree_version(connection: &mut Connection) -> Result<i64, NetworkError> {
    tree::changes(connection).await
}

/// A number that is larger after every change of any organisation: what was read of them on a day holds while it stays.
pub async fn changes(connection: &mut Connection) -> Result<i64, NetworkError> {
    state::changes(connection).await
}

/// Everyone who is in the tree on a day, higher levels first, inside an open transaction.
pub async fn everyone(connection: &mut Connection, as_of: Date) -> Result<Vec<Node>, NetworkError> {
    tree::everyone(connection, as_of).await
}

/// The organisation and all that stand under it on a day, nearer ones first; empty when it is not in the tree.
pub async fn descendants(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Vec<Node>, NetworkError> {
    tree::descendants(connection, id, as_of).await
}
