//! One bar that is the whole.

use super::{Drawn, name};
use crate::{
    Mark, Share,
    draw::{Area, Canvas, Colour, LABEL, Pattern, SMALL},
    text::{finite, measure, number},
};

const MOST: usize = 12;
const BAR: Area = Area { x: 0.0, y: 18.0, w: 0.0, h: 30.0 };

pub(super) fn draw(share: &Share, canvas: &mut Canvas) -> Drawn {
    let marks = &share.marks[..share.marks.len().min(MOST)];
    let total: f64 = share.marks.iter().map(|mark| finite(mark.value).max(0.0)).sum();
    if total <= 0.0 {
        return Drawn::default();
    }
    let mut x = 0.0;
    for (at, mark) in marks.iter().enumerate() {
        let part = finite(mark.value).max(0.0) / total;
        let w = part * canvas.width;
        if part > 0.0 {
            let area = Area { x, w, ..BAR };
            canvas.thing(&told(mark, part), mark.href.as_ref(), |canvas| segment(at, part, area, canvas));
        }
        x += w;
    }
    canvas.frame(Area { x: 0.5, y: BAR.y + 0.5, w: canvas.width - 1.0, h: BAR.h - 1.0 }, Colour::Line);
    let height = list(marks, total, canvas);
    Drawn::to(height).cut(marks.len(), share.marks.len())
}

fn told(mark: &Mark, part: f64) -> String {
    format!("{}, {}", name(&mark.label, mark.value, mark.note.as_ref()), percent(part))
}

fn percent(part: f64) -> String {
    format!("{:.1}%", part * 100.0)
}

fn segment(at: usize, part: f64, area: Area, canvas: &mut Canvas) {
    canvas.touch(area);
    canvas.patterned(area, Pattern::Series(at));
    canvas.line((area.x + area.w, area.y), (area.x + area.w, area.y + area.h), Colour::Paper, 1.5, false);
    let text = percent(part);
    if measure(&text, 11.0) <= area.w {
        canvas.text((area.x, 8.0), SMALL, &text);
    }
}

/// Patterns, labels, values and percentages, in two columns where there is room.
fn list(marks: &[Mark], total: f64, canvas: &mut Canvas) -> f64 {
    let across = if canvas.narrow || marks.len() < 4 { 1 } else { 2 };
    let wide = (canvas.width - (across as f64 - 1.0) * 32.0) / across as f64;
    let wide = if canvas.narrow { wide } else { wide.min(420.0) };
    let down = marks.len().div_ceil(across);
    let top = BAR.y + BAR.h + 12.0;
    for (at, mark) in marks.iter().enumerate() {
        let part = finite(mark.value).max(0.0) / total;
        let (x, y) = ((at / down) as f64 * (wide + 32.0), top + (at % down) as f64 * 26.0);
        canvas.thing(&told(mark, part), mark.href.as_ref(), |canvas| {
            canvas.touch(Area { x, y, w: wide, h: 26.0 });
            canvas.patterned(Area { x, y: y + 7.0, w: 18.0, h: 12.0 }, Pattern::Series(at));
            let (middle, value) = (y + 13.0, number(mark.value));
            let right = x + wide - 56.0;
            let room = (right - x - 26.0 - measure(&value, 12.0) - 10.0).max(0.0);
            canvas.fitted((x + 26.0, middle), LABEL, &mark.label, room);
            canvas.text((right, middle), LABEL.end(), &value);
            canvas.text((x + wide, middle), SMALL.sized(12.0).end(), &percent(part));
            canvas.line((x, y + 26.0), (x + wide, y + 26.0), Colour::Line, 0.6, false);
        });
    }
    top + down as f64 * 26.0 + 4.0
}
