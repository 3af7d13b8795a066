//! Every address of the site as every role: `table.txt` says what each gets, and these tests walk through it.
//!
//! A route without a row fails here, and the message has the row to add. Addresses with places in them
//! (`/network/{id}`) are filled in from `walk::samples`.

// Marked as tests throughout, helpers too: in tests an `unwrap` is the failure it should be.
#[cfg(test)]
#[path = "../pages/filed.rs"]
mod filed;
#[cfg(test)]
#[expect(dead_code, reason = "the site of the tests of pages, which need more of it")]
#[path = "../pages/given.rs"]
mod given;
#[cfg(test)]
mod made;
#[cfg(test)]
#[path = "../pages/outlets.rs"]
mod outlets;
#[cfg(test)]
#[expect(dead_code, reason = "as above")]
#[path = "../pages/people.rs"]
mod people;
#[cfg(test)]
mod routes;
#[cfg(test)]
#[expect(dead_code, reason = "as above")]
#[path = "../pages/seen.rs"]
mod seen;
#[cfg(test)]
mod table;
#[cfg(test)]
mod walk;
