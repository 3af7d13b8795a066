//! What pictures a right has.

use records::{ImageKind, Right};

use crate::{Pictures, name};

/// A picture of a right as a page lists it; whether its file is there, only [`Pictures::get`] tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its number for [`Pictures::get`], from 0.
    pub index: usize,
    /// What it shows.
    pub kind: ImageKind,
    /// Its number among those of its kind, from 1.
    pub number: usize,
    /// Name of the file as the office wrote it, without folders.
    pub name: String,
    /// The address, where the office gives one; it is never fetched.
    pub remote: Option<String>,
}

impl Picture {
    /// A label for people: `附图 2`, `Drawing 2`.
    pub fn label(&self, lang: &str) -> String {
        let (chinese, english) = match self.kind {
            ImageKind::Drawing => ("附图", "Drawing"),
            ImageKind::Abstract => ("摘要附图", "Figure of the abstract"),
            ImageKind::Mark => ("商标图样", "Mark"),
            ImageKind::Design => ("外观设计视图", "View of the design"),
            ImageKind::Inline => ("文中图", "In the text"),
        };
        format!("{} {}", if lang == "zh" { chinese } else { english }, self.number)
    }
}

impl Pictures {
    /// The pictures of a right in the order of its record. Touches no file.
    pub fn list(right: &Right) -> Vec<Picture> {
        let mut counts = [0_usize; 5];
        let pictures = right.images.iter().enumerate().map(|(index, image)| {
            let count = &mut counts[image.kind as usize];
            *count += 1;
            let file = image.file.trim();
            let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned();
            let remote = name::is_remote(file).then(|| file.to_owned());
            Picture { index, kind: image.kind, number: *count, name, remote }
        });
        pictures.collect()
    }

    /// The picture to show in a gallery: of the mark, else of the design, of the abstract, the first drawing; none that
    /// stands inside the text. One beside its record goes before one that the office gives by its address.
    pub fn first(right: &Right) -> Option<usize> {
        let shown = right.images.iter().enumerate().filter(|(_, image)| image.kind != ImageKind::Inline);
        let rank = |kind| match kind {
            ImageKind::Mark => 0,
            ImageKind::Design => 1,
            ImageKind::Abstract => 2,
            ImageKind::Drawing | ImageKind::Inline => 3,
        };
        shown.min_by_key(|(_, image)| (name::is_remote(&image.file), rank(image.kind))).map(|(index, _)| index)
    }
}

#[cfg(test)]
mod tests;
