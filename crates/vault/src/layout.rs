//! The bytes of `vault.v1`: magic and version, the header with its length, a nonce, the sealed tokens up to the end.
//! Absent on purpose: any byte that is not bound by the seal.

use crate::error::{Damage, VaultError};
use crate::header::Header;
use crate::seal::{self, Key, NONCE, TAG};

use zeroize::Zeroizing;

/// The first bytes; the version follows.
const MAGIC: &[u8; 7] = b"SEATVLT";
const VERSION: u8 = 1;
/// Magic, version and the header's length.
const START: usize = MAGIC.len() + 1 + 4;
/// More than any honest header; a longer one is not read.
const LONGEST_HEADER: usize = 64 * 1024;
/// More than any honest vault.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// A vault as read, not opened.
pub struct Sealed {
    /// Its readable part. Not to be trusted before `open` has succeeded.
    pub header: Header,
    bound: Vec<u8>,
    nonce: [u8; NONCE],
    contents: Vec<u8>,
}

impl Sealed {
    /// Takes the bytes of the file apart.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let truncated = VaultError::Damaged(Damage::Truncated);
        let (magic, rest) = bytes.split_first_chunk::<7>().ok_or_else(|| truncated.clone())?;
        if magic != MAGIC {
            return Err(VaultError::Damaged(Damage::Magic));
        }
        let (version, rest) = rest.split_first().ok_or_else(|| truncated.clone())?;
        match *version {
            VERSION => {}
            0 => return Err(VaultError::Damaged(Damage::Magic)),
            version => return Err(VaultError::Newer { version }),
        }
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(|| truncated.clone())?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        if length > LONGEST_HEADER {
            return Err(VaultError::Damaged(Damage::Oversized));
        }
        let (header, rest) = rest.split_at_checked(length).ok_or_else(|| truncated.clone())?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or_else(|| truncated.clone())?;
        if sealed.len() < TAG {
            return Err(truncated);
        }
        let bound = bytes.get(..START + length).ok_or(truncated)?.to_vec();
        Ok(Self { header: Header::from_bytes(header)?, bound, nonce: *nonce, contents: sealed.to_vec() })
    }

    /// The sealed part, if `dek` is the key and neither part was changed.
    pub fn open(&self, dek: &Key) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        seal::open(dek, self.nonce, &self.bound, &self.contents).map_err(|_| VaultError::Damaged(Damage::Seal))
    }
}

/// The bytes of a vault with this header and these contents.
pub fn to_bytes(header: &Header, dek: &Key, contents: &[u8]) -> Result<Vec<u8>, VaultError> {
    let header = header.to_bytes();
    let oversized = VaultError::Damaged(Damage::Oversized);
    let length = u32::try_from(header.len()).map_err(|_| oversized.clone())?;
    if header.len() > LONGEST_HEADER {
        return Err(oversized);
    }
    let mut bytes = [MAGIC.as_slice(), &[VERSION], &length.to_be_bytes(), &header].concat();
    let (nonce, sealed) = seal::seal(dek, &bytes, contents)?;
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}
