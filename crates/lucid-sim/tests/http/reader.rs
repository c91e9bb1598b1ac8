//! A plain reader for the tests: no retries, no redirects, no opinions.

use reqwest::header::HeaderMap;
use reqwest::{Client, Error, Response};
use serde_json::Value;

use lucid_sim::{Config, Fault, Server};

pub const LUCID_2: &str = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User";
pub const LUCIDCHART: &str = "urn:ietf:params:scim:schemas:extension:lucidchart:1.0:User";

/// A running server and a client for it.
pub struct Reader {
    pub server: Server,
    pub client: Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn resources(&self) -> Vec<Value> {
        self.json()["Resources"].as_array().cloned().unwrap_or_default()
    }

    pub fn ids(&self) -> Vec<String> {
        let id = |user: &Value| user["id"].as_str().expect("every user has an id").to_owned();
        self.resources().iter().map(id).collect()
    }
}

impl Reader {
    pub fn of(config: Config) -> Self {
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
        Self { server: Server::start(config).expect("a free port"), client: client.expect("a client") }
    }

    pub fn plain() -> Self {
        Self::of(Config::default())
    }

    pub fn with(fault: &str) -> Self {
        let fault: Fault = fault.parse().expect("a known fault");
        Self::of(Config { fault: Some(fault), ..Config::default() })
    }

    pub async fn send(&self, path: &str, token: Option<&str>) -> Result<Response, Error> {
        let mut request = self.client.get(format!("{}{path}", self.server.base_url()));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await
    }

    pub async fn try_get(&self, path: &str) -> Result<Answer, Error> {
        let response = self.send(path, Some(self.server.token())).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer { status, headers, body: response.bytes().await?.to_vec() })
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_get(path).await.expect("an answer")
    }

    pub async fn page(&self, start: usize, count: usize) -> Answer {
        self.get(&format!("/Users?startIndex={start}&count={count}")).await
    }

    /// The ids of a naive walk by what came back, until a page is empty.
    pub async fn walk(&self) -> Vec<String> {
        let mut ids = Vec::new();
        for _ in 0..50 {
            let page = self.page(ids.len() + 1, 100).await.ids();
            if page.is_empty() {
                return ids;
            }
            ids.extend(page);
        }
        panic!("the walk does not end");
    }

    pub fn true_ids(&self) -> Vec<String> {
        self.server.truth().into_iter().map(|user| user.id).collect()
    }
}
