//! Who files together.

use index::Cross;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Count;

/// Applicants that file together, among the largest ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Network {
    /// Applicants with a partner among the others, largest first.
    pub nodes: Vec<Count>,
    /// Pairs with the number of their joint rights, most first.
    pub edges: Vec<Pair>,
    /// Applicants looked at; those without a partner among them are no nodes.
    pub looked_at: u64,
}

/// Two applicants with joint rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pair {
    /// Place of the larger one among the nodes.
    pub from: usize,
    /// Place of the smaller one.
    pub to: usize,
    /// Rights that have both.
    pub count: u64,
}

impl Network {
    /// From the cross table of applicants by applicants among `total` rights.
    pub fn of(cross: &Cross, total: u64) -> Self {
        let mut pairs: Vec<Pair> = cross
            .cells
            .iter()
            .filter(|cell| cell.row < cell.column && cell.column < cross.rows.len() && cell.count > 0)
            .map(|cell| Pair { from: cell.row, to: cell.column, count: cell.count })
            .collect();
        pairs.sort_unstable_by_key(|pair| (std::cmp::Reverse(pair.count), pair.from, pair.to));
        let joined: Vec<usize> =
            (0..cross.rows.len()).filter(|at| pairs.iter().any(|pair| pair.from == *at || pair.to == *at)).collect();
        let place = |at: usize| joined.binary_search(&at).unwrap_or_default();
        Self {
            nodes: joined.iter().map(|&at| Count::of(&cross.rows[at].value, cross.rows[at].count, total)).collect(),
            edges: pairs.iter().map(|p| Pair { from: place(p.from), to: place(p.to), count: p.count }).collect(),
            looked_at: cross.rows.len() as u64,
        }
    }
}

#[cfg(test)]
#[path = "network_tests.rs"]
mod tests;
