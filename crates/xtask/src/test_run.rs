//! The whole test run.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::postgres::Server;
use crate::site::Site;
use crate::{browser, clients, real_data, rooms, root};

/// Demonstration rights of the site that the browser visits: enough for every page to live.
const SITE_RIGHTS: u32 = 1200;

/// The browser suite alone.
pub(crate) fn browser() -> Result<()> {
    let outcome = browser::test(&Site::start(SITE_RIGHTS)?)?;
    println!("{} passed, {} failed", outcome.passed, outcome.failed);
    if outcome.failed > 0 {
        bail!("browser tests failed");
    }
    Ok(())
}

/// Programs of others alone.
pub(crate) fn clients() -> Result<()> {
    let (passed, failures) = clients::test(&Site::start(SITE_RIGHTS)?)?;
    println!("{passed} passed, {} failed", failures.len());
    if !failures.is_empty() {
        bail!("{}", failures.join(", "));
    }
    Ok(())
}

/// Formatting, lints, rooms, then every test on SQLite and PostgreSQL, and the documentation tests.
pub(crate) fn run() -> Result<()> {
    let started = Instant::now();
    step("formatting", cargo(&["fmt", "--all", "--check"]))?;
    rooms::check()?;
    step("lints", cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))?;
    let server = Server::start().context("PostgreSQL")?;
    println!("PostgreSQL runs at {}", server.url());
    let (mut passed, mut failed, mut failures) = tests(&server)?;
    drop(server);
    let site = Site::start(SITE_RIGHTS)?;
    println!("== browser");
    let browser = browser::test(&site)?;
    println!("== other programs");
    let (fine, amiss) = clients::test(&site)?;
    passed += browser.passed + fine;
    failed += browser.failed + amiss.len() as u64;
    failures.extend(amiss);
    let data = real_data();
    let data = if data.join("README.md").exists() {
        format!("with the real office files in {}", data.display())
    } else {
        format!("WITHOUT real office files: {} is not there (set HUIZHI_REAL_DATA)", data.display())
    };
    println!("tests took {} s, {data}", started.elapsed().as_secs());
    println!("{passed} passed, {failed} failed");
    if !failures.is_empty() || failed > 0 {
        bail!("tests failed: {}", failures.join(", "));
    }
    Ok(())
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(crate::cargo());
    command.args(arguments).current_dir(root());
    command
}

fn step(name: &str, mut command: Command) -> Result<()> {
    println!("== {name}");
    if !command.status()?.success() {
        bail!("{name} failed");
    }
    Ok(())
}

/// Runs all tests, shows their output, and adds up the closing lines of every test binary.
fn tests(server: &Server) -> Result<(u64, u64, Vec<String>)> {
    println!("== tests");
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast"]);
    command.env("HUIZHI_TEST_POSTGRES", server.url()).env("HUIZHI_REAL_DATA", real_data()).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let (mut passed, mut failed, mut failures) = (0, 0, Vec::new());
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        if let Some(counts) = line.strip_prefix("test result: ") {
            let number = |word: &str| {
                let words: Vec<_> = counts.split([' ', ';', '.']).collect();
                let at = words.iter().position(|w| *w == word)?;
                words.get(at.checked_sub(1)?)?.parse::<u64>().ok()
            };
            passed += number("passed").unwrap_or(0);
            failed += number("failed").unwrap_or(0);
        }
        if line.starts_with("test ") && line.ends_with("FAILED") {
            failures.push(line.clone());
        }
        if !line.ends_with("... ok") {
            println!("{line}");
        }
    }
    if !child.wait()?.success() && failures.is_empty() {
        failures.push("a test binary did not build or broke off".to_owned());
    }
    Ok((passed, failed, failures))
}
