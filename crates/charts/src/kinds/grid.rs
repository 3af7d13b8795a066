//! Rows × columns: shaded cells or circles.

use super::{Drawn, name};
use crate::{
    Grid, GridCell, Head,
    draw::{Area, Canvas, Colour, LABEL, SMALL, shade},
    text::{finite, measure, number, wrap},
};

const ROWS: usize = 40;
const LEAST: f64 = 24.0;
const MOST: f64 = 84.0;

/// Places of the cells.
struct Layout {
    left: f64,
    top: f64,
    wide: f64,
    high: f64,
    rows: usize,
    columns: usize,
    slanted: bool,
}

pub(super) fn matrix(grid: &Grid, canvas: &mut Canvas) -> Drawn {
    draw(grid, canvas, 26.0, |canvas, area, value, most| {
        let inner = Area { x: area.x + 0.5, y: area.y + 0.5, w: area.w - 1.0, h: area.h - 1.0 };
        canvas.rect(inner, shade(value, most));
        print(canvas, area, value);
    })
}

pub(super) fn bubbles(grid: &Grid, canvas: &mut Canvas) -> Drawn {
    let widest = grid.cells.iter().map(|cell| measure(&number(cell.value), 11.0)).fold(0.0, f64::max);
    draw(grid, canvas, 32.0, move |canvas, area, value, most| {
        // All numbers beside their circles, or all upon them where the columns are narrow.
        let beside = area.w >= widest + 2.0 * 9.0 + 6.0;
        let largest = if beside { ((area.w - widest - 6.0) / 2.0).min(14.0) } else { area.h.min(area.w) / 2.0 - 1.0 };
        let radius = ((value.max(0.0) / most.max(f64::MIN_POSITIVE)).sqrt() * largest).max(1.5);
        let middle = area.y + area.h / 2.0;
        if beside {
            let left = area.x + (area.w - widest - 2.0 * largest - 3.0) / 2.0;
            canvas.circle((left + largest, middle), radius, Colour::Heat(6), false);
            canvas.text((left + 2.0 * largest + 3.0, middle), LABEL.sized(11.0), &number(value));
        } else {
            canvas.circle((area.x + area.w / 2.0, middle), radius, Colour::Heat(5), false);
            print(canvas, area, value);
        }
    })
}

/// The number in the middle when it fits.
fn print(canvas: &mut Canvas, area: Area, value: f64) {
    let text = number(value);
    if let Some(size) = [11.5, 10.0, 9.0].into_iter().find(|size| measure(&text, *size) <= area.w - 2.0) {
        canvas.text((area.x + area.w / 2.0, area.y + area.h / 2.0), LABEL.sized(size).middle(), &text);
    }
}

fn draw(grid: &Grid, canvas: &mut Canvas, high: f64, cell: impl Fn(&mut Canvas, Area, f64, f64)) -> Drawn {
    if grid.rows.is_empty() || grid.columns.is_empty() {
        return Drawn::default();
    }
    let layout = layout(grid, canvas, high);
    let (right, bottom) =
        (layout.left + layout.columns as f64 * layout.wide, layout.top + layout.rows as f64 * layout.high);
    for (at, head) in grid.rows.iter().take(layout.rows).enumerate() {
        let top = layout.top + at as f64 * layout.high;
        canvas.line((0.0, top), (right, top), Colour::Line, 1.0, false);
        row_head(head, top, &layout, canvas);
    }
    canvas.line((0.0, bottom), (right, bottom), Colour::Line, 1.0, false);
    for (at, head) in grid.columns.iter().take(layout.columns).enumerate() {
        column_head(head, at, &layout, canvas);
    }
    let shown = |cell: &&GridCell| cell.row < layout.rows && cell.column < layout.columns;
    let most = grid.cells.iter().filter(shown).map(|cell| finite(cell.value)).fold(0.0, f64::max);
    for one in grid.cells.iter().filter(shown).filter(|cell| finite(cell.value) != 0.0) {
        let area = Area {
            x: layout.left + one.column as f64 * layout.wide,
            y: layout.top + one.row as f64 * layout.high,
            w: layout.wide,
            h: layout.high,
        };
        let label = format!("{} × {}", grid.rows[one.row].label, grid.columns[one.column].label);
        canvas.thing(&name(&label, one.value, one.note.as_ref()), one.href.as_ref(), |canvas| {
            canvas.touch(area);
            cell(canvas, area, finite(one.value), most);
        });
    }
    let (rows, columns) = (grid.rows.len(), grid.columns.len());
    Drawn::to(bottom + 2.0).cut(layout.rows * layout.columns, rows.saturating_mul(columns))
}

fn layout(grid: &Grid, canvas: &Canvas, high: f64) -> Layout {
    let rows = grid.rows.len().min(ROWS);
    let labels = grid.rows.iter().take(rows).map(|head| measure(&head.label, 12.0)).fold(0.0, f64::max) + 12.0;
    let left = labels.min(canvas.width * if canvas.narrow { 0.34 } else { 0.32 });
    let most = ((canvas.width - left) / LEAST) as usize;
    let columns = grid.columns.len().min(most.max(1));
    let wide = ((canvas.width - left) / columns as f64).min(MOST);
    let heads = grid.columns.iter().take(columns);
    let fits = |head: &Head| two_lines(&head.label, wide - 4.0);
    if heads.clone().all(fits) {
        let lines = heads.map(|head| wrap(&head.label, wide - 4.0, 11.0, 2).len()).max().unwrap_or(1);
        return Layout { left, top: 10.0 + 14.0 * lines as f64, wide, high, rows, columns, slanted: false };
    }
    // Slanted heads rise to the right: the last needs room beside the last column.
    let longest = heads.map(|head| measure(&head.label, 11.0)).fold(0.0, f64::max).min(120.0);
    let rise = longest * 0.71 + 10.0;
    let columns = columns.min((((canvas.width - left - rise) / LEAST) as usize).max(1));
    let wide = ((canvas.width - left - rise + LEAST / 2.0) / columns as f64).clamp(8.0, MOST);
    let wide = wide.min((canvas.width - left - rise).max(8.0) / (columns as f64 - 0.5));
    Layout { left, top: rise + 6.0, wide, high, rows, columns, slanted: true }
}

/// Whether a head stands in two lines, whole and without broken words.
fn two_lines(label: &str, wide: f64) -> bool {
    let whole = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let words = label.split(|c: char| !c.is_ascii_alphanumeric());
    words.into_iter().all(|word| measure(word, 11.0) <= wide)
        && whole(&wrap(label, wide, 11.0, 2).concat()) == whole(label)
}

fn row_head(head: &Head, top: f64, layout: &Layout, canvas: &mut Canvas) {
    canvas.thing(&head.label, head.href.as_ref(), |canvas| {
        canvas.touch(Area { x: 0.0, y: top, w: layout.left - 2.0, h: layout.high });
        canvas.fitted((2.0, top + layout.high / 2.0), LABEL, &head.label, layout.left - 10.0);
    });
}

fn column_head(head: &Head, at: usize, layout: &Layout, canvas: &mut Canvas) {
    let x = layout.left + at as f64 * layout.wide;
    canvas.thing(&head.label, head.href.as_ref(), |canvas| {
        canvas.touch(Area { x, y: 0.0, w: layout.wide, h: layout.top });
        if layout.slanted {
            canvas.slanted((x + layout.wide / 2.0, layout.top - 7.0), SMALL, &head.label, (layout.top - 16.0) / 0.71);
            return;
        }
        let lines = wrap(&head.label, layout.wide - 4.0, 11.0, 2);
        for (line, text) in lines.iter().enumerate() {
            let y = layout.top - 10.0 - (lines.len() - 1 - line) as f64 * 14.0;
            canvas.text((x + layout.wide / 2.0, y), SMALL.middle(), text);
        }
    });
}
