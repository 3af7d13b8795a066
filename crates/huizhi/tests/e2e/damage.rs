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
        place.run(&["ingest", &demo_file()]).fails_with(&["huizhi reindex"]);
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
fn an_index_ahead_of_a_restored_register_is_not_trusted() {
    let (place, backup) = (demo_copy(), Place::new());
    backup.ok(&["ingest", &small_file(&backup)]);
    without_log(&place);
    for file in files_below(&backup.data()).iter().filter(|file| file.to_string_lossy().contains("huizhi.db")) {
        fs::copy(file, place.data().join(file.file_name().unwrap())).unwrap();
    }
    for args in [&["search", "电池"][..], &["export", ""], &["ingest", &demo_file()], &["doctor"]] {
        place.run(args).fails_with(&["huizhi reindex"]);
    }
    place.ok(&["reindex"]);
    assert_eq!(place.ids(""), backup.ids(""));
    place.ok(&["ingest", &demo_file()]);
    assert_eq!((place.digest(), place.ids("电池")), (demo().digest(), demo().ids("电池")));
}

#[test]
fn a_reader_that_closes_the_pipe_early_is_no_failure() {
    let program = env!("CARGO_BIN_EXE_huizhi");
    for args in [
        "export ''",
        "export '' --format jsonl",
        "search '' --limit 300 --json",
        "search '' --limit 300",
        "demo --write -",
    ] {
        // The program's own exit code goes to the error output, for the pipe's is that of `head`.
        let line = format!("{{ '{program}' {args}; echo \"exit $?\" >&2; }} | head -c 10");
        let output = Command::new("sh").args(["-c", &line]).current_dir(demo().folder()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr).trim(), "exit 0", "{args}");
    }
}

#[test]
fn a_damaged_register_is_named_and_not_overwritten() {
    let place = demo_copy();
    let file = place.data().join("huizhi.db");
    without_log(&place);
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
    let small = small_file(&place);
    let data = disk.0.path().join("data");
    let on_disk = |args: &[&str]| place.run(&[args, &["--data", data.to_str().unwrap()]].concat());
    on_disk(&["ingest", &small]).exits(0);
    disk.fill(200_000);
    let run = on_disk(&["ingest", &demo_file()]).exits(1);
    assert!(run.err.contains("full") || run.err.contains("No space"), "{}", run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    let sound = on_disk(&["doctor", "--check"]).exits(0).out;
    assert!(sound.contains("0 differ"), "{sound}");
    // What was stored before is there, and with room the load goes through.
    for id in ids_of(&small) {
        on_disk(&["show", &id]).exits(0);
    }
    on_disk(&["ingest", &demo_file()]).exits(0);
    assert_eq!(on_disk(&["doctor", "--digest"]).out.trim(), demo().digest());
}

#[test]
fn a_disk_without_one_block_left_is_said() {
    let Some(disk) = SmallDisk::mount(8) else { return };
    let place = Place::new();
    let data = disk.0.path().join("data");
    let on_disk = |args: &[&str]| place.run(&[args, &["--data", data.to_str().unwrap()]].concat());
    on_disk(&["ingest", &small_file(&place)]).exits(0);
    disk.fill(0);
    on_disk(&["ingest", &demo_file()]).fails_with(&["disk", "room"]);
    // What the failed step had taken is free again.
    disk.fill(0);
    let export = disk.0.path().join("rights.csv");
    on_disk(&["export", "", "--output", export.to_str().unwrap()]).exits(1);
    assert!(!export.exists(), "half an export looks like a whole one");
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    assert!(on_disk(&["doctor", "--check"]).exits(0).out.contains("0 differ"));
}

#[test]
fn a_limit_on_file_sizes_is_said_and_leaves_the_register_intact() {
    let place = demo_copy();
    let digest = place.digest();
    let file = place.write("more.parts.jsonl", place.ok(&["demo", "--no-serve", "--rights", "700", "--write", "-"]));
    // 512-byte blocks: the register already has more than a megabyte.
    let limited = "trap '' XFSZ; ulimit -f 3000; exec \"$0\" ingest \"$1\"";
    let program = env!("CARGO_BIN_EXE_huizhi");
    let output = Command::new("sh").args(["-c", limited, program, &file]).current_dir(place.folder()).output().unwrap();
    let run = Run::of(&["ingest under a limit"], output).fails_with(&["disk"]);
    assert!(run.err.contains("room"), "{}", run.err);
    assert!(place.ok(&["doctor", "--check"]).contains("0 differ"));
    assert_eq!(place.digest(), digest, "nothing of the step was stored");
    place.ok(&["ingest", &file]);
    assert_eq!(place.total(""), 700);
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
    let run = reader.run(&place, &["--data", "new", "demo", "--no-serve", "--rights", "3"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("new"), "{}", run.err);
}

/// Takes away the database's log, should there be one.
fn without_log(place: &Place) {
    for log in ["huizhi.db-wal", "huizhi.db-shm"] {
        let _ = fs::remove_file(place.data().join(log));
    }
}

fn small_file(place: &Place) -> String {
    let file = place.folder().join("small.parts.jsonl");
    place.ok(&["demo", "--no-serve", "--rights", "40", "--write", file.to_str().unwrap()]);
    file.to_str().unwrap().to_owned()
}

/// Ids of the rights in a file of parts, loaded elsewhere.
fn ids_of(file: &str) -> Vec<String> {
    let elsewhere = Place::new();
    elsewhere.ok(&["ingest", file]);
    elsewhere.ids("")
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

    /// Takes all room but so many bytes.
    fn fill(&self, left: u64) {
        use std::io::Write as _;
        let mut ballast = fs::File::create(self.0.path().join("ballast")).unwrap();
        while ballast.write_all(&[0; 4096]).is_ok() {}
        let taken = ballast.metadata().unwrap().len();
        ballast.set_len(taken - left).unwrap();
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
