//! `huizhi show`.

use anyhow::{Result, bail};

use super::Outcome;
use crate::cli::ShowArgs;
use crate::output::right;
use crate::settings::Settings;
use crate::store::Store;

pub(crate) async fn run(settings: &Settings, args: &ShowArgs) -> Result<Outcome> {
    let number = args.number.join(" ");
    let store = Store::read(settings).await?;
    let rights = store.searcher(settings).await?.show(&number).await?;
    match rights.as_slice() {
        [] => bail!("no right is known by the number «{number}»; try `huizhi search '{number}'`"),
        [right] if settings.json => println!("{}", serde_json::to_string_pretty(right)?),
        [right] => print!("{}", right::text(right, settings.lang)),
        several if settings.json => println!("{}", serde_json::to_string_pretty(several)?),
        several => {
            for right in several {
                println!("{}  {}", right.id, right.title(settings.lang).unwrap_or_default());
            }
            let hint = if settings.lang == "zh" {
                "该号码对应多项权利，请用标识查看："
            } else {
                "Several rights have this number; show one by its id:"
            };
            println!("{hint} huizhi show {}", several[0].id);
        }
    }
    Ok(Outcome::Done)
}
