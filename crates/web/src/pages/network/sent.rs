//! The organisations that a form names.

use jiff::civil::Date;
use network::{DirectoryQuery, Fault, OrganisationId};

use super::failed;
use crate::App;
use crate::problem::Failure;
use crate::sent::fault;

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
        return Ok(if there {
            Ok(id)
        } else {
            Err(fault(field, &zh, &format!("no organisation has the id {text} on {day}")))
        });
    }
    let asked = DirectoryQuery { text: Some(text.to_owned()), ..DirectoryQuery::on(day) };
    let found = app.network.directory(&asked).await.map_err(failed)?.organisations;
    let exact = |one: &&network::Organisation| {
        one.profile.name_zh == text || one.profile.name_en.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(text))
    };
    let exactly: Vec<&network::Organisation> = found.iter().filter(exact).collect();
    let tell = |list: &[&network::Organisation]| {
        let names: Vec<String> =
            list.iter().take(5).map(|one| format!("{} ({})", one.profile.name_zh, one.id)).collect();
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
