//! Office files into the register and the index.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use index::Index;
use records::{Date, Origin};
use register::{Batch, Checkpoint, Delivery, LoadState, Refusal, Register, RegisterError, Verdict};
use sources::Settings;
use thiserror::Error;
use tokio::sync::mpsc;

use crate::follow::{FollowError, Follower};
use crate::read::{Resume, read_parsed};
use crate::{Item, Parsed, Report};

/// Why a load stopped. What was stored before stays and the next run continues there.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The register.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The index.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// A worker broke off.
    #[error("loading broke off: {0}")]
    Broken(String),
}

/// How to load.
#[derive(Clone, Debug)]
pub struct LoadSettings {
    /// How files are read.
    pub sources: Settings,
    /// The day for which statuses and date rules are judged.
    pub today: Date,
    /// Tells the time of each batch, RFC 3339 in UTC.
    pub clock: fn() -> String,
}

/// Loads everything under `paths` and brings the index up to date while it runs.
///
/// Idempotent: what is stored already changes nothing. A run that was broken off is continued by the next run over the
/// same unchanged files: files it had finished are passed over, the others go on behind their last stored record.
pub async fn load(
    register: &Register,
    index: Arc<dyn Index>,
    paths: Vec<PathBuf>,
    settings: LoadSettings,
) -> Result<Report, LoadError> {
    let started = Instant::now();
    let run = fingerprint(&paths, &settings.sources);
    let resume = Interrupted::read(register, &run).await?;
    register.apply(mark(&run, LoadState::Running, (settings.clock)())).await?;
    let (chunks_out, mut chunks) = mpsc::channel::<Vec<Item>>(1);
    let sources = settings.sources.clone();
    let reader = tokio::task::spawn_blocking(move || {
        let mut resume = resume;
        read_parsed(&paths, &sources, &mut resume, |items| match chunks_out.blocking_send(items) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        });
        resume.finished
    });
    let following = Following::start(register.clone(), index, settings.today);
    let mut report = Report::default();
    let mut files = OpenFiles { run: run.clone(), open: BTreeMap::new() };
    while let Some(items) = chunks.recv().await {
        for item in &items {
            report.count(item, settings.today);
        }
        let (batch, formats) = files.batch(items, (settings.clock)());
        let outcome = register.apply(batch).await?;
        report.rights_changed += outcome.changed_rights.len() as u64;
        for (verdict, format) in outcome.verdicts.iter().zip(formats) {
            report.verdict(&format, *verdict);
        }
        following.nudge();
    }
    report.resumed_files = reader.await.map_err(|error| LoadError::Broken(error.to_string()))?;
    register.apply(mark(&run, LoadState::Done, (settings.clock)())).await?;
    following.finish().await?;
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// Names a set of files as they are now: path, length and time of change of each. Another load of the same unchanged
/// files by the same mappings is the same run.
fn fingerprint(paths: &[PathBuf], sources: &Settings) -> String {
    let mut hasher = blake3::Hasher::new();
    for mapping in &sources.mappings {
        hasher.update(format!("{mapping:?}").as_bytes());
    }
    let mut waiting: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    while let Some(path) = waiting.pop() {
        hasher.update(path.as_os_str().as_encoded_bytes());
        let Ok(meta) = std::fs::metadata(&path) else { continue };
        if meta.is_dir() {
            let entries = std::fs::read_dir(&path).into_iter().flatten().flatten();
            let mut children: Vec<_> = entries.map(|entry| entry.path()).collect();
            children.retain(|child| !(child.is_symlink() && child.is_dir()));
            children.sort();
            waiting.extend(children.into_iter().rev());
        } else {
            hasher.update(&meta.len().to_le_bytes());
            let changed = meta.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            hasher.update(&changed.map_or(0, |at| at.as_nanos()).to_le_bytes());
        }
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// A batch that says only where the run as a whole stands.
fn mark(run: &str, state: LoadState, at: String) -> Batch {
    Batch { checkpoints: vec![checkpoint(run, format!("run {run}"), 0, state)], loaded_at: at, ..Batch::default() }
}

/// Archive members are files of their own here, so the ordinals of a checkpoint stay 0.
fn checkpoint(run: &str, file: String, position: u64, state: LoadState) -> Checkpoint {
    Checkpoint { file, fingerprint: run.to_owned(), entry: 0, record: 0, position, state }
}

/// What a broken-off run over the same files had stored; empty when the last run came to its end.
#[derive(Default)]
struct Interrupted {
    stored: BTreeMap<String, (LoadState, u64)>,
    finished: u64,
}

impl Interrupted {
    async fn read(register: &Register, run: &str) -> Result<Self, RegisterError> {
        let last = register.load(&format!("run {run}")).await?;
        if last.is_none_or(|load| load.checkpoint.state == LoadState::Done) {
            return Ok(Self::default());
        }
        let loads = register.loads().await?.into_iter().map(|load| load.checkpoint);
        let stored = loads.filter(|c| c.fingerprint == run).map(|c| (c.file, (c.state, c.position))).collect();
        Ok(Self { stored, finished: 0 })
    }
}

impl Resume for Interrupted {
    fn wanted(&mut self, file: &str, _format: &str) -> Option<u64> {
        match self.stored.get(file) {
            None => Some(0),
            Some((LoadState::Running, position)) => Some(position + 1),
            Some((LoadState::Done, _)) => {
                self.finished += 1;
                None
            }
        }
    }
}

/// The files of the run whose last record is not stored yet.
struct OpenFiles {
    run: String,
    open: BTreeMap<String, u64>,
}

impl OpenFiles {
    /// The items as one batch, and the format of each of its parts.
    fn batch(&mut self, items: Vec<Item>, loaded_at: String) -> (Batch, Vec<String>) {
        let mut batch = Batch { loaded_at, ..Batch::default() };
        let mut formats = Vec::new();
        let mut done = Vec::new();
        for item in items {
            match item {
                Item::Record(parsed) => {
                    self.open.insert(parsed.origin.file.clone(), parsed.origin.position);
                    add(&mut batch, &mut formats, *parsed);
                }
                Item::Leave(end) => {
                    self.open.remove(&end.file);
                    done.push(end.file);
                }
                Item::Problem { file, problem } => batch.refusals.push(Refusal {
                    origin: Origin { file, position: 0 },
                    format: "file".to_owned(),
                    code: problem.code.to_owned(),
                    message: problem.message,
                    raw: Vec::new(),
                }),
                Item::Enter { .. } | Item::PassedOver { .. } => {}
            }
        }
        let run = &self.run;
        let open = self.open.iter().map(|(file, at)| checkpoint(run, file.clone(), *at, LoadState::Running));
        let done = done.into_iter().map(|file| checkpoint(run, file, 0, LoadState::Done));
        batch.checkpoints = open.chain(done).collect();
        (batch, formats)
    }
}

fn add(batch: &mut Batch, formats: &mut Vec<String>, parsed: Parsed) {
    let Parsed { origin, format, findings, raw, .. } = parsed;
    let refused = findings.problems.into_iter().find(|p| p.severity == sources::Severity::Refused);
    if let Some(problem) = refused {
        let (code, message) = (problem.code.to_owned(), problem.message);
        batch.refusals.push(Refusal { origin, format, code, message, raw });
        return;
    }
    for part in findings.parts {
        batch.parts.push(Delivery { part, origin: origin.clone() });
        formats.push(format.clone());
    }
}

impl Report {
    fn verdict(&mut self, format: &str, verdict: Verdict) {
        let format = self.format(format);
        let count = match verdict {
            Verdict::New => &mut format.new,
            Verdict::Changed => &mut format.changed,
            Verdict::Unchanged => &mut format.unchanged,
            Verdict::Older => &mut format.older,
            Verdict::Withdrawn => &mut format.withdrawn,
            Verdict::Refused => format.quarantined.entry("no-subject".to_owned()).or_default(),
        };
        *count += 1;
    }
}

/// A task that lets the index follow whenever something was stored.
struct Following {
    nudges: mpsc::Sender<()>,
    task: tokio::task::JoinHandle<Result<(), FollowError>>,
}

impl Following {
    fn start(register: Register, index: Arc<dyn Index>, today: Date) -> Self {
        let (nudges, mut nudged) = mpsc::channel(1);
        let runtime = tokio::runtime::Handle::current();
        let task = tokio::task::spawn_blocking(move || {
            runtime.block_on(async {
                let mut follower = Follower::new(&register, &*index, today).await?;
                while nudged.recv().await.is_some() {
                    follower.catch_up(&mut |_| ()).await?;
                }
                follower.catch_up(&mut |_| ()).await?;
                follower.finish()?;
                index.settle().map_err(FollowError::from)
            })
        });
        Self { nudges, task }
    }

    /// Something was stored. One waiting nudge is enough.
    fn nudge(&self) {
        let _ = self.nudges.try_send(());
    }

    async fn finish(self) -> Result<(), LoadError> {
        drop(self.nudges);
        self.task.await.map_err(|error| LoadError::Broken(error.to_string()))?.map_err(LoadError::from)
    }
}
