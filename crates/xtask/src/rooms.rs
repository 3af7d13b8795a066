//! The table of rooms in ARCHITECTURE.md against the manifests: nothing points back up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, bail};

use crate::root;

/// Crate names that each crate may use, from the table under the heading "The house".
fn allowed(architecture: &str) -> BTreeMap<String, BTreeSet<String>> {
    let rows = architecture.lines().filter(|line| line.starts_with("| `"));
    rows.filter_map(|row| {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let name = cells.next()?.trim_matches('`').to_owned();
        let uses = cells.nth(1)?.split(',').map(|n| n.trim().trim_matches('`').to_owned()).collect();
        Some((name, uses))
    })
    .collect()
}

/// Workspace crates that a manifest names, tests included.
fn used(manifest: &toml::Table, crates: &BTreeSet<String>) -> BTreeSet<String> {
    let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = sections.iter().filter_map(|section| manifest.get(*section)?.as_table());
    tables.flat_map(toml::Table::keys).filter(|name| crates.contains(*name)).cloned().collect()
}

/// Checks every crate against the table, and the table against the crates.
pub(crate) fn check() -> Result<()> {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    let allowed = allowed(&architecture);
    let folder = root().join("crates");
    let mut crates = BTreeSet::new();
    for entry in fs::read_dir(&folder)? {
        crates.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    let mut wrong = Vec::new();
    for name in &crates {
        let path = folder.join(name).join("Cargo.toml");
        let manifest: toml::Table = fs::read_to_string(&path)?.parse().with_context(|| path.display().to_string())?;
        let Some(may) = allowed.get(name) else {
            wrong.push(format!("crate {name} is not in the table of ARCHITECTURE.md"));
            continue;
        };
        if may.contains("all") {
            continue;
        }
        for other in used(&manifest, &crates).difference(may) {
            wrong.push(format!("{name} uses {other}, which the table does not allow"));
        }
    }
    for name in allowed.keys().filter(|name| !crates.contains(*name)) {
        wrong.push(format!("the table of ARCHITECTURE.md names {name}, which does not exist"));
    }
    if !wrong.is_empty() {
        bail!("rooms:\n  {}", wrong.join("\n  "));
    }
    println!("rooms: {} crates keep to the table of ARCHITECTURE.md", crates.len());
    Ok(())
}
