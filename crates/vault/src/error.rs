//! Everything that can go wrong with the vault: a stable code, a sentence that says what happened, a hint what to do.
//! Absent on purpose: any secret; no variant carries a token, a key or a passphrase.

use crate::keystore::KeyStoreError;

/// Why the vault did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no vault file.
    #[error("No token is stored on this machine yet.")]
    Absent,
    /// A vault is there, and creating never replaces one.
    #[error("There is a vault on this machine already; it is left as it is.")]
    Exists,
    /// A passphrase keeps this vault and has not been given.
    #[error("The vault is locked.")]
    PassphraseNeeded,
    /// The passphrase opens nothing.
    #[error("That is not the passphrase of this vault.")]
    WrongPassphrase,
    /// A passphrase was given to a vault that has none.
    #[error("No passphrase opens this vault: its key is in the keychain.")]
    NoPassphrase,
    /// A new passphrase is too short to protect anything.
    #[error("The passphrase is too short: at least {least} characters are needed.")]
    ShortPassphrase {
        /// The fewest characters that are accepted.
        least: usize,
    },
    /// The keychain works but holds no key for this vault.
    #[error("The key to the vault is not in this machine's keychain.")]
    KeyLost {
        /// Whether a passphrase opens the vault.
        passphrase_opens: bool,
    },
    /// The keychain holds something under the vault's name that does not open it.
    #[error("The key in this machine's keychain does not open this vault.")]
    KeyWrong {
        /// Whether a passphrase opens the vault.
        passphrase_opens: bool,
    },
    /// The keychain did not do its part.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// The file is not what was written.
    #[error("The vault file is damaged or was changed by something else: {0}.")]
    Damaged(Damage),
    /// The file has a layout this version does not know.
    #[error("The vault was written by a newer Seatledger (format {version}).")]
    Newer {
        /// The layout's number.
        version: u8,
    },
    /// All slots are of kinds this version does not know.
    #[error("This version of Seatledger knows no way to open this vault.")]
    NoKnownSlot,
    /// An older copy of the file took the place of the one that was read before.
    #[error("The vault file was replaced by an older copy (generation {found}, {seen} was there before).")]
    RolledBack {
        /// The newest generation this handle has seen.
        seen: u64,
        /// The generation that is there now.
        found: u64,
    },
    /// No token is sealed for this connection and purpose.
    #[error("No token is stored for \u{201c}{connection}\u{201d}.")]
    NoToken {
        /// The connection that was asked for.
        connection: String,
    },
    /// The token was sealed for another origin.
    #[error("The token of \u{201c}{connection}\u{201d} was stored for {sealed_for} and is not sent to {asked}.")]
    Rebound {
        /// The connection that was asked for.
        connection: String,
        /// The origin the token was sealed for.
        sealed_for: String,
        /// The origin that was asked for.
        asked: String,
    },
    /// Another process holds the vault.
    #[error("Another Seatledger is changing the vault.")]
    Busy,
    /// The path of the vault is a link, or no file.
    #[error("{path} is a link or not an ordinary file, and is not used.")]
    Linked {
        /// The path.
        path: String,
    },
    /// The file system refused.
    #[error("{path}: {fault} ({reason}).")]
    Disk {
        /// What was touched.
        path: String,
        /// What kind of refusal it was.
        fault: DiskFault,
        /// What the operating system said.
        reason: String,
    },
    /// The passphrase cannot be stretched with the memory at hand.
    #[error("There is not enough free memory to check the passphrase ({mebibytes} MiB are needed).")]
    NoMemory {
        /// The memory that was asked for.
        mebibytes: u32,
    },
    /// The operating system gave no random bytes.
    #[error("The operating system gave no random bytes.")]
    NoRandomness,
}

/// What about the vault file is not as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It ends too early.
    #[error("it ends too early")]
    Truncated,
    /// It is far larger than a vault can be.
    #[error("it is too large")]
    Oversized,
    /// It does not begin like a vault.
    #[error("it does not begin like a vault")]
    Magic,
    /// The header cannot be read.
    #[error("its header cannot be read")]
    Header,
    /// The header is readable, but not in the one form that is written.
    #[error("its header is not in the form that is written")]
    NotCanonical,
    /// A slot lacks something, or has something too much.
    #[error("a key slot is malformed")]
    Slot,
    /// The cost of the passphrase is outside of what is accepted.
    #[error("the cost of its passphrase is outside of what is accepted")]
    Cost,
    /// The sealed part does not open, or the header it is bound to is another one.
    #[error("its seal is broken")]
    Seal,
    /// The sealed part opens and is not a list of tokens.
    #[error("its contents cannot be read")]
    Contents,
}

/// What kind of refusal the file system gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DiskFault {
    /// No space left.
    #[error("the disk is full")]
    Full,
    /// The file system can only be read.
    #[error("it cannot be written")]
    ReadOnly,
    /// The user may not.
    #[error("access is not allowed")]
    Forbidden,
    /// Anything else.
    #[error("the file system failed")]
    Failed,
}

impl VaultError {
    /// A stable word to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Absent => "vault_absent",
            Self::Exists => "vault_exists",
            Self::PassphraseNeeded => "vault_locked",
            Self::WrongPassphrase => "vault_wrong_passphrase",
            Self::NoPassphrase => "vault_no_passphrase",
            Self::ShortPassphrase { .. } => "vault_short_passphrase",
            Self::KeyLost { .. } => "vault_key_lost",
            Self::KeyWrong { .. } => "vault_key_wrong",
            Self::KeyStore(error) => error.code(),
            Self::Damaged(_) => "vault_damaged",
            Self::Newer { .. } => "vault_newer",
            Self::NoKnownSlot => "vault_no_known_slot",
            Self::RolledBack { .. } => "vault_rolled_back",
            Self::NoToken { .. } => "vault_no_token",
            Self::Rebound { .. } => "vault_rebound",
            Self::Busy => "vault_busy",
            Self::Linked { .. } => "vault_linked",
            Self::Disk { fault: DiskFault::Full, .. } => "vault_disk_full",
            Self::Disk { fault: DiskFault::ReadOnly | DiskFault::Forbidden, .. } => "vault_not_writable",
            Self::Disk { fault: DiskFault::Failed, .. } => "vault_disk",
            Self::NoMemory { .. } => "vault_no_memory",
            Self::NoRandomness => "vault_no_randomness",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Absent => "Connect an app first.",
            Self::Exists => "Unlock it, or remove vault.v1 from the data folder if its tokens are no longer needed.",
            Self::PassphraseNeeded => "Enter its passphrase.",
            Self::WrongPassphrase => "Check upper and lower case and the keyboard layout, and try again.",
            Self::NoPassphrase => "Unlock the keychain and try again.",
            Self::ShortPassphrase { .. } => "A few unrelated words make a good passphrase.",
            Self::KeyLost { passphrase_opens: true } | Self::KeyWrong { passphrase_opens: true } => {
                "Enter the vault's passphrase; then choose the keychain again."
            }
            Self::KeyLost { passphrase_opens: false } | Self::KeyWrong { passphrase_opens: false } => {
                "Bring back the keychain of the user who made the vault. If it is gone for good, remove vault.v1 from \
                 the data folder and paste the tokens again; rosters and purchases are not affected."
            }
            Self::KeyStore(error) => error.hint(),
            Self::Damaged(_) => {
                "Restore vault.v1 from a backup, or remove it from the data folder and paste the tokens again. Rosters \
                 and purchases are not affected."
            }
            Self::Newer { .. } | Self::NoKnownSlot => "Update Seatledger on this machine.",
            Self::RolledBack { .. } => {
                "If you restored the copy on purpose, restart Seatledger; else put the newer file back."
            }
            Self::NoToken { .. } => "Paste the token again.",
            Self::Rebound { .. } => "If the address was changed on purpose, paste a token for the new address.",
            Self::Busy => "Wait a moment and try again.",
            Self::Linked { .. } => "Put the file itself into the data folder instead of a link to it.",
            Self::Disk { fault: DiskFault::Full, .. } => "Free some space and try again.",
            Self::Disk { .. } => "Check that you may read and write the data folder.",
            Self::NoMemory { .. } => "Close some programs and try again.",
            Self::NoRandomness => "Restart the machine and try again.",
        }
    }
}
