//! Serves a Lucid roster over loopback HTTP from memory: every user is rendered once, a page is one slice of that text.
//! `roster-server USERS TOKEN` prints its address. Absent on purpose: faults, filters, TLS; `lucid-sim` has those.
//!
//! `/uN/pM/…/Users` lists the first N users, at most M a page. `/edition/E` makes 1 % of them differ from edition E - 1.

mod answer;
mod people;
mod request;
mod roster;

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, PoisonError, RwLock};

use crate::request::Request;
use crate::roster::Roster;

/// What all connections share.
struct Shared {
    users: usize,
    token: String,
    roster: RwLock<Arc<Roster>>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [users, token] = arguments.as_slice() else {
        eprintln!("usage: roster-server USERS TOKEN");
        return ExitCode::FAILURE;
    };
    let Ok(users) = users.parse() else {
        eprintln!("roster-server: {users} is not a number of users");
        return ExitCode::FAILURE;
    };
    match serve(users, token) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("roster-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(users: usize, token: &str) -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let roster = RwLock::new(Arc::new(Roster::new(users, 0)));
    let shared = Arc::new(Shared { users, token: format!("Bearer {token}"), roster });
    println!("http://{}", listener.local_addr()?);
    io::stdout().flush()?;
    for stream in listener.incoming() {
        let (stream, shared) = (stream?, Arc::clone(&shared));
        // A client that goes away ends its own connection only.
        std::thread::spawn(move || drop(converse(&stream, &shared)));
    }
    Ok(())
}

/// Answers one connection's requests until it closes.
fn converse(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = io::BufReader::new(stream);
    while let Some(request) = Request::read(&mut reader)? {
        let last = request.close;
        respond(stream, shared, &request)?;
        if last {
            break;
        }
    }
    Ok(())
}

fn respond(stream: &TcpStream, shared: &Shared, request: &Request) -> io::Result<()> {
    if let Some(edition) = request.edition() {
        let fresh = Arc::new(Roster::new(shared.users, edition));
        *shared.roster.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        return answer::send(stream, "200 OK", b"{}", &[], b"");
    }
    if request.authorization.as_deref() != Some(shared.token.as_str()) {
        return answer::send(stream, "401 Unauthorized", answer::UNAUTHORIZED, &[], b"");
    }
    if request.path.ends_with("/ServiceProviderConfig") {
        return answer::send(stream, "200 OK", answer::CONFIG, &[], b"");
    }
    if !request.path.ends_with("/Users") {
        return answer::send(stream, "404 Not Found", answer::NOT_FOUND, &[], b"");
    }
    let roster = Arc::clone(&shared.roster.read().unwrap_or_else(PoisonError::into_inner));
    let total = request.setting('u').unwrap_or(shared.users).min(shared.users);
    let most = request.setting('p').unwrap_or(500);
    let start = request.number("startIndex").unwrap_or(1).max(1);
    let count = request.number("count").unwrap_or(most).min(most);
    let first = (start - 1).min(total);
    let last = first.saturating_add(count).min(total);
    let head = format!(
        "{{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":{total},\
         \"startIndex\":{start},\"itemsPerPage\":{},\"Resources\":[",
        last - first
    );
    answer::send(stream, "200 OK", head.as_bytes(), roster.users(first, last), b"]}")
}
