//! `huizhi export`.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};

use anyhow::{Context, Result, bail};
use search::SearchError;

use super::Outcome;
use super::search::tongue;
use crate::cli::{ExportArgs, FormatArg};
use crate::progress;
use crate::settings::Settings;
use crate::store::Store;

pub(crate) async fn run(settings: &Settings, args: ExportArgs) -> Result<Outcome> {
    let query = args.query.join(" ");
    let store = Store::read(settings).await?;
    let searcher = store.searcher(settings).await?;
    let mut out: Box<dyn Write + Send> = match &args.output {
        Some(path) => Box::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?),
        None if matches!(args.format, FormatArg::Xlsx) && std::io::stdout().is_terminal() => {
            bail!("a workbook does not fit on a terminal; give a file with --output")
        }
        None => Box::new(std::io::stdout()),
    };
    let mut out = BufWriter::with_capacity(1 << 16, &mut out);
    let bar = progress::items();
    let step = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let written = match searcher.export(&query, args.format.into(), &mut out, step).await {
        Err(SearchError::Mistake(mistake)) => bail!("{}", mistake.message(tongue(settings.lang))),
        other => other?,
    };
    bar.finish_and_clear();
    out.flush()?;
    if let Some(path) = &args.output {
        eprintln!("{written} → {}", path.display());
    }
    Ok(Outcome::Done)
}
