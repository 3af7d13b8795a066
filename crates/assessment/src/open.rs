//! Opening an assessment, and copying indicators into it.

use std::collections::BTreeMap;

use accounts::{Actor, Permission, record};
use database::{Connection, Write};
use jiff::Timestamp;
use network::{Fault, OrganisationId};
use serde_json::json;

use crate::error::fault;
use crate::inputs::year_of;
use crate::sql::{assessments, schemes, units};
use crate::told::{derived, entry, kept, key_faults, office_day, tidy, value_is_sound};
use crate::{
    Assessment, AssessmentError, AssessmentId, Given, Input, Item, Origin, Rule, Scheme, SchemeState, Shown, State,
    Text, Value, What,
};

/// Units of an assessment at most.
pub const MOST_UNITS: usize = 2000;

/// An assessment to be opened.
#[derive(Clone, Debug)]
pub struct NewAssessment<'a> {
    /// Made by the client: the same key again answers the first assessment again.
    pub key: &'a str,
    /// Who keeps it.
    pub keeper: &'a OrganisationId,
    /// What it is called.
    pub title: &'a Text,
    /// Code and version of the scheme.
    pub scheme: (&'a str, i64),
    /// The year that is assessed.
    pub year: i16,
    /// The units, all of them under the keeper.
    pub units: &'a [OrganisationId],
}

/// Opens an assessment: names its units as they are called today and copies the values of indicators that are given.
pub async fn open_assessment(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewAssessment<'_>,
    given: &[Given],
) -> Result<Assessment, AssessmentError> {
    actor.require_at(Permission::KeepAssessments, new.keeper)?;
    let wrong = faults(new);
    if !wrong.is_empty() {
        return Err(AssessmentError::Invalid(wrong));
    }
    let version = schemes::get(write, new.scheme.0, new.scheme.1).await?;
    let version = version.filter(|version| version.state == SchemeState::Published);
    let version = version.ok_or_else(|| AssessmentError::not_found(What::Scheme, new.scheme.0))?;
    let named = names(write, now, new).await?;
    let assessment = Assessment {
        id: AssessmentId(derived(now, "assessment", new.key)),
        version: 1,
        keeper: new.keeper.clone(),
        title: new.title.clone(),
        scheme: new.scheme.0.to_owned(),
        number: new.scheme.1,
        year: new.year,
        state: State::Prepared,
        until: None,
        snapshots: 0,
        shown: Shown::default(),
        made_at: kept(now),
        published_at: None,
    };
    if !assessments::insert(write, &assessment, new.key).await? {
        let first = assessments::by_key(write, new.key).await?;
        let same = first.filter(|first| first.keeper == *new.keeper && first.scheme == new.scheme.0);
        return same.ok_or(AssessmentError::KeyTaken);
    }
    units::insert(write, &assessment.id, &named).await?;
    let copied = copies(&version.scheme, new.year, given);
    let within: Vec<(OrganisationId, Value)> =
        copied.into_iter().filter(|(unit, _)| named.iter().any(|(id, _)| id == unit)).collect();
    units::put(write, &assessment.id, None, &within).await?;
    let detail = json!({ "scheme": new.scheme.0, "version": new.scheme.1, "year": new.year, "units": named.len() });
    record(write, now, actor, &entry("assessment.open", &assessment, new.keeper, None, detail)).await?;
    Ok(assessment)
}

/// Copies the values of indicators anew, while there is no result.
pub async fn copy_again(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    id: &AssessmentId,
    given: &[Given],
) -> Result<usize, AssessmentError> {
    let assessment = assessments::hold(write, id).await?;
    let assessment = assessment.filter(|it| actor.may_at(Permission::KeepAssessments, &it.keeper));
    let assessment = assessment.ok_or_else(|| crate::access::hidden(actor, What::Assessment, id))?;
    if assessment.state.has_result() {
        return Err(AssessmentError::State(assessment.state));
    }
    let scheme = scheme_of(write, &assessment).await?;
    let all: Vec<OrganisationId> = units::of(write, id).await?.into_iter().map(|unit| unit.id).collect();
    let mut copied = copies(&scheme, assessment.year, given);
    copied.retain(|(unit, _)| all.contains(unit));
    units::clear_copied(write, id).await?;
    units::put(write, id, None, &copied).await?;
    let detail = json!({ "values": copied.len() });
    record(write, now, actor, &entry("assessment.copy", &assessment, &assessment.keeper, None, detail)).await?;
    Ok(copied.len())
}

/// The scheme of an assessment.
pub(crate) async fn scheme_of(connection: &mut Connection, assessment: &Assessment) -> Result<Scheme, AssessmentError> {
    let version = schemes::get(connection, &assessment.scheme, assessment.number).await?;
    Ok(version.ok_or_else(|| AssessmentError::not_found(What::Scheme, &assessment.scheme))?.scheme)
}

fn faults(new: &NewAssessment<'_>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = key_faults(new.key).into_iter().collect();
    let length = |text: &str| text.trim().chars().count();
    if new.title.zh.trim().is_empty() || length(&new.title.zh) > 200 || length(&new.title.en) > 300 {
        faults.push(fault("title", "请填写名称，最多 200 个字符", "is needed, in 200 characters at most"));
    }
    if !(1990..=2200).contains(&new.year) {
        faults.push(fault("year", "年度不在范围内", "is no year that can be assessed"));
    }
    if new.units.is_empty() || new.units.len() > MOST_UNITS {
        faults.push(fault("units", "请选择 1 至 2000 个被考核单位", "one to 2000 units"));
    }
    faults
}

/// The units with their names of today, each once; all of them stand under the keeper and none is the keeper itself.
async fn names(
    write: &mut Write,
    now: Timestamp,
    new: &NewAssessment<'_>,
) -> Result<Vec<(OrganisationId, Text)>, AssessmentError> {
    let under = network::descendants(write, new.keeper, office_day(now)).await?;
    let under: BTreeMap<_, _> = under.into_iter().map(|node| (node.id.clone(), node)).collect();
    let mut named = BTreeMap::new();
    for unit in new.units {
        let node = under.get(unit).filter(|_| unit != new.keeper);
        let node = node.ok_or_else(|| AssessmentError::NotUnder(unit.to_string()))?;
        let name = Text::new(&node.name_zh, node.name_en.as_deref().unwrap_or_default());
        named.insert(unit.clone(), name);
    }
    Ok(named.into_iter().collect())
}

/// The values of indicators as values of items. Growth needs both periods: with one missing there is no value.
pub(crate) fn copies(scheme: &Scheme, year: i16, given: &[Given]) -> Vec<(OrganisationId, Value)> {
    let by: BTreeMap<(&str, &OrganisationId, i16), &Given> =
        given.iter().map(|given| ((given.code.as_str(), &given.unit, given.year), given)).collect();
    let mut all = Vec::new();
    for (_, item) in scheme.items() {
        let Input::Indicator { code, period, .. } = &item.input else { continue };
        let year = year_of(*period, year);
        for ((_, unit, _), given) in by.iter().filter(|((other, _, at), _)| *other == code && *at == year) {
            let before = by.get(&(code.as_str(), *unit, year - 1)).map(|given| given.value);
            if let Some(value) = copied(item, given, before) {
                all.push(((*unit).clone(), value));
            }
        }
    }
    all
}

fn copied(item: &Item, given: &Given, before: Option<f64>) -> Option<Value> {
    let before = before.filter(|value| value_is_sound(*value)).map(tidy);
    let needed = matches!(item.rule, Rule::Growth { .. });
    if !value_is_sound(given.value) || (needed && before.is_none()) {
        return None;
    }
    Some(Value {
        item: item.code.clone(),
        value: tidy(given.value),
        before: before.filter(|_| needed),
        origin: Origin::Indicator,
        note: given.note.clone(),
        at: kept(given.at),
    })
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
