//! The key of the installation: personal data are sealed with it.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use accounts::Secret;
use anyhow::{Context, Result, bail};

use crate::settings::Settings;
use crate::store;

/// File in the data folder that holds the key as 64 hexadecimal digits.
const FILE: &str = "secret.key";

/// The key: `HUIZHI_SECRET`, else `secret.key` in the data folder, which is made on first use. Whoever loses it loses the
/// personal data; it belongs into the backup, but not beside it.
pub(crate) fn of(settings: &Settings) -> Result<Secret> {
    key(settings).map(Secret::new)
}

/// The bytes of the key, for what derives a key of its own from it.
pub(crate) fn key(settings: &Settings) -> Result<[u8; 32]> {
    if let Some(text) = &settings.secret {
        return read(text).context("HUIZHI_SECRET");
    }
    let path = settings.data.join(FILE);
    match fs::read_to_string(&path) {
        Ok(text) => read(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => make(&path),
        Err(error) => Err(error.into()),
    }
    .with_context(|| format!("{}", path.display()))
}

fn read(text: &str) -> Result<[u8; 32]> {
    let text = text.trim();
    let digits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !digits {
        bail!("the key of the installation is 64 hexadecimal digits; take it from the backup");
    }
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16)?;
    }
    Ok(key)
}

/// Two processes may start at once: the file appears whole, and the first one wins.
fn make(path: &Path) -> Result<[u8; 32]> {
    let folder = path.parent().context("no folder")?;
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    let key: String = store::random().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "{key}")?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => OpenOptions::new().read(true).open(folder)?.sync_all()?,
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.error.into()),
    }
    read(&fs::read_to_string(path)?)
}
