//! Every figure opens its list: what a number of an analysis says is what the search behind it finds.

// Marked as tests throughout, helpers too: in tests an `unwrap` is the failure it should be.
#[cfg(test)]
mod given;
#[cfg(test)]
mod promises;
