//! People who are listed no more, asked for by id: what a server says, and what it may say wrongly.

use std::sync::atomic::{AtomicUsize, Ordering};

use connect::Standing::{Active, Deactivated, Deleted, Untold};
use connect::{Journal, ReadStage, Standing};
use tokio_util::sync::CancellationToken;

use crate::raw::{Reply, Server, json, status};

fn user(id: &str, rest: &str) -> Reply {
    json(&format!(r#"{{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{id}"{rest}}}"#))
}

#[tokio::test]
async fn rfc7644_3_4_1_a_known_user_is_asked_for_by_id_and_only_a_clear_answer_counts() {
    let server = Server::start(|request| match request.path.rsplit('/').next().unwrap_or_default() {
        "there" => user("there", r#","active":true"#),
        "shouting" => json(r#"{"ID":"shouting","ACTIVE":"True"}"#),
        "off" => user("off", r#","active":false"#),
        "gone" => status("404 Not Found"),
        "ended" => status("410 Gone"),
        "mute" => user("mute", ""),
        "another" => user("somebody-else", r#","active":true"#),
        "busy" => status("429 Too Many Requests"),
        "broken" => status("500 Internal Server Error"),
        "page" => json("<html>"),
        "a%2Fb%3Fc" => user("a/b?c", r#","active":true"#),
        other => panic!("{other} was not asked for"),
    })
    .await;
    let asked = ["there", "shouting", "off", "gone", "ended", "mute", "another", "busy", "broken", "page", "a/b?c"];
    let journal = Journal::new();
    let ids = asked.map(str::to_owned);
    let standings = server.client().look_up(&ids, Some("there"), &journal, &CancellationToken::new()).await.unwrap();
    assert_eq!(
        standings,
        [Active, Active, Deactivated, Deleted, Deleted, Active, Untold, Untold, Untold, Untold, Active]
    );
    assert_eq!(server.requests().len(), asked.len() + 1 + 4, "few are asked again, somebody who is listed too");
    let stages = journal.stages();
    assert_eq!((stages.len(), stages[0].stage, stages[0].completed), (1, ReadStage::Missed, true));
    assert_eq!(stages[0].detail, "11 users asked for by id: 4 there and active, 1 deactivated, 2 deleted, 4 not told.");
}

#[tokio::test]
async fn asking_for_people_can_be_stopped() {
    let server = Server::start(|_| status("404 Not Found")).await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let journal = Journal::new();
    let outcome = server.client().look_up(&["x".to_owned()], None, &journal, &cancel).await;
    assert_eq!(outcome.unwrap_err().code(), "cancelled");
    assert!(!journal.stages()[0].completed);
}

#[tokio::test]
async fn what_passes_by_itself_is_asked_again_and_what_can_be_mended_is_read() {
    let troubles = ["429 Too Many Requests", "503 Service Unavailable"];
    for trouble in troubles {
        let asked = AtomicUsize::new(0);
        let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
            0 => status(trouble),
            _ => user("there", r#","active":true"#),
        })
        .await;
        assert_eq!(one(&server, "there").await, Active, "{trouble}");
    }
    let bodies = ["\u{feff}{\"id\":\"there\"}", r#"{"id":"there","displayName":"\ud83d"}"#];
    for body in bodies {
        let server = Server::start(move |_| json(body)).await;
        assert_eq!(one(&server, "there").await, Active, "{body}");
    }
}

#[tokio::test]
async fn a_server_that_knows_nobody_by_id_cannot_tell_who_was_deleted() {
    for (knows, tells) in [(false, Untold), (true, Deleted)] {
        let server = Server::start(move |request| match request.path.rsplit('/').next() {
            Some("listed") if knows => user("listed", ""),
            _ => status("404 Not Found"),
        })
        .await;
        assert_eq!(one(&server, "gone").await, tells);
    }
}

/// What became of one person, where `listed` is listed.
async fn one(server: &Server, id: &str) -> Standing {
    let ids = [id.to_owned()];
    server.client().look_up(&ids, Some("listed"), &Journal::new(), &CancellationToken::new()).await.unwrap()[0]
}
