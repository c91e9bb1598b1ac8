//! The conditions that a column can fill. Their names are those of [`CONDITION_COLUMNS`], in its order.

use ledger::Field;

use super::Target;
use crate::condition_rows::rows_of_cell;

/// What a purchase may have beyond quantity, price and term.
pub(super) const CONDITIONS: [Target; 18] = [
    Target {
        name: "shape",
        field: Field::Shape,
        called: &["priceshape", "preismodell", "preisform", "pricingmodel"],
        fill: |form, text| form.conditions.shape = text,
        example: "",
    },
    Target {
        name: "tiers",
        field: Field::Tiers,
        called: &["tier", "pricetiers", "staffel", "staffelpreise", "preisstaffel", "paliers"],
        fill: |form, text| form.conditions.tiers = rows_of_cell(&text),
        example: "",
    },
    Target {
        name: "included",
        field: Field::Included,
        called: &["includedseats", "inklusive", "inkludierteplatze", "inclus"],
        fill: |form, text| form.conditions.included = text,
        example: "",
    },
    Target {
        name: "extra",
        field: Field::Extra,
        called: &["extraseat", "zusatzplatz", "supplementaire"],
        fill: |form, text| form.conditions.extra = text,
        example: "",
    },
    Target {
        name: "packs",
        field: Field::Packs,
        called: &["pack", "packsize", "paket", "pakete", "paketgrosse"],
        fill: |form, text| form.conditions.packs = text,
        example: "",
    },
    Target {
        name: "discounts",
        field: Field::Discounts,
        called: &["discount", "rabatt", "rabatte", "nachlass", "remise", "remises"],
        fill: |form, text| form.conditions.discounts = rows_of_cell(&text),
        example: "",
    },
    Target {
        name: "tax",
        field: Field::Tax,
        called: &["taxrate", "vat", "mwst", "ust", "steuer", "steuersatz", "tva"],
        fill: |form, text| form.conditions.tax = text,
        example: "",
    },
    Target {
        name: "minimum_payment",
        field: Field::MinimumPayment,
        called: &["minimumpayment", "mindestzahlung"],
        fill: |form, text| form.conditions.minimum_payment = text,
        example: "",
    },
    Target {
        name: "minimum_term",
        field: Field::MinimumTerm,
        called: &["minimumterm", "minimumcommitment", "mindestabnahme"],
        fill: |form, text| form.conditions.minimum_term = text,
        example: "",
    },
    Target {
        name: "overage",
        field: Field::Overage,
        called: &["overageprice", "mehrverbrauch"],
        fill: |form, text| form.conditions.overage = text,
        example: "",
    },
    Target {
        name: "true_up",
        field: Field::TrueUp,
        called: &["trueup", "trueupday"],
        fill: |form, text| form.conditions.true_up = text,
        example: "",
    },
    Target {
        name: "overage_proration",
        field: Field::OverageProration,
        called: &["overageproration"],
        fill: |form, text| form.conditions.overage_proration = text,
        example: "",
    },
    Target {
        name: "uplift",
        field: Field::Uplift,
        called: &["renewaluplift", "priceincrease", "preiserhohung"],
        fill: |form, text| form.conditions.uplift = text,
        example: "",
    },
    Target {
        name: "cap",
        field: Field::Cap,
        called: &["pricecap", "preisdeckel"],
        fill: |form, text| form.conditions.cap = text,
        example: "",
    },
    Target {
        name: "renewal_seats",
        field: Field::RenewalSeats,
        called: &["seatsatrenewal", "renewalquantity", "platzebeiverlangerung"],
        fill: |form, text| form.conditions.renewal_seats = text,
        example: "",
    },
    Target {
        name: "once",
        field: Field::Once,
        called: &["spreadover", "verteiltuber"],
        fill: |form, text| form.conditions.once = text,
        example: "",
    },
    Target {
        name: "pays_for",
        field: Field::PaysFor,
        called: &["paysfor", "bezahltfur"],
        fill: |form, text| form.conditions.pays_for = rows_of_cell(&text),
        example: "",
    },
    Target {
        name: "fallback",
        field: Field::PaysFor,
        called: &["paysforothers", "fallbackpayer"],
        fill: |form, text| form.conditions.fallback = text == crate::import::words::YES,
        example: "",
    },
];

#[cfg(test)]
mod tests {
    use super::CONDITIONS;
    use crate::condition_rows::CONDITION_COLUMNS;

    #[test]
    fn every_condition_that_is_exported_can_be_imported() {
        assert_eq!(CONDITIONS.map(|target| target.name), CONDITION_COLUMNS);
    }
}
