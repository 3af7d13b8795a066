//! Opening, writing and committing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use records::{Date, Right};
use serde::{Deserialize, Serialize};
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::indexer::IndexWriterOptions;
use tantivy::store::Compressor;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index as Engine, IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyError};

use super::analysis::{self, Analyser};
use super::collapse::Ranks;
use super::columns::Numbering;
use super::complete::Completions;
use super::document::Entry;
use super::kept::Kept;
use super::room::Room;
use super::schema::{Layout, VERSION};
use super::sound::{self, Listener};
use super::writer::Writer;
use crate::{Answer, Document, FacetCount, FacetField, Hit, Index, IndexError, Request, Symbols, Tally, TallyRequest};

/// What an operator may set.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Threads that analyse and write.
    pub threads: usize,
    /// Memory of each of them before it writes its share to disk, in bytes; at least 15 MB.
    pub memory: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threads: 2, memory: 100_000_000 }
    }
}

/// File that holds the last commit; replaced whole at every commit.
const META: &str = "meta.json";

/// What is kept with every commit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Stand {
    version: u32,
    cursor: i64,
    day: Option<Date>,
}

/// The state of the index that searches see.
pub(super) struct Snapshot {
    pub(super) searcher: Searcher,
    pub(super) numberings: Kept<FacetField, Numbering>,
    pub(super) completions: Kept<FacetField, Completions>,
    pub(super) ranks: Kept<(), Ranks>,
    stand: Stand,
    seen: Option<(SystemTime, u64)>,
}

impl Snapshot {
    fn new(searcher: Searcher, stand: Stand, seen: Option<(SystemTime, u64)>) -> Self {
        let (numberings, completions, ranks) = (Kept::default(), Kept::default(), Kept::default());
        Self { searcher, numberings, completions, ranks, stand, seen }
    }
}

/// An index in a folder. Any number of processes may search it while one writes; the right to write is taken with
/// the first change and kept until the value is dropped.
pub struct Embedded {
    folder: PathBuf,
    settings: Settings,
    pub(super) layout: Layout,
    engine: Engine,
    reader: IndexReader,
    writer: Mutex<Option<Writer>>,
    room: Room,
    snapshot: Mutex<Arc<Snapshot>>,
}

/// Opens the index in `folder`, or makes an empty one there.
pub fn open_embedded(folder: &Path, settings: Settings) -> Result<Embedded, IndexError> {
    let io = |error: std::io::Error| IndexError::Io(format!("{}: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(io)?;
    let layout = Layout::new();
    let directory = MmapDirectory::open(folder).map_err(|error| IndexError::Io(error.to_string()))?;
    let fresh = !folder.join(META).try_exists().map_err(io)?;
    let engine = if fresh {
        let options = IndexSettings { docstore_compression: Compressor::None, ..IndexSettings::default() };
        Engine::create(directory, layout.schema.clone(), options).map_err(|error| failure(folder, error))?
    } else {
        Engine::open(directory).map_err(|error| damaged(folder, &error))?
    };
    if engine.schema() != layout.schema {
        return Err(IndexError::Damaged("it was made by another version of the program".to_owned()));
    }
    engine.tokenizers().register(analysis::NAME, TextAnalyzer::from(Analyser));
    engine.tokenizers().register(sound::NAME, TextAnalyzer::from(Listener));
    let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    let reader: IndexReader = reader.map_err(|error| damaged(folder, &error))?;
    let seen = stamp(folder);
    let stand = stand(&engine, folder)?;
    let snapshot = Snapshot::new(reader.searcher(), stand, seen);
    Ok(Embedded {
        folder: folder.to_owned(),
        settings,
        layout,
        engine,
        reader,
        writer: Mutex::new(None),
        room: Room::default(),
        snapshot: Mutex::new(Arc::new(snapshot)),
    })
}

/// Removes the index in `folder`, readable or not, so that an empty one can be opened there.
pub fn erase_embedded(folder: &Path) -> Result<(), IndexError> {
    let io = |error: std::io::Error| IndexError::Io(format!("{}: {error}", folder.display()));
    if !folder.try_exists().map_err(io)? {
        return Ok(());
    }
    let directory = MmapDirectory::open(folder).map_err(|error| IndexError::Io(error.to_string()))?;
    let _lock = directory
        .acquire_lock(&INDEX_WRITER_LOCK)
        .map_err(|error| failure(folder, TantivyError::LockFailure(error, None)))?;
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.is_file() {
            fs::remove_file(path).map_err(io)?;
        }
    }
    Ok(())
}

/// Time and size of the last commit's file: whether another process has committed is seen without reading it.
fn stamp(folder: &Path) -> Option<(SystemTime, u64)> {
    let meta = fs::metadata(folder.join(META)).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

fn stand(engine: &Engine, folder: &Path) -> Result<Stand, IndexError> {
    let metas = engine.load_metas().map_err(|error| damaged(folder, &error))?;
    let Some(payload) = metas.payload else { return Ok(Stand { version: VERSION, cursor: 0, day: None }) };
    let stand: Stand = serde_json::from_str(&payload).map_err(|error| {
        IndexError::Damaged(format!("{}: its last commit says {payload:?}: {error}", folder.display()))
    })?;
    if stand.version != VERSION {
        let text = format!("{}: it has layout {}, this program needs {VERSION}", folder.display(), stand.version);
        return Err(IndexError::Damaged(text));
    }
    Ok(stand)
}

fn damaged(folder: &Path, error: &TantivyError) -> IndexError {
    IndexError::Damaged(format!("{}: {error}", folder.display()))
}

/// What an error of the engine means for the caller.
fn failure(folder: &Path, error: TantivyError) -> IndexError {
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Held(folder.display().to_string()),
        TantivyError::LockFailure(LockError::IoError(error), _) => {
            IndexError::Io(format!("{}: {error}", folder.display()))
        }
        TantivyError::InvalidArgument(text) => IndexError::Query(text),
        TantivyError::DataCorruption(_) | TantivyError::IncompatibleIndex(_) | TantivyError::SchemaError(_) => {
            damaged(folder, &error)
        }
        error => IndexError::Io(format!("{}: {error}", folder.display())),
    }
}

impl Embedded {
    pub(super) fn failure(&self, error: TantivyError) -> IndexError {
        failure(&self.folder, error)
    }

    fn writer(&self) -> MutexGuard<'_, Option<Writer>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the writer, which is made at the first call. After a failure nothing more is written, for
    /// a later commit would say that the changes lost with it are there.
    fn write(&self, act: impl FnOnce(&mut Writer) -> tantivy::Result<()>) -> Result<(), IndexError> {
        let mut guard = self.writer();
        let writer = match guard.as_mut() {
            Some(writer) => writer,
            None => guard.insert(self.new_writer().map_err(|error| self.failure(error))?),
        };
        if let Some(failure) = &writer.failed {
            return Err(IndexError::Io(format!("an earlier change failed ({failure}); open the index again")));
        }
        act(writer).map_err(|error| {
            writer.failed = Some(error.to_string());
            match error {
                // Not a query: a refusal while writing is a fault of the engine or the disk.
                TantivyError::InvalidArgument(text) => IndexError::Io(text),
                error => self.failure(error),
            }
        })
    }

    fn new_writer(&self) -> tantivy::Result<Writer> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(self.settings.threads.max(1))
            .memory_budget_per_thread(self.settings.memory.max(15_000_000))
            .num_merge_threads(1)
            .build();
        let engine = self.engine.writer_with_options(options)?;
        // Another process may have committed before this one got the right to write.
        self.reader.reload()?;
        Ok(Writer::new(engine, self.reader.searcher()))
    }

    fn commit_stand(&self, stand: Stand, fresh: bool) -> Result<(), IndexError> {
        let payload = serde_json::to_string(&stand).map_err(|error| IndexError::Io(error.to_string()))?;
        self.write(|writer| {
            if fresh {
                writer.forget()?;
            }
            writer.commit(&payload, &self.reader)
        })?;
        self.reload()
    }

    /// Goes to the last commit.
    fn reload(&self) -> Result<(), IndexError> {
        // The stamp first: a commit that comes in between is then seen again, not missed.
        let seen = stamp(&self.folder);
        self.reader.reload().map_err(|error| self.failure(error))?;
        let stand = stand(&self.engine, &self.folder)?;
        let snapshot = Snapshot::new(self.reader.searcher(), stand, seen);
        *self.snapshot.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }

    /// The state of the last commit, of this process or another.
    pub(super) fn snapshot(&self) -> Result<Arc<Snapshot>, IndexError> {
        let current = || Arc::clone(&*self.snapshot.lock().unwrap_or_else(PoisonError::into_inner));
        let known = current();
        if known.seen == stamp(&self.folder) {
            return Ok(known);
        }
        self.reload()?;
        Ok(current())
    }
}

impl Index for Embedded {
    fn cursor(&self) -> Result<i64, IndexError> {
        Ok(self.snapshot()?.stand.cursor)
    }

    fn day(&self) -> Result<Option<Date>, IndexError> {
        Ok(self.snapshot()?.stand.day)
    }

    fn add(&self, documents: Vec<Document>) -> Result<(), IndexError> {
        // Nothing to write needs no right to write.
        if documents.is_empty() {
            return Ok(());
        }
        self.write(|writer| {
            for document in documents {
                match document {
                    Document::Put { right, status } => {
                        let mut entry = Entry::new(&self.layout, right, status);
                        entry.share = Some(self.room.take(entry.size()));
                        writer.put(self.layout.id, entry)?;
                    }
                    Document::Remove(id) => {
                        writer.remove(self.layout.id, id.as_str());
                    }
                }
            }
            Ok(())
        })
    }

    fn commit(&self, cursor: i64, day: Date) -> Result<(), IndexError> {
        self.commit_stand(Stand { version: VERSION, cursor, day: Some(day) }, false)
    }

    fn settle(&self) -> Result<(), IndexError> {
        if let Some(writer) = self.writer().take() {
            writer.engine.wait_merging_threads().map_err(|error| self.failure(error))?;
        }
        self.reload()
    }

    fn clear(&self) -> Result<(), IndexError> {
        self.commit_stand(Stand { version: VERSION, cursor: 0, day: None }, true)
    }

    fn search(&self, request: &Request<'_>) -> Result<Answer, IndexError> {
        super::search::search(self, request)
    }

    fn count(&self, query: &query::Query, symbols: &Symbols) -> Result<u64, IndexError> {
        super::search::count(self, query, symbols)
    }

    fn tally(&self, request: &TallyRequest<'_>) -> Result<Tally, IndexError> {
        super::search::tally(self, request)
    }

    fn complete(&self, field: FacetField, typed: &str, most: usize) -> Result<Vec<FacetCount>, IndexError> {
        super::complete::complete(self, field, typed, most)
    }

    fn similar(&self, right: &Right, most: usize) -> Result<Vec<Hit>, IndexError> {
        super::similar::similar(self, right, most)
    }

    fn documents(&self) -> Result<u64, IndexError> {
        Ok(self.snapshot()?.searcher.num_docs())
    }
}
