//! Programs of others that talk to the site: the client library for the EPO's services, and schemathesis, which asks every
//! operation of the API what its description allows and what it does not.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::packages::{program, run};
use crate::root;
use crate::site::Site;

/// Runs every check; answers how many passed and the names of those that failed.
pub(crate) fn test(site: &Site) -> Result<(u64, Vec<String>)> {
    let folder = root().join("crates/web/tests/clients");
    let tools = tools(&folder)?;
    let mut ops = Command::new(tools.join("python"));
    ops.arg(folder.join("ops_client.py"));
    let mut schemathesis = Command::new("sh");
    schemathesis.arg(folder.join("schemathesis.sh")).env("SCHEMATHESIS", tools.join("schemathesis"));
    let mut passed = 0;
    let mut failures = Vec::new();
    for (name, mut command) in [("the OPS client", ops), ("schemathesis", schemathesis)] {
        let output = command.arg(site.address()).output().with_context(|| name.to_owned())?;
        if output.status.success() {
            passed += 1;
            println!("{name}: ok");
        } else {
            println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            failures.push(format!("{name} met what it should not"));
        }
    }
    Ok((passed, failures))
}

/// The folder of programs of a Python environment with what `requirements.txt` names; made once for each of its versions.
fn tools(folder: &Path) -> Result<PathBuf> {
    let why = "the tests with other programs";
    let python = program(why, "python3", &["python3", "python3-venv"])?;
    let wanted = std::fs::read_to_string(folder.join("requirements.txt"))?;
    let home = root().join("target/test-clients");
    let (bin, mark) = (home.join("bin"), home.join("requirements.txt"));
    if std::fs::read_to_string(&mark).is_ok_and(|there| there == wanted) {
        return Ok(bin);
    }
    let made = run(Command::new(&python).args(["-m", "venv", "--clear"]).arg(&home));
    if made.is_err() {
        crate::packages::install(why, &["python3-venv"])?;
        run(Command::new(&python).args(["-m", "venv", "--clear"]).arg(&home))?;
    }
    let mut install = Command::new(bin.join("python"));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
    run(install.arg(folder.join("requirements.txt")))?;
    std::fs::write(mark, wanted)?;
    Ok(bin)
}
