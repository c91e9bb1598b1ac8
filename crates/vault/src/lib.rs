//! Tokens sealed on this machine: one encrypted file, one random key, and the slots that keep the key
//! (the operating system's keychain, a passphrase). The only crypto and the only keychain; docs/VAULT.md has the bytes.
//! Absent on purpose: HTTP, a clock, what a token is for, and any fallback to plain text.

mod canonical;
mod cost;
mod disk;
mod entry;
mod error;
mod header;
mod hex;
mod keeping;
mod keystore;
mod layout;
mod native;
mod os_keychain;
mod seal;
mod slot;
mod status;
pub mod testing;
mod vault;

pub use cost::Cost;
pub use entry::Binding;
pub use error::{Damage, DiskFault, VaultError};
pub use keystore::{KeyStore, KeyStoreError, probe};
pub use os_keychain::OsKeychain;
pub use status::{Keeper, NewKeeper, VaultState, VaultStatus};
pub use vault::Vault;
