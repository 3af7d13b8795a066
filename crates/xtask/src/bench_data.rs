//! Files for benchmarks.
use std::path::Path;

use anyhow::Result;

pub(crate) fn make(_folder: &Path) -> Result<()> {
    Ok(())
}
