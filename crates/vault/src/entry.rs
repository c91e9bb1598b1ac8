//! The sealed tokens: what each is bound to, and how the list is written before it is sealed.
//! Absent on purpose: `Debug` and `Serialize` on anything that holds a token, beyond the private form that is sealed.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize};
use zeroize::Zeroizing;

use crate::error::{Damage, VaultError};

/// What a token is bound to. It is handed out for exactly this and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Binding {
    /// Which connection the token belongs to.
    pub connection: String,
    /// Scheme, host and port it may be sent to.
    pub origin: String,
    /// What it is for.
    pub purpose: String,
}

/// One sealed token.
pub struct Entry {
    binding: Binding,
    token: SecretString,
    added: Timestamp,
    rotated: Option<Timestamp>,
}

#[derive(Serialize)]
struct Writing<'a> {
    added: String,
    connection: &'a str,
    origin: &'a str,
    purpose: &'a str,
    rotated: Option<String>,
    token: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    added: String,
    connection: String,
    origin: String,
    purpose: String,
    rotated: Option<String>,
    #[serde(deserialize_with = "secret")]
    token: SecretString,
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

impl Entry {
    fn is_for(&self, connection: &str, purpose: &str) -> bool {
        self.binding.connection == connection && self.binding.purpose == purpose
    }
}

/// Puts a token in. One of the same connection and purpose is replaced: for the same origin it is a rotation, for another
/// origin a token added anew.
pub fn put(entries: &mut Vec<Entry>, binding: &Binding, token: &SecretString, at: Timestamp) {
    let known = entries.iter().position(|entry| entry.is_for(&binding.connection, &binding.purpose));
    let replaced = known.map(|index| entries.remove(index)).filter(|entry| entry.binding.origin == binding.origin);
    let (added, rotated) = replaced.map_or((at, None), |entry| (entry.added, Some(at)));
    entries.push(Entry { binding: binding.clone(), token: token.clone(), added, rotated });
    entries.sort_by(|one, other| {
        let key = |entry: &Entry| (entry.binding.connection.clone(), entry.binding.purpose.clone());
        key(one).cmp(&key(other))
    });
}

/// The token of this binding, and of no other origin.
pub fn get(entries: Vec<Entry>, binding: &Binding) -> Result<SecretString, VaultError> {
    let entry = entries
        .into_iter()
        .find(|entry| entry.is_for(&binding.connection, &binding.purpose))
        .ok_or_else(|| VaultError::NoToken { connection: binding.connection.clone() })?;
    if entry.binding.origin != binding.origin {
        return Err(VaultError::Rebound {
            connection: binding.connection.clone(),
            sealed_for: entry.binding.origin,
            asked: binding.origin.clone(),
        });
    }
    Ok(entry.token)
}

/// Drops every token of this connection, or those for one purpose, and says whether there was one.
pub fn remove(entries: &mut Vec<Entry>, connection: &str, purpose: Option<&str>) -> bool {
    let before = entries.len();
    let meant = |binding: &Binding| {
        binding.connection == connection && purpose.is_none_or(|purpose| binding.purpose == purpose)
    };
    entries.retain(|entry| !meant(&entry.binding));
    entries.len() != before
}

/// The list as it is sealed.
pub fn to_bytes(entries: &[Entry]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let unwritable = |_| VaultError::Damaged(Damage::Contents);
    // Room for every character escaped: a buffer that grows leaves its earlier copies behind, unwiped.
    let room = entries.iter().map(room).sum::<usize>() + 2;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    let writing: Vec<Writing<'_>> = entries.iter().map(Writing::from).collect();
    serde_json::to_writer(&mut *bytes, &writing).map_err(unwritable)?;
    Ok(bytes)
}

fn room(entry: &Entry) -> usize {
    let Binding { connection, origin, purpose } = &entry.binding;
    256 + 6 * (connection.len() + origin.len() + purpose.len() + entry.token.expose_secret().len())
}

/// Reads the list.
pub fn from_bytes(bytes: &[u8]) -> Result<Vec<Entry>, VaultError> {
    let written: Vec<Written> = serde_json::from_slice(bytes).map_err(|_| VaultError::Damaged(Damage::Contents))?;
    written.into_iter().map(Entry::try_from).collect()
}

impl<'a> From<&'a Entry> for Writing<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            added: entry.added.to_string(),
            connection: &entry.binding.connection,
            origin: &entry.binding.origin,
            purpose: &entry.binding.purpose,
            rotated: entry.rotated.map(|at| at.to_string()),
            token: entry.token.expose_secret(),
        }
    }
}

impl TryFrom<Written> for Entry {
    type Error = VaultError;

    fn try_from(written: Written) -> Result<Self, VaultError> {
        let instant = |text: String| text.parse().map_err(|_| VaultError::Damaged(Damage::Contents));
        let Written { added, connection, origin, purpose, rotated, token } = written;
        let (added, rotated) = (instant(added)?, rotated.map(instant).transpose()?);
        Ok(Self { binding: Binding { connection, origin, purpose }, token, added, rotated })
    }
}
