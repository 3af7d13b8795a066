//! The index catches up with the register's feed.

use index::{Document, Index, IndexError};
use records::{Date, RightId};
use register::{ChangeKind, Register, RegisterError};
use thiserror::Error;

/// Feed entries taken in one step.
const STEP: u32 = 500;

/// Entries after which the index commits, so that a crash loses little work.
const COMMIT: i64 = 50_000;

/// Why the index cannot follow.
#[derive(Debug, Error)]
pub enum FollowError {
    /// The register.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// What following came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Feed entries taken.
    pub entries: u64,
    /// Where the index stands now.
    pub cursor: i64,
}

/// Takes every change after the index's cursor, and every right whose term ended since the index's day, and commits.
/// `today` decides which rights have expired. `progress` is told the number of entries taken after each step.
///
/// Indexing runs on the calling thread, so call this from one that may block.
pub async fn follow(
    register: &Register,
    index: &dyn Index,
    today: Date,
    mut progress: impl FnMut(u64),
) -> Result<Followed, FollowError> {
    let mut follower = Follower::new(register, index, today).await?;
    follower.catch_up(&mut progress).await?;
    follower.finish()
}

/// Follows the feed in steps; what it took is durable after [`Follower::finish`] and every 50,000 entries before.
pub(crate) struct Follower<'f> {
    register: &'f Register,
    index: &'f dyn Index,
    today: Date,
    cursor: i64,
    committed: i64,
    entries: u64,
    /// Something was added that is no feed entry (expired rights, a new day).
    dirty: bool,
}

impl<'f> Follower<'f> {
    /// Starts where the index stands, and adds the rights whose term ended since it was last brought up to date.
    pub(crate) async fn new(register: &'f Register, index: &'f dyn Index, today: Date) -> Result<Self, FollowError> {
        let (cursor, day) = (index.cursor()?, index.day()?);
        let ended = match day {
            Some(day) if day < today => register.expiring(day, today).await?,
            _ => Vec::new(),
        };
        index.add(documents(register, &ended, today).await?)?;
        let dirty = day != Some(today);
        Ok(Self { register, index, today, cursor, committed: cursor, entries: 0, dirty })
    }

    /// Takes every change that is in the feed now.
    pub(crate) async fn catch_up(&mut self, progress: &mut impl FnMut(u64)) -> Result<(), FollowError> {
        loop {
            let changes = self.register.feed(self.cursor, STEP).await?;
            let Some(last) = changes.last() else { return Ok(()) };
            self.cursor = last.seq;
            self.entries += changes.len() as u64;
            let (put, removed): (Vec<_>, Vec<_>) = changes.into_iter().partition(|c| c.change == ChangeKind::Put);
            // Only the present state is read, so the order within a step does not matter: a right that is put and
            // gone by now has its removal later in the feed.
            let mut batch: Vec<_> = removed.into_iter().map(|change| Document::Remove(change.right)).collect();
            let put: Vec<RightId> = put.into_iter().map(|change| change.right).collect();
            batch.extend(documents(self.register, &put, self.today).await?);
            self.index.add(batch)?;
            progress(self.entries);
            if self.cursor - self.committed >= COMMIT {
                self.commit()?;
            }
        }
    }

    fn commit(&mut self) -> Result<(), FollowError> {
        self.index.commit(self.cursor, self.today)?;
        self.committed = self.cursor;
        self.dirty = false;
        Ok(())
    }

    /// Commits what is open.
    pub(crate) fn finish(mut self) -> Result<Followed, FollowError> {
        if self.dirty || self.cursor != self.committed {
            self.commit()?;
        }
        Ok(Followed { entries: self.entries, cursor: self.cursor })
    }
}

/// The rights as they are now, each once.
async fn documents(register: &Register, ids: &[RightId], today: Date) -> Result<Vec<Document>, RegisterError> {
    let mut unique = ids.to_vec();
    unique.sort();
    unique.dedup();
    let rights = register.rights(&unique).await?;
    Ok(rights
        .into_iter()
        .flatten()
        .map(|right| {
            let status = right.status_on(today);
            Document::Put { right: Box::new(right), status }
        })
        .collect())
}
