//! A folder and a keychain of their own for each test, and the vaults that the tests begin with.
#![allow(dead_code, missing_docs)] // shared by test binaries that each use a part

use std::fs;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;
use vault::testing::MemoryKeyStore;
use vault::{Binding, Cost, NewKeeper, Vault, VaultError};

pub const NOW: Timestamp = Timestamp::UNIX_EPOCH;

pub struct Room {
    pub dir: TempDir,
    pub keys: MemoryKeyStore,
}

impl Room {
    pub fn new() -> Self {
        Self { dir: TempDir::new().unwrap(), keys: MemoryKeyStore::new() }
    }

    /// A handle such as a freshly started program has.
    pub fn vault(&self) -> Vault {
        Vault::open(self.dir.path(), Box::new(self.keys.clone())).with_cost(Cost::LIGHTEST)
    }

    pub fn kept_by_keychain(&self) -> Vault {
        let vault = self.vault();
        vault.create(NewKeeper::Os, NOW).unwrap();
        vault.put(&acme(), &"tok_acme".into(), NOW).unwrap();
        vault
    }

    pub fn kept_by_passphrase(&self) -> Vault {
        let vault = self.vault();
        vault.create(NewKeeper::Passphrase(words()), NOW).unwrap();
        vault.put(&acme(), &"tok_acme".into(), NOW).unwrap();
        vault
    }

    pub fn bytes(&self) -> Vec<u8> {
        fs::read(self.dir.path().join("vault.v1")).unwrap()
    }
}

pub fn words() -> SecretString {
    "correct horse battery".into()
}

pub fn other_words() -> SecretString {
    "staple of another kind".into()
}

pub fn binding(connection: &str, origin: &str, purpose: &str) -> Binding {
    Binding { connection: connection.into(), origin: origin.into(), purpose: purpose.into() }
}

pub fn acme() -> Binding {
    binding("acme", "https://acme.example:443", "scim")
}

pub fn token(vault: &Vault, binding: &Binding) -> Result<String, VaultError> {
    vault.get(binding).map(|token| token.expose_secret().to_owned())
}
