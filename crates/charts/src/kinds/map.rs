//! China's provinces as tiles.

use super::{Drawn, name};
use crate::{
    Mark, PROVINCES, Province, Tile, TileMap,
    draw::{Area, Canvas, Colour, LABEL, SMALL, shade},
    province,
    text::{finite, fit, measure, measure_bold, number},
};

const COLUMNS: f64 = 7.0;
const ROWS: f64 = 8.0;
const ELSEWHERE: usize = 20;
/// Stands for a number that is missing.
const MISSING: &str = "—";

pub(super) fn draw(map: &TileMap, canvas: &mut Canvas) -> Drawn {
    let known = |tile: &&Tile| province(&tile.code).is_some();
    if !map.tiles.iter().any(|tile| known(&tile)) && map.elsewhere.is_empty() {
        return Drawn::default();
    }
    let (gap, high) = if canvas.narrow { (3.0, 42.0) } else { (4.0, 50.0) };
    let wide = (canvas.width - gap * (COLUMNS - 1.0)) / COLUMNS;
    let wide = wide.min(110.0);
    let left = (canvas.width - COLUMNS * wide - (COLUMNS - 1.0) * gap) / 2.0;
    let most = map.tiles.iter().filter(known).map(|tile| finite(tile.value)).fold(0.0, f64::max);
    for place in &PROVINCES {
        let tile = map.tiles.iter().rev().find(|tile| province(&tile.code) == Some(place));
        let area = Area {
            x: left + f64::from(place.column) * (wide + gap),
            y: f64::from(place.row) * (high + gap),
            w: wide,
            h: high,
        };
        draw_tile(place, tile, map, area, most, canvas);
    }
    key(Area { x: left, y: 0.0, w: 3.0 * wide + 2.0 * gap, h: high }, map, most, canvas);
    let height = ROWS * high + (ROWS - 1.0) * gap;
    let height = elsewhere(&map.elsewhere, height, canvas);
    Drawn::to(height).cut(map.elsewhere.len().min(ELSEWHERE), map.elsewhere.len())
}

fn draw_tile(place: &Province, tile: Option<&Tile>, map: &TileMap, area: Area, most: f64, canvas: &mut Canvas) {
    let full = place.name(&map.lang);
    let value = tile.map_or(0.0, |tile| finite(tile.value));
    let note = tile.and_then(|tile| tile.note.as_ref());
    // What is known to be missing is no zero.
    let missing = tile.is_some_and(|tile| tile.value.is_nan());
    let said = match note {
        Some(note) if missing => format!("{full}: {MISSING} ({note})"),
        None if missing => format!("{full}: {MISSING}"),
        note => name(full, value, note),
    };
    canvas.thing(&said, tile.and_then(|tile| tile.href.as_ref()), |canvas| {
        canvas.rect(area, shade(value, most));
        canvas.touch(area);
        if value <= 0.0 {
            canvas.frame(Area { x: area.x + 0.5, y: area.y + 0.5, w: area.w - 1.0, h: area.h - 1.0 }, Colour::Line);
        }
        let middle = area.x + area.w / 2.0;
        let (upper, lower) = (area.y + area.h * 0.33, area.y + area.h * 0.7);
        let label = [12.0, 11.0].into_iter().find(|size| measure(full, *size) <= area.w - 6.0);
        if let Some(size) = label {
            canvas.text((middle, upper), LABEL.sized(size).middle(), full);
        } else {
            canvas.text((middle, upper), LABEL.middle(), place.letters);
        }
        let text = if missing { MISSING.to_owned() } else { number(value) };
        let size = [12.0, 10.5, 9.5].into_iter().find(|size| measure(&text, *size) <= area.w - 4.0).unwrap_or(9.5);
        let form = LABEL.sized(size).middle();
        let form = if value > 0.0 { form.bold() } else { crate::draw::Type { colour: Colour::Muted, ..form } };
        canvas.fitted((middle, lower), form, &text, area.w - 4.0);
    });
}

/// The steps of shade with their bounds, in the empty north-west.
fn key(area: Area, map: &TileMap, most: f64, canvas: &mut Canvas) {
    canvas.fitted((area.x, area.y + 10.0), SMALL, &map.value_head, area.w);
    if most <= 0.0 {
        return;
    }
    let step = (area.w / 8.0).min(24.0);
    for at in 1..=8_u8 {
        canvas
            .rect(Area { x: area.x + f64::from(at - 1) * step, y: area.y + 22.0, w: step, h: 10.0 }, Colour::Heat(at));
    }
    canvas.text((area.x, area.y + 43.0), SMALL.sized(10.5), "1");
    let text = number(most);
    let end = (area.x + 8.0 * step).max(area.x + measure(&text, 10.5) + 14.0);
    canvas.text((end, area.y + 43.0), SMALL.sized(10.5).end(), &text);
}

/// What lies outside, in running lines under the map.
fn elsewhere(marks: &[Mark], height: f64, canvas: &mut Canvas) -> f64 {
    let (mut x, mut y) = (0.0, height + 22.0);
    if marks.is_empty() {
        return height;
    }
    for mark in marks.iter().take(ELSEWHERE) {
        let value = number(mark.value);
        let number_width = measure_bold(&value, 12.0);
        let label = fit(&mark.label, canvas.width - number_width - 10.0, 12.0);
        let wide = measure(&label, 12.0) + 6.0 + number_width;
        if x > 0.0 && x + wide > canvas.width {
            x = 0.0;
            y += 24.0;
        }
        canvas.thing(&name(&mark.label, mark.value, mark.note.as_ref()), mark.href.as_ref(), |canvas| {
            canvas.touch(Area { x, y: y - 12.0, w: wide, h: 24.0 });
            canvas.text((x, y), LABEL, &label);
            canvas.text((x + wide - number_width, y), LABEL.bold(), &value);
        });
        x += wide + 22.0;
    }
    y + 12.0
}
