//! Work that may be hostile: in a thread of its own, for so long, and only so much of it at once.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Lets so many in at once.
#[derive(Debug)]
pub(crate) struct Gate {
    inside: Mutex<usize>,
    left: Condvar,
    most: usize,
}

/// Why work gave no answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stopped {
    /// It did not begin or end in time.
    Late,
    /// It broke down.
    Broke,
}

/// A place inside, given back however the work ends.
struct Pass(Arc<Gate>);

impl Drop for Pass {
    fn drop(&mut self) {
        *self.0.inside.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.left.notify_one();
    }
}

impl Gate {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { inside: Mutex::new(0), left: Condvar::new(), most: most.max(1) })
    }

    /// Runs the work, waiting `time` for a place and as long again for the answer. Work that is late goes on by itself
    /// and keeps its place until it ends.
    pub(crate) fn run<T: Send + 'static>(
        self: &Arc<Self>,
        time: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        let inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.left.wait_timeout_while(inside, time, |inside| *inside >= self.most);
        let (mut inside, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() {
            return Err(Stopped::Late);
        }
        *inside += 1;
        drop(inside);
        let pass = Pass(Arc::clone(self));
        let (send, receive) = sync_channel(1);
        let thread = thread::Builder::new().name("picture".to_owned()).spawn(move || {
            let _pass = pass;
            let _ = send.send(work());
        });
        thread.map_err(|_| Stopped::Broke)?;
        receive.recv_timeout(time).map_err(|error| match error {
            RecvTimeoutError::Timeout => Stopped::Late,
            RecvTimeoutError::Disconnected => Stopped::Broke,
        })
    }
}

#[cfg(test)]
mod tests;
