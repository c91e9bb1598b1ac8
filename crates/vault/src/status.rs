//! Who keeps the key and whether the vault can be used now.
//! Absent on purpose: how to find out; `Vault::status` does that.

use secrecy::SecretString;

use crate::error::VaultError;
use crate::keystore::KeyStoreError;

/// Who keeps the key of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keeper {
    /// The operating system's keychain.
    Os,
    /// A passphrase that somebody remembers.
    Passphrase,
}

/// Who shall keep the key from now on.
#[derive(Debug)]
pub enum NewKeeper {
    /// The operating system's keychain.
    Os,
    /// This passphrase.
    Passphrase(SecretString),
}

/// Whether the vault can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VaultState {
    /// There is no vault file.
    Absent,
    /// Tokens can be read and written.
    Ready,
    /// A key is needed: the passphrase, an unlocked keychain, or the keychain entry that is gone.
    Locked,
    /// The keychain refused, or somebody dismissed its question.
    Denied,
    /// This machine offers no keychain, or the folder of the vault cannot be read.
    Unavailable,
    /// The keychain did not answer in time.
    TimedOut,
    /// The file is not a vault this version can trust.
    Damaged,
}

/// What `Vault::status` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultStatus {
    /// Who keeps the key: the keychain when it has a slot, else the passphrase; none without a readable vault.
    pub keeper: Option<Keeper>,
    /// Whether the vault can be used.
    pub state: VaultState,
    /// Whether a passphrase opens this vault, even when the keychain is its keeper.
    pub passphrase_opens: bool,
    /// Whether the file or its folder was open to others and has been closed to them since this handle was made.
    pub repaired_modes: bool,
    /// Why the vault is not ready, with a sentence and a hint; none when it is ready.
    pub problem: Option<VaultError>,
}

impl VaultError {
    /// The state of a vault whose use failed with this error.
    pub fn state(&self) -> VaultState {
        match self {
            Self::Absent => VaultState::Absent,
            Self::KeyStore(error) => error.state(),
            Self::PassphraseNeeded
            | Self::WrongPassphrase
            | Self::NoPassphrase
            | Self::ShortPassphrase { .. }
            | Self::KeyLost { .. }
            | Self::KeyWrong { .. } => VaultState::Locked,
            Self::Damaged(_)
            | Self::Newer { .. }
            | Self::NoKnownSlot
            | Self::RolledBack { .. }
            | Self::Linked { .. } => VaultState::Damaged,
            Self::Disk { .. } | Self::Busy | Self::NoMemory { .. } | Self::NoRandomness => VaultState::Unavailable,
            Self::Exists | Self::NoToken { .. } | Self::Rebound { .. } => VaultState::Ready,
        }
    }
}

impl KeyStoreError {
    fn state(&self) -> VaultState {
        match self {
            Self::Unavailable { .. } | Self::Broken { .. } => VaultState::Unavailable,
            Self::Locked => VaultState::Locked,
            Self::Denied => VaultState::Denied,
            Self::TimedOut => VaultState::TimedOut,
        }
    }
}
