//! Dated events and spans on one axis: one row each, so that labels never meet.

use super::Drawn;
use crate::{
    Event, Span, Timeline, Today,
    draw::{Area, Canvas, Colour, LABEL, Pattern, SMALL},
    text::{fit, measure},
};

const MOST: usize = 60;
const ROW: f64 = 26.0;
const TOP: f64 = 26.0;

pub(super) fn draw(timeline: &Timeline, canvas: &mut Canvas) -> Drawn {
    let day = |date: &Option<String>| date.as_deref().and_then(year);
    let mut spans: Vec<(&Span, f64, Option<f64>, Option<f64>)> = timeline
        .spans
        .iter()
        .filter_map(|span| Some((span, year(&span.from)?, day(&span.to), day(&span.late_until))))
        .collect();
    let mut events: Vec<(&Event, f64)> =
        timeline.events.iter().filter_map(|event| Some((event, year(&event.date)?))).collect();
    if spans.is_empty() && events.is_empty() {
        return Drawn::default();
    }
    events.sort_by(|a, b| a.1.total_cmp(&b.1));
    spans.truncate(MOST);
    events.truncate(MOST - spans.len());
    let today = timeline.today.as_ref().and_then(|today| Some((today, year(&today.date)?)));
    let ends = spans.iter().flat_map(|(_, from, to, late)| [Some(*from), *to, *late]).flatten();
    let ends: Vec<f64> =
        ends.chain(events.iter().map(|event| event.1)).chain(today.iter().map(|today| today.1)).collect();
    let axis = Axis::around(&ends, canvas.width);
    let rows = spans.len() + events.len();
    let bottom = TOP + rows as f64 * ROW + 6.0;
    axis.draw(bottom, canvas);
    // Under the rows, so that their text stays whole.
    let height = today.map_or(bottom, |(today, when)| draw_today(today, axis.at(when), bottom, canvas));
    for (at, (span, from, to, late)) in spans.iter().enumerate() {
        let to = to.map_or(canvas.width, |to| axis.at(to));
        let ends = (axis.at(*from), to, late.map_or(to, |late| axis.at(late)));
        draw_span(span, ends, TOP + at as f64 * ROW, canvas);
    }
    for (at, (event, when)) in events.iter().enumerate() {
        draw_event(event, axis.at(*when), TOP + (spans.len() + at) as f64 * ROW, canvas);
    }
    let all = timeline.spans.len() + timeline.events.len();
    Drawn::to(height).cut(rows, all)
}

/// A date as years since year 0. `None` for what is no date.
fn year(date: &str) -> Option<f64> {
    let mut parts = date.trim().splitn(3, '-');
    let mut next = |least: u16, most: u16| match parts.next() {
        None => Some(None),
        Some(part) if !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            part.parse().ok().filter(|number| (least..=most).contains(number)).map(Some)
        }
        Some(_) => None,
    };
    let year = next(1, 9999)??;
    let month = next(1, 12)?.unwrap_or(1);
    let day = next(1, 31)?.unwrap_or(1);
    Some(f64::from(year) + (f64::from(month) - 1.0) / 12.0 + (f64::from(day) - 1.0) / 372.0)
}

struct Axis {
    from: f64,
    to: f64,
    width: f64,
    /// Marked by months: the dates lie close together.
    months: bool,
}

/// Up to so many years are marked by months.
const BY_MONTHS: f64 = 1.5;
/// A month that ends a little early for want of digits is still the next one.
const NEAR: f64 = 1e-6;

impl Axis {
    /// Whole years around the dates; whole months where they lie close together.
    fn around(dates: &[f64], width: f64) -> Self {
        let first = dates.iter().copied().fold(f64::INFINITY, f64::min);
        let last = dates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if last - first > BY_MONTHS {
            return Self { from: first.floor(), to: last.floor() + 1.0, width, months: false };
        }
        let month = |year: f64| (year * 12.0 + NEAR).floor();
        Self { from: month(first) / 12.0, to: (month(last) + 1.0) / 12.0, width, months: true }
    }

    fn at(&self, year: f64) -> f64 {
        const EDGE: f64 = 8.0;
        EDGE + (year - self.from) / (self.to - self.from) * (self.width - 2.0 * EDGE)
    }

    fn draw(&self, bottom: f64, canvas: &mut Canvas) {
        canvas.line((0.0, TOP - 4.0), (self.width, TOP - 4.0), Colour::Muted, 1.0, false);
        // Steps are counted in whole units, so that no step is lost to rounding.
        let (unit, room, steps): (f64, f64, &[f64]) = if self.months {
            (12.0, self.width / 60.0, &[1.0, 2.0, 3.0, 6.0, 12.0])
        } else {
            (1.0, self.width / 44.0, &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0])
        };
        let (first, last) = ((self.from * unit + NEAR).floor(), (self.to * unit + NEAR).floor());
        let every = steps.iter().copied().find(|every| (last - first) / every <= room).unwrap_or(1_000.0);
        let (mut step, mut free) = ((first / every).ceil() * every, f64::NEG_INFINITY);
        while step <= last {
            let x = self.at(step / unit);
            canvas.line((x, TOP - 4.0), (x, bottom), Colour::Line, 1.0, false);
            let text = if self.months {
                format!("{:.0}-{:02.0}", (step / 12.0).floor(), step.rem_euclid(12.0) + 1.0)
            } else {
                format!("{step:.0}")
            };
            let half = measure(&text, 11.0) / 2.0;
            let middle = x.clamp(half, self.width - half);
            // The first label is pushed inside: where it would meet the next, that one stays away.
            if middle - half >= free {
                canvas.text((middle, 10.0), SMALL.middle(), &text);
                free = middle + half + 4.0;
            }
            step += every;
        }
    }
}

/// The day of reading; gives the height with its label.
fn draw_today(today: &Today, x: f64, bottom: f64, canvas: &mut Canvas) -> f64 {
    canvas.line((x, TOP - 4.0), (x, bottom), Colour::Series(1), 1.2, true);
    let text = fit(&format!("{} {}", today.label, today.date), canvas.width, 11.0);
    let half = measure(&text, 11.0) / 2.0;
    canvas.text((x.clamp(half, (canvas.width - half).max(half)), bottom + 10.0), SMALL.middle(), &text);
    bottom + 20.0
}

fn named(date: &str, label: &str, note: Option<&String>) -> String {
    note.map_or_else(|| format!("{date} {label}"), |note| format!("{date} {label} ({note})"))
}

/// Height of the strip that tells progress.
const STRIP: f64 = 4.0;

fn draw_span(span: &Span, (from, to, late): (f64, f64, f64), top: f64, canvas: &mut Canvas) {
    let to_text = span.to.as_deref().unwrap_or_default();
    let dates = format!("{} – {to_text}", span.from);
    canvas.thing(&named(&dates, &span.label, span.note.as_ref()), span.href.as_ref(), |canvas| {
        let w = (to - from).max(2.0);
        let area = Area { x: from.min(to), y: top + 3.0, w, h: ROW - 6.0 };
        // With the hatched part behind its last day.
        let whole = w.max(late - area.x);
        canvas.touch(Area { y: top, h: ROW, w: whole, ..area });
        if span.expected {
            canvas.patterned(area, Pattern::Open(0));
        } else {
            canvas.rect(area, Colour::Tint(0));
            canvas.rect(Area { w: 3.0_f64.min(w), ..area }, Colour::Series(0));
        }
        if whole > w {
            canvas.patterned(Area { x: area.x + w, w: whole - w, ..area }, Pattern::Open(1));
        }
        let progress = span.done.map(|done| if done.is_finite() { done.clamp(0.0, 1.0) } else { 0.0 });
        if let Some(done) = progress {
            let strip = Area { y: area.y + area.h - STRIP, h: STRIP, ..area };
            canvas.rect(Area { w: w * done, ..strip }, Colour::Series(0));
        }
        let note =
            span.note.as_deref().filter(|_| progress.is_some()).map_or(String::new(), |note| format!("  {note}"));
        let text = format!("{}  {dates}{note}", span.label);
        let wide = measure(&text, 12.0) + 4.0;
        let (before, after) = (area.x - 8.0, canvas.width - area.x - whole - 8.0);
        let middle = top + ROW / 2.0 - if progress.is_some() { 2.0 } else { 0.0 };
        if wide <= w - 12.0 || (whole >= before && whole >= after) {
            canvas.fitted((area.x + 8.0, middle), LABEL.halo_if(span.expected || whole > w), &text, whole - 12.0);
        } else if wide <= after || after >= before {
            canvas.fitted((area.x + whole + 6.0, middle), LABEL.halo(), &text, after);
        } else {
            canvas.fitted((area.x - 6.0, middle), LABEL.end().halo(), &text, before);
        }
    });
}

fn draw_event(event: &Event, x: f64, top: f64, canvas: &mut Canvas) {
    let middle = top + ROW / 2.0;
    canvas.thing(&named(&event.date, &event.label, event.note.as_ref()), event.href.as_ref(), |canvas| {
        let date = measure(&event.date, 11.0) + 8.0;
        let right = x < canvas.width * 0.52;
        let room = if right { canvas.width - x - 12.0 } else { x - 12.0 };
        let form = if event.main { LABEL.bold() } else { LABEL };
        let heavier = if event.main { 1.12 } else { 1.0 };
        let label = fit(&event.label, ((room - date) / heavier).max(0.0), 12.0);
        let wide = date + measure(&label, 12.0) * heavier;
        canvas.touch(Area { x: if right { x - 6.0 } else { x - 12.0 - wide }, y: top, w: wide + 18.0, h: ROW });
        canvas.circle((x, middle), 4.5, Colour::Series(0), !event.main);
        if right {
            canvas.text((x + 11.0, middle), SMALL.halo(), &event.date);
            canvas.text((x + 11.0 + date, middle), form.halo(), &label);
        } else {
            canvas.text((x - 11.0, middle), form.end().halo(), &label);
            canvas.text((x - 11.0 - wide, middle), SMALL.halo(), &event.date);
        }
    });
}
