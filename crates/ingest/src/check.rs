//! The quality report without storing anything.

use std::ops::ControlFlow;
use std::path::PathBuf;

use records::Date;
use sources::Settings;

use crate::Report;
use crate::read::{Everything, read_parsed};

/// Reads everything under `paths` and reports its quality against the data standard as of `today`.
pub fn check(paths: &[PathBuf], settings: &Settings, today: Date) -> Report {
    let mut report = Report::default();
    read_parsed(paths, settings, &mut Everything, |items| {
        for item in &items {
            report.count(item, today);
        }
        ControlFlow::Continue(())
    });
    report
}
