//! Cases as other rooms need them.

use accounts::{Cover, PersonId};
use database::Connection;
use jiff::SignedDuration;
use jiff::civil::Date;
use services::{ItemCode, end_of_day};

use super::list::Conditions;
use super::{moment, parsed};
use crate::{CaseId, CasesError};

/// Cases of clients with an account that were archived on these days.
pub(crate) async fn archived_with_client(
    connection: &mut Connection,
    cover: &Cover,
    (from, to): (Date, Date),
    item: Option<&ItemCode>,
) -> Result<Vec<(CaseId, PersonId)>, CasesError> {
    let mut conditions = Conditions::default();
    conditions.within(cover);
    conditions.and("c.closed_at >= ", "", &moment(end_of_day(from) - SignedDuration::from_hours(24)));
    conditions.and("c.closed_at < ", "", &moment(end_of_day(to)));
    if let Some(item) = item {
        conditions.and("c.item = ", "", item.as_str());
    }
    let head = "SELECT c.client, c.id FROM cases_cases c WHERE c.state = 'archived' AND c.client <> ''";
    let rows = conditions.statement(head, " ORDER BY c.closed_at, c.id").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((parsed(row, "id")?, parsed(row, "client")?))).collect()
}
