//! The pictures of rights, by right and number.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use image::ImageFormat;
use records::Right;

use crate::cache::Cache;
use crate::convert::{convert, passes, recognise};
use crate::gate::{Gate, Stopped};
use crate::{PictureError, find};

/// Bounds on what is read, decoded and kept.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Largest file, in bytes.
    pub bytes: u64,
    /// Widest and highest picture, in pixels.
    pub side: u32,
    /// Pixels of a picture: one decoded takes up to eight bytes each.
    pub pixels: u64,
    /// Longest wait for a turn, and for the work itself.
    pub time: Duration,
    /// Pictures decoded at once.
    pub at_once: usize,
    /// Bytes kept in the cache folder.
    pub cache: u64,
}

impl Default for Limits {
    /// 64 MiB a file, 24,000 pixels a side, 100 million pixels (A1 at 300 dots an inch has 70), 20 seconds, two at once,
    /// 1 GiB of cache.
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            side: 24_000,
            pixels: 100_000_000,
            time: Duration::from_secs(20),
            at_once: 2,
            cache: 1 << 30,
        }
    }
}

/// How large to show a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// At most 320 pixels wide and high.
    Thumb,
    /// As it is.
    Full,
}

/// A picture to hand to a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The file.
    pub bytes: Vec<u8>,
    /// `image/png`, `image/jpeg` or `image/gif`.
    pub media_type: &'static str,
    /// A strong entity tag with its quotation marks: the same bytes have the same tag, on every machine.
    pub etag: String,
}

/// Finds, converts and keeps pictures. Any number of threads may ask at once, and several processes may share a cache
/// folder.
#[derive(Debug)]
pub struct Pictures {
    cache: Cache,
    gate: Arc<Gate>,
    limits: Limits,
}

/// Raised when the same original would give other bytes, so that old files in cache folders are not used.
const MADE: &str = "1";

impl Pictures {
    /// Keeps what it makes in this folder, which is made when the first file is kept.
    pub fn new(cache_folder: PathBuf, limits: Limits) -> Self {
        let gate = Gate::new(limits.at_once);
        Self { cache: Cache::new(cache_folder, limits.cache), gate, limits }
    }

    /// A picture of a right by its number from 0. Blocks while it is read and converted.
    ///
    /// # Errors
    /// See [`PictureError`]; a picture that cannot be kept in the cache is served all the same.
    pub fn get(&self, right: &Right, index: usize, size: Size) -> Result<Served, PictureError> {
        let image = right.images.get(index).ok_or(PictureError::NoSuch { index, count: right.images.len() })?;
        let bytes = find::bytes(&image.file, &right.sources, &self.limits)?;
        self.serve(&image.file, bytes, size)
    }

    /// The picture as it is or converted, from the cache where it is there.
    pub(crate) fn serve(&self, name: &str, bytes: Vec<u8>, size: Size) -> Result<Served, PictureError> {
        let format = recognise(name, &bytes)?;
        let hash = blake3::hash(&bytes).to_hex();
        let hash = &hash[..32];
        let name = name.trim().to_owned();
        let kept = format!("{hash}-{MADE}-{}", if size == Size::Thumb { "thumb" } else { "full" });
        if let Some(found) = self.cache.get(&kept).and_then(|made| served(made, &kept)) {
            return Ok(found);
        }
        let (work_name, limits) = (name.clone(), self.limits.clone());
        // The bytes go in and, where they can be given out as they are, come back.
        let work = move || {
            if passes(&work_name, &bytes, format, size, &limits)? {
                return Ok((bytes, true));
            }
            convert(&work_name, &bytes, format, size, &limits).map(|made| (made, false))
        };
        let (bytes, as_it_is) = self.gate.run(self.limits.time, work).map_err(|stopped| match stopped {
            Stopped::Late => PictureError::Late { name: name.clone(), seconds: self.limits.time.as_secs() },
            Stopped::Broke => PictureError::Form { name: name.clone(), reason: "its data is broken".to_owned() },
        })??;
        if !as_it_is && let Err(error) = self.cache.put(&kept, &bytes) {
            tracing::warn!("a picture cannot be kept in the cache folder: {error}");
        }
        let broken = || PictureError::Form { name: name.clone(), reason: "it cannot be written anew".to_owned() };
        served(bytes, if as_it_is { hash } else { &kept }).ok_or_else(broken)
    }
}

/// What a browser is told about these bytes; `None` when they are nothing for a browser.
fn served(bytes: Vec<u8>, tag: &str) -> Option<Served> {
    let media_type = match image::guess_format(&bytes).ok()? {
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Gif => "image/gif",
        _ => return None,
    };
    Some(Served { bytes, media_type, etag: format!("\"{tag}\"") })
}

#[cfg(test)]
pub(crate) mod tests;
