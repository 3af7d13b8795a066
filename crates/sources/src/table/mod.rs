//! Tables (CSV, TSV, XLS, XLSX, JSON lines, reference lists) read through a mapping.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::cut::Piece;
use crate::{Cut, Findings, Format, Head, Problem, RawRecord, Settings};

/// Rows of any table.
pub(crate) static FORMAT: Format =
    Format { name: "table", chinese: "表格", english: "Table", cut: Cut::Documents, recognise: |_| false, read };

/// Which column means which field.
#[derive(Debug)]
pub struct Mapping {
    /// Name, such as `lens`.
    pub name: String,
}

/// A table with its columns and mapping.
#[derive(Debug)]
pub struct Table {
    mapping: Arc<Mapping>,
}

impl Table {
    /// Name of the mapping.
    pub fn mapping_name(&self) -> &str {
        &self.mapping.name
    }

    /// Hands on every row.
    pub(crate) fn rows(
        &self,
        _reader: &mut dyn Read,
        _limit: usize,
        _hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> io::Result<()> {
        Ok(())
    }
}

/// An opened spreadsheet.
pub(crate) struct Workbook {
    table: Arc<Table>,
}

impl Workbook {
    pub(crate) fn table(&self) -> Arc<Table> {
        Arc::clone(&self.table)
    }

    pub(crate) fn rows(&mut self, _hand_on: &mut dyn FnMut(Piece) -> ControlFlow<()>) -> io::Result<()> {
        Ok(())
    }
}

/// The table that a text file with this beginning is, if its columns match a mapping.
pub(crate) fn recognise(_head: &Head, _settings: &Settings) -> Option<Arc<Table>> {
    None
}

/// The same for a spreadsheet.
pub(crate) fn recognise_workbook(_name: &str, _file: File, _settings: &Settings) -> Result<Option<Workbook>, Problem> {
    Ok(None)
}

fn read(_record: &RawRecord, _findings: &mut Findings) {}
