//! Many values at once, for the program alone: a demonstration, a former system.

use accounts::{Actor, Entry as Trail, Permission, record};
use jiff::Timestamp;
use serde_json::json;

use crate::sql::values;
use crate::words::whole;
use crate::{Entry, Indicators, IndicatorsError, State, Value};

/// A value with its state and moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// What is entered, or was measured.
    pub entry: Entry,
    /// Where it stands.
    pub state: State,
    /// Why, where it was returned.
    pub reason: String,
    /// Address of the list behind it.
    pub href: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Indicators {
    /// Stores values as they are told, unasked; those that are there stay. For the program.
    pub async fn fill(&self, now: Timestamp, actor: &Actor, rows: Vec<Filled>) -> Result<u64, IndicatorsError> {
        if !actor.is_system() {
            return Err(actor.denied(Permission::EditIndicators).into());
        }
        let rows: Vec<Value> = rows.into_iter().map(value).collect();
        let mut write = self.database().write().await?;
        let count = values::put_new(&mut write, &rows).await?;
        let detail = json!({ "count": count });
        let (action, kind, object) = ("indicators.fill", "indicator", "values");
        record(&mut write, now, actor, &Trail { action, kind, object, organisation: None, reason: None, detail })
            .await?;
        write.commit().await?;
        Ok(count)
    }
}

fn value(row: Filled) -> Value {
    let Filled { entry, state, reason, href, at } = row;
    Value {
        unit: entry.unit,
        code: entry.code,
        period: entry.period,
        version: 1,
        state,
        number: entry.number,
        note: entry.note,
        reason,
        href,
        person: None,
        at: whole(at),
    }
}
