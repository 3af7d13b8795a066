//! Files of evidence: beside a draft event for those who keep it, beside an objection or application for whoever made it.

use accounts::{Actor, Entry, Permission, PersonId, record};
use database::{Connection, Write};
use jiff::Timestamp;
use serde_json::{Value, json};
use uploads::{FileKind, MOST_BYTES, MOST_FILES, Upload, UploadError};

use crate::event::{keep, kept_event, open};
use crate::sql::{events, files, papers};
use crate::{Act, Credit, CreditError, Event, EventId, Paper, PaperId, What};

/// Where contents are kept.
const BLOBS: &str = "credit_blobs";

network::named! {
    /// The name of a file.
    FileId
}

/// What a file shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// That an event happened.
    Event(EventId),
    /// What an objection or application says.
    Paper(PaperId),
}

/// A file of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name for machines.
    pub id: FileId,
    /// What it shows.
    pub of: Shown,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FileKind,
    /// Bytes.
    pub length: i64,
    /// BLAKE3 of its content, in hexadecimal.
    pub hash: String,
    /// When it was added.
    pub at: Timestamp,
    /// Who added it.
    pub person: Option<PersonId>,
}

/// Adds a file: to a draft event whoever keeps it, to a paper that waits whoever made it. `version` is that of the event or
/// paper as its author saw it; `id` is made by the client: sent again, it is one file.
pub async fn attach(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (of, version): (&Shown, i64),
    (id, name, bytes): (&FileId, &str, Vec<u8>),
) -> Result<File, CreditError> {
    let upload = Upload::new(name, bytes, &[], MOST_BYTES)?;
    if let Some(found) = files::get(write, id).await? {
        let same = found.of == *of && found.hash == upload.hash() && found.person.as_ref() == actor.id();
        return if same { Ok(found) } else { Err(CreditError::KeyTaken) };
    }
    let file = File {
        id: id.clone(),
        of: of.clone(),
        hash: upload.hash(),
        length: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
        name: upload.name,
        kind: upload.kind,
        at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
        person: actor.id().cloned(),
    };
    let detail = json!({ "file": file.id, "name": file.name, "hash": file.hash });
    next(write, now, actor, (of, version), (Act::Attach, detail)).await?;
    let count = files::of(write, of).await?.len() + 1;
    if count > MOST_FILES {
        return Err(UploadError::TooMany { count, most: MOST_FILES }.into());
    }
    database::keep_content(write, BLOBS, &file.hash, &upload.bytes).await?;
    if files::add(write, &file).await? { Ok(file) } else { Err(CreditError::KeyTaken) }
}

/// Takes a file out, as it was added; it stays on record and is given to nobody any more. `version` is that of the event or
/// paper.
pub async fn detach(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (id, version): (&FileId, i64),
) -> Result<(), CreditError> {
    let found = files::get(write, id).await?.ok_or_else(|| CreditError::not_found(What::File, id))?;
    let detail = json!({ "file": found.id, "name": found.name });
    next(write, now, actor, (&found.of, version), (Act::Detach, detail)).await?;
    files::withdraw(write, id).await
}

/// Stores the next version of what a file shows, so that nobody announces or decides what they have not seen.
async fn next(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (of, version): (&Shown, i64),
    (act, detail): (Act, Value),
) -> Result<(), CreditError> {
    match of {
        Shown::Event(id) => {
            let before = kept_event(write, actor, id).await?;
            let state = open(&before, version, act)?;
            let after = Event { version: version + 1, state, ..before };
            keep(write, now, actor, &after, (act, ""), detail).await.map(drop)
        }
        Shown::Paper(id) => {
            actor.require(Permission::OwnAccount)?;
            let before = papers::get(write, id).await?.filter(|paper| paper.is_of(actor));
            let before = before.ok_or_else(|| CreditError::not_found(What::Paper, id))?;
            if before.version != version || before.outcome.is_some() {
                return Err(CreditError::Stale { version: before.version });
            }
            let after = Paper { version: version + 1, ..before };
            if !papers::update(write, &after).await? {
                return Err(CreditError::Stale { version: after.version });
            }
            let (action, object) = (format!("credit-paper.{act}"), ("credit-paper", id.as_str()));
            let entry = Entry::new(&action, object, Some(&after.keeper), None, detail);
            Ok(record(write, now, actor, &entry).await?)
        }
    }
}

impl Credit {
    /// The files of an event, for its keepers; of a paper, for them and whoever made it. Others are shown none.
    pub async fn files_of(&self, actor: &Actor, of: &Shown) -> Result<Vec<File>, CreditError> {
        let mut read = self.database().read().await?;
        if sees(&mut read, actor, of).await? { files::of(&mut read, of).await } else { Ok(Vec::new()) }
    }

    /// A file with its content, for those who see it.
    pub async fn file(&self, actor: &Actor, id: &FileId) -> Result<(File, Vec<u8>), CreditError> {
        let missing = || CreditError::not_found(What::File, id);
        let mut read = self.database().read().await?;
        let file = files::get(&mut read, id).await?.ok_or_else(missing)?;
        if !sees(&mut read, actor, &file.of).await? {
            return Err(missing());
        }
        let bytes = database::content(&mut read, BLOBS, &file.hash).await?;
        Ok((file, bytes))
    }
}

async fn sees(connection: &mut Connection, actor: &Actor, of: &Shown) -> Result<bool, CreditError> {
    Ok(match of {
        Shown::Event(id) => {
            let event = events::get(connection, id).await?;
            event.is_some_and(|event| actor.may_at(Permission::KeepCredit, &event.keeper))
        }
        Shown::Paper(id) => papers::get(connection, id).await?.is_some_and(|paper| paper.is_seen_by(actor)),
    })
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
