//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use index::SortKey;
use records::Date;
use search::ExportFormat;

/// Huizhi 惠知: patents, trade marks, designs, geographical indications and IC layouts in one place.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 110)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Folder of the register and the index [default: ./huizhi-data].
    #[arg(long, global = true, env = "HUIZHI_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Database of the register: postgres://USER@HOST/NAME, or sqlite://PATH [default: SQLite in the data folder].
    #[arg(long, global = true, env = "HUIZHI_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    /// Settings file [default: ./huizhi.toml where there is one].
    #[arg(long, global = true, env = "HUIZHI_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Language of tables and labels.
    #[arg(long, global = true, env = "HUIZHI_LANG", value_name = "zh|en")]
    pub(crate) lang: Option<Language>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Language {
    /// Chinese
    Zh,
    /// English
    En,
}

impl Language {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make demonstration rights, load them the ordinary way, walk through five searches and open the site.
    Demo(DemoArgs),
    /// Open the site: pages and API, at http://127.0.0.1:8300 unless told otherwise.
    Serve(ServeArgs),
    /// Load office files: files, folders, zip in zip, gzip. Run again at will: what is stored changes nothing.
    Ingest(ReadArgs),
    /// Check office files against the data standard without storing anything.
    Check(CheckArgs),
    /// List the records that could not be loaded, or show one with its raw text.
    Quarantine(QuarantineArgs),
    /// Search all rights in the query language (docs/query-language.md).
    Search(SearchArgs),
    /// Show one right by any spelling of its application, publication or registration number, or by its id.
    Show(ShowArgs),
    /// Write every hit of a query to a file, without a row limit.
    Export(ExportArgs),
    /// Classification schemes: load a file, or list what is loaded.
    #[command(subcommand)]
    Classes(ClassesCommand),
    /// Legal event codes: load an office's table (XLSX, CSV), or list what is loaded.
    #[command(subcommand)]
    Codes(CodesCommand),
    /// Build the search index anew from the register.
    Reindex {
        /// First assemble every right anew from its parts, as after an update of the program.
        #[arg(long)]
        reassemble: bool,
    },
    /// Look at the health of the data folder.
    Doctor(DoctorArgs),
    /// Make the first operator: the person who gives others their roles.
    Operator(OperatorArgs),
    /// Measure this machine with your files.
    #[command(subcommand)]
    Bench(BenchCommand),
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Number of rights.
    #[arg(long, default_value_t = 2000)]
    pub(crate) rights: u64,
    /// Only write them to this file of parts (`-` = standard output); load nothing.
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    /// Load and search, but do not open the site.
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// The day on which the demonstration lives, instead of today: deadlines pass, years begin.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) day: Option<Date>,
    /// Address of the site [default: 127.0.0.1:8300].
    #[arg(long, value_name = "HOST:PORT", env = "HUIZHI_LISTEN")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Address of the site [default: 127.0.0.1:8300].
    #[arg(long, value_name = "HOST:PORT", env = "HUIZHI_LISTEN")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Files and folders.
    #[arg(required = true, value_name = "PATH", value_parser = existing)]
    pub(crate) paths: Vec<PathBuf>,
    /// A mapping for tables (docs/mappings.md), tried before the ready ones; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Vec<PathBuf>,
}

/// A day of this age: rights and services have no others.
fn day(text: &str) -> Result<Date, String> {
    let day: Date = text.parse().map_err(|_| "not a day; write it as 2026-06-30".to_owned())?;
    if (2020..=2100).contains(&day.year()) {
        Ok(day)
    } else {
        Err("the year must lie between 2020 and 2100".to_owned())
    }
}

/// A path that is there: a slip of the pen is wrong usage, not a file to quarantine.
fn existing(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    if path.try_exists().unwrap_or(true) { Ok(path) } else { Err("there is no such file or folder".to_owned()) }
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Also write the report as an HTML page.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct QuarantineArgs {
    /// Number of an entry to show with its raw text.
    pub(crate) id: Option<i64>,
    /// Only entries of files whose path begins like this.
    #[arg(long, value_name = "PATH")]
    pub(crate) file: Option<String>,
    /// Only entries with this reason code.
    #[arg(long)]
    pub(crate) code: Option<String>,
    /// Only entries of this format.
    #[arg(long)]
    pub(crate) format: Option<String>,
    /// Entries after this number, for the next page.
    #[arg(long, default_value_t = 0)]
    pub(crate) after: i64,
    /// At most this many entries.
    #[arg(long, default_value_t = 100)]
    pub(crate) limit: u32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SortArg {
    /// Best match first
    Score,
    /// Newest filing first
    Filed,
    /// Oldest filing first
    FiledAsc,
    /// Newest publication first
    Published,
    /// Oldest publication first
    PublishedAsc,
    /// Newest grant or registration first
    Granted,
    /// Oldest grant or registration first
    GrantedAsc,
    /// By id
    Id,
}

impl SortArg {
    pub(crate) const fn sort(self) -> index::Sort {
        let (key, ascending) = match self {
            Self::Score => (SortKey::Score, false),
            Self::Filed => (SortKey::Filed, false),
            Self::FiledAsc => (SortKey::Filed, true),
            Self::Published => (SortKey::Published, false),
            Self::PublishedAsc => (SortKey::Published, true),
            Self::Granted => (SortKey::Granted, false),
            Self::GrantedAsc => (SortKey::Granted, true),
            Self::Id => (SortKey::Id, true),
        };
        index::Sort { key, ascending }
    }
}

#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// The query; several words are joined as typed. Nothing finds everything.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Order of hits.
    #[arg(long, default_value = "score")]
    pub(crate) sort: SortArg,
    /// Columns, comma-separated (`id,number,title,applicants,ipc,status` …; `--fields help` lists them).
    #[arg(long, value_delimiter = ',')]
    pub(crate) fields: Vec<String>,
    /// Hits on a page.
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: usize,
    /// Continue after an earlier page: the mark it ended with.
    #[arg(long, value_name = "MARK")]
    pub(crate) cursor: Option<String>,
    /// Show the hits of each clause and what makes each score.
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Number or id, in any spelling; words are joined (`show US 8,926,509`).
    #[arg(required = true, value_name = "NUMBER")]
    pub(crate) number: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatArg {
    /// Comma-separated values, UTF-8
    Csv,
    /// Excel workbook
    Xlsx,
    /// One right in JSON a line
    Jsonl,
}

impl From<FormatArg> for ExportFormat {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Csv => Self::Csv,
            FormatArg::Xlsx => Self::Xlsx,
            FormatArg::Jsonl => Self::JsonLines,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The query.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Form of the export.
    #[arg(long, default_value = "csv")]
    pub(crate) format: FormatArg,
    /// Columns of csv and xlsx, comma-separated, in this order [default: all].
    #[arg(long, value_delimiter = ',')]
    pub(crate) fields: Vec<String>,
    /// File to write [default: standard output].
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClassesCommand {
    /// Load a scheme file: IPC or CPC lists (tab-separated), the IPC scheme in XML, Vienna in XML.
    Load {
        /// Files of one scheme and edition; several languages and sections may be given together.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Scheme [default: told by the file].
        #[arg(long)]
        scheme: Option<String>,
        /// Edition [default: told by the file, else its name].
        #[arg(long)]
        edition: Option<String>,
    },
    /// List the schemes loaded.
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CodesCommand {
    /// Load a table of event codes.
    Load {
        /// XLSX or CSV with office, code and description.
        file: PathBuf,
    },
    /// List the codes of an office.
    List {
        /// Office, ST.3.
        office: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// Print a digest of all parts and rights: equal registers have equal digests.
    #[arg(long)]
    pub(crate) digest: bool,
    /// Assemble every right anew and compare it with what is stored.
    #[arg(long)]
    pub(crate) check: bool,
    /// Verify the audit trail and print the ends of its chains, to be noted elsewhere.
    #[arg(long)]
    pub(crate) audit: bool,
    /// With --audit: also compare with ends that were noted before.
    #[arg(long, value_name = "FILE", requires = "audit")]
    pub(crate) heads: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct OperatorArgs {
    /// Name [default: asked at the terminal].
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// E-mail address to sign in with [default: asked at the terminal].
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: Option<String>,
    /// Read the password from standard input rather than ask at the terminal.
    #[arg(long)]
    pub(crate) password_stdin: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// Read and load a file into an empty register; figures as ratios to bare XML tokenising of the same file.
    Ingest {
        /// Office file (XML, zip, gzip).
        #[arg(required = true, value_parser = existing)]
        paths: Vec<PathBuf>,
    },
    /// Time queries against the data folder.
    Search {
        /// One query a line.
        file: PathBuf,
        /// How often each query is asked.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// Time the pages of the site over the data folder, without a network between.
    Site {
        /// One query a line.
        file: PathBuf,
        /// How often each page is asked for.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
}
