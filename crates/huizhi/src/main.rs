//! The program: commands, settings and wiring. The only place that names concrete engines.
#![expect(clippy::print_stdout, reason = "a command line speaks on standard output")]

mod cli;
mod commands;
mod demo;
#[cfg(test)]
mod docs_tests;
mod output;
mod progress;
mod settings;
mod store;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::cli::Cli;

/// Exit code when a run finished but some records were refused and lie in quarantine.
const QUARANTINED: u8 = 3;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("HUIZHI_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&anyhow::Error::from(error)),
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(commands::Outcome::Done) => ExitCode::SUCCESS,
        Ok(commands::Outcome::Quarantined) => ExitCode::from(QUARANTINED),
        Err(error) => fail(&error),
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    // A reader that closes the pipe early (`| head`) is no failure of ours.
    if error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
    {
        return ExitCode::SUCCESS;
    }
    eprintln!("huizhi: {error:#}");
    ExitCode::FAILURE
}
