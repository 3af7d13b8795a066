//! The program: commands, settings and wiring. The only place that names concrete engines.
#![expect(clippy::print_stdout, reason = "a command line speaks on standard output")]

mod background;
mod cli;
mod commands;
mod demo;
#[cfg(test)]
mod docs_tests;
mod output;
mod progress;
mod readings;
mod secret;
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
    end_quietly_on_a_closed_pipe();
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

/// Printing panics when the reader has gone (`| head`). That is no failure of ours: the program ends without a word.
fn end_quietly_on_a_closed_pipe() {
    let ordinary = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = panic.payload_as_str().unwrap_or_default();
        if said.starts_with("failed printing to stdout") && said.contains("Broken pipe") {
            std::process::exit(0);
        }
        ordinary(panic);
    }));
}

fn fail(error: &anyhow::Error) -> ExitCode {
    let broken_pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(broken_pipe) {
        return ExitCode::SUCCESS;
    }
    eprintln!("huizhi: {}", told(error));
    ExitCode::FAILURE
}

/// The error with its causes, each said once: some name their own cause already.
fn told(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !said.contains(&cause) {
            said += if said.is_empty() { "" } else { ": " };
            said += &cause;
        }
    }
    said
}
