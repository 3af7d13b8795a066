//! `huizhi doctor` and `huizhi reindex`.

use std::path::Path;

use accounts::{Accounts, Actor, Head};
use anyhow::{Context as _, Result};
use serde_json::json;

use super::Outcome;
use crate::cli::DoctorArgs;
use crate::settings::Settings;
use crate::store::{self, Store};
use crate::{progress, secret};

/// Says what the data folder holds and whether it is sound.
pub(crate) async fn run(settings: &Settings, args: &DoctorArgs) -> Result<Outcome> {
    let store = Store::read(settings).await?;
    if args.audit {
        return audit(settings, &store, args.heads.as_deref()).await;
    }
    if args.digest {
        println!("{}", store.register.digest().await?);
        return Ok(Outcome::Done);
    }
    let stats = store.register.stats().await?;
    let (cursor, indexed) = (store.index.cursor()?, store.index.documents()?);
    let audit = if args.check { Some(store.register.check().await?) } else { None };
    let sound = cursor <= stats.seq && audit.as_ref().is_none_or(register::Audit::is_sound);
    if settings.json {
        let (rights, behind) = (stats.total(), stats.seq - cursor);
        let answer = json!({ "stats": stats, "rights": rights, "indexed": indexed, "behind": behind, "audit": audit, "sound": sound });
        println!("{}", serde_json::to_string_pretty(&answer)?);
    } else {
        println!("{} rights, {} feed entries, {} in quarantine", stats.total(), stats.seq, stats.quarantined);
        println!("index: {indexed} rights, {} feed entries behind", stats.seq - cursor);
        for source in &stats.sources {
            let newest = source.newest.as_deref().unwrap_or("-");
            println!(
                "  {:<24} {:>9} parts, {} withdrawn, newest {newest}",
                source.source, source.parts, source.withdrawn
            );
        }
        if let Some(audit) = &audit {
            println!("{} rights and {} parts assembled anew: {} differ", audit.rights, audit.parts, audit.complaints);
            audit.listed.iter().for_each(|complaint| println!("  {complaint}"));
        }
    }
    if !sound {
        anyhow::bail!(
            "the data folder is not sound; `huizhi reindex` rebuilds the index, a backup restores the register"
        );
    }
    Ok(Outcome::Done)
}

/// Reads the whole audit trail and tells whether it is whole.
async fn audit(settings: &Settings, store: &Store, heads: Option<&Path>) -> Result<Outcome> {
    let noted = heads.map(noted).transpose()?.unwrap_or_default();
    let database = store.register.database().clone();
    network::Network::open(database.clone()).await?;
    let accounts = Accounts::open(database, secret::of(settings)?, settings.accounts.clone()).await?;
    let verified = accounts.verify_audit(&Actor::system("doctor"), &noted, store::now()).await?;
    if settings.json {
        println!("{}", serde_json::to_string_pretty(&verified)?);
    } else {
        println!("{} entries in {} chains of the audit trail", verified.entries, verified.heads.len());
        verified.broken.iter().for_each(|broken| println!("  {}", broken.text(settings.lang)));
        for head in &verified.heads {
            println!("{}", serde_json::to_string(head)?);
        }
    }
    if !verified.is_whole() {
        anyhow::bail!("the audit trail is not whole; back the database up at once and compare it with the last backup");
    }
    Ok(Outcome::Done)
}

/// Ends of chains that were noted: lines of JSON among others, as this command prints them, or its whole answer in JSON.
fn noted(path: &Path) -> Result<Vec<Head>> {
    #[derive(serde::Deserialize)]
    struct Answer {
        heads: Vec<Head>,
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("noted ends {}", path.display()))?;
    if let Ok(answer) = serde_json::from_str::<Answer>(&text) {
        return Ok(answer.heads);
    }
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with('{'));
    let heads: Vec<Head> = lines.map(serde_json::from_str).collect::<Result<_, _>>().with_context(|| {
        format!("{} holds no ends of chains as `huizhi doctor --audit` prints them", path.display())
    })?;
    if heads.is_empty() {
        anyhow::bail!("{} holds no ends of chains as `huizhi doctor --audit` prints them", path.display());
    }
    Ok(heads)
}

/// Builds the index anew.
pub(crate) async fn reindex(settings: &Settings, reassemble: bool) -> Result<Outcome> {
    let store = Store::rebuild(settings).await?;
    if reassemble {
        let changed = store.register.reassemble(&store::now_text()).await?;
        println!("{changed} rights came out differently");
    }
    let bar = progress::items();
    bar.set_length(store.register.last_seq().await? as u64);
    let started = std::time::Instant::now();
    let done = ingest::follow(&store.register, &*store.index, store::today(), |n| bar.set_position(n)).await?;
    store.index.settle()?;
    bar.finish_and_clear();
    let seconds = started.elapsed().as_secs_f64();
    println!("{} rights indexed from {} feed entries in {seconds:.1} s", store.index.documents()?, done.entries);
    Ok(Outcome::Done)
}
