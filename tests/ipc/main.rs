//! The commands over the real path: the page's message, the permission list, the handler, `app`, the answer.
//! The runtime is Tauri's mock, so no display is needed; what the page does with an answer is not asked here.
#![allow(clippy::expect_used, reason = "a test that cannot go on says where")]

mod flow;
mod integration;
mod last_activity;
mod page;
mod schedule;
mod trouble;
mod wall;
