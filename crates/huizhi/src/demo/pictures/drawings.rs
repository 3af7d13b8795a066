//! Drawings of patents: devices as boxes with lines, and steps of a method, with reference signs.

use fastrand::Rng;
use image::GrayImage;

use super::canvas::Canvas;

/// Drawing number so and so.
pub(super) fn draw(number: u64) -> GrayImage {
    let mut rng = Rng::with_seed(0x6472_6177 + number);
    let mut canvas = Canvas::new(340, 260);
    match number % 3 {
        0 => device(&mut canvas, &mut rng),
        1 => steps(&mut canvas, &mut rng),
        _ => section(&mut canvas, &mut rng),
    }
    // The number of the figure.
    canvas.number(160, 240, number % 9 + 1);
    canvas.finish()
}

/// A housing with parts inside and lines between them.
fn device(canvas: &mut Canvas, rng: &mut Rng) {
    canvas.rectangle(20, 16, 270, 206);
    sign(canvas, (290, 40), 10);
    let mut centers = Vec::new();
    for at in 0..rng.i32(4..=6) {
        let (x, y) = (40 + (at % 2) * 120 + rng.i32(0..14), 34 + (at / 2) * 62 + rng.i32(0..10));
        let (width, height) = (rng.i32(58..74), rng.i32(26..40));
        centers.push((x + width / 2, y + height / 2, width, height, x, y));
    }
    for pair in centers.windows(2) {
        let ((from_x, from_y, ..), (to_x, to_y, ..)) = (pair[0], pair[1]);
        canvas.line((from_x, from_y), (to_x, from_y));
        canvas.line((to_x, from_y), (to_x, to_y));
    }
    for (at, (center_x, center_y, width, height, x, y)) in centers.into_iter().enumerate() {
        canvas.sheet(x, y, width, height);
        if rng.bool() {
            canvas.ellipse((center_x, center_y), (width / 5, height / 4));
        }
        sign(canvas, (x + width, y + height / 2), 11 + at as u64);
    }
}

/// A flow of steps from top to bottom, the third a decision.
fn steps(canvas: &mut Canvas, rng: &mut Rng) {
    let count = rng.i32(3..=4);
    let height = 30;
    for at in 0..count {
        let y = 10 + at * 58;
        if at == 2 {
            canvas.outline(&[(150, y - 6), (220, y + height / 2), (150, y + height + 6), (80, y + height / 2)]);
            canvas.line((220, y + height / 2), (262, y + height / 2));
            canvas.line((262, y + height / 2), (262, 25));
            canvas.arrow((262, 25), (222, 25));
        } else {
            canvas.rectangle(80, y, 140, height);
            for line in 0..rng.i32(1..=2) {
                let width = rng.i32(50..110);
                canvas.line((150 - width / 2, y + 11 + line * 9), (150 + width / 2, y + 11 + line * 9));
            }
        }
        if at + 1 < count {
            let (from, to) = (y + height + if at == 2 { 6 } else { 0 }, y + 58 - if at == 1 { 6 } else { 0 });
            canvas.arrow((150, from), (150, to));
        }
        canvas.number(282, y + 8, 101 + at as u64);
    }
}

/// Layers one over another, some hatched, with a shaft or a hole.
fn section(canvas: &mut Canvas, rng: &mut Rng) {
    let (mut y, left) = (40, 40 + rng.i32(0..20));
    for at in 0..rng.i32(3..=5) {
        let (height, width) = (rng.i32(20..42), 210 - at * rng.i32(4..14));
        canvas.rectangle(left, y, width, height);
        if at % 2 == 0 {
            canvas.hatch(left, y, width, height);
        }
        sign(canvas, (left + width, y + height / 2), 20 + at as u64);
        y += height;
    }
    let middle = left + 70 + rng.i32(0..40);
    let width = rng.i32(18..34);
    canvas.sheet(middle, 16, width, y - 2);
    sign(canvas, (middle + width, 21), 30);
}

/// A reference sign at the end of a lead line.
fn sign(canvas: &mut Canvas, at: (i32, i32), number: u64) {
    canvas.line(at, (at.0 + 14, at.1 - 8));
    canvas.number(at.0 + 18, at.1 - 18, number);
}
