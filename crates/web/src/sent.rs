//! What a form sends.

use std::sync::Arc;

use axum::extract::FromRequest;
use axum::extract::{Form, Request};
use jiff::civil::Date;
use network::Fault;

use crate::App;
use crate::problem::Failure;

/// Names and values of a form, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent(pub(crate) Vec<(String, String)>);

impl FromRequest<Arc<App>> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Failure> {
        let Form(pairs) = Form::from_request(request, app).await.map_err(|_| {
            Failure::wrong("没有收到完整的表单，请重试。", "The form did not arrive whole; send it again.")
        })?;
        Ok(Self(pairs))
    }
}

impl Sent {
    /// The first value of a name; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The version that the sender saw.
    pub(crate) fn version(&self) -> Result<i64, Failure> {
        let text = self.get("version");
        text.parse().map_err(|_| Failure::parameter("version", text, "1, 2, 3…"))
    }

    /// The day from which the change holds; `today` where none was given.
    pub(crate) fn from(&self, today: Date) -> Result<Date, Fault> {
        match self.get("from").trim() {
            "" => Ok(today),
            text => text.parse().map_err(|_| fault("from", "日期写作 2026-07-01", "write the day as 2026-07-01")),
        }
    }
}

/// A fault of a field in both languages.
pub(crate) fn fault(field: &str, zh: &str, en: &str) -> Fault {
    Fault { field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}
