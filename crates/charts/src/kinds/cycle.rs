//! Life cycle: applicants × applications, year after year.

use super::{Drawn, spread::Spread, trend_parts::axis_name};
use crate::{
    LifeCycle, Step,
    draw::{Area, Canvas, Colour, SMALL, Type},
    scale::Scale,
    text::{fit, measure, number},
};

const MOST: usize = 80;
const HIGH: f64 = 300.0;
const TOP: f64 = 30.0;

pub(super) fn draw(cycle: &LifeCycle, canvas: &mut Canvas) -> Drawn {
    let steps = &cycle.steps[cycle.steps.len().saturating_sub(MOST)..];
    if steps.is_empty() {
        return Drawn::default();
    }
    axis_name(&cycle.y_head, 7.0, canvas);
    let upright = Scale::around(steps.iter().map(|step| step.y), 5, TOP + HIGH, TOP);
    let axis = upright.ticks.iter().map(|tick| measure(&number(*tick), 11.0)).fold(0.0, f64::max) + 8.0;
    let right = canvas.width - 16.0;
    let across = Scale::around(steps.iter().map(|step| step.x), if canvas.narrow { 3 } else { 6 }, axis, right);
    grid(&upright, &across, (axis, right), canvas);
    let places: Vec<(f64, f64)> = steps.iter().map(|step| (across.at(step.x), upright.at(step.y))).collect();
    for at in 1..steps.len() {
        if steps[at].incomplete {
            canvas.polyline(&places[at - 1..=at], Colour::Series(0), 1.0, "2 2");
        } else {
            canvas.polyline(&places[at - 1..=at], Colour::Series(0), 1.8, "");
        }
    }
    let mut spread = Spread::new(canvas.width, TOP + HIGH);
    for (x, y) in &places {
        spread.take(Area { x: x - 4.0, y: y - 4.0, w: 8.0, h: 8.0 });
    }
    // The ends matter most: first the last year, then the first, then the others.
    let mut order: Vec<usize> = (0..steps.len()).collect();
    order.sort_by_key(|at| if *at + 1 == steps.len() { 0 } else { at + 1 });
    for at in order {
        step(&steps[at], places[at], cycle, &mut spread, canvas);
    }
    let y = TOP + HIGH + 32.0;
    let name = fit(&cycle.x_head, right, 11.0);
    canvas.text((right, y), SMALL.end(), &name);
    let drawn = Drawn { incomplete: steps.iter().any(|step| step.incomplete), ..Drawn::to(y + 10.0) };
    drawn.cut(steps.len(), cycle.steps.len())
}

fn grid(upright: &Scale, across: &Scale, (left, right): (f64, f64), canvas: &mut Canvas) {
    for tick in &upright.ticks {
        let y = upright.at(*tick);
        canvas.line((left, y), (right, y), if *tick == 0.0 { Colour::Muted } else { Colour::Line }, 1.0, false);
        canvas.text((left - 6.0, y), SMALL.end(), &number(*tick));
    }
    let mut free = 0.0;
    for tick in &across.ticks {
        let x = across.at(*tick);
        canvas.line((x, TOP), (x, TOP + HIGH), if *tick == 0.0 { Colour::Muted } else { Colour::Line }, 1.0, false);
        let text = number(*tick);
        let half = measure(&text, 11.0) / 2.0;
        let middle = x.min(canvas.width - half);
        if middle - half >= free {
            canvas.text((middle, TOP + HIGH + 13.0), SMALL.middle(), &text);
            free = middle + half + 6.0;
        }
    }
}

fn step(step: &Step, at: (f64, f64), cycle: &LifeCycle, spread: &mut Spread, canvas: &mut Canvas) {
    let name = format!("{}: {} {}, {} {}", step.label, cycle.x_head, number(step.x), cycle.y_head, number(step.y));
    canvas.thing(&name, step.href.as_ref(), |canvas| {
        canvas.touch(Area { x: at.0 - 8.0, y: at.1 - 8.0, w: 16.0, h: 16.0 });
        canvas.circle(at, 3.5, Colour::Series(0), step.incomplete);
        let label = fit(&step.label, 80.0, 11.0);
        if let Some((place, anchor)) = spread.beside(at, 4.0, (measure(&label, 11.0), 12.0)) {
            canvas.text(place, Type { anchor, colour: Colour::Ink, ..SMALL }.halo(), &label);
        }
    });
}
