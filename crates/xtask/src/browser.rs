//! Journeys through the site in a real browser: Playwright drives the system's Chromium, axe-core looks at every page.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::packages::{program, run};
use crate::root;
use crate::site::Site;

/// What a run of the browser tests came to.
pub(crate) struct Outcome {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// Runs `browser-tests` against a site.
pub(crate) fn test(site: &Site) -> Result<Outcome> {
    let why = "the browser suite";
    let chromium = program(why, "chromium", &["chromium", "fonts-noto-cjk"])?;
    let node = program(why, "node", &["nodejs", "npm"])?;
    let npm = program(why, "npm", &["npm"])?;
    let folder = root().join("browser-tests");
    run(Command::new(npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    let mut child = Command::new(node)
        .args(["--test", "--test-reporter=tap", "--test-concurrency=2"])
        .current_dir(&folder)
        .env("HUIZHI_SITE", site.address())
        .env("HUIZHI_PROGRAM", crate::site::program())
        .env("HUIZHI_CHROMIUM", chromium)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut outcome = Outcome { passed: 0, failed: 0 };
    let mut seen = false;
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        let count = |name: &str| line.strip_prefix(name).and_then(|count| count.trim().parse::<u64>().ok());
        if let Some(passed) = count("# pass ") {
            outcome.passed = passed;
            seen = true;
        } else if let Some(failed) = count("# fail ") {
            outcome.failed = failed;
        }
        if !line.trim_start().starts_with("ok ") {
            println!("{line}");
        }
    }
    if (!child.wait()?.success() && outcome.failed == 0) || !seen || outcome.passed + outcome.failed == 0 {
        bail!("the browser suite broke off");
    }
    Ok(outcome)
}
