//! `huizhi doctor` and `huizhi reindex`.

use anyhow::Result;
use serde_json::json;

use super::Outcome;
use crate::cli::DoctorArgs;
use crate::progress;
use crate::settings::Settings;
use crate::store::{self, Store};

/// Says what the data folder holds and whether it is sound.
pub(crate) async fn run(settings: &Settings, args: &DoctorArgs) -> Result<Outcome> {
    let store = Store::read(settings).await?;
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
