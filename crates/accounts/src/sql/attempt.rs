//! Failed attempts at rest.

use database::{Connection, query};
use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;

use super::{parsed, stamp};
use crate::AccountsError;
use crate::throttle::Rule;

/// Counts an attempt as failed until it is known to be good; answers until when attempts are refused, if they are. The
/// row stays locked until the commit, so that of many attempts at once no more are looked at than the rule allows.
pub(crate) async fn count(
    connection: &mut Connection,
    subject: &str,
    rule: Rule,
    now: Timestamp,
) -> Result<Option<Timestamp>, AccountsError> {
    let (at, forgotten) = (stamp(now), stamp(now - SignedDuration::from_secs(rule.forget)));
    let statement = query(
        "INSERT INTO accounts_attempts (subject, failures, last_at, blocked_until) VALUES ($1, 1, $2, $2) \
         ON CONFLICT (subject) DO UPDATE SET last_at = $2, \
         failures = CASE WHEN accounts_attempts.last_at < $3 THEN 1 ELSE accounts_attempts.failures + 1 END \
         WHERE accounts_attempts.blocked_until <= $2 RETURNING failures",
    );
    let counted = statement.bind(subject.to_owned()).bind(at).bind(forgotten).fetch_optional(&mut *connection).await?;
    let Some(counted) = counted else {
        let statement = query("SELECT blocked_until FROM accounts_attempts WHERE subject = $1");
        let row = statement.bind(subject.to_owned()).fetch_one(connection).await?;
        return parsed(&row, 0).map(Some);
    };
    if let Some(wait) = rule.wait(counted.try_get(0)?) {
        let statement = query("UPDATE accounts_attempts SET blocked_until = $2 WHERE subject = $1");
        statement.bind(subject.to_owned()).bind(stamp(now + wait)).execute(connection).await?;
    }
    Ok(None)
}

/// Forgets the failures of a subject.
pub(crate) async fn clear(connection: &mut Connection, subject: &str) -> Result<(), AccountsError> {
    query("DELETE FROM accounts_attempts WHERE subject = $1").bind(subject.to_owned()).execute(connection).await?;
    Ok(())
}

/// Takes back one count that turned out to be good.
pub(crate) async fn give_back(connection: &mut Connection, subject: &str, now: Timestamp) -> Result<(), AccountsError> {
    let statement = query(
        "UPDATE accounts_attempts SET failures = failures - 1, blocked_until = $2 \
         WHERE subject = $1 AND failures > 0",
    );
    statement.bind(subject.to_owned()).bind(stamp(now)).execute(connection).await?;
    Ok(())
}

/// Removes what no rule looks at any more.
pub(crate) async fn sweep(connection: &mut Connection, before: Timestamp) -> Result<u64, AccountsError> {
    let statement = query("DELETE FROM accounts_attempts WHERE last_at < $1 AND blocked_until < $1");
    Ok(statement.bind(stamp(before)).execute(connection).await?.rows_affected())
}
