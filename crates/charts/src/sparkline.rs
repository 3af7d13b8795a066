//! A line as high as the text beside it.

use crate::{
    draw::{Area, Canvas, Colour, Style},
    scale::Scale,
    text::finite,
};

/// A small line for a table cell or a heading: gaps stay gaps, the last known value has a dot. `id` is unique on its page,
/// `title` says what it shows.
pub fn sparkline(id: &str, title: &str, points: &[Option<f64>], style: Style) -> String {
    const WIDTH: u32 = 240;
    const HEIGHT: f64 = 60.0;
    let mut canvas = Canvas::new(id, WIDTH, style);
    let points = &points[points.len().saturating_sub(200)..];
    let scale = Scale::around(points.iter().flatten().copied(), 2, HEIGHT - 6.0, 8.0);
    let step = (canvas.width - 16.0) / (points.len().max(2) - 1) as f64;
    let place = |at: usize, value: f64| (8.0 + at as f64 * step, scale.at(finite(value)));
    let base = scale.at(0.0);
    canvas.rect(Area { x: 0.0, y: base, w: canvas.width, h: 1.5 }, Colour::Line);
    let mut run = Vec::new();
    for (at, value) in points.iter().enumerate() {
        if let Some(value) = value {
            run.push(place(at, *value));
        }
        if value.is_none() || at + 1 == points.len() {
            if let [only] = run[..] {
                canvas.circle(only, 3.0, Colour::Series(0), false);
            }
            canvas.polyline(&run, Colour::Series(0), 4.0, "");
            run.clear();
        }
    }
    if let Some((at, value)) = points.iter().enumerate().rev().find_map(|(at, value)| Some((at, (*value)?))) {
        canvas.circle(place(at, value), 6.0, Colour::Series(0), false);
    }
    canvas.finish(title, "", HEIGHT)
}
