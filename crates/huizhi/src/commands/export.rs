//! `huizhi export`.

use std::fs;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use search::SearchError;
use tempfile::NamedTempFile;

use super::Outcome;
use super::search::{named, tongue};
use crate::cli::{ExportArgs, FormatArg};
use crate::progress;
use crate::settings::Settings;
use crate::store::Store;

pub(crate) async fn run(settings: &Settings, args: ExportArgs) -> Result<Outcome> {
    let query = args.query.join(" ");
    let columns = named(args.fields.iter().map(String::as_str))?;
    let store = Store::read(settings).await?;
    let searcher = store.searcher(settings).await?;
    if args.output.is_none() && matches!(args.format, FormatArg::Xlsx) && std::io::stdout().is_terminal() {
        bail!("a workbook does not fit on a terminal; give a file with --output");
    }
    let mut target = Target::open(args.output.as_deref())?;
    let mut out = BufWriter::with_capacity(1 << 16, target.writer());
    let bar = progress::items();
    let mut exporting = match searcher.exporting(&query, args.format.into(), settings.lang, &columns) {
        Err(SearchError::Mistake(mistake)) => bail!("{}", mistake.message(tongue(settings.lang))),
        other => other?,
    };
    while let Some(piece) = exporting.next().await? {
        out.write_all(&piece).context("cannot write the export")?;
        bar.set_length(exporting.total());
        bar.set_position(exporting.written());
    }
    let written = exporting.written();
    bar.finish_and_clear();
    out.flush()?;
    drop(out);
    if let Some(path) = target.finish()? {
        eprintln!("{written} → {}", path.display());
    }
    Ok(Outcome::Done)
}

/// Where the export goes. A file appears under its name only when it is whole: a mistake in the query or a full disk
/// leaves what was there before.
enum Target {
    Stdout(std::io::Stdout),
    /// A pipe or device, written as it is.
    Pipe(fs::File),
    File(NamedTempFile, PathBuf),
}

impl Target {
    fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout(std::io::stdout())) };
        let failed = || format!("cannot write {}", path.display());
        if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
            return Ok(Self::Pipe(fs::File::create(path).with_context(failed)?));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".huizhi-export-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As any new file: what the umask leaves.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        Ok(Self::File(builder.tempfile_in(folder).with_context(failed)?, path.to_owned()))
    }

    fn writer(&mut self) -> &mut (dyn Write + Send) {
        match self {
            Self::Stdout(out) => out,
            Self::Pipe(out) => out,
            Self::File(out, _) => out,
        }
    }

    /// The file that was written, if one was.
    fn finish(self) -> Result<Option<PathBuf>> {
        let Self::File(file, path) = self else { return Ok(None) };
        file.persist(&path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Some(path))
    }
}
