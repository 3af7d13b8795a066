//! The room itself: where assessments are at rest, and every read.

use std::collections::{BTreeMap, BTreeSet};

use accounts::{Actor, Cover, Permission};
use database::{Connection, Database, Migration, Read};
use network::OrganisationId;

use crate::access::hidden;
use crate::open::scheme_of;
use crate::scheme_acts::may_keep;
use crate::sql::{assessments, calls, files, objections, schemes, snapshots, units};
use crate::{
    Access, Assessment, AssessmentError, AssessmentId, Call, File, FileId, GivenMark, Objection, ObjectionId, Points,
    Reviewed, Scheme, SchemeState, SchemeVersion, Scores, Snapshot, State, Taken, Unit, Value, What, review, score,
};

const MIGRATIONS: [Migration; 1] =
    [Migration::new(1, "schemes, assessments, snapshots", include_str!("../migrations/0001_assessment.sql"))];

/// Assessments and all that belongs to them. Clones share the database.
#[derive(Clone, Debug)]
pub struct Assessments {
    database: Database,
}

/// An assessment in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub assessment: Assessment,
    /// What the asker may see and do of it.
    pub access: Access,
    /// How many units it has.
    pub units: usize,
}

/// How far a unit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which.
    pub unit: Unit,
    /// Items that the unit enters and has entered, and how many there are.
    pub entered: (usize, usize),
    /// Indicators that are there, and how many there are.
    pub copied: (usize, usize),
    /// Marks that are there, and how many are expected of the reviewers called.
    pub marks: (usize, usize),
}

/// A unit with all that it said.
#[derive(Clone, Debug)]
pub struct UnitFound {
    /// Of which assessment.
    pub assessment: Assessment,
    /// What the asker may see and do of it.
    pub access: Access,
    /// The scheme.
    pub scheme: Scheme,
    /// The unit.
    pub unit: Unit,
    /// Its values as they stand.
    pub values: Vec<Value>,
    /// Its files, those taken back among them.
    pub files: Vec<File>,
}

/// A result: as much of it as the asker may see.
#[derive(Clone, Debug)]
pub struct Found {
    /// The scheme.
    pub scheme: Scheme,
    /// The snapshot that was scored.
    pub taken: Taken,
    /// Its data, of the units whose arithmetic the asker sees.
    pub snapshot: Snapshot,
    /// The scores; without lines for units whose arithmetic the asker does not see.
    pub scores: Scores,
    /// Whether scoring again gave what was kept.
    pub reproduced: bool,
}

/// Several years of a scheme beside each other.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The scheme of the last year.
    pub scheme: Scheme,
    /// The years, oldest first, with the published assessment of each and what the asker sees of it.
    pub years: Vec<(i16, Option<(Assessment, Access)>)>,
    /// What the review says of each unit, best first.
    pub units: Vec<Reviewed>,
}

impl Assessments {
    /// Opens the room and brings its tables up to date.
    pub async fn open(database: Database) -> Result<Self, AssessmentError> {
        database.migrate("assessment", &MIGRATIONS).await?;
        Ok(Self { database })
    }

    /// Where it is at rest.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The latest version of every scheme: published ones are public, drafts are for their keepers.
    pub async fn schemes(&self, actor: &Actor) -> Result<Vec<SchemeVersion>, AssessmentError> {
        let mut read = self.database.read().await?;
        let mut shown = Vec::new();
        for version in schemes::latest(&mut read).await? {
            if shows(actor, &version) {
                shown.push(version);
            } else {
                let older = schemes::versions(&mut read, &version.scheme.code).await?;
                shown.extend(older.into_iter().find(|older| shows(actor, older)));
            }
        }
        Ok(shown)
    }

    /// The versions of a scheme that the asker may see, newest first; none is an error.
    pub async fn versions(&self, actor: &Actor, code: &str) -> Result<Vec<SchemeVersion>, AssessmentError> {
        let all = schemes::versions(&mut *self.database.read().await?, code).await?;
        let shown: Vec<SchemeVersion> = all.into_iter().filter(|version| shows(actor, version)).collect();
        if shown.is_empty() { Err(AssessmentError::not_found(What::Scheme, code)) } else { Ok(shown) }
    }

    /// Whether the actor keeps schemes of the platform, or of an organisation.
    pub fn may_keep_schemes(&self, actor: &Actor, keeper: Option<&OrganisationId>) -> bool {
        may_keep(actor, keeper)
    }

    /// The assessments that the asker knows of, newest year first.
    pub async fn list(&self, actor: &Actor) -> Result<Vec<Listed>, AssessmentError> {
        let mut read = self.database.read().await?;
        let all = assessments::all(&mut read).await?;
        let units = units::everywhere(&mut read).await?;
        let called: BTreeSet<AssessmentId> = match actor.id() {
            Some(person) => assessments::of_person(&mut read, person.as_str()).await?.into_iter().collect(),
            None => BTreeSet::new(),
        };
        let none = Vec::new();
        let listed = all.into_iter().map(|assessment| {
            let of = units.get(&assessment.id).unwrap_or(&none);
            let access = Access::of(actor, &assessment, of, called.contains(&assessment.id));
            Listed { access, units: of.len(), assessment }
        });
        Ok(listed.filter(|listed| listed.access.sees()).collect())
    }

    /// An assessment that the asker knows of.
    pub async fn assessment(&self, actor: &Actor, id: &AssessmentId) -> Result<(Assessment, Access), AssessmentError> {
        let (found, access, _) = self.seen(&mut *self.database.read().await?, actor, id).await?;
        Ok((found, access))
    }

    async fn seen(
        &self,
        read: &mut Connection,
        actor: &Actor,
        id: &AssessmentId,
    ) -> Result<(Assessment, Access, Vec<Unit>), AssessmentError> {
        let found = assessments::get(read, id).await?.ok_or_else(|| hidden(actor, What::Assessment, id))?;
        let units = units::of(read, id).await?;
        let called = match actor.id() {
            Some(person) => assessments::of_person(read, person.as_str()).await?.contains(id),
            None => false,
        };
        let ids: Vec<OrganisationId> = units.iter().map(|unit| unit.id.clone()).collect();
        let access = Access::of(actor, &found, &ids, called);
        if access.sees() { Ok((found, access, units)) } else { Err(hidden(actor, What::Assessment, id)) }
    }

    /// How far the units are: all of them for the keeper, one's own for others.
    pub async fn progress(&self, actor: &Actor, id: &AssessmentId) -> Result<Vec<Progress>, AssessmentError> {
        let mut read = self.database.read().await?;
        let (assessment, access, units) = self.seen(&mut read, actor, id).await?;
        let scheme = scheme_of(&mut read, &assessment).await?;
        let values = units::values(&mut read, id).await?;
        let calls = calls::of(&mut read, id).await?;
        let marks = calls::marks(&mut read, id).await?;
        let reviewed: Vec<&str> =
            scheme.items().filter(|(_, item)| item.is_reviewed()).map(|(_, item)| item.code.as_str()).collect();
        let is_entered = |code: &str| scheme.item(code).is_some_and(crate::Item::is_entered);
        let entered = scheme.items().filter(|(_, item)| item.is_entered()).count();
        let copied = scheme.items().filter(|(_, item)| !item.is_entered() && !item.is_reviewed()).count();
        let one = |unit: Unit| {
            let of: &[Value] = values.get(&unit.id).map_or(&[], Vec::as_slice);
            let has = of.iter().filter(|value| is_entered(&value.item)).count();
            let expected = |call: &&Call| call.unit == unit.id;
            let expected =
                calls.iter().filter(expected).map(|call| reviewed.iter().filter(|item| call.is_for(item)).count());
            let given = marks.iter().filter(|mark| mark.unit == unit.id).count();
            let (expected, copied) = (expected.sum(), (of.len() - has, copied));
            Progress { entered: (has, entered), copied, marks: (given, expected), unit }
        };
        Ok(units.into_iter().filter(|unit| access.sees_unit(&unit.id)).map(one).collect())
    }

    /// A unit with its values and files: for the keeper, for the unit, and for reviewers called for it.
    pub async fn unit(
        &self,
        actor: &Actor,
        id: &AssessmentId,
        unit: &OrganisationId,
    ) -> Result<UnitFound, AssessmentError> {
        let mut read = self.database.read().await?;
        let (assessment, access, units) = self.seen(&mut read, actor, id).await?;
        let found = units.into_iter().find(|it| it.id == *unit);
        let is_called = own_call(&mut read, actor, id, unit).await?.is_some();
        let found = found.filter(|_| access.sees_unit(unit) || access.sees_score(unit) || is_called);
        let found = found.ok_or_else(|| hidden(actor, What::Unit, unit))?;
        Ok(UnitFound {
            scheme: scheme_of(&mut read, &assessment).await?,
            values: units::values_of(&mut read, id, unit).await?,
            files: files::of(&mut read, id, unit).await?,
            unit: found,
            assessment,
            access,
        })
    }

    /// A file: for those who see its unit's values, and for reviewers called for the unit.
    pub async fn file(&self, actor: &Actor, id: &FileId) -> Result<(File, Vec<u8>), AssessmentError> {
        let mut read = self.database.read().await?;
        let missing = || hidden(actor, What::Evidence, id);
        let (assessment, unit, file) = files::get(&mut read, id).await?.ok_or_else(missing)?;
        let (_, access, _) = self.seen(&mut read, actor, &assessment).await?;
        let is_called = own_call(&mut read, actor, &assessment, &unit).await?.is_some();
        if !access.sees_unit(&unit) && !is_called {
            return Err(missing());
        }
        let content = files::content(&mut read, &file.hash).await?;
        Ok((file, content))
    }

    /// A result: the last snapshot, or an older one for the keeper. The scores are computed from it anew.
    pub async fn result(
        &self,
        actor: &Actor,
        id: &AssessmentId,
        number: Option<i64>,
    ) -> Result<Found, AssessmentError> {
        let mut read = self.database.read().await?;
        let (assessment, access, _) = self.seen(&mut read, actor, id).await?;
        let wanted = number.filter(|_| access.reads_all).unwrap_or(assessment.snapshots);
        let found = snapshots::get(&mut read, id, wanted).await?.filter(|_| assessment.state.has_result());
        let (taken, mut snapshot) = found.ok_or_else(|| hidden(actor, What::Snapshot, wanted))?;
        let scheme = scheme_of(&mut read, &assessment).await?;
        let mut scores = score(&scheme, &snapshot);
        let reproduced = scores.hash() == taken.scores_hash && scores.snapshot == taken.hash;
        if !access.reads_all {
            let sees: BTreeSet<OrganisationId> =
                snapshot.units.keys().filter(|unit| access.sees_score(unit)).cloned().collect();
            if !access.sees_ranking() && sees.is_empty() {
                return Err(hidden(actor, What::Snapshot, wanted));
            }
            snapshot.units.retain(|unit, _| sees.contains(unit));
            withhold(&mut scores, &access, &assessment, &sees);
        }
        Ok(Found { scheme, taken, snapshot, scores, reproduced })
    }

    /// All snapshots that were taken, for the keeper.
    pub async fn snapshots(&self, actor: &Actor, id: &AssessmentId) -> Result<Vec<Taken>, AssessmentError> {
        let mut read = self.database.read().await?;
        self.whole(&mut read, actor, id).await?;
        snapshots::of(&mut read, id).await
    }

    async fn whole(
        &self,
        read: &mut Read,
        actor: &Actor,
        id: &AssessmentId,
    ) -> Result<(Assessment, Access), AssessmentError> {
        let (assessment, access, _) = self.seen(read, actor, id).await?;
        if access.reads_all { Ok((assessment, access)) } else { Err(hidden(actor, What::Assessment, id)) }
    }

    /// All calls and marks, for the keeper.
    pub async fn reviewers(
        &self,
        actor: &Actor,
        id: &AssessmentId,
    ) -> Result<(Vec<Call>, Vec<GivenMark>), AssessmentError> {
        let mut read = self.database.read().await?;
        self.whole(&mut read, actor, id).await?;
        Ok((calls::of(&mut read, id).await?, calls::marks(&mut read, id).await?))
    }

    /// What the asker is called to review of an assessment, with the marks given so far. Nobody sees the marks of others.
    pub async fn own_review(
        &self,
        actor: &Actor,
        id: &AssessmentId,
    ) -> Result<(Vec<Call>, Vec<GivenMark>), AssessmentError> {
        actor.require(Permission::ReviewAssessments)?;
        let mut read = self.database.read().await?;
        let mut own = calls::of(&mut read, id).await?;
        own.retain(|call| Some(&call.person) == actor.id());
        if own.is_empty() {
            return Err(AssessmentError::NotCalled);
        }
        let mut marks = calls::marks(&mut read, id).await?;
        marks.retain(|mark| Some(&mark.person) == actor.id());
        Ok((own, marks))
    }

    /// Whether the reviewer is bound to a unit by a role at it, above it or under it.
    pub async fn is_bound(
        &self,
        reviewer: &Actor,
        unit: &OrganisationId,
        day: jiff::civil::Date,
    ) -> Result<bool, AssessmentError> {
        crate::access::is_bound(&mut *self.database.read().await?, reviewer, unit, day).await
    }

    /// The objections of an assessment, those that wait first: all for the keeper, one's own for units.
    pub async fn objections(&self, actor: &Actor, id: &AssessmentId) -> Result<Vec<Objection>, AssessmentError> {
        let mut read = self.database.read().await?;
        let (_, access, _) = self.seen(&mut read, actor, id).await?;
        let mut all = objections::of(&mut read, id).await?;
        all.retain(|objection| access.sees_unit(&objection.unit));
        Ok(all)
    }

    /// An objection, for the keeper and its unit.
    pub async fn objection(&self, actor: &Actor, id: &ObjectionId) -> Result<Objection, AssessmentError> {
        let mut read = self.database.read().await?;
        let missing = || hidden(actor, What::Objection, id);
        let found = objections::get(&mut read, id).await?.ok_or_else(missing)?;
        let (_, access, _) = self.seen(&mut read, actor, &found.assessment).await?;
        if access.sees_unit(&found.unit) { Ok(found) } else { Err(missing()) }
    }

    /// Joins the published results of a scheme up to a year. Those who see the ranking of every year see all units.
    pub async fn joined(&self, actor: &Actor, code: &str, last: i16) -> Result<Joined, AssessmentError> {
        let mut read = self.database.read().await?;
        let mut found: BTreeMap<i16, ((Assessment, Access), Scheme, Scores)> = BTreeMap::new();
        for assessment in assessments::of_scheme(&mut read, code).await? {
            if !assessment.state.is_final() || assessment.year > last || found.contains_key(&assessment.year) {
                continue;
            }
            let (assessment, access, _) = match self.seen(&mut read, actor, &assessment.id).await {
                Ok(seen) => seen,
                Err(AssessmentError::NotFound { .. } | AssessmentError::Denied(_)) => continue,
                Err(error) => return Err(error),
            };
            if !access.sees_ranking() {
                continue;
            }
            let Some((_, snapshot)) = snapshots::get(&mut read, &assessment.id, assessment.snapshots).await? else {
                continue;
            };
            let scheme = scheme_of(&mut read, &assessment).await?;
            let scores = score(&scheme, &snapshot);
            found.insert(assessment.year, ((assessment, access), scheme, scores));
        }
        let missing = || hidden(actor, What::Scheme, code);
        let scheme = found.values().next_back().map(|(_, scheme, _)| scheme.clone()).ok_or_else(missing)?;
        let rule = scheme.years.clone().ok_or_else(missing)?;
        let count = rule.weights.len() as i16;
        let years: Vec<i16> = (last - count + 1..=last).collect();
        let results: Vec<Option<&Scores>> =
            years.iter().map(|year| found.get(year).map(|(_, _, scores)| scores)).collect();
        let units = review(&rule, &results);
        let years = years.iter().map(|year| (*year, found.remove(year).map(|(there, ..)| there))).collect();
        Ok(Joined { scheme, years, units })
    }
}

/// Whether a version of a scheme is for the asker: what is published is for all.
fn shows(actor: &Actor, version: &SchemeVersion) -> bool {
    version.state == SchemeState::Published || may_keep(actor, version.keeper.as_ref())
}

/// The call of the asker for a unit.
async fn own_call(
    read: &mut Connection,
    actor: &Actor,
    id: &AssessmentId,
    unit: &OrganisationId,
) -> Result<Option<Call>, AssessmentError> {
    if !actor.may(Permission::ReviewAssessments) {
        return Ok(None);
    }
    let all = calls::of(read, id).await?;
    Ok(all.into_iter().find(|call| Some(&call.person) == actor.id() && call.unit == *unit))
}

/// Leaves out what the asker does not see: other units before the result stands, lines that are not shown, places that are
/// not published.
fn withhold(scores: &mut Scores, access: &Access, assessment: &Assessment, sees: &BTreeSet<OrganisationId>) {
    if !access.sees_ranking() {
        scores.units.retain(|unit| sees.contains(&unit.unit));
    }
    let ranks = access.shows_ranks(assessment);
    for unit in &mut scores.units {
        if !sees.contains(&unit.unit) {
            unit.dimensions.clear();
            (unit.sum, unit.possible, unit.scaled, unit.bonus) = <(Points, Points, Points, Points)>::default();
            unit.vetoes.clear();
        }
        if !ranks {
            unit.rank = None;
        }
    }
}

impl Access {
    /// Whether places are shown to the asker: to units when the result stands, to the public when it was said so.
    pub fn shows_ranks(&self, assessment: &Assessment) -> bool {
        self.reads_all || (assessment.state.is_final() && (assessment.shown.ranks || self.has_own_unit()))
    }

    /// Whether a phase is open for the units.
    pub fn is_open_to_units(assessment: &Assessment) -> bool {
        matches!(assessment.state, State::SelfEvaluation | State::Objection)
    }
}

/// Where an actor keeps assessments: everywhere, or at these organisations.
pub fn keepers(actor: &Actor) -> Option<Cover> {
    actor.cover(Permission::KeepAssessments)
}

#[cfg(test)]
#[path = "assessments_tests.rs"]
mod tests;
