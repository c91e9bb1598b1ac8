//! What a workbook says of itself: the app, the day, the basis of every figure, the filters, when it was made, by which version.

use std::path::Path;

use super::cells::{Cell, Tabular};
use super::typed;
use super::workbook::{Kind, Paper, Picture, Series};
use super::{Format, What};
use crate::activity::day;
use crate::error::Result;
use crate::seatledger::Seatledger;
use crate::view::apps::AppRequest;
use crate::view::figure::Figure;
use crate::view::roster::RosterQuery;
use crate::view::spend::SpendView;
use crate::words;

pub(super) type Lines = Vec<(String, String)>;

pub(super) fn line(label: &str, text: impl Into<String>) -> (String, String) {
    (label.to_owned(), text.into())
}

impl Seatledger {
    /// What a workbook of the roster says of itself.
    pub(super) fn paper(&self, what: What, query: &RosterQuery, path: &Path) -> Result<Paper> {
        let subject = Subject { app: Some(&query.app), as_of: query.as_of.as_deref(), asked: Vec::new() };
        let mut paper = self.paper_of(what, subject, path)?;
        let made = paper.about.iter().position(|(label, _)| label == "Made").unwrap_or(paper.about.len());
        paper.about.insert(made, line("Filters", filters(query)));
        if let Some(caveat) = self.roster_caveat(query)? {
            paper.about.insert(made, line("Left open", caveat));
        }
        Ok(paper)
    }

    /// What a workbook says of itself, whatever it holds.
    pub(super) fn paper_of(&self, what: What, subject: Subject, path: &Path) -> Result<Paper> {
        let settings = self.settings()?;
        let as_of = match subject.as_of {
            Some(text) => words::day(day(text)?),
            None => format!("{} (today in {})", words::day(self.today()?), settings.time_zone),
        };
        let mut about = vec![line("What", what.label())];
        match subject.app {
            Some(app) => {
                let row = self.app_row(&AppRequest { app: app.to_owned() })?;
                about.extend([
                    line("App", format!("{} ({})", row.name, row.app)),
                    line("Vendor", row.vendor),
                    line("Organisation", settings.organisation),
                    line("As of", as_of),
                    line("Roster", row.state_sentence),
                ]);
            }
            None => about.extend([line("Organisation", settings.organisation), line("As of", as_of)]),
        }
        about.extend(subject.asked);
        about.extend([
            line("Made", format!("{} (UTC)", self.now().strftime("%Y-%m-%d %H:%M:%S"))),
            line("Made by", format!("Seatledger {}", settings.version)),
        ]);
        about.retain(|(_, text)| !text.is_empty());
        about.extend(what.basis());
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Paper { sheet: what.sheet(), about, made: self.now(), folder, ..Paper::default() })
    }
}

/// Whose table it is, of which day, and what else was asked for.
pub(super) struct Subject<'a> {
    pub(super) app: Option<&'a str>,
    pub(super) as_of: Option<&'a str>,
    pub(super) asked: Lines,
}

impl What {
    fn sheet(self) -> &'static str {
        match self {
            Self::Roster => "Roster",
            Self::Purchases => "Purchases",
            Self::Spend => "Spend",
            Self::Changes => "Changes",
            Self::OverTime => "Spend over time",
            Self::BurnDown => "Burn-down",
            Self::Forecast => "Forecast",
            Self::Renewals => "Renewals",
            Self::Chargeback => "Chargeback",
            Self::Fees => "Fees",
            Self::Invoices => "Invoices",
            Self::Rates => "Rates",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Roster => "The roster: every member that matches the filters",
            Self::Purchases => "The purchases as they stand",
            Self::Spend => "Spend by license type",
            Self::Changes => "Who joined, left, was upgraded or downgraded",
            Self::OverTime => "Spend over time: one row for each license type and period",
            Self::BurnDown => "What is left of the committed amount of the terms in force, day by day",
            Self::Forecast => "The months to come: one row for each month",
            Self::Renewals => "What ends, by the last day to decide",
            Self::Chargeback => "Annual spend, shared out: the rows add up to the total",
            Self::Fees => "Miscellaneous fees",
            Self::Invoices => "Recorded invoices",
            Self::Rates => "The organisation's exchange rates",
        }
    }

    fn basis(self) -> Lines {
        match self {
            Self::Roster => vec![
                line("Dates and times", "In UTC, as the vendor reports them."),
                line(
                    "last_activity",
                    "As imported, up to the day. Empty: never, or not monitored, which \"activity\" tells apart.",
                ),
            ],
            Self::Purchases => vec![
                line("until", "The last day, included. Empty: open-ended."),
                line("cost", "What is paid each time, as entered. Empty: not known, which is not 0."),
                line("annual", ledger::Rule::AnnualByMonths.law()),
                line("annual, paid once", ledger::Rule::AnnualOnceOverTerm.law()),
                line("term_total", ledger::Rule::TermTotal.law()),
            ],
            Self::Spend => vec![
                line("purchased", ledger::Rule::SeatsInForce.law()),
                line("unit_annual", ledger::Rule::UnitPrice.law()),
                line("billable_annual", ledger::Rule::BillableAccounts.law()),
                line("committed_annual", ledger::Rule::Committed.law()),
                line("Rounding", ledger::Rule::Total.law()),
            ],
            Self::Changes => vec![line("at", "In UTC: when the reading of the roster found the change.")],
            Self::OverTime => vec![
                line("to", "The last day, included."),
                line("license_type", "Empty: the fees."),
                line("amount", "Before tax. Empty: not known, which is not 0."),
                line("Rounding", ledger::Rule::Total.law()),
            ],
            Self::BurnDown => vec![
                line(
                    "left",
                    "At the end of the day, by days of service, before tax. The first row is the day before the terms.",
                ),
                line("even", "At an even pace: the committed amount × the days that are left ÷ all days of the terms."),
                line("Committed", ledger::Rule::Tcv.law()),
                line("Fees", "Those of the annual spend are included, with their days of service in the terms."),
            ],
            Self::Forecast => vec![
                line("low", "Renewals at today's prices, without an uplift."),
                line("expected", "Renewals with the uplift that each purchase expects."),
                line("high", "Renewals with the highest uplift that each contract allows."),
                line("present", "What is expected without the scenario. Empty: no scenario was asked for."),
            ],
            Self::Renewals => vec![
                line("deadline", "The last day to give notice, or else the last day of the term."),
                line("days_left", "Until the deadline; negative when it has passed."),
                line("renewed_annual", ledger::Rule::Renewal.law()),
            ],
            Self::Chargeback => vec![
                line("annual", ledger::Rule::Chargeback.law()),
                line("kind", "What the row is for; seats that nobody holds are a row of their own."),
            ],
            Self::Fees => vec![
                line("until", "The last day, included. Empty: open-ended."),
                line("annual", ledger::Rule::Fee.law()),
            ],
            Self::Invoices => vec![
                line("amount", "Before tax, as recorded; negative for a credit note."),
                line("until", "The last day that it bills, included. Empty: the first one alone."),
            ],
            Self::Rates => vec![
                line("rate", "How many units of \"to\" one unit of \"from\" is worth on its days."),
                line(
                    "day",
                    "Of kind month-average the first day of its month, of kind budget the first day of its period.",
                ),
                line("until", "The last day of a budget rate, included."),
            ],
        }
    }
}

/// The filters in words; "None" is worth saying.
fn filters(query: &RosterQuery) -> String {
    let several = |name: &str, values: &[String]| {
        let shown = values.iter().map(|value| if value.is_empty() { "none" } else { value.as_str() });
        (!values.is_empty()).then(|| format!("{name}: {}", shown.collect::<Vec<_>>().join(", ")))
    };
    let billable = query.billable.map(|yes| format!("billable: {}", if yes { "yes" } else { "no" }));
    let search = (!query.search.trim().is_empty()).then(|| format!("search: {}", query.search.trim()));
    let all = [
        several("license type", &query.license_types),
        several("status", &query.statuses),
        billable,
        several("department", &query.departments),
        several("cost center", &query.cost_centers),
        several("group", &query.groups),
        search,
    ];
    let all: Vec<_> = all.into_iter().flatten().collect();
    if all.is_empty() { "None".to_owned() } else { all.join("; ") }
}

/// A figure with what it leaves out and the rule that made it.
pub(super) fn told(label: &str, figure: &Figure) -> (String, String) {
    let caveat = figure.caveat.as_deref().map(|caveat| format!(" {caveat}")).unwrap_or_default();
    let because = &figure.because;
    let amount =
        figure.value.as_ref().map_or_else(|| because.result.clone(), |sum| format!("{} {}", sum.amount, sum.currency));
    line(label, format!("{amount}.{caveat} {}", because.rule))
}

/// The totals of the spend, each with what it leaves out and how it was made.
pub(super) fn totals(spend: &SpendView) -> Lines {
    let mut lines = vec![
        told("Billable accounts, a year", &spend.billable_annual),
        told("Committed, a year", &spend.committed_annual),
        told("Unassigned seats, a year", &spend.waste_annual),
    ];
    lines.extend(spend.waste_note.as_ref().map(|note| line("Unassigned seats can be saved", note.clone())));
    lines.extend(spend.findings.iter().map(|finding| line("Finding", finding.message.clone())));
    lines
}

/// Charts of the spend: one of amounts where all are in one currency, one of seats.
pub(super) fn pictures(spend: &SpendView) -> Vec<Picture> {
    let amounts = spend.currency.as_ref().map(|currency| Picture {
        title: format!("Annual spend by license type, {}", spend.as_of),
        unit: format!("{currency} a year"),
        names: "name",
        series: vec![
            Series::all("billable_annual", "For billable accounts"),
            Series::all("committed_annual", "Committed"),
        ],
        kind: Kind::Columns,
    });
    let seats = Picture {
        title: format!("Seats by license type, {}", spend.as_of),
        unit: "Seats".to_owned(),
        names: "name",
        series: vec![Series::all("assigned", "Assigned"), Series::all("unassigned", "Unassigned")],
        kind: Kind::Stacked,
    };
    amounts.into_iter().chain([seats]).collect()
}

/// The columns with an amount that a spreadsheet's numbers cannot hold.
pub(super) fn inexact<T: Tabular>(rows: &[T], columns: &[&'static str], format: Format) -> Vec<&'static str> {
    let lost = |row: &T, column: &str| match row.cell(column) {
        Cell::Amount(text, _) => typed::number(&text).is_none(),
        _ => false,
    };
    let columns = columns.iter().copied().filter(|_| format == Format::Xlsx);
    columns.filter(|column| rows.iter().any(|row| lost(row, column))).collect()
}
