//! SVG to PNG.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{ImageHrefResolver, Options, Tree, fontdb::Database},
};

/// A drawn picture.
pub(crate) struct Png {
    pub(crate) bytes: Vec<u8>,
    /// Height by width.
    pub(crate) ratio: f64,
}

/// Pixels a unit of the drawing.
const SCALE: f32 = 2.0;
/// Longest side in pixels.
const LARGEST: f32 = 6_000.0;

/// The fonts of the system, read once. Drawings that ask for a family that is not there get the first of these.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    const FAMILIES: [&str; 9] = [
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "Microsoft YaHei",
        "PingFang SC",
        "WenQuanYi Micro Hei",
        "SimHei",
        "Droid Sans Fallback",
        "DejaVu Sans",
    ];
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let there = |family: &&&str| fonts.faces().any(|face| face.families.iter().any(|(name, _)| name == **family));
    if let Some(family) = FAMILIES.iter().find(there) {
        fonts.set_sans_serif_family(*family);
        fonts.set_serif_family(*family);
    }
    Arc::new(fonts)
});

/// Draws on white. Text without a font is left out; files and addresses inside the drawing are not opened. The error is
/// what the reader of SVG says.
pub(crate) fn png(svg: &str) -> Result<Png, String> {
    let images = ImageHrefResolver {
        resolve_data: ImageHrefResolver::default_data_resolver(),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: "sans-serif".to_owned(),
        image_href_resolver: images,
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let size = tree.size();
    let scale = SCALE.min(LARGEST / size.width().max(size.height()));
    let side = |length: f32| ((length * scale).ceil() as u32).max(1);
    let mut pixels =
        Pixmap::new(side(size.width()), side(size.height())).ok_or_else(|| "the drawing has no size".to_owned())?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let bytes = pixels.encode_png().map_err(|error| error.to_string())?;
    Ok(Png { bytes, ratio: f64::from(size.height()) / f64::from(size.width()) })
}
