//! Paths, files and folders.

use super::*;

#[test]
fn empty_files_are_told() {
    for bytes in [&b""[..], b"  \n\t\n"] {
        let read = read_bytes("a.xml", bytes);
        assert!(read.message().ends_with("a.xml: the file is empty"), "{}", read.message());
    }
    let read = read_bytes("a.xml.gz", &gzip(b""));
    assert!(read.message().contains("a.xml"), "{}", read.message());
}

#[test]
fn a_missing_path_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let read = read(&folder.path().join("nowhere.xml"));
    assert!(read.message().ends_with("nowhere.xml: there is no such file or folder"), "{}", read.message());
}

#[test]
fn what_is_no_office_file_is_passed_over_or_told() {
    for (name, bytes) in [
        ("a.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]),
        ("a.txt", b"Dear office, ..."),
        ("a.html", b"<!DOCTYPE html><html><body><p>It works</body></html>"),
        ("a.bin", &[0; 4096]),
    ] {
        let read = read_bytes(name, bytes);
        assert_eq!((read.passed_over.len(), read.problems.len(), read.records.len()), (1, 0, 0), "{name}");
    }
    let read = read_bytes("a.xml", b"<?xml version=\"1.0\"?><recipe><egg/></recipe>");
    assert!(read.message().contains("<recipe> is of no known format"), "{}", read.message());
}

#[test]
fn xml_that_holds_lines_of_the_green_book_is_xml() {
    let text = record(9_900_001).replace("Lampe", "\nPATN\nWKU  039999999\n");
    assert_eq!(read_bytes("a.xml", text.as_bytes()).keys(), keys(&[9_900_001]));
}

#[test]
fn links_that_lead_in_circles_end() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.xml"), three()).expect("a file");
    symlink(folder.path(), folder.path().join("loop")).expect("a link");
    symlink(folder.path().join("round"), folder.path().join("round")).expect("a link");
    symlink(folder.path().join("nowhere"), folder.path().join("z")).expect("a link");
    let read = read(folder.path());
    assert_eq!(read.keys().len(), 3);
    assert_eq!(read.codes(), ["cannot-open"; 2], "{:?}", read.problems);
}

#[test]
fn a_pipe_in_a_folder_does_not_make_it_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("b.xml"), three()).expect("a file");
    let made = Command::new("mkfifo").arg(folder.path().join("a")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("no mkfifo here: pipes are not tested");
        return;
    }
    let read = read(folder.path());
    assert_eq!(read.keys().len(), 3);
    assert!(read.message().contains("neither a file nor a folder"), "{}", read.message());
}

/// Root may read everything, so the reading is done by a child process that is nobody.
#[test]
fn files_and_folders_without_permission_are_told_and_the_others_read() {
    if let Some(folder) = std::env::var_os("HUIZHI_TEST_FOLDER") {
        let read = read(Path::new(&folder));
        assert_eq!(read.keys().len(), 3);
        assert_eq!(read.codes(), ["cannot-open"; 2], "{:?}", read.problems);
        assert!(read.problems.iter().all(|(file, p)| p.message == format!("{file}: no permission to read it")));
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).expect("a folder");
    fs::write(folder.path().join("secret.xml"), three()).expect("a file");
    fs::write(folder.path().join("open.xml"), three()).expect("a file");
    for path in [&closed, &folder.path().join("secret.xml")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("permissions");
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("permissions");
    // A copy of this program where nobody may run it.
    let program = folder.path().join("program");
    fs::copy(std::env::current_exe().expect("this program"), &program).expect("a copy");
    let place = folder.path().join("work");
    fs::create_dir(&place).expect("a folder");
    let as_root = fs::read_dir(&closed).is_ok();
    let mut child = Command::new(if as_root { Path::new("setpriv") } else { &program });
    if as_root {
        child.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
    }
    let test = "files::files_and_folders_without_permission_are_told_and_the_others_read";
    let ran = child.args(["--exact", test]).env("HUIZHI_TEST_FOLDER", folder.path()).current_dir("/").output();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions");
    match ran {
        Ok(output) if as_root && String::from_utf8_lossy(&output.stderr).contains("setpriv:") => {
            eprintln!("not allowed to become nobody here: permissions are not tested");
        }
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success() && said.contains("1 passed"), "{said}");
        }
        Err(error) => eprintln!("no child process that is nobody ({error}): permissions are not tested"),
    }
}

#[test]
fn who_breaks_off_gets_nothing_more() {
    struct Once(u32);
    impl Sink for Once {
        fn enter(&mut self, _: &str, _: &str) -> Option<u64> {
            Some(0)
        }
        fn record(&mut self, _: RawRecord) -> ControlFlow<()> {
            self.0 += 1;
            ControlFlow::Break(())
        }
        fn leave(&mut self, _: EntryEnd) -> ControlFlow<()> {
            panic!("the file was not read to its end")
        }
        fn passed_over(&mut self, _: &str, _: &str) {}
        fn problem(&mut self, _: &str, _: Problem) {}
    }
    let (_folder, path) = file("a.xml", three().as_bytes());
    let mut once = Once(0);
    read_paths(&[path.clone(), path], &Settings::default(), &mut once);
    assert_eq!(once.0, 1);
}
