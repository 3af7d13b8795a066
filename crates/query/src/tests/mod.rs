mod clauses;
mod laws;
mod mistakes;
mod readings;
mod reference;
