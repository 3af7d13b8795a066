use index::{Cell, Cross, FacetCount};

use super::{Network, Pair};
use crate::Count;

fn cross(names: &[(&str, u64)], cells: &[(usize, usize, u64)]) -> Cross {
    let rows: Vec<FacetCount> =
        names.iter().map(|(value, count)| FacetCount { value: (*value).to_owned(), count: *count }).collect();
    let cells = cells.iter().map(|&(row, column, count)| Cell { row, column, count }).collect();
    Cross { columns: rows.clone(), rows, cells }
}

#[test]
fn pairs_are_counted_once_and_loners_are_left_out() {
    let names = [("甲", 9), ("乙", 5), ("丙", 4), ("丁", 1)];
    let cells = [(0, 0, 9), (0, 2, 1), (1, 1, 5), (2, 0, 1), (2, 2, 4), (2, 3, 1), (3, 2, 1), (0, 3, 1), (3, 0, 1)];
    let network = Network::of(&cross(&names, &cells), 10);
    assert_eq!(network.nodes, [Count::of("甲", 9, 10), Count::of("丙", 4, 10), Count::of("丁", 1, 10)]);
    let pair = |from, to, count| Pair { from, to, count };
    assert_eq!(network.edges, [pair(0, 1, 1), pair(0, 2, 1), pair(1, 2, 1)]);
    assert_eq!(network.looked_at, 4);
}

#[test]
fn joint_rights_are_no_more_than_those_of_either() {
    let network = Network::of(&cross(&[("甲", 9), ("乙", 5)], &[(0, 0, 9), (0, 1, 5), (1, 0, 5), (1, 1, 5)]), 9);
    for pair in &network.edges {
        assert!(pair.count <= network.nodes[pair.from].count.min(network.nodes[pair.to].count));
    }
}

#[test]
fn nobody_makes_no_network() {
    assert_eq!(Network::of(&Cross::default(), 0), Network::default());
    assert_eq!(Network::of(&cross(&[("甲", 3)], &[(0, 0, 3)]), 3).nodes, []);
}
