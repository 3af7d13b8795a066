use super::*;

fn claim(number: u32, depends_on: &[u32]) -> Claim {
    Claim { number, text: format!("claim {number}"), depends_on: depends_on.to_vec(), lang: None }
}

fn shape(claims: &[Claim]) -> Vec<(u32, usize)> {
    claim_tree(claims).iter().map(|node| (node.claim.number, node.depth)).collect()
}

#[test]
fn claims_hang_under_what_they_refer_to() {
    let claims = [claim(1, &[]), claim(2, &[1]), claim(3, &[2]), claim(4, &[1]), claim(5, &[])];
    assert_eq!(shape(&claims), [(1, 0), (2, 1), (3, 2), (4, 1), (5, 0)]);
    let nodes = claim_tree(&claims);
    assert_eq!(nodes.iter().map(|n| n.independent).collect::<Vec<_>>(), [true, false, false, false, true]);
    assert_eq!(nodes.iter().map(|n| n.closes).collect::<Vec<_>>(), [0, 0, 1, 1, 0]);
}

#[test]
fn several_references_hang_under_the_first_and_name_the_rest() {
    let nodes = claim_tree(&[claim(1, &[]), claim(2, &[]), claim(3, &[1, 2, 2, 9])]);
    assert_eq!((nodes[1].claim.number, nodes[1].depth), (3, 1));
    assert_eq!((nodes[1].also.as_slice(), nodes[1].missing.as_slice()), ([2].as_slice(), [9].as_slice()));
}

#[test]
fn a_reference_to_nothing_stands_at_the_top_and_is_not_independent() {
    let nodes = claim_tree(&[claim(2, &[1])]);
    assert_eq!((nodes[0].depth, nodes[0].independent, nodes[0].missing.as_slice()), (0, false, [1].as_slice()));
}

#[test]
fn rings_are_broken_and_no_claim_is_lost() {
    assert_eq!(shape(&[claim(1, &[1])]), [(1, 0)]);
    assert_eq!(shape(&[claim(1, &[3]), claim(2, &[1]), claim(3, &[2])]), [(3, 0), (1, 1), (2, 2)]);
    assert_eq!(shape(&[claim(1, &[2]), claim(2, &[1, 3]), claim(3, &[])]), [(3, 0), (2, 1), (1, 2)]);
}

#[test]
fn claims_before_the_one_they_refer_to_follow_it() {
    assert_eq!(shape(&[claim(1, &[2]), claim(2, &[])]), [(2, 0), (1, 1)]);
}

#[test]
fn each_language_is_a_tree_of_its_own() {
    let in_lang = |claim: Claim, lang: &str| Claim { lang: Some(lang.to_owned()), ..claim };
    let claims = [
        in_lang(claim(1, &[]), "en"),
        in_lang(claim(1, &[]), "de"),
        in_lang(claim(2, &[1]), "en"),
        in_lang(claim(2, &[1]), "de"),
    ];
    let nodes = claim_tree(&claims);
    let shape: Vec<_> =
        nodes.iter().map(|n| (n.claim.lang.as_deref().unwrap_or(""), n.claim.number, n.depth)).collect();
    assert_eq!(shape, [("en", 1, 0), ("en", 2, 1), ("de", 1, 0), ("de", 2, 1)]);
    assert_eq!(nodes[1].closes, 1, "a language closes its lists");
}

#[test]
fn long_chains_neither_exhaust_the_stack_nor_take_long() {
    let claims: Vec<Claim> = (1..20_000).map(|n| if n == 1 { claim(1, &[]) } else { claim(n, &[n - 1]) }).collect();
    let nodes = claim_tree(&claims);
    assert_eq!((nodes.len(), nodes[10_000].depth), (claims.len(), DEEPEST));
}

#[test]
fn numbers_that_come_twice_are_both_shown() {
    assert_eq!(shape(&[claim(1, &[]), claim(1, &[]), claim(2, &[1])]), [(1, 0), (2, 1), (1, 0)]);
}
