//! Rights made anew from parts that stay as they are: after event codes were loaded, or when a newer program
//! assembles differently.

use std::sync::{Arc, PoisonError};

use rayon::prelude::*;
use records::event::inpadoc::CodeTable;
use records::{Effect, Office, Part};

use crate::apply::compute;
use crate::fold::{assemble, right_row};
use crate::sql::parts::PartBody;
use crate::sql::rights::{RightRow, StoredRight};
use crate::{Register, RegisterError, codec, sql};

/// Rights in one transaction.
const PAGE: i64 = 500;

impl Register {
    /// The event codes that were loaded.
    pub(crate) fn codes(&self) -> Arc<CodeTable> {
        Arc::clone(&self.codes.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the stored event codes into use.
    pub(crate) async fn take_codes(&self) -> Result<(), RegisterError> {
        let stored = self.event_codes().await?;
        let entries = stored.into_iter().filter_map(|code| {
            let effect = code.effect.as_deref().and_then(Effect::from_code);
            Some((code.office.parse::<Office>().ok()?, code.code, code.text, effect))
        });
        let table = Arc::new(CodeTable::from_entries(entries));
        *self.codes.write().unwrap_or_else(PoisonError::into_inner) = table;
        Ok(())
    }

    /// Assembles every right anew and stores those that come out differently, each with a feed entry. Returns their
    /// number. `at` is the time, RFC 3339 in UTC. Run again it changes nothing; broken off, what was done stays.
    pub async fn reassemble(&self, at: &str) -> Result<u64, RegisterError> {
        let _turn = self.turn.lock().await;
        let (mut after, mut changed) = (String::new(), 0);
        loop {
            let mut write = self.database.write().await?;
            let head = sql::feed::hold(&mut write).await?;
            let page = sql::rights::page(&mut write, &after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(changed) };
            after.clone_from(&last.id);
            let parts = sql::parts::bodies_of_rights(&mut write, page.iter().map(|right| right.id.as_str())).await?;
            let codes = self.codes();
            let rows = compute(move || different(&page, &parts, &codes)).await?;
            let entries: Vec<_> = rows.iter().map(|row| (row.id.clone(), "put")).collect();
            changed += rows.len() as u64;
            if !rows.is_empty() {
                let numbered = rows.iter().flat_map(|row| row.numbers.iter().map(|key| (key.clone(), row.id.clone())));
                sql::rights::number(&mut write, numbered.collect()).await?;
                sql::rights::put(&mut write, rows, head.seq + 1).await?;
                sql::feed::append(&mut write, head.seq, &entries, at).await?;
            }
            write.commit().await?;
        }
    }
}

/// The rights that their parts now make differently.
fn different(page: &[StoredRight], parts: &[PartBody], codes: &CodeTable) -> Result<Vec<RightRow>, RegisterError> {
    let fresh = page.par_iter().map(|stored| {
        let own = parts.iter().filter(|part| part.right == stored.id);
        let own = own.map(|part| codec::read::<Part>(&format!("part {}", part.key), &part.body));
        let Some(right) = assemble(&stored.id, &own.collect::<Result<Vec<_>, _>>()?, codes) else { return Ok(None) };
        Ok(Some(right_row(&right)?).filter(|row| row.digest != stored.digest))
    });
    fresh.filter_map(Result::transpose).collect()
}
