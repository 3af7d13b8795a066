//! `huizhi demo`: the ordinary program on ordinary settings, with made-up rights.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use search::{COLUMNS, Options};

use super::search::{ask, print};
use super::serve::{indicators, serve};
use super::{Outcome, load};
use crate::cli::DemoArgs;
use crate::demo::{SCHEME_EDITION, SEARCHES, SEED, governance, lay_out, schemes, service, write_parts};
use crate::output::report;
use crate::secret;
use crate::settings::Settings;
use crate::store::{Store, now, set_day};

pub(crate) async fn run(settings: &Settings, args: &DemoArgs) -> Result<Outcome> {
    if let Some(path) = &args.write {
        return write(path, args.rights);
    }
    if let Some(day) = args.day {
        set_day(day);
    }
    let store = Store::write(settings).await?;
    // With its full path, so that its pictures are found from wherever the program runs.
    let file = lay_out(&std::path::absolute(settings.data.join("demonstration"))?, args.rights)?;
    for (scheme, entries) in schemes() {
        store.register.load_scheme(scheme, SCHEME_EDITION, &entries).await?;
    }
    let loaded = load::load(&store, vec![file], sources::Settings::default()).await?;
    print!("{}", report::text(&loaded, settings.lang));
    if !loaded.is_clean() {
        bail!("the demonstration set did not load whole; this is a fault of the program");
    }
    let database = store.register.database();
    let cases = cases_for(args.rights);
    Box::pin(service::bring(database, secret::of(settings)?, cases, now())).await?;
    let searcher = store.searcher(settings).await?;
    if cases > 0 {
        let secret = secret::of(settings)?;
        let indicators = indicators(database, &searcher, &secret).await?;
        Box::pin(governance::bring(database, secret, indicators, searcher.clone(), now())).await?;
    }
    let columns: Vec<_> =
        COLUMNS.iter().filter(|c| ["id", "title", "applicants", "status"].contains(&c.name)).collect();
    for (query, chinese, english) in SEARCHES {
        println!("\n— {}", if settings.lang == "zh" { chinese } else { english });
        println!("$ huizhi search '{query}'");
        let options = Options { limit: 3, facets: Options::FACETS[..3].to_vec(), ..Options::default() };
        let mut found = ask(&searcher, query, options, settings.lang).await?;
        found.next = None;
        print(&found, &columns, settings.lang);
    }
    println!("\nhuizhi search '石墨烯 电池'   huizhi show XX-P-…   huizhi search --help");
    if args.no_serve {
        return Ok(Outcome::Done);
    }
    // The right to write is given back: a load in another process can go on beside the site.
    drop(searcher);
    serve(settings, store.unlocked(), args.listen.as_deref()).await
}

/// Cases beside so many rights: three hundred beside the ordinary two thousand. A demonstration of a handful of rights is
/// one of rights alone, and quick.
fn cases_for(rights: u64) -> u32 {
    if rights < 200 {
        return 0;
    }
    u32::try_from(rights * 3 / 20).unwrap_or(u32::MAX).min(300)
}

fn write(path: &Path, rights: u64) -> Result<Outcome> {
    let mut out: Box<dyn Write> = if path == Path::new("-") {
        Box::new(std::io::stdout().lock())
    } else {
        Box::new(std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))?)
    };
    write_parts(&mut std::io::BufWriter::new(&mut out), SEED, rights)?;
    Ok(Outcome::Done)
}
