//! The files of the last reading beside the database: they make a sync short and never change what it finds.

use jiff::ToSpan;
use jiff::civil::date;
use lucid_sim::{Config, Server};

use crate::desk::Desk;
use crate::folder::files;
use crate::truth;

fn remembered(desk: &Desk) -> Vec<std::path::PathBuf> {
    let mut found = files(&desk.folder());
    found
        .retain(|file| file.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("recall-")));
    found
}

#[test]
fn every_reading_finds_the_servers_truth_with_the_last_one_there_gone_or_damaged() {
    let first = date(2026, 1, 5);
    let server = Server::start(Config { day: Some(first), ..Config::of(700, 7) }).unwrap();
    let desk = Desk::new();
    desk.connect(&server);
    for week in 0..8 {
        match (week, remembered(&desk).as_slice()) {
            (0, left) => assert_eq!(left.len(), 0),
            (3, left) => left.iter().for_each(|file| std::fs::remove_file(file).unwrap()),
            (5, left) => left.iter().for_each(|file| {
                let mut bytes = std::fs::read(file).unwrap();
                bytes.iter_mut().skip(500).step_by(97).for_each(|byte| *byte ^= 0x55);
                std::fs::write(file, bytes).unwrap();
            }),
            (_, left) => assert_eq!(left.len(), 2, "the last reading is kept"),
        }
        desk.sync_on(first.saturating_add((week * 7).days()), &server, true);
        let listed: Vec<_> = desk.roster(&["--status", "active"]);
        assert_eq!(listed, truth::roster(&server), "week {week}");
    }
}

#[test]
fn disconnecting_leaves_nothing_of_it() {
    let server = crate::desk::server(250);
    let desk = Desk::with(&server);
    assert_eq!(remembered(&desk).len(), 2);
    desk.says(&["disconnect", crate::desk::APP, "--confirm", "Lucidchart"]);
    assert_eq!(remembered(&desk).len(), 0);
}
