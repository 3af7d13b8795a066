//! Taking a snapshot: everything that counts, copied under one hash.

use std::collections::BTreeMap;

use accounts::Actor;
use database::{Connection, Write};
use jiff::Timestamp;
use network::OrganisationId;

use crate::open::scheme_of;
use crate::sql::units::values;
use crate::sql::{calls, files, snapshots, some, units};
use crate::told::kept;
use crate::{Assessment, AssessmentError, Datum, Mark, Origin, Scheme, Snapshot, Taken, UnitData, score};

/// Gathers what there is now: copied and entered values with the hashes of their files, marks of reviewers who are free.
pub(crate) async fn gather_data(
    connection: &mut Connection,
    assessment: &Assessment,
) -> Result<Snapshot, AssessmentError> {
    let id = &assessment.id;
    let scheme = scheme_of(connection, assessment).await?;
    let mut data: BTreeMap<OrganisationId, UnitData> = BTreeMap::new();
    let mut submitted: BTreeMap<OrganisationId, bool> = BTreeMap::new();
    for unit in units::of(connection, id).await? {
        submitted.insert(unit.id.clone(), unit.submitted_at.is_some());
        data.insert(unit.id, UnitData { name: unit.name, ..UnitData::default() });
    }
    let mut hashes: BTreeMap<(OrganisationId, String), Vec<String>> = BTreeMap::new();
    for (unit, item, hash) in files::hashes(connection, id).await? {
        hashes.entry((unit, item)).or_default().push(hash);
    }
    for (unit, values) in values(connection, id).await? {
        let Some(of) = data.get_mut(&unit) else { continue };
        for value in values {
            // What was entered and never handed in does not count.
            if value.origin == Origin::Entered && submitted.get(&unit) != Some(&true) {
                continue;
            }
            let evidence = hashes.remove(&(unit.clone(), value.item.clone())).unwrap_or_default();
            let datum = Datum {
                value: value.value,
                before: value.before,
                origin: value.origin,
                note: value.note,
                at: value.at,
                evidence,
            };
            of.values.insert(value.item, datum);
        }
    }
    marks(connection, assessment, &scheme, &mut data).await?;
    Ok(Snapshot { year: assessment.year, units: data })
}

async fn marks(
    connection: &mut Connection,
    assessment: &Assessment,
    scheme: &Scheme,
    data: &mut BTreeMap<OrganisationId, UnitData>,
) -> Result<(), AssessmentError> {
    let all = calls::of(connection, &assessment.id).await?;
    let by: BTreeMap<_, _> = all.iter().map(|call| ((&call.person, &call.unit), call)).collect();
    for mark in calls::marks(connection, &assessment.id).await? {
        let Some(call) = by.get(&(&mark.person, &mark.unit)).filter(|call| call.is_for(&mark.item)) else { continue };
        if !scheme.item(&mark.item).is_some_and(crate::Item::is_reviewed) {
            continue;
        }
        if let Some(of) = data.get_mut(&mark.unit) {
            let mark_of = Mark { reviewer: call.number, score: mark.score, words: mark.words };
            of.marks.entry(mark.item).or_default().push(mark_of);
        }
    }
    for marks in data.values_mut().flat_map(|unit| unit.marks.values_mut()) {
        marks.sort_by_key(|mark| mark.reviewer);
    }
    Ok(())
}

/// Keeps a snapshot under a number. What is kept is read back first, so that what is scored now is what is scored later.
pub(crate) async fn keep(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    assessment: &Assessment,
    (number, why, snapshot): (i64, &str, &Snapshot),
) -> Result<Taken, AssessmentError> {
    let body = snapshot.to_json();
    let again: Snapshot =
        serde_json::from_str(&body).map_err(|error| crate::sql::unreadable(assessment.id.as_str(), error))?;
    let scheme = scheme_of(write, assessment).await?;
    let taken = Taken {
        number,
        at: kept(now),
        why: why.to_owned(),
        hash: again.hash(),
        scores_hash: score(&scheme, &again).hash(),
    };
    snapshots::insert(write, &assessment.id, &taken, body, some(actor.id())).await?;
    Ok(taken)
}
