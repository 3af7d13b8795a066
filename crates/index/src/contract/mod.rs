//! What every engine must do. Each function takes a maker of empty indexes, builds a small one and panics where a
//! promise is broken; [`all`] runs them in order. Rights and queries are written in full here, so that the suite
//! depends on no reader, register or parser.

mod build;
mod counting;
mod families;
mod fields;
mod finding;
mod keeping;
mod naive;
mod paging;
mod random;
mod words;

pub use build::Maker;
pub use counting::{cross_tables, name_facets, random_counts};
pub use families::{families, random_families};
pub use fields::{classes, counts, dates, keywords, names, numbers, presence};
pub use finding::{completion, likeness, sounds, wholes};
pub use keeping::{clearing, committing, replacing};
pub use paging::{explanations, facets, marks, orders};
pub use random::random_queries;
pub use words::{boolean, near, refusals, runs, sentences, wildcards, words};

/// Runs the whole suite.
pub fn all(make: Maker<'_>) {
    words(make);
    runs(make);
    wildcards(make);
    boolean(make);
    near(make);
    sentences(make);
    refusals(make);
    names(make);
    numbers(make);
    dates(make);
    counts(make);
    classes(make);
    keywords(make);
    presence(make);
    orders(make);
    marks(make);
    facets(make);
    explanations(make);
    wholes(make);
    sounds(make);
    name_facets(make);
    cross_tables(make);
    families(make);
    completion(make);
    likeness(make);
    replacing(make);
    committing(make);
    clearing(make);
    random_queries(make, 40);
    random_counts(make, 10);
    random_families(make, 10);
}
