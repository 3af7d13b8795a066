//! Bodies at rest: JSON under zstd.

use std::cell::RefCell;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::RegisterError;

/// zstd level 3: a third of the size at several hundred megabytes a second.
const LEVEL: i32 = 3;

thread_local! {
    // A context is a megabyte of tables: making one for each small body would cost more than the packing.
    static PACKER: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
}

/// Packs bytes.
pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>, RegisterError> {
    let broken_off = |error: std::io::Error| RegisterError::BrokenOff(error.to_string());
    PACKER.with_borrow_mut(|packer| {
        if packer.is_none() {
            *packer = Some(zstd::bulk::Compressor::new(LEVEL).map_err(broken_off)?);
        }
        match packer {
            Some(packer) => packer.compress(bytes).map_err(broken_off),
            None => Err(RegisterError::BrokenOff("no compressor".to_owned())),
        }
    })
}

/// Unpacks bytes; `what` names the row for the message.
pub(crate) fn unpack(what: &str, packed: &[u8]) -> Result<Vec<u8>, RegisterError> {
    zstd::stream::decode_all(packed)
        .map_err(|error| RegisterError::Damaged { what: what.to_owned(), reason: error.to_string() })
}

/// A value as JSON. Parts and rights hold nothing that JSON cannot say.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, RegisterError> {
    serde_json::to_vec(value).map_err(|error| RegisterError::BrokenOff(error.to_string()))
}

/// A value from its packed JSON.
pub(crate) fn read<T: DeserializeOwned>(what: &str, packed: &[u8]) -> Result<T, RegisterError> {
    serde_json::from_slice(&unpack(what, packed)?)
        .map_err(|error| RegisterError::Damaged { what: what.to_owned(), reason: error.to_string() })
}
