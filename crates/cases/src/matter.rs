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

/// Cases of clients with an account that were archived from one day to another at the outlets covered, in that order.
/// For the program, which decides for whom it asks: a client's account is told, no name.
pub async fn archived_with_client(
    connection: &mut Connection,
    cover: &Cover,
    (from, to): (Date, Date),
    item: Option<&ItemCode>,
) -> Result<Vec<(CaseId, PersonId)>, CasesError> {
    at_rest::archived_with_client(connection, cover, (from, to), item).await
}
