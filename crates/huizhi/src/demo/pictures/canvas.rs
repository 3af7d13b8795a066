//! Black lines on white paper.

use image::{GrayImage, Luma};

const INK: Luma<u8> = Luma([0]);
const PAPER: Luma<u8> = Luma([255]);

/// Digits of 3 × 5 points, rows from the top, bits from the left.
const DIGITS: [[u8; 5]; 10] = [
    [7, 5, 5, 5, 7],
    [2, 6, 2, 2, 7],
    [7, 1, 7, 4, 7],
    [7, 1, 7, 1, 7],
    [5, 5, 7, 1, 1],
    [7, 4, 7, 1, 7],
    [7, 4, 7, 5, 7],
    [7, 1, 1, 2, 2],
    [7, 5, 7, 5, 7],
    [7, 5, 7, 1, 7],
];

/// A sheet to draw on. What lies outside is left out.
pub(super) struct Canvas(GrayImage);

impl Canvas {
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self(GrayImage::from_pixel(width, height, PAPER))
    }

    pub(super) fn finish(self) -> GrayImage {
        self.0
    }

    fn point(&mut self, x: i32, y: i32, ink: Luma<u8>) {
        if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
            && let Some(pixel) = self.0.get_pixel_mut_checked(x, y)
        {
            *pixel = ink;
        }
    }

    /// A line two points wide.
    pub(super) fn line(&mut self, from: (i32, i32), to: (i32, i32)) {
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).max(1);
        for step in 0..=steps {
            let (x, y) = (from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps);
            for (dx, dy) in [(0, 0), (1, 0), (0, 1)] {
                self.point(x + dx, y + dy, INK);
            }
        }
    }

    /// Lines from point to point and back to the first.
    pub(super) fn outline(&mut self, points: &[(i32, i32)]) {
        for (at, from) in points.iter().enumerate() {
            self.line(*from, points[(at + 1) % points.len()]);
        }
    }

    pub(super) fn rectangle(&mut self, x: i32, y: i32, width: i32, height: i32) {
        self.outline(&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]);
    }

    /// An empty rectangle over what is there.
    pub(super) fn sheet(&mut self, x: i32, y: i32, width: i32, height: i32) {
        for row in y..y + height {
            for column in x..x + width {
                self.point(column, row, PAPER);
            }
        }
        self.rectangle(x, y, width, height);
    }

    /// Parallel slanted lines, as sections are drawn.
    pub(super) fn hatch(&mut self, x: i32, y: i32, width: i32, height: i32) {
        for start in (0..width + height).step_by(10) {
            let (from, to) = ((start - height).max(0), start.min(width));
            self.line((x + from, y + start - from), (x + to, y + start - to));
        }
    }

    pub(super) fn ellipse(&mut self, center: (i32, i32), radii: (i32, i32)) {
        let at = |step: i32| {
            let angle = f64::from(step) * std::f64::consts::TAU / 48.0;
            let (x, y) = (angle.cos() * f64::from(radii.0), angle.sin() * f64::from(radii.1));
            (center.0 + x.round() as i32, center.1 + y.round() as i32)
        };
        self.outline(&(0..48).map(at).collect::<Vec<_>>());
    }

    /// A line with a head at its end; upright or level.
    pub(super) fn arrow(&mut self, from: (i32, i32), to: (i32, i32)) {
        self.line(from, to);
        let (dx, dy) = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
        for side in [-1, 1] {
            self.line(to, (to.0 - 7 * dx + 4 * side * dy, to.1 - 7 * dy + 4 * side * dx));
        }
    }

    /// A number, three times as large as its points.
    pub(super) fn number(&mut self, mut x: i32, y: i32, number: u64) {
        for digit in number.to_string().bytes() {
            for (row, bits) in (0..).zip(DIGITS[usize::from(digit - b'0')]) {
                for column in (0..3).filter(|column| bits >> (2 - column) & 1 == 1) {
                    for spot in 0..9 {
                        self.point(x + column * 3 + spot % 3, y + row * 3 + spot / 3, INK);
                    }
                }
            }
            x += 12;
        }
    }
}
