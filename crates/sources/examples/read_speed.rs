//! Speed of reading into parts beside bare XML tokenising of the same text.
//!
//! `cargo run --release -p sources --example read_speed -- PATH… [--rounds N]` prints, for all records under the paths
//! held in memory: MB/s of bare tokenising, of the tree, of records into parts, of cutting, and their ratios.
#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use sources::{EntryEnd, Problem, RawRecord, Settings, Sink, Tree, bare_tokens, read_paths};

#[derive(Default)]
struct Kept(Vec<RawRecord>);

impl Sink for Kept {
    fn enter(&mut self, _: &str, _: &str) -> Option<u64> {
        Some(0)
    }
    fn record(&mut self, record: RawRecord) -> ControlFlow<()> {
        self.0.push(record);
        ControlFlow::Continue(())
    }
    fn leave(&mut self, _: EntryEnd) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
    fn passed_over(&mut self, _: &str, _: &str) {}
    fn problem(&mut self, file: &str, problem: Problem) {
        println!("{file}: {}", problem.message);
    }
}

/// Records only counted, for the speed of cutting.
struct Counted;

impl Sink for Counted {
    fn enter(&mut self, _: &str, _: &str) -> Option<u64> {
        Some(0)
    }
    fn record(&mut self, _: RawRecord) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
    fn leave(&mut self, _: EntryEnd) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
    fn passed_over(&mut self, _: &str, _: &str) {}
    fn problem(&mut self, _: &str, _: Problem) {}
}

/// The best of several rounds.
fn best(rounds: u32, mut run: impl FnMut()) -> Duration {
    let times = (0..rounds).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn main() {
    let mut rounds = 20;
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--rounds" {
            rounds = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(rounds);
        } else {
            paths.push(argument.into());
        }
    }
    let settings = Settings::default();
    let mut kept = Kept::default();
    read_paths(&paths, &settings, &mut kept);
    let texts: Vec<&str> = kept.0.iter().filter_map(|record| std::str::from_utf8(&record.bytes).ok()).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut events = 0;
    let bare = best(rounds, || events = texts.iter().map(|text| bare_tokens(text).unwrap_or_default()).sum::<u64>());
    let tree = best(rounds, || {
        for text in &texts {
            drop(std::hint::black_box(Tree::parse(text)));
        }
    });
    let mut parts = 0;
    let read = best(rounds, || parts = kept.0.iter().map(|record| record.read().parts.len()).sum::<usize>());
    let cut = best(rounds, || read_paths(&paths, &settings, &mut Counted));
    println!("{} records, {parts} parts, {:.1} MB, {events} events", kept.0.len(), bytes as f64 / 1e6);
    for (name, time) in [("bare tokens", bare), ("tree", tree), ("parts", read), ("file and cut", cut)] {
        let speed = bytes as f64 / 1e6 / time.as_secs_f64();
        println!("{name:14} {speed:7.0} MB/s  {:5.1} % of bare", 100.0 * bare.as_secs_f64() / time.as_secs_f64());
    }
}
