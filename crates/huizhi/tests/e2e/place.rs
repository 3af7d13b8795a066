//! A place to run the program in, and what a run came to.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use database::testing::PostgresSchema;
use serde_json::Value;
use tempfile::TempDir;

/// The folder of made-up office files that cover every format.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sources/tests/fixtures").canonicalize().unwrap()
}

/// One made-up office file.
pub(crate) fn fixture(path: &str) -> String {
    fixtures().join(path).to_str().unwrap().to_owned()
}

/// A folder of its own with its data folder, and where the register lies.
pub(crate) struct Place {
    folder: TempDir,
    database: Option<String>,
}

impl Place {
    /// On SQLite in the data folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: None }
    }

    /// The working folder of every run.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("huizhi-data")
    }

    /// Writes a file in the working folder.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program, to run here: no settings from outside, English unless `--lang` says otherwise.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huizhi"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HUIZHI_")) {
            command.env_remove(name);
        }
        command.env("LC_ALL", "en_GB.UTF-8").env("COLUMNS", "200");
        if let Some(url) = &self.database {
            command.env("HUIZHI_DATABASE_URL", url);
        }
        command.args(args).current_dir(self.folder()).stdin(Stdio::null());
        command
    }

    /// Runs to the end.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(args, self.command(args).output().unwrap())
    }

    /// Runs and must succeed; what it printed.
    #[track_caller]
    pub(crate) fn ok(&self, args: &[&str]) -> String {
        self.run(args).exits(0).out
    }

    /// Runs with `--json` and must succeed; what it answered.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        self.run(&[args, &["--json"]].concat()).exits(0).json()
    }

    /// Starts and lets it run.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Ids of all rights that a query finds.
    #[track_caller]
    pub(crate) fn ids(&self, query: &str) -> Vec<String> {
        let text = self.ok(&["export", query, "--format", "jsonl"]);
        text.lines().map(|line| text_of(&serde_json::from_str::<Value>(line).unwrap()["id"])).collect()
    }

    /// Number of rights that a query finds.
    #[track_caller]
    pub(crate) fn total(&self, query: &str) -> u64 {
        self.json(&["search", query, "--limit", "0"])["total"].as_u64().unwrap()
    }

    #[track_caller]
    pub(crate) fn digest(&self) -> String {
        self.ok(&["doctor", "--digest"]).trim().to_owned()
    }
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
    args: String,
}

impl Run {
    pub(crate) fn of(args: &[&str], output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            args: args.join(" "),
        }
    }

    /// Must have ended with this exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "huizhi {}\n{}\n{}", self.args, self.out, self.err);
        self
    }

    /// Must have failed without a panic and with a message that holds all of these.
    #[track_caller]
    pub(crate) fn fails_with(self, words: &[&str]) -> Self {
        let run = self.exits(1);
        assert!(!run.err.contains("panicked"), "{}", run.err);
        for word in words {
            assert!(run.err.contains(word), "«{word}» is not said: {}", run.err);
        }
        run
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{}: {error}\n{}", self.args, self.out))
    }
}

/// The text of a JSON string.
#[track_caller]
pub(crate) fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Runs a journey on SQLite and, when a server is named, on PostgreSQL in a schema of its own.
pub(crate) fn on_each_database(journey: impl Fn(&Place)) {
    journey(&Place::new());
    let Ok(server) = std::env::var("HUIZHI_TEST_POSTGRES") else {
        eprintln!("HUIZHI_TEST_POSTGRES is not set: tested on SQLite alone");
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let schema = runtime.block_on(PostgresSchema::make(&server));
    let place = Place { database: Some(schema.address()), ..Place::new() };
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| journey(&place)));
    runtime.block_on(schema.remove());
    if let Err(failure) = outcome {
        eprintln!("the journey failed on PostgreSQL");
        std::panic::resume_unwind(failure);
    }
}

/// Number of demonstration rights in [`demo_file`].
pub(crate) const DEMO: u64 = 300;

/// A file with the parts of 300 demonstration rights, made once.
pub(crate) fn demo_file() -> String {
    static FILE: OnceLock<String> = OnceLock::new();
    FILE.get_or_init(|| {
        let file = scratch("demonstration.parts.jsonl");
        let rights = DEMO.to_string();
        Place::new().ok(&["demo", "--rights", &rights, "--write", &file]);
        file
    })
    .clone()
}

/// A place with the demonstration rights loaded on SQLite, for tests that only read.
pub(crate) fn demo() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let folder = PathBuf::from(scratch("demonstration"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        // A static is never dropped: the folder stays under the build's folder and is made anew by the next run.
        let mut folder = TempDir::new_in(&folder).unwrap();
        folder.disable_cleanup(true);
        let place = Place { folder, database: None };
        place.ok(&["ingest", &demo_file()]);
        place
    })
}

/// A place with its own copy of the demonstration data folder, for tests that write or break it.
pub(crate) fn demo_copy() -> Place {
    let place = Place::new();
    copy(&demo().data(), &place.data());
    place
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}

/// A path in the build's own folder for temporary files of tests.
pub(crate) fn scratch(name: &str) -> String {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).to_str().unwrap().to_owned()
}
