//! Cost records in FOCUS columns, versions 1.0 and 1.2: one row for each payment of each purchase (spend.md D9).
//! Absent on purpose: taxes, credits and invoices, which the ledger does not tell yet, and any amount that nobody entered.

mod charge;
mod columns;

use std::path::Path;

use jiff::civil::Date;
use ledger::Purchase;

use self::charge::Window;
use self::columns::{Seller, Version};
use super::file;
use super::table::{Format, Writer};
use super::workbook::Paper;
use crate::activity::{Types, day};
use crate::apps::seats;
use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::apps::AppRequest;
use crate::view::focus::{FocusExported, FocusRequest};

pub use columns::CostRow;

impl Seatledger {
    /// Writes the cost records of an app: the payments that fall into the days asked for.
    pub fn focus_export(&self, request: &FocusRequest) -> Result<FocusExported> {
        let version = Version::parse(&request.version)?;
        let (rows, left_out) = self.cost_rows(request)?;
        let columns = version.columns();
        let paper = Paper::default();
        let written = file::write(Path::new(&request.path), |out| {
            let mut table = Writer::new(out, Format::Csv, &columns, &paper)?;
            rows.iter().try_for_each(|row| table.row(row))?;
            table.finish()
        })?;
        Ok(FocusExported { path: written.path, rows: written.rows, version: request.version.clone(), left_out })
    }

    /// The cost records, and the purchases that have none, in words.
    fn cost_rows(&self, request: &FocusRequest) -> Result<(Vec<CostRow>, Vec<String>)> {
        let app = self.app(&request.app)?;
        let row = self.app_row(&AppRequest { app: request.app.clone() })?;
        let settings = self.settings()?;
        let types = self.types(&app)?;
        let window = self.window(request)?;
        let seller = Seller {
            account: row.app,
            account_name: if settings.organisation.is_empty() { row.name.clone() } else { settings.organisation },
            service: row.name,
            productive: row.connector == "lucid",
            vendor: row.vendor,
        };
        let mut rows = Vec::new();
        let mut left_out = Vec::new();
        for purchase in self.purchases_entered(app.id)? {
            let name = named(&types, &purchase);
            match charge::charges(&purchase, window) {
                Ok(charges) => {
                    rows.extend(charges.iter().map(|charge| CostRow::new(charge, &purchase, &name, &seller)));
                }
                Err(why) => left_out.push(format!("Purchase {}, {name}, {}: {why}.", purchase.id.0, seats(&purchase))),
            }
        }
        rows.sort_by_key(CostRow::order);
        Ok((rows, left_out))
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

fn named(types: &Types, purchase: &Purchase) -> String {
    types.find(&purchase.license_type).map_or_else(|| purchase.license_type.clone(), |known| known.name.clone())
}
