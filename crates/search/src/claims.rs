//! Claims in the order of what depends on what.

use std::collections::HashMap;

use records::Claim;
use serde::Serialize;
use utoipa::ToSchema;

/// Deepest level of the tree; what lies deeper stands at it.
const DEEPEST: usize = 30;

/// A claim at its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClaimNode {
    /// The claim.
    pub claim: Claim,
    /// Levels above it; 0 at the top.
    pub depth: usize,
    /// Refers to no other claim.
    pub independent: bool,
    /// Claims it refers to besides the one above it, in order.
    pub also: Vec<u32>,
    /// Claims it refers to that are not there.
    pub missing: Vec<u32>,
    /// Levels that end behind it: how many lists a page closes.
    pub closes: usize,
}

/// The claims as a tree written from top to bottom: behind each claim those that hang under it, one level deeper. A claim
/// hangs under the first claim it refers to; one that refers to nothing that is there, or only round to itself, stands at
/// the top. Each language is a tree of its own, in the order in which the languages come.
pub fn claim_tree(claims: &[Claim]) -> Vec<ClaimNode> {
    let mut languages: Vec<Option<&str>> = Vec::new();
    for claim in claims {
        if !languages.contains(&claim.lang.as_deref()) {
            languages.push(claim.lang.as_deref());
        }
    }
    let mut nodes: Vec<ClaimNode> = Vec::with_capacity(claims.len());
    for lang in languages {
        let of_language: Vec<&Claim> = claims.iter().filter(|claim| claim.lang.as_deref() == lang).collect();
        tree(&of_language, &mut nodes);
    }
    for at in 0..nodes.len() {
        let next = nodes.get(at + 1).map_or(0, |next| next.depth);
        nodes[at].closes = nodes[at].depth.saturating_sub(next);
    }
    nodes
}

/// Adds the tree of claims of one language.
fn tree(claims: &[&Claim], nodes: &mut Vec<ClaimNode>) {
    let mut numbered: HashMap<u32, usize> = HashMap::new();
    for (at, claim) in claims.iter().enumerate() {
        numbered.entry(claim.number).or_insert(at);
    }
    let parents = parents(claims, &numbered);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); claims.len()];
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    for (at, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => below[*parent].push(at),
            None => waiting.push((at, 0)),
        }
    }
    // The next one to be written stands last.
    waiting.reverse();
    while let Some((at, depth)) = waiting.pop() {
        let claim = claims[at];
        let above = parents[at].map(|parent| claims[parent].number);
        let (mut also, mut missing) = (Vec::new(), Vec::new());
        for number in &claim.depends_on {
            let list = if numbered.contains_key(number) { &mut also } else { &mut missing };
            if Some(*number) != above && !list.contains(number) {
                list.push(*number);
            }
        }
        nodes.push(ClaimNode {
            claim: claim.clone(),
            depth: depth.min(DEEPEST),
            independent: claim.depends_on.is_empty(),
            also,
            missing,
            closes: 0,
        });
        waiting.extend(below[at].iter().rev().map(|child| (*child, depth + 1)));
    }
}

/// For each claim the one it hangs under: the first it refers to from which no way leads back to itself.
fn parents(claims: &[&Claim], numbered: &HashMap<u32, usize>) -> Vec<Option<usize>> {
    // The claim at the top of each claim's chain, with shortcuts: chains may be as long as the list.
    let mut parents: Vec<Option<usize>> = vec![None; claims.len()];
    let mut towards: Vec<usize> = (0..claims.len()).collect();
    for (at, claim) in claims.iter().enumerate() {
        let candidates = claim.depends_on.iter().filter_map(|number| numbered.get(number).copied());
        for candidate in candidates {
            let top = top(&mut towards, candidate);
            if top != at {
                parents[at] = Some(candidate);
                towards[at] = top;
                break;
            }
        }
    }
    parents
}

/// The top of a chain; the way to it is shortened.
fn top(towards: &mut [usize], from: usize) -> usize {
    let mut at = from;
    while towards[at] != at {
        towards[at] = towards[towards[at]];
        at = towards[at];
    }
    at
}

#[cfg(test)]
#[path = "claims_tests.rs"]
mod tests;
