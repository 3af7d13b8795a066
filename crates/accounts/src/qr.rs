//! Addresses as pictures that a telephone reads.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// White squares around the code, as the standard asks.
const MARGIN: i32 = 4;

/// A text as an SVG with a `viewBox` and no size of its own, black on white in every theme; empty for texts of more than
/// 2,300 bytes, which no code holds.
pub fn qr_svg(text: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return String::new() };
    let side = code.size() + 2 * MARGIN;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{},{}h{run}v1h-{run}z", x + MARGIN, y + MARGIN);
            }
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0,0h{side}v{side}h-{side}z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
#[path = "qr_tests.rs"]
mod tests;
