//! The fields that a column can fill: their names, what people call them in headings, and where their text goes.
//! More fields are more rows of the tables.

mod conditions;
mod paperwork;

use ledger::{Field, PurchaseInput};

use self::conditions::CONDITIONS;
use self::paperwork::PAPERWORK;
use crate::joined::joined;

/// One field of a purchase.
#[derive(Clone, Copy)]
pub(super) struct Target {
    /// The name in requests.
    pub(super) name: &'static str,
    /// The ledger's field, where its refusals are about it.
    pub(super) field: Field,
    /// What headings call it, in English, German and French, as [`super::called::plain`] leaves it.
    pub(super) called: &'static [&'static str],
    /// Puts a text into the form.
    pub(super) fill: fn(&mut PurchaseInput, String),
    /// What the template shows.
    pub(super) example: &'static str,
}

/// What every purchase has.
const ALWAYS: [Target; 15] = [
    Target {
        name: "license_type",
        field: Field::LicenseType,
        called: &[
            "license",
            "licensetype",
            "type",
            "plan",
            "product",
            "sku",
            "lizenz",
            "lizenztyp",
            "lizenzart",
            "produkt",
            "tarif",
            "typedelicense",
            "typelicense",
            "produit",
        ],
        fill: |form, text| form.license_type = text,
        example: "Can-Edit",
    },
    Target {
        name: "name",
        field: Field::Name,
        called: &[
            "name",
            "title",
            "contract",
            "contractname",
            "bezeichnung",
            "vertrag",
            "titel",
            "nom",
            "contrat",
            "libelle",
        ],
        fill: |form, text| form.name = text,
        example: "Contract 2026",
    },
    Target {
        name: "po",
        field: Field::Po,
        called: &[
            "po",
            "ponumber",
            "pono",
            "purchaseorder",
            "purchaseidentifier",
            "order",
            "ordernumber",
            "bestellnummer",
            "bestellung",
            "auftragsnummer",
            "bestellnr",
            "boncommande",
            "bondecommande",
            "numerodecommande",
            "commande",
        ],
        fill: |form, text| form.po = text,
        example: "PO-1017",
    },
    Target {
        name: "quantity",
        field: Field::Quantity,
        called: &[
            "quantity",
            "qty",
            "purchasedquantity",
            "seats",
            "numberofseats",
            "licenses",
            "users",
            "units",
            "count",
            "menge",
            "anzahl",
            "stuckzahl",
            "platze",
            "lizenzen",
            "quantite",
            "nombre",
            "sieges",
            "nombredelicenses",
        ],
        fill: |form, text| form.quantity = text,
        example: "50",
    },
    Target {
        name: "unlimited",
        field: Field::Quantity,
        called: &["unlimited", "unbegrenzt", "unlimitiert", "illimite"],
        fill: |form, text| form.unlimited = text == super::words::YES,
        example: "no",
    },
    Target {
        name: "cost",
        field: Field::Cost,
        called: &[
            "cost",
            "price",
            "amount",
            "unitprice",
            "unitcost",
            "preis",
            "kosten",
            "betrag",
            "stuckpreis",
            "einzelpreis",
            "prix",
            "cout",
            "montant",
            "prixunitaire",
            "listprice",
            "pricepermonth",
            "priceperseat",
            "priceperuser",
            "costperseat",
        ],
        fill: |form, text| form.cost = text,
        example: "9.00",
    },
    Target {
        name: "per",
        field: Field::Per,
        called: &["per", "costper", "priceper", "pricebasis", "pro", "je", "preisje", "preispro", "par", "prixpar"],
        fill: |form, text| form.per = text,
        example: "unit",
    },
    Target {
        name: "currency",
        field: Field::Currency,
        called: &["currency", "cur", "currencycode", "wahrung", "devise", "monnaie"],
        fill: |form, text| form.currency = text,
        example: "USD",
    },
    Target {
        name: "every",
        field: Field::Every,
        called: &[
            "every",
            "frequency",
            "paymentfrequency",
            "billing",
            "billingfrequency",
            "billingcycle",
            "billingperiod",
            "term",
            "zahlweise",
            "zahlungsweise",
            "zahlungsrhythmus",
            "turnus",
            "intervall",
            "abrechnung",
            "frequence",
            "periodicite",
        ],
        fill: |form, text| form.every = text,
        example: "month",
    },
    Target {
        name: "from",
        field: Field::From,
        called: &[
            "from",
            "start",
            "startdate",
            "effectivedate",
            "effective",
            "validfrom",
            "begin",
            "beginn",
            "von",
            "ab",
            "gultigab",
            "startdatum",
            "vertragsbeginn",
            "debut",
            "datedebut",
            "datededebut",
            "du",
            "dateeffet",
            "datedeffet",
        ],
        fill: |form, text| form.from = text,
        example: "2026-04-01",
    },
    Target {
        name: "until",
        field: Field::Until,
        called: &[
            "until",
            "end",
            "enddate",
            "to",
            "lastday",
            "validuntil",
            "expiry",
            "expires",
            "expirydate",
            "ende",
            "bis",
            "gultigbis",
            "enddatum",
            "vertragsende",
            "letztertag",
            "fin",
            "datefin",
            "datedefin",
            "au",
            "echeance",
        ],
        fill: |form, text| form.until = text,
        example: "2027-03-31",
    },
    Target {
        name: "proration",
        field: Field::Proration,
        called: &["proration", "prorata", "anteilig", "anteiligeabrechnung"],
        fill: |form, text| form.proration = text,
        example: "none",
    },
    Target {
        name: "auto_renews",
        field: Field::AutoRenews,
        called: &[
            "autorenews",
            "autorenewal",
            "autorenew",
            "renews",
            "verlangertsich",
            "automatischeverlangerung",
            "autoverlangerung",
            "renouvellementautomatique",
            "reconductiontacite",
        ],
        fill: |form, text| form.auto_renews = text == super::words::YES,
        example: "yes",
    },
    Target {
        name: "notice_days",
        field: Field::NoticeDays,
        called: &[
            "noticedays",
            "notice",
            "noticeperiod",
            "noticeperioddays",
            "kundigungsfrist",
            "kundigungsfristtage",
            "preavis",
            "delaidepreavis",
            "preavisjours",
        ],
        fill: |form, text| form.notice_days = text,
        example: "60",
    },
    Target {
        name: "note",
        field: Field::Note,
        called: &[
            "note",
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "notiz",
            "notizen",
            "bemerkung",
            "bemerkungen",
            "kommentar",
            "commentaire",
            "remarque",
        ],
        fill: |form, text| form.note = text,
        example: "",
    },
];

/// All fields, in the order of the template.
pub(super) const TARGETS: &[Target] =
    &joined::<_, 33, 3, 36>(&joined::<_, 15, 18, 33>(&ALWAYS, &CONDITIONS), &PAPERWORK);

/// The field with this name.
pub(super) fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// What people call a field.
pub(super) fn label(target: &Target) -> &'static str {
    match target.name {
        "unlimited" => "Unlimited",
        "fallback" => "Pays for the others",
        _ => target.field.label(),
    }
}
