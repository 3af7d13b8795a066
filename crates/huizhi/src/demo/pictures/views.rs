//! Designs: a product from the front, the side and above.

use fastrand::Rng;
use image::GrayImage;

use super::canvas::Canvas;

const WIDTH: i32 = 260;
const HEIGHT: i32 = 220;

/// View 0 (front), 1 (side) or 2 (top) of a product.
pub(super) fn draw(product: u64, view: u64) -> GrayImage {
    // All views of a product have the same measures.
    let mut rng = Rng::with_seed(0x7669_6577 + product);
    let size = (rng.i32(90..180), rng.i32(90..170), rng.i32(40..110));
    let details = rng.i32(2..=4);
    let mut canvas = Canvas::new(WIDTH as u32, HEIGHT as u32);
    match product % 4 {
        0 => cabinet(&mut canvas, view, size, details),
        1 => vessel(&mut canvas, view, size, details),
        2 => handheld(&mut canvas, view, size, details),
        _ => lamp(&mut canvas, view, size, details),
    }
    canvas.finish()
}

type Measures = (i32, i32, i32);

/// Width and height of what is seen from a side.
fn seen((width, height, depth): Measures, view: u64) -> (i32, i32) {
    match view {
        0 => (width, height),
        1 => (depth, height),
        _ => (width, depth),
    }
}

/// A box with panels, feet and a grip.
fn cabinet(canvas: &mut Canvas, view: u64, size: Measures, details: i32) {
    let (width, height) = seen(size, view);
    let (x, y) = ((WIDTH - width) / 2, (HEIGHT - height) / 2);
    canvas.rectangle(x, y, width, height);
    canvas.rectangle(x + 6, y + 6, width - 12, height - 12);
    if view == 0 {
        let step = (height - 12) / details;
        for at in 1..details {
            canvas.line((x + 6, y + 6 + at * step), (x + width - 6, y + 6 + at * step));
        }
        for at in 0..details {
            canvas.rectangle(x + width / 2 - 12, y + 6 + at * step + step / 2 - 3, 24, 6);
        }
    }
    if view < 2 {
        canvas.rectangle(x + 4, y + height, 10, 8);
        canvas.rectangle(x + width - 14, y + height, 10, 8);
    }
}

/// A round vessel with a neck; from above, circles.
fn vessel(canvas: &mut Canvas, view: u64, (width, height, _): Measures, details: i32) {
    let (middle, radius) = (WIDTH / 2, width / 3);
    if view == 2 {
        for ring in [radius, radius - 8, radius / 3, radius / 5] {
            canvas.ellipse((middle, HEIGHT / 2), (ring, ring));
        }
        return;
    }
    let (top, bottom, neck) = ((HEIGHT - height) / 2, HEIGHT.midpoint(height), radius / 3);
    let shoulder = top + height / 3;
    canvas.outline(&[
        (middle - neck, top + 14),
        (middle + neck, top + 14),
        (middle + neck, shoulder - 16),
        (middle + radius, shoulder),
        (middle + radius - 6, bottom),
        (middle - radius + 6, bottom),
        (middle - radius, shoulder),
        (middle - neck, shoulder - 16),
    ]);
    canvas.rectangle(middle - neck - 4, top, 2 * neck + 8, 14);
    for at in 0..details {
        let y = shoulder + 16 + at * 14;
        canvas.line((middle - radius + 2, y), (middle + radius - 2, y));
    }
    if view == 1 {
        canvas.ellipse((middle + radius + 12, shoulder + 28), (14, 24));
    }
}

/// A flat device with a screen and keys.
fn handheld(canvas: &mut Canvas, view: u64, (width, height, _): Measures, details: i32) {
    let (width, height) = seen((width * 2 / 3, height, 18), view);
    let (x, y) = ((WIDTH - width) / 2, (HEIGHT - height) / 2);
    let bevel = 6.min(height / 3).min(width / 3);
    canvas.outline(&[
        (x + bevel, y),
        (x + width - bevel, y),
        (x + width, y + bevel),
        (x + width, y + height - bevel),
        (x + width - bevel, y + height),
        (x + bevel, y + height),
        (x, y + height - bevel),
        (x, y + bevel),
    ]);
    if view == 0 {
        canvas.rectangle(x + 10, y + 12, width - 20, height / 2);
        for at in 0..details {
            let key = x + width * (2 * at + 1) / (2 * details);
            canvas.ellipse((key, y + height * 3 / 4), (8, 8));
        }
    } else if view == 1 {
        canvas.rectangle(x + width, y + height / 4, 4, height / 6);
    } else {
        canvas.ellipse((x + width / 2, y + height / 2), (9, 5));
    }
}

/// A shade on a stand.
fn lamp(canvas: &mut Canvas, view: u64, (width, height, depth): Measures, details: i32) {
    let middle = WIDTH / 2;
    if view == 2 {
        let (across, along) = (width / 2, depth / 2 + 16);
        canvas.ellipse((middle, HEIGHT / 2), (across, along));
        canvas.ellipse((middle, HEIGHT / 2), (across / 3, along / 3));
        return;
    }
    let (top, bottom) = ((HEIGHT - height) / 2, HEIGHT.midpoint(height));
    let half = if view == 0 { width / 2 } else { depth / 2 + 16 };
    canvas.outline(&[
        (middle - half / 2, top),
        (middle + half / 2, top),
        (middle + half, top + 50),
        (middle - half, top + 50),
    ]);
    for at in 1..=details {
        let part = 2 * half * at / (details + 1);
        canvas.line((middle - half / 2 + part / 2, top + 2), (middle - half + part, top + 48));
    }
    canvas.rectangle(middle - 4, top + 50, 8, bottom - top - 62);
    canvas.outline(&[
        (middle - half / 2 - 8, bottom),
        (middle + half / 2 + 8, bottom),
        (middle + half / 2 - 2, bottom - 12),
        (middle - half / 2 + 2, bottom - 12),
    ]);
}
