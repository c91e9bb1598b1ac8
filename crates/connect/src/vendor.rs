//! What a vendor's own module answers: what a user holds. Everything else of a user is plain SCIM.

use roster::License;
use scim::Record;

use crate::probe::LicenseShape;

/// What a user holds, as far as the vendor told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Holding<'a> {
    pub(crate) license: License,
    /// Every product of the vendor with whether it is held.
    pub(crate) products: Vec<(&'a str, bool)>,
    /// Where the license was found.
    pub(crate) shape: LicenseShape,
    /// Another place says otherwise.
    pub(crate) disagree: bool,
    /// Every place where a license can be was there, so that asking for each of them was seen to work.
    pub(crate) everywhere: bool,
}

/// The attributes of a user that only this vendor sends.
pub(crate) trait Vendor<'de>: Record<'de> {
    /// The attributes that only this vendor sends, as `attributes` names them (RFC 7644 §3.10).
    const ATTRIBUTES: &'static [&'static str];

    fn holding(&self) -> Holding<'_>;
}
