//! A site with demonstration data, for tests that meet it from outside.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::root;

/// The day on which the site lives, so that what the tests meet there does not depend on when they run.
pub(crate) const DAY: &str = "2026-11-16";

/// A running site; it ends when dropped.
pub(crate) struct Site {
    child: Child,
    address: String,
    /// Kept open: the program ends when nobody reads what it prints.
    _output: BufReader<ChildStdout>,
    _folder: tempfile::TempDir,
}

impl Site {
    /// Fills a temporary folder with demonstration rights and opens the site on a free port of this machine.
    pub(crate) fn start(rights: u32) -> Result<Self> {
        let build = ["build", "--quiet", "--package", "huizhi"];
        if !Command::new(crate::cargo()).args(build).current_dir(root()).status()?.success() {
            bail!("the program did not build");
        }
        let folder = tempfile::Builder::new().prefix("huizhi-site-").tempdir()?;
        // Other programs ask more often than a person does.
        std::fs::write(folder.path().join("huizhi.toml"), "[web]\nrequests_per_minute = 0\n")?;
        let log = folder.path().join("log");
        let mut child = Command::new(program())
            .args(["demo", "--rights", &rights.to_string(), "--day", DAY, "--listen", "127.0.0.1:0", "--lang", "en"])
            .current_dir(folder.path())
            .env_remove("HUIZHI_DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()
            .context("the program does not start")?;
        let mut output = BufReader::new(child.stdout.take().context("no output")?);
        let address = output.by_ref().lines().map_while(Result::ok).find_map(|line| {
            let line = line.trim();
            line.starts_with("http://127.0.0.1:").then(|| line.to_owned())
        });
        match address {
            Some(address) => Ok(Self { child, address, _output: output, _folder: folder }),
            None => bail!("the site did not open:\n{}", std::fs::read_to_string(log).unwrap_or_default()),
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The built program, wherever cargo's target folder is.
pub(crate) fn program() -> std::path::PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    Path::new(&target).join("debug/huizhi")
}
