//! Settings: `huizhi.toml`, environment `HUIZHI_*`, flags, in rising order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::cli::{Common, Language};

/// What `huizhi.toml` may say. Unknown names are refused, so that a slip of the pen does not go unnoticed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    data: Option<PathBuf>,
    database_url: Option<String>,
    lang: Option<Language>,
    index: IndexFile,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct IndexFile {
    threads: Option<usize>,
    memory_mb: Option<usize>,
}

/// The settings in force.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Folder of register and index.
    pub(crate) data: PathBuf,
    /// Database address, where it is not SQLite in the data folder.
    pub(crate) database_url: Option<String>,
    /// Language of labels: `zh` or `en`.
    pub(crate) lang: &'static str,
    /// Answer in JSON.
    pub(crate) json: bool,
    /// Index engine.
    pub(crate) index: index::Settings,
}

impl Settings {
    /// Settings from the file, then the environment, then flags (clap has read the latter two).
    pub(crate) fn read(common: &Common) -> Result<Self> {
        let file = match &common.config {
            Some(path) => read_file(path)?,
            None if Path::new("huizhi.toml").exists() => read_file(Path::new("huizhi.toml"))?,
            None => File::default(),
        };
        let mut index = index::Settings::default();
        index.threads = file.index.threads.unwrap_or(index.threads).max(1);
        index.memory = file.index.memory_mb.map_or(index.memory, |mb| mb.max(15) * 1_000_000);
        let lang = common.lang.or(file.lang).unwrap_or_else(system_language);
        Ok(Self {
            data: common.data.clone().or(file.data).unwrap_or_else(|| PathBuf::from("huizhi-data")),
            database_url: common.database_url.clone().or(file.database_url),
            lang: lang.code(),
            json: common.json,
            index,
        })
    }
}

fn read_file(path: &Path) -> Result<File> {
    let text = fs::read_to_string(path).with_context(|| format!("settings file {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("settings file {}", path.display()))
}

/// Chinese first; English where the system says so.
fn system_language() -> Language {
    let said =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    match said {
        Some(lang) if lang.starts_with("en") => Language::En,
        _ => Language::Zh,
    }
}

/// Names of all settings of the file, as it tells them itself to who writes a wrong one.
#[cfg(test)]
pub(crate) fn names() -> Vec<String> {
    let listed = |toml: &str| {
        let said = toml::from_str::<File>(toml).map_or_else(|error| error.message().to_owned(), |_| String::new());
        let listed = said.split("expected").nth(1).unwrap_or_default();
        listed.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let index = listed("[index]\nno-such-name = 1").into_iter().map(|name| format!("index.{name}"));
    listed("no-such-name = 1").into_iter().filter(|name| name != "index").chain(index).collect()
}

/// Whether a settings file with this text is understood.
#[cfg(test)]
pub(crate) fn understand(text: &str) -> Result<()> {
    toml::from_str::<File>(text)?;
    Ok(())
}
