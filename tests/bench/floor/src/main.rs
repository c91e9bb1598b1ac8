//! The floor: every page fetched, parsed into borrowed types, its users inserted; one transaction, one table.
//! Absent on purpose: retries, limits, comparison, history, indexes for search, anything that a product needs.

mod table;
mod wire;

use std::error::Error;
use std::process::ExitCode;

use reqwest::{Client, header};

use crate::table::Table;
use crate::wire::List;

/// `floor BASE_URL TOKEN DATABASE COUNT`
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [base, token, database, count] = arguments.as_slice() else {
        eprintln!("usage: floor BASE_URL TOKEN DATABASE COUNT");
        return ExitCode::FAILURE;
    };
    let outcome = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(read(base, token, database, count)));
    match outcome {
        Ok(users) => {
            println!("{users}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("floor: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn read(base: &str, token: &str, database: &str, count: &str) -> Result<u64, Box<dyn Error>> {
    let client = Client::builder().no_proxy().build()?;
    let mut table = Table::create(database)?;
    let writing = table.transaction()?;
    let mut start = 1_u64;
    {
        let mut adding = writing.adding()?;
        loop {
            let url = format!("{base}/Users?startIndex={start}&count={count}");
            let request = client.get(url).header(header::ACCEPT, "application/scim+json").bearer_auth(token);
            let body = request.send().await?.error_for_status()?.bytes().await?;
            let list: List<'_> = serde_json::from_str(std::str::from_utf8(&body)?)?;
            for user in &list.resources {
                adding.add(user)?;
            }
            start += list.resources.len() as u64;
            if list.resources.is_empty() || start > list.total_results {
                break;
            }
        }
    }
    writing.commit()?;
    Ok(start - 1)
}
