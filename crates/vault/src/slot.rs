//! Key slots: each holds the vault's key, sealed under a key that somebody else keeps.
//! A `recovery` slot and slots of unknown kinds are carried along untouched; nothing here can open them.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::canonical;
use crate::cost::{Cost, SALT};
use crate::error::{Damage, VaultError};
use crate::hex::Hex;
use crate::seal::{self, KEY, Key, NONCE, TAG};

const OS_KEYRING: &str = "os-keyring";
const PASSPHRASE: &str = "passphrase";
const RECOVERY: &str = "recovery";

/// One way to the vault's key.
#[derive(Clone)]
pub enum Slot {
    /// The wrapping key is in the operating system's keychain.
    OsKeyring(Wrapped),
    /// The wrapping key comes from a passphrase.
    Passphrase(Stretched),
    /// Reserved for a recovery code.
    Recovery(Wrapped),
    /// A kind of a later version.
    Unknown(Map<String, Value>),
}

/// The vault's key, sealed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrapped {
    id: Hex<8>,
    nonce: Hex<NONCE>,
    wrap: Hex<{ KEY + TAG }>,
}

/// The vault's key, sealed under a passphrase.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretched {
    argon2id: Cost,
    id: Hex<8>,
    nonce: Hex<NONCE>,
    salt: Hex<SALT>,
    wrap: Hex<{ KEY + TAG }>,
}

impl Slot {
    /// A slot whose wrapping key goes into the keychain.
    pub fn for_keychain(uuid: &str, dek: &Key, kek: &Key) -> Result<Self, VaultError> {
        Self::OsKeyring(Wrapped { id: Hex(random()?), nonce: Hex([0; NONCE]), wrap: Hex([0; KEY + TAG]) })
            .wrapping(uuid, dek, kek)
    }

    /// A slot under this passphrase. Slow on purpose.
    pub fn for_passphrase(uuid: &str, dek: &Key, passphrase: &SecretString, cost: Cost) -> Result<Self, VaultError> {
        let salt = random()?;
        let kek = cost.stretch(passphrase, &salt)?;
        let (id, nonce, wrap) = (Hex(random()?), Hex([0; NONCE]), Hex([0; KEY + TAG]));
        Self::Passphrase(Stretched { argon2id: cost, id, nonce, salt: Hex(salt), wrap }).wrapping(uuid, dek, &kek)
    }

    /// The key, if `kek` is the wrapping key of this slot in this vault.
    pub fn unwrap(&self, uuid: &str, kek: &Key) -> Option<Key> {
        let (nonce, wrap) = match self {
            Self::OsKeyring(wrapped) => (wrapped.nonce, wrapped.wrap),
            Self::Passphrase(stretched) => (stretched.nonce, stretched.wrap),
            Self::Recovery(_) | Self::Unknown(_) => return None,
        };
        let plain = seal::open(kek, nonce.0, &self.bound(uuid), &wrap.0).ok()?;
        let mut dek = Key::default();
        (plain.len() == KEY).then(|| dek.copy_from_slice(&plain))?;
        Some(dek)
    }

    fn wrapping(mut self, uuid: &str, dek: &Key, kek: &Key) -> Result<Self, VaultError> {
        let nonce = Hex(random()?);
        match &mut self {
            Self::OsKeyring(slot) | Self::Recovery(slot) => slot.nonce = nonce,
            Self::Passphrase(slot) => slot.nonce = nonce,
            Self::Unknown(_) => {}
        }
        let sealed = seal::seal_with(kek, nonce.0, &self.bound(uuid), dek.as_slice())?;
        let sealed = Hex(sealed.try_into().map_err(|_| VaultError::Damaged(Damage::Slot))?);
        match &mut self {
            Self::OsKeyring(slot) | Self::Recovery(slot) => slot.wrap = sealed,
            Self::Passphrase(slot) => slot.wrap = sealed,
            Self::Unknown(_) => {}
        }
        Ok(self)
    }

    /// What the wrapped key is bound to: this vault, and everything in the slot but the wrapped key.
    fn bound(&self, uuid: &str) -> Vec<u8> {
        let mut slot = self.to_object();
        slot.remove("wrap");
        format!("{uuid}\n{}", canonical::text(&Value::Object(slot))).into_bytes()
    }

    /// Reads a slot. One of an unknown kind is kept as it is; one of a known kind must have exactly its fields.
    pub fn from_value(value: Value) -> Result<Self, VaultError> {
        let malformed = || VaultError::Damaged(Damage::Slot);
        let Value::Object(mut object) = value else { return Err(malformed()) };
        let kind = object.get("type").and_then(Value::as_str).ok_or_else(malformed)?.to_owned();
        if ![OS_KEYRING, PASSPHRASE, RECOVERY].contains(&kind.as_str()) {
            return Ok(Self::Unknown(object));
        }
        object.remove("type");
        let fields = Value::Object(object);
        if kind == PASSPHRASE {
            let slot: Stretched = serde_json::from_value(fields).map_err(|_| malformed())?;
            slot.argon2id.checked()?;
            return Ok(Self::Passphrase(slot));
        }
        let slot = serde_json::from_value(fields).map_err(|_| malformed())?;
        Ok(if kind == OS_KEYRING { Self::OsKeyring(slot) } else { Self::Recovery(slot) })
    }

    /// The slot as it stands in the header.
    pub fn to_object(&self) -> Map<String, Value> {
        let (kind, fields) = match self {
            Self::OsKeyring(slot) => (OS_KEYRING, serde_json::to_value(slot)),
            Self::Recovery(slot) => (RECOVERY, serde_json::to_value(slot)),
            Self::Passphrase(slot) => (PASSPHRASE, serde_json::to_value(slot)),
            Self::Unknown(object) => return object.clone(),
        };
        let mut object = match fields {
            Ok(Value::Object(object)) => object,
            // Structs of hexadecimal texts and small numbers always become objects.
            _ => Map::new(),
        };
        object.insert("type".to_owned(), kind.into());
        object
    }
}

impl Stretched {
    /// The wrapping key this passphrase gives. Slow on purpose.
    pub fn stretch(&self, passphrase: &SecretString) -> Result<Key, VaultError> {
        self.argon2id.stretch(passphrase, &self.salt.0)
    }
}

fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    seal::fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::testing::MemoryKeyStore;
    use crate::{NewKeeper, Vault};

    #[test]
    fn slots_of_later_versions_and_recovery_slots_survive_every_change() {
        let dir = tempfile::tempdir().unwrap();
        let keys = MemoryKeyStore::new();
        let vault = Vault::open(dir.path(), Box::new(keys.clone())).with_cost(Cost::LIGHTEST);
        vault.create(NewKeeper::Os, Timestamp::UNIX_EPOCH).unwrap();
        let later = [
            json!({"deep": {"z": [1, 2.5, null, "\u{e9}\u{1}"], "a": {}}, "type": "security-key"}),
            json!({"id": "0011223344556677", "nonce": "00".repeat(24), "type": "recovery", "wrap": "00".repeat(48)}),
        ];
        vault
            .change(|header, _, _| {
                header.slots.extend(later.iter().cloned().map(|slot| Slot::from_value(slot).unwrap()));
                Ok(true)
            })
            .unwrap();

        let again = Vault::open(dir.path(), Box::new(keys)).with_cost(Cost::LIGHTEST);
        again.add_passphrase(&"a passphrase of old".into()).unwrap();
        again.keep_with(NewKeeper::Passphrase("a passphrase of now".into())).unwrap();
        again.keep_with(NewKeeper::Os).unwrap();
        again
            .change(|header, _, _| {
                let slots: Vec<Value> = header.slots.iter().map(|slot| slot.to_object().into()).collect();
                assert_eq!(slots.len(), 4, "the two kept slots, the passphrase and the keychain");
                for slot in &later {
                    assert!(slots.contains(slot), "{slot} was dropped");
                }
                Ok(false)
            })
            .unwrap();
    }
}
