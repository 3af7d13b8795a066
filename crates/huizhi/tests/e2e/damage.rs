//! Disks that are full, folders that may only be read, files that are broken: a clear message, the register intact.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::place::{Place, Run, demo, demo_copy, demo_file};

#[test]
fn a_damaged_index_names_the_command_that_mends_it() {
    for broken in ["meta.json", "segment"] {
        let place = demo_copy();
        let wanted = demo().ids("电池");
        let index = place.data().join("index");
        let mut files: Vec<_> = files_below(&index);
        files.sort();
        if broken == "meta.json" {
            let meta = files.iter().find(|path| path.ends_with("meta.json")).unwrap();
            fs::write(meta, "{\"segments\": 7").unwrap();
        } else {
            for file in files.iter().filter(|path| !path.to_string_lossy().ends_with(".json")) {
                fs::write(file, "not what was here").unwrap();
            }
        }
        let run = place.run(&["search", "电池"]).exits(1);
        assert!(run.err.contains("huizhi reindex") && !run.err.contains("panicked"), "{broken}: {}", run.err);
        place.ok(&["reindex"]);
        assert_eq!(place.ids("电池"), wanted, "{broken}");
    }
}

#[test]
fn a_missing_index_is_built_from_the_register() {
    let place = demo_copy();
    fs::remove_dir_all(place.data().join("index")).unwrap();
    assert_eq!(place.ids("电池"), demo().ids("电池"));
}

#[test]
fn a_damaged_register_is_named_and_not_overwritten() {
    let place = demo_copy();
    let file = place.data().join("huizhi.db");
    fs::write(&file, "this is no database, it is somebody's shopping list").unwrap();
    for args in [&["search", "电池"][..], &["ingest", &demo_file()], &["doctor", "--check"]] {
        place.run(args).fails_with(&["huizhi.db", "damaged or is no database", "restore the last backup"]);
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "this is no database, it is somebody's shopping list");
}

#[test]
fn a_full_disk_is_said_and_leaves_the_register_intact() {
    let Some(disk) = SmallDisk::mount(12) else { return };
    let place = Place::new();
    let data = disk.0.path().join("data");
    let on_disk = |args: &[&str]| place.run(&[args, &["--data", data.to_str().unwrap()]].concat());
    on_disk(&["ingest", &small_file(&place)]).exits(0);
    let digest = on_disk(&["doctor", "--digest"]).exits(0).out;
    fs::write(disk.0.path().join("ballast"), vec![0; 5 << 20]).unwrap();
    let run = on_disk(&["ingest", &demo_file()]).exits(1);
    assert!(run.err.contains("full") || run.err.contains("No space"), "{}", run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    let sound = on_disk(&["doctor", "--check"]).exits(0).out;
    assert!(sound.contains("0 differ"), "{sound}");
    // Nothing that was stored before is lost.
    let _ = digest;
    for id in place.ids_of(&small_file(&place)) {
        on_disk(&["show", &id]).exits(0);
    }
}

#[test]
fn a_folder_that_may_only_be_read_is_named() {
    let place = demo_copy();
    let Some(reader) = Reader::of(&place) else { return };
    let run = reader.run(&place, &["ingest", &demo_file()]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("huizhi-data") && !run.err.contains("panicked"), "{}", run.err);
    let run = reader.run(&place, &["search", "电池"]);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    if run.code != Some(0) {
        assert!(run.err.contains("huizhi-data"), "{}", run.err);
    }
    let run = reader.run(&place, &["--data", "new", "demo", "--rights", "3"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("new"), "{}", run.err);
}

fn small_file(place: &Place) -> String {
    let file = place.folder().join("small.parts.jsonl");
    place.ok(&["demo", "--rights", "40", "--write", file.to_str().unwrap()]);
    file.to_str().unwrap().to_owned()
}

impl Place {
    /// Ids of the rights in a file of parts, loaded elsewhere.
    fn ids_of(&self, file: &str) -> Vec<String> {
        let elsewhere = Self::new();
        elsewhere.ok(&["ingest", file]);
        elsewhere.ids("")
    }
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// A disk of a few megabytes in memory; only root may mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|run| run.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("no small disk may be mounted here: the full disk is not tested");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

/// A user who may not write in the folder: root becomes `nobody`, others take the permission from themselves.
struct Reader {
    root: bool,
}

impl Reader {
    fn of(place: &Place) -> Option<Self> {
        use std::os::unix::fs::PermissionsExt as _;
        let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
        for path in files_below(&place.data()) {
            fs::set_permissions(path, fs::Permissions::from_mode(0o444)).unwrap();
        }
        for folder in [place.data().join("index"), place.data(), place.folder().to_owned()] {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
        }
        let reader = Self { root };
        if reader.run(place, &["--version"]).code == Some(0) {
            return Some(reader);
        }
        eprintln!("the program cannot be run as another user here: the read-only folder is not tested");
        None
    }

    fn run(&self, place: &Place, args: &[&str]) -> Run {
        let program = place.command(args);
        if !self.root {
            return place.run(args);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "nobody", "--"]).arg(program.get_program()).args(args);
        command.current_dir(place.folder()).env("LC_ALL", "en_GB.UTF-8");
        match command.output() {
            Ok(output) => Run::of(args, output),
            Err(error) => panic!("runuser: {error}"),
        }
    }
}
