//! An HTTP server of a few lines, one connection per request, that answers with exactly the bytes a test wants.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connect::{
    BaseUrl, BearerToken, Client, ConnectError, Connector, Journal, Limits, PageOfMembers, Reading, SinkError, Sources,
};
use roster::FindingCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// What the server does with a connection after reading the request.
pub enum Reply {
    /// Sends this and closes.
    Bytes(Vec<u8>),
    /// Sends this and resets the connection.
    Reset(Vec<u8>),
    /// Sends this, then one byte at a time for ever.
    Drip(Vec<u8>),
    /// Sends this after a while, then tells so.
    Later(Duration, Vec<u8>, Box<dyn FnOnce() + Send>),
    /// Never answers.
    Silence,
}

/// A request as received.
#[derive(Debug, Clone)]
pub struct Request {
    pub head: String,
    pub path: String,
    pub start: u64,
    pub count: u64,
    /// How many requests came before it.
    pub nth: usize,
}

pub struct Server {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Without a description of itself, whose absence is neither logged nor counted.
    pub async fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::serving(answer, false).await
    }

    /// Every request comes to `answer`.
    pub async fn described(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::serving(answer, true).await
    }

    async fn serving(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static, described: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move {
                    let _ = serve(stream, &log, &*answer, described).await;
                });
            }
        });
        Self { address, seen, task }
    }

    pub fn base(&self) -> String {
        format!("http://{}/scim/v2", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    pub fn client(&self) -> Client {
        self.client_with(quick())
    }

    pub fn client_with(&self, limits: Limits) -> Client {
        let token = BearerToken::from_pasted(TOKEN).unwrap();
        Client::new(&BaseUrl::parse(&self.base()).unwrap(), &token, limits).unwrap()
    }

    pub async fn read(&self) -> Result<(Reading, Vec<PageOfMembers>), ConnectError> {
        self.read_with(quick()).await
    }

    pub async fn read_with(&self, limits: Limits) -> Result<(Reading, Vec<PageOfMembers>), ConnectError> {
        let mut pages = Vec::new();
        let mut sink = |page: PageOfMembers| -> Result<(), SinkError> {
            if page.restart {
                pages.clear();
            }
            pages.push(page);
            Ok(())
        };
        let mut reading = self
            .client_with(limits)
            .read_roster(&Sources::of(Connector::Lucid), &mut sink, &Journal::new(), &CancellationToken::new())
            .await?;
        // What every reading has is left to the tests that look at it: the tenant's shape, the question for a description.
        reading.findings.retain(|found| found.code != FindingCode::TenantShows);
        reading.requests -= 1;
        Ok((reading, pages))
    }
}

/// Limits that make every test short.
pub fn quick() -> Limits {
    Limits {
        connect: Duration::from_secs(5),
        silence: Duration::from_secs(5),
        answer: Duration::from_secs(10),
        pause: Duration::from_millis(1),
        refused_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(4),
        retries: 2,
        ..Limits::default()
    }
}

async fn serve(
    mut stream: TcpStream,
    seen: &Mutex<Vec<Request>>,
    answer: &(dyn Fn(&Request) -> Reply + Send + Sync),
    described: bool,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
    if !described && path.ends_with("/ServiceProviderConfig") {
        stream.write_all(&http("404 Not Found", "", b"")).await?;
        return stream.shutdown().await;
    }
    let number = |name: &str| {
        let value = path.split(['?', '&']).find_map(|pair| pair.strip_prefix(name));
        value.and_then(|value| value.parse().ok()).unwrap_or_default()
    };
    let request = {
        let mut seen = seen.lock().unwrap();
        let (start, count, nth) = (number("startIndex="), number("count="), seen.len());
        seen.push(Request { start, count, nth, path: path.clone(), head });
        seen.last().unwrap().clone()
    };
    match answer(&request) {
        Reply::Bytes(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Reply::Reset(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            tokio::time::sleep(Duration::from_millis(30)).await;
            stream.set_zero_linger()
        }
        Reply::Drip(bytes) => {
            stream.write_all(&bytes).await?;
            loop {
                stream.write_all(b" ").await?;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        Reply::Later(wait, bytes, then) => {
            tokio::time::sleep(wait).await;
            then();
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Reply::Silence => {
            tokio::time::sleep(Duration::from_mins(1)).await;
            Ok(())
        }
    }
}

/// An answer with a status line, these headers, and a length.
pub fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

pub fn json(body: &str) -> Reply {
    Reply::Bytes(http("200 OK", "Content-Type: application/scim+json\r\n", body.as_bytes()))
}

pub fn status(status: &str) -> Reply {
    Reply::Bytes(http(status, "", b""))
}
