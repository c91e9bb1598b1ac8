//! A user of an app that no module here knows: plain SCIM, nothing of a vendor's own.

use roster::License;
use scim::Record;
use serde::de::MapAccess;

use crate::probe::LicenseShape;
use crate::vendor::{Holding, Vendor};

/// Takes no attribute.
#[derive(Debug, Default)]
pub(crate) struct PlainUser;

impl<'de> Record<'de> for PlainUser {
    fn field<A: MapAccess<'de>>(&mut self, _key: &str, _map: &mut A) -> Result<bool, A::Error> {
        Ok(false)
    }
}

impl<'de> Vendor<'de> for PlainUser {
    const ATTRIBUTES: &'static [&'static str] = &[];

    fn holding(&self) -> Holding {
        Holding {
            license: License::Unknown,
            products: Vec::new(),
            shape: LicenseShape::NotVisible,
            disagree: false,
            everywhere: true,
        }
    }
}
