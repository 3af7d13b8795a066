//! The check: all rules over all signals.

use std::collections::{BTreeMap, HashMap};

use accounts::{Actor, Entry, record};
use database::{Database, Write};
use jiff::{Timestamp, ToSpan as _};
use network::{Network, Node, OrganisationId, derived, office_day};
use notices::{Notice, Recipient};
use serde_json::json;

use crate::condition::{Why, fires};
use crate::rule::all;
use crate::sql::{standings, warnings};
use crate::{Act, Event, Reading, Rule, RuleCode, Signals, State, Told, Warning, WarningId, WarningsError};

/// What a check did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Rules that were looked at.
    pub rules: usize,
    /// Warnings that fired.
    pub fired: usize,
    /// Open ones that fired again.
    pub again: usize,
    /// Those whose figure is no longer as the rule says.
    pub cleared: usize,
    /// Rules whose figures could not be read, with the reason; they stay as they were.
    pub failed: Vec<(RuleCode, String)>,
}

/// Evaluates every rule that is switched on. To be called every quarter of an hour or so, by any number of processes: each
/// rule and subject has one open warning at most, and nothing is told twice. What cannot be read clears nothing.
pub async fn check(database: &Database, signals: &dyn Signals, now: Timestamp) -> Result<Checked, WarningsError> {
    let tree = Tree::of(&Network::open(database.clone()).await?, now).await?;
    let mut read = database.read().await?;
    let rules: Vec<Rule> = all(&mut read).await?.into_iter().filter(|rule| rule.on).collect();
    read.close().await?;
    let mut checked = Checked::default();
    let mut known: HashMap<String, Result<Vec<Reading>, String>> = HashMap::new();
    for rule in &rules {
        if !known.contains_key(&rule.signal) {
            let readings = signals.read(&rule.signal, now).await.map_err(|error| error.to_string());
            known.insert(rule.signal.clone(), readings);
        }
        match known.get(&rule.signal) {
            Some(Ok(readings)) => match one(database, now, (rule, readings), &tree, &mut checked).await {
                // A person worked one of its warnings at this moment: the next check does the rest.
                Err(error @ WarningsError::Stale { .. }) => checked.failed.push((rule.code.clone(), error.to_string())),
                done => done?,
            },
            Some(Err(reason)) => checked.failed.push((rule.code.clone(), reason.clone())),
            None => {}
        }
        checked.rules += 1;
    }
    Ok(checked)
}

/// Who stands where on the day of the check.
struct Tree {
    nodes: HashMap<OrganisationId, Node>,
}

impl Tree {
    async fn of(network: &Network, now: Timestamp) -> Result<Self, WarningsError> {
        let nodes = network.tree(office_day(now)).await?;
        Ok(Self { nodes: nodes.into_iter().map(|node| (node.id.clone(), node)).collect() })
    }

    fn above(&self, unit: &OrganisationId) -> Option<&OrganisationId> {
        self.nodes.get(unit)?.parent.as_ref()
    }

    fn is_under(&self, unit: &OrganisationId, keeper: &OrganisationId) -> bool {
        let mut at = Some(unit);
        for _ in 0..=self.nodes.len() {
            match at {
                Some(found) if found == keeper => return true,
                Some(found) => at = self.above(found),
                None => return false,
            }
        }
        false
    }

    fn holds(&self, rule: &Rule, unit: &OrganisationId) -> bool {
        let Some(node) = self.nodes.get(unit) else { return false };
        rule.scope.holds(node) && rule.keeper.as_ref().is_none_or(|keeper| self.is_under(unit, keeper))
    }
}

/// One rule, in one transaction when there is anything to write.
async fn one(
    database: &Database,
    now: Timestamp,
    (rule, readings): (&Rule, &[Reading]),
    tree: &Tree,
    checked: &mut Checked,
) -> Result<(), WarningsError> {
    let in_scope = readings.iter().filter(|reading| tree.holds(rule, &reading.unit));
    let found = in_scope.filter_map(|reading| Some((reading, fires(&rule.condition, reading)?)));
    // In the order of their keys, so that two checkers never wait for each other in a ring.
    let firing: BTreeMap<&str, (&Reading, Why)> =
        found.map(|(reading, why)| (reading.subject.key.as_str(), (reading, why))).collect();
    let mut read = database.read().await?;
    let standing = standings::firing(&mut read, &rule.code).await?;
    read.close().await?;
    let begins: Vec<&(&Reading, Why)> =
        firing.iter().filter(|(key, _)| !standing.contains_key(**key)).map(|(_, found)| found).collect();
    let ends: Vec<&String> = standing.keys().filter(|key| !firing.contains_key(key.as_str())).collect();
    let moved: Vec<(&str, Option<f64>)> = firing
        .iter()
        .filter(|(key, (reading, _))| standing.get(**key).is_some_and(|value| *value != reading.value))
        .map(|(key, (reading, _))| (*key, reading.value))
        .collect();
    if begins.is_empty() && ends.is_empty() && moved.is_empty() {
        return Ok(());
    }
    let mut write = database.write().await?;
    let (mut fired, mut again, mut cleared) = (0, 0, 0);
    for (reading, why) in begins {
        match begin(&mut write, now, (rule, reading, *why), tree).await? {
            Some(Act::Fire) => fired += 1,
            Some(_) => again += 1,
            None => {}
        }
    }
    for key in ends {
        cleared += usize::from(end(&mut write, now, (rule, key)).await?);
    }
    for (key, value) in moved {
        standings::set_value(&mut write, (&rule.code, key), value).await?;
    }
    if fired + again + cleared > 0 {
        let detail = json!({ "fired": fired, "again": again, "cleared": cleared });
        let object = ("warning-rule", rule.code.as_str());
        let entry = Entry::new("warning.check", object, rule.keeper.as_ref(), None, detail);
        record(&mut write, now, &Actor::system("warnings"), &entry).await?;
    }
    write.commit().await?;
    checked.fired += fired;
    checked.again += again;
    checked.cleared += cleared;
    Ok(())
}

/// A subject begins to fire. None when another checker was first, or it was closed a short time ago.
async fn begin(
    write: &mut Write,
    now: Timestamp,
    (rule, reading, why): (&Rule, &Reading, Why),
    tree: &Tree,
) -> Result<Option<Act>, WarningsError> {
    let pair = (&rule.code, reading.subject.key.as_str());
    let quiet = now.checked_sub((24 * rule.quiet_days).hours()).unwrap_or(Timestamp::MIN);
    let last = standings::closed_at(write, pair).await?;
    if rule.quiet_days > 0 && last.is_some_and(|closed| closed > quiet) {
        return Ok(None);
    }
    if !standings::begin(write, pair, reading.value, now).await? {
        return Ok(None);
    }
    let key = format!("{}/{}", rule.code, reading.subject.key);
    let warning = Warning {
        id: WarningId(derived(now, "warning", &key)),
        version: 1,
        unit: reading.unit.clone(),
        severity: rule.severity,
        state: State::New,
        rule: rule.clone(),
        reading: reading.clone(),
        why,
        fired_at: now.round(jiff::Unit::Millisecond).unwrap_or(now),
        again: 0,
        cleared_at: None,
        assignee: None,
        outcome: None,
        reason: None,
        closed_at: None,
    };
    if let Some(open) = warnings::open_one(write, &warning).await? {
        let after = Warning {
            version: open.version + 1,
            severity: rule.severity,
            reading: warning.reading,
            why,
            again: open.again + 1,
            cleared_at: None,
            ..open
        };
        note(write, now, &after, Act::FireAgain).await?;
        return Ok(Some(Act::FireAgain));
    }
    if !warnings::insert(write, &warning).await? {
        return Ok(None);
    }
    warnings::append(write, &warning.id, &event(now, &warning, Act::Fire)).await?;
    tell(write, now, &warning, tree).await?;
    Ok(Some(Act::Fire))
}

/// A subject fires no more; answers whether an open warning was marked.
async fn end(write: &mut Write, now: Timestamp, (rule, key): (&Rule, &str)) -> Result<bool, WarningsError> {
    if !standings::end(write, (&rule.code, key)).await? {
        return Ok(false);
    }
    let Some(open) = warnings::open_of(write, &format!("{}/{key}", rule.code)).await? else { return Ok(false) };
    let after = Warning { version: open.version + 1, cleared_at: Some(now), ..open };
    note(write, now, &after, Act::Clear).await?;
    Ok(true)
}

/// Stores what the check did to an open warning. When a person was faster, the next check does it.
async fn note(write: &mut Write, now: Timestamp, after: &Warning, act: Act) -> Result<(), WarningsError> {
    if !warnings::update(write, after).await? {
        return Err(WarningsError::Stale { version: after.version });
    }
    warnings::append(write, &after.id, &event(now, after, act)).await
}

fn event(now: Timestamp, warning: &Warning, act: Act) -> Event {
    Event {
        number: warning.version,
        at: now,
        by: None,
        act,
        to: warning.state,
        assignee: None,
        outcome: None,
        words: String::new(),
    }
}

/// Tells those whom the rule names.
async fn tell(write: &mut Write, now: Timestamp, warning: &Warning, tree: &Tree) -> Result<(), WarningsError> {
    let (unit, above) = (Some(&warning.unit), tree.above(&warning.unit));
    let to = match warning.rule.told {
        Told::Unit => vec![unit],
        Told::Above => vec![above.or(unit)],
        Told::Both => vec![unit, above],
        Told::Nobody => Vec::new(),
    };
    let (rule, subject, severity) = (&warning.rule.name, &warning.reading.subject.name, warning.severity);
    let values = [
        ("rule.zh", rule.zh.as_str()),
        ("rule.en", rule.en.as_str()),
        ("subject.zh", subject.zh.as_str()),
        ("subject.en", subject.en.as_str()),
        ("severity.zh", severity.label("zh")),
        ("severity.en", severity.label("en")),
    ];
    let link = format!("/governance/warnings/{}", warning.id);
    for organisation in to.into_iter().flatten() {
        let template = "warning.fired";
        let id = derived(now, template, &format!("{}/{organisation}", warning.id));
        let to = Recipient::Organisation(organisation);
        notices::put(write, now, &Notice { id, template, values: &values, to, link: &link }).await?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
