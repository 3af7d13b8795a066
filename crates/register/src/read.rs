//! Rights and parts read back.

use std::collections::{BTreeSet, HashMap};

use database::Connection;
use records::{Date, Part, Right, RightId, SourceRef};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Register, RegisterError, codec, sql};

/// A part and where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredPart {
    /// The part; a withdrawn one is a tombstone that keeps late older deliveries away.
    pub part: Part,
    /// File, place and time of its (first) loading.
    pub source: SourceRef,
}

impl Register {
    /// The right with this id, or the one that answers for a waiting id since its publication was linked.
    pub async fn right(&self, id: &RightId) -> Result<Option<Right>, RegisterError> {
        Ok(self.rights(std::slice::from_ref(id)).await?.pop().flatten())
    }

    /// The rights with these ids, each in its place; `None` where there is none. Aliases are followed.
    pub async fn rights(&self, ids: &[RightId]) -> Result<Vec<Option<Right>>, RegisterError> {
        let mut read = self.database.read().await?;
        let mut found = read_rights(&mut read, ids).await?;
        let mut aliases: HashMap<&RightId, RightId> = HashMap::new();
        for id in ids.iter().filter(|id| id.is_waiting()) {
            if !found.contains_key(id) && !aliases.contains_key(id) {
                let answering = sql::parts::alias(&mut read, id.as_str()).await?;
                aliases.extend(answering.map(|answering| (id, RightId::from(answering))));
            }
        }
        let further: Vec<RightId> = aliases.values().filter(|id| !found.contains_key(id)).cloned().collect();
        found.extend(read_rights(&mut read, &further).await?);
        Ok(ids.iter().map(|id| found.get(aliases.get(id).unwrap_or(id)).cloned()).collect())
    }

    /// Rights in a shape of the caller's that has some of the fields of [`Right`], each in its place; `None` where there is
    /// none. Sources are not read, and fields that the shape lacks are passed over: quick for lists. Aliases are followed.
    pub async fn rights_as<T: DeserializeOwned>(&self, ids: &[RightId]) -> Result<Vec<Option<T>>, RegisterError> {
        let mut read = self.database.read().await?;
        let mut standing: Vec<RightId> = ids.to_vec();
        for id in standing.iter_mut().filter(|id| id.is_waiting()) {
            if let Some(answering) = resolve(&mut read, id).await? {
                *id = answering;
            }
        }
        let asked: BTreeSet<&str> = standing.iter().map(RightId::as_str).collect();
        let bodies: HashMap<String, Vec<u8>> = sql::rights::bodies(&mut read, asked).await?.into_iter().collect();
        let one = |id: &RightId| {
            let body = bodies.get(id.as_str());
            body.map(|body| codec::read(&format!("right {id}"), body)).transpose()
        };
        standing.iter().map(one).collect()
    }

    /// For each look-up key the ids of the rights that have it, in order of id; keys that no right has are left out.
    pub async fn find_each(&self, keys: &[String]) -> Result<HashMap<String, Vec<RightId>>, RegisterError> {
        let mut read = self.database.read().await?;
        let asked: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
        let mut found: HashMap<String, Vec<RightId>> = HashMap::new();
        for (key, right) in sql::rights::find(&mut read, asked).await? {
            found.entry(key).or_default().push(RightId::from(right));
        }
        Ok(found)
    }

    /// Those of the ids that are known, each with the id under which its right stands now.
    pub async fn standing(&self, ids: &[RightId]) -> Result<HashMap<RightId, RightId>, RegisterError> {
        let mut read = self.database.read().await?;
        let asked: BTreeSet<&str> = ids.iter().map(RightId::as_str).collect();
        let stored = sql::rights::existing(&mut read, asked).await?.into_iter();
        let mut standing: HashMap<RightId, RightId> =
            stored.map(|id| (RightId::from(id.clone()), RightId::from(id))).collect();
        for id in ids.iter().filter(|id| id.is_waiting()) {
            if !standing.contains_key(id)
                && let Some(answering) = sql::parts::alias(&mut read, id.as_str()).await?
            {
                standing.insert(id.clone(), RightId::from(answering));
            }
        }
        Ok(standing)
    }

    /// The id under which a right stands now: the same, or that of the right which answers for a waiting id.
    pub async fn resolve(&self, id: &RightId) -> Result<Option<RightId>, RegisterError> {
        let mut read = self.database.read().await?;
        resolve(&mut read, id).await
    }

    /// Ids of the rights that have one of these look-up keys, in the order of the keys, none twice.
    pub async fn find(&self, keys: &[String]) -> Result<Vec<RightId>, RegisterError> {
        let mut read = self.database.read().await?;
        let asked: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
        let found = sql::rights::find(&mut read, asked).await?;
        let mut ids: Vec<RightId> = Vec::new();
        for key in keys {
            for (_, right) in found.iter().filter(|(of, _)| of == key) {
                let right = RightId::from(right.clone());
                if !ids.contains(&right) {
                    ids.push(right);
                }
            }
        }
        Ok(ids)
    }

    /// The parts of a right, tombstones too, in order of key; aliases are followed.
    pub async fn parts(&self, id: &RightId) -> Result<Vec<StoredPart>, RegisterError> {
        let mut read = self.database.read().await?;
        let Some(id) = resolve(&mut read, id).await? else { return Ok(Vec::new()) };
        let parts = sql::parts::of_right(&mut read, id.as_str()).await?;
        let part = |(body, source): (Vec<u8>, SourceRef)| {
            Ok(StoredPart { part: codec::read(&format!("a part of {id}"), &body)?, source })
        };
        parts.into_iter().map(part).collect()
    }

    /// Ids after `after` (`None` = from the start) in order of id, at most `limit`: for exports and reindexing.
    pub async fn ids(&self, after: Option<&RightId>, limit: u32) -> Result<Vec<RightId>, RegisterError> {
        let mut read = self.database.read().await?;
        let ids = sql::rights::ids(&mut read, after.map_or("", RightId::as_str), limit.into()).await?;
        Ok(ids.into_iter().map(RightId::from).collect())
    }

    /// Rights stored as in force whose stated last day of protection lies between the two days, both included:
    /// those whose status changes with the calendar, see [`Right::status_on`].
    pub async fn expiring(&self, from: Date, to: Date) -> Result<Vec<RightId>, RegisterError> {
        let mut read = self.database.read().await?;
        let ids = sql::rights::expiring(&mut read, &from.to_string(), &to.to_string()).await?;
        Ok(ids.into_iter().map(RightId::from).collect())
    }
}

/// A right that stands under this id, else the one that answers for it.
async fn resolve(connection: &mut Connection, id: &RightId) -> Result<Option<RightId>, RegisterError> {
    if !sql::rights::stored(connection, [id.as_str()]).await?.is_empty() {
        return Ok(Some(id.clone()));
    }
    if !id.is_waiting() {
        return Ok(None);
    }
    Ok(sql::parts::alias(connection, id.as_str()).await?.map(RightId::from))
}

/// Rights by id with their sources; aliases are not followed.
pub(crate) async fn read_rights(
    connection: &mut Connection,
    ids: &[RightId],
) -> Result<HashMap<RightId, Right>, RegisterError> {
    let ids: BTreeSet<&str> = ids.iter().map(RightId::as_str).collect();
    let bodies = sql::rights::bodies(connection, ids.iter().copied()).await?;
    let mut sources: HashMap<String, Vec<SourceRef>> = HashMap::new();
    for (right, source) in sql::parts::sources(connection, ids).await? {
        sources.entry(right).or_default().push(source);
    }
    let mut rights = HashMap::with_capacity(bodies.len());
    for (id, body) in bodies {
        let mut right: Right = codec::read(&format!("right {id}"), &body)?;
        right.sources = sources.remove(&id).unwrap_or_default();
        right.sources.sort_unstable();
        right.sources.dedup();
        rights.insert(RightId::from(id), right);
    }
    Ok(rights)
}
