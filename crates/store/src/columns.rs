//! How days, instants, licenses and texts are written in columns, and read back.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use roster::{License, LicenseKey};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

const EPOCH: Date = date(1970, 1, 1);

/// A civil day as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub Date);

impl Day {
    pub(crate) fn number(self) -> i64 {
        self.0.duration_since(EPOCH).as_hours() / 24
    }

    /// The day with this number.
    pub(crate) fn of(number: i64) -> Option<Date> {
        EPOCH.checked_add(SignedDuration::from_hours(number.checked_mul(24)?)).ok()
    }
}

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.number().into())
    }
}

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let days = value.as_i64()?;
        Self::of(days).map(Self).ok_or(FromSqlError::OutOfRange(days))
    }
}

/// An instant as microseconds since 1970-01-01; what is finer is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Instant(pub Timestamp);

impl ToSql for Instant {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_microsecond().into())
    }
}

impl FromSql for Instant {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let micros = value.as_i64()?;
        Timestamp::from_microsecond(micros).map(Self).map_err(|_| FromSqlError::OutOfRange(micros))
    }
}

/// A license as its key; NULL is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LicenseColumn(pub License);

impl ToSql for LicenseColumn {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match &self.0 {
            License::Type(key) => key.as_str().into(),
            License::Unknown => rusqlite::types::Null.into(),
        })
    }
}

impl FromSql for LicenseColumn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let Some(text) = value.as_str_or_null()? else { return Ok(Self(License::Unknown)) };
        LicenseKey::new(text).map(|key| Self(License::Type(key))).ok_or(FromSqlError::InvalidType)
    }
}

/// The month of an instant in UTC, `2027-03`.
pub(crate) fn month_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
