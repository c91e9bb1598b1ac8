//! Cost records in FOCUS columns, versions 1.0 and 1.2: the payments of purchases and fees, shared out among those who hold
//! the seats, and the tax on them (spend.md D9). What a price change takes back is a negative charge of the same category, as
//! the specification has refunds. Absent on purpose: any amount that nobody entered; the category `Credit`, since neither a price
//! nor a fee is negative, and a credit note is an invoice, which bills payments and is none.

mod billed;
mod charge;
mod columns;
mod holders;
mod rows;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use ledger::{Payments, Purchase, Term};
use store::App;

use self::billed::{Billed, Bought, Key, billed};
use self::charge::{By, NoCharges, Window, charges, fee_charges};
use self::columns::Version;
use self::holders::Holders;
use self::rows::{Paid, Seller};
use super::file;
use super::table::{Dialect, Format, Writer};
use super::workbook::Paper;
use crate::activity::{Types, day};
use crate::apps::seats;
use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::apps::AppRequest;
use crate::view::focus::{FocusExported, FocusRequest};
use crate::words;

pub use rows::CostRow;

impl Seatledger {
    /// Writes the cost records of an app: the payments that fall into the days asked for.
    pub fn focus_export(&self, request: &FocusRequest) -> Result<FocusExported> {
        let version = Version::parse(&request.version)?;
        let (rows, left_out, caveat) = self.cost_rows(request)?;
        let columns = version.columns();
        let paper = Paper::default();
        let written = file::write(Path::new(&request.path), |out| {
            let mut table = Writer::new(out, Format::Csv(Dialect::PLAIN), &columns, &paper)?;
            rows.iter().try_for_each(|row| table.row(row))?;
            table.finish()
        })?;
        let version = request.version.clone();
        Ok(FocusExported { path: written.path, rows: written.rows, version, left_out, caveat })
    }

    /// The cost records, the purchases that have none, in words, and what is to be said of all of them.
    fn cost_rows(&self, request: &FocusRequest) -> Result<(Vec<CostRow>, Vec<String>, Option<String>)> {
        let app = self.app(&request.app)?;
        let window = self.window(request)?;
        let seller = Arc::new(self.seller(request)?);
        let types = self.types(&app)?;
        let purchases = self.paid_once(&app)?;
        let inputs = self.inputs(&app)?;
        let payments = Payments::new(&purchases, inputs.counts.as_ref());
        let bought = Bought { purchases: &purchases, payments: &payments };
        let billed = billed(&self.invoices_entered(app.id)?, bought, window);
        let mut holders = Holders::new(self, &app, &purchases)?;
        let mut rows = Vec::new();
        let mut left_out = Vec::new();
        for purchase in &purchases {
            let name = named(&types, purchase);
            match charges(purchase, &payments, window) {
                _ if types.find(&purchase.license_type).is_some_and(|known| known.free) => {
                    left_out.push(without(purchase, &name, NoCharges::Free));
                }
                Err(why) => left_out.push(without(purchase, &name, why)),
                Ok(charges) => {
                    left_out.extend(uncounted(purchase, &name, &payments, window));
                    for charge in &charges {
                        let parts = match charge.by {
                            // Who sits beyond the seats is nobody's seat: the purchase pays for it whole.
                            By::Beyond(_) => None,
                            By::Quantity | By::Accounts => holders.of(purchase, charge.shared_from(), charge.end)?,
                        };
                        let billed = of_key(&billed, billed::key(purchase.id, charge));
                        let paid = Paid { charge, seller: &seller, billed, name: &name };
                        rows.extend(paid.of_purchase(purchase, parts.as_deref()));
                    }
                }
            }
        }
        for fee in self.fees_entered(app.id)? {
            let paid = |charge| Paid { charge, seller: &seller, billed: Billed::default(), name: &fee.name };
            rows.extend(fee_charges(&fee, window).iter().map(|charge| paid(charge).of_fee(&fee)));
        }
        rows.sort_by_key(CostRow::order);
        let caveat = self.belonging_caveat(&app, holders.earliest())?;
        Ok((rows, left_out, caveat))
    }

    fn seller(&self, request: &FocusRequest) -> Result<Seller> {
        let row = self.app_row(&AppRequest { app: request.app.clone() })?;
        let organisation = self.settings()?.organisation;
        Ok(Seller {
            account: row.app,
            account_name: if organisation.is_empty() { row.name.clone() } else { organisation },
            service: row.name,
            productive: row.connector == "lucid",
            monitored: self.activity_until(&self.app(&request.app)?)?.is_some(),
            vendor: row.vendor,
        })
    }

    /// The purchases with the terms for which they cost something: no day is paid twice.
    fn paid_once(&self, app: &App) -> Result<Vec<Purchase>> {
        let purchases = self.purchases_entered(app.id)?;
        let terms = ledger::installments::terms_without_double_days(&purchases);
        let cut = |(purchase, term): (Purchase, Term)| Purchase { term, ..purchase };
        Ok(purchases.into_iter().zip(terms).map(cut).collect())
    }

    fn window(&self, request: &FocusRequest) -> Result<Window> {
        let from = request.from.as_deref().map(day).transpose()?.unwrap_or(Date::MIN);
        let to = match request.to.as_deref() {
            Some(text) => day(text)?,
            None => self.today()?,
        };
        if to < from {
            return Err(Error::NotADate { text: to.to_string(), why: format!("lies before the first day, {from}") });
        }
        Ok(Window { from, to })
    }
}

fn of_key(billed: &HashMap<Key, Billed>, key: Key) -> Billed {
    billed.get(&key).cloned().unwrap_or_default()
}

fn without(purchase: &Purchase, name: &str, why: NoCharges) -> String {
    format!("Purchase {}, {name}, {}: {why}.", purchase.id.0, seats(purchase))
}

/// What is paid by accounts is not known for days on which nobody counted them.
fn uncounted(purchase: &Purchase, name: &str, payments: &Payments, window: Window) -> Option<String> {
    let since = payments.counted_from(purchase.id).filter(|since| window.from < *since)?;
    let (id, seats, since) = (purchase.id.0, seats(purchase), words::day(since));
    Some(format!(
        "Purchase {id}, {name}, {seats}: what was due for accounts before they were first counted, on {since}."
    ))
}

fn named(types: &Types, purchase: &Purchase) -> String {
    types.find(&purchase.license_type).map_or_else(|| purchase.license_type.clone(), |known| known.name.clone())
}
