use proptest::prelude::*;
use records::{Authority, Date, Origin, Part, PartKey, Subject};

use super::{compare, prepare_one};
use crate::{Delivery, Verdict};

fn parts() -> impl Strategy<Value = Part> {
    (proptest::option::of(1_i8..4), any::<bool>(), 0..3_u8).prop_map(|(day, withdrawn, n)| {
        let mut part = Part::new(PartKey::new("test", 1), Subject::default(), Authority::Office);
        part.as_of = day.map(|day| Date::constant(2024, 1, day));
        part.withdrawn = withdrawn;
        part.record.family_id = Some(n.to_string());
        part
    })
}

proptest! {
    #[test]
    fn the_stored_version_decides_as_the_parts_themselves_would(a in parts(), b in parts()) {
        let version = |part: &Part| prepare_one(Delivery { part: part.clone(), origin: Origin::default() }).unwrap().version;
        prop_assert_eq!(&version(&a).digest[..], &a.digest()[..]);
        prop_assert_eq!(version(&a) > version(&b), a.supersedes(&b));
        let takes_effect = !matches!(compare(&version(&a), Some(&version(&b))), Verdict::Unchanged | Verdict::Older);
        prop_assert_eq!(takes_effect, a.supersedes(&b));
    }
}
