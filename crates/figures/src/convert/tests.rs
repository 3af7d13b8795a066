use std::io::Cursor;

use image::codecs::tiff::TiffEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::{THUMB, convert, passes, recognise};
use crate::{Limits, PictureError, Size};

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("written");
    bytes.into_inner()
}

fn tiff(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_with_encoder(TiffEncoder::new(&mut bytes)).expect("written");
    bytes.into_inner()
}

fn grey(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageLuma8(GrayImage::from_fn(width, height, |x, y| {
        Luma([if (x / 3 + y / 5) % 2 == 0 { 0 } else { 255 }])
    }))
}

fn shown(bytes: &[u8], size: Size) -> Result<DynamicImage, PictureError> {
    let limits = Limits::default();
    let format = recognise("a", bytes)?;
    if passes("a", bytes, format, size, &limits)? {
        // Handed on as it is: what follows the beginning is for the browser to read.
        return image::load_from_memory(bytes).map_err(|error| super::refused("a", error));
    }
    let made = convert("a", bytes, format, size, &limits)?;
    Ok(image::load_from_memory(&made).expect("what was made can be read"))
}

#[test]
fn tiff_and_bmp_become_png_without_loss() {
    let colour = DynamicImage::ImageRgb8(RgbImage::from_fn(40, 30, |x, y| Rgb([x as u8, y as u8, 9])));
    for picture in [grey(50, 20), colour] {
        for bytes in [tiff(&picture), written(&picture, ImageFormat::Bmp)] {
            let format = recognise("a", &bytes).expect("a picture");
            assert!(!passes("a", &bytes, format, Size::Full, &Limits::default()).expect("within bounds"));
            let made = convert("a", &bytes, format, Size::Full, &Limits::default()).expect("converted");
            assert_eq!(recognise("a", &made).expect("a picture"), ImageFormat::Png);
            assert_eq!(image::load_from_memory(&made).expect("read").into_rgb8(), picture.to_rgb8());
        }
    }
}

#[test]
fn what_browsers_read_passes_and_large_pictures_get_a_thumb() {
    let limits = Limits::default();
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif] {
        let (small, large) = (grey(90, 70).to_rgb8(), grey(900, 70).to_rgb8());
        for (picture, thumb) in [(small, true), (large, false)] {
            let bytes = written(&DynamicImage::ImageRgb8(picture), format);
            assert!(passes("a", &bytes, format, Size::Full, &limits).expect("within bounds"));
            assert_eq!(passes("a", &bytes, format, Size::Thumb, &limits).expect("within bounds"), thumb, "{format:?}");
            let shown = shown(&bytes, Size::Thumb).expect("shown");
            assert_eq!((shown.width(), shown.height()), if thumb { (90, 70) } else { (THUMB, 24) });
        }
    }
}

#[test]
fn a_thumb_keeps_thin_lines_shape_and_transparency() {
    let mut line = GrayImage::from_pixel(3000, 2000, Luma([255]));
    (0..3000).for_each(|x| line.put_pixel(x, 1000, Luma([0])));
    let thumb = shown(&tiff(&DynamicImage::ImageLuma8(line)), Size::Thumb).expect("a thumb").into_luma8();
    assert_eq!((thumb.width(), thumb.height()), (320, 213));
    assert!(thumb.pixels().any(|pixel| pixel.0[0] < 240), "the line is still seen");
    let clear = RgbaImage::from_pixel(1000, 10, Rgba([200, 0, 0, 0]));
    let thumb = shown(&written(&DynamicImage::ImageRgba8(clear), ImageFormat::Png), Size::Thumb).expect("a thumb");
    assert_eq!((thumb.width(), thumb.height(), thumb.color().has_alpha()), (320, 3, true));
}

#[test]
fn what_is_no_picture_is_refused_with_its_first_bytes() {
    for bytes in [&b""[..], b"%PDF-1.7", b"<svg xmlns=''/>", b"<html>", b"MM", b"RIFF\0\0\0\0WEBPVP8 "] {
        let error = shown(bytes, Size::Full).expect_err("no picture");
        assert!(matches!(error, PictureError::Form { .. }), "{error}");
    }
    assert!(shown(b"%PDF-1.7", Size::Full).expect_err("no picture").to_string().contains("25 50 44 46"));
}

/// A PNG that says it has these dimensions, with a checksum that holds.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = written(&grey(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checked: Vec<u8> = bytes[12..29].to_vec();
    let crc = checked.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    });
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

#[test]
fn bombs_are_refused_by_what_their_beginning_says() {
    let tiff_of = |width: u32, height: u32| {
        let mut bytes = tiff(&grey(8, 8));
        // The directory's entries: tag, type, count, value.
        for (tag, value) in [(256_u16, width), (257, height), (278, height)] {
            let entry = bytes.windows(2).enumerate().skip(8).filter(|(_, two)| *two == tag.to_le_bytes());
            for at in entry.map(|(at, _)| at).collect::<Vec<_>>() {
                if bytes.len() >= at + 12 && bytes[at + 2] == 4 && bytes[at + 4] == 1 {
                    bytes[at + 8..at + 12].copy_from_slice(&value.to_le_bytes());
                }
            }
        }
        bytes
    };
    for bytes in [png_of(60_000, 60_000), png_of(20_000, 20_000), tiff_of(60_000, 60_000), tiff_of(20_000, 20_000)] {
        for size in [Size::Thumb, Size::Full] {
            let error = shown(&bytes, size).expect_err("a bomb");
            assert!(matches!(error, PictureError::TooLarge { .. }), "{error}");
        }
    }
    // Within bounds, but its data ends early.
    for bytes in [png_of(9_000, 9_000), tiff_of(9_000, 9_000)] {
        assert!(matches!(shown(&bytes, Size::Thumb), Err(PictureError::Form { .. })));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_bytes_are_a_picture_or_an_error(
        magic in 0_usize..7,
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let magics: [&[u8]; 7] =
            [b"", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"BM"];
        let bytes = [magics[magic], &bytes].concat();
        let _ = shown(&bytes, Size::Thumb);
        let _ = shown(&bytes, Size::Full);
    }

    #[test]
    fn damaged_pictures_are_pictures_or_errors(
        which in 0_usize..5,
        damage in prop::collection::vec((0.0..1.0, any::<u8>()), 1..6),
        cut in 0.3..1.3,
    ) {
        let picture = grey(40, 30);
        let mut bytes = match which {
            0 => tiff(&picture),
            1 => written(&picture, ImageFormat::Png),
            2 => written(&picture, ImageFormat::Jpeg),
            3 => written(&DynamicImage::ImageRgb8(picture.to_rgb8()), ImageFormat::Gif),
            _ => written(&picture, ImageFormat::Bmp),
        };
        for (at, byte) in damage {
            let at = (at * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        bytes.truncate((cut * bytes.len() as f64) as usize);
        let _ = shown(&bytes, Size::Thumb);
        let _ = shown(&bytes, Size::Full);
    }
}
