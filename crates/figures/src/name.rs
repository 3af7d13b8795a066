//! Names of pictures in office data.

use crate::PictureError;

/// Endings of files that hold pictures, in the order in which they are tried in place of the one given.
pub(crate) const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp"];

/// Folders beside a record in which offices and exporters lay pictures.
const FOLDERS: [&str; 18] = [
    "images", "image", "img", "imgs", "pictures", "pics", "pic", "drawings", "figures", "tif", "tiff", "jpg", "jpeg",
    "png", "media", "图片", "附图", "图样",
];

/// Longest name of a file on common systems, in bytes.
const LONGEST: usize = 255;

/// Folders in a name, at most.
const DEEPEST: usize = 16;

/// Reads a name into folders and a file below the folder of the record. Roots (`/`, `C:`, `file://`) are those of the
/// office's own machine and are left out.
pub(crate) fn read(file: &str) -> Result<Vec<String>, PictureError> {
    let file = file.trim();
    let wrong = || PictureError::Name(file.chars().take(200).collect());
    if is_remote(file) {
        return Err(PictureError::Remote(file.to_owned()));
    }
    let local = file.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("file:")).map_or(file, |_| &file[5..]);
    if local.contains("://") || local.chars().any(char::is_control) {
        return Err(wrong());
    }
    let names: Vec<String> = local
        .split(['/', '\\'])
        .filter(|name| !name.is_empty() && *name != "." && !is_drive(name))
        .map(str::to_owned)
        .collect();
    // A colon would name a stream of a file on some systems.
    let sound = |name: &String| name != ".." && name.len() <= LONGEST && !name.contains(':');
    if names.is_empty() || names.len() > DEEPEST || !names.iter().all(sound) {
        return Err(wrong());
    }
    Ok(names)
}

/// Whether it is an address to fetch from.
pub(crate) fn is_remote(file: &str) -> bool {
    let file = file.trim_start();
    ["http://", "https://"].iter().any(|s| file.get(..s.len()).is_some_and(|start| start.eq_ignore_ascii_case(s)))
}

fn is_drive(name: &str) -> bool {
    matches!(name.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic())
}

/// Where to look below the folder of the record, best first, apart by `/`: as named, by the file's name alone, in the
/// usual folders and in one called like the record, and at last the same under another ending.
pub(crate) fn places(names: &[String], record: &str) -> Vec<String> {
    let (whole, last) = (names.join("/"), names.last().map_or("", String::as_str));
    let stem = record.rsplit_once('.').map_or(record, |(stem, _)| stem);
    let folders: Vec<&str> =
        FOLDERS.into_iter().chain(Some(stem).filter(|stem| !stem.is_empty() && !stem.contains(".."))).collect();
    let given = if names.len() > 1 { vec![whole.as_str(), last] } else { vec![last] };
    let others = others(last);
    let mut places = Vec::new();
    for files in [given, others.iter().map(String::as_str).collect()] {
        places.extend(files.iter().map(|file| (*file).to_owned()));
        places.extend(folders.iter().flat_map(|folder| files.iter().map(move |file| format!("{folder}/{file}"))));
    }
    places
}

/// The same name under the other endings.
fn others(last: &str) -> Vec<String> {
    let (stem, own) = match last.rsplit_once('.') {
        Some((stem, ending)) if ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) => (stem, ending),
        _ => (last, ""),
    };
    ENDINGS.iter().filter(|ending| !own.eq_ignore_ascii_case(ending)).map(|ending| format!("{stem}.{ending}")).collect()
}

#[cfg(test)]
mod tests;
