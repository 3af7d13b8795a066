//! Reads office files and shows what came out: `cargo run -p sources --example read -- [--json] [--quiet] PATH…`.
//!
//! Prints for each format the number of records and parts, how often each field of a part was filled, problems
//! (with place) and the elements that nobody read; with `--json` each part as it will be stored; with `--quiet`
//! no list of single problems. Reads again and compares with bare tokenising with `--speed`.
#![expect(clippy::print_stdout, reason = "an example for people at a terminal")]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use sources::{EntryEnd, Problem, RawRecord, Settings, Severity, Sink, bare_tokens, read_paths};

#[derive(Default)]
struct Count {
    records: u64,
    parts: u64,
    withdrawn: u64,
    refused: u64,
    warned: u64,
    bytes: u64,
    passed_over: BTreeMap<&'static str, u64>,
    problems: BTreeMap<&'static str, u64>,
    fields: BTreeMap<String, u64>,
    unread: BTreeMap<String, u64>,
    reading: Duration,
    tokenising: Duration,
}

#[derive(Default)]
struct Show {
    json: bool,
    quiet: bool,
    speed: bool,
    formats: BTreeMap<String, Count>,
    files: u64,
}

fn main() {
    let mut show = Show::default();
    let mut paths = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => show.json = true,
            "--quiet" => show.quiet = true,
            "--speed" => show.speed = true,
            _ => paths.push(PathBuf::from(argument)),
        }
    }
    read_paths(&paths, &Settings::default(), &mut show);
    show.report();
}

impl Sink for Show {
    fn enter(&mut self, _file: &str, _format: &str) -> Option<u64> {
        self.files += 1;
        Some(0)
    }

    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        let begun = Instant::now();
        let findings = record.read();
        let count = self.formats.entry(record.format_name().to_owned()).or_default();
        count.reading += begun.elapsed();
        if self.speed
            && let Ok(text) = std::str::from_utf8(&record.bytes)
        {
            let begun = Instant::now();
            // A record that is not well-formed ends the tokens early; that is the reader's finding, not ours.
            let _ = bare_tokens(text);
            count.tokenising += begun.elapsed();
        }
        count.records += 1;
        count.bytes += record.bytes.len() as u64;
        count.refused += u64::from(findings.is_refused());
        count.warned += u64::from(!findings.is_refused() && !findings.problems.is_empty());
        if let Some(why) = findings.passed_over {
            *count.passed_over.entry(why).or_default() += 1;
        }
        for problem in &findings.problems {
            *count.problems.entry(problem.code).or_default() += 1;
            if !self.quiet {
                print_problem(&format!("{} @{}", record.origin.file, record.origin.position), problem);
            }
        }
        for (path, number) in &findings.unread {
            *count.unread.entry(path.clone()).or_default() += number;
        }
        for part in &findings.parts {
            count.parts += 1;
            count.withdrawn += u64::from(part.withdrawn);
            if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(&part.record) {
                for (field, _) in fields {
                    *count.fields.entry(field).or_default() += 1;
                }
            }
            if self.json
                && let Ok(text) = serde_json::to_string_pretty(part)
            {
                println!("{text}");
            }
        }
        ControlFlow::Continue(())
    }

    fn leave(&mut self, _end: EntryEnd) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn passed_over(&mut self, file: &str, why: &str) {
        if !self.quiet {
            println!("passed over: {file}: {why}");
        }
    }

    fn problem(&mut self, file: &str, problem: Problem) {
        print_problem(file, &problem);
    }
}

impl Show {
    fn report(&self) {
        println!("{} files", self.files);
        for (format, count) in &self.formats {
            let Count { records, parts, withdrawn, refused, warned, .. } = count;
            println!(
                "\n{format}: {records} records, {parts} parts ({withdrawn} withdrawn), {refused} refused, \
                 {warned} with warnings"
            );
            print_counts("passed over", count.passed_over.iter());
            print_counts("problems", count.problems.iter());
            print_counts("fields", count.fields.iter());
            print_counts("unread", count.unread.iter());
            if self.speed {
                print_speed(count);
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a speed for people")]
fn print_speed(count: &Count) {
    let megabytes = count.bytes as f64 / 1e6;
    let (reading, tokens) = (megabytes / count.reading.as_secs_f64(), megabytes / count.tokenising.as_secs_f64());
    println!("  speed: {reading:.0} MB/s, bare tokens {tokens:.0} MB/s, ratio {:.2}", reading / tokens);
}

fn print_counts(what: &str, counts: impl Iterator<Item = (impl AsRef<str>, impl std::fmt::Display)>) {
    let lines: Vec<String> = counts.map(|(name, number)| format!("    {number:>8}  {}", name.as_ref())).collect();
    if !lines.is_empty() {
        println!("  {what}:\n{}", lines.join("\n"));
    }
}

fn print_problem(place: &str, problem: &Problem) {
    let word = if problem.severity == Severity::Refused { "refused" } else { "warning" };
    let offset = problem.offset.map(|offset| format!(" at byte {offset}")).unwrap_or_default();
    println!("{word} [{}] {place}{offset}: {}", problem.code, problem.message);
}
