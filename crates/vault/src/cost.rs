//! What guessing a passphrase costs: Argon2id, its parameters, and the limits a file may ask for.
//! Absent on purpose: a cost below the limits. Tests of any crate use `Cost::LIGHTEST`, which every file may carry.

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::error::{Damage, VaultError};
use crate::seal::Key;

/// Bytes of a salt.
pub const SALT: usize = 16;
/// The shortest passphrase that is accepted for a new slot.
pub const SHORTEST: usize = 12;

/// Argon2id parameters, always within the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    #[serde(rename = "m")]
    kibibytes: u32,
    #[serde(rename = "p")]
    lanes: u32,
    #[serde(rename = "t")]
    passes: u32,
}

impl Cost {
    /// What a new passphrase gets: 64 MiB, 3 passes, 1 lane.
    pub const DEFAULT: Self = Self { kibibytes: 64 * 1024, lanes: 1, passes: 3 };
    /// The least a file may carry: 19 MiB, 1 pass, 1 lane. For tests that open many vaults.
    pub const LIGHTEST: Self = Self { kibibytes: 19 * 1024, lanes: 1, passes: 1 };

    /// These parameters, if a file may carry them: 19 MiB to 1 GiB, 1 to 10 passes, 1 to 16 lanes.
    pub fn new(kibibytes: u32, passes: u32, lanes: u32) -> Result<Self, VaultError> {
        Self { kibibytes, lanes, passes }.checked()
    }

    /// Refuses a cost outside of the limits: too little lets passphrases be guessed, too much is a way to stop the program.
    pub(crate) fn checked(self) -> Result<Self, VaultError> {
        let accepted = (19 * 1024..=1024 * 1024).contains(&self.kibibytes)
            && (1..=10).contains(&self.passes)
            && (1..=16).contains(&self.lanes);
        if accepted { Ok(self) } else { Err(VaultError::Damaged(Damage::Cost)) }
    }

    /// The key this passphrase gives with this salt.
    pub(crate) fn stretch(self, passphrase: &SecretString, salt: &[u8; SALT]) -> Result<Key, VaultError> {
        let Self { kibibytes, lanes, passes } = self.checked()?;
        let params = Params::new(kibibytes, passes, lanes, Some(32)).map_err(|_| VaultError::Damaged(Damage::Cost))?;
        let mut key = Key::default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.expose_secret().as_bytes(), salt, key.as_mut_slice())
            .map_err(|_| VaultError::NoMemory { mebibytes: kibibytes / 1024 })?;
        Ok(key)
    }
}

/// Refuses a new passphrase that is too short. An existing slot opens with whatever it was made with.
pub fn long_enough(passphrase: &SecretString) -> Result<(), VaultError> {
    if passphrase.expose_secret().chars().count() < SHORTEST {
        return Err(VaultError::ShortPassphrase { least: SHORTEST });
    }
    Ok(())
}
