//! The change feed: what readers of the register follow, each with its own cursor.

use std::collections::HashMap;

use records::{Right, RightId};
use serde::{Deserialize, Serialize};

use crate::{Register, RegisterError, sql};

/// What happened to a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is new or its content changed.
    Put,
    /// It is no more: its parts were withdrawn or joined another right.
    Remove,
}

/// An entry of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Number of the entry. Numbers rise by one in the order in which the entries become visible.
    pub seq: i64,
    /// The right.
    pub right: RightId,
    /// What happened.
    pub change: ChangeKind,
    /// Time of loading, RFC 3339 in UTC.
    pub at: String,
}

impl Register {
    /// Number of the last entry; 0 in an empty register.
    pub async fn last_seq(&self) -> Result<i64, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::feed::head(&mut read).await?.seq)
    }

    /// Entries after `after` (0 = from the start), at most `limit`.
    pub async fn feed(&self, after: i64, limit: u32) -> Result<Vec<Change>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(changes(sql::feed::after(&mut read, after, limit.into()).await?))
    }

    /// Entries after `after` with the rights as they are now; `None` where the right is no more. A right that
    /// changed again later comes in its latest state each time, so following the feed ends in the same place.
    pub async fn changes_with_rights(
        &self,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(Change, Option<Right>)>, RegisterError> {
        let mut read = self.database.read().await?;
        let changes = changes(sql::feed::after(&mut read, after, limit.into()).await?);
        let ids: Vec<RightId> = changes.iter().map(|change| change.right.clone()).collect();
        let rights: HashMap<RightId, Right> = crate::read::read_rights(&mut read, &ids).await?;
        Ok(changes
            .into_iter()
            .map(|change| {
                let right = rights.get(&change.right).cloned();
                (change, right)
            })
            .collect())
    }
}

fn changes(rows: Vec<(i64, String, String, String)>) -> Vec<Change> {
    let change = |(seq, right, change, at): (i64, String, String, String)| Change {
        seq,
        right: RightId::from(right),
        change: if change == "remove" { ChangeKind::Remove } else { ChangeKind::Put },
        at,
    };
    rows.into_iter().map(change).collect()
}
