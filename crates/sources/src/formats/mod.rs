//! One module a format.

mod claims;
pub(crate) mod cn_legal;
pub(crate) mod cn_old;
pub(crate) mod cn_patent;
pub(crate) mod cn_text;
pub(crate) mod cn_trademark;
pub(crate) mod docdb;
pub(crate) mod dpma;
pub(crate) mod ep_fulltext;
pub(crate) mod eu_design;
pub(crate) mod eu_trademark;
mod mark_words;
mod old_ipc;
pub(crate) mod ops;
pub(crate) mod parts;
pub(crate) mod st66;
pub(crate) mod st96;
pub(crate) mod us_aps;
pub(crate) mod us_forms;
pub(crate) mod us_pap;
pub(crate) mod us_party;
pub(crate) mod us_patent;
pub(crate) mod us_st32;
pub(crate) mod us_trademark;
