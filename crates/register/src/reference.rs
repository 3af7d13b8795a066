//! Tables that are loaded, not built in: classification schemes and offices' event codes.

use serde::{Deserialize, Serialize};

use crate::{Register, RegisterError, sql};

/// A place of a classification scheme, in the order of the scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemeEntry {
    /// Symbol as written (`H01M10/0525`).
    pub symbol: String,
    /// Depth in the hierarchy, 0 at the top: a place belongs to the last one before it that is less deep.
    pub depth: u32,
    /// Title in Chinese.
    pub title_zh: Option<String>,
    /// Title in English.
    pub title_en: Option<String>,
}

/// What an office's event code means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCode {
    /// ST.3 code of the office.
    pub office: String,
    /// Code.
    pub code: String,
    /// The office's words.
    pub text: String,
    /// JSON name of a [`records::Effect`], where known.
    pub effect: Option<String>,
}

impl Register {
    /// Stores a version of a scheme (`ipc`, `cpc`, `locarno`, `nice`, `vienna`) in place of the same version.
    pub async fn load_scheme(&self, scheme: &str, version: &str, entries: &[SchemeEntry]) -> Result<(), RegisterError> {
        let mut write = self.database.write().await?;
        sql::reference::put_scheme(&mut write, scheme, version, entries).await?;
        Ok(write.commit().await?)
    }

    /// Schemes loaded: scheme, version, number of places.
    pub async fn schemes(&self) -> Result<Vec<(String, String, i64)>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::reference::schemes(&mut read).await?)
    }

    /// All places of the latest version of a scheme; none when it was not loaded.
    pub async fn scheme(&self, scheme: &str) -> Result<Vec<SchemeEntry>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::reference::scheme(&mut read, scheme).await?)
    }

    /// A symbol and everything below it in the latest version of a scheme, in scheme order; none when the scheme was not
    /// loaded or does not have the symbol.
    pub async fn scheme_descendants(&self, scheme: &str, symbol: &str) -> Result<Vec<String>, RegisterError> {
        Ok(self.scheme_below(scheme, symbol).await?.into_iter().map(|entry| entry.symbol).collect())
    }

    /// Stores event codes, each in place of the one of its office and code. Rights that are assembled from now on take
    /// their effects from them; [`Register::reassemble`] does it for those that are there.
    pub async fn load_event_codes(&self, codes: &[EventCode]) -> Result<(), RegisterError> {
        let mut write = self.database.write().await?;
        sql::reference::put_event_codes(&mut write, codes).await?;
        write.commit().await?;
        self.take_codes().await
    }

    /// All event codes loaded, in order of office and code.
    pub async fn event_codes(&self) -> Result<Vec<EventCode>, RegisterError> {
        let mut read = self.database.read().await?;
        Ok(sql::reference::event_codes(&mut read).await?)
    }
}
