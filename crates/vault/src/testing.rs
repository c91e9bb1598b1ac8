//! Keychains for tests: one in memory that can be told to fail.
//! Absent on purpose: any way to weaken a vault. `Cost::LIGHTEST` is as light as any file may be.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use crate::keystore::{KeyStore, KeyStoreError};

/// A keychain in memory. Clones share what they keep, as two processes share the keychain of their user.
#[derive(Clone, Default)]
pub struct MemoryKeyStore {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    kept: BTreeMap<String, Zeroizing<Vec<u8>>>,
    fault: Option<Fault>,
    calls: usize,
}

/// How the keychain fails from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Every call ends like this.
    All(KeyStoreError),
    /// Reading works; writing ends like this.
    Writes(KeyStoreError),
    /// Writing is accepted and not done.
    Forgets,
    /// Reading gives back other bytes than were written.
    Mangles,
}

impl MemoryKeyStore {
    /// An empty keychain that works.
    pub fn new() -> Self {
        Self::default()
    }

    /// Fails like this from now on; none repairs it.
    pub fn fail(&self, fault: Option<Fault>) {
        self.shared().fault = fault;
    }

    /// Drops everything, as when the keychain of the user is lost.
    pub fn lose_everything(&self) {
        self.shared().kept.clear();
    }

    /// The accounts something is kept for.
    pub fn accounts(&self) -> Vec<String> {
        self.shared().kept.keys().cloned().collect()
    }

    /// How often it was called.
    pub fn calls(&self) -> usize {
        self.shared().calls
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn called(&self) -> Result<MutexGuard<'_, Shared>, KeyStoreError> {
        let mut shared = self.shared();
        shared.calls += 1;
        match &shared.fault {
            Some(Fault::All(error)) => Err(error.clone()),
            _ => Ok(shared),
        }
    }

    fn written(&self) -> Result<MutexGuard<'_, Shared>, KeyStoreError> {
        let shared = self.called()?;
        match &shared.fault {
            Some(Fault::Writes(error)) => Err(error.clone()),
            _ => Ok(shared),
        }
    }
}

impl KeyStore for MemoryKeyStore {
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        let shared = self.called()?;
        let mut found = shared.kept.get(account).cloned();
        if let (Some(Fault::Mangles), Some(first)) = (&shared.fault, found.as_mut().and_then(|bytes| bytes.first_mut()))
        {
            *first ^= 1;
        }
        Ok(found)
    }

    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let mut shared = self.written()?;
        if shared.fault != Some(Fault::Forgets) {
            shared.kept.insert(account.to_owned(), Zeroizing::new(secret.to_vec()));
        }
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<(), KeyStoreError> {
        self.written()?.kept.remove(account);
        Ok(())
    }
}
