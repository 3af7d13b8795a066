//! Marks: one figure, or two, in flat colours, some with block letters.

use image::{Rgb, RgbImage};

const SIDE: u32 = 128;

const COLOURS: [[u8; 3]; 9] = [
    [176, 36, 24],
    [20, 92, 158],
    [30, 122, 66],
    [214, 132, 16],
    [92, 52, 132],
    [16, 128, 132],
    [60, 60, 66],
    [190, 62, 112],
    [120, 84, 40],
];

/// Letters of 5 × 7 points, rows from the top, bits from the left: A E H K L M N O R T U Y.
const LETTERS: [[u8; 7]; 12] = [
    [14, 17, 17, 31, 17, 17, 17],
    [31, 16, 16, 30, 16, 16, 31],
    [17, 17, 17, 31, 17, 17, 17],
    [17, 18, 20, 24, 20, 18, 17],
    [16, 16, 16, 16, 16, 16, 31],
    [17, 27, 21, 21, 17, 17, 17],
    [17, 25, 21, 19, 17, 17, 17],
    [14, 17, 17, 17, 17, 17, 14],
    [30, 17, 17, 30, 20, 18, 17],
    [31, 4, 4, 4, 4, 4, 4],
    [17, 17, 17, 17, 17, 17, 14],
    [17, 17, 10, 4, 4, 4, 4],
];

/// Mark number so and so: figure, colours and arrangement all follow from the number.
pub(super) fn draw(number: u64) -> RgbImage {
    let colour = |at: u64| Rgb(COLOURS[(at % COLOURS.len() as u64) as usize]);
    let (first, second) = (colour(number * 4 + number / 9), colour(number * 5 + 2));
    let second = if first == second { colour(number * 5 + 3) } else { second };
    let (figure, with) = (number % 9, number / 9);
    RgbImage::from_fn(SIDE, SIDE, |x, y| {
        let at = (scale(x), scale(y));
        // Every other mark has a word below its figure, the rest a second figure inside or around it.
        let shown = match with {
            0 | 4 => in_figure(figure, at, 1.0).then_some(first),
            1 | 5 => lettered(number, figure, at).map(|word| if word { second } else { first }),
            2 | 6 => {
                let inner = in_figure((figure + with) % 9, at, 0.5);
                if inner { Some(Rgb([255; 3])) } else { in_figure(figure, at, 1.0).then_some(first) }
            }
            3 => {
                let ring = (0.86..0.98).contains(&at.0.hypot(at.1));
                if ring { Some(second) } else { in_figure(figure, at, 0.7).then_some(first) }
            }
            _ => {
                let beside = in_figure(figure, (at.0 - 0.42, at.1), 0.5);
                if beside {
                    Some(second)
                } else {
                    in_figure((figure + 4) % 9, (at.0 + 0.42, at.1), 0.5).then_some(first)
                }
            }
        };
        shown.unwrap_or(Rgb([255; 3]))
    })
}

/// From -1 to 1 over the side.
fn scale(point: u32) -> f32 {
    (point as f32 + 0.5) / SIDE as f32 * 2.0 - 1.0
}

/// A smaller figure above a word of three block letters: whether the point is in the word, or in the figure.
fn lettered(number: u64, figure: u64, (x, y): (f32, f32)) -> Option<bool> {
    if y < 0.4 {
        return in_figure(figure, (x, y + 0.3), 0.66).then_some(false);
    }
    // Three letters of 5 points with one between them: 17 points over the width of 1.7.
    let (column, row) = (((x + 0.85) * 10.0).floor(), ((y - 0.45) * 14.0).floor());
    if !(0.0..17.0).contains(&column) || !(0.0..7.0).contains(&row) {
        return None;
    }
    let (column, row) = (column as u64, row as usize);
    let letter = LETTERS[((number * 5 + column / 6 * 2) % 12) as usize];
    (column % 6 < 5 && letter[row] >> (4 - column % 6) & 1 == 1).then_some(true)
}

/// Whether a point lies in a figure of this size around the middle.
fn in_figure(figure: u64, (x, y): (f32, f32), size: f32) -> bool {
    let (x, y) = (x / size, y / size);
    let radius = x.hypot(y);
    let angle = y.atan2(x);
    match figure {
        // A disc.
        0 => radius < 0.85,
        // A star of five points.
        1 => {
            let turn = (angle + std::f32::consts::FRAC_PI_2).rem_euclid(std::f32::consts::TAU / 5.0);
            let fold = turn.min(std::f32::consts::TAU / 5.0 - turn);
            // On the near side of the edge from a point of the star to the notch beside it.
            let (tip, notch) = ((0.95, 0.0), (0.3074, 0.2234));
            let (px, py) = (radius * fold.cos() - tip.0, radius * fold.sin() - tip.1);
            (notch.0 - tip.0) * py - (notch.1 - tip.1) * px > 0.0
        }
        // A leaf with its rib.
        2 => {
            let (along, across) = ((x - y) * 0.707, (x + y) * 0.707);
            along.abs() < 0.92 && across.abs() < 0.5 * (1.0 - (along / 0.92).powi(2)) && across.abs() > 0.03
        }
        // Three waves.
        3 => x.abs() < 0.9 && y.abs() < 0.75 && (y * 6.0 + (x * 7.0).sin()).rem_euclid(3.0) < 1.5,
        // A mountain of two peaks.
        4 => y < 0.6 && y > (1.4 * (x + 0.25).abs() - 0.7).min(1.4 * (x - 0.4).abs() - 0.3),
        // A flower of six petals.
        5 => radius < 0.5 + 0.35 * (angle * 6.0).cos() && radius > 0.14,
        // A hexagon with a hole.
        6 => {
            let fold = angle.rem_euclid(std::f32::consts::FRAC_PI_3) - std::f32::consts::FRAC_PI_6;
            radius * fold.cos() < 0.82 && radius > 0.4
        }
        // Four squares, one turned.
        7 => {
            let tile = (x.abs() - 0.42).abs().max((y.abs() - 0.42).abs());
            if x > 0.0 && y < 0.0 { (x - 0.42).abs() + (y + 0.42).abs() < 0.42 } else { tile < 0.34 }
        }
        // A drop.
        _ => {
            let below = x.hypot(y - 0.25) < 0.58;
            below || (y < 0.25 && y > -0.9 && x.abs() < 0.5 * (y + 0.9) / 1.15)
        }
    }
}
