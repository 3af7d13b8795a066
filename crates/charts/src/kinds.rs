//! From data to drawing, one module a kind.

mod bars;
mod cycle;
mod grid;
mod map;
mod network;
mod share;
mod spread;
mod timeline;
mod tree;
mod treemap;
mod trend;
mod trend_lines;
mod trend_parts;

use crate::{
    Figure, Kind, Style, Words,
    draw::{Canvas, LABEL, SMALL},
    text::{number, wrap},
};

/// What a kind tells about the drawing that it has made.
#[derive(Debug, Default)]
struct Drawn {
    /// How far down it reaches; zero when there was nothing to draw.
    height: f64,
    /// Unfinished periods were drawn.
    incomplete: bool,
    /// How many things were drawn and how many there are, when not all were.
    cut: Option<(usize, usize)>,
}

impl Drawn {
    fn to(height: f64) -> Self {
        Self { height, ..Self::default() }
    }

    fn cut(self, shown: usize, all: usize) -> Self {
        Self { cut: (shown < all).then_some((shown, all)), ..self }
    }
}

impl Figure {
    /// The drawing as one `svg` element, well-formed XML. Work and size are bounded: what is beyond a kind's measure is
    /// left out, and a note says so.
    pub fn svg(&self, style: Style) -> String {
        let mut canvas = Canvas::new(&self.id, self.width, style);
        let drawn = match &self.kind {
            Kind::Bars(bars) => bars::draw(bars, &mut canvas),
            Kind::Columns(trend) => trend::columns(trend, &mut canvas),
            Kind::Stacked(trend) => trend::stacked(trend, &mut canvas),
            Kind::Lines(trend) => trend_lines::lines(trend, &mut canvas),
            Kind::Multiples(trend) => trend_lines::multiples(trend, &mut canvas),
            Kind::Treemap(tree) => treemap::draw(tree, &mut canvas),
            Kind::ClassTree(tree) => tree::draw(tree, &mut canvas),
            Kind::TileMap(map) => map::draw(map, &mut canvas),
            Kind::Matrix(grid) => grid::matrix(grid, &mut canvas),
            Kind::Bubbles(grid) => grid::bubbles(grid, &mut canvas),
            Kind::LifeCycle(cycle) => cycle::draw(cycle, &mut canvas),
            Kind::Share(share) => share::draw(share, &mut canvas),
            Kind::Network(network) => network::draw(network, &mut canvas),
            Kind::Timeline(timeline) => timeline::draw(timeline, &mut canvas),
        };
        let height = if drawn.height > 0.0 { drawn.height } else { empty(&self.words, &mut canvas) };
        let height = notes(self, &drawn, &mut canvas, height);
        canvas.finish(&self.title, &self.description, height)
    }

    /// Two drawings of the same figure, one for wide pages and one 360 wide for telephones; the style sheet shows the one
    /// that fits.
    pub fn svg_for_page(&self) -> String {
        let narrow = Self { id: format!("{}-n", self.id), ..self.clone().wide(360) };
        let [wide, narrow] = [self.svg(Style::Page), narrow.svg(Style::Page)];
        format!("<div class=\"c-wide-only\">{wide}</div><div class=\"c-narrow-only\">{narrow}</div>")
    }
}

fn empty(words: &Words, canvas: &mut Canvas) -> f64 {
    let middle = canvas.width / 2.0;
    canvas.line((0.0, 0.5), (canvas.width, 0.5), crate::draw::Colour::Line, 1.0, false);
    for (at, line) in wrap(&words.empty, canvas.width - 16.0, 13.0, 3).iter().enumerate() {
        canvas.text((middle, 40.0 + at as f64 * 20.0), SMALL.sized(13.0).middle(), line);
    }
    canvas.line((0.0, 99.5), (canvas.width, 99.5), crate::draw::Colour::Line, 1.0, false);
    100.0
}

/// The lines under the drawing; gives the height with them.
fn notes(figure: &Figure, drawn: &Drawn, canvas: &mut Canvas, height: f64) -> f64 {
    let mut notes: Vec<String> = Vec::new();
    if drawn.incomplete {
        notes.push(figure.words.incomplete.clone());
    }
    if let Some((shown, all)) = drawn.cut {
        let words = figure.words.cut.replace("{shown}", &number(shown as f64));
        notes.push(words.replace("{all}", &number(all as f64)));
    }
    notes.extend(figure.notes.iter().cloned());
    let mut y = height + 16.0;
    for note in notes.iter().filter(|note| !note.trim().is_empty()) {
        for line in wrap(note, canvas.width - 8.0, SMALL.size, 4) {
            canvas.text((2.0, y), SMALL, &line);
            y += 16.0;
        }
    }
    if y > height + 16.0 { y - 4.0 } else { height }
}

/// `Name: 1,234 (remark)`, the name of a thing that is drawn.
fn name(label: &str, value: f64, note: Option<&String>) -> String {
    let value = number(value);
    note.map_or_else(|| format!("{label}: {value}"), |note| format!("{label}: {value} ({note})"))
}

/// The legend of several series: pattern and name, linked where they have a list. Gives the height it takes.
fn legend(names: &[(&str, Option<&String>)], canvas: &mut Canvas, key: impl Fn(&mut Canvas, usize, f64, f64)) -> f64 {
    const KEY: f64 = 24.0;
    let (mut x, mut y) = (0.0, 12.0);
    for (at, (label, href)) in names.iter().enumerate() {
        let room = canvas.width - KEY - 4.0;
        let wide = (crate::text::measure(label, LABEL.size) + 2.0).min(room);
        if x > 0.0 && x + KEY + wide > canvas.width {
            x = 0.0;
            y += 24.0;
        }
        canvas.thing(label, *href, |canvas| {
            canvas.touch(crate::draw::Area { x, y: y - 12.0, w: KEY + wide, h: 24.0 });
            key(canvas, at, x, y);
            canvas.fitted((x + KEY, y), LABEL, label, wide);
        });
        x += KEY + wide + 18.0;
    }
    y + 20.0
}
