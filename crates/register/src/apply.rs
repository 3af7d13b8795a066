//! A batch goes in.
//!
//! Computing comes before locking: the batch is prepared, compared with what is stored and folded while others may
//! still write. Then the head of the feed is taken hold of. If its revision is the one that was read, the plan
//! stands and is written; if another process was quicker, the batch is read and folded again under the lock, so
//! that the plan always fits what it is written upon.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use database::{Connection, DatabaseError};
use records::event::inpadoc::CodeTable;
use records::{Origin, RightId};

use crate::fold::{Plan, fold};
use crate::prepare::{Prepared, prepare, storable};
use crate::sql::quarantine::QuarantineRow;
use crate::survey::{Survey, survey};
use crate::{Batch, Checkpoint, Counts, LoadState, Outcome, Refusal, Register, RegisterError, Verdict, codec, sql};

/// Code of the rule that a part must name a right.
const NO_SUBJECT: &str = "no-subject";

impl Register {
    /// Stores a batch: all of it or, on any error, nothing. When this returns it survives a power cut.
    pub async fn apply(&self, batch: Batch) -> Result<Outcome, RegisterError> {
        let Batch { parts, refusals, checkpoints, loaded_at } = batch;
        let (prepared, refusals) = compute(move || {
            let prepared = prepare(parts)?;
            let refusals = refusals.into_iter().map(quarantine_row).chain(
                prepared.iter().filter(|part| !part.names_something()).map(|part| quarantine_row(no_subject(part))),
            );
            let refusals = refusals.collect::<Result<Vec<_>, _>>()?;
            Ok((Arc::new(prepared), refusals))
        })
        .await?;

        let _turn = self.turn.lock().await;
        let mut read = self.database.read().await?;
        let (mut seen, mut plan) = plan(&mut read, &prepared, self.codes()).await?;
        read.close().await?;

        let mut write = self.database.write().await?;
        let head = sql::feed::hold(&mut write).await?;
        if head.revision != seen.revision + 1 {
            (seen, plan) = self::plan(&mut write, &prepared, self.codes()).await?;
        }
        let mut outcome = Outcome { verdicts: std::mem::take(&mut seen.verdicts), ..Outcome::default() };
        for &verdict in &outcome.verdicts {
            outcome.counts.add(verdict);
        }
        outcome.counts.quarantined +=
            refusals.len() as u64 - outcome.verdicts.iter().filter(|&&v| v == Verdict::Refused).count() as u64;
        keep_loads(&mut write, &checkpoints, &prepared, &outcome.verdicts, &refusals, &loaded_at).await?;
        keep_quarantine(&mut write, &prepared, &outcome.verdicts, refusals, &loaded_at).await?;
        (outcome.seq, outcome.changed_rights) = store(&mut write, &prepared, &seen, plan, head.seq, &loaded_at).await?;
        write.commit().await?;
        Ok(outcome)
    }
}

/// Reads and folds: everything before the writing.
async fn plan(
    connection: &mut Connection,
    prepared: &Arc<Vec<Prepared>>,
    codes: Arc<CodeTable>,
) -> Result<(Survey, Plan), RegisterError> {
    let seen = survey(connection, prepared).await?;
    let prepared = Arc::clone(prepared);
    compute(move || {
        let plan = fold(&prepared, &seen, &codes)?;
        Ok((seen, plan))
    })
    .await
}

/// Runs computing work off the threads that serve connections.
pub(crate) async fn compute<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, RegisterError> + Send + 'static,
) -> Result<T, RegisterError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(RegisterError::BrokenOff(error.to_string())),
    }
}

/// Writes parts, rights and feed; answers the last entry of the feed and the rights in its order.
async fn store(
    connection: &mut Connection,
    prepared: &[Prepared],
    seen: &Survey,
    plan: Plan,
    seq: i64,
    at: &str,
) -> Result<(i64, Vec<RightId>), DatabaseError> {
    for (part, publications) in &plan.unnamed {
        sql::parts::unname(connection, part, publications).await?;
    }
    let mut named = Vec::new();
    for part in seen.fresh.iter().map(|fresh| &prepared[fresh.index]) {
        let ordinals = (0..).zip(&part.publications);
        named.extend(ordinals.map(|(ordinal, publication)| (publication.clone(), part.key().to_owned(), ordinal)));
    }
    sql::parts::name(connection, named).await?;
    sql::parts::put(connection, plan.parts, at).await?;
    for (right, keys) in &seen.moves {
        sql::parts::move_to(connection, right, keys).await?;
    }

    let put = plan.rights.iter().map(|right| (right.id.clone(), "put"));
    let entries: Vec<(String, &str)> = put.chain(plan.removed.iter().map(|id| (id.clone(), "remove"))).collect();
    sql::rights::put(connection, plan.rights, seq + 1).await?;
    sql::rights::remove(connection, &plan.removed).await?;
    sql::rights::unnumber(connection, &plan.unnumbered).await?;
    sql::rights::number(connection, plan.numbered).await?;
    if entries.is_empty() {
        return Ok((seq, Vec::new()));
    }
    let last = sql::feed::append(connection, seq, &entries, at).await?;
    Ok((last, entries.into_iter().map(|(id, _)| RightId::from(id)).collect()))
}

/// Adds refusals, and takes away what lay in quarantine from places that load well now.
async fn keep_quarantine(
    connection: &mut Connection,
    prepared: &[Prepared],
    verdicts: &[Verdict],
    refusals: Vec<QuarantineRow>,
    at: &str,
) -> Result<(), DatabaseError> {
    if !sql::quarantine::is_empty(connection).await? {
        let well = prepared.iter().zip(verdicts).filter(|(_, verdict)| **verdict != Verdict::Refused);
        let well: HashSet<(&str, u64)> =
            well.map(|(part, _)| (part.origin.file.as_str(), part.origin.position)).collect();
        let again: HashSet<(&str, u64, &str)> =
            refusals.iter().map(|row| (row.file.as_str(), row.position, row.code.as_str())).collect();
        let files: BTreeSet<&str> = well.iter().map(|(file, _)| *file).collect();
        let first = well.iter().map(|(_, position)| *position).min().unwrap_or(0);
        let last = well.iter().map(|(_, position)| *position).max().unwrap_or(0);
        let lying = sql::quarantine::between(connection, files, (first, last)).await?;
        let healed = lying.iter().filter(|(_, file, position, code)| {
            well.contains(&(file.as_str(), *position)) && !again.contains(&(file.as_str(), *position, code.as_str()))
        });
        let healed: Vec<i64> = healed.map(|(id, ..)| *id).collect();
        sql::quarantine::remove(connection, &healed).await?;
    }
    sql::quarantine::add(connection, refusals, at).await?;
    Ok(())
}

/// Stores how far each file has been read and adds the verdicts on its parts to its counts.
async fn keep_loads(
    connection: &mut Connection,
    checkpoints: &[Checkpoint],
    prepared: &[Prepared],
    verdicts: &[Verdict],
    refusals: &[QuarantineRow],
    at: &str,
) -> Result<(), DatabaseError> {
    // Of checkpoints given twice the last holds.
    let by_file: BTreeMap<&str, &Checkpoint> = checkpoints.iter().map(|c| (c.file.as_str(), c)).collect();
    let mut counts: HashMap<&str, Counts> = HashMap::new();
    for load in sql::loads::of_files(connection, by_file.keys().copied()).await? {
        if let Some((&file, checkpoint)) = by_file.get_key_value(load.checkpoint.file.as_str())
            && load.checkpoint.fingerprint == checkpoint.fingerprint
            && load.checkpoint.state == LoadState::Running
        {
            counts.insert(file, load.counts);
        }
    }
    let stored = prepared.iter().zip(verdicts).filter(|(_, verdict)| **verdict != Verdict::Refused);
    for (part, &verdict) in stored {
        for file in enclosing(&part.origin.file).filter(|file| by_file.contains_key(file)) {
            counts.entry(file).or_default().add(verdict);
        }
    }
    for row in refusals {
        for file in enclosing(&row.file).filter(|file| by_file.contains_key(file)) {
            counts.entry(file).or_default().quarantined += 1;
        }
    }
    let rows = by_file.into_iter().map(|(file, checkpoint)| (checkpoint, counts.remove(file).unwrap_or_default()));
    sql::loads::put(connection, rows.collect(), at).await
}

/// A file inside archives, then each archive around it.
fn enclosing(file: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(file), |file| file.rfind("!/").map(|end| &file[..end]))
}

fn no_subject(part: &Prepared) -> Refusal {
    Refusal {
        origin: Origin { file: part.origin.file.clone(), position: part.origin.position },
        format: part.key().split(':').next().unwrap_or_default().to_owned(),
        code: NO_SUBJECT.to_owned(),
        message: format!("part {} names neither an application nor a publication", part.key()),
        raw: part.json.clone(),
    }
}

fn quarantine_row(refusal: Refusal) -> Result<QuarantineRow, RegisterError> {
    Ok(QuarantineRow {
        file: storable(refusal.origin.file),
        position: refusal.origin.position,
        code: storable(refusal.code),
        format: storable(refusal.format),
        message: storable(refusal.message),
        record_digest: blake3::hash(&refusal.raw).as_bytes().to_vec(),
        raw_len: refusal.raw.len() as u64,
        raw: codec::pack(&refusal.raw)?,
    })
}
