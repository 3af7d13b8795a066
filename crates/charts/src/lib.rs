//! Numbers drawn: a [`Figure`] is data, [`Figure::svg`] draws it and [`Figure::table`] says the same in rows.
//!
//! Every bar, cell and node can carry the address of its list. Nothing is told by colour alone: series have patterns,
//! values are printed where there is room, unfinished years are hatched. [`Style::Page`] uses classes only and takes its
//! colours from the page ([`CSS`]); [`Style::Print`] stands alone. Neither uses `style` attributes, elements or scripts.
//! No I/O, no clock, no words of its own but the names of provinces; equal data gives equal bytes.

mod draw;
mod examples;
mod figure;
mod kinds;
mod province;
mod scale;
mod sparkline;
mod table;
mod tables;
mod text;

#[cfg(test)]
mod tests;

pub use draw::Style;
pub use examples::examples;
pub use figure::{
    Bars, Branch, Edge, Event, Figure, Grid, GridCell, Head, Kind, LifeCycle, Mark, Network, Period, Point, Series,
    Share, Span, Step, Tile, TileMap, Timeline, Today, Tree, Trend, Words,
};
pub use province::{PROVINCES, Province, province};
pub use sparkline::sparkline;
pub use table::{Table, TableCell};
pub use text::number;

/// The style sheet for [`Style::Page`]. It needs the page's `--c1` to `--c8`, `--ink`, `--muted`, `--line` and `--paper`.
pub const CSS: &str = include_str!("charts.css");
