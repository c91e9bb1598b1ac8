//! The cipher: XChaCha20-Poly1305 under 32 byte keys, and the random bytes for keys, nonces and names.
//! Absent on purpose: counted nonces. 24 random bytes do not repeat.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::hex;

/// A key, wiped when dropped.
pub type Key = Zeroizing<[u8; KEY]>;

/// Bytes of a key.
pub const KEY: usize = 32;
/// Bytes of a nonce.
pub const NONCE: usize = 24;
/// Bytes by which a sealed text is longer than the plain one.
pub const TAG: usize = 16;

/// The seal does not match its key, its text or what it is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the seal is broken")]
pub struct BrokenSeal;

/// Seals `plain` under `key` and binds it to `bound`.
pub fn seal(key: &Key, bound: &[u8], plain: &[u8]) -> Result<([u8; NONCE], Vec<u8>), VaultError> {
    let mut nonce = [0; NONCE];
    fill(&mut nonce)?;
    let sealed = seal_with(key, nonce, bound, plain)?;
    Ok((nonce, sealed))
}

/// The plain text, if key, nonce, binding and text are the ones that were sealed.
pub fn open(key: &Key, nonce: [u8; NONCE], bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, BrokenSeal> {
    let cipher = XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| BrokenSeal)?;
    let sealed = Payload { msg: sealed, aad: bound };
    cipher.decrypt(&XNonce::from(nonce), sealed).map(Zeroizing::new).map_err(|_| BrokenSeal)
}

/// A mark that only the holder of `key` can make of `bound`: the tag of an empty text under the nonce of all zeros,
/// which `seal` never draws.
pub fn mark(key: &Key, bound: &[u8]) -> Result<Vec<u8>, VaultError> {
    seal_with(key, [0; NONCE], bound, &[])
}

/// Seals under a nonce that was just drawn, for the one caller that binds the nonce's own text.
pub fn seal_with(key: &Key, nonce: [u8; NONCE], bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    // The cipher refuses only texts of more than 256 GiB.
    let refused = |()| VaultError::NoMemory { mebibytes: u32::MAX };
    let cipher = XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| refused(()))?;
    cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound }).map_err(|_| refused(()))
}

/// A new key.
pub fn random_key() -> Result<Key, VaultError> {
    let mut key = Key::default();
    fill(key.as_mut_slice())?;
    Ok(key)
}

/// Fills `bytes` from the operating system.
pub fn fill(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|_| VaultError::NoRandomness)
}

/// A random (version 4) UUID.
pub fn random_uuid() -> Result<String, VaultError> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let parts = [&bytes[..4], &bytes[4..6], &bytes[6..8], &bytes[8..10], &bytes[10..]];
    Ok(parts.map(hex::text).join("-"))
}
