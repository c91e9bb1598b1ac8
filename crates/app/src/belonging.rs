//! What to say of days of which little is known: nobody was counted yet, or an earlier version kept the last department
//! and cost center alone.

use jiff::civil::Date;
use store::App;

use crate::activity::day;
use crate::error::Result;
use crate::seatledger::{Rooms, Seatledger};
use crate::spending::NOT_READ;
use crate::view::roster::RosterQuery;
use crate::words;

impl Rooms {
    /// That the departments and cost centers of a day are not those of that day, if so; `None` asks for now.
    pub(crate) fn belonging_caveat(&self, app: &App, asked: Option<Date>) -> Result<Option<String>> {
        let Some(asked) = asked else { return Ok(None) };
        Ok(caveat(asked, self.store.belonging_from(app.id)?))
    }

    /// What rows of a day leave open; `None` asks for now.
    pub(crate) fn rows_caveat(&self, app: &App, asked: Option<Date>) -> Result<Option<String>> {
        if self.was_read(app, asked.map_or_else(|| self.today(), Ok)?)? {
            return self.belonging_caveat(app, asked);
        }
        Ok(Some(NOT_READ.to_owned()))
    }
}

impl Seatledger {
    /// What the rows of a query leave open: that nobody was counted on its day, or that departments and cost centers are
    /// not those of its day.
    pub fn roster_caveat(&self, query: &RosterQuery) -> Result<Option<String>> {
        self.rows_caveat(&self.app(&query.app)?, query.as_of.as_deref().map(day).transpose()?)
    }
}

fn caveat(asked: Date, known_from: Option<Date>) -> Option<String> {
    let known = words::day(known_from.filter(|known| asked < *known)?);
    Some(format!("Departments and cost centers are known since {known}: for days before, those of that day are used."))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::caveat;

    #[test]
    fn only_days_before_departments_were_kept_have_a_caveat() {
        let known = date(2026, 11, 4);
        let said =
            "Departments and cost centers are known since 4 Nov 2026: for days before, those of that day are used.";
        assert_eq!(caveat(date(2026, 11, 3), Some(known)).as_deref(), Some(said));
        assert_eq!(caveat(known, Some(known)), None);
        assert_eq!(caveat(date(2026, 11, 3), None), None);
    }
}
