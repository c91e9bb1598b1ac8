//! The readable part of the vault: which vault it is, how often it was written, who can open it.
//! Absent on purpose: connections and origins. Without a key nobody learns whose tokens these are.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::canonical;
use crate::error::{Damage, VaultError};
use crate::seal;
use crate::slot::{Slot, Stretched};
use crate::status::Keeper;

/// What the file says before the sealed part.
#[derive(Clone)]
pub struct Header {
    /// Names the vault, also in the keychain.
    pub uuid: String,
    /// One more with every write.
    pub generation: u64,
    /// When the vault was made.
    created: Timestamp,
    /// The ways to its key.
    pub slots: Vec<Slot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    created: String,
    generation: u64,
    slots: Vec<Value>,
    uuid: String,
}

impl Header {
    /// The header of a new vault, without slots.
    pub fn new(created: Timestamp) -> Result<Self, VaultError> {
        Ok(Self { uuid: seal::random_uuid()?, generation: 0, created, slots: Vec::new() })
    }

    /// Reads a header, which must be in the one form that is written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let written: Written = serde_json::from_slice(bytes).map_err(|_| VaultError::Damaged(Damage::Header))?;
        let header = Self {
            uuid: written.uuid,
            generation: written.generation,
            created: written.created.parse().map_err(|_| VaultError::Damaged(Damage::Header))?,
            slots: written.slots.into_iter().map(Slot::from_value).collect::<Result<_, _>>()?,
        };
        if header.to_bytes() != bytes {
            return Err(VaultError::Damaged(Damage::NotCanonical));
        }
        Ok(header)
    }

    /// The one form of this header.
    pub fn to_bytes(&self) -> Vec<u8> {
        let slots: Vec<Value> = self.slots.iter().map(|slot| Value::Object(slot.to_object())).collect();
        let header = json!({
            "created": self.created.to_string(),
            "generation": self.generation,
            "slots": slots,
            "uuid": self.uuid,
        });
        canonical::text(&header).into_bytes()
    }

    /// The slot whose key is in the keychain.
    pub fn keychain_slot(&self) -> Option<&Slot> {
        self.slots.iter().find(|slot| matches!(slot, Slot::OsKeyring(_)))
    }

    /// The slots that a passphrase opens.
    pub fn passphrase_slots(&self) -> impl Iterator<Item = (&Slot, &Stretched)> {
        self.slots.iter().filter_map(|slot| match slot {
            Slot::Passphrase(stretched) => Some((slot, stretched)),
            _ => None,
        })
    }

    /// Whether a passphrase opens this vault.
    pub fn passphrase_opens(&self) -> bool {
        self.passphrase_slots().next().is_some()
    }

    /// Who keeps the key: the keychain where it has a slot, for it needs nobody to type.
    pub fn keeper(&self) -> Option<Keeper> {
        if self.keychain_slot().is_some() {
            return Some(Keeper::Os);
        }
        self.passphrase_opens().then_some(Keeper::Passphrase)
    }
}
