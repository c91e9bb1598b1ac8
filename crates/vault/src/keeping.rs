//! Who keeps the key: making a vault, and changing its slots.
//! Absent on purpose: a new key for an existing vault. Slots change hands; the key they hold stays, and so do the tokens.

use jiff::Timestamp;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::cost::long_enough;
use crate::error::VaultError;
use crate::header::Header;
use crate::keystore::{KeyStore, KeyStoreError, probe};
use crate::seal::{self, KEY, Key};
use crate::slot::Slot;
use crate::status::NewKeeper;
use crate::vault::Vault;

impl Vault {
    /// Makes an empty vault. Refused when there is one, whether it can be opened or not.
    pub fn create(&self, keeper: NewKeeper, at: Timestamp) -> Result<(), VaultError> {
        let mut memory = self.memory();
        let absent =
            || self.folder.read().and_then(|found| if found.is_some() { Err(VaultError::Exists) } else { Ok(()) });
        absent()?;
        let dek = seal::random_key()?;
        let mut header = Header::new(at)?;
        let slot = match keeper {
            NewKeeper::Os => self.keychain_slot(&header.uuid, &dek)?,
            NewKeeper::Passphrase(passphrase) => self.passphrase_slot(&header.uuid, &dek, &passphrase)?,
        };
        header.slots.push(slot);
        let uuid = header.uuid.clone();
        let made = self.folder.lock().and_then(|held| {
            absent()?;
            self.write(&held, &mut memory, header, &[], &dek)
        });
        if made.is_err() {
            // The key of a vault that never was.
            self.keys.delete(&uuid).ok();
        }
        made
    }

    /// Hands the key to another keeper. The vault must be open or open itself. With the keychain as the new keeper a
    /// passphrase that was there stays as the second way in; with a passphrase it becomes the only way.
    pub fn keep_with(&self, keeper: NewKeeper) -> Result<(), VaultError> {
        match keeper {
            NewKeeper::Os => self.keep_with_keychain(),
            NewKeeper::Passphrase(passphrase) => self.keep_with_passphrase(&passphrase),
        }
    }

    /// Gives the vault this passphrase as a further way in, in place of an earlier one.
    pub fn add_passphrase(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        self.change(|header, _, dek| {
            let slot = self.passphrase_slot(&header.uuid, dek, passphrase)?;
            header.slots.retain(|slot| !matches!(slot, Slot::Passphrase(_)));
            header.slots.push(slot);
            Ok(true)
        })
    }

    fn keep_with_passphrase(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        let mut uuid = None;
        self.change(|header, _, dek| {
            let slot = self.passphrase_slot(&header.uuid, dek, passphrase)?;
            header.slots.retain(|slot| !matches!(slot, Slot::Passphrase(_) | Slot::OsKeyring(_)));
            header.slots.push(slot);
            uuid = Some(header.uuid.clone());
            Ok(true)
        })?;
        if let Some(uuid) = uuid {
            // Without its slot the entry opens nothing; a keychain that cannot be reached may keep it.
            self.keys.delete(&uuid).ok();
        }
        Ok(())
    }

    fn keep_with_keychain(&self) -> Result<(), VaultError> {
        // Within the lock: two processes that both put a key into the keychain must not both write their slot.
        self.change(|header, _, dek| {
            let working = header.keychain_slot().is_some() && from_keychain(header, self.keys.as_ref()).is_ok();
            if working {
                return Ok(false);
            }
            let slot = self.keychain_slot(&header.uuid, dek)?;
            header.slots.retain(|slot| !matches!(slot, Slot::OsKeyring(_)));
            header.slots.push(slot);
            Ok(true)
        })
    }

    fn passphrase_slot(&self, uuid: &str, dek: &Key, passphrase: &SecretString) -> Result<Slot, VaultError> {
        long_enough(passphrase)?;
        Slot::for_passphrase(uuid, dek, passphrase, self.cost)
    }

    /// Puts a new wrapping key into the keychain, once the keychain has shown that it can write, read and delete.
    fn keychain_slot(&self, uuid: &str, dek: &Key) -> Result<Slot, VaultError> {
        probe(self.keys.as_ref())?;
        let kek = seal::random_key()?;
        let kept = marked(uuid, &kek)?;
        self.keys.set(uuid, &kept)?;
        if self.keys.get(uuid)?.is_none_or(|back| *back != *kept) {
            let reason = "it gave back something else than what it was given".to_owned();
            return Err(KeyStoreError::Broken { reason }.into());
        }
        Slot::for_keychain(uuid, dek, &kek)
    }
}

/// What the keychain keeps: the wrapping key, and a mark by which a mangled or foreign entry is told apart.
fn marked(uuid: &str, kek: &Key) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let mark = seal::mark(kek, uuid.as_bytes())?;
    Ok(Zeroizing::new([kek.as_slice(), &mark].concat()))
}

/// The vault's key by way of the keychain.
pub fn from_keychain(header: &Header, keys: &dyn KeyStore) -> Result<Key, VaultError> {
    let passphrase_opens = header.passphrase_opens();
    let Some(slot) = header.keychain_slot() else {
        return Err(if passphrase_opens { VaultError::PassphraseNeeded } else { VaultError::NoKnownSlot });
    };
    let kept = keys.get(&header.uuid)?.ok_or(VaultError::KeyLost { passphrase_opens })?;
    let wrong = VaultError::KeyWrong { passphrase_opens };
    let (key, _) = kept.split_first_chunk::<KEY>().ok_or_else(|| wrong.clone())?;
    let kek = Zeroizing::new(*key);
    if *marked(&header.uuid, &kek)? != *kept {
        return Err(wrong);
    }
    slot.unwrap(&header.uuid, &kek).ok_or(wrong)
}

/// The vault's key by way of a passphrase.
pub fn from_passphrase(header: &Header, passphrase: &SecretString) -> Result<Key, VaultError> {
    if !header.passphrase_opens() {
        return Err(if header.keychain_slot().is_some() { VaultError::NoPassphrase } else { VaultError::NoKnownSlot });
    }
    for (slot, stretched) in header.passphrase_slots() {
        if let Some(dek) = slot.unwrap(&header.uuid, &stretched.stretch(passphrase)?) {
            return Ok(dek);
        }
    }
    Err(VaultError::WrongPassphrase)
}
