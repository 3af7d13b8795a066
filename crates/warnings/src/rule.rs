//! Rules: what is looked at, when it fires, for whom.

use std::fmt;
use std::str::FromStr;

use accounts::{Actor, Entry, Permission, record};
use database::{Connection, Write};
use jiff::Timestamp;
use network::{Fault, Level, Node, OrganisationId, RegionCode, Text, office_day};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::condition::Condition;
use crate::sql::rules;
use crate::{Severity, SignalInfo, Told, WarningsError, What};

/// Characters of a long text at most.
pub(crate) const MOST_WORDS: usize = 2000;
/// Characters of a name at most.
const MOST_OF_A_NAME: usize = 200;

/// The code of a rule: `W-TASK-LATE`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String)]
pub struct RuleCode(String);

impl RuleCode {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RuleCode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let sound = (2..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if sound { Ok(Self(text.to_owned())) } else { Err(format!("«{text}»: 2 to 40 letters, digits and -")) }
    }
}

impl TryFrom<String> for RuleCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<RuleCode> for String {
    fn from(code: RuleCode) -> Self {
        code.0
    }
}

impl fmt::Display for RuleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// For which units a rule holds; empty parts leave none out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = WarningScope)]
pub struct Scope {
    /// Of these levels.
    pub levels: Vec<Level>,
    /// In these regions or below them.
    pub regions: Vec<RegionCode>,
}

impl Scope {
    /// Whether a unit is in it.
    pub fn holds(&self, unit: &Node) -> bool {
        let level = self.levels.is_empty() || self.levels.contains(&unit.level);
        level && (self.regions.is_empty() || self.regions.iter().any(|region| region.contains(&unit.region)))
    }
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WarningRule)]
pub struct Rule {
    /// Its code.
    pub code: RuleCode,
    /// Counts the changes.
    pub version: i64,
    /// The organisation whose rule it is: it holds for that and all under it. None = of the whole site.
    pub keeper: Option<OrganisationId>,
    /// Its name.
    pub name: Text,
    /// What to do when it fires.
    pub advice: Text,
    /// Which figure it looks at.
    pub signal: String,
    /// When it fires.
    pub condition: Condition,
    /// For which units.
    pub scope: Scope,
    /// How severe.
    pub severity: Severity,
    /// Who is told.
    pub told: Told,
    /// Days after closing in which it does not fire again for the same subject.
    pub quiet_days: i64,
    /// Whether it is looked at.
    pub on: bool,
}

/// A rule to be made or changed.
#[derive(Clone, Debug)]
pub struct NewRule<'a> {
    /// What it is to say; its version is the one that its author saw, 0 for a new one.
    pub rule: &'a Rule,
    /// The signals that there are.
    pub known: &'a [SignalInfo],
}

impl Rule {
    fn faults(&self, known: &[SignalInfo]) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(Fault::of_words("name_zh", &self.name.zh, MOST_OF_A_NAME));
        faults.extend(Fault::of_words("name_en", &self.name.en, MOST_OF_A_NAME));
        faults.extend(Fault::of_words("advice_zh", &self.advice.zh, MOST_WORDS));
        faults.extend(Fault::of_words("advice_en", &self.advice.en, MOST_WORDS));
        let signal = known.iter().find(|info| info.code == self.signal);
        if signal.is_none() {
            faults.push(Fault::new("signal", "请选择信号", "choose a signal"));
        }
        if !self.condition.is_sound() {
            let (zh, en) = (
                "数值不合理：比例为 0 至 1，倍数大于 1，天数不小于 0",
                "these numbers make no sense: a part is from 0 to 1, times above 1, days 0 or more",
            );
            faults.push(Fault::new("first", zh, en));
        }
        let compares = matches!(self.condition, Condition::BelowReference { .. } | Condition::Jump { .. });
        if compares && signal.is_some_and(|info| info.reference.is_none()) {
            faults.push(Fault::new("condition", "该信号没有参照值", "this signal is compared with nothing"));
        }
        if !(0..=3650).contains(&self.quiet_days) {
            faults.push(Fault::new("quiet_days", "须为 0 至 3650 天", "0 to 3650 days"));
        }
        if self.scope.regions.len() > 400 {
            faults.push(Fault::new("regions", "最多 400 个区划", "400 regions at most"));
        }
        faults
    }
}

/// Makes a rule. One of an organisation by whoever writes warning rules there; one of the whole site only at the top.
pub async fn make_rule(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewRule<'_>,
) -> Result<Rule, WarningsError> {
    may_edit(write, now, actor, new.rule).await?;
    let faults = new.rule.faults(new.known);
    if !faults.is_empty() {
        return Err(WarningsError::Invalid(faults));
    }
    let rule = Rule { version: 1, ..new.rule.clone() };
    let starting = crate::starting_rules()?.iter().any(|starting| starting.code == rule.code);
    if starting || !rules::insert(write, &rule).await? {
        let same = rules::get(write, &rule.code).await?.filter(|same| *same == rule);
        let taken =
            || WarningsError::Invalid(vec![Fault::new("code", "已有同代码的规则", "there is a rule with this code")]);
        return same.ok_or_else(taken);
    }
    finish(write, now, actor, &rule, "warning-rule.make").await?;
    Ok(rule)
}

/// Changes a rule; the version in it is what the author saw. Code and keeper stay.
pub async fn change_rule(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    new: &NewRule<'_>,
) -> Result<Rule, WarningsError> {
    let before = found(write, &new.rule.code).await?;
    may_edit(write, now, actor, &before).await?;
    let faults = new.rule.faults(new.known);
    if !faults.is_empty() {
        return Err(WarningsError::Invalid(faults));
    }
    let version = new.rule.version + 1;
    let after = Rule { version, keeper: before.keeper.clone(), ..new.rule.clone() };
    store(write, (&before, &after), now, actor, "warning-rule.change").await
}

/// Switches a rule on or off.
pub async fn set_rule(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    (code, version): (&RuleCode, i64),
    on: bool,
) -> Result<Rule, WarningsError> {
    let before = found(write, code).await?;
    may_edit(write, now, actor, &before).await?;
    let after = Rule { version: version + 1, on, ..before.clone() };
    let action = if on { "warning-rule.start" } else { "warning-rule.stop" };
    store(write, (&before, &after), now, actor, action).await
}

async fn store(
    write: &mut Write,
    (before, after): (&Rule, &Rule),
    now: Timestamp,
    actor: &Actor,
    action: &str,
) -> Result<Rule, WarningsError> {
    let seen = after.version - 1;
    let stale = |version| WarningsError::Stale { version };
    if before.version != seen {
        return Err(stale(before.version));
    }
    // A starting rule has no row until it is changed.
    let stored = rules::update(write, after, seen).await?
        || (before.version == 1
            && rules::get(write, &after.code).await?.is_none()
            && rules::insert(write, after).await?);
    if !stored {
        let now = found(write, &after.code).await?;
        return Err(stale(now.version));
    }
    finish(write, now, actor, after, action).await?;
    Ok(after.clone())
}

async fn finish(
    write: &mut Write,
    now: Timestamp,
    actor: &Actor,
    rule: &Rule,
    action: &str,
) -> Result<(), WarningsError> {
    let detail = json!({ "version": rule.version, "signal": rule.signal, "condition": rule.condition, "on": rule.on });
    let entry = Entry::new(action, ("warning-rule", rule.code.as_str()), rule.keeper.as_ref(), None, detail);
    Ok(record(write, now, actor, &entry).await?)
}

/// The rule of a code, changed or as it came with the program.
pub(crate) async fn found(connection: &mut Connection, code: &RuleCode) -> Result<Rule, WarningsError> {
    if let Some(rule) = rules::get(connection, code).await? {
        return Ok(rule);
    }
    let starting = crate::starting_rules()?.into_iter().find(|rule| rule.code == *code);
    starting.ok_or_else(|| WarningsError::not_found(What::Rule, code))
}

/// All rules: those that came with the program, as they were changed, and those that were made, by code.
pub(crate) async fn all(connection: &mut Connection) -> Result<Vec<Rule>, WarningsError> {
    let mut rules = rules::all(connection).await?;
    for starting in crate::starting_rules()? {
        if !rules.iter().any(|rule| rule.code == starting.code) {
            rules.push(starting);
        }
    }
    rules.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(rules)
}

async fn may_edit(
    connection: &mut Connection,
    now: Timestamp,
    actor: &Actor,
    rule: &Rule,
) -> Result<(), WarningsError> {
    if let Some(keeper) = &rule.keeper {
        return Ok(actor.require_at(Permission::EditWarnings, keeper)?);
    }
    if actor.may_everywhere(Permission::EditWarnings) {
        return Ok(());
    }
    // Of the whole site: whoever writes rules at an organisation that stands under no other.
    for grant in actor.grants().iter().filter(|grant| Permission::EditWarnings.roles().contains(&grant.role)) {
        let accounts::Cover::At(organisations) = &grant.cover else { return Ok(()) };
        let Some(first) = organisations.iter().next() else { continue };
        let path = network::path(connection, first, office_day(now)).await?;
        if path.first().is_some_and(|top| organisations.contains(&top.id)) {
            return Ok(());
        }
    }
    Err(actor.denied(Permission::EditWarnings).into())
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
