//! Settings: the file, the environment, flags, in rising order.

use crate::place::{Place, Run};

#[test]
fn flags_go_before_the_environment_and_that_before_the_file() {
    let place = Place::new();
    place.write("huizhi.toml", "data = \"from-file\"\nlang = \"zh\"\n[index]\nthreads = 1\nmemory_mb = 20\n");
    place.ok(&["demo", "--no-serve", "--rights", "3"]);
    assert!(place.folder().join("from-file/huizhi.db").exists());
    assert!(place.ok(&["search", ""]).contains("共 3 条"), "the file's language");

    let run = |args: &[&str]| {
        let mut command = place.command(args);
        command.env("HUIZHI_DATA", "from-environment").env("HUIZHI_LANG", "en");
        Run::of(args, command.output().unwrap())
    };
    run(&["demo", "--no-serve", "--rights", "4"]).exits(0);
    assert!(run(&["search", ""]).exits(0).out.contains("4 rights"), "the environment's folder and language");
    run(&["demo", "--no-serve", "--rights", "5", "--data", "from-flag"]).exits(0);
    assert!(run(&["search", "", "--data", "from-flag", "--lang", "zh"]).exits(0).out.contains("共 5 条"));
}

#[test]
fn a_slip_of_the_pen_in_the_settings_file_is_named() {
    let place = Place::new();
    place.write("huizhi.toml", "dta = \"here\"\n");
    place.run(&["search", ""]).fails_with(&["huizhi.toml", "dta", "data"]);
    place.write("other.toml", "lang = \"fr\"\n");
    place.run(&["--config", "other.toml", "search", ""]).fails_with(&["other.toml", "fr"]);
    place.run(&["--config", "missing.toml", "search", ""]).fails_with(&["missing.toml"]);
}

#[test]
fn a_database_that_cannot_be_reached_is_named_without_its_password() {
    let place = Place::new();
    let run = place.run(&["--database-url", "postgres://huizhi:secret@127.0.0.1:1/nowhere", "search", ""]);
    let run = run.fails_with(&["127.0.0.1:1"]);
    assert!(!run.err.contains("secret"), "{}", run.err);
    place.run(&["--database-url", "mysql://here/there", "search", ""]).fails_with(&["postgres://"]);
}

#[test]
fn two_folders_in_one_working_folder_stand_apart() {
    let place = Place::new();
    place.ok(&["--data", "one", "demo", "--no-serve", "--rights", "2"]);
    place.ok(&["--data", "a folder with spaces % and #", "demo", "--no-serve", "--rights", "6"]);
    assert!(place.ok(&["--data", "one", "search", ""]).contains("2 rights"));
    assert!(place.ok(&["--data", "a folder with spaces % and #", "search", ""]).contains("6 rights"));
}
