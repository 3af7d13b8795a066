//! Project chores: the test run, the check of the rooms, data for benchmarks.
//!
//! `cargo xtask test` is the whole test run and needs nothing set up by hand; `cargo xtask browser` is its browser suite
//! alone, `cargo xtask clients` that with programs of others; `cargo xtask rooms` checks the table
//! of rooms in ARCHITECTURE.md against the manifests; `cargo xtask bench-data` makes the files that the benchmarks
//! in docs/benchmarks.md read.
#![expect(clippy::print_stdout, reason = "a command line speaks on standard output")]

mod bench_data;
mod browser;
mod clients;
mod packages;
mod postgres;
mod rooms;
mod site;
mod test_run;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask test | browser | clients | rooms | bench-data [DIR]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["test"] => test_run::run(),
        ["browser"] => test_run::browser(),
        ["clients"] => test_run::clients(),
        ["rooms"] => rooms::check(),
        ["bench-data"] => bench_data::make(&root().join("target/bench-data")),
        ["bench-data", folder] => bench_data::make(&PathBuf::from(folder)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The cargo that runs this.
fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The project's folder.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}

/// The folder of real office files: `HUIZHI_REAL_DATA`, else `../shared/data` beside the project.
fn real_data() -> PathBuf {
    std::env::var_os("HUIZHI_REAL_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from)
}
