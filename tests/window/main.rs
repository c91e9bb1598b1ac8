//! The built app in its real window, driven through `WebKitWebDriver`. Every test has a desk of its own: display, session
//! bus, keychain, folders. Screenshots for people land in target/screenshots.
//! Absent on purpose: anything that looks inside the backend. What is asserted is on the screen or in a file.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test that cannot go on says where and why")]

mod another_app;
mod axe;
mod connecting;
mod desk;
mod desktop;
mod dragging;
mod held;
mod importing;
mod keyboard;
mod last_activity;
mod license_details;
mod main_job;
mod money;
mod outlook;
mod past_day;
mod reasons;
mod rows;
mod sample;
mod states;
mod window;
