//! The chains read from their beginning and hashed again.

use std::collections::BTreeMap;

use database::{Connection, Row, query};
use sqlx::Row as _;

use super::{BEGINNING, link};
use crate::AccountsError;
use crate::audit::STRANDS;
use crate::trail::{Break, BrokenAt, Head, Verified};

/// Entries read at once.
const BLOCK: usize = 2000;
/// Places told at most.
const MOST_BROKEN: usize = 1000;

/// An entry as far as its hash needs it.
struct Read {
    number: i64,
    fields: [String; 9],
    hash: String,
}

/// Reads all chains.
pub(crate) async fn verify(connection: &mut Connection, noted: &[Head]) -> Result<Verified, AccountsError> {
    let heads = heads(&mut *connection).await?;
    let mut verified = Verified { entries: 0, heads: heads.values().cloned().collect(), broken: Vec::new() };
    let strands = strands(&mut *connection).await?;
    for strand in (0..STRANDS).chain(strands.into_iter().filter(|strand| !(0..STRANDS).contains(strand))) {
        let noted: BTreeMap<i64, &str> =
            noted.iter().filter(|head| head.strand == strand).map(|head| (head.number, head.hash.as_str())).collect();
        let mut chain = Chain { strand, next: 1, before: BEGINNING.to_owned(), noted, verified: &mut verified };
        loop {
            let rows = block(&mut *connection, strand, chain.next).await?;
            let last = rows.len() < BLOCK;
            for row in rows {
                chain.follow(row);
            }
            if last {
                break;
            }
        }
        chain.end(heads.get(&strand));
    }
    verified.broken.truncate(MOST_BROKEN);
    Ok(verified)
}

/// A chain read up to some entry.
struct Chain<'a> {
    strand: i64,
    next: i64,
    before: String,
    /// What was noted outside, by number.
    noted: BTreeMap<i64, &'a str>,
    verified: &'a mut Verified,
}

impl Chain<'_> {
    fn broken(&mut self, number: i64, what: Break) {
        if self.verified.broken.len() < MOST_BROKEN {
            self.verified.broken.push(BrokenAt { strand: self.strand, number, what });
        }
    }

    /// Goes on to the next entry that is there. Each is hashed with the hash that stands before it, so that one change
    /// is told at one place.
    fn follow(&mut self, row: Read) {
        self.verified.entries += 1;
        let gap = row.number != self.next;
        while self.next < row.number && self.verified.broken.len() < MOST_BROKEN {
            self.broken(self.next, Break::Missing);
            self.next += 1;
        }
        // What stood before a gap is not known: the gap is told, the entry after it is taken as it is.
        let whole = link(&self.before, self.strand, row.number, &row.fields) == row.hash;
        if !gap && !whole {
            self.broken(row.number, Break::Changed);
        }
        if self.noted.remove(&row.number).is_some_and(|hash| hash != row.hash) {
            self.broken(row.number, Break::NotAsNoted);
        }
        self.next = row.number + 1;
        self.before = row.hash;
    }

    /// Compares the end with the head that was kept.
    fn end(mut self, head: Option<&Head>) {
        let last = self.next - 1;
        match head {
            None => self.broken(last, Break::Head),
            Some(head) if head.number > last => {
                let missing = last + 1..=head.number.min(last + MOST_BROKEN as i64);
                for number in missing {
                    self.broken(number, Break::Missing);
                }
            }
            Some(head) if head.number < last => {
                let surplus = head.number + 1..=last.min(head.number + MOST_BROKEN as i64);
                for number in surplus {
                    self.broken(number, Break::Surplus);
                }
            }
            Some(head) if head.hash != self.before => self.broken(last, Break::Head),
            Some(_) => {}
        }
        let noted: Vec<i64> = self.noted.keys().copied().filter(|number| *number > 0).collect();
        for number in noted {
            self.broken(number, Break::NotAsNoted);
        }
    }
}

async fn heads(connection: &mut Connection) -> Result<BTreeMap<i64, Head>, AccountsError> {
    let rows = query("SELECT strand, number, hash FROM accounts_audit_heads").fetch_all(connection).await?;
    let head = |row: &Row| {
        let strand = row.try_get(0)?;
        Ok((strand, Head { strand, number: row.try_get(1)?, hash: row.try_get(2)? }))
    };
    rows.iter().map(head).collect()
}

async fn strands(connection: &mut Connection) -> Result<Vec<i64>, AccountsError> {
    let rows = query("SELECT DISTINCT strand FROM accounts_audit ORDER BY strand").fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

async fn block(connection: &mut Connection, strand: i64, from: i64) -> Result<Vec<Read>, AccountsError> {
    let statement = query(
        "SELECT number, at, person, actor, action, kind, object, organisation, reason, detail, hash \
         FROM accounts_audit WHERE strand = $1 AND number >= $2 ORDER BY number LIMIT 2000",
    );
    let rows = statement.bind(strand).bind(from).fetch_all(connection).await?;
    let read = |row: &Row| -> Result<Read, AccountsError> {
        let mut fields: [String; 9] = Default::default();
        for (at, field) in fields.iter_mut().enumerate() {
            *field = row.try_get(at + 1)?;
        }
        Ok(Read { number: row.try_get(0)?, fields, hash: row.try_get(10)? })
    };
    rows.iter().map(read).collect()
}
