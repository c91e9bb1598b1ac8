//! What `/Schemas` adds: types that cannot be a license, and attributes that nobody of the sample has.

use scim::{Schema, parse_schemas};

use super::candidates::is_license_like;
use crate::allowance::Allowance;
use crate::error::ConnectError;
use crate::transport::Transport;

const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:";

/// What the schemas tell.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Dates, keys and references, in lower case.
    no_license: Vec<String>,
    license_like: Vec<String>,
}

impl Known {
    /// Reads the schemas; a server without them tells nothing.
    pub(super) async fn read(transport: &Transport, allowance: &Allowance<'_>) -> Result<Self, ConnectError> {
        let url = transport.base().endpoint("Schemas");
        let once = allowance.without_repeats();
        let read = |body: &[u8]| Ok(Self::of(&parse_schemas(body)?));
        let answer = transport.fetch(&url, &once, &mut Vec::new(), read).await;
        allowance.add(&once);
        match answer {
            Err(error @ (ConnectError::Cancelled | ConnectError::TookTooLong { .. })) => Err(error),
            answer => Ok(answer.unwrap_or_default()),
        }
    }

    fn of(schemas: &[Schema<'_>]) -> Self {
        let mut known = Self::default();
        for schema in schemas {
            let Some(id) = schema.id.as_deref() else { continue };
            let is_core = id.get(..CORE.len()).is_some_and(|start| start.eq_ignore_ascii_case(CORE));
            // Of the core schemas only the user's attributes are a user's.
            if is_core && !id.to_ascii_lowercase().ends_with(":user") {
                continue;
            }
            for attribute in &schema.attributes {
                let Some(name) = attribute.name.as_deref() else { continue };
                let path = if is_core { name.to_owned() } else { format!("{id}:{name}") };
                known.add(&path, attribute.kind.as_deref(), attribute.many);
                for part in &attribute.parts {
                    let Some(sub) = part.name.as_deref().filter(|_| !attribute.many) else { continue };
                    known.add(&format!("{path}.{sub}"), part.kind.as_deref(), false);
                }
            }
        }
        known
    }

    fn add(&mut self, path: &str, kind: Option<&str>, many: bool) {
        let is = |known: &str| kind.is_some_and(|kind| kind.eq_ignore_ascii_case(known));
        if is("dateTime") || is("binary") || is("reference") || is("decimal") {
            self.no_license.push(path.to_ascii_lowercase());
        } else if (many || !is("complex")) && is_license_like(path) {
            self.license_like.push(path.to_owned());
        }
    }

    /// Whether its type rules it out.
    pub(super) fn is_no_license(&self, path: &str) -> bool {
        self.no_license.contains(&path.to_ascii_lowercase())
    }

    /// Attributes that sound like a license, whether anybody has them or not.
    pub(super) fn license_like(&self) -> impl Iterator<Item = &String> {
        self.license_like.iter()
    }
}
