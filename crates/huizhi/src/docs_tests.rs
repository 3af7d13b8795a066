//! The documentation says what the program does: every command, flag, setting and variable, and examples that parse.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};

use crate::cli::Cli;
use crate::settings;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The part of docs/commands.md under the heading of a command.
fn section(page: &str, command: &str) -> String {
    let heading = format!("## `huizhi {command}`");
    let from = page.find(&heading).unwrap_or_else(|| panic!("docs/commands.md has no section «{heading}»"));
    let body = &page[from + heading.len()..];
    body[..body.find("\n## ").or(body.find("\n# ")).unwrap_or(body.len())].to_owned()
}

/// Long flags of a command by themselves, without those of every command.
fn flags(command: &clap::Command) -> Vec<&clap::Arg> {
    command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_long().is_some()).collect()
}

/// Flags written in a text.
fn written_flags(text: &str) -> BTreeSet<&str> {
    let ends = |c: char| !(c.is_ascii_lowercase() || c == '-');
    let flags = text.match_indices("`--").map(|(at, _)| &text[at + 3..]);
    flags.map(|rest| &rest[..rest.find(ends).unwrap_or(rest.len())]).collect()
}

#[test]
fn every_command_and_flag_is_documented_and_no_other() {
    let text = page("docs/commands.md");
    let cli = Cli::command();
    let mut known: BTreeSet<String> = ["help", "version"].map(str::to_owned).into();
    for arg in cli.get_arguments().filter_map(clap::Arg::get_long) {
        assert!(text.contains(&format!("`--{arg}")), "--{arg} of every command is not documented");
        known.insert(arg.to_owned());
    }
    for command in cli.get_subcommands() {
        let own = section(&text, command.get_name());
        assert!(
            text.contains(&format!("| `{}`", command.get_name()))
                || text.contains(&format!("` `{}`", command.get_name())),
            "{command} is not in the Chinese list"
        );
        for sub in command.get_subcommands() {
            let line = format!("`huizhi {} {}", command.get_name(), sub.get_name());
            assert!(own.contains(&line), "{line}` is not documented");
        }
        for arg in std::iter::once(command).chain(command.get_subcommands()).flat_map(flags) {
            let long = arg.get_long().unwrap_or_default();
            assert!(own.contains(&format!("`--{long}")), "{command}: --{long} is not documented");
            known.insert(long.to_owned());
            if arg.get_action().takes_values() {
                for value in arg.get_possible_values() {
                    assert!(
                        own.contains(&format!("`{}`", value.get_name())),
                        "{command} --{long} {}",
                        value.get_name()
                    );
                }
            }
        }
    }
    for flag in written_flags(&text) {
        assert!(known.contains(flag), "docs/commands.md names --{flag}, which does not exist");
    }
}

#[test]
fn every_column_is_documented() {
    let own = section(&page("docs/commands.md"), "search");
    for column in search::COLUMNS {
        assert!(own.contains(&format!("`{}`", column.name)), "column {}", column.name);
    }
}

#[test]
fn every_setting_is_documented() {
    let text = page("docs/settings.md");
    let names = settings::names();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        assert!(text.contains(&format!("| `{name}` |")), "the setting {name} is not documented");
    }
    let example = text.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    settings::understand(example).unwrap_or_else(|error| panic!("the example of docs/settings.md: {error}"));
}

#[test]
fn every_environment_variable_is_documented() {
    let text = page("docs/settings.md");
    let mut sources = Vec::new();
    for room in fs::read_dir(root().join("crates")).unwrap_or_else(|error| panic!("{error}")).flatten() {
        rust_files(&room.path().join("src"), &mut sources);
    }
    assert!(sources.len() > 100);
    for path in sources {
        let code = fs::read_to_string(&path).unwrap_or_default();
        for (at, _) in code.match_indices("\"HUIZHI_") {
            let name: String = code[at + 1..].chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
            let known = name == "HUIZHI_" || text.contains(&format!("`{name}`"));
            assert!(known, "{name} in {} is not documented", path.display());
        }
    }
}

/// Sources without their tests.
fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.file_stem().and_then(OsStr::to_str).is_some_and(|stem| !stem.ends_with("tests")) {
            found.push(path);
        }
    }
}

/// Words of a shell line: quotes keep a word together, `#` begins a comment, `|`, `>` and `&&` end the command.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (c, quote) {
            (c, Some(q)) if c == q => quote = None,
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            ('|' | '>' | '&', None) => break,
            ('#', None) if word.is_none() => break,
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Lines of the code blocks of a page that run the program, as its arguments.
fn examples(text: &str) -> Vec<Vec<String>> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        inside ^= line.trim_start().starts_with("```");
        let line = line.trim_start().trim_start_matches("$ ");
        // An example of a crate is a program of its own.
        let runs = line.starts_with("cargo run") && !line.contains("--example");
        let cargo = runs.then(|| line.split_once(" -- ")).flatten().map(|(_, rest)| rest);
        if let Some(arguments) = line.strip_prefix("huizhi ").or(cargo).filter(|_| inside) {
            found.push(words(arguments));
        }
    }
    found
}

#[test]
fn every_example_parses() {
    let mut pages = vec!["README.md".to_owned(), "README.zh-CN.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).unwrap_or_else(|error| panic!("{error}")).flatten() {
        pages.push(format!("docs/{}", entry.file_name().to_string_lossy()));
    }
    let mut count = 0;
    for name in pages.iter().filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "md")) {
        for example in examples(&page(name)) {
            count += 1;
            let parsed = Cli::try_parse_from(std::iter::once("huizhi".to_owned()).chain(example.iter().cloned()));
            let Err(error) = parsed else { continue };
            // The files of examples are not there.
            let missing = error.to_string().contains("no such file");
            let printed = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            assert!(missing || printed, "{name}: huizhi {}\n{error}", example.join(" "));
        }
        for line in page(name).lines().filter(|line| line.contains("huizhi search '")) {
            query_parses(name, line);
        }
    }
    assert!(count > 20, "only {count} examples were found");
}

fn query_parses(name: &str, line: &str) {
    let query = line.split("huizhi search '").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default();
    if let Err(mistake) = query::parse(query) {
        panic!("{name}: {query}\n{}", mistake.message(query::Tongue::English));
    }
}
