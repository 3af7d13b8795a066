//! The drawing surface: shapes and text go in, SVG comes out, in classes or in literal colours.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::text::{escape, finite, fit};

/// Where a drawing will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// In a page: classes, coloured by [`crate::CSS`] and the page's variables.
    Page,
    /// Alone, for print and Word: colours and fonts as attributes, no links.
    Print,
}

/// A colour by its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    /// Text and main lines.
    Ink,
    /// Secondary text.
    Muted,
    /// Grid and frames.
    Line,
    /// The ground.
    Paper,
    /// A series, counted from 0; after eight they begin again.
    Series(usize),
    /// A light form of a series that carries text.
    Tint(usize),
    /// A step of the shades, 0 (nothing) to 8 (most); all carry text.
    Heat(u8),
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pattern {
    /// The series' own pattern; the first is plain.
    Series(usize),
    /// Not complete: wide hatching on paper.
    Open(usize),
}

/// A rectangle: left, top, width, height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) w: f64,
    pub(crate) h: f64,
}

/// How text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) colour: Colour,
    pub(crate) anchor: Anchor,
    pub(crate) bold: bool,
    /// With a ground-coloured edge, so that it can be read across lines.
    pub(crate) halo: bool,
}

/// Main text, set from the left.
pub(crate) const LABEL: Type =
    Type { size: 12.0, colour: Colour::Ink, anchor: Anchor::Start, bold: false, halo: false };
/// Axis text and notes.
pub(crate) const SMALL: Type = Type { size: 11.0, colour: Colour::Muted, ..LABEL };

impl Type {
    pub(crate) const fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub(crate) const fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    pub(crate) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(crate) const fn halo(self) -> Self {
        Self { halo: true, ..self }
    }

    /// With an edge where the ground is hatched.
    pub(crate) const fn halo_if(self, halo: bool) -> Self {
        Self { halo, ..self }
    }

    pub(crate) const fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }
}

/// A drawing that grows.
pub(crate) struct Canvas {
    style: Style,
    id: String,
    pub(crate) width: f64,
    pub(crate) narrow: bool,
    body: String,
    patterns: BTreeSet<Pattern>,
    linked: bool,
}

impl Canvas {
    pub(crate) fn new(id: &str, width: u32, style: Style) -> Self {
        let width = f64::from(width.clamp(240, 2_000));
        let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        let id = if id.is_empty() { "figure".to_owned() } else { id };
        Self { style, id, width, narrow: width < 520.0, body: String::new(), patterns: BTreeSet::new(), linked: false }
    }

    /// Everything that `draw` draws is one thing: named for those who point at it or hear it, and a link where there is
    /// an address.
    pub(crate) fn thing(&mut self, name: &str, href: Option<&String>, draw: impl FnOnce(&mut Self)) {
        let link = href.filter(|href| self.style == Style::Page && safe(href));
        let name = escape(name);
        if let Some(href) = link {
            self.linked = true;
            // The title is the link's name, and what is shown when it is pointed at.
            _ = write!(self.body, r#"<a class="c-a" href="{}"><title>{name}</title>"#, escape(href));
        } else {
            _ = write!(self.body, "<g><title>{name}</title>");
        }
        draw(self);
        self.body.push_str(if link.is_some() { "</a>\n" } else { "</g>\n" });
    }

    /// A filled rectangle.
    pub(crate) fn rect(&mut self, area: Area, colour: Colour) {
        self.place_rect(area);
        let fill = self.fill(colour);
        _ = write!(self.body, "{fill}/>");
    }

    /// A rectangle in the pattern of a series.
    pub(crate) fn patterned(&mut self, area: Area, pattern: Pattern) {
        match pattern {
            Pattern::Series(series) if series % 8 == 0 => self.rect(area, Colour::Series(series)),
            Pattern::Series(series) => {
                self.use_pattern(area, Pattern::Series(series % 8));
                self.body.push_str("/>");
            }
            Pattern::Open(series) => {
                self.use_pattern(area, Pattern::Open(series % 8));
                let stroke = self.stroke(Colour::Series(series), 1.0);
                _ = write!(self.body, "{stroke}/>");
            }
        }
    }

    fn use_pattern(&mut self, area: Area, pattern: Pattern) {
        self.patterns.insert(pattern);
        self.place_rect(area);
        _ = write!(self.body, r#" fill="url(#{}-{})""#, self.id, pattern_name(pattern));
    }

    /// A frame.
    pub(crate) fn frame(&mut self, area: Area, colour: Colour) {
        self.place_rect(area);
        let stroke = self.stroke(colour, 1.0);
        _ = write!(self.body, r#" fill="none"{stroke}/>"#);
    }

    /// An area that is not seen but can be pointed at.
    pub(crate) fn touch(&mut self, area: Area) {
        if self.style == Style::Page {
            self.place_rect(area);
            self.body.push_str(r#" class="c-touch" fill="none" pointer-events="all"/>"#);
        }
    }

    fn place_rect(&mut self, area: Area) {
        let [x, y, w, h] = [area.x, area.y, area.w.max(0.0), area.h.max(0.0)].map(place);
        _ = write!(self.body, r#"<rect x="{x}" y="{y}" width="{w}" height="{h}""#);
    }

    /// A straight line, dashed on request.
    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: Colour, width: f64, dashed: bool) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(place);
        let stroke = self.stroke(colour, width);
        let dash = if dashed { r#" stroke-dasharray="4 3""# } else { "" };
        _ = write!(self.body, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{stroke}{dash}/>"#);
    }

    /// A line along points.
    pub(crate) fn polyline(&mut self, points: &[(f64, f64)], colour: Colour, width: f64, dash: &str) {
        if points.len() < 2 {
            return;
        }
        let stroke = self.stroke(colour, width);
        let dash = if dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dash}""#) };
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", place(*x), place(*y))).collect();
        _ = write!(self.body, r#"<polyline points="{}" fill="none"{stroke}{dash}/>"#, points.join(" "));
    }

    /// A filled closed shape, or its outline on paper.
    pub(crate) fn polygon(&mut self, points: &[(f64, f64)], colour: Colour, hollow: bool) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", place(*x), place(*y))).collect();
        let paint = self.paint(colour, hollow);
        _ = write!(self.body, r#"<polygon points="{}"{paint}/>"#, points.join(" "));
    }

    /// A filled circle, or its outline on paper.
    pub(crate) fn circle(&mut self, centre: (f64, f64), radius: f64, colour: Colour, hollow: bool) {
        let [x, y, r] = [centre.0, centre.1, radius.max(0.0)].map(place);
        let paint = self.paint(colour, hollow);
        _ = write!(self.body, r#"<circle cx="{x}" cy="{y}" r="{r}"{paint}/>"#);
    }

    /// A point of a series: circle, square, diamond or triangle.
    pub(crate) fn marker(&mut self, (x, y): (f64, f64), series: usize, hollow: bool) {
        let colour = Colour::Series(series);
        match series % 4 {
            0 => self.circle((x, y), 3.5, colour, hollow),
            1 => self.polygon(
                &[(x - 3.2, y - 3.2), (x + 3.2, y - 3.2), (x + 3.2, y + 3.2), (x - 3.2, y + 3.2)],
                colour,
                hollow,
            ),
            2 => self.polygon(&[(x, y - 4.5), (x + 4.5, y), (x, y + 4.5), (x - 4.5, y)], colour, hollow),
            _ => self.polygon(&[(x, y - 4.2), (x + 4.4, y + 3.6), (x - 4.4, y + 3.6)], colour, hollow),
        }
    }

    fn paint(&self, colour: Colour, hollow: bool) -> String {
        if !hollow {
            return self.fill(colour);
        }
        match self.style {
            Style::Page => format!(r#" class="c-paper {}" stroke-width="1.5""#, stroke_class(colour)),
            Style::Print => {
                format!(r#" fill="{}" stroke="{}" stroke-width="1.5""#, literal(Colour::Paper), literal(colour))
            }
        }
    }

    /// Text as it is; its middle line goes through `y`.
    pub(crate) fn text(&mut self, at: (f64, f64), form: Type, text: &str) {
        self.write_text(at, form, text, "", None);
    }

    /// Text cut to a width, with the whole text behind the ellipsis.
    pub(crate) fn fitted(&mut self, at: (f64, f64), form: Type, text: &str, width: f64) {
        let shown = fit(text, if form.bold { width / 1.12 } else { width }, form.size);
        let whole = (shown != text).then_some(text);
        self.write_text(at, form, &shown, "", whole);
    }

    /// Text that rises from its place to the right at 45 degrees.
    pub(crate) fn slanted(&mut self, at: (f64, f64), form: Type, text: &str, width: f64) {
        let shown = fit(text, width, form.size);
        let whole = (shown != text).then_some(text);
        let turn = format!(r#" transform="rotate(-45 {} {})""#, place(at.0), place(at.1));
        self.write_text(at, form, &shown, &turn, whole);
    }

    fn write_text(&mut self, (x, y): (f64, f64), form: Type, text: &str, more: &str, whole: Option<&str>) {
        if text.is_empty() {
            return;
        }
        let anchor = match form.anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let (bold, size) = (if form.bold { r#" font-weight="600""# } else { "" }, place(form.size));
        let (x, y) = (place(x), place(y + form.size * 0.35));
        let halo = match (form.halo, self.style) {
            (false, _) => String::new(),
            (true, Style::Page) => " c-halo".to_owned(),
            (true, Style::Print) => {
                format!(
                    r#" stroke="{}" stroke-width="3" stroke-linejoin="round" paint-order="stroke""#,
                    literal(Colour::Paper)
                )
            }
        };
        let fill = match self.style {
            Style::Page => format!(r#" class="{}{halo}""#, fill_class(form.colour)),
            Style::Print => format!(r#" fill="{}"{halo}"#, literal(form.colour)),
        };
        let title = whole.map(|whole| format!("<title>{}</title>", escape(whole))).unwrap_or_default();
        let text = escape(text);
        _ = write!(
            self.body,
            r#"<text x="{x}" y="{y}" font-size="{size}"{anchor}{bold}{fill}{more}>{title}{text}</text>"#
        );
    }

    fn fill(&self, colour: Colour) -> String {
        match self.style {
            Style::Page => format!(r#" class="{}""#, fill_class(colour)),
            Style::Print => format!(r#" fill="{}""#, literal(colour)),
        }
    }

    fn stroke(&self, colour: Colour, width: f64) -> String {
        let width = place(width);
        match self.style {
            Style::Page => format!(r#" class="{}" stroke-width="{width}""#, stroke_class(colour)),
            Style::Print => format!(r#" stroke="{}" stroke-width="{width}""#, literal(colour)),
        }
    }

    /// The whole drawing.
    pub(crate) fn finish(self, title: &str, description: &str, height: f64) -> String {
        let (id, w, h) = (&self.id, place(self.width), place(height.max(1.0)));
        let role = if self.linked { "group" } else { "img" };
        let face = match self.style {
            Style::Page => r#" class="c-svg""#.to_owned(),
            Style::Print => format!(r#" width="{w}" height="{h}" font-family="{FONTS}""#),
        };
        let mut names = format!(r#"<title id="{id}-title">{}</title>"#, escape(title));
        let mut labelled = String::new();
        if !description.is_empty() {
            _ = write!(names, r#"<desc id="{id}-desc">{}</desc>"#, escape(description));
            labelled = format!(r#" aria-describedby="{id}-desc""#);
        }
        let mut defs = String::new();
        for pattern in &self.patterns {
            defs.push_str(&self.pattern(*pattern));
        }
        if !defs.is_empty() {
            defs = format!("<defs>{defs}</defs>\n");
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" role=\"{role}\" aria-labelledby=\"{id}-title\"{labelled}{face}>\n{names}\n{defs}{}</svg>\n",
            self.body
        )
    }

    fn pattern(&self, pattern: Pattern) -> String {
        let (series, open) = match pattern {
            Pattern::Series(series) => (series, false),
            Pattern::Open(series) => (series, true),
        };
        let (ground, lines) =
            if open { (Colour::Paper, Colour::Series(series)) } else { (Colour::Series(series), Colour::Paper) };
        let (size, marks) = if open { (6, OPEN) } else { MARKS[series % 8] };
        let fill = self.fill(ground);
        let stroke = self.stroke(lines, 1.2);
        format!(
            r#"<pattern id="{}-{}" width="{size}" height="{size}" patternUnits="userSpaceOnUse"><rect width="{size}" height="{size}"{fill}/><path d="{marks}" fill="none"{stroke}/></pattern>"#,
            self.id,
            pattern_name(pattern)
        )
    }
}

/// Hatching for what is not complete.
const OPEN: &str = "M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5";

/// The pattern of each series: tile size and path.
const MARKS: [(u8, &str); 8] = [
    (6, ""),
    (6, "M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5"),
    (5, "M1.5 2.5h2M2.5 1.5v2"),
    (7, "M0 0L7 7M0 7L7 0"),
    (5, "M0 2.5h5"),
    (6, "M-1.5 4.5L1.5 7.5M0 0L6 6M4.5 -1.5L7.5 1.5"),
    (5, "M2.5 0v5"),
    (7, "M0 3.5h7M3.5 0v7"),
];

fn pattern_name(pattern: Pattern) -> String {
    match pattern {
        Pattern::Series(series) => format!("p{}", series + 1),
        Pattern::Open(series) => format!("o{}", series + 1),
    }
}

/// Families for drawings that stand alone; the first that is there is taken.
const FONTS: &str = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif";

/// Only addresses inside the site and of the web become links.
fn safe(href: &str) -> bool {
    let head = href.split(['/', '?', '#']).next().unwrap_or_default();
    !head.contains(':') || href.starts_with("https://") || href.starts_with("http://")
}

/// A coordinate with one decimal, never an infinity.
fn place(value: f64) -> String {
    let text = format!("{:.1}", finite(value));
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn fill_class(colour: Colour) -> String {
    match colour {
        Colour::Ink => "c-ink".to_owned(),
        Colour::Muted => "c-muted".to_owned(),
        Colour::Line => "c-line".to_owned(),
        Colour::Paper => "c-paper".to_owned(),
        Colour::Series(series) => format!("c-s{}", series % 8 + 1),
        Colour::Tint(series) => format!("c-t{}", series % 8 + 1),
        Colour::Heat(step) => format!("c-h{}", step.min(8)),
    }
}

fn stroke_class(colour: Colour) -> String {
    match colour {
        Colour::Ink => "c-k-ink".to_owned(),
        Colour::Muted => "c-k-muted".to_owned(),
        Colour::Paper => "c-k-paper".to_owned(),
        Colour::Series(series) => format!("c-k{}", series % 8 + 1),
        Colour::Line | Colour::Tint(_) | Colour::Heat(_) => "c-k-line".to_owned(),
    }
}

/// Colours for print: hues apart in lightness too, dark enough on white.
const SERIES: [[u8; 3]; 8] = [
    [0x1f, 0x5a, 0x96],
    [0xb4, 0x53, 0x09],
    [0x2f, 0x7d, 0x5b],
    [0x7a, 0x4b, 0x9a],
    [0x9c, 0x2f, 0x45],
    [0x1d, 0x7a, 0x8c],
    [0x6b, 0x63, 0x1f],
    [0x55, 0x5f, 0x6e],
];

fn literal(colour: Colour) -> String {
    let [r, g, b] = match colour {
        Colour::Ink => [0x1c, 0x20, 0x26],
        Colour::Muted => [0x5b, 0x63, 0x6e],
        Colour::Line => [0xd5, 0xd9, 0xdf],
        Colour::Paper => [0xff, 0xff, 0xff],
        Colour::Series(series) => SERIES[series % 8],
        Colour::Tint(series) => SERIES[series % 8].map(|channel| mixed(channel, 0.16)),
        Colour::Heat(step) => SERIES[0].map(|channel| mixed(channel, heat(step))),
    };
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn mixed(channel: u8, part: f64) -> u8 {
    (255.0 - (255.0 - f64::from(channel)) * part).round() as u8
}

/// How much of the first series' colour a shade has; the style sheet has the same steps.
fn heat(step: u8) -> f64 {
    [0.03, 0.08, 0.14, 0.2, 0.26, 0.33, 0.4, 0.48, 0.56][usize::from(step.min(8))]
}

/// The shade of a value beside the largest.
pub(crate) fn shade(value: f64, most: f64) -> Colour {
    if value <= 0.0 || most <= 0.0 {
        return Colour::Heat(0);
    }
    Colour::Heat(((value / most).clamp(0.0, 1.0).sqrt() * 8.0).ceil() as u8)
}
