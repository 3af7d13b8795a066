//! Any bytes as a file on disk, as they are or packed as the first byte says: archives, spreadsheets, tables, formats.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use zip::write::{SimpleFileOptions, ZipWriter};

fuzz_target!(|data: &[u8]| {
    let Some((how, bytes)) = data.split_first() else { return };
    match how % 4 {
        1 => drop(fuzz::read_bytes("a.xml.gz", &gzip(bytes))),
        2 => drop(fuzz::read_bytes("a.zip", &zipped(&[("../b", bytes), ("c/d.xml", bytes)]))),
        3 => drop(fuzz::read_bytes("a.zip", &zipped(&[("b.zip", &zipped(&[("c.gz", &gzip(bytes))]))]))),
        _ => drop(fuzz::read_bytes("a", bytes)),
    }
});

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("memory takes all");
    packed.finish().expect("memory takes all")
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).expect("memory takes all");
        archive.write_all(bytes).expect("memory takes all");
    }
    archive.finish().expect("memory takes all").into_inner()
}
