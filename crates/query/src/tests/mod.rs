mod clauses;
mod foreign;
mod laws;
mod mistakes;
mod readings;
mod reference;
mod typing;
