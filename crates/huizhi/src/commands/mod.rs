//! One module a command.

mod bench;
mod classes;
mod codes;
mod demo;
mod doctor;
mod export;
mod load;
mod operator;
mod quarantine;
mod search;
mod serve;
mod show;

use anyhow::Result;

use crate::cli::{BenchCommand, Cli, Command};
use crate::settings::Settings;

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Done,
    /// It finished; some records were refused.
    Quarantined,
}

/// Runs the command that was asked for.
pub(crate) async fn run(cli: Cli) -> Result<Outcome> {
    let settings = Settings::read(&cli.common)?;
    match cli.command {
        Command::Demo(args) => demo::run(&settings, &args).await,
        Command::Serve(args) => serve::run(&settings, &args).await,
        Command::Ingest(args) => load::ingest(&settings, &args).await,
        Command::Check(args) => load::check(&settings, &args),
        Command::Quarantine(args) => quarantine::run(&settings, args).await,
        Command::Search(args) => search::run(&settings, args).await,
        Command::Show(args) => show::run(&settings, &args).await,
        Command::Export(args) => export::run(&settings, args).await,
        Command::Classes(command) => classes::run(&settings, command).await,
        Command::Codes(command) => codes::run(&settings, command).await,
        Command::Reindex { reassemble } => doctor::reindex(&settings, reassemble).await,
        Command::Doctor(args) => doctor::run(&settings, &args).await,
        Command::Operator(args) => operator::run(&settings, &args).await,
        Command::Bench(BenchCommand::Ingest { paths }) => bench::ingest(&settings, paths).await,
        Command::Bench(BenchCommand::Search { file, rounds }) => bench::search(&settings, &file, rounds).await,
        Command::Bench(BenchCommand::Site { file, rounds }) => bench::site(&settings, &file, rounds).await,
    }
}
