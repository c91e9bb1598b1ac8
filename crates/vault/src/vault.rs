//! The vault: reads and writes tokens, and finds the key when it is needed.
//! The key stays in memory until `lock`. Absent on purpose: a clock, a way to make a new key over an existing vault, and a
//! copy of the file in memory. Every call reads it again, so that what another process wrote is seen.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use secrecy::SecretString;

use crate::cost::Cost;
use crate::disk::{Folder, Lock};
use crate::entry::{self, Binding, Entry};
use crate::error::VaultError;
use crate::header::Header;
use crate::keystore::{KeyStore, KeyStoreError, probe};
use crate::layout::{self, Sealed};
use crate::seal::Key;
use crate::status::{VaultState, VaultStatus};
use crate::{keeping, layout::to_bytes};

/// The sealed tokens in one folder. Calls block: on the disk, on the keychain, on stretching a passphrase.
pub struct Vault {
    pub(crate) folder: Folder,
    pub(crate) keys: Box<dyn KeyStore>,
    pub(crate) cost: Cost,
    memory: Mutex<Memory>,
}

/// What a handle remembers between calls.
#[derive(Default)]
pub(crate) struct Memory {
    /// The key, and the vault it is the key of.
    opened: Option<(String, Key)>,
    /// The newest generation that was read, and of which vault.
    newest: Option<(String, u64)>,
    /// How the last try to open this generation ended, so that asking for the status does not ask the keychain each time.
    refused: Option<(String, u64, VaultError)>,
}

impl Vault {
    /// A handle on the vault of this folder. Touches neither the disk nor the keychain.
    pub fn open(dir: &Path, store: Box<dyn KeyStore>) -> Self {
        Self { folder: Folder::new(dir), keys: store, cost: Cost::DEFAULT, memory: Mutex::default() }
    }

    /// Makes new passphrase slots at this cost. Slots that exist keep theirs.
    #[must_use]
    pub fn with_cost(mut self, cost: Cost) -> Self {
        self.cost = cost;
        self
    }

    /// Whether the vault can be used. Asks the keychain once where that is the way in; a refusal is remembered until the
    /// next `unlock`, `get` or change.
    pub fn status(&self) -> VaultStatus {
        let mut memory = self.memory();
        let sealed = self.read(&mut memory);
        let found = match &sealed {
            Err(error) => Err(error.clone()),
            Ok(sealed) => match memory.refusal_of(&sealed.header) {
                Some(refusal) => Err(refusal),
                None => self.contents(&mut memory, sealed).map(drop),
            },
        };
        let header = sealed.as_ref().ok().map(|sealed| &sealed.header);
        VaultStatus {
            keeper: header.and_then(Header::keeper),
            state: found.as_ref().map_or_else(VaultError::state, |()| VaultState::Ready),
            passphrase_opens: header.is_some_and(Header::passphrase_opens),
            repaired_modes: self.folder.repaired_modes(),
            problem: found.err(),
        }
    }

    /// Fetches the key from the keychain, if it is not in memory.
    pub fn unlock(&self) -> Result<(), VaultError> {
        let mut memory = self.memory();
        let sealed = self.read(&mut memory)?;
        self.contents(&mut memory, &sealed).map(drop)
    }

    /// Opens the vault with its passphrase.
    pub fn unlock_with_passphrase(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        let mut memory = self.memory();
        let sealed = self.read(&mut memory)?;
        let dek = keeping::from_passphrase(&sealed.header, passphrase)?;
        sealed.open(&dek)?;
        memory.remember(&sealed.header, dek);
        Ok(())
    }

    /// Forgets the key. A vault kept by the keychain fetches it again when it is needed; one kept by a passphrase asks.
    pub fn lock(&self) {
        *self.memory() = Memory::default();
    }

    /// How often the vault was written, which only grows: kept elsewhere, it shows that an older copy was put back.
    pub fn generation(&self) -> Result<u64, VaultError> {
        Ok(self.read(&mut self.memory())?.header.generation)
    }

    /// Seals a token. One that is already there for this connection and purpose is replaced.
    pub fn put(&self, binding: &Binding, token: &SecretString, at: Timestamp) -> Result<(), VaultError> {
        self.change(|_, entries, _| {
            entry::put(entries, binding, token, at);
            Ok(true)
        })
    }

    /// The token of this binding. A token sealed for another origin is refused (`Rebound`).
    pub fn get(&self, binding: &Binding) -> Result<SecretString, VaultError> {
        let mut memory = self.memory();
        let sealed = self.read(&mut memory)?;
        entry::get(self.contents(&mut memory, &sealed)?, binding)
    }

    /// Forgets every token of this connection. None there, or no vault, is no error.
    pub fn remove(&self, connection: &str) -> Result<(), VaultError> {
        self.drop_entries(connection, None)
    }

    /// Forgets this connection's token for one purpose, and keeps the others. None there, or no vault, is no error.
    pub fn remove_for(&self, connection: &str, purpose: &str) -> Result<(), VaultError> {
        self.drop_entries(connection, Some(purpose))
    }

    fn drop_entries(&self, connection: &str, purpose: Option<&str>) -> Result<(), VaultError> {
        match self.change(|_, entries, _| Ok(entry::remove(entries, connection, purpose))) {
            Err(VaultError::Absent) => Ok(()),
            done => done,
        }
    }

    /// Reads, changes and writes while no other process does. `edit` says whether there is anything to write.
    pub(crate) fn change(
        &self,
        edit: impl FnOnce(&mut Header, &mut Vec<Entry>, &Key) -> Result<bool, VaultError>,
    ) -> Result<(), VaultError> {
        let mut memory = self.memory();
        // The key first: the keychain and the passphrase are slow, and others wait for the lock.
        let sealed = self.read(&mut memory)?;
        self.contents(&mut memory, &sealed)?;
        let held = self.folder.lock()?;
        let sealed = self.read(&mut memory)?;
        let mut entries = self.contents(&mut memory, &sealed)?;
        let mut header = sealed.header;
        let dek = memory.key_of(&header).ok_or(VaultError::Busy)?;
        if edit(&mut header, &mut entries, &dek)? {
            self.write(&held, &mut memory, header, &entries, &dek)?;
        }
        Ok(())
    }

    /// Writes the next generation.
    pub(crate) fn write(
        &self,
        held: &Lock,
        memory: &mut Memory,
        mut header: Header,
        entries: &[Entry],
        dek: &Key,
    ) -> Result<(), VaultError> {
        header.generation = header.generation.saturating_add(1);
        self.folder.write(held, &to_bytes(&header, dek, &entry::to_bytes(entries)?)?)?;
        memory.newest = Some((header.uuid.clone(), header.generation));
        memory.remember(&header, dek.clone());
        Ok(())
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        // Every field is replaced as a whole: a panic in between leaves nothing half done.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the file. An older copy of what this handle has already read is refused.
    fn read(&self, memory: &mut Memory) -> Result<Sealed, VaultError> {
        let bytes = self.folder.read()?.ok_or(VaultError::Absent)?;
        let sealed = layout::Sealed::from_bytes(&bytes)?;
        let header = &sealed.header;
        match &memory.newest {
            Some((uuid, seen)) if *uuid == header.uuid && header.generation < *seen => {
                Err(VaultError::RolledBack { seen: *seen, found: header.generation })
            }
            _ => Ok(sealed),
        }
    }

    /// Opens what was read, with the key in memory or else the one in the keychain.
    fn contents(&self, memory: &mut Memory, sealed: &Sealed) -> Result<Vec<Entry>, VaultError> {
        let header = &sealed.header;
        let found = match memory.key_of(header) {
            Some(dek) => Ok(dek),
            None => keeping::from_keychain(header, self.keys.as_ref()),
        };
        let opened = found.and_then(|dek| Ok((entry::from_bytes(&sealed.open(&dek)?)?, dek)));
        match opened {
            Ok((entries, dek)) => {
                memory.newest = Some((header.uuid.clone(), header.generation));
                memory.remember(header, dek);
                Ok(entries)
            }
            Err(error) => {
                memory.refused = Some((header.uuid.clone(), header.generation, error.clone()));
                Err(error)
            }
        }
    }

    /// Checks that the keychain can write, read and delete.
    pub fn probe(&self) -> Result<(), KeyStoreError> {
        probe(self.keys.as_ref())
    }
}

impl Memory {
    /// The key of this vault, if it is in memory.
    pub(crate) fn key_of(&self, header: &Header) -> Option<Key> {
        self.opened.as_ref().filter(|(uuid, _)| *uuid == header.uuid).map(|(_, dek)| dek.clone())
    }

    fn refusal_of(&self, header: &Header) -> Option<VaultError> {
        let (uuid, generation, error) = self.refused.as_ref()?;
        (*uuid == header.uuid && *generation == header.generation).then(|| error.clone())
    }

    fn remember(&mut self, header: &Header, dek: Key) {
        self.opened = Some((header.uuid.clone(), dek));
        self.refused = None;
    }
}
