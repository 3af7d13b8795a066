//! Indented rows with bars.

use super::{Drawn, name};
use crate::{
    Branch, Tree,
    draw::{Area, Canvas, Colour, LABEL, Pattern, SMALL},
    text::{finite, measure, measure_bold, number},
};

const MOST: usize = 150;
const ROW: f64 = 26.0;
const INDENT: f64 = 18.0;

/// A row: the place, its depth, and whether more places of the same parent follow, for each level above.
struct Row<'a> {
    branch: &'a Branch,
    follows: Vec<bool>,
}

pub(super) fn draw(tree: &Tree, canvas: &mut Canvas) -> Drawn {
    let mut rows = Vec::new();
    collect(&tree.branches, &mut Vec::new(), &mut rows);
    let all = count(&tree.branches);
    if rows.is_empty() {
        return Drawn::default();
    }
    let numbers = rows.iter().map(|row| measure(&number(row.branch.value), LABEL.size)).fold(0.0, f64::max) + 4.0;
    let bar = ((canvas.width - numbers) * if canvas.narrow { 0.2 } else { 0.28 }).max(20.0);
    let left = canvas.width - numbers - bar - 6.0;
    let most = rows.iter().map(|row| finite(row.branch.value)).fold(0.0, f64::max);
    for (at, row) in rows.iter().enumerate() {
        draw_row(row, at as f64 * ROW, left, if most > 0.0 { bar / most } else { 0.0 }, canvas);
    }
    let height = rows.len() as f64 * ROW;
    canvas.line((left, 0.0), (left, height), Colour::Muted, 1.0, false);
    Drawn::to(height + 2.0).cut(rows.len(), all)
}

fn collect<'a>(branches: &'a [Branch], above: &mut Vec<bool>, rows: &mut Vec<Row<'a>>) {
    for (at, branch) in branches.iter().enumerate() {
        if rows.len() >= MOST {
            return;
        }
        above.push(at + 1 < branches.len());
        rows.push(Row { branch, follows: above.clone() });
        collect(&branch.children, above, rows);
        above.pop();
    }
}

fn count(branches: &[Branch]) -> usize {
    branches.iter().map(|branch| 1 + count(&branch.children)).sum()
}

fn draw_row(row: &Row<'_>, top: f64, left: f64, unit: f64, canvas: &mut Canvas) {
    let branch = row.branch;
    let middle = top + ROW / 2.0;
    let width = canvas.width;
    let depth = row.follows.len() - 1;
    // Deep levels step in less, so that the text keeps its room.
    let indent = INDENT.min(left * 0.3 / depth.max(1) as f64);
    for level in 1..=depth {
        let x = (level as f64 - 0.5) * indent;
        let end = if row.follows[level] { top + ROW } else { middle };
        if level == depth {
            canvas.line((x, top), (x, end), Colour::Line, 1.0, false);
            canvas.line((x, middle), (x + indent * 0.4, middle), Colour::Line, 1.0, false);
        } else if row.follows[level] {
            canvas.line((x, top), (x, top + ROW), Colour::Line, 1.0, false);
        }
    }
    let label = if branch.code.is_empty() { branch.label.clone() } else { format!("{} {}", branch.code, branch.label) };
    canvas.thing(&name(&label, branch.value, branch.note.as_ref()), branch.href.as_ref(), |canvas| {
        canvas.touch(Area { x: 0.0, y: top, w: width, h: ROW });
        let x = depth as f64 * indent;
        let room = (left - x - 10.0).max(0.0);
        let code = if branch.code.is_empty() { 0.0 } else { measure_bold(&branch.code, LABEL.size) + 8.0 };
        canvas.fitted((x, middle), LABEL.bold(), &branch.code, room);
        canvas.fitted((x + code, middle), LABEL, &branch.label, room - code);
        let value = finite(branch.value).max(0.0);
        let w = if value > 0.0 { (value * unit).max(1.0) } else { 0.0 };
        let y = middle - 6.0;
        if depth == 0 {
            canvas.patterned(Area { x: left, y, w, h: 12.0 }, Pattern::Series(0));
        } else {
            canvas.rect(Area { x: left, y, w, h: 12.0 }, Colour::Heat(8u8.saturating_sub(2 * depth.min(3) as u8 - 1)));
        }
        canvas.text((left + w + 5.0, middle), SMALL.sized(12.0), &number(branch.value));
    });
}
