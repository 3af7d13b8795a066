//! The data of figures.

use serde::{Deserialize, Serialize};

/// One figure: what it shows and the words that go with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Unique on its page: prefix of the ids inside the drawing. Letters, digits, `-` and `_`; others are left out.
    pub id: String,
    /// Spoken name of the drawing and caption of the table. Not drawn: the page or document writes it above.
    pub title: String,
    /// One or two sentences that say what there is to see, for those who do not see it.
    pub description: String,
    /// Width of the drawing in its own units, 720 unless told otherwise; about 360 for a telephone. Height follows.
    pub width: u32,
    /// Lines under the drawing.
    pub notes: Vec<String>,
    /// The few words that a drawing may need.
    pub words: Words,
    /// What is drawn.
    pub kind: Kind,
}

/// Words in the reader's language, passed in because the crate has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Stands where there is nothing to draw: `No rights match`.
    pub empty: String,
    /// The note when unfinished periods are shown: `Hatched: not complete yet`.
    pub incomplete: String,
    /// The note when not all is drawn, with `{shown}` and `{all}`: `{shown} of {all} are drawn`.
    pub cut: String,
}

/// The kinds of figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Horizontal bars in the order given.
    Bars(Bars),
    /// Columns by period, one to three series side by side.
    Columns(Trend),
    /// Columns by period, series on top of each other.
    Stacked(Trend),
    /// Lines by period, up to eight series.
    Lines(Trend),
    /// One small column chart a series, all on the same scale.
    Multiples(Trend),
    /// Areas in areas: the first level and the one under it.
    Treemap(Tree),
    /// Indented rows with bars for a hierarchy of any depth.
    ClassTree(Tree),
    /// China's provinces as tiles.
    TileMap(TileMap),
    /// Rows × columns, shaded by value.
    Matrix(Grid),
    /// Rows × columns, circles by value.
    Bubbles(Grid),
    /// Applicants × applications, year after year.
    LifeCycle(LifeCycle),
    /// One bar that is the whole.
    Share(Share),
    /// Who is joined with whom.
    Network(Network),
    /// Dated events and spans of time on one axis.
    Timeline(Timeline),
}

/// A labelled value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// What is counted.
    pub label: String,
    /// How many, or any other finite number; numbers that are not finite are drawn as zero.
    pub value: f64,
    /// Address of the list behind the value.
    pub href: Option<String>,
    /// A remark shown when pointed at and in the table.
    pub note: Option<String>,
}

/// A value in a series; its label is the period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// How many.
    pub value: f64,
    /// Address of the list behind the value.
    pub href: Option<String>,
    /// A remark shown when pointed at.
    pub note: Option<String>,
}

/// Horizontal bars. Values below zero go to the left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    /// Table heading of the labels.
    pub label_head: String,
    /// Table heading of the values.
    pub value_head: String,
    /// The bars, first on top; at most 100 are drawn.
    pub marks: Vec<Mark>,
}

/// Values by period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// Table heading of the periods: `Filing year`.
    pub period_head: String,
    /// What is counted, written at the axis: `Applications`.
    pub value_head: String,
    /// The periods from left to right; at most 80 (the last) are drawn.
    pub periods: Vec<Period>,
    /// One to eight series.
    pub series: Vec<Series>,
}

/// A period on the axis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// `2021`.
    pub label: String,
    /// The period is not over, or not all of it has been published.
    pub incomplete: bool,
}

/// One series of values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Its name in the legend and in the table.
    pub name: String,
    /// Address of the list behind the whole series.
    pub href: Option<String>,
    /// One for each period, in their order. `None`, or too few, is a gap: not known, which is not zero.
    pub points: Vec<Option<Point>>,
}

/// A hierarchy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// Table heading of the codes.
    pub code_head: String,
    /// Table heading of the titles.
    pub label_head: String,
    /// Table heading of the values.
    pub value_head: String,
    /// The top level.
    pub branches: Vec<Branch>,
}

/// A place in a hierarchy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// `H01M`.
    pub code: String,
    /// Title of the place.
    pub label: String,
    /// How many here and below.
    pub value: f64,
    /// Address of the list.
    pub href: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What is below.
    pub children: Vec<Branch>,
}

/// Values for China's 34 provinces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TileMap {
    /// `zh` or, for every other value, English names.
    pub lang: String,
    /// Table heading of the provinces.
    pub label_head: String,
    /// Table heading of the values.
    pub value_head: String,
    /// Values by code; provinces not named are drawn empty, a code named twice counts once (the last).
    pub tiles: Vec<Tile>,
    /// What lies outside: unknown province, abroad. Listed under the map.
    pub elsewhere: Vec<Mark>,
}

/// A province's value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// Two digits of GB/T 2260: `44`. Longer codes are read by their first two digits.
    pub code: String,
    /// How many; not a number: known to be missing, which is drawn as a dash and not as zero.
    pub value: f64,
    /// Address of the list.
    pub href: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// A cross table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// Table heading of the rows.
    pub row_head: String,
    /// Table heading of the columns.
    pub column_head: String,
    /// What is counted.
    pub value_head: String,
    /// Rows from the top; at most 40 are drawn.
    pub rows: Vec<Head>,
    /// Columns from the left; as many as the width takes (24 units each) are drawn.
    pub columns: Vec<Head>,
    /// The cells above zero, in any order. Cells outside rows and columns are passed over.
    pub cells: Vec<GridCell>,
}

/// A row or column of a cross table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its name.
    pub label: String,
    /// Address of its list.
    pub href: Option<String>,
}

/// A cell of a cross table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GridCell {
    /// Index into the rows.
    pub row: usize,
    /// Index into the columns.
    pub column: usize,
    /// How many.
    pub value: f64,
    /// Address of the list.
    pub href: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// The life cycle of a field: one step a year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LifeCycle {
    /// Table heading of the years.
    pub period_head: String,
    /// Name of the horizontal axis: `Applicants`.
    pub x_head: String,
    /// Name of the vertical axis: `Applications`.
    pub y_head: String,
    /// Years in order; at most 80 (the last) are drawn.
    pub steps: Vec<Step>,
}

/// A year of a life cycle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// `2021`.
    pub label: String,
    /// Different applicants.
    pub x: f64,
    /// Applications.
    pub y: f64,
    /// The year is not complete.
    pub incomplete: bool,
    /// Address of the list.
    pub href: Option<String>,
}

/// Parts of a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Table heading of the labels.
    pub label_head: String,
    /// Table heading of the values.
    pub value_head: String,
    /// Table heading of the percentages.
    pub share_head: String,
    /// The parts from left to right; at most 12 are drawn. Values below zero count as zero.
    pub marks: Vec<Mark>,
}

/// Joint rights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Table heading of one end of an edge.
    pub from_head: String,
    /// Table heading of the other end.
    pub to_head: String,
    /// Table heading of the nodes' values.
    pub node_head: String,
    /// Table heading of the edges' values.
    pub edge_head: String,
    /// Applicants; at most 60 (the first) are drawn.
    pub nodes: Vec<Mark>,
    /// Pairs; at most 240 (the heaviest) between drawn nodes are drawn.
    pub edges: Vec<Edge>,
}

/// A pair of nodes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Index into the nodes.
    pub from: usize,
    /// Index into the nodes.
    pub to: usize,
    /// Rights that have both.
    pub value: f64,
    /// Address of their list.
    pub href: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// Events and spans on one axis of time. Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; what cannot be read stands in the
/// table alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// Table heading of the dates.
    pub date_head: String,
    /// Table heading of the labels.
    pub label_head: String,
    /// Spans, first on top; at most 60 spans and events together are drawn.
    pub spans: Vec<Span>,
    /// Events, in any order; drawn by date.
    pub events: Vec<Event>,
    /// Marks the day of reading.
    pub today: Option<Today>,
}

/// A span of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// `Term of protection`.
    pub label: String,
    /// Its first day.
    pub from: String,
    /// Its last day; `None` is still open and drawn to the end of the axis.
    pub to: Option<String>,
    /// Not certain, or not yet: drawn hatched.
    pub expected: bool,
    /// How much of it is done, 0 to 1: a strip along its foot, and the remark is drawn too. `None` for what has no progress.
    #[serde(default)]
    pub done: Option<f64>,
    /// The day up to which it is over its last day: drawn hatched behind it.
    #[serde(default)]
    pub late_until: Option<String>,
    /// Address of what is behind it.
    pub href: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// A dated event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its date.
    pub date: String,
    /// What happened.
    pub label: String,
    /// Drawn filled and bold; others hollow.
    pub main: bool,
    /// Address of what is behind it.
    pub href: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// The day of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// Its date.
    pub date: String,
    /// `Today`.
    pub label: String,
}

impl Figure {
    /// A figure 720 wide, without description and notes.
    pub fn new(id: impl Into<String>, title: impl Into<String>, words: Words, kind: Kind) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            description: String::new(),
            width: 720,
            notes: Vec::new(),
            words,
            kind,
        }
    }

    /// With the sentences that say what there is to see.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// With one more line under the drawing.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With another width (240 to 2,000 units).
    #[must_use]
    pub fn wide(mut self, width: u32) -> Self {
        self.width = width;
        self
    }
}

impl Mark {
    /// A labelled value.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self { label: label.into(), value, href: None, note: None }
    }

    /// A labelled count.
    pub fn count(label: impl Into<String>, count: u64) -> Self {
        Self::new(label, count as f64)
    }

    /// With the address of its list.
    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// With a remark.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

impl Point {
    /// A count without link.
    pub fn count(count: u64) -> Self {
        Self { value: count as f64, href: None, note: None }
    }

    /// With the address of its list.
    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

impl Period {
    /// A complete period.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), incomplete: false }
    }
}

impl Branch {
    /// A place without anything below it.
    pub fn new(code: impl Into<String>, label: impl Into<String>, count: u64) -> Self {
        Self { code: code.into(), label: label.into(), value: count as f64, ..Self::default() }
    }

    /// With the address of its list.
    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

impl Head {
    /// A head without link.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }

    /// With the address of its list.
    #[must_use]
    pub fn link(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}
