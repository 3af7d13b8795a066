//! A private PostgreSQL server for the test run.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::packages::{self, is_root, run};

/// A running server; stopped and removed when dropped.
pub(crate) struct Server {
    programs: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
}

impl Server {
    /// Finds PostgreSQL (or installs it from the system's packages when run as root), makes a cluster in a temporary
    /// folder and starts it on a free port of this machine.
    pub(crate) fn start() -> Result<Self> {
        let programs = match find() {
            Some(programs) => programs,
            None => install()?,
        };
        let folder = tempfile::Builder::new().prefix("huizhi-postgres-").tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = Self { programs, folder, port };
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(server.folder.path()))?;
        }
        let data = server.folder.path().join("data");
        let data = data.to_string_lossy();
        run(&mut server
            .command("initdb", &["-D", &data, "-U", "huizhi", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]))?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200"
        );
        let log = server.folder.path().join("log");
        run(&mut server.command("pg_ctl", &["-D", &data, "-w", "-o", &options, "-l", &log.to_string_lossy(), "start"]))?;
        Ok(server)
    }

    /// Address for `HUIZHI_TEST_POSTGRES`.
    pub(crate) fn url(&self) -> String {
        format!("postgres://huizhi@127.0.0.1:{}/postgres", self.port)
    }

    /// A program of the server, as a user that may run it: PostgreSQL refuses to run as root.
    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let path = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.args(arguments).current_dir(self.folder.path());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.path().join("data");
        let _ = run(&mut self.command("pg_ctl", &["-D", &data.to_string_lossy(), "-m", "immediate", "stop"]));
    }
}

/// The folder with `initdb`: Debian keeps it out of the path.
fn find() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

fn install() -> Result<PathBuf> {
    if packages::is_root() {
        // Only the programs are wanted, not the cluster that the package would start.
        fs::create_dir_all("/etc/postgresql-common")?;
        fs::write("/etc/postgresql-common/createcluster.conf", "create_main_cluster = false\n")?;
    }
    packages::install("the database suite", &["postgresql"])?;
    find().context("PostgreSQL was installed but initdb is nowhere under /usr/lib/postgresql")
}
