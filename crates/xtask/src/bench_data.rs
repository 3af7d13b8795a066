//! Files for benchmarks, made from the real office files and from the demonstration generator.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{real_data, root};

/// Documents in the weekly-sized file. A week of grants has about as many, with 100 kB each in the mean.
const GRANTS: usize = 7_000;

/// Of so many documents one is from the longer half of the real grants: that gives the mean of a real week.
const LONG_EVERY: usize = 9;

/// Rights in the Chinese set.
const CHINESE: usize = 200_000;

/// Writes `weekly-grants.xml` (real grants, renumbered) and `chinese.parts.jsonl` into `folder`.
pub(crate) fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    weekly(&folder.join("weekly-grants.xml"))?;
    let set = folder.join("chinese.parts.jsonl");
    let rights = CHINESE.to_string();
    let mut demo = Command::new(crate::cargo());
    demo.args(["run", "--release", "--quiet", "--package", "huizhi", "--", "demo", "--rights", &rights, "--write"]);
    if !demo.arg(&set).current_dir(root()).status()?.success() {
        bail!("the demonstration generator failed");
    }
    println!("{}: {} MB", set.display(), fs::metadata(&set)?.len() / 1_000_000);
    Ok(())
}

/// One real grant, cut at its numbers.
struct Grant {
    text: String,
    publication: String,
    application: String,
}

fn weekly(path: &Path) -> Result<()> {
    let grants = grants(&real_data().join("uspto/grants"))?;
    let mut out = BufWriter::new(File::create(path).with_context(|| path.display().to_string())?);
    let (short, long) = grants.split_at(grants.len().div_ceil(2));
    let long = if long.is_empty() { short } else { long };
    let mut written = 0;
    for at in 0..GRANTS {
        let half = if at % LONG_EVERY == LONG_EVERY - 1 { long } else { short };
        let text = renumbered(&half[(at / LONG_EVERY + at) % half.len()], at);
        out.write_all(text.as_bytes())?;
        written += text.len();
    }
    out.flush()?;
    println!("{}: {GRANTS} documents, {} MB", path.display(), written / 1_000_000);
    Ok(())
}

fn grants(folder: &Path) -> Result<Vec<Grant>> {
    let mut grants = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("{}: the real office files are needed; set HUIZHI_REAL_DATA", folder.display()))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let number = |within: &str| {
            let part = &text[text.find(within)?..];
            let from = part.find("<doc-number>")? + "<doc-number>".len();
            part[from..].split_once('<').map(|(number, _)| number.to_owned())
        };
        if let (true, Some(publication), Some(application)) =
            (text.contains("<us-patent-grant"), number("<publication-reference"), number("<application-reference"))
        {
            grants.push(Grant { publication, application, text: text.trim_end().to_owned() + "\n" });
        }
    }
    if grants.is_empty() {
        bail!("{} holds no US grants in XML", folder.display());
    }
    grants.sort_by_key(|grant| grant.text.len());
    Ok(grants)
}

/// The grant as number `at`: its own numbers are replaced wherever they stand as element text.
fn renumbered(grant: &Grant, at: usize) -> String {
    let publication = format!("{:08}", 30_000_000 + at);
    let application = format!("{:08}", 60_000_000 + at);
    let element = |number: &str| format!("<doc-number>{number}</doc-number>");
    let text = grant.text.replacen(&element(&grant.publication), &element(&publication), 1);
    text.replacen(&element(&grant.application), &element(&application), 1)
}
