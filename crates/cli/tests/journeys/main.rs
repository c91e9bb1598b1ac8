//! Journeys: what an administrator does with the command line, from the first connection to the last export, and everything
//! that can go wrong on the way. Each runs the built program as processes against a real server on loopback.

mod desk;
mod folder;
mod main_job;
mod truth;
