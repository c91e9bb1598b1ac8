//! What a vendor's own module answers: what a user holds. Everything else of a user is plain SCIM.

use roster::{License, ProductLicense};
use scim::Record;

use crate::probe::LicenseShape;

/// What a user holds, as far as the vendor told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Holding {
    pub(crate) license: License,
    pub(crate) products: Vec<ProductLicense>,
    /// Where the license was found.
    pub(crate) shape: LicenseShape,
    /// Another place says otherwise.
    pub(crate) disagree: bool,
}

/// The attributes of a user that only this vendor sends.
pub(crate) trait Vendor<'de>: Record<'de> {
    fn holding(&self) -> Holding;
}
