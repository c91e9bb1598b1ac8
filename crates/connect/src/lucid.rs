//! Who holds what at Lucid, in every shape that its servers have used (lucid.md §2.3): `productLicenses` under
//! `lucid:2.0`, else under `lucid:1.0`, else `canEdit`. Where none is told the license is unknown, never "none".

mod products;

use std::sync::LazyLock;

use roster::{License, LicenseKey};
use scim::{Flag, Lenient, Record};
use serde::de::MapAccess;

use crate::probe::LicenseShape;
use crate::vendor::{Holding, Vendor};
use products::{Product, Products};

pub(crate) const CAN_EDIT: &str = "can-edit";
pub(crate) const VIEW_ONLY: &str = "view-only";

const LUCIDCHART: &str = "Lucidchart";
const LUCID_2: &str = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User";
const LUCID_1: &str = "urn:ietf:params:scim:schemas:extension:lucid:1.0:User";
const LUCIDCHART_1: &str = "urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User";
const LUCIDCHART_OLD: &str = "urn:lucidchart:schemas:1.0:User";

/// The attributes of a user that only Lucid sends.
#[derive(Debug, Default)]
pub(crate) struct LucidUser<'a> {
    second: Vec<Product<'a>>,
    first: Vec<Product<'a>>,
    extension: Option<bool>,
    old_extension: Option<bool>,
    top: Option<bool>,
}

#[derive(Default)]
struct LucidExtension<'a>(Vec<Product<'a>>);

#[derive(Default)]
struct CanEdit(Option<bool>);

impl<'de> Record<'de> for LucidUser<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        if is(LUCID_2) {
            self.second = map.next_value::<Lenient<LucidExtension<'de>>>()?.0.0;
        } else if is(LUCID_1) {
            self.first = map.next_value::<Lenient<LucidExtension<'de>>>()?.0.0;
        } else if is(LUCIDCHART_1) {
            self.extension = map.next_value::<Lenient<CanEdit>>()?.0.0;
        } else if is(LUCIDCHART_OLD) {
            self.old_extension = map.next_value::<Lenient<CanEdit>>()?.0.0;
        } else if is("canEdit") {
            self.top = map.next_value::<Flag>()?.0;
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl<'de> Record<'de> for LucidExtension<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let known = key.eq_ignore_ascii_case("productLicenses");
        if known {
            self.0 = map.next_value::<Products<'de>>()?.0;
        }
        Ok(known)
    }
}

impl<'de> Record<'de> for CanEdit {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        let known = key.eq_ignore_ascii_case("canEdit");
        if known {
            self.0 = map.next_value::<Flag>()?.0;
        }
        Ok(known)
    }
}

impl<'de> Vendor<'de> for LucidUser<'de> {
    const ATTRIBUTES: &'static [&'static str] = &[
        "canEdit",
        "urn:ietf:params:scim:schemas:extension:lucid:2.0:User:productLicenses",
        "urn:ietf:params:scim:schemas:extension:lucid:1.0:User:productLicenses",
        "urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User:canEdit",
        "urn:lucidchart:schemas:1.0:User:canEdit",
    ];

    fn holding(&self) -> Holding<'_> {
        let sources = [
            (products::granted(&self.second, LUCIDCHART), LicenseShape::ProductLicenses2),
            (products::granted(&self.first, LUCIDCHART), LicenseShape::ProductLicenses1),
            (self.extension, LicenseShape::CanEdit),
            (self.old_extension, LicenseShape::CanEdit),
            (self.top, LicenseShape::CanEdit),
        ];
        let everywhere = sources.iter().all(|(granted, _)| granted.is_some());
        let mut told = sources.into_iter().filter_map(|(granted, shape)| Some((granted?, shape)));
        let (license, shape, disagree) = match told.next() {
            Some((granted, shape)) => (license(granted), shape, told.any(|(other, _)| other != granted)),
            None => (License::Unknown, LicenseShape::NotVisible, false),
        };
        Holding { license, products: products::merged(&self.second, &self.first), shape, disagree, everywhere }
    }
}

fn license(can_edit: bool) -> License {
    static BOTH: LazyLock<[License; 2]> =
        LazyLock::new(|| [VIEW_ONLY, CAN_EDIT].map(|key| LicenseKey::new(key).map_or(License::Unknown, License::Type)));
    BOTH[usize::from(can_edit)].clone()
}
