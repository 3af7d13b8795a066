//! Lines in the spellings of other searchers, understood as the same tree.
//!
//! `cql` and `brs` read their own grammar into a [`node::Node`]; `node` lays fields over it and `words` reads each
//! value, so that all three spellings share one set of values, limits and mistakes.

pub(crate) mod brs;
pub(crate) mod cql;
mod node;
mod scan;
mod words;

use crate::mistake::{Expected, Fault, Reason};
use crate::parser::{MAX_DEPTH, MAX_LENGTH};
use crate::{Mistake, Query, canonical, parse};

/// Whose query language a line is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// The language of this site, see [`parse`].
    Huizhi,
    /// CQL as the European Patent Office writes it (Espacenet, OPS): `ti="mouse trap" and pd within "2005 2006"`.
    Cql,
    /// BRS as the United States office writes it (Patent Public Search): `(mouse ADJ trap).ti. AND @PD>=20050101`.
    Brs,
}

impl Spelling {
    /// The name in addresses and options: `huizhi`, `cql`, `brs`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Huizhi => "huizhi",
            Self::Cql => "cql",
            Self::Brs => "brs",
        }
    }

    /// The spelling with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Huizhi, Self::Cql, Self::Brs].into_iter().find(|spelling| spelling.code() == code)
    }
}

/// Reads a line in the given spelling; [`canonical`] shows in the words of this site how it was understood.
///
/// What the spelling can say and this site cannot ask is a [`Mistake`] with its place, never left out in silence.
/// The limits of [`parse`] hold.
pub fn parse_as(text: &str, spelling: Spelling) -> Result<Query, Mistake> {
    if spelling == Spelling::Huizhi {
        return parse(text);
    }
    read(text, spelling).map_err(|fault| {
        let mut mistake = fault.into_mistake(text);
        // Some better values are spelled as this site spells them.
        mistake.suggestion = mistake.suggestion.filter(|better| read(better, spelling).is_ok());
        mistake
    })
}

fn read(text: &str, spelling: Spelling) -> Result<Query, Fault> {
    let limit = |reason| Fault::new(0..text.len(), reason, &[Expected::Less]);
    if text.len() > MAX_LENGTH {
        return Err(limit(Reason::Long));
    }
    if text.trim().is_empty() {
        return Ok(Query::All);
    }
    let query = match spelling {
        Spelling::Huizhi => return crate::parser::parse(text),
        Spelling::Cql => cql::read(text)?,
        Spelling::Brs => brs::read(text)?,
    };
    if query.depth() > MAX_DEPTH {
        return Err(limit(Reason::Deep));
    }
    // What is accepted must be accepted again in canonical text, which is longer.
    let written = canonical(&query);
    if written.len() > MAX_LENGTH || parse(&written).as_ref() != Ok(&query) {
        return Err(limit(Reason::Long));
    }
    Ok(query)
}
