//! What the test run needs from the system's packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Installs Debian packages when run as root; otherwise says what is missing and how to get it.
pub(crate) fn install(why: &str, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if !is_root() || !Path::new("/usr/bin/apt-get").exists() {
        bail!(
            "{why} needs {names}; install it (Debian: apt-get install {names}), or run this as root on Debian, then it is installed here"
        );
    }
    println!("installing {names} from the system's packages");
    run(Command::new("apt-get").args(["update", "-q"]))?;
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "-q", "--no-install-recommends"]).args(packages);
    run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// The path of a program, if it is installed.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The path of a program; its packages are installed where it is missing.
pub(crate) fn program(why: &str, program: &str, packages: &[&str]) -> Result<PathBuf> {
    if let Some(found) = find(program) {
        return Ok(found);
    }
    install(why, packages)?;
    find(program).with_context(|| format!("{} was installed, but {program} is not to be found", packages.join(" ")))
}

pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n")
}

/// Runs a program quietly; what it printed is in the error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    // A server may inherit these handles, so they must not be pipes that would have to close.
    let log = tempfile::NamedTempFile::new()?;
    let status = command
        .stdin(Stdio::null())
        .stdout(log.reopen()?)
        .stderr(log.reopen()?)
        .status()
        .with_context(|| format!("cannot run {name}"))?;
    if !status.success() {
        bail!("{name} failed: {}", fs::read_to_string(log.path()).unwrap_or_default());
    }
    Ok(())
}
