//! A request, as far as a roster needs one read.

use std::io::{self, BufRead};

pub struct Request {
    pub path: String,
    query: String,
    pub authorization: Option<String>,
    pub close: bool,
}

impl Request {
    /// The next request of a connection; `None` when it was closed.
    pub fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let target = line.split(' ').nth(1).unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Self { path: path.to_owned(), query: query.to_owned(), authorization: None, close: false };
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 || line.trim_end().is_empty() {
                return Ok(Some(request));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            if name.eq_ignore_ascii_case("authorization") {
                request.authorization = Some(value.to_owned());
            } else if name.eq_ignore_ascii_case("connection") {
                request.close = value.eq_ignore_ascii_case("close");
            }
        }
    }

    /// A number of the query.
    pub fn number(&self, name: &str) -> Option<usize> {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| key.eq_ignore_ascii_case(name))?.1.parse().ok()
    }

    /// A number in the path behind a letter: `/u10000/p500/Users`.
    pub fn setting(&self, letter: char) -> Option<usize> {
        self.path.split('/').find_map(|part| part.strip_prefix(letter)?.parse().ok())
    }

    /// The edition that is asked to be made, where this is no reader's request.
    pub fn edition(&self) -> Option<usize> {
        self.path.strip_prefix("/edition/")?.parse().ok()
    }
}
