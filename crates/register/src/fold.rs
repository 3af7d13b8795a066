//! Rights folded anew and bodies packed: the computing between reading and writing, on all cores.

use std::borrow::Cow;

use rayon::prelude::*;
use records::event::inpadoc::CodeTable;
use records::{Part, Right, RightId, number_keys};

use crate::prepare::Prepared;
use crate::sql::parts::PartRow;
use crate::sql::rights::RightRow;
use crate::survey::{Survey, Touched};
use crate::{RegisterError, codec};

/// What is to be written.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) parts: Vec<PartRow>,
    /// Namings that end: part, publications.
    pub(crate) unnamed: Vec<(String, Vec<String>)>,
    pub(crate) rights: Vec<RightRow>,
    pub(crate) removed: Vec<String>,
    /// Look-up keys that come and go: key, right.
    pub(crate) numbered: Vec<(String, String)>,
    pub(crate) unnumbered: Vec<(String, String)>,
}

/// Folds what the survey found touched.
pub(crate) fn fold(batch: &[Prepared], survey: &Survey, codes: &CodeTable) -> Result<Plan, RegisterError> {
    let (parts, folded) = rayon::join(
        || survey.fresh.par_iter().map(|fresh| part_row(&batch[fresh.index], &fresh.right)).collect(),
        || {
            let touched: Vec<(&String, &Touched)> = survey.touched.iter().collect();
            let folded = touched.into_par_iter().map(|(id, touched)| fold_one(batch, id, touched, codes));
            folded.collect::<Result<Vec<Folded>, RegisterError>>()
        },
    );
    let parts: Result<Vec<PartRow>, RegisterError> = parts;
    let unnamed = survey.fresh.iter().filter(|fresh| !fresh.unnamed.is_empty());
    let unnamed = unnamed.map(|fresh| (batch[fresh.index].key().to_owned(), fresh.unnamed.clone())).collect();
    let mut plan = Plan { parts: parts?, unnamed, ..Plan::default() };
    for ((id, touched), folded) in survey.touched.iter().zip(folded?) {
        let known = touched.stored.as_ref().map_or(&[][..], |stored| &stored.numbers);
        let keys = match &folded {
            Folded::Same => continue,
            Folded::Put(row) => &row.numbers[..],
            Folded::Gone => &[],
        };
        let of_right = |key: &String| (key.clone(), id.clone());
        plan.numbered.extend(keys.iter().filter(|key| !known.contains(key)).map(of_right));
        plan.unnumbered.extend(known.iter().filter(|key| !keys.contains(key)).map(of_right));
        match folded {
            Folded::Put(row) => plan.rights.push(*row),
            _ => plan.removed.push(id.clone()),
        }
    }
    Ok(plan)
}

enum Folded {
    /// The right is as it is stored.
    Same,
    /// It is new or changed.
    Put(Box<RightRow>),
    /// No part makes it any more.
    Gone,
}

fn part_row(part: &Prepared, right: &str) -> Result<PartRow, RegisterError> {
    Ok(PartRow {
        key: part.key().to_owned(),
        right: right.to_owned(),
        application: part.application.clone(),
        publications: part.publications.clone(),
        version: part.version.clone(),
        file: part.origin.file.clone(),
        position: part.origin.position,
        body: codec::pack(&part.json)?,
    })
}

fn fold_one(batch: &[Prepared], id: &str, touched: &Touched, codes: &CodeTable) -> Result<Folded, RegisterError> {
    let live: Vec<&Part> = touched.fresh.iter().map(|&index| &batch[index].part).filter(|p| !p.withdrawn).collect();
    let parts: Cow<'_, [Part]> = match (&live[..], &touched.bodies[..]) {
        // Mostly a right comes with one part: no copy.
        ([part], []) => Cow::Borrowed(std::slice::from_ref(*part)),
        (fresh, bodies) => {
            let stored = bodies.iter().map(|body| codec::read(&format!("part {}", body.key), &body.body));
            Cow::Owned(stored.chain(fresh.iter().map(|&part| Ok(part.clone()))).collect::<Result<_, _>>()?)
        }
    };
    let stored = touched.stored.as_ref();
    let Some(right) = assemble(id, &parts, codes) else {
        return Ok(if stored.is_some() { Folded::Gone } else { Folded::Same });
    };
    let row = right_row(&right)?;
    if stored.is_some_and(|stored| stored.digest == row.digest) {
        return Ok(Folded::Same);
    }
    Ok(Folded::Put(Box::new(row)))
}

/// The row of a right.
pub(crate) fn right_row(right: &Right) -> Result<RightRow, RegisterError> {
    let json = codec::json(right)?;
    Ok(RightRow {
        id: right.id.as_str().to_owned(),
        office: right.office.as_str().to_owned(),
        kind: right.right.code(),
        status: right.status.code(),
        expiry_date: right.ends_on().map(|day| day.to_string()),
        digest: blake3::hash(&json).as_bytes().to_vec(),
        numbers: number_keys(right),
        body: codec::pack(&json)?,
    })
}

/// The right `id` of these parts, without sources: they are no content and stand in the table of parts.
pub(crate) fn assemble(id: &str, parts: &[Part], codes: &CodeTable) -> Option<Right> {
    let mut right = records::assemble_with(parts, codes)?;
    right.sources.clear();
    // The group decides the id: parts that wait alike may name their publications in different orders.
    if right.id.as_str() != id {
        right.id = RightId::from(id.to_owned());
    }
    Some(right)
}
