//! Room for entries on their way to the engine's writing threads.
//!
//! The engine lets ten thousand documents wait, however long they are: a gigabyte of full texts. Here the bytes are
//! bounded instead.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Bytes of text that may wait.
const LARGEST: usize = 48_000_000;

/// Longest wait for room. Writing threads that have failed free nothing; the engine then tells why.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Default)]
struct State {
    used: Mutex<usize>,
    freed: Condvar,
}

/// The room.
#[derive(Clone, Default)]
pub(super) struct Room(Arc<State>);

/// A part of the room, given back when dropped.
pub(super) struct Share {
    room: Room,
    size: usize,
}

impl Room {
    /// Waits until `size` bytes more may wait. An entry larger than the room goes alone.
    pub(super) fn take(&self, size: usize) -> Share {
        let used = self.0.used.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |used: &mut usize| *used > 0 && *used + size > LARGEST;
        let waited = self.0.freed.wait_timeout_while(used, PATIENCE, full);
        let (mut used, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *used += size;
        Share { room: self.clone(), size }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut used = self.room.0.used.lock().unwrap_or_else(PoisonError::into_inner);
        *used = used.saturating_sub(self.size);
        self.room.0.freed.notify_all();
    }
}
