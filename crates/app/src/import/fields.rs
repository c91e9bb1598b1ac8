//! The fields that a column can fill: their names, what people call them in headings, and where their text goes.
//! More fields are more rows of the table.

use ledger::{Field, PurchaseInput};

/// One field of a purchase.
pub(super) struct Target {
    /// The name in requests.
    pub(super) name: &'static str,
    /// The ledger's field, where its refusals are about it.
    pub(super) field: Field,
    /// What headings call it, in English, German and French, as [`plain`] leaves it.
    pub(super) called: &'static [&'static str],
    /// Puts a text into the form.
    pub(super) fill: fn(&mut PurchaseInput, String),
    /// What the template shows.
    pub(super) example: &'static str,
}

/// All fields, in the order of the template.
pub(super) const TARGETS: &[Target] = &[
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
        fill: |form, text| form.conditions.tiers = crate::condition_rows::rows_of_cell(&text),
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
        fill: |form, text| form.conditions.discounts = crate::condition_rows::rows_of_cell(&text),
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
        fill: |form, text| form.conditions.pays_for = crate::condition_rows::rows_of_cell(&text),
        example: "",
    },
    Target {
        name: "fallback",
        field: Field::PaysFor,
        called: &["paysforothers", "fallbackpayer"],
        fill: |form, text| form.conditions.fallback = text == super::words::YES,
        example: "",
    },
    Target {
        name: "owner",
        field: Field::Owner,
        called: &[
            "owner",
            "contractowner",
            "businessowner",
            "responsible",
            "administrator",
            "verantwortlich",
            "verantwortliche",
            "verantwortlicher",
            "responsable",
        ],
        fill: |form, text| form.paperwork.owner = text,
        example: "Mira Okafor",
    },
    Target {
        name: "reminder",
        field: Field::Reminder,
        called: &["reminder", "reminderemail", "remindto", "erinnerung", "erinnerungan", "rappel"],
        fill: |form, text| form.paperwork.reminder = text,
        example: "licenses@acme.example",
    },
    Target {
        name: "documents",
        field: Field::Documents,
        called: &["documents", "document", "attachments", "links", "dokumente", "unterlagen", "piecesjointes"],
        fill: |form, text| form.paperwork.documents = crate::condition_rows::rows_of_cell(&text),
        example: "Order form = https://acme.example/order-1017.pdf",
    },
];

/// The field with this name.
pub(super) fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Words within a heading that call for a field, the first that fits first: "Preis pro Lizenz" is a price, although nobody
/// listed it.
const WITHIN: &[(&str, &str)] = &[
    ("wahrung", "currency"),
    ("currency", "currency"),
    ("kundigungsfrist", "notice_days"),
    ("noticeperiod", "notice_days"),
    ("vertragsende", "until"),
    ("laufzeitende", "until"),
    ("enddat", "until"),
    ("vertragsbeginn", "from"),
    ("laufzeitbeginn", "from"),
    ("startdat", "from"),
    ("laufzeit", "every"),
    ("frequency", "every"),
    ("staffel", "tiers"),
    ("erhohung", "uplift"),
    ("deckel", "cap"),
    ("rabatt", "discounts"),
    ("discount", "discounts"),
    ("preis", "cost"),
    ("price", "cost"),
    ("prix", "cost"),
    ("unitcost", "cost"),
    ("costper", "cost"),
    ("kosten", "cost"),
    ("menge", "quantity"),
    ("anzahl", "quantity"),
    ("quantity", "quantity"),
    ("seats", "quantity"),
    ("lizenztyp", "license_type"),
    ("licensetype", "license_type"),
];
/// Longer ones are sentences, not headings.
const LONGEST_HEADING: usize = 40;
/// What a price is of, when its heading says so: each seat, or all of them.
const OF_UNIT: &[&str] = &[
    "prolizenz",
    "jelizenz",
    "proplatz",
    "jeplatz",
    "pronutzer",
    "prouser",
    "prostuck",
    "jestuck",
    "perseat",
    "peruser",
    "perlicense",
    "perunit",
    "unitprice",
    "unitcost",
    "stuckpreis",
    "einzelpreis",
    "prixunitaire",
    "parlicense",
];
const OF_LOT: &[&str] = &["gesamtpreis", "gesamtkosten", "totalprice", "totalcost", "pauschalpreis", "prixtotal"];

/// The field whose name or usual words a heading is.
fn exactly(short: &str) -> Option<&'static Target> {
    let exact = TARGETS.iter().find(|target| {
        // A table of whom it pays for, and whether it pays for the others, have one label.
        let labelled = target.name != "unlimited" && target.name != "fallback" && plain(target.field.label()) == short;
        plain(target.name) == short || labelled
    });
    exact.or_else(|| TARGETS.iter().find(|target| target.called.contains(&short)))
}

/// The field that a heading calls for, and whether it is its very name.
pub(super) fn calls_for(heading: &str) -> Option<(&'static Target, bool)> {
    let short = plain(heading);
    if let Some(exact) = exactly(&short) {
        return Some((exact, true));
    }
    let within = WITHIN.iter().find(|(word, _)| short.len() <= LONGEST_HEADING && short.contains(word));
    within.and_then(|(_, name)| named(name)).map(|target| (target, false))
}

/// The field that a heading calls for.
pub(super) fn called(heading: &str) -> Option<&'static Target> {
    calls_for(heading).map(|(target, _)| target)
}

/// `unit` or `lot`, where the heading of a price says it.
pub(super) fn price_is_of(heading: &str) -> Option<&'static str> {
    let short = plain(heading);
    let says = |words: &[&str]| words.iter().any(|word| short.contains(word));
    if says(OF_UNIT) { Some("unit") } else { says(OF_LOT).then_some("lot") }
}

/// The British and French spelling, which is compared as the American one.
const ELSEWHERE: &str = concat!("licen", "ce");

/// Letters and digits only, lower case, without accents: "Gültig ab" is `gultigab`.
pub(super) fn plain(text: &str) -> String {
    let bracket = text.find(['(', '[']).filter(|at| *at > 0);
    let outside = bracket.and_then(|at| text.get(..at)).unwrap_or(text);
    let mut short = String::with_capacity(outside.len());
    for letter in outside.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()) {
        match letter {
            'à' | 'â' | 'ä' | 'á' => short.push('a'),
            'é' | 'è' | 'ê' | 'ë' => short.push('e'),
            'î' | 'ï' | 'í' => short.push('i'),
            'ô' | 'ö' | 'ó' => short.push('o'),
            'û' | 'ü' | 'ù' | 'ú' => short.push('u'),
            'ç' => short.push('c'),
            'ß' => short.push_str("ss"),
            other => short.push(other),
        }
    }
    short.replace(ELSEWHERE, "license")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_three_languages_and_our_own_names_find_their_field() {
        for (heading, name) in [
            ("License type", "license_type"),
            ("Lizenztyp", "license_type"),
            (concat!("Type de licen", "ce"), "license_type"),
            ("Purchased quantity", "quantity"),
            ("Stückzahl", "quantity"),
            ("Gültig ab", "from"),
            ("Vertragsende", "until"),
            ("Fin (incluse)", "until"),
            ("notice_days", "notice_days"),
            ("Kündigungsfrist (Tage)", "notice_days"),
            ("WÄHRUNG", "currency"),
            ("Payment frequency", "every"),
            ("Preis pro Lizenz", "cost"),
            ("Price per seat (net)", "cost"),
            ("Währung des Preises", "currency"),
            ("Anzahl Lizenzen", "quantity"),
            ("Laufzeit", "every"),
            ("Rabatt in %", "discounts"),
            ("Pays for", "pays_for"),
            ("Reminder address", "reminder"),
            ("Verantwortliche(r)", "owner"),
            ("Unterlagen", "documents"),
        ] {
            assert_eq!(called(heading).map(|target| target.name), Some(name), "{heading}");
        }
        let of = ["Preis pro Lizenz", "Unit price", "Gesamtpreis", "Preis"].map(price_is_of);
        assert_eq!(of, [Some("unit"), Some("unit"), Some("lot"), None]);
        assert!(called("Ansprechpartner").is_none() && called("").is_none());
    }

    #[test]
    fn no_heading_calls_for_two_fields() {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for target in TARGETS {
            for word in target.called {
                assert_eq!(plain(word), *word, "{word} is written as headings are compared");
                assert!(!seen.iter().any(|(other, name)| other == word && *name != target.name), "{word}");
                seen.push(((*word).to_owned(), target.name));
            }
        }
    }
}
