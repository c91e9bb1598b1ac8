//! The application: opened once per process, shared by its shells. Use cases are methods, one file per noun.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use secrecy::SecretString;
use store::{App, Store};
use tokio_util::sync::CancellationToken;
use vault::{OsKeychain, Vault};

use crate::activity::day;
use crate::clock::{SharedClock, StillClock};
use crate::error::{Error, Result};
use crate::inputs::Kept;
use crate::paces::Paces;
use crate::sample::SampleServer;
use crate::tokens::KeeperChoice;

/// How to open the application.
pub struct Options {
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// Where a new vault keeps its key.
    pub keeper: KeeperChoice,
    /// The passphrase of a vault that needs one, if it is known already.
    pub passphrase: Option<SecretString>,
    /// The time.
    pub clock: SharedClock,
}

/// The application. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Seatledger(Arc<Rooms>);

/// What the clones share. Its methods are the crate's own; shells see [`Seatledger`] only.
pub struct Rooms {
    pub(crate) data_dir: PathBuf,
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) keeper: KeeperChoice,
    pub(crate) passphrase: Option<SecretString>,
    pub(crate) clock: SharedClock,
    /// The past day on which the clock stands, where that is so: what came later is not known then.
    pub(crate) looking_back: Option<Date>,
    pub(crate) running: Mutex<HashMap<String, CancellationToken>>,
    /// Stops the reading for a preview that is under way.
    pub(crate) counting: Mutex<CancellationToken>,
    pub(crate) sample: Mutex<Option<SampleServer>>,
    /// When servers were asked last.
    pub(crate) paces: Paces,
    /// What figures were made of last.
    pub(crate) inputs: Mutex<Kept>,
    /// The same as of the past day that was asked for last.
    past: Mutex<Option<Seatledger>>,
}

impl std::ops::Deref for Seatledger {
    type Target = Rooms;

    fn deref(&self) -> &Rooms {
        &self.0
    }
}

impl Seatledger {
    /// Opens the data folder, making it when it is new.
    pub fn open(options: Options) -> Result<Self> {
        Ok(Self(Arc::new(Rooms::open(options)?)))
    }

    /// Opens it to read everything as of a day: see [`Seatledger::as_of`].
    pub fn open_as_of(options: Options, as_of: &str) -> Result<Self> {
        Self::open(options)?.as_of(as_of)
    }

    /// The same as of a day: its clock stands on that day, and who held what is what the history tells of it. What people
    /// have entered since counts, as everywhere. Its store refuses to write.
    pub fn as_of(&self, as_of: &str) -> Result<Self> {
        let day = day(as_of)?;
        if self.looking_back == Some(day) {
            return Ok(self.clone());
        }
        // What figures were made of is kept with it, for as long as the same day is asked for.
        let mut last = locked(&self.past);
        if let Some(then) = last.as_ref().filter(|then| then.looking_back == Some(day))
            && then.today()? == day
        {
            return Ok(then.clone());
        }
        let noon = day.at(12, 0, 0, 0).to_zoned_datetime(self.zone()?);
        let noon =
            noon.map_err(|_| Error::NotAllowed { value: as_of.to_owned(), expected: "a day of this calendar" })?;
        let then = Self(Arc::new(self.looking_back_to(day, noon.timestamp())));
        *last = Some(then.clone());
        Ok(then)
    }

    /// As of the day that is asked for, or as it is.
    pub(crate) fn then(&self, asked: Option<&str>) -> Result<Self> {
        asked.map_or_else(|| Ok(self.clone()), |day| self.as_of(day))
    }

    /// Grows whenever anyone, this process or another, has changed what is stored.
    pub fn version(&self) -> Result<u64> {
        Ok(self.store.data_version()?)
    }

    /// Verifies every invariant of what is stored, and says what is broken.
    pub fn check(&self) -> Result<Vec<String>> {
        Ok(self.store.check()?)
    }

    /// Runs blocking work (the database, the keychain) away from the async workers.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let this = self.clone();
        tokio::task::spawn_blocking(move || work(&this)).await.map_err(|error| Error::Interrupted(error.to_string()))?
    }
}

impl Rooms {
    fn open(options: Options) -> Result<Self> {
        let store = Store::open(&options.data_dir)?;
        let vault = Vault::open(&options.data_dir, Box::new(OsKeychain::new()));
        Ok(Self {
            data_dir: options.data_dir,
            store,
            vault,
            keeper: options.keeper,
            passphrase: options.passphrase,
            clock: options.clock,
            looking_back: None,
            running: Mutex::default(),
            counting: Mutex::default(),
            sample: Mutex::default(),
            paces: Paces::default(),
            inputs: Mutex::default(),
            past: Mutex::default(),
        })
    }

    fn looking_back_to(&self, day: Date, noon: Timestamp) -> Self {
        Self {
            data_dir: self.data_dir.clone(),
            store: self.store.for_reading(),
            vault: Vault::open(&self.data_dir, Box::new(OsKeychain::new())),
            keeper: self.keeper,
            passphrase: None,
            clock: Arc::new(StillClock(noon)),
            looking_back: Some(day),
            running: Mutex::default(),
            counting: Mutex::default(),
            sample: Mutex::default(),
            paces: Paces::default(),
            inputs: Mutex::default(),
            past: Mutex::default(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn zone(&self) -> Result<TimeZone> {
        let named = self.store.setting("time_zone")?.and_then(|name| TimeZone::get(&name).ok());
        Ok(named.unwrap_or_else(TimeZone::system))
    }

    pub(crate) fn day_of(&self, at: Timestamp) -> Result<Date> {
        Ok(ZonedDateTime::new(at, self.zone()?).date())
    }

    pub(crate) fn today(&self) -> Result<Date> {
        self.day_of(self.now())
    }

    /// The app with this slug.
    pub(crate) fn app(&self, slug: &str) -> Result<App> {
        match self.store.app(slug)? {
            Some(app) => Ok(app),
            None => Err(Error::UnknownApp {
                asked: slug.to_owned(),
                known: self.store.apps()?.into_iter().map(|app| app.slug).collect(),
            }),
        }
    }
}

/// A lock whose holder panicked still guards usable values here: they are replaced whole, never half.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The data folder when none is named: the platform's folder for local data.
pub fn default_data_dir() -> Result<PathBuf> {
    directories::ProjectDirs::from("app", "Seatledger", "seatledger")
        .map(|places| places.data_local_dir().to_path_buf())
        .ok_or_else(|| Error::DataFolder("this account has no home folder".to_owned()))
}

/// Where exports are suggested to go: the user's downloads, else their home, else the data folder.
pub(crate) fn export_dir(data_dir: &Path) -> PathBuf {
    let places = directories::UserDirs::new();
    places
        .map(|places| places.download_dir().map_or_else(|| places.home_dir().to_path_buf(), Path::to_path_buf))
        .filter(|path| path.is_dir())
        .unwrap_or_else(|| data_dir.to_path_buf())
}
