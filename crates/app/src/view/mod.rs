//! View models and requests in the screens' words: what crosses to the window and, in part, to scripts.
//! Money is a decimal text with its currency, dates are `YYYY-MM-DD`, instants RFC 3339 UTC, missing is `null`.

pub mod apps;
pub mod charts;
pub mod connect;
pub mod drafts;
pub mod export;
pub mod fees;
pub mod figure;
pub mod focus;
pub mod forecast;
pub mod headcounts;
pub mod import;
pub mod integration;
pub mod invoices;
pub mod last_activity;
pub mod over_time;
pub mod problem;
pub mod purchases;
pub mod rates;
pub mod renewals;
pub mod renewing;
pub mod roster;
pub mod settings;
pub mod spend;
pub mod sync;
