//! Numbers and references of claims.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, error, warning};
use crate::Claim;

/// A publication may carry its claims in several languages; each set is checked for itself.
pub(super) fn check(claims: &[Claim], findings: &mut Vec<Finding>) {
    let mut sets: BTreeMap<Option<&str>, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        sets.entry(claim.lang.as_deref()).or_default().push(claim);
    }
    for set in sets.values() {
        numbering(set, findings);
        references(set, findings);
    }
}

fn numbering(claims: &[&Claim], findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for claim in claims {
        if claim.number == 0 || !seen.insert(claim.number) {
            let number = claim.number;
            findings.push(error(
                "claim-number",
                "claims",
                format!("权利要求编号 {number} 重复或无效"),
                format!("claim number {number} is repeated or invalid"),
            ));
        }
    }
    let last = seen.last().copied().unwrap_or(0);
    if let Some(gap) = (1..=last).find(|number| !seen.contains(number)) {
        findings.push(warning(
            "claim-number",
            "claims",
            format!("缺少权利要求 {gap}"),
            format!("there is no claim {gap}"),
        ));
    }
}

fn references(claims: &[&Claim], findings: &mut Vec<Finding>) {
    let numbers: BTreeSet<u32> = claims.iter().map(|claim| claim.number).collect();
    for claim in claims {
        for target in &claim.depends_on {
            let (number, known) = (claim.number, numbers.contains(target));
            if *target >= number {
                findings.push(error(
                    "claim-reference",
                    "claims",
                    format!("权利要求 {number} 引用了不在其前的权利要求 {target}"),
                    format!("claim {number} refers to claim {target}, which does not come before it"),
                ));
            } else if !known {
                findings.push(error(
                    "claim-reference",
                    "claims",
                    format!("权利要求 {number} 引用了不存在的权利要求 {target}"),
                    format!("claim {number} refers to claim {target}, which does not exist"),
                ));
            }
        }
    }
}
