//! Areas in areas.

use super::{Drawn, name};
use crate::{
    Branch, Tree,
    draw::{Area, Canvas, Colour, LABEL, SMALL},
    text::{finite, measure, measure_bold, number, wrap},
};

const MOST: usize = 300;
const HEAD: f64 = 20.0;

pub(super) fn draw(tree: &Tree, canvas: &mut Canvas) -> Drawn {
    let high = if canvas.narrow { 460.0 } else { 420.0 };
    let all: usize = tree.branches.iter().map(|branch| branch.children.len().max(1)).sum();
    let mut sections: Vec<(usize, &Branch, f64)> =
        tree.branches.iter().enumerate().map(|(at, branch)| (at, branch, weight(branch))).collect();
    sections.retain(|(_, _, weight)| *weight > 0.0);
    sections.sort_by(|a, b| b.2.total_cmp(&a.2));
    sections.truncate(60);
    if sections.is_empty() {
        return Drawn::default();
    }
    let weights: Vec<f64> = sections.iter().map(|section| section.2).collect();
    let ground = Area { x: 0.0, y: 0.0, w: canvas.width, h: high };
    let mut left = MOST;
    for ((at, branch, _), area) in sections.iter().zip(squarified(&weights, ground)) {
        left = left.saturating_sub(section(*at, branch, inside(area, 1.0), left, canvas));
    }
    Drawn::to(high).cut(MOST - left, all)
}

/// The area of a section: what its parts have, or its own value when it has none.
fn weight(branch: &Branch) -> f64 {
    if branch.children.is_empty() {
        return finite(branch.value).max(0.0);
    }
    branch.children.iter().map(|child| finite(child.value).max(0.0)).sum()
}

fn inside(area: Area, by: f64) -> Area {
    let (dx, dy) = (by.min(area.w / 2.0), by.min(area.h / 2.0));
    Area { x: area.x + dx, y: area.y + dy, w: area.w - 2.0 * dx, h: area.h - 2.0 * dy }
}

/// One section; gives how many parts were drawn.
fn section(at: usize, branch: &Branch, area: Area, most: usize, canvas: &mut Canvas) -> usize {
    let mut children: Vec<&Branch> = branch.children.iter().filter(|child| finite(child.value) > 0.0).collect();
    if children.is_empty() {
        cell(at, branch, area, canvas);
        return 1;
    }
    children.sort_by(|a, b| b.value.total_cmp(&a.value));
    children.truncate(most);
    let headed = area.w > 46.0 && area.h > HEAD + 24.0;
    let mut rest = area;
    if headed {
        head(at, branch, area, canvas);
        rest.y += HEAD;
        rest.h -= HEAD;
    }
    let weights: Vec<f64> = children.iter().map(|child| finite(child.value)).collect();
    for (child, area) in children.iter().zip(squarified(&weights, rest)) {
        cell(at, child, inside(area, 0.75), canvas);
    }
    children.len()
}

fn head(at: usize, branch: &Branch, area: Area, canvas: &mut Canvas) {
    canvas.thing(&name(&full(branch), branch.value, branch.note.as_ref()), branch.href.as_ref(), |canvas| {
        canvas.touch(Area { h: HEAD, ..area });
        canvas.rect(Area { x: area.x + 1.0, y: area.y + 4.0, w: 3.0, h: 12.0 }, Colour::Series(at));
        let value = number(branch.value);
        let number_width = measure(&value, SMALL.size) + 4.0;
        let code = measure_bold(&branch.code, LABEL.size) + 5.0;
        let room = area.w - 8.0;
        canvas.fitted((area.x + 8.0, area.y + 10.0), LABEL.bold(), &branch.code, room);
        if room - code - number_width > 24.0 {
            canvas.fitted((area.x + 8.0 + code, area.y + 10.0), LABEL, &branch.label, room - code - number_width - 6.0);
        }
        if room - code > number_width {
            canvas.text((area.x + area.w - 3.0, area.y + 10.0), SMALL.end(), &value);
        }
    });
}

fn full(branch: &Branch) -> String {
    if branch.code.is_empty() { branch.label.clone() } else { format!("{} {}", branch.code, branch.label) }
}

fn cell(at: usize, branch: &Branch, area: Area, canvas: &mut Canvas) {
    canvas.thing(&name(&full(branch), branch.value, branch.note.as_ref()), branch.href.as_ref(), |canvas| {
        canvas.rect(area, Colour::Tint(at));
        canvas.touch(area);
        let (x, room) = (area.x + 5.0, area.w - 9.0);
        let (first, bold) =
            if branch.code.is_empty() { (branch.label.as_str(), false) } else { (branch.code.as_str(), true) };
        if area.h < 16.0 || room < measure("H01", 11.0) {
            return;
        }
        let form = if bold { LABEL.sized(11.5).bold() } else { LABEL.sized(11.5) };
        let value = number(branch.value);
        let beside = measure_bold(first, 11.5) + 8.0 + measure(&value, 11.0) <= room;
        let top = if area.h < 24.0 { area.y + area.h / 2.0 } else { area.y + 12.0 };
        canvas.fitted((x, top), form, first, room);
        if beside {
            canvas.text((area.x + area.w - 5.0, top), SMALL.end(), &value);
        } else if area.h > 34.0 && measure(&value, 11.0) <= room {
            canvas.text((x, top + 15.0), SMALL, &value);
        }
        let from = top + if beside { 16.0 } else { 31.0 };
        let lines = ((area.y + area.h - from + 6.0) / 14.0).max(0.0) as usize;
        if bold && room > 40.0 {
            for (line, text) in wrap(&branch.label, room, 11.0, lines.min(3)).iter().enumerate() {
                canvas.text((x, from + line as f64 * 14.0), LABEL.sized(11.0), text);
            }
        }
    });
}

/// Areas as near to squares as they go, for weights above zero in falling order (Bruls, Huizing, van Wijk 2000).
fn squarified(weights: &[f64], ground: Area) -> Vec<Area> {
    let total: f64 = weights.iter().sum();
    let mut out = Vec::with_capacity(weights.len());
    let mut rest = ground;
    let mut start = 0;
    let unit = if total > 0.0 { ground.w * ground.h / total } else { 0.0 };
    while start < weights.len() {
        let short = rest.w.min(rest.h).max(f64::MIN_POSITIVE);
        let mut end = start + 1;
        while end < weights.len()
            && worst(&weights[start..=end], unit, short) <= worst(&weights[start..end], unit, short)
        {
            end += 1;
        }
        row(&weights[start..end], unit, &mut rest, &mut out);
        start = end;
    }
    out
}

/// The most stretched of a row's areas: long side by short side.
fn worst(row: &[f64], unit: f64, short: f64) -> f64 {
    let sum: f64 = row.iter().map(|weight| weight * unit).sum();
    let thick = sum / short;
    row.iter().map(|weight| weight * unit / thick).map(|long| (long / thick).max(thick / long)).fold(0.0, f64::max)
}

/// Lays a row along the short side of what is left and takes it away.
fn row(weights: &[f64], unit: f64, rest: &mut Area, out: &mut Vec<Area>) {
    let sum: f64 = weights.iter().sum();
    let upright = rest.w >= rest.h;
    let short = if upright { rest.h } else { rest.w };
    let thick = if short > 0.0 { (sum * unit / short).min(if upright { rest.w } else { rest.h }) } else { 0.0 };
    let mut at = 0.0;
    for weight in weights {
        let long = short * weight / sum;
        out.push(if upright {
            Area { x: rest.x, y: rest.y + at, w: thick, h: long }
        } else {
            Area { x: rest.x + at, y: rest.y, w: long, h: thick }
        });
        at += long;
    }
    if upright {
        rest.x += thick;
        rest.w -= thick;
    } else {
        rest.y += thick;
        rest.h -= thick;
    }
}
