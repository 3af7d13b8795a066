//! Progress bars, shown only when a terminal watches.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over bytes that `counter` counts.
pub(crate) struct ByteBar {
    bar: ProgressBar,
    stop: Option<std::sync::mpsc::Sender<()>>,
    ticker: Option<std::thread::JoinHandle<()>>,
}

impl ByteBar {
    pub(crate) fn over(paths: &[PathBuf], counter: &Arc<AtomicU64>) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden(), stop: None, ticker: None };
        }
        let bar = ProgressBar::new(paths.iter().map(|path| size(path)).sum());
        let style = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
        bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let (shown, counter) = (bar.clone(), Arc::clone(counter));
        let ticker = std::thread::spawn(move || {
            while stopped.recv_timeout(Duration::from_millis(200)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                shown.set_position(counter.load(Ordering::Relaxed));
            }
        });
        Self { bar, stop: Some(stop), ticker: Some(ticker) }
    }
}

impl Drop for ByteBar {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(ticker) = self.ticker.take() {
            let _ = ticker.join();
        }
        self.bar.finish_and_clear();
    }
}

/// A bar over items, its length given with each step.
pub(crate) fn items() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style = "{bar:30} {pos}/{len} {per_sec} {eta}";
    bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Bytes of a file, or of all files in a folder.
pub(crate) fn size(path: &Path) -> u64 {
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
            entries.map(|entry| entry.path()).filter(|p| !(p.is_symlink() && p.is_dir())).map(|p| size(&p)).sum()
        }
        Ok(meta) => meta.len(),
        Err(_) => 0,
    }
}
