//! `huizhi codes`.

use anyhow::{Context, Result, bail};
use records::event::inpadoc::CodeTable;
use register::EventCode;
use sources::reference::read_rows;

use super::Outcome;
use crate::cli::CodesCommand;
use crate::output::table;
use crate::settings::Settings;
use crate::store::{self, Store};

pub(crate) async fn run(settings: &Settings, command: CodesCommand) -> Result<Outcome> {
    match command {
        CodesCommand::Load { file } => {
            let rows = read_rows(&file).with_context(|| format!("{}", file.display()))?;
            let codes: Vec<EventCode> = CodeTable::from_rows(rows)?
                .entries()
                .map(|(office, code, text, effect)| EventCode {
                    office: office.to_string(),
                    code: code.to_owned(),
                    text: text.to_owned(),
                    effect: effect.map(|effect| effect.code().to_owned()),
                })
                .collect();
            let store = Store::write(settings).await?;
            store.register.load_event_codes(&codes).await?;
            let known = codes.iter().filter(|code| code.effect.is_some()).count();
            let changed = store.register.reassemble(&store::now_text()).await?;
            ingest::follow(&store.register, &*store.index, store::today(), |_| ()).await?;
            println!("{} codes loaded, {known} of them with an effect; {changed} rights changed", codes.len());
        }
        CodesCommand::List { office } => list(settings, &office.to_uppercase()).await?,
    }
    Ok(Outcome::Done)
}

async fn list(settings: &Settings, office: &str) -> Result<()> {
    let codes = Store::read(settings).await?.register.event_codes().await?;
    let codes: Vec<_> = codes.into_iter().filter(|code| code.office == office).collect();
    if settings.json {
        println!("{}", serde_json::to_string_pretty(&codes)?);
        return Ok(());
    }
    if codes.is_empty() {
        bail!("no codes of {office} are loaded; load the office's table with `huizhi codes load FILE`");
    }
    let rows = codes.into_iter().map(|code| vec![code.code, code.text, code.effect.unwrap_or_default()]);
    println!("{}", table(&["code", "text", "effect"], rows));
    Ok(())
}
