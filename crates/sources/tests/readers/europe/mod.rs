//! European office files, and single marks in ST.66 and ST.96.

mod docdb;
mod dpma;
mod ep_fulltext;
mod eu;
mod hostile;
mod ops;
mod single_marks;
