//! Whether the register is sound, and whether two registers hold the same.

use database::Connection;
use records::Part;
use records::event::inpadoc::CodeTable;
use serde::{Deserialize, Serialize};

use crate::group::Links;
use crate::{Register, RegisterError, codec, sql};

/// Rows read at once.
const PAGE: i64 = 512;
/// Complaints listed; further ones are counted only.
const MOST_LISTED: usize = 100;

/// What [`Register::check`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// Rights looked at.
    pub rights: u64,
    /// Parts looked at, tombstones included.
    pub parts: u64,
    /// Complaints in all.
    pub complaints: u64,
    /// The first hundred, one sentence each.
    pub listed: Vec<String>,
}

impl Audit {
    /// Whether nothing was found wrong.
    pub fn is_sound(&self) -> bool {
        self.complaints == 0
    }

    fn complain(&mut self, complaint: String) {
        self.complaints += 1;
        if self.listed.len() < MOST_LISTED {
            self.listed.push(complaint);
        }
    }
}

impl Register {
    /// A hash (64 hexadecimal digits) over all parts and rights, whatever the order, files and times of loading:
    /// two registers that were given the same parts have the same.
    pub async fn digest(&self) -> Result<String, RegisterError> {
        let mut read = self.database.read().await?;
        let mut hasher = blake3::Hasher::new();
        let mut add = |name: &str, digest: &[u8]| {
            hasher.update(name.as_bytes());
            hasher.update(&[0]);
            hasher.update(digest);
        };
        let mut after = String::new();
        loop {
            let page = sql::parts::page(&mut read, &after, PAGE).await?;
            let Some(last) = page.last() else { break };
            for part in &page {
                add(&part.key, &part.version.digest);
            }
            after.clone_from(&last.key);
        }
        after.clear();
        loop {
            let page = sql::rights::page(&mut read, &after, PAGE).await?;
            let Some(last) = page.last() else { break };
            for right in &page {
                add(&right.id, &right.digest);
            }
            after.clone_from(&last.id);
        }
        Ok(hasher.finalize().to_hex().to_string())
    }

    /// Reads everything back: every part is whole and belongs where the links say, every right is what its parts
    /// make, and the feed has no gap.
    pub async fn check(&self) -> Result<Audit, RegisterError> {
        check(&mut *self.database.read().await?, &self.codes()).await
    }
}

async fn check(connection: &mut Connection, codes: &CodeTable) -> Result<Audit, RegisterError> {
    let mut audit = Audit::default();
    check_parts(connection, &mut audit).await?;
    check_rights(connection, &mut audit, codes).await?;
    let (head, count) = (sql::feed::head(connection).await?.seq, sql::feed::count(connection).await?);
    if head != count {
        audit.complain(format!("the feed ends with entry {head} but has {count} entries"));
    }
    Ok(audit)
}

async fn check_parts(connection: &mut Connection, audit: &mut Audit) -> Result<(), RegisterError> {
    let mut after = String::new();
    loop {
        let page = sql::parts::page(connection, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.key);
        audit.parts += page.len() as u64;
        let named = page.iter().flat_map(|part| &part.publications).map(String::as_str);
        let named = named.collect::<std::collections::BTreeSet<_>>();
        let links: Links = sql::parts::namings(connection, named).await?.into_iter().collect();
        let rights = page.iter().map(|part| part.right.as_str()).collect::<std::collections::BTreeSet<_>>();
        let rights = sql::rights::stored(connection, rights).await?;
        for part in &page {
            let right = links.group(part.application.as_deref(), &part.publications);
            if part.right != right {
                audit.complain(format!("part {} lies under {} and belongs to {right}", part.key, part.right));
            }
            if !part.version.withdrawn && !rights.iter().any(|stored| stored.id == part.right) {
                audit.complain(format!("part {} has no right: {} is missing", part.key, part.right));
            }
        }
    }
}

async fn check_rights(connection: &mut Connection, audit: &mut Audit, codes: &CodeTable) -> Result<(), RegisterError> {
    let mut after = String::new();
    loop {
        let page = sql::rights::page(connection, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.id);
        audit.rights += page.len() as u64;
        let bodies = sql::parts::bodies_of_rights(connection, page.iter().map(|right| right.id.as_str())).await?;
        let stored = sql::rights::bodies(connection, page.iter().map(|right| right.id.as_str())).await?;
        for right in page {
            let parts = bodies.iter().filter(|body| body.right == right.id);
            let parts = parts.map(|body| codec::read::<Part>(&format!("part {}", body.key), &body.body));
            let body = stored.iter().find(|(id, _)| *id == right.id).map_or(&[][..], |(_, body)| body);
            match parts.collect::<Result<Vec<_>, _>>() {
                Ok(parts) => check_right(audit, (&right.id, &right.digest, body), &parts, codes)?,
                Err(error) => audit.complain(error.to_string()),
            }
        }
    }
}

/// Compares what is stored of a right (id, digest, body) with what its parts make.
fn check_right(
    audit: &mut Audit,
    (id, digest, body): (&str, &[u8], &[u8]),
    parts: &[Part],
    codes: &CodeTable,
) -> Result<(), RegisterError> {
    let Some(right) = crate::fold::assemble(id, parts, codes) else {
        audit.complain(format!("right {id} is stored but no live part makes it"));
        return Ok(());
    };
    if blake3::hash(&codec::json(&right)?).as_bytes()[..] != *digest {
        audit.complain(format!("right {id} is not what its parts make"));
    }
    match codec::unpack(&format!("right {id}"), body) {
        Ok(json) if blake3::hash(&json).as_bytes()[..] == *digest => {}
        Ok(_) => audit.complain(format!("right {id}: its body and its digest differ")),
        Err(error) => audit.complain(error.to_string()),
    }
    Ok(())
}

#[cfg(test)]
#[path = "audit_tests.rs"]
mod tests;
