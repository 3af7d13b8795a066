//! The data folder: register, index, and who may write.

use std::fs::{self, File, TryLockError};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use anyhow::{Context, Result, bail};
use database::Database;
use index::{Index, IndexError};
use records::Date;
use register::Register;
use search::Searcher;

use crate::settings::Settings;

/// An open data folder.
pub(crate) struct Store {
    pub(crate) register: Register,
    pub(crate) index: Arc<dyn Index>,
    /// Held while this process writes; the system lets it go when the process ends, however it ends.
    _lock: Option<File>,
}

impl Store {
    /// Opens the folder for reading; any number of processes may. It must exist already.
    pub(crate) async fn read(settings: &Settings) -> Result<Self> {
        if settings.database_url.is_none() && !settings.data.join("huizhi.db").exists() {
            bail!(
                "{} holds no register yet; load office files with `huizhi ingest PATH` or try `huizhi demo`",
                settings.data.display()
            );
        }
        Self::open(settings, None).await
    }

    /// Opens the folder for reading, making an empty one where there is none: a site may open before its first load.
    pub(crate) async fn open_or_make(settings: &Settings) -> Result<Self> {
        Self::open(settings, None).await
    }

    /// Opens the folder for writing, making it where there is none. One process at a time.
    pub(crate) async fn write(settings: &Settings) -> Result<Self> {
        let store = Self::open(settings, Some(lock(settings)?)).await?;
        store.fits().await?;
        Ok(store)
    }

    /// An index that is ahead belongs to another register, or to a later state of one that was restored: it would
    /// never take what comes in now.
    async fn fits(&self) -> Result<()> {
        // The index first: it only ever follows.
        let cursor = self.index.cursor()?;
        let last = self.register.last_seq().await?;
        if cursor > last {
            bail!(
                "the search index is ahead of the register ({cursor} feed entries, not {last}), as after restoring a \
                 backup; rebuild it with `huizhi reindex`"
            );
        }
        Ok(())
    }

    async fn open(settings: &Settings, lock: Option<File>) -> Result<Self> {
        let folder = &settings.data;
        fs::create_dir_all(folder).with_context(|| format!("data folder {}", folder.display()))?;
        let address = match &settings.database_url {
            Some(url) => url.clone(),
            None => database::sqlite_url(&folder.join("huizhi.db")),
        };
        let register = Register::open(Database::open(&address).await?).await?;
        let index = index::open_embedded(&folder.join("index"), settings.index)?;
        Ok(Self { register, index: Arc::new(index), _lock: lock })
    }

    /// The same folder without the right to write.
    pub(crate) fn unlocked(self) -> Self {
        Self { _lock: None, ..self }
    }

    /// Opens the folder for writing with an empty index, even where the old one cannot be read.
    pub(crate) async fn rebuild(settings: &Settings) -> Result<Self> {
        let lock = lock(settings)?;
        index::erase_embedded(&settings.data.join("index"))?;
        Self::open(settings, Some(lock)).await
    }

    /// A searcher for today, see [`Store::catch_up`].
    pub(crate) async fn searcher(&self, settings: &Settings) -> Result<Searcher> {
        self.catch_up(settings).await?;
        Ok(Searcher::new(self.register.clone(), Arc::clone(&self.index), today()))
    }

    /// The index takes what the register has that it lacks, and what a new day changes, when no other process writes.
    /// It blocks its thread while it indexes.
    pub(crate) async fn catch_up(&self, settings: &Settings) -> Result<()> {
        self.fits().await?;
        let behind = self.index.cursor()? < self.register.last_seq().await?;
        let yesterdays = self.index.day()?.is_some_and(|day| day < today());
        if behind || yesterdays {
            match lock(settings) {
                Ok(_lock) => match ingest::follow(&self.register, &*self.index, today(), |_| ()).await {
                    // The right to write is given back at once, so that a load in another process can go on.
                    Ok(_) => self.index.settle()?,
                    Err(ingest::FollowError::Index(IndexError::Held(_))) => {}
                    Err(error) => return Err(error.into()),
                },
                Err(error) => tracing::info!("the index is behind and another process writes: {error:#}"),
            }
        }
        Ok(())
    }
}

fn lock(settings: &Settings) -> Result<File> {
    let folder = &settings.data;
    fs::create_dir_all(folder).with_context(|| format!("data folder {}", folder.display()))?;
    let path = folder.join("lock");
    let file = File::options().create(true).append(true).open(&path);
    let file = file.with_context(|| format!("cannot write in the data folder {}", folder.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("the data folder {} is held by another process; wait for it or stop it", folder.display())
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{}", path.display())),
    }
}

/// Days between the clock of the machine and that of the program: none, but for a demonstration of another day.
static AHEAD: AtomicI32 = AtomicI32::new(0);

/// From here on it is another day where the offices are; the clock runs on from the present time of that day.
pub(crate) fn set_day(day: Date) {
    let here = network::local(jiff::Timestamp::now()).date();
    // Both lie within the years that dates can tell: the difference fits.
    AHEAD.store((day - here).get_days(), Ordering::Relaxed);
}

/// Today in UTC.
pub(crate) fn today() -> Date {
    now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Now, RFC 3339 in UTC, to the second.
pub(crate) fn now_text() -> String {
    format!("{:.0}", now())
}

/// Now.
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * i64::from(AHEAD.load(Ordering::Relaxed)))
}

/// Bytes that nobody can foresee.
///
/// # Panics
/// When the system has none to give; nothing safe can be done then.
pub(crate) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("random bytes of the system");
    bytes
}
