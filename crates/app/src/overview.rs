//! The Overview's charts: seats over time with the purchased line, members by Active date, changes by month.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use ledger::Purchase;
use roster::{ChangeKind, License};
use store::App;

use crate::activity::Types;
use crate::error::Result;
use crate::seatledger::{Rooms, Seatledger};
use crate::view::apps::AppRequest;
use crate::view::charts::{ActiveDateChart, Charts, Gap, MonthChanges, MonthCounts, SeatBand, SeatChart, SeatPoint};
use crate::words::{self, counted};

/// A span without a completed sync longer than this is drawn as a gap.
const LONGEST_SILENCE: i64 = 31;

impl Seatledger {
    /// Everything the Overview draws.
    pub fn charts(&self, request: &AppRequest) -> Result<Charts> {
        let app = self.app(&request.app)?;
        let types = self.types(&app)?;
        Ok(Charts {
            seats: self.seat_chart(&app, &types)?,
            active_dates: self.active_date_chart(&app, &types)?,
            changes: self.month_changes(&app)?,
        })
    }
}

impl Rooms {
    fn seat_chart(&self, app: &App, types: &Types) -> Result<Option<SeatChart>> {
        let read = self.store.sync_days(app.id)?;
        let (Some(&from), Some(&last)) = (read.first(), read.last()) else {
            return Ok(None);
        };
        let today = self.today()?.max(last);
        let mut steps: BTreeMap<i64, (License, Vec<SeatPoint>)> = BTreeMap::new();
        for (date, license, seats) in self.store.seat_history(app.id)? {
            let place = rank_place(types, &license);
            let (_, points) = steps.entry(place).or_insert_with(|| (license, Vec::new()));
            points.push(SeatPoint { date: date.to_string(), seats: Some(seats) });
        }
        let mut bands: Vec<SeatBand> =
            steps.into_values().map(|(license, points)| band(types, &license, points)).collect();
        bands.sort_by_key(|band| !band.billable);
        let purchases = self.purchases_entered(app.id)?;
        let purchased = purchased_line(&purchases, types, from, today);
        Ok(Some(SeatChart {
            title: seat_title(&bands, &purchased),
            subtitle: format!("Seats by license type, {} to {}", words::day(from), words::day(today)),
            from: from.to_string(),
            to: today.to_string(),
            bands,
            purchased,
            gaps: gaps(&read, today),
        }))
    }

    fn active_date_chart(&self, app: &App, types: &Types) -> Result<Option<ActiveDateChart>> {
        let counts = self.store.created_by_month(app.id)?;
        let members = self.store.member_count(app.id)?;
        if members == 0 {
            return Ok(None);
        }
        let mut licenses: Vec<License> = counts.iter().map(|(_, license, _)| license.clone()).collect();
        licenses.sort_by_key(|license| rank_place(types, license));
        licenses.dedup();
        let mut months: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        let mut dated = 0;
        for (month, license, count) in counts {
            dated += count;
            let row = months.entry(month).or_insert_with(|| vec![0; licenses.len()]);
            let place = licenses.iter().position(|known| *known == license);
            if let Some(cell) = place.and_then(|place| row.get_mut(place)) {
                *cell += count;
            }
        }
        fill_months(&mut months, licenses.len());
        let busiest = months.iter().max_by_key(|(_, counts)| counts.iter().sum::<u64>());
        let title = busiest.map_or_else(
            || "No member has an Active date".to_owned(),
            |(month, counts)| {
                format!(
                    "{}: the most members became active, {}",
                    month_name(month),
                    words::grouped(counts.iter().sum())
                )
            },
        );
        let range = months.keys().next().zip(months.keys().next_back());
        let range =
            range.map_or_else(String::new, |(first, last)| format!(", {} to {}", month_name(first), month_name(last)));
        Ok(Some(ActiveDateChart {
            title,
            subtitle: format!("Members by the month of their Active date{range}"),
            types: licenses.iter().map(|license| types.named(license)).collect(),
            months: months.into_iter().map(|(month, counts)| MonthCounts { month, counts }).collect(),
            undated: members.saturating_sub(dated),
        }))
    }

    fn month_changes(&self, app: &App) -> Result<Vec<MonthChanges>> {
        let mut months: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (month, kind, count) in self.store.changes_by_month(app.id)? {
            let row = months.entry(month).or_insert_with(|| vec![0; 4]);
            let place = match kind {
                ChangeKind::Joined | ChangeKind::Reactivated => 0,
                ChangeKind::Upgraded => 1,
                ChangeKind::Left => 2,
                ChangeKind::Downgraded => 3,
                ChangeKind::Reclassified => continue,
            };
            if let Some(cell) = row.get_mut(place) {
                *cell += count;
            }
        }
        fill_months(&mut months, 4);
        let view = |(month, counts): (String, Vec<u64>)| {
            let at = |place: usize| counts.get(place).copied().unwrap_or_default();
            MonthChanges { month, joined: at(0), upgraded: at(1), left: at(2), downgraded: at(3) }
        };
        Ok(months.into_iter().map(view).collect())
    }
}

/// Orders types by rank, highest first; unknown last.
fn rank_place(types: &Types, license: &License) -> i64 {
    let place = license.key().and_then(|key| types.0.iter().position(|known| known.key == *key));
    place.and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX)
}

fn band(types: &Types, license: &License, points: Vec<SeatPoint>) -> SeatBand {
    let named = types.named(license);
    SeatBand { license_type: named.license_type, name: named.name, billable: types.billable(license), points }
}

/// Purchased seats of billable types as steps: a point wherever a term begins or ends.
fn purchased_line(purchases: &[Purchase], types: &Types, from: Date, to: Date) -> Vec<SeatPoint> {
    let billable = types.0.iter().filter(|known| known.billable).map(|known| known.key.as_str());
    let charged = |key: &&str| purchases.iter().any(|purchase| purchase.license_type == *key);
    let keys: Vec<&str> = billable.filter(charged).collect();
    if keys.is_empty() {
        return Vec::new();
    }
    let bought = purchases.iter().filter(|purchase| keys.contains(&purchase.license_type.as_str()));
    let ends = bought.flat_map(|purchase| [Some(purchase.term.from), purchase.term.end]).flatten();
    let mut days: Vec<Date> = ends.filter(|day| (from..=to).contains(day)).chain([from]).collect();
    days.sort_unstable();
    days.dedup();
    let seats_on = |day| keys.iter().map(|key| ledger::seats_in_force(day, key, purchases)).sum::<Option<u64>>();
    days.into_iter().map(|day| SeatPoint { date: day.to_string(), seats: seats_on(day) }).collect()
}

fn seat_title(bands: &[SeatBand], purchased: &[SeatPoint]) -> String {
    let latest = |band: &SeatBand| band.points.last().and_then(|point| point.seats).unwrap_or_default();
    let assigned: u64 = bands.iter().filter(|band| band.billable).map(latest).sum();
    match purchased.last() {
        None => format!(
            "{} assigned; no purchases are entered yet",
            counted(assigned, "billable seat is", "billable seats are")
        ),
        Some(SeatPoint { seats: None, .. }) => {
            format!("{} assigned of an unlimited purchase", counted(assigned, "billable seat is", "billable seats are"))
        }
        Some(SeatPoint { seats: Some(bought), .. }) if assigned > *bought => {
            format!(
                "{} more than purchased: {} of {}",
                counted(assigned - bought, "seat", "seats"),
                words::grouped(assigned),
                words::grouped(*bought)
            )
        }
        Some(SeatPoint { seats: Some(bought), .. }) => {
            format!(
                "{} of {} assigned",
                words::grouped(assigned),
                counted(*bought, "purchased seat is", "purchased seats are")
            )
        }
    }
}

fn gaps(read: &[Date], today: Date) -> Vec<Gap> {
    // Nothing was read today either when the last span is still open: it ends tomorrow at the earliest.
    let nexts = read.iter().skip(1).copied().chain([today.saturating_add(1.day())]);
    let spans = read.iter().copied().zip(nexts);
    let silent = spans.filter(|(from, to)| ledger::days_between(*from, *to) > LONGEST_SILENCE);
    silent.map(|(from, to)| Gap { from: from.saturating_add(1.day()).to_string(), to: to.to_string() }).collect()
}

/// Adds the months between the first and the last that have no entry.
fn fill_months(months: &mut BTreeMap<String, Vec<u64>>, width: usize) {
    let Some((first, last)) = months.keys().next().cloned().zip(months.keys().next_back().cloned()) else {
        return;
    };
    let first_day = |month: &str| format!("{month}-01").parse::<Date>().ok();
    let (Some(mut day), Some(last)) = (first_day(&first), first_day(&last)) else {
        return;
    };
    while day < last {
        months.entry(day.strftime("%Y-%m").to_string()).or_insert_with(|| vec![0; width]);
        day = day.saturating_add(1.month());
    }
}

/// "Mar 2026" for `2026-03`.
fn month_name(month: &str) -> String {
    format!("{month}-01").parse::<Date>().map_or_else(|_| month.to_owned(), |day| day.strftime("%b %Y").to_string())
}
