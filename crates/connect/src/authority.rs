//! Certificate authorities that somebody named beside those the machine trusts: a company's own, from PEM files.

use std::path::{Path, PathBuf};

use reqwest::{Certificate, ClientBuilder};

use crate::error::ConnectError;

/// More is no list of certificates.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;

pub(crate) fn trusting(builder: ClientBuilder, files: &[PathBuf]) -> Result<ClientBuilder, ConnectError> {
    let mut authorities = Vec::new();
    for file in files {
        let refused = |problem| ConnectError::Authority { file: file.display().to_string(), problem };
        authorities.extend(read(file).map_err(refused)?);
    }
    Ok(if authorities.is_empty() { builder } else { builder.tls_certs_merge(authorities) })
}

/// Whether a file holds certificates that a client can be built with, before a connection is.
pub fn check_authority(file: &Path) -> Result<(), ConnectError> {
    let refused = |problem| ConnectError::Authority { file: file.display().to_string(), problem };
    let authorities = read(file).map_err(refused)?;
    let client = reqwest::Client::builder().tls_certs_only(authorities).build();
    client.map(drop).map_err(|_| refused("holds a certificate that cannot be used"))
}

fn read(file: &Path) -> Result<Vec<Certificate>, &'static str> {
    let size = std::fs::metadata(file).map_err(|_| "cannot be read")?.len();
    if size > LARGEST_FILE {
        return Err("is too large to hold certificates");
    }
    let text = std::fs::read(file).map_err(|_| "cannot be read")?;
    match Certificate::from_pem_bundle(&text) {
        Ok(authorities) if !authorities.is_empty() => Ok(authorities),
        _ => Err("holds no certificate"),
    }
}
