//! Every table of the screens as a file: asked for as its screen asks, by the same use case.

use std::path::Path;

use super::about::{self, Lines, Subject, line, told};
use super::books::ShareRow;
use super::periods::{self, ForecastRow, PeriodAmount};
use super::{Format, What, whole};
use crate::error::{Error, Result};
use crate::seatledger::Seatledger;
use crate::view::apps::{AppDayRequest, AppRequest};
use crate::view::export::{TableChoice, TableExportRequest};
use crate::view::forecast::ForecastRequest;
use crate::view::invoices::InvoicesView;
use crate::view::over_time::SpendOverTimeRequest;
use crate::view::renewals::RenewalsRequest;
use crate::view::roster::Exported;
use crate::view::spend::SpendByRequest;

/// Where a table goes, and how.
#[derive(Clone, Copy)]
struct Target<'a> {
    format: Format,
    path: &'a Path,
}

impl Seatledger {
    /// Writes a table to a file.
    pub fn table_export(&self, request: &TableExportRequest) -> Result<Exported> {
        let to = Target { format: Format::parse(&request.format, &request.csv)?, path: Path::new(&request.path) };
        match &request.table {
            TableChoice::Purchases(of) => {
                let purchases = self.then(of.as_of.as_deref())?.purchases(&of.app)?;
                self.listed(What::Purchases, of, &purchases, to)
            }
            TableChoice::Spend(asked) => self.spend_table(asked, to),
            TableChoice::Changes(asked) => self.changes_table(asked, to),
            TableChoice::OverTime(asked) => self.over_time_table(asked, to),
            TableChoice::BurnDown(of) => self.burn_down_table(of, to),
            TableChoice::Forecast(asked) => self.forecast_table(asked, to),
            TableChoice::Renewals(asked) => self.renewals_table(asked, to),
            TableChoice::Chargeback(asked) => self.chargeback_table(asked, to),
            TableChoice::Fees(of) => self.listed(What::Fees, of, &self.fees(of)?.fees, to),
            TableChoice::Invoices(of) => self.invoices_table(of, to),
            TableChoice::Rates => {
                let rates = self.rates()?;
                let asked = vec![line("Base currency", rates.base)];
                let paper = self.paper_of(What::Rates, Subject { app: None, as_of: None, asked }, to.path)?;
                whole(&rates.rates, to.format, to.path, paper)
            }
        }
    }

    /// The entries of an app, as they stand.
    fn listed<T: super::Tabular>(&self, what: What, of: &AppDayRequest, rows: &[T], to: Target) -> Result<Exported> {
        whole(
            rows,
            to.format,
            to.path,
            self.paper_of(what, subject(&of.app, of.as_of.as_deref(), Vec::new()), to.path)?,
        )
    }

    fn spend_table(&self, asked: &AppDayRequest, to: Target) -> Result<Exported> {
        let spend = self.spend(asked)?;
        let rates = self.rates_in_use(&asked.app)?;
        let mut paper = self.paper_of(What::Spend, subject(&asked.app, asked.as_of.as_deref(), rates), to.path)?;
        paper.about.extend(about::totals(&spend));
        paper.charts = about::pictures(&spend);
        whole(&spend.by_license_type, to.format, to.path, paper)
    }

    fn changes_table(&self, asked: &AppDayRequest, to: Target) -> Result<Exported> {
        let until = asked.as_of.as_deref();
        let paper = self.paper_of(What::Changes, subject(&asked.app, until, Vec::new()), to.path)?;
        whole(&self.changes(&asked.app, None, until)?, to.format, to.path, paper)
    }

    fn over_time_table(&self, asked: &SpendOverTimeRequest, to: Target) -> Result<Exported> {
        let spend = self.spend_over_time(asked)?;
        let mut lines = vec![line("Finding", spend.title.clone()), line("Measure", spend.subtitle.clone())];
        lines.push(told("All periods together", &spend.total));
        lines.extend(spend.caveats.iter().map(|caveat| line("Left out", caveat.clone())));
        lines.extend(self.rates_in_use(&asked.app)?);
        let mut paper = self.paper_of(What::OverTime, subject(&asked.app, None, lines), to.path)?;
        paper.charts = periods::spend_pictures(&spend, &self.types(&self.app(&asked.app)?)?);
        whole(&PeriodAmount::all(&spend), to.format, to.path, paper)
    }

    fn burn_down_table(&self, of: &AppRequest, to: Target) -> Result<Exported> {
        let burn = self.burn_down(&of.app)?;
        let mut lines: Lines = burn.as_ref().map_or_else(
            || vec![line("Finding", "No purchase in force has both an end and a known price.")],
            |burn| {
                let found = [("Finding", &burn.title), ("Measure", &burn.subtitle), ("Pace", &burn.pace)]
                    .map(|(label, text)| line(label, text));
                found.into_iter().chain([told("Committed", &burn.committed)]).collect()
            },
        );
        lines.extend(self.rates_in_use(&of.app)?);
        let mut paper = self.paper_of(What::BurnDown, subject(&of.app, None, lines), to.path)?;
        paper.charts = burn.as_ref().map(periods::burn_picture).into_iter().collect();
        whole(&burn.map_or_else(Vec::new, |burn| burn.points), to.format, to.path, paper)
    }

    /// A scenario that is refused has no table: nobody would see that the months are those of the present.
    fn forecast_table(&self, asked: &ForecastRequest, to: Target) -> Result<Exported> {
        let forecast = self.forecast(asked)?;
        if !forecast.problems.is_empty() {
            return Err(Error::Refused(forecast.problems));
        }
        let mut lines = vec![line("Finding", forecast.title.clone()), line("Measure", forecast.subtitle.clone())];
        let scenario = asked.scenario.as_ref().filter(|scenario| !scenario.name.is_empty());
        lines.extend(scenario.map(|scenario| line("Scenario", scenario.name.clone())));
        lines.extend([told("Low", &forecast.low), told("Expected", &forecast.expected), told("High", &forecast.high)]);
        lines.extend(forecast.difference.iter().map(|difference| told("Scenario less present", difference)));
        lines.extend(forecast.caveats.iter().map(|caveat| line("Left out", caveat.clone())));
        lines.extend(self.uplifts(&asked.app)?);
        lines.extend(self.rates_in_use(&asked.app)?);
        let mut paper = self.paper_of(What::Forecast, subject(&asked.app, asked.as_of.as_deref(), lines), to.path)?;
        paper.charts = periods::forecast_pictures(&forecast);
        let rows: Vec<ForecastRow> = forecast.months.iter().map(ForecastRow).collect();
        whole(&rows, to.format, to.path, paper)
    }

    fn renewals_table(&self, asked: &RenewalsRequest, to: Target) -> Result<Exported> {
        let renewals = self.renewals(asked)?;
        let mut lines = Vec::new();
        lines.extend(asked.app.is_none().then(|| line("App", "All apps")));
        lines.push(line("Finding", renewals.title));
        let subject = Subject { app: asked.app.as_deref(), as_of: asked.as_of.as_deref(), asked: lines };
        let paper = self.paper_of(What::Renewals, subject, to.path)?;
        whole(&renewals.rows, to.format, to.path, paper)
    }

    fn chargeback_table(&self, asked: &SpendByRequest, to: Target) -> Result<Exported> {
        let spend = self.spend_by(asked)?;
        let mut lines = vec![told("Total", &spend.total), told("Seats that nobody holds", &spend.unassigned)];
        lines.extend(self.rates_in_use(&asked.app)?);
        lines.extend(spend.caveat.iter().map(|caveat| line("Left open", caveat.clone())));
        let mut paper = self.paper_of(What::Chargeback, subject(&asked.app, asked.as_of.as_deref(), lines), to.path)?;
        let rows = ShareRow::all(&spend);
        paper.charts = periods::share_picture(&spend).into_iter().collect();
        whole(&rows, to.format, to.path, paper)
    }

    fn invoices_table(&self, of: &AppDayRequest, to: Target) -> Result<Exported> {
        let InvoicesView { invoices, compared, .. } = self.invoices(of)?;
        let lines = compared.iter().map(|one| {
            let results = [&one.recorded, &one.computed, &one.variance].map(|figure| &figure.because.result);
            let [recorded, computed, variance] = results;
            line(&one.purchase_name, format!("Recorded {recorded}, computed {computed}, variance {variance}."))
        });
        let paper = self.paper_of(What::Invoices, subject(&of.app, of.as_of.as_deref(), lines.collect()), to.path)?;
        whole(&invoices, to.format, to.path, paper)
    }
}

fn subject<'a>(app: &'a str, as_of: Option<&'a str>, asked: Lines) -> Subject<'a> {
    Subject { app: Some(app), as_of, asked }
}
