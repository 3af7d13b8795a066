//! Cases as other rooms need them, inside their own transactions: to be rated, to ask their clients.

use accounts::{Cover, PersonId};
use database::Connection;
use jiff::civil::Date;
use services::ItemCode;

use crate::sql::matter as at_rest;
use crate::{By, Case, CaseId, CasesError, cases};

/// A case, and what whoever asks is to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Matter {
    /// The case.
    pub case: Case,
    /// Whether it is the asker's own, by account or tracking code.
    pub is_client: bool,
    /// Whether the asker may read it as staff.
    pub is_staff: bool,
}

/// A case that someone may see; to whom it is nothing, there is no such case.
pub async fn matter(connection: &mut Connection, by: By<'_>, id: &CaseId) -> Result<Matter, CasesError> {
    let (case, part) = cases::find(connection, by, id).await?;
    Ok(Matter { case, is_client: part.client, is_staff: part.staff })
}

/// Clients with an account whose cases were archived from one day to another at the outlets covered, each once with
/// the last such case.
pub async fn clients_of_archived(
    connection: &mut Connection,
    cover: &Cover,
    (from, to): (Date, Date),
    item: Option<&ItemCode>,
) -> Result<Vec<(PersonId, CaseId)>, CasesError> {
    at_rest::clients_of_archived(connection, cover, (from, to), item).await
}
