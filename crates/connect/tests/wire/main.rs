//! The client against byte-level servers: every way in which a real server was seen to fail, and the shapes it speaks.
//! No simulator is involved: each test says itself which bytes come back.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its set-up fails")]

mod cursors;
mod faults;
mod faults_md;
mod journal;
mod limiters;
mod many_apps;
mod missed;
mod org_groups;
mod paths;
mod people;
mod probe;
mod raw;
mod reading;
mod recall;
mod redirects;
mod rest_api;
mod retries;
mod rfc;
mod shapes;
mod sim;
mod tls;
mod transport;
mod trim;
mod values;
mod virtual_time;
