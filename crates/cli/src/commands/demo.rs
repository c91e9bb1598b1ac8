//! `demo`: the whole main job against the embedded sample organisation, narrated.

use app::Seatledger;
use app::view::apps::{AppDayRequest, AppRow};
use app::view::roster::RosterQuery;

use crate::args::Arguments;
use crate::commands::{apps, purchase, spend};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::open;
use crate::shapes::SpendShape;

/// Runs the demo in a folder of its own that goes away at the end, or in the data folder that was named.
pub async fn run(arguments: &Arguments, console: &Console) -> Outcome {
    let folder = tempfile::tempdir().map_err(|error| Failure::io("No temporary folder could be made", &error))?;
    let (data_dir, kept) = match &arguments.data_dir {
        Some(named) => (named.clone(), true),
        None => (folder.path().to_path_buf(), false),
    };
    let seatledger = open::at(arguments, data_dir.clone())?;
    let row = start(&seatledger, console).await?;
    let request = AppDayRequest { app: row.app.clone(), as_of: None };
    let spend = seatledger.spend(&request)?;
    if console.json() {
        console.document(&SpendShape::from(&spend))?;
        return Ok(0);
    }
    narrate(&seatledger, &row, console)?;
    console.say("\n4. What it costs, and why:")?;
    spend::print(&spend, true, console)?;
    let used = seatledger.activity_summary(&request)?;
    console.say(&format!(
        "\n5. Who uses what they hold, from the exports that an administrator imported:\n   {}",
        used.sentence
    ))?;
    console.say("")?;
    if kept {
        console.say(&format!("Kept in {}: seatledger --data-dir … spend {} --explain", data_dir.display(), row.app))?;
    } else {
        console.say("The sample was thrown away again. With a real account: seatledger connect lucid")?;
    }
    Ok(0)
}

async fn start(seatledger: &Seatledger, console: &Console) -> Result<AppRow, Failure> {
    console.note("This is a sample: an invented organisation, served on this machine; nothing leaves it.");
    console.note("1. Connecting to it over SCIM and reading its roster once for every week of thirteen months:");
    let quiet = console.json() || !std::io::IsTerminal::is_terminal(&std::io::stderr());
    let mut bar = (!quiet).then(|| indicatif::ProgressBar::new(0));
    let row = seatledger.sample_start(Box::new(move |progress| {
        if let Some(bar) = &mut bar {
            bar.set_length(u64::from(progress.weeks));
            bar.set_position(u64::from(progress.week));
        }
    }));
    Ok(row.await?)
}

fn narrate(seatledger: &Seatledger, row: &AppRow, console: &Console) -> Result<(), Failure> {
    console.say("The connected app:")?;
    apps::list(seatledger, false, console)?;
    console.say("\n2. Who holds Can-Edit (the first five):")?;
    let query =
        RosterQuery { app: row.app.clone(), license_types: vec!["can-edit".to_owned()], ..RosterQuery::default() };
    let page = seatledger.roster_page(&app::view::roster::RosterPageRequest { query, offset: 0, limit: 5 })?;
    for member in &page.rows {
        let created =
            member.created.as_deref().and_then(|instant| instant.split('T').next()).unwrap_or("an unknown day");
        let email = member.email.as_deref().unwrap_or(&member.user_name);
        console.say(&format!("   {email}  {}  active since {created}", member.license_name))?;
    }
    console.say(&format!("   … {} of {} members", page.matching, page.total))?;
    console.say("\n3. What was bought:")?;
    purchase::run(
        seatledger,
        &crate::args::PurchaseCommand::List { app: row.app.clone(), as_of: None, explain: false },
        console,
    )?;
    Ok(())
}
