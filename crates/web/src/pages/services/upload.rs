//! A file that a form sends beside a few texts.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use axum::http::StatusCode;

/// What a form sent.
#[derive(Default)]
pub(super) struct Upload {
    pub(super) file: Vec<u8>,
    texts: BTreeMap<String, String>,
}

impl Upload {
    pub(super) async fn read(mut form: Multipart) -> Result<Self, StatusCode> {
        let mut sent = Self::default();
        while let Some(field) = form.next_field().await.map_err(|error| error.status())? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| error.status())?;
            if name == "file" {
                sent.file = bytes.to_vec();
            } else {
                sent.texts.insert(name, String::from_utf8_lossy(&bytes).trim().to_owned());
            }
        }
        Ok(sent)
    }

    /// A text; empty when it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// All texts with their names.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Whether the file is JSON: by its first sign, not by its name.
    pub(super) fn is_json(&self) -> bool {
        let bytes = self.file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.file);
        matches!(bytes.iter().find(|byte| !byte.is_ascii_whitespace()), Some(b'{' | b'['))
    }
}
