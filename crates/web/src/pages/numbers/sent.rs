//! A list as a form sends it: typed into the box, or a text, CSV or workbook file.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use sources::table::{first_column, is_workbook};

use crate::language::Lang;

/// What a form sent.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) list: String,
    /// Whether a file was among it.
    pub(super) uploaded: bool,
    /// Format of a download that was asked for.
    pub(super) format: String,
}

/// Why nothing can be made of it.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// It is larger than a list may be.
    TooLarge,
    /// The file is no readable workbook, with the reason.
    Workbook(String),
    /// The form itself is broken.
    Form,
}

impl From<MultipartError> for Unreadable {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Form }
    }
}

impl Unreadable {
    pub(super) fn told(&self, lang: Lang) -> String {
        let most = super::LARGEST >> 20;
        match (self, lang) {
            (Self::TooLarge, Lang::Zh) => format!("提交的内容超过 {most} MB，请分几次查找。"),
            (Self::TooLarge, Lang::En) => {
                format!("What was sent is larger than {most} MB; look it up in several parts.")
            }
            (Self::Workbook(reason), Lang::Zh) => {
                format!("这个工作簿无法读取（{reason}）。请另存为 CSV，或复制一列粘贴到框中。")
            }
            (Self::Workbook(reason), Lang::En) => {
                format!("This workbook cannot be read ({reason}). Save it as CSV, or copy a column into the box.")
            }
            (Self::Form, Lang::Zh) => "没有收到完整的内容，请重试或改为粘贴。".to_owned(),
            (Self::Form, Lang::En) => "What was sent did not arrive whole; try again, or paste the list.".to_owned(),
        }
    }
}

impl Sent {
    pub(super) async fn read(mut form: Multipart) -> Result<Self, Unreadable> {
        let mut sent = Self::default();
        while let Some(field) = form.next_field().await? {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await?;
            match name.as_str() {
                "format" => sent.format = text_of(&bytes),
                "list" => sent.add(&text_of(&bytes)),
                "file" if !bytes.is_empty() => {
                    sent.uploaded = true;
                    let list = if is_workbook(&bytes) {
                        // Unpacking takes a while; other visitors go on meanwhile.
                        let column = tokio::task::spawn_blocking(move || first_column(&bytes)).await;
                        column.map_err(|_| Unreadable::Form)?.map_err(Unreadable::Workbook)?.join("\n")
                    } else {
                        text_of(&bytes)
                    };
                    sent.add(&list);
                }
                _ => {}
            }
        }
        Ok(sent)
    }

    fn add(&mut self, list: &str) {
        if list.trim().is_empty() {
            return;
        }
        if !self.list.is_empty() {
            self.list.push('\n');
        }
        self.list.push_str(list.trim_end());
    }
}

/// The text of a list. Numbers are ASCII: whatever stands beside them in another encoding than UTF-8 is no part of them
/// and becomes blanks.
fn text_of(bytes: &[u8]) -> String {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(text) {
        Ok(text) => text.to_owned(),
        Err(_) => text.iter().map(|&byte| if byte.is_ascii() && byte != 0 { byte as char } else { ' ' }).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn lists_of_older_spreadsheets_keep_their_numbers() {
        assert_eq!(text_of(b"\xEF\xBB\xBFCN104751825B"), "CN104751825B");
        // "专利" in GB 18030, then a number; and a number in UTF-16.
        assert_eq!(text_of(b"\xd7\xa8\xc0\xfb,EP2930123").trim_matches([' ', ',']), "EP2930123");
        assert_eq!(text_of(b"\xff\xfeE\0P\0\x31\0").replace(' ', ""), "EP1");
    }
}
