//! Memberships: who stands under whom, and when.

use database::{Connection, Row, query};
use jiff::civil::Date;
use sqlx::Row as _;

use super::state::{day, open_day, parse, word};
use super::{FOREVER, end};
use crate::{Membership, NetworkError, Node, OrganisationId};

/// Holds the tree until the commit: whoever else changes it waits here.
pub(crate) async fn hold(connection: &mut Connection) -> Result<(), NetworkError> {
    query("UPDATE network_tree SET changes = changes + 1").execute(connection).await?;
    Ok(())
}

/// How often the tree was changed.
pub(crate) async fn changes(connection: &mut Connection) -> Result<i64, NetworkError> {
    Ok(query("SELECT changes FROM network_tree").fetch_one(connection).await?.try_get(0)?)
}

/// Puts an organisation under a parent, or at the top, from a day on. What was planned for later is taken back.
pub(crate) async fn join(
    connection: &mut Connection,
    organisation: &OrganisationId,
    version: i64,
    parent: Option<&OrganisationId>,
    (from, to): (Date, Option<Date>),
) -> Result<(), NetworkError> {
    leave(&mut *connection, organisation, from).await?;
    let statement = query(
        "INSERT INTO network_memberships (organisation, version, parent, valid_from, valid_to) \
         VALUES ($1, $2, $3, $4, $5)",
    );
    let statement = statement.bind(organisation.to_string()).bind(version).bind(parent.map(ToString::to_string));
    statement.bind(from.to_string()).bind(end(to)).execute(connection).await?;
    Ok(())
}

/// Ends all memberships of an organisation on a day.
pub(crate) async fn leave(
    connection: &mut Connection,
    organisation: &OrganisationId,
    on: Date,
) -> Result<(), NetworkError> {
    let statement = query(
        "UPDATE network_memberships SET valid_to = CASE WHEN valid_from < $2 THEN $2 ELSE valid_from END \
         WHERE organisation = $1 AND valid_to > $2",
    );
    statement.bind(organisation.to_string()).bind(on.to_string()).execute(connection).await?;
    Ok(())
}

/// The memberships of an organisation by time, without those taken back.
pub(crate) async fn memberships(
    connection: &mut Connection,
    organisation: &OrganisationId,
) -> Result<Vec<Membership>, NetworkError> {
    let statement = query(
        "SELECT organisation, parent, valid_from, valid_to FROM network_memberships \
         WHERE organisation = $1 AND valid_from < valid_to ORDER BY valid_from",
    );
    let rows = statement.bind(organisation.to_string()).fetch_all(connection).await?;
    rows.iter().map(membership).collect()
}

/// Who stands directly under an organisation on a day or later.
pub(crate) async fn members_from(
    connection: &mut Connection,
    parent: &OrganisationId,
    from: Date,
) -> Result<Vec<Membership>, NetworkError> {
    let statement = query(
        "SELECT organisation, parent, valid_from, valid_to FROM network_memberships \
         WHERE parent = $1 AND valid_to > $2 AND valid_from < valid_to ORDER BY organisation, valid_from",
    );
    let rows = statement.bind(parent.to_string()).bind(from.to_string()).fetch_all(connection).await?;
    rows.iter().map(membership).collect()
}

fn membership(row: &Row) -> Result<Membership, NetworkError> {
    let name: String = row.try_get(0)?;
    Ok(Membership {
        organisation: parse(name.clone(), &name)?,
        parent: row.try_get::<Option<String>, _>(1)?.map(|parent| parse(parent, &name)).transpose()?,
        from: day(row, 2, &name)?,
        to: open_day(row, 3, &name)?,
    })
}

/// A membership of this organisation, or of one under it, that its parent does not exist all through.
pub(crate) async fn uncovered(
    connection: &mut Connection,
    id: &OrganisationId,
) -> Result<Option<(OrganisationId, OrganisationId)>, NetworkError> {
    let statement = query(
        "SELECT m.organisation, m.parent FROM network_memberships m JOIN network_organisations o ON o.id = m.parent \
         WHERE (m.organisation = $1 OR m.parent = $1) AND m.valid_from < m.valid_to \
         AND (m.valid_from < o.opened OR m.valid_to > o.closed) ORDER BY m.organisation LIMIT 1",
    );
    pair(statement.bind(id.to_string()).fetch_optional(connection).await?)
}

/// A membership of this organisation, or of one under it, in which the parent is of a lower level on some day.
pub(crate) async fn misranked(
    connection: &mut Connection,
    id: &OrganisationId,
) -> Result<Option<(OrganisationId, OrganisationId)>, NetworkError> {
    let statement = query(
        "SELECT m.organisation, m.parent FROM network_memberships m \
         JOIN network_states p ON p.organisation = m.parent AND p.valid_from < p.valid_to \
         JOIN network_states c ON c.organisation = m.organisation AND c.valid_from < c.valid_to \
         WHERE (m.organisation = $1 OR m.parent = $1) AND m.valid_from < m.valid_to AND p.rank > c.rank \
         AND p.valid_from < m.valid_to AND m.valid_from < p.valid_to \
         AND c.valid_from < m.valid_to AND m.valid_from < c.valid_to \
         AND p.valid_from < c.valid_to AND c.valid_from < p.valid_to ORDER BY m.organisation LIMIT 1",
    );
    pair(statement.bind(id.to_string()).fetch_optional(connection).await?)
}

fn pair(row: Option<Row>) -> Result<Option<(OrganisationId, OrganisationId)>, NetworkError> {
    let Some(row) = row else { return Ok(None) };
    let (organisation, parent): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Some((parse(organisation.clone(), &organisation)?, parse(parent, &organisation)?)))
}

/// Columns of a [`Node`] on the day `$1`, joined to `walk (id, parent, depth)`.
macro_rules! nodes {
    ($walk:literal, $tail:literal) => {
        concat!(
            "WITH RECURSIVE walk (id, parent, depth) AS (",
            $walk,
            ") SELECT walk.id, walk.parent, walk.depth, s.body, s.status FROM walk ",
            "JOIN network_states s ON s.organisation = walk.id AND s.valid_from <= $1 AND s.valid_to > $1 ",
            $tail
        )
    };
}

/// From the top down to the organisation itself. Sixty-four steps are more than any tree has.
pub(crate) async fn path(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Vec<Node>, NetworkError> {
    let statement = query(nodes!(
        "SELECT m.organisation, m.parent, 0 FROM network_memberships m \
         WHERE m.organisation = $2 AND m.valid_from <= $1 AND m.valid_to > $1 \
         UNION ALL SELECT m.organisation, m.parent, walk.depth + 1 FROM walk \
         JOIN network_memberships m ON m.organisation = walk.parent \
         WHERE m.valid_from <= $1 AND m.valid_to > $1 AND walk.depth < 64",
        "ORDER BY walk.depth DESC"
    ));
    nodes(statement.bind(as_of.to_string()).bind(id.to_string()).fetch_all(connection).await?)
}

/// Everything under an organisation, itself first, nearer ones before farther ones.
pub(crate) async fn descendants(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Vec<Node>, NetworkError> {
    let statement = query(nodes!(
        "SELECT m.organisation, m.parent, 0 FROM network_memberships m \
         WHERE m.organisation = $2 AND m.valid_from <= $1 AND m.valid_to > $1 \
         UNION ALL SELECT m.organisation, m.parent, walk.depth + 1 FROM walk \
         JOIN network_memberships m ON m.parent = walk.id \
         WHERE m.valid_from <= $1 AND m.valid_to > $1 AND walk.depth < 64",
        "ORDER BY walk.depth, s.rank, s.region, walk.id"
    ));
    nodes(statement.bind(as_of.to_string()).bind(id.to_string()).fetch_all(connection).await?)
}

/// The ids of everything under an organisation, itself too, in no order.
pub(crate) async fn descendant_ids(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Vec<OrganisationId>, NetworkError> {
    let statement = query(
        "WITH RECURSIVE walk (id, depth) AS (SELECT m.organisation, 0 FROM network_memberships m \
         WHERE m.organisation = $2 AND m.valid_from <= $1 AND m.valid_to > $1 \
         UNION ALL SELECT m.organisation, walk.depth + 1 FROM walk JOIN network_memberships m ON m.parent = walk.id \
         WHERE m.valid_from <= $1 AND m.valid_to > $1 AND walk.depth < 64) SELECT id FROM walk",
    );
    let rows = statement.bind(as_of.to_string()).bind(id.to_string()).fetch_all(connection).await?;
    let id = |row: &Row| {
        let name: String = row.try_get(0)?;
        parse(name.clone(), &name)
    };
    rows.iter().map(id).collect()
}

/// Those directly under an organisation, or at the top.
pub(crate) async fn children(
    connection: &mut Connection,
    parent: Option<&OrganisationId>,
    as_of: Date,
) -> Result<Vec<Node>, NetworkError> {
    let statement = match parent {
        Some(parent) => query(nodes!(
            "SELECT m.organisation, m.parent, 1 FROM network_memberships m \
             WHERE m.parent = $2 AND m.valid_from <= $1 AND m.valid_to > $1",
            "ORDER BY s.rank, s.region, walk.id"
        ))
        .bind(as_of.to_string())
        .bind(parent.to_string()),
        None => query(nodes!(
            "SELECT m.organisation, m.parent, 0 FROM network_memberships m \
             WHERE m.parent IS NULL AND m.valid_from <= $1 AND m.valid_to > $1",
            "ORDER BY s.rank, s.region, walk.id"
        ))
        .bind(as_of.to_string()),
    };
    nodes(statement.fetch_all(connection).await?)
}

/// Everyone in the tree, higher levels first.
pub(crate) async fn everyone(connection: &mut Connection, as_of: Date) -> Result<Vec<Node>, NetworkError> {
    let statement = query(nodes!(
        "SELECT m.organisation, m.parent, 0 FROM network_memberships m WHERE m.valid_from <= $1 AND m.valid_to > $1",
        "ORDER BY s.rank, s.region, walk.id"
    ));
    nodes(statement.bind(as_of.to_string()).fetch_all(connection).await?)
}

fn nodes(rows: Vec<Row>) -> Result<Vec<Node>, NetworkError> {
    let node = |row: &Row| {
        let name: String = row.try_get(0)?;
        let profile = super::state::profile(row, 3, &name)?;
        Ok(Node {
            id: parse(name.clone(), &name)?,
            parent: row.try_get::<Option<String>, _>(1)?.map(|parent| parse(parent, &name)).transpose()?,
            depth: u32::try_from(row.try_get::<i64, _>(2)?).unwrap_or(0),
            name_zh: profile.name_zh,
            name_en: profile.name_en,
            kind: profile.kind,
            level: profile.level,
            region: profile.region,
            status: word(row, 4, &name)?,
        })
    };
    rows.iter().map(node).collect()
}

/// The last day on which an organisation stood in the tree on or before a day.
pub(crate) async fn last_day_in_tree(
    connection: &mut Connection,
    id: &OrganisationId,
    as_of: Date,
) -> Result<Option<Date>, NetworkError> {
    let statement = query(
        "SELECT valid_to FROM network_memberships WHERE organisation = $1 AND valid_from <= $2 \
         AND valid_from < valid_to ORDER BY valid_from DESC LIMIT 1",
    );
    let row = statement.bind(id.to_string()).bind(as_of.to_string()).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    if row.try_get::<String, _>(0)? == FOREVER {
        return Ok(Some(as_of));
    }
    let end = day(&row, 0, id.as_str())?;
    Ok(Some(if end > as_of { as_of } else { end.yesterday().unwrap_or(end) }))
}

/// Hangs one membership under another parent from a day on, until it would have ended.
pub(crate) async fn rehang(
    connection: &mut Connection,
    membership: &Membership,
    version: i64,
    parent: Option<&OrganisationId>,
    from: Date,
) -> Result<(), NetworkError> {
    let organisation = membership.organisation.to_string();
    query(
        "UPDATE network_memberships SET valid_to = $3 \
         WHERE organisation = $1 AND valid_from = $2 AND valid_from < valid_to",
    )
    .bind(organisation.clone())
    .bind(membership.from.to_string())
    .bind(from.to_string())
    .execute(&mut *connection)
    .await?;
    let statement = query(
        "INSERT INTO network_memberships (organisation, version, parent, valid_from, valid_to) \
         VALUES ($1, $2, $3, $4, $5)",
    );
    let statement = statement.bind(organisation).bind(version).bind(parent.map(ToString::to_string));
    statement.bind(from.to_string()).bind(end(membership.to)).execute(connection).await?;
    Ok(())
}
