//! What readers of rights are promised, over a register and an index of made-up rights.

// Marked as tests throughout, helpers too: in tests an `unwrap` is the failure it should be.
#[cfg(test)]
mod classes;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod facets;
#[cfg(test)]
mod given;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod searches;
