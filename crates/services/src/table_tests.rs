use proptest::prelude::*;

use super::*;
use crate::testing::item;
use crate::{Basis, Fee, Item, Limit, LimitUnit, Material, Need, Question, Record, Text, VersionState, standard_file};

fn version(item: Item) -> Version {
    let code = item.code.clone();
    Version { code, number: 1, state: VersionState::Draft, revision: 1, from: None, to: None, keeper: None, item }
}

fn back(items: &[Item]) -> Vec<Item> {
    let versions: Vec<Version> = items.iter().cloned().map(version).collect();
    let (rows, problems) = read(&export_csv(&versions).unwrap());
    assert_eq!(problems, []);
    rows.into_iter().map(|(line, row)| standard_file::read(line, row).unwrap()).collect()
}

#[test]
fn the_whole_catalogue_comes_back_as_it_went_out() {
    let items = crate::catalogue().unwrap();
    assert_eq!(back(&items), items);
}

#[test]
fn no_cell_is_run_by_a_spreadsheet() {
    let mut item = item("X-1");
    item.title = Text::new("=SUM(A1)", "'quoted");
    item.consultation_telephone = Some("+86 23 1234".to_owned());
    let csv = String::from_utf8(export_csv(&[version(item.clone())]).unwrap()).unwrap();
    assert!(csv.contains(",'=SUM(A1),''quoted,") && csv.contains(",'+86 23 1234,"));
    assert_eq!(back(std::slice::from_ref(&item)), [item]);
}

#[test]
fn wrong_headings_and_cells_are_told_with_their_line() {
    let (_, problems) = read("事项代码,价格,事项代码\nX,1,Y\n".as_bytes());
    assert_eq!(
        problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect::<Vec<_>>(),
        [(1, "价格"), (1, "事项代码")]
    );
    let (_, problems) = read("事项代码,法定办结时限,受理条件\nX,seven,[\n".as_bytes());
    assert_eq!(
        problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect::<Vec<_>>(),
        [(2, "法定办结时限"), (2, "受理条件")]
    );
    assert!(!read(b"\xFF").1.is_empty());
}

/// Words as people write them, with what files like to break on.
fn words() -> impl Strategy<Value = Text> {
    let one = "[=+'@\\-]?[a-z一-三,\";\\[\\{ ]{0,10}[a-z一-三]";
    let clean = |text: String| text.trim().to_owned();
    (one, one).prop_map(move |(zh, en)| Text::new(clean(zh), clean(en)))
}

fn limit() -> impl Strategy<Value = Limit> {
    (0_u32..3_000, proptest::sample::select(LimitUnit::ALL), proptest::option::of(words()))
        .prop_map(|(number, unit, note)| Limit { number, unit, note })
}

fn material() -> impl Strategy<Value = Material> {
    (words(), proptest::option::of(words()), 0_u32..9, 0_u32..9, proptest::sample::select(Need::ALL), words()).prop_map(
        |(name, issuer, originals, copies, need, when)| Material {
            name,
            issuer,
            originals,
            copies,
            need,
            when: Some(when),
            form_link: Some("/forms".to_owned()),
            field: None,
        },
    )
}

fn any_item() -> impl Strategy<Value = Item> {
    let lists = (
        proptest::collection::vec(words(), 1..4),
        proptest::collection::vec(material(), 0..3),
        proptest::collection::vec((words(), words()), 0..3),
        proptest::sample::subsequence(Record::ALL.to_vec(), 0..4),
    );
    let single = (
        words(),
        proptest::option::of(words()),
        proptest::option::of(limit()),
        proptest::option::of(limit()),
        any::<bool>(),
    );
    (0_usize..52, lists, single).prop_map(
        |(number, (conditions, materials, pairs, records), (title, quota, one, two, flag))| {
            let mut item = crate::catalogue().unwrap().swap_remove(number);
            item.questions = pairs.iter().cloned().map(|(question, answer)| Question { question, answer }).collect();
            item.fees = pairs.iter().cloned().map(|(name, amount)| Fee { basis: name.clone(), name, amount }).collect();
            let basis = |(name, article): (Text, Text)| Basis {
                name,
                article: Some(article),
                number: Some("令第1号".to_owned()),
                from: "2020-01-01".parse().ok(),
                to: None,
            };
            item.basis = pairs.into_iter().map(basis).collect();
            Item {
                title,
                quota,
                conditions,
                materials,
                records,
                statutory_limit: one,
                acceptance_limit: two,
                delivery: flag,
                ..item
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_item_comes_back_from_both_files(item in any_item()) {
        prop_assert_eq!(&back(std::slice::from_ref(&item)), std::slice::from_ref(&item));
        let json = standard_file::export_json(&[version(item.clone())]).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let row = json["事项"][0].as_object().cloned().unwrap();
        prop_assert_eq!(standard_file::read(1, row), Ok(item));
    }

    #[test]
    fn no_file_breaks_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for (line, row) in read(&bytes).0 {
            let _ = standard_file::read(line, row);
        }
    }
}
