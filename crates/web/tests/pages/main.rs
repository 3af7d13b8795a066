//! What pages for people promise: look-ups, classes, marks, the advanced form, comparison, the network, help, accounts, administration.

// Marked as tests throughout, helpers too: in tests an `unwrap` is the failure it should be.
#[cfg(test)]
mod account;
#[cfg(test)]
mod admin;
#[cfg(test)]
mod advanced;
#[cfg(test)]
mod assessments;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod classes;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod credit;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod desk_more;
#[cfg(test)]
mod every_page;
#[cfg(test)]
mod filed;
#[cfg(test)]
mod given;
#[cfg(test)]
mod governance;
#[cfg(test)]
mod help;
#[cfg(test)]
mod indicators;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod marks;
#[cfg(test)]
mod network;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod outlets;
#[cfg(test)]
mod people;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod ratings;
#[cfg(test)]
mod seen;
#[cfg(test)]
mod service_keeping;
#[cfg(test)]
mod services;
#[cfg(test)]
mod warnings;
