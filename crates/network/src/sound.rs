//! What must hold of the tree and of every state, looked at after each change and before its commit.

use database::Connection;
use jiff::civil::Date;

use crate::sql::{county, state, tree};
use crate::{
    Fault, NetworkError, OrganisationId, Profile, RegionCode, RegionLevel, check as profile_check, division_on,
};

/// Days are stored as texts that sort, and sentinels stand at the end.
pub(crate) fn day(day: Date) -> Result<(), NetworkError> {
    if (1900..=9998).contains(&day.year()) {
        return Ok(());
    }
    let fault = Fault::new("from", "日期须在 1900 年之后", "a day must be in the years 1900 to 9998");
    Err(NetworkError::Invalid(vec![fault]))
}

/// The profile on its own, and its region on that day unless it stays as it was.
pub(crate) async fn profile(
    connection: &mut Connection,
    profile: &Profile,
    region_before: Option<&RegionCode>,
    day: Date,
) -> Result<(), NetworkError> {
    let mut faults = profile_check::faults(profile);
    if region_before != Some(&profile.region) && !region_is_known(connection, &profile.region, day).await? {
        faults.push(Fault::new(
            "region",
            format!("{day} 没有区划代码 {}", profile.region),
            format!("no region had the code {} on {day}", profile.region),
        ));
    }
    if faults.is_empty() { Ok(()) } else { Err(NetworkError::Invalid(faults)) }
}

/// Whether a region was in force. A county of a prefecture for which no counties were loaded is believed.
pub(crate) async fn region_is_known(
    connection: &mut Connection,
    code: &RegionCode,
    day: Date,
) -> Result<bool, NetworkError> {
    match code.level() {
        RegionLevel::Nation => return Ok(true),
        RegionLevel::Province | RegionLevel::Prefecture => return Ok(division_on(code, day).is_some()),
        RegionLevel::County => (),
    }
    if !county::within(&mut *connection, code, day).await?.is_empty() {
        return Ok(true);
    }
    let above = if code.has_no_prefecture() { code.province() } else { code.prefecture() };
    let (Some(above), Some(prefecture)) = (above, code.prefecture()) else { return Ok(false) };
    Ok(division_on(&above, day).is_some() && !county::any_within(connection, &prefecture).await?)
}

/// The place of an organisation in the tree on all days: no ring, no parent that is not there, none of a lower level.
pub(crate) async fn check(connection: &mut Connection, id: &OrganisationId) -> Result<(), NetworkError> {
    no_ring(&mut *connection, id).await?;
    if let Some((organisation, parent)) = tree::uncovered(&mut *connection, id).await? {
        if parent == *id {
            return Err(NetworkError::HasChildren { organisation: parent, child: organisation });
        }
        let head = state::head(&mut *connection, &parent).await?;
        let (_, opened, closed) = head.ok_or(NetworkError::Unreadable {
            id: parent.to_string(),
            reason: "it is named as a parent and is not there".to_owned(),
        })?;
        return Err(NetworkError::ParentNotOpen { parent, opened, closed });
    }
    match tree::misranked(connection, id).await? {
        Some((organisation, parent)) => Err(NetworkError::Rank { organisation, parent }),
        None => Ok(()),
    }
}

/// Walks up from the organisation, each step only for the days on which the whole way so far holds.
async fn no_ring(connection: &mut Connection, id: &OrganisationId) -> Result<(), NetworkError> {
    let mut open = vec![(id.clone(), Date::MIN, Date::MAX)];
    while let Some((at, from, to)) = open.pop() {
        for membership in tree::memberships(&mut *connection, &at).await? {
            let days = (membership.from.max(from), membership.to.unwrap_or(Date::MAX).min(to));
            let Some(parent) = membership.parent.filter(|_| days.0 < days.1) else { continue };
            if parent == *id {
                return Err(NetworkError::Cycle { organisation: id.clone(), parent: at });
            }
            open.push((parent, days.0, days.1));
        }
    }
    Ok(())
}
