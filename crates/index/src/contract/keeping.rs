//! Adding, replacing, removing, committing, clearing.

use query::{Field, Query};
use records::{Date, RightId};

use super::build::{Maker, filled, find, put, titled, today, word};
use crate::Document;

/// The last change of a right counts, within one batch and over commits.
pub fn replacing(make: Maker<'_>) {
    let index = filled(make, [titled("CN-P-1", "甲"), titled("CN-P-2", "乙")]);
    let index = index.as_ref();
    let remove = |id: &str| Document::Remove(RightId::from(id.to_owned()));
    let title = |text: &str| find(index, &word(Field::Title, text));
    index.add(vec![put(titled("CN-P-1", "丙"))]).expect("added");
    assert_eq!(title("甲"), "1", "nothing is seen before the commit");
    index.commit(2, today()).expect("committed");
    assert_eq!((title("甲"), title("丙")), (String::new(), "1".to_owned()));
    index.add(vec![put(titled("CN-P-3", "丁")), put(titled("CN-P-3", "戊")), remove("CN-P-2")]).expect("added");
    index.add(vec![remove("CN-P-9")]).expect("removing what is not there is nothing");
    index.commit(3, today()).expect("committed");
    assert_eq!((title("丁"), title("戊")), (String::new(), "3".to_owned()));
    assert_eq!(find(index, &Query::All), "1 3");
    assert_eq!(index.documents().expect("a number"), 2);
    index
        .add(vec![remove("CN-P-3"), put(titled("CN-P-3", "己")), put(titled("CN-P-1", "庚")), remove("CN-P-1")])
        .expect("added");
    index.commit(4, today()).expect("committed");
    assert_eq!(find(index, &Query::All), "3");
}

/// Cursor and day are those of the last commit.
pub fn committing(make: Maker<'_>) {
    let index = make();
    assert_eq!(index.cursor().expect("a cursor"), 0);
    assert_eq!(index.day().expect("a day"), None);
    assert_eq!(index.documents().expect("a number"), 0);
    assert_eq!(find(index.as_ref(), &Query::All), "");
    index.add(Vec::new()).expect("nothing can be added");
    index.add(vec![put(titled("CN-P-1", "甲"))]).expect("added");
    assert_eq!(index.cursor().expect("a cursor"), 0);
    index.commit(17, today()).expect("committed");
    assert_eq!(index.cursor().expect("a cursor"), 17);
    assert_eq!(index.day().expect("a day"), Some(today()));
    let tomorrow = Date::constant(2026, 11, 24);
    index.commit(17, tomorrow).expect("a commit of nothing but the day");
    assert_eq!(index.day().expect("a day"), Some(tomorrow));
    assert_eq!(find(index.as_ref(), &Query::All), "1");
}

/// Clearing forgets everything, also what was not yet committed.
pub fn clearing(make: Maker<'_>) {
    let index = filled(make, [titled("CN-P-1", "甲")]);
    let index = index.as_ref();
    index.add(vec![put(titled("CN-P-2", "乙"))]).expect("added");
    index.clear().expect("cleared");
    assert_eq!((index.cursor().expect("a cursor"), index.day().expect("a day")), (0, None));
    assert_eq!(find(index, &Query::All), "");
    index.add(vec![put(titled("CN-P-3", "丙"))]).expect("added");
    index.commit(5, today()).expect("committed");
    assert_eq!(find(index, &Query::All), "3");
    assert_eq!(index.cursor().expect("a cursor"), 5);
}
