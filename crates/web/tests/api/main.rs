//! What the API promises, over a site of made-up rights.

// Marked as tests throughout, helpers too: in tests an `unwrap` is the failure it should be.
#[cfg(test)]
mod agencies;
#[cfg(test)]
mod described;
#[cfg(test)]
mod given;
#[cfg(test)]
mod governance;
#[cfg(test)]
mod indicators;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod network;
#[cfg(test)]
mod ops;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod searches;
#[cfg(test)]
mod services;
#[cfg(test)]
mod visitors;
