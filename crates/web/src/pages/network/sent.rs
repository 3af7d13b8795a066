//! What a form of the network sends, and fields as forms show them.

use std::sync::Arc;

use axum::extract::FromRequest;
use axum::extract::{Form, Request};
use jiff::civil::Date;
use network::{DirectoryQuery, Fault, OrganisationId};

use super::failed;
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

pub(crate) fn fault(field: &str, zh: &str, en: &str) -> Fault {
    Fault { field: field.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

/// The organisations that lines name, each by its id or its whole name in either language.
pub(crate) async fn named(
    app: &App,
    (field, lines): (&str, &str),
    day: Date,
) -> Result<Result<Vec<OrganisationId>, Vec<Fault>>, Failure> {
    let (mut ids, mut faults) = (Vec::new(), Vec::new());
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match one(app, (field, line), day).await? {
            Ok(id) if !ids.contains(&id) => ids.push(id),
            Ok(_) => {}
            Err(fault) => faults.push(fault),
        }
    }
    Ok(if faults.is_empty() { Ok(ids) } else { Err(faults) })
}

async fn one(app: &App, (field, text): (&str, &str), day: Date) -> Result<Result<OrganisationId, Fault>, Failure> {
    if let Ok(id) = text.parse::<OrganisationId>() {
        let there = app.network.organisation(&id, day).await.map_err(failed)?.is_some();
        let zh = format!("{day} 没有标识为 {text} 的机构");
        return Ok(if there { Ok(id) } else { Err(fault(field, &zh, &format!("no organisation has the id {text} on {day}"))) });
    }
    let asked = DirectoryQuery { text: Some(text.to_owned()), ..DirectoryQuery::on(day) };
    let found = app.network.directory(&asked).await.map_err(failed)?.organisations;
    let exact = |one: &&network::Organisation| {
        one.profile.name_zh == text || one.profile.name_en.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(text))
    };
    let exactly: Vec<&network::Organisation> = found.iter().filter(exact).collect();
    let tell = |list: &[&network::Organisation]| {
        let names: Vec<String> = list.iter().take(5).map(|one| format!("{} ({})", one.profile.name_zh, one.id)).collect();
        names.join("; ")
    };
    Ok(match exactly.as_slice() {
        [one] => Ok(one.id.clone()),
        [] if found.is_empty() => {
            let zh = format!("找不到「{text}」；请写全称或标识");
            Err(fault(field, &zh, &format!("there is no «{text}»: write the whole name or the id")))
        }
        [] => {
            let near = tell(&found.iter().collect::<Vec<_>>());
            let zh = format!("没有名称恰为「{text}」的机构；相近的有：{near}");
            Err(fault(field, &zh, &format!("nothing is named exactly «{text}»; near it are: {near}")))
        }
        several => {
            let several = tell(several);
            let zh = format!("名为「{text}」的机构不止一个，请写标识：{several}");
            Err(fault(field, &zh, &format!("more than one is named «{text}»; write the id: {several}")))
        }
    })
}
