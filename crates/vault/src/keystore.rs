//! A place outside the vault file that keeps a few secret bytes per account: what the operating system's keychain is.
//! Absent on purpose: any particular keychain, and what the bytes mean.

use zeroize::Zeroizing;

use crate::seal;

/// Keeps a few secret bytes per account. Calls block, but never for longer than the store's own limit.
pub trait KeyStore: Send + Sync {
    /// The bytes of this account; none when nothing is kept for it.
    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError>;
    /// Keeps these bytes for this account, in place of what was kept before.
    fn set(&self, account: &str, secret: &[u8]) -> Result<(), KeyStoreError>;
    /// Forgets this account. Nothing kept is no error.
    fn delete(&self, account: &str) -> Result<(), KeyStoreError>;
}

/// Why a keychain did not do what was asked. That nothing is kept is an answer, not an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyStoreError {
    /// There is none, or nothing answers at its address.
    #[error("There is no usable keychain on this machine: {reason}.")]
    Unavailable {
        /// What the operating system said.
        reason: String,
    },
    /// It is there, and locked.
    #[error("The keychain is locked.")]
    Locked,
    /// It refused, or somebody dismissed its question.
    #[error("The keychain refused access.")]
    Denied,
    /// It did not answer in time, or is still busy with an earlier question.
    #[error("The keychain did not answer.")]
    TimedOut,
    /// It answers, but not with what was put into it.
    #[error("The keychain does not work as it should: {reason}.")]
    Broken {
        /// What was noticed.
        reason: String,
    },
}

impl KeyStoreError {
    /// A stable word to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unavailable { .. } => "keychain_unavailable",
            Self::Locked => "keychain_locked",
            Self::Denied => "keychain_denied",
            Self::TimedOut => "keychain_timed_out",
            Self::Broken { .. } => "keychain_broken",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unavailable { .. } | Self::Broken { .. } => "Use a passphrase instead.",
            Self::Locked => "Unlock the keychain and try again, or use a passphrase instead.",
            Self::Denied => "Allow Seatledger to use the keychain and try again, or use a passphrase instead.",
            Self::TimedOut => {
                "Answer the keychain's question if it shows one and try again, or use a passphrase instead."
            }
        }
    }
}

/// Writes, reads back and deletes a random secret: whether a keychain reads well says nothing about whether it can write.
pub fn probe(keys: &dyn KeyStore) -> Result<(), KeyStoreError> {
    let broken = |reason: &str| KeyStoreError::Broken { reason: reason.to_owned() };
    let secret = seal::random_key().map_err(|_| broken("no random bytes for the test"))?;
    let account = format!("probe {}", seal::random_uuid().map_err(|_| broken("no random bytes for the test"))?);
    keys.set(&account, secret.as_slice())?;
    let kept = keys.get(&account);
    let deleted = keys.delete(&account);
    match kept? {
        Some(kept) if kept.as_slice() == secret.as_slice() => deleted,
        Some(_) => Err(broken("it gave back something else than what it was given")),
        None => Err(broken("it did not keep what it was given")),
    }
}
