//! Writes an answer: a head, a slice of the roster that is never copied, a tail.

use std::io::{self, IoSlice, Write};
use std::net::TcpStream;

pub const UNAUTHORIZED: &[u8] =
    br#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"Wrong token"}"#;
pub const NOT_FOUND: &[u8] =
    br#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404","detail":"No such resource"}"#;
pub const CONFIG: &[u8] = br#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
"patch":{"supported":true},"bulk":{"supported":false,"maxOperations":0,"maxPayloadSize":0},
"filter":{"supported":true,"maxResults":500},"changePassword":{"supported":false},"sort":{"supported":false},
"etag":{"supported":true},"authenticationSchemes":[{"type":"oauthbearertoken","name":"OAuth Bearer Token",
"description":"A bearer token"}]}"#;

pub fn send(mut stream: &TcpStream, status: &str, head: &[u8], middle: &[u8], tail: &[u8]) -> io::Result<()> {
    let length = head.len() + middle.len() + tail.len();
    let mut start =
        format!("HTTP/1.1 {status}\r\nContent-Type: application/scim+json\r\nContent-Length: {length}\r\n\r\n")
            .into_bytes();
    start.extend_from_slice(head);
    let parts = [start.as_slice(), middle, tail];
    let written = stream.write_vectored(&parts.map(IoSlice::new))?;
    let mut skip = written;
    for part in parts {
        let done = skip.min(part.len());
        skip -= done;
        stream.write_all(part.get(done..).unwrap_or_default())?;
    }
    Ok(())
}
