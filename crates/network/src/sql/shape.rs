//! The bare tree of all times.

use database::{Connection, query};
use sqlx::Row as _;

use super::state::{day, parse, word};
use crate::{NetworkError, OrganisationId, Shape};

pub(crate) async fn shape(connection: &mut Connection) -> Result<Shape, NetworkError> {
    let mut shape = Shape::default();
    let rows = query("SELECT id FROM network_organisations ORDER BY id").fetch_all(&mut *connection).await?;
    for row in rows {
        let id: String = row.try_get(0)?;
        shape.enter(&parse::<OrganisationId>(id.clone(), &id)?);
    }
    let memberships = query(
        "SELECT organisation, parent, valid_from, valid_to FROM network_memberships WHERE valid_from < valid_to \
         ORDER BY organisation, valid_from",
    );
    for row in memberships.fetch_all(&mut *connection).await? {
        let id: String = row.try_get(0)?;
        let parent = row.try_get::<Option<String>, _>(1)?.map(|parent| parse(parent, &id)).transpose()?;
        shape.stay(&parse(id.clone(), &id)?, parent.as_ref(), day(&row, 2, &id)?, day(&row, 3, &id)?);
    }
    let states = query(
        "SELECT organisation, kind, level, region, valid_from, valid_to FROM network_states \
         WHERE valid_from < valid_to AND status <> 'closed' ORDER BY organisation, valid_from, version",
    );
    for row in states.fetch_all(&mut *connection).await? {
        let id: String = row.try_get(0)?;
        let place = (word(&row, 1, &id)?, word(&row, 2, &id)?, parse(row.try_get(3)?, &id)?);
        shape.place(&parse(id.clone(), &id)?, place, day(&row, 4, &id)?, day(&row, 5, &id)?);
    }
    let successions = query("SELECT predecessor, successor, on_day, change FROM network_successions");
    for row in successions.fetch_all(connection).await? {
        let (predecessor, successor): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let on = day(&row, 2, &predecessor)?;
        shape.reshape(&parse(predecessor.clone(), &predecessor)?, on);
        shape.reshape(&parse(successor, &predecessor)?, on);
    }
    Ok(shape)
}

/// Every change of an organisation adds a state, every change of the tree counts.
pub(crate) async fn version(connection: &mut Connection) -> Result<(i64, i64), NetworkError> {
    let row = query("SELECT (SELECT changes FROM network_tree), COUNT(*) FROM network_states");
    let row = row.fetch_one(connection).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}
