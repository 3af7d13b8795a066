//! What a batch means beside what is stored: verdicts, which parts move, which rights must be folded anew.
//! Reads only; the same reading serves before the lock is taken and, if another writer was quicker, under it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use database::Connection;

use crate::group::{Links, Naming};
use crate::prepare::{Prepared, Version, compare};
use crate::sql::parts::{PartBody, Stored};
use crate::sql::rights::StoredRight;
use crate::{RegisterError, Verdict, sql};

/// The reading of a batch.
#[derive(Default)]
pub(crate) struct Survey {
    /// State of the register that was read.
    pub(crate) revision: i64,
    /// One for each part of the batch.
    pub(crate) verdicts: Vec<Verdict>,
    /// Parts to be stored.
    pub(crate) fresh: Vec<Fresh>,
    /// Stored parts to be moved: right, keys.
    pub(crate) moves: BTreeMap<String, Vec<String>>,
    /// Rights to be folded anew, by id.
    pub(crate) touched: BTreeMap<String, Touched>,
}

/// A part of the batch that holds against what is stored.
pub(crate) struct Fresh {
    /// Its place in the batch.
    pub(crate) index: usize,
    /// The right it belongs to.
    pub(crate) right: String,
    /// Publications that the part it replaces named and it does not.
    pub(crate) unnamed: Vec<String>,
}

/// A right to be folded anew.
#[derive(Default)]
pub(crate) struct Touched {
    /// As it is stored now.
    pub(crate) stored: Option<StoredRight>,
    /// Its live parts that stay or come in from another right.
    pub(crate) bodies: Vec<PartBody>,
    /// Its parts in the batch, by place.
    pub(crate) fresh: Vec<usize>,
}

/// Reads what the batch touches.
pub(crate) async fn survey(connection: &mut Connection, batch: &[Prepared]) -> Result<Survey, RegisterError> {
    let mut survey = Survey { revision: sql::feed::head(connection).await?.revision, ..Survey::default() };
    let keys: BTreeSet<&str> = batch.iter().map(Prepared::key).collect();
    let stored = by_key(sql::parts::stored(connection, keys).await?);
    let winners = judge(batch, &stored, &mut survey.verdicts);
    if winners.is_empty() {
        return Ok(survey);
    }

    let grouping = Grouping::read(connection, batch, &winners, &stored).await?;
    for (key, &index) in &winners {
        let part = &batch[index];
        let right = grouping.links.group(part.application.as_deref(), &part.publications);
        survey.touched.entry(right.clone()).or_default().fresh.push(index);
        let mut unnamed = Vec::new();
        if let Some(old) = stored.get(*key) {
            survey.touched.entry(old.right.clone()).or_default();
            unnamed = old.publications.iter().filter(|p| !part.publications.contains(p)).cloned().collect();
        }
        survey.fresh.push(Fresh { index, right, unnamed });
    }
    // In the order of the batch: parts of one file lie together in the database as well.
    survey.fresh.sort_unstable_by_key(|fresh| fresh.index);
    let mut moved = HashMap::new();
    for waiting in grouping.waiting {
        let right = grouping.links.group(None, &waiting.publications);
        if right != waiting.right {
            survey.touched.entry(waiting.right).or_default();
            survey.touched.entry(right.clone()).or_default();
            survey.moves.entry(right.clone()).or_default().push(waiting.key.clone());
            moved.insert(waiting.key, right);
        }
    }
    // Withdrawals that name no right and never had a part to take back make none.
    survey.touched.remove("");
    read_touched(connection, &mut survey.touched, &winners, &moved).await?;
    Ok(survey)
}

/// Gives each part its verdict, in the order of the batch, and answers which part holds for each key that changes.
fn judge<'b>(
    batch: &'b [Prepared],
    stored: &HashMap<String, Stored>,
    verdicts: &mut Vec<Verdict>,
) -> BTreeMap<&'b str, usize> {
    let mut winners: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, part) in batch.iter().enumerate() {
        if !part.names_something() {
            verdicts.push(Verdict::Refused);
            continue;
        }
        let in_batch = winners.get(part.key()).map(|&winner| &batch[winner].version);
        let present: Option<&Version> = in_batch.or_else(|| stored.get(part.key()).map(|stored| &stored.version));
        let verdict = compare(&part.version, present);
        if matches!(verdict, Verdict::New | Verdict::Changed | Verdict::Withdrawn) {
            winners.insert(part.key(), index);
        }
        verdicts.push(verdict);
    }
    winners
}

/// Links between publications and applications as they will be, and the waiting parts they may move.
struct Grouping {
    links: Links,
    waiting: Vec<Stored>,
}

impl Grouping {
    async fn read(
        connection: &mut Connection,
        batch: &[Prepared],
        winners: &BTreeMap<&str, usize>,
        stored: &HashMap<String, Stored>,
    ) -> Result<Self, RegisterError> {
        // Publications named by the parts that come or by those they replace: only their links can change.
        let mut publications: BTreeSet<&str> = BTreeSet::new();
        for (key, &index) in winners {
            publications.extend(batch[index].publications.iter().map(String::as_str));
            publications.extend(stored.get(*key).into_iter().flat_map(|old| &old.publications).map(String::as_str));
        }
        let namings = sql::parts::namings(connection, publications.iter().copied()).await?;
        let waiting = waiting_parts(connection, &namings, winners).await?;
        // Those parts may name further publications, whose links decide where they go.
        let further: BTreeSet<&str> = waiting
            .iter()
            .flat_map(|part| part.publications.iter().map(String::as_str))
            .filter(|publication| !publications.contains(publication))
            .collect();
        let further = sql::parts::namings(connection, further).await?;

        let stays = |naming: &Naming| !winners.contains_key(naming.part.as_str());
        let mut links: Links = namings.into_iter().chain(further).filter(stays).collect();
        for &index in winners.values() {
            let part = &batch[index];
            for publication in &part.publications {
                links.add(publication, part.application.as_deref(), part.version.withdrawn);
            }
        }
        Ok(Self { links, waiting })
    }
}

/// The stored parts, not replaced by the batch, that name one of these publications and no application.
async fn waiting_parts(
    connection: &mut Connection,
    namings: &[Naming],
    winners: &BTreeMap<&str, usize>,
) -> Result<Vec<Stored>, RegisterError> {
    let keys: BTreeSet<&str> = namings
        .iter()
        .filter(|naming| naming.application.is_none() && !winners.contains_key(naming.part.as_str()))
        .map(|naming| naming.part.as_str())
        .collect();
    Ok(sql::parts::stored(connection, keys).await?)
}

async fn read_touched(
    connection: &mut Connection,
    touched: &mut BTreeMap<String, Touched>,
    winners: &BTreeMap<&str, usize>,
    moved: &HashMap<String, String>,
) -> Result<(), RegisterError> {
    let ids: Vec<String> = touched.keys().cloned().collect();
    for right in sql::rights::stored(connection, ids.iter().map(String::as_str)).await? {
        if let Some(entry) = touched.get_mut(&right.id) {
            entry.stored = Some(right);
        }
    }
    // A part that moves lies under a right that is touched too, so this reads every body there is need of.
    let mut seen = HashSet::new();
    for body in sql::parts::bodies_of_rights(connection, ids.iter().map(String::as_str)).await? {
        if winners.contains_key(body.key.as_str()) || !seen.insert(body.key.clone()) {
            continue;
        }
        let right = moved.get(&body.key).unwrap_or(&body.right);
        if let Some(entry) = touched.get_mut(right) {
            entry.bodies.push(body);
        }
    }
    Ok(())
}

fn by_key(parts: Vec<Stored>) -> HashMap<String, Stored> {
    parts.into_iter().map(|part| (part.key.clone(), part)).collect()
}
