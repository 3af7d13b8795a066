//! Lists: what is asked for.

use std::collections::BTreeSet;

use accounts::{Actor, Cover, Permission, PersonId};
use database::Connection;
use jiff::civil::Date;
use network::OrganisationId;
use services::ItemCode;

use crate::{Channel, Level, RatingsError, Standing, State, What};

/// Which ratings. Empty parts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct RatingQuery {
    /// Of an outlet, or of all under an administration.
    pub outlet: Option<OrganisationId>,
    /// Of which item.
    pub item: Option<ItemCode>,
    /// Of which level.
    pub level: Option<Level>,
    /// Only the two bad levels.
    pub bad: bool,
    /// By which way.
    pub channel: Option<Channel>,
    /// Whether they count.
    pub standing: Option<Standing>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Mark of the page ([`database::Page::next`]).
    pub after: Option<String>,
    /// How many on a page; 0 takes 50.
    pub limit: usize,
}

/// Which follow-ups. Empty parts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct FollowUpQuery {
    /// Of an outlet, or of all under an administration.
    pub outlet: Option<OrganisationId>,
    /// In which state.
    pub state: Option<State>,
    /// Only those that are not closed.
    pub open: bool,
    /// Worked by whom.
    pub assignee: Option<PersonId>,
    /// Only those that are late on this day.
    pub late_on: Option<Date>,
    /// Mark of the page.
    pub after: Option<String>,
    /// How many on a page; 0 takes 50.
    pub limit: usize,
}

/// Which appeals. Empty parts ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct AppealQuery {
    /// Of an outlet, or of all under an administration.
    pub outlet: Option<OrganisationId>,
    /// Only those that wait for a decision.
    pub open: bool,
    /// Mark of the page.
    pub after: Option<String>,
    /// How many on a page; 0 takes 50.
    pub limit: usize,
}

/// The two texts of a mark: `2026-03-02~01JZ…`.
pub(crate) fn place(mark: Option<&str>) -> Result<Option<(String, String)>, RatingsError> {
    let Some(mark) = mark else { return Ok(None) };
    let parts = mark.split_once('~').filter(|(day, id)| !day.is_empty() && id.len() == 26 && !mark.contains('\0'));
    let (day, id) = parts.ok_or_else(|| RatingsError::not_found(What::Mark, mark))?;
    Ok(Some((day.to_owned(), id.to_owned())))
}

/// Where someone may read ratings: whoever answers them there, and whoever reviews those who do.
pub(crate) fn cover(actor: &Actor) -> Result<Cover, RatingsError> {
    let covers = [Permission::AnswerRatings, Permission::ReviewRatings].map(|permission| actor.cover(permission));
    match covers {
        [Some(Cover::At(mut mine)), Some(Cover::At(more))] => {
            mine.extend(more);
            Ok(Cover::At(mine))
        }
        [Some(Cover::Everywhere), _] | [_, Some(Cover::Everywhere)] => Ok(Cover::Everywhere),
        [Some(cover), None] | [None, Some(cover)] => Ok(cover),
        [None, None] => Err(actor.denied(Permission::AnswerRatings).into()),
    }
}

/// The part of it at the organisation asked for and all under it on a day; nothing where it does not reach. Without a
/// day the tree as it is known to become.
pub(crate) async fn within(
    connection: &mut Connection,
    cover: Cover,
    at: Option<&OrganisationId>,
    day: Option<Date>,
) -> Result<Cover, RatingsError> {
    let Some(at) = at else { return Ok(cover) };
    let cut = accounts::cover_at(connection, &cover, at, day.unwrap_or(Date::MAX)).await?;
    Ok(cut.unwrap_or_else(|| Cover::At(BTreeSet::new())))
}
