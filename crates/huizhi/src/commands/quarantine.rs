//! `huizhi quarantine`.

use anyhow::{Result, bail};
use register::{QuarantineFilter, Quarantined};
use serde::Serialize;

use super::Outcome;
use crate::cli::QuarantineArgs;
use crate::output::table;
use crate::settings::Settings;
use crate::store::Store;

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    entry: Quarantined,
    raw: String,
}

pub(crate) async fn run(settings: &Settings, args: QuarantineArgs) -> Result<Outcome> {
    let store = Store::read(settings).await?;
    if let Some(id) = args.id {
        return show(settings, &store, id).await;
    }
    let filter = QuarantineFilter { file: args.file, code: args.code, format: args.format };
    let entries = store.register.quarantine(&filter, args.after, args.limit).await?;
    if settings.json {
        println!("{}", serde_json::to_string_pretty(&entries)?);
        return Ok(Outcome::Done);
    }
    if entries.is_empty() {
        println!(
            "{}",
            if settings.lang == "zh" {
                "隔离区没有符合条件的记录。"
            } else {
                "No such record is in quarantine."
            }
        );
        return Ok(Outcome::Done);
    }
    let heading = if settings.lang == "zh" {
        ["编号", "格式", "原因", "文件", "位置", "说明"]
    } else {
        ["No.", "Format", "Reason", "File", "Position", "Message"]
    };
    let rows = entries.iter().map(|e| {
        vec![
            e.id.to_string(),
            e.format.clone(),
            e.code.clone(),
            e.file.clone(),
            e.position.to_string(),
            e.message.clone(),
        ]
    });
    println!("{}", table(&heading, rows));
    if entries.len() == args.limit as usize
        && let Some(last) = entries.last()
    {
        println!("--after {}", last.id);
    }
    Ok(Outcome::Done)
}

async fn show(settings: &Settings, store: &Store, id: i64) -> Result<Outcome> {
    let Some((entry, raw)) = store.register.quarantined(id).await? else {
        bail!("there is no entry {id} in quarantine; `huizhi quarantine` lists them");
    };
    let raw = String::from_utf8_lossy(&raw).into_owned();
    if settings.json {
        println!("{}", serde_json::to_string_pretty(&Shown { entry, raw })?);
    } else {
        println!("{}\n{} @{} ({} B)", entry.message, entry.file, entry.position, entry.raw_len);
        println!("{} {} {}\n\n{raw}", entry.format, entry.code, entry.at);
    }
    Ok(Outcome::Done)
}
