//! Fax-compressed TIFF.

use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use image::GrayImage;

/// One strip in CCITT group 4.
pub(super) fn write(picture: &GrayImage) -> Vec<u8> {
    let (width, height) = picture.dimensions();
    let mut encoder = Encoder::new(VecWriter::new());
    for row in picture.rows() {
        let points = row.map(|pixel| if pixel.0[0] < 128 { Color::Black } else { Color::White });
        // Writing to memory cannot fail: the error has no values.
        let Ok(()) = encoder.encode_line(points, width as u16);
    }
    let Ok(writer) = encoder.finish();
    fax::tiff::wrap(&writer.finish(), width, height)
}
