//! The program as people meet it: the real binary, run in temporary folders, on SQLite and, when
//! `HUIZHI_TEST_POSTGRES` names a server, on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod damage;
mod demo;
mod interrupted;
mod loading;
mod operator;
mod place;
mod queries;
mod real;
mod reference;
mod settings;
mod several;
