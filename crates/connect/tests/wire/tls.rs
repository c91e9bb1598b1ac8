//! What stands between us and a server: certificates that do not verify, proxies that refuse, names that lead nowhere.
//! Each is named, and not one byte of ours gets through. Certificates are judged by the platform and proxies come from
//! the environment, so a test that needs either runs itself again with another environment.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use connect::{BaseUrl, BearerToken, Client, Connector, Journal, Limits, PageOfMembers, SinkError, Sources};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_util::sync::CancellationToken;

use crate::raw::{TOKEN, http, quick};

const ADDRESS: &str = "SEATLEDGER_TEST_TLS_ADDRESS";
const AUTHORITY: &str = "SEATLEDGER_TEST_TLS_AUTHORITY";

struct Certificates {
    authority: String,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

fn certificates(name: &str, until: i32) -> Certificates {
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let signed = authority.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(vec![name.to_owned()]).unwrap();
    leaf.not_before = date_time_ymd(2020, 1, 1);
    leaf.not_after = date_time_ymd(until, 1, 1);
    let leaf = leaf.signed_by(&key, &issuer).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    Certificates { authority: signed.pem(), chain: vec![leaf.der().clone()], key }
}

/// Serves one empty roster over TLS and counts the bytes that arrive inside it.
async fn serve(certificates: Certificates) -> (String, Arc<AtomicUsize>) {
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(certificates.chain, certificates.key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}/scim/v2", listener.local_addr().unwrap().port());
    let received = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&received);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut buffer = [0; 8192];
            if let Ok(bytes) = stream.read(&mut buffer).await {
                counter.fetch_add(bytes, Ordering::SeqCst);
                let _ = stream.write_all(&http("200 OK", "", br#"{"totalResults":0}"#)).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    (address, received)
}

async fn verdict(address: &str) -> String {
    verdict_with(address, quick()).await
}

async fn verdict_with(address: &str, limits: Limits) -> String {
    let token = BearerToken::from_pasted(TOKEN).unwrap();
    let client = Client::new(&BaseUrl::parse(address).unwrap(), &token, limits).unwrap();
    match client.probe(&Sources::of(Connector::Lucid), &mut |_| {}).await {
        Ok(probe) => format!("ok {:?}", probe.users),
        Err(error) => format!("{} {error}", error.code()),
    }
}

#[tokio::test]
async fn rfc6750_5_3_an_unknown_issuer_is_refused_before_anything_is_sent() {
    let (address, received) = serve(certificates("localhost", 2090)).await;
    let verdict = verdict(&address).await;
    assert_eq!(verdict, "tls The certificate of localhost is signed by nobody that this machine trusts.");
    assert_eq!(received.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_authority_that_somebody_named_is_trusted_for_its_own_hosts_only() {
    for (name, until, expected) in [
        ("localhost", 2090, "ok Some(0)"),
        ("other.test", 2090, "tls The certificate that the server showed was not made for localhost."),
        ("localhost", 2021, "tls The certificate of localhost has expired."),
    ] {
        let made = certificates(name, until);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("company.pem");
        std::fs::write(&file, &made.authority).unwrap();
        let (address, _) = serve(made).await;
        assert_eq!(verdict_with(&address, Limits { authorities: vec![file], ..quick() }).await, expected);
    }
}

/// What a process says that trusts the issuer.
#[cfg(target_os = "linux")]
async fn trusting_verdict(certificates: Certificates) -> (String, usize) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority.pem");
    std::fs::write(&file, &certificates.authority).unwrap();
    let (address, received) = serve(certificates).await;
    let file = file.to_str().unwrap().to_owned();
    let verdict = again(address, vec![("SSL_CERT_FILE", file)]).await;
    (verdict, received.load(Ordering::SeqCst))
}

/// What a process says that has nothing but this in its environment.
async fn again(address: String, environment: Vec<(&'static str, String)>) -> String {
    let output = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tls::the_other_process", "--ignored", "--nocapture"])
            .env_clear()
            .envs(environment)
            .env(ADDRESS, address)
            .output()
            .unwrap()
    });
    let output = String::from_utf8(output.await.unwrap().stdout).unwrap();
    output.lines().find_map(|line| line.split_once("verdict: ")).expect("a verdict").1.to_owned()
}

#[tokio::test]
#[ignore = "run by the tests beside it, in a process of its own"]
async fn the_other_process() {
    if let Ok(address) = std::env::var(ADDRESS) {
        let verdict = match std::env::var(AUTHORITY) {
            Ok(file) => read(&address, Limits { authorities: vec![file.into()], ..quick() }).await,
            Err(_) => verdict(&address).await,
        };
        println!("\nverdict: {verdict}");
    }
}

async fn read(address: &str, limits: Limits) -> String {
    let client = Client::new(&BaseUrl::parse(address).unwrap(), &BearerToken::from_pasted(TOKEN).unwrap(), limits);
    let mut sink = |_: PageOfMembers| -> Result<(), SinkError> { Ok(()) };
    let (sources, journal, cancel) = (Sources::of(Connector::Lucid), Journal::new(), CancellationToken::new());
    match client.unwrap().read_roster(&sources, &mut sink, &journal, &cancel).await {
        Ok(reading) => format!("read {} users", reading.users),
        Err(error) => format!("{} {error}", error.code()),
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_certificate_from_a_trusted_issuer_is_accepted() {
    let (verdict, received) = trusting_verdict(certificates("localhost", 2090)).await;
    assert_eq!(verdict, "ok Some(0)");
    assert!(received > 0);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_expired_certificate_is_refused_before_anything_is_sent() {
    let (verdict, received) = trusting_verdict(certificates("localhost", 2021)).await;
    assert_eq!(verdict, "tls The certificate of localhost has expired.");
    assert_eq!(received, 0);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn rfc7644_7_2_a_certificate_of_another_host_is_refused_before_anything_is_sent() {
    let (verdict, received) = trusting_verdict(certificates("other.test", 2090)).await;
    assert_eq!(verdict, "tls The certificate that the server showed was not made for localhost.");
    assert_eq!(received, 0);
}

#[tokio::test]
async fn a_server_without_tls_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    assert_eq!(verdict(&address).await, "tls No secure connection to localhost could be agreed on.");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_proxy_that_refuses_is_named_and_sees_no_token() {
    let proxy = crate::raw::Server::start(|_| crate::raw::status("407 Proxy Authentication Required")).await;
    let environment = vec![("HTTPS_PROXY", format!("http://{}", proxy.address))];
    let verdict = again("https://users.example.test/scim/v2".to_owned(), environment).await;
    assert_eq!(verdict, "proxy The network's proxy refused the connection to users.example.test.");
    let requests = proxy.requests();
    assert!(!requests.is_empty());
    for request in requests {
        assert!(request.head.starts_with("CONNECT users.example.test:443 "));
        assert!(!request.head.contains(TOKEN));
    }
}

/// A proxy that lets everybody through to one port of this machine, and keeps what it could read.
async fn tunnel(to: u16) -> (String, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let log = Arc::clone(&log);
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await?);
                }
                log.lock().unwrap().extend(head);
                let server = TcpStream::connect(("127.0.0.1", to)).await?;
                stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
                let (mut ours, mut theirs) = (stream.into_split(), server.into_split());
                let up = async {
                    let mut bytes = vec![0; 16 * 1024];
                    loop {
                        let count = ours.0.read(&mut bytes).await?;
                        if count == 0 {
                            return theirs.1.shutdown().await;
                        }
                        log.lock().unwrap().extend(&bytes[..count]);
                        theirs.1.write_all(&bytes[..count]).await?;
                    }
                };
                let down = async {
                    tokio::io::copy(&mut theirs.0, &mut ours.1).await?;
                    ours.1.shutdown().await
                };
                tokio::try_join!(up, down)
            });
        }
    });
    (address, seen)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_roster_is_read_through_a_proxy_that_sees_no_token() {
    let made = certificates("users.example.test", 2090);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("company.pem");
    std::fs::write(&file, &made.authority).unwrap();
    let (behind, received) = serve(made).await;
    let port = behind.split([':', '/']).find_map(|part| part.parse().ok()).unwrap();
    let (proxy, seen) = tunnel(port).await;
    let address = "https://users.example.test/scim/v2".to_owned();
    let environment = vec![("HTTPS_PROXY", proxy), (AUTHORITY, file.to_str().unwrap().to_owned())];
    assert_eq!(again(address.clone(), environment.clone()).await, "read 0 users");
    let seen = String::from_utf8_lossy(&std::mem::take(&mut *seen.lock().unwrap())).into_owned();
    assert!(seen.starts_with("CONNECT users.example.test:443 "), "{seen}");
    assert!(!seen.contains(TOKEN) && !seen.contains("/scim/v2"), "all else is encrypted");
    assert!(received.load(Ordering::SeqCst) > 0);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_host_that_no_proxy_names_is_reached_without_one() {
    let (proxy, seen) = tunnel(1).await;
    let environment = vec![("HTTPS_PROXY", proxy), ("NO_PROXY", "example.invalid,seatledger.invalid".to_owned())];
    let verdict = again("https://seatledger.invalid/scim/v2".to_owned(), environment).await;
    assert_eq!(verdict, "host-unknown There is no server called seatledger.invalid.");
    assert!(seen.lock().unwrap().is_empty());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_proxy_stands_between_us_and_this_machine() {
    let proxy = crate::raw::Server::start(|_| crate::raw::status("502 Bad Gateway")).await;
    let server = crate::raw::Server::start(|request| crate::people::honest(request, 3, 100)).await;
    let address = format!("http://{}", proxy.address);
    let environment = vec![("HTTP_PROXY", address.clone()), ("http_proxy", address.clone()), ("ALL_PROXY", address)];
    assert_eq!(again(server.base(), environment).await, "ok Some(3)");
    assert_eq!(proxy.requests().len(), 0);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_name_that_leads_nowhere_is_told() {
    let verdict = again("https://seatledger.invalid/scim/v2".to_owned(), Vec::new()).await;
    assert_eq!(verdict, "host-unknown There is no server called seatledger.invalid.");
}

/// The versions that a greeting offers: the extension 43 of a `ClientHello` (RFC 8446 §4.2.1).
fn versions(hello: &[u8]) -> Vec<u16> {
    let two = |at: usize| u16::from_be_bytes([hello[at], hello[at + 1]]);
    // Record and handshake headers, version and random; then session id, cipher suites and compressions.
    let mut at = 5 + 4 + 2 + 32;
    at += 1 + usize::from(hello[at]);
    at += 2 + usize::from(two(at));
    at += 1 + usize::from(hello[at]) + 2;
    while two(at) != 43 {
        at += 4 + usize::from(two(at + 2));
    }
    (0..usize::from(hello[at + 4]) / 2).map(|place| two(at + 5 + place * 2)).collect()
}

#[tokio::test]
async fn rfc7644_7_2_nothing_older_than_tls_1_2_is_offered() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}/scim/v2", listener.local_addr().unwrap().port());
    let greeted = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = vec![0; 5];
        stream.read_exact(&mut hello).await.unwrap();
        let mut rest = vec![0; usize::from(u16::from_be_bytes([hello[3], hello[4]]))];
        stream.read_exact(&mut rest).await.unwrap();
        // What an old server says: protocol version not supported (RFC 8446 §6).
        stream.write_all(&[21, 3, 1, 0, 2, 2, 70]).await.unwrap();
        [hello, rest].concat()
    });
    let verdict = verdict(&address).await;
    assert!(verdict.starts_with("tls "), "{verdict}");
    let mut offered = versions(&greeted.await.unwrap());
    offered.sort_unstable();
    assert_eq!(offered, [0x0303, 0x0304], "TLS 1.2 and 1.3");
}
