//! Asks for the pages to come while the last one is taken: a few at a time, handed over in order.
//! What was foretold wrongly is dropped; the pager alone decides which page is next.

use std::collections::VecDeque;
use std::pin::Pin;

use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use scim::PageRequest;

use crate::error::ConnectError;
use crate::licensing::Licensing;
use crate::transport::{Allowance, Transport};
use crate::users::{self, Users};

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Users, ConnectError>> + Send + 'a>>;

pub(crate) struct Ahead<'a> {
    transport: &'a Transport,
    how: &'a Licensing<'a>,
    allowance: &'a Allowance<'a>,
    /// Only these are asked for, once the server proved that nothing else goes missing.
    attributes: Option<String>,
    /// What each of `answers` was asked.
    asked: VecDeque<PageRequest>,
    answers: FuturesOrdered<Answer<'a>>,
}

impl<'a> Ahead<'a> {
    pub(crate) fn new(transport: &'a Transport, how: &'a Licensing<'a>, allowance: &'a Allowance<'a>) -> Self {
        Self { transport, how, allowance, attributes: None, asked: VecDeque::new(), answers: FuturesOrdered::new() }
    }

    /// The page that `request` asks for; those of `upcoming` are on their way when this returns.
    pub(crate) async fn page(
        &mut self,
        request: &PageRequest,
        upcoming: Vec<PageRequest>,
    ) -> Result<Users, ConnectError> {
        if self.asked.front().is_some_and(|foretold| foretold != request) {
            self.asked.clear();
            self.answers = FuturesOrdered::new();
        }
        for (place, wanted) in [request.clone()].into_iter().chain(upcoming).enumerate() {
            match self.asked.get(place) {
                Some(asked) if *asked == wanted => {}
                // Foretold wrongly further on: seen when its turn comes.
                Some(_) => break,
                None => {
                    self.answers.push_back(self.ask(&wanted));
                    self.asked.push_back(wanted);
                }
            }
        }
        self.asked.pop_front();
        self.answers.next().await.unwrap_or(Err(ConnectError::Interrupted))
    }

    /// Asks for these attributes alone from now on.
    pub(crate) fn only(&mut self, attributes: String) {
        self.attributes = Some(attributes);
    }

    /// Asks for everything again; `false` when that was so already.
    pub(crate) fn everything(&mut self) -> bool {
        self.asked.clear();
        self.answers = FuturesOrdered::new();
        self.attributes.take().is_some()
    }

    fn ask(&self, request: &PageRequest) -> Answer<'a> {
        let (transport, how, allowance, page) = (self.transport, self.how, self.allowance, request.page);
        let url =
            transport.users(request.start_index, request.count, request.cursor.as_deref(), self.attributes.as_deref());
        Box::pin(async move {
            let mut buffer = Vec::new();
            transport.fetch(&url, allowance, &mut buffer, |body| users::read(how, page, body)).await
        })
    }
}
