//! The servers that others wrote: where they are, how they are read, and how somebody else writes to them meanwhile.

use connect::{
    BaseUrl, BearerToken, Client, ConnectError, Connector, Journal, Limits, PageOfMembers, Reading, Sources,
};
use reqwest::Method;
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use tokio_util::sync::CancellationToken;

use crate::people::{Roster, newcomer};

/// A server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// scim2-server: by id, HTTP/1.0.
    Scim2,
    /// scimmy on Express 4: in order of arrival, echoes the asked count as `itemsPerPage`.
    Express4,
    /// scimmy on Express 5: ignores `startIndex` and `count`, whatever is asked.
    Express5,
}

/// An account on a server. Changing one changes no other.
pub struct Account {
    /// The SCIM base URL.
    pub base: String,
    /// The address of the account itself.
    root: String,
}

/// What scripts/others.sh tells.
pub fn told(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("scripts/others.sh sets {variable}"))
}

impl Peer {
    /// The account of this name, made when it is first asked for.
    pub fn account(self, name: &str) -> Account {
        let (variable, path) = match self {
            Self::Scim2 => ("SCIM2_SERVER", "v2"),
            Self::Express4 => ("SCIMMY_EXPRESS4", "scim/v2"),
            Self::Express5 => ("SCIMMY_EXPRESS5", "scim/v2"),
        };
        let root = format!("{}/{name}", told(variable));
        Account { base: format!("{root}/{path}"), root }
    }
}

impl Account {
    /// A client of ours with the right token.
    pub fn client(&self, limits: Limits) -> Client {
        self.client_with(limits, &told("SCIM_TOKEN"))
    }

    /// A client of ours with this token.
    pub fn client_with(&self, limits: Limits, token: &str) -> Client {
        let base = BaseUrl::parse(&self.base).expect("a base URL");
        Client::new(&base, &BearerToken::from_pasted(token).expect("a token"), limits).expect("a client")
    }

    /// Reads the roster, so many users at a time.
    pub async fn read(&self, page_size: u32) -> Result<(Roster, Reading), ConnectError> {
        self.read_while(page_size, || ()).await
    }

    /// Reads the roster; `meanwhile` happens once, when the first page was taken.
    pub async fn read_while(
        &self,
        page_size: u32,
        meanwhile: impl FnOnce() + Send,
    ) -> Result<(Roster, Reading), ConnectError> {
        let client = self.client(Limits { page_size, ..Limits::default() });
        let mut meanwhile = Some(meanwhile);
        let mut roster = Roster::new();
        let mut take = |page: PageOfMembers| {
            if page.restart {
                roster.clear();
            }
            for member in page.members {
                let again = roster.insert(member.id.clone(), member);
                assert_eq!(again, None, "nobody is handed over twice");
            }
            if let Some(meanwhile) = meanwhile.take() {
                meanwhile();
            }
            Ok(())
        };
        let reading = client
            .read_roster(&Sources::of(Connector::Lucid), &mut take, &Journal::new(), &CancellationToken::new())
            .await?;
        assert_eq!(reading.users, roster.len() as u64, "the summary counts whom it handed over");
        Ok((roster, reading))
    }

    /// How many requests for SCIM the account got so far.
    pub fn requests(&self) -> u64 {
        send(Method::GET, &format!("{}/requests", self.root), None, 200).parse().expect("a number")
    }

    /// Somebody else removes a user.
    pub fn remove(&self, id: &str) {
        send(Method::DELETE, &format!("{}/Users/{id}", self.base), None, 204);
    }

    /// Somebody else adds person number `n`: the numbers must be taken in order.
    pub fn add(&self, n: usize) {
        let made = send(Method::POST, &format!("{}/Users", self.base), Some(newcomer(n)), 201);
        assert!(made.contains(&crate::people::id(n)), "the id of person {n}: {made}");
    }
}

/// Sends one request from inside a callback of the reading that goes on.
fn send(method: Method, url: &str, body: Option<String>, expected: u16) -> String {
    let request = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client");
    let request = request.request(method, url).bearer_auth(told("SCIM_TOKEN"));
    let request = match body {
        Some(body) => request.header("Content-Type", "application/scim+json").body(body),
        None => request,
    };
    let sent = async {
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("a body"))
    };
    let (status, text) = block_in_place(|| Handle::current().block_on(sent));
    assert_eq!(status, expected, "{url}: {text}");
    text
}
