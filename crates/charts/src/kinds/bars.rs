//! Horizontal bars.

use super::{Drawn, name};
use crate::{
    Bars, Mark,
    draw::{Area, Canvas, Colour, LABEL, Pattern, SMALL},
    text::{finite, measure, number},
};

const MOST: usize = 100;
const ROW: f64 = 26.0;
/// Rows with the label above the bar.
const TALL: f64 = 40.0;
const GAP: f64 = 8.0;

pub(super) fn draw(bars: &Bars, canvas: &mut Canvas) -> Drawn {
    let marks = &bars.marks[..bars.marks.len().min(MOST)];
    if marks.is_empty() {
        return Drawn::default();
    }
    let numbers = marks.iter().map(|mark| measure(&number(mark.value), LABEL.size)).fold(0.0, f64::max) + 4.0;
    let labels = marks.iter().map(|mark| measure(&mark.label, LABEL.size)).fold(0.0, f64::max) + 2.0;
    let above = canvas.narrow && labels > canvas.width * 0.32;
    let label = if above { 0.0 } else { labels.min(canvas.width * 0.42) + GAP };
    let (least, most) = marks
        .iter()
        .map(|mark| finite(mark.value))
        .fold((0.0_f64, 0.0_f64), |(least, most), value| (least.min(value), most.max(value)));
    // Numbers below zero stand to the left of their bars.
    let left = label + if least < 0.0 { numbers + GAP } else { 0.0 };
    let room = (canvas.width - left - numbers - GAP).max(10.0);
    let unit = if most > least { room / (most - least) } else { 0.0 };
    let zero = left - least * unit;
    let row = if above { TALL } else { ROW };
    for (at, mark) in marks.iter().enumerate() {
        let top = at as f64 * row;
        let spot = Spot { top, row, label, zero, length: finite(mark.value) * unit, above };
        bar(mark, &spot, canvas);
    }
    let height = marks.len() as f64 * row;
    canvas.line((zero, 0.0), (zero, height), Colour::Muted, 1.0, false);
    Drawn::to(height + 2.0).cut(marks.len(), bars.marks.len())
}

struct Spot {
    top: f64,
    row: f64,
    label: f64,
    zero: f64,
    length: f64,
    above: bool,
}

fn bar(mark: &Mark, spot: &Spot, canvas: &mut Canvas) {
    let width = canvas.width;
    canvas.thing(&name(&mark.label, mark.value, mark.note.as_ref()), mark.href.as_ref(), |canvas| {
        canvas.touch(Area { x: 0.0, y: spot.top, w: width, h: spot.row });
        let middle = if spot.above {
            canvas.fitted((0.0, spot.top + 11.0), LABEL, &mark.label, width);
            spot.top + 28.0
        } else {
            canvas.fitted((spot.label - GAP, spot.top + spot.row / 2.0), LABEL.end(), &mark.label, spot.label - GAP);
            spot.top + spot.row / 2.0
        };
        let (x, w) = if spot.length < 0.0 { (spot.zero + spot.length, -spot.length) } else { (spot.zero, spot.length) };
        let high = if spot.above { 12.0 } else { 15.0 };
        let w = if mark.value == 0.0 { 0.0 } else { w.max(1.0) };
        canvas.patterned(Area { x, y: middle - high / 2.0, w, h: high }, Pattern::Series(0));
        let text = number(mark.value);
        if spot.length < 0.0 {
            canvas.text((x - 6.0, middle), SMALL.sized(12.0).end(), &text);
        } else {
            canvas.text((spot.zero + w + 6.0, middle), SMALL.sized(12.0), &text);
        }
    });
}
