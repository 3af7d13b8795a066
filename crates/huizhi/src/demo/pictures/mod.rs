//! Small original pictures for the demonstration: a pool that rights name by file, drawn from the number of each.
//!
//! Marks are plain figures and block letters in flat colours, designs are views of boxes and vessels, drawings of
//! patents are boxes and lines with reference signs. Some drawings are fax-compressed TIFF, as offices deliver them.

mod canvas;
mod drawings;
mod marks;
mod tiff;
mod views;

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, Result};
use image::{DynamicImage, ImageFormat};

/// Marks in the pool.
pub(super) const MARKS: u64 = 72;
/// Designed products in the pool, each with [`VIEWS`].
pub(super) const PRODUCTS: u64 = 16;
/// Views of a product.
pub(super) const VIEWS: u64 = 3;
/// Drawings of patents in the pool.
pub(super) const DRAWINGS: u64 = 40;

/// File of a mark, below the folder of the parts.
pub(super) fn mark(number: u64) -> String {
    format!("images/mark-{:02}.png", number % MARKS)
}

/// File of one view (from 0) of a product.
pub(super) fn view(product: u64, view: u64) -> String {
    format!("images/design-{:02}-{}.png", product % PRODUCTS, view % VIEWS + 1)
}

/// File of a drawing; every fourth is TIFF.
pub(super) fn drawing(number: u64) -> String {
    let number = number % DRAWINGS;
    format!("images/drawing-{number:02}.{}", if is_tiff(number) { "tif" } else { "png" })
}

fn is_tiff(drawing: u64) -> bool {
    drawing.is_multiple_of(4)
}

/// Writes the whole pool below a folder; files that are there stay.
pub(super) fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder.join("images")).with_context(|| format!("cannot make {}", folder.display()))?;
    for number in 0..MARKS {
        put(folder, &mark(number), || png(&DynamicImage::ImageRgb8(marks::draw(number))))?;
    }
    for product in 0..PRODUCTS {
        for side in 0..VIEWS {
            let draw = || png(&DynamicImage::ImageLuma8(views::draw(product, side)));
            put(folder, &view(product, side), draw)?;
        }
    }
    for number in 0..DRAWINGS {
        put(folder, &drawing(number), || {
            let picture = drawings::draw(number);
            if is_tiff(number) { Ok(tiff::write(&picture)) } else { png(&DynamicImage::ImageLuma8(picture)) }
        })?;
    }
    Ok(())
}

fn put(folder: &Path, name: &str, draw: impl FnOnce() -> Result<Vec<u8>>) -> Result<()> {
    let path = folder.join(name);
    if path.exists() {
        return Ok(());
    }
    // Written aside first: a run that is broken off leaves no half of a picture.
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(folder))?;
    file.write_all(&draw()?)?;
    file.persist(&path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests;
