//! 电子监察: rules that look at every open case and warn, once for each case and period.
//!
//! Each warning is a transaction of its own: stopped in the middle and run again, nothing is warned of twice and nothing is
//! left out.

use accounts::{Entry, Permission, record};
use database::Write;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use network::OrganisationId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use services::office_day;
use utoipa::ToSchema;

use crate::cases::readable;
use crate::notify::{Told, tell_outlet, tell_staff};
use crate::sql::{case, event, monitor};
use crate::{Action, By, Case, CaseId, Cases, CasesError, Event, Reference, soon_until};

network::coded! {
    /// What a warning is about.
    WarningRule ("rule") {
        /// Neither taken nor refused within its limit.
        NotAccepted = "not-accepted", "逾期未受理", "Not accepted in time";
        /// Due within two working days.
        DueSoon = "due-soon", "即将到期", "Due soon";
        /// Past the deadline of its delivery.
        Late = "late", "逾期未交付", "Late";
        /// The client did not supplement in time.
        NotSupplemented = "not-supplemented", "逾期未补正", "Not supplemented in time";
        /// The clock stands for too long.
        PausedLong = "paused-long", "中止过久", "Paused too long";
        /// Nothing happened for too long.
        Idle = "idle", "久未办理", "Nothing happens";
        /// Delivered long ago and not archived.
        NotArchived = "not-archived", "交付后未归档", "Delivered and not archived";
    }
}

/// A rule as data: which cases, and whom a warning goes to.
pub(crate) struct Rule {
    pub(crate) warning: WarningRule,
    /// What must hold of the case; `$1` is a day or moment.
    pub(crate) holds: &'static str,
    /// What `$1` is.
    pub(crate) mark: Mark,
    /// Which stretch of time a warning stands for: a column whose change makes a new warning.
    pub(crate) period: &'static str,
    /// Text of the notice.
    pub(crate) template: &'static str,
    /// Whether it is laid before whoever leads.
    pub(crate) escalates: bool,
}

/// A day or moment that a rule compares with.
#[derive(Clone, Copy)]
pub(crate) enum Mark {
    /// Today.
    Today,
    /// The day until which something is due soon.
    Soon,
    /// So many days ago, as a moment.
    DaysAgo(i64),
    /// So many days ago, as a day.
    DayBefore(i64),
}

/// Days without anything happening after which a case is idle.
const IDLE_DAYS: i64 = 14;
/// Days after which a pause is long.
const PAUSED_DAYS: i64 = 30;
/// Days after which a delivered case ought to be archived.
const ARCHIVE_DAYS: i64 = 30;

/// The rules.
pub(crate) const WARNING_RULES: [Rule; 7] = [
    Rule {
        warning: WarningRule::NotAccepted,
        holds: "c.state = 'received' AND c.due_on < $1",
        mark: Mark::Today,
        period: "c.due_on",
        template: "case.late",
        escalates: true,
    },
    Rule {
        warning: WarningRule::DueSoon,
        holds: "c.state IN ('received', 'accepted', 'set-up', 'work', 'handed-on') AND c.paused = 0 AND c.due_on <= $1",
        mark: Mark::Soon,
        period: "c.due_on",
        template: "case.due-soon",
        escalates: false,
    },
    Rule {
        warning: WarningRule::Late,
        holds: "c.state IN ('accepted', 'set-up', 'work', 'handed-on') AND c.paused = 0 AND c.due_on < $1",
        mark: Mark::Today,
        period: "c.due_on",
        template: "case.late",
        escalates: true,
    },
    Rule {
        warning: WarningRule::NotSupplemented,
        holds: "c.state = 'supplement' AND c.due_on < $1",
        mark: Mark::Today,
        period: "c.due_on",
        template: "case.idle",
        escalates: false,
    },
    Rule {
        warning: WarningRule::PausedLong,
        holds: "c.paused = 1 AND c.state <> 'supplement' AND EXISTS (SELECT 1 FROM cases_stands s \
                WHERE s.case_id = c.id AND s.to_on = '' AND s.from_on <= $1)",
        mark: Mark::DayBefore(PAUSED_DAYS),
        period: "(SELECT MAX(s.from_on) FROM cases_stands s WHERE s.case_id = c.id)",
        template: "case.idle",
        escalates: false,
    },
    Rule {
        warning: WarningRule::Idle,
        holds: "c.state IN ('received', 'accepted', 'set-up', 'work') AND c.paused = 0 AND c.touched_at < $1",
        mark: Mark::DaysAgo(IDLE_DAYS),
        period: "SUBSTR(c.touched_at, 1, 10)",
        template: "case.idle",
        escalates: false,
    },
    Rule {
        warning: WarningRule::NotArchived,
        holds: "c.state IN ('delivered', 'follow-up') AND c.delivered_at < $1",
        mark: Mark::DaysAgo(ARCHIVE_DAYS),
        period: "SUBSTR(c.delivered_at, 1, 10)",
        template: "case.idle",
        escalates: false,
    },
];

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Warning {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub reference: Reference,
    /// The outlet that had it then.
    pub outlet: OrganisationId,
    /// What it is about.
    pub rule: WarningRule,
    /// The day that it stands for.
    pub period: String,
    /// When it was given.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// What a round of monitoring did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Monitored {
    /// Warnings given, by rule.
    pub warnings: Vec<(WarningRule, u64)>,
}

impl Cases {
    /// Looks at all open cases and warns where a rule holds that has not warned yet; for the program, often.
    pub async fn monitor(&self, now: Timestamp, by: By<'_>) -> Result<Monitored, CasesError> {
        by.actor.require(Permission::Operate)?;
        let today = office_day(now);
        let soon = soon_until(&services::calendar(&mut *self.database.read().await?).await?, today);
        let mut done = Monitored::default();
        for rule in &WARNING_RULES {
            let mark = rule.mark.value(now, today, soon);
            let mut count = 0;
            loop {
                let found = monitor::candidates(&mut *self.database.read().await?, rule, &mark, 200).await?;
                for (id, period) in &found {
                    count += u64::from(self.warn(now, by, rule, (id, period), &mark).await?);
                }
                if found.len() < 200 {
                    break;
                }
            }
            if count > 0 {
                done.warnings.push((rule.warning, count));
            }
        }
        Ok(done)
    }

    /// Warnings of the last days, latest first, cut to where whoever asks may read cases.
    pub async fn warnings(
        &self,
        by: By<'_>,
        outlet: Option<&OrganisationId>,
        since: Timestamp,
    ) -> Result<Vec<Warning>, CasesError> {
        let cover = readable(by)?;
        let cover = match outlet {
            Some(outlet) => {
                by.actor.require_at(Permission::ReadCases, outlet)?;
                accounts::Cover::At([outlet.clone()].into())
            }
            None => cover,
        };
        monitor::since(&mut *self.database.read().await?, &cover, since).await
    }

    /// One warning; false when another round gave it meanwhile or the rule no longer holds.
    async fn warn(
        &self,
        now: Timestamp,
        by: By<'_>,
        rule: &Rule,
        (id, period): (&CaseId, &str),
        mark: &str,
    ) -> Result<bool, CasesError> {
        let mut write = self.database.write().await?;
        if !monitor::still_holds(&mut write, rule, mark, id).await? {
            return Ok(false);
        }
        let Some(case) = case::get(&mut write, id).await? else { return Ok(false) };
        if !monitor::insert(&mut write, &case, rule.warning, period, now).await? {
            return Ok(false);
        }
        let number = if rule.escalates { escalate(&mut write, now, rule, &case).await? } else { case.version };
        let days = (office_day(now) - office_day(case.touched_at)).get_days().to_string();
        let extra = [("reason", rule.warning.label(&case.lang)), ("days", &days)];
        let told = Told { now, case: &case, event: number, template: rule.template, extra: &extra };
        tell_staff(&mut write, &told).await?;
        if rule.escalates && case.assignee.is_some() {
            tell_outlet(&mut write, &told).await?;
        }
        let entry = Entry {
            action: "case.warn",
            kind: "case",
            object: id.as_str(),
            organisation: Some(&case.outlet),
            reason: Some(rule.warning.label("en")),
            detail: json!({ "rule": rule.warning, "period": period }),
        };
        record(&mut write, now, by.actor, &entry).await?;
        write.commit().await?;
        Ok(true)
    }
}

impl Mark {
    fn value(self, now: Timestamp, today: Date, soon: Date) -> String {
        let before = |days: i64| now - SignedDuration::from_hours(24 * days);
        match self {
            Self::Today => today.to_string(),
            Self::Soon => soon.to_string(),
            Self::DaysAgo(days) => crate::sql::moment(before(days)),
            Self::DayBefore(days) => office_day(before(days)).to_string(),
        }
    }
}

/// Lays a case before whoever leads, without making anyone's view of it stale.
async fn escalate(write: &mut Write, now: Timestamp, rule: &Rule, case: &Case) -> Result<i64, CasesError> {
    let number = monitor::escalate(write, &case.id).await?;
    let happened = Event {
        number,
        at: now,
        action: Action::Escalate,
        person: None,
        name: String::new(),
        by_client: false,
        from: Some(case.state),
        to: case.state,
        reason: Some(rule.warning.label("zh").to_owned()),
        detail: json!({ "rule": rule.warning }),
        public: false,
    };
    event::append(write, &case.id, case.version, "", &happened).await?;
    Ok(number)
}

#[cfg(test)]
#[path = "monitor_tests.rs"]
mod tests;
