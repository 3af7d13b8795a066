//! Pictures decoded within bounds and written anew for browsers.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::error::LimitError;
use image::{DynamicImage, ImageError, ImageFormat, ImageReader, imageops};

use crate::{Limits, PictureError, Size};

/// Widest and highest thumb, in pixels.
pub(crate) const THUMB: u32 = 320;

/// A small picture of at most so many bytes is its own thumb.
const SMALL: usize = 64 * 1024;

/// Forms that are recognised, by their first bytes.
const FORMATS: [ImageFormat; 5] =
    [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Tiff, ImageFormat::Bmp];

/// A picture's form, by its first bytes.
pub(crate) fn recognise(name: &str, bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    let found = image::guess_format(bytes).ok().filter(|format| FORMATS.contains(format));
    found.ok_or_else(|| {
        let start: Vec<String> = bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let reason =
            if bytes.is_empty() { "it is empty".to_owned() } else { format!("it begins with {}", start.join(" ")) };
        PictureError::Form { name: name.to_owned(), reason }
    })
}

/// Whether the file can be given out as it is: browsers read it and it has the size asked for. Refuses what would
/// decode to more than is allowed, so that no browser is handed a bomb either.
pub(crate) fn passes(
    name: &str,
    bytes: &[u8],
    format: ImageFormat,
    size: Size,
    limits: &Limits,
) -> Result<bool, PictureError> {
    let dimensions = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions();
    let (width, height) = dimensions.map_err(|error| refused(name, error))?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || width.max(height) > limits.side || pixels > limits.pixels {
        let what = format!("it is {width} × {height} pixels");
        return Err(PictureError::TooLarge { name: name.to_owned(), what });
    }
    let shown = matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif);
    Ok(shown && (size == Size::Full || (width.max(height) <= THUMB && bytes.len() <= SMALL)))
}

/// The picture written anew. Of several pages or frames the first.
pub(crate) fn convert(
    name: &str,
    bytes: &[u8],
    format: ImageFormat,
    size: Size,
    limits: &Limits,
) -> Result<Vec<u8>, PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits.side);
    bounds.max_image_height = Some(limits.side);
    // Four bytes a pixel, and as much again while decoding.
    bounds.max_alloc = Some(limits.pixels.saturating_mul(8));
    reader.limits(bounds);
    let picture = plain(reader.decode().map_err(|error| refused(name, error))?);
    let picture = match size {
        Size::Thumb if picture.width().max(picture.height()) > THUMB => thumb(&picture),
        _ => picture,
    };
    encode(&picture, size).map_err(|error| refused(name, error))
}

/// In eight bits, grey or colour, with alpha only where it is used.
fn plain(picture: DynamicImage) -> DynamicImage {
    let color = picture.color();
    match (color.has_alpha(), color.has_color()) {
        (true, _) => {
            let picture = picture.into_rgba8();
            if picture.pixels().all(|pixel| pixel.0[3] == 255) {
                DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(picture).into_rgb8())
            } else {
                DynamicImage::ImageRgba8(picture)
            }
        }
        (false, true) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        (false, false) => DynamicImage::ImageLuma8(picture.into_luma8()),
    }
}

/// Averages over areas, which keeps thin lines of drawings grey instead of losing them.
fn thumb(picture: &DynamicImage) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let longest = u64::from(width.max(height));
    let scaled = |side: u32| ((u64::from(side) * u64::from(THUMB) / longest) as u32).max(1);
    let (width, height) = (scaled(width), scaled(height));
    match picture {
        DynamicImage::ImageLuma8(grey) => DynamicImage::ImageLuma8(imageops::thumbnail(grey, width, height)),
        DynamicImage::ImageRgb8(colour) => DynamicImage::ImageRgb8(imageops::thumbnail(colour, width, height)),
        other => DynamicImage::ImageRgba8(imageops::thumbnail(&other.to_rgba8(), width, height)),
    }
}

/// Thumbs in colour as JPEG, all else as PNG.
fn encode(picture: &DynamicImage, size: Size) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    if let (Size::Thumb, DynamicImage::ImageRgb8(_)) = (size, picture) {
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 82))?;
        return Ok(bytes);
    }
    // Drawings have long runs of one value: filters would only break them.
    let filter = if picture.color().has_color() { FilterType::Adaptive } else { FilterType::NoFilter };
    picture.write_with_encoder(PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, filter))?;
    Ok(bytes)
}

fn refused(name: &str, error: ImageError) -> PictureError {
    let name = name.to_owned();
    match error {
        ImageError::Limits(error) => PictureError::TooLarge { name, what: limit(&error) },
        error => PictureError::Form { name, reason: error.to_string() },
    }
}

fn limit(error: &LimitError) -> String {
    format!("it would take too much memory ({error})")
}

#[cfg(test)]
mod tests;
