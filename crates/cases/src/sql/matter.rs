//! Cases as other rooms need them.

use std::collections::BTreeMap;

use accounts::{Cover, PersonId};
use database::Connection;
use jiff::SignedDuration;
use jiff::civil::Date;
use services::{ItemCode, end_of_day};

use super::list::Conditions;
use super::{moment, parsed};
use crate::{CaseId, CasesError};

/// Clients with an account whose cases were archived on these days, each with the last such case.
pub(crate) async fn clients_of_archived(
    connection: &mut Connection,
    cover: &Cover,
    (from, to): (Date, Date),
    item: Option<&ItemCode>,
) -> Result<Vec<(PersonId, CaseId)>, CasesError> {
    let mut conditions = Conditions::default();
    conditions.within(cover);
    conditions.and("c.closed_at >= ", "", &moment(end_of_day(from) - SignedDuration::from_hours(24)));
    conditions.and("c.closed_at < ", "", &moment(end_of_day(to)));
    if let Some(item) = item {
        conditions.and("c.item = ", "", item.as_str());
    }
    let head = "SELECT c.client, c.id FROM cases_cases c WHERE c.state = 'archived' AND c.client <> ''";
    let rows = conditions.statement(head, " ORDER BY c.closed_at, c.id").fetch_all(connection).await?;
    let mut clients = BTreeMap::new();
    for row in &rows {
        clients.insert(parsed::<PersonId>(row, "client")?, parsed::<CaseId>(row, "id")?);
    }
    Ok(clients.into_iter().collect())
}
