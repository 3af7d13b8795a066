//! Laws of the tree, on trees made by chance.

use std::collections::{BTreeMap, BTreeSet};

use database::testing::for_each_backend;
use database::{Database, Write};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::testing::{id, new, now};
use crate::*;

/// Organisations of one case.
const MEMBERS: u16 = 7;
/// Cases.
const CASES: u16 = 24;

/// A change: which organisation, under which (none: to the top), on which month; or it closes.
#[derive(Clone, Debug)]
enum Step {
    Move(u16, Option<u16>, i8),
    Close(u16, i8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..MEMBERS, prop::option::weighted(0.9, 0..MEMBERS), 1..12_i8).prop_map(|(a, b, month)| Step::Move(a, b, month)),
        1 => (0..MEMBERS, 1..12_i8).prop_map(|(a, month)| Step::Close(a, month)),
    ];
    prop::collection::vec(step, 1..14)
}

fn month(month: i8) -> Date {
    date(2024, month, 1)
}

/// Who stands under whom in each month, `None` when not in the tree.
type Model = BTreeMap<(u16, i8), Option<u16>>;

/// Whether the model has a ring, or someone under one that is not in the tree, in any month.
fn is_sound(model: &Model) -> bool {
    model.keys().all(|(member, month)| {
        let mut at = *member;
        for _ in 0..=MEMBERS {
            match model.get(&(at, *month)) {
                Some(Some(parent)) => at = *parent,
                Some(None) => return true,
                None => return false,
            }
        }
        false
    })
}

/// The model after a step, whether or not it is sound.
fn after(model: &Model, step: &Step) -> Option<Model> {
    let mut next = model.clone();
    let (Step::Move(member, _, from) | Step::Close(member, from)) = step;
    model.get(&(*member, *from))?;
    for later in *from..=12 {
        match step {
            Step::Move(_, parent, _) => next.entry((*member, later)).and_modify(|above| *above = *parent),
            Step::Close(..) => {
                next.remove(&(*member, later));
                continue;
            }
        };
    }
    Some(next)
}

async fn take(write: &mut Write, base: u16, step: &Step) -> Result<Organisation, NetworkError> {
    let (Step::Move(member, _, from) | Step::Close(member, from)) = step;
    let member = id(base + member);
    let at = organisation(write, &member, month(*from)).await?.expect("all open in January");
    let edit = Edit { id: &member, version: at.version, from: month(*from) };
    match step {
        Step::Move(_, parent, _) => {
            let parent = parent.map(|parent| id(base + parent));
            move_to(write, now(), edit, parent.as_ref(), None).await
        }
        Step::Close(..) => close(write, now(), edit, None, &[]).await,
    }
}

async fn same_as(network: &Network, base: u16, model: &Model) {
    for at in 1..=12 {
        let mut under: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
        for member in 0..MEMBERS {
            let mut expected = Vec::new();
            let mut up = model.contains_key(&(member, at)).then_some(member);
            while let Some(step) = up {
                expected.push(step);
                under.entry(step).or_default().insert(member);
                up = model[&(step, at)];
            }
            expected.reverse();
            let path = network.path(&id(base + member), month(at)).await.unwrap();
            let expected: Vec<_> = expected.into_iter().map(|number| id(base + number)).collect();
            assert_eq!(path.into_iter().map(|node| node.id).collect::<Vec<_>>(), expected, "path of {member} in {at}");
        }
        for member in 0..MEMBERS {
            let found = network.descendants(&id(base + member), month(at)).await.unwrap();
            let found: BTreeSet<_> = found.into_iter().map(|node| node.id).collect();
            let expected =
                under.remove(&member).unwrap_or_default().into_iter().map(|number| id(base + number)).collect();
            assert_eq!(found, expected, "under {member} in {at}");
        }
    }
}

/// Answers how many steps were done.
async fn one_case(database: &Database, network: &Network, base: u16, steps: &[Step]) -> usize {
    let mut done = 0;
    let mut write = database.write().await.unwrap();
    let mut model = Model::new();
    for member in 0..MEMBERS {
        let outlet = (Kind::Tisc, Level::Outlet, "500106");
        create(&mut write, now(), &new(base + member, None, month(1), outlet)).await.unwrap();
        model.extend((1..=12).map(|month| ((member, month), None)));
    }
    write.commit().await.unwrap();
    for step in steps {
        let next = after(&model, step).filter(is_sound);
        let mut write = database.write().await.unwrap();
        match take(&mut write, base, step).await {
            Ok(_) => {
                write.commit().await.unwrap();
                done += 1;
                model = next.unwrap_or_else(|| panic!("{step:?} was done and should not have been; {steps:?}"));
            }
            Err(error) => assert!(next.is_none(), "{step:?} was refused ({error}); {steps:?}"),
        }
    }
    same_as(network, base, &model).await;
    done
}

/// Moves and closings in any order and on any day: what is done is what should be, nothing makes a ring, and path and
/// descendants tell the same tree in every month.
#[tokio::test]
async fn path_and_descendants_agree_on_every_day_and_no_ring_is_ever_made() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        let mut runner = TestRunner::deterministic();
        let (mut done, mut refused) = (0, 0);
        for case in 0..CASES {
            let steps = steps().new_tree(&mut runner).unwrap().current();
            let here = one_case(&database, &network, case * MEMBERS, &steps).await;
            (done, refused) = (done + here, refused + steps.len() - here);
        }
        assert!(done > 50 && refused > 30, "chance must try both: {done} done, {refused} refused");
    })
    .await;
}
