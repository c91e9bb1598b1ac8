//! Reading from a well-behaved server.

use std::collections::BTreeSet;

use lucid_sim::Config;
use serde_json::Value;

use crate::reader::{LUCID_2, Reader};

#[tokio::test]
async fn a_walk_finds_the_whole_roster_in_order() {
    let reader = Reader::plain();
    assert_eq!(reader.true_ids().len(), 250);
    assert_eq!(reader.walk().await, reader.true_ids());
}

#[tokio::test]
async fn a_page_says_what_it_is() {
    let reader = Reader::plain();
    let page = reader.page(101, 50).await;
    let json = page.json();
    assert_eq!(page.header("content-type"), Some("application/json"));
    assert_eq!(json["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:ListResponse");
    let numbers = ["totalResults", "startIndex", "itemsPerPage"].map(|name| json[name].as_u64());
    assert_eq!(numbers, [Some(250), Some(101), Some(50)]);
    assert_eq!(page.ids(), reader.true_ids()[100..150]);
}

#[tokio::test]
async fn odd_positions_are_read_as_the_rfc_says() {
    let reader = Reader::plain();
    assert_eq!(reader.get("/Users?startIndex=0&count=2").await.ids(), reader.true_ids()[..2]);
    assert_eq!(reader.get("/Users?startIndex=-5&count=2").await.ids(), reader.true_ids()[..2]);
    assert_eq!(reader.get("/Users?count=0").await.json()["totalResults"], 250);
    assert!(reader.get("/Users?count=-1").await.ids().is_empty());
    assert_eq!(reader.get("/Users?startIndex=one").await.status, 400);
}

#[tokio::test]
async fn a_user_is_written_as_known() {
    let reader = Reader::plain();
    let truth = reader.server.truth();
    let page = reader.page(1, 100).await;
    for (user, known) in page.resources().iter().zip(&truth) {
        assert_eq!(user["userName"], known.user_name);
        assert_eq!(user["emails"][0]["value"], known.email);
        assert_eq!(user["name"]["givenName"], known.given_name);
        assert_eq!(user["name"]["familyName"], known.family_name);
        assert_eq!(user["name"]["middleName"].as_str(), known.middle_name);
        assert_eq!(user["name"]["formatted"], known.full_name());
        assert_eq!(user["active"], true);
        assert_eq!(user["canEdit"], known.license.can_edit());
        assert_eq!(user[LUCID_2]["productLicenses"]["Lucidchart"], known.license.can_edit());
        assert_eq!(user["groups"][0]["display"], known.groups[0]);
        let enterprise = &user["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"];
        assert_eq!(enterprise["department"], known.department);
        assert_eq!(enterprise["costCenter"], known.cost_center);
        let meta = &user["meta"];
        assert_eq!(meta["created"], known.created.to_string());
        assert_eq!(meta["lastModified"], known.last_modified.to_string());
        assert_eq!(meta["version"], format!("W/\"{}\"", known.last_modified.as_millisecond()));
        for urn in user["schemas"].as_array().expect("schemas").iter().skip(1) {
            assert!(user.get(urn.as_str().expect("text")).is_some(), "{urn} is announced and there");
        }
    }
}

#[tokio::test]
async fn filters_compare_with_eq_quoted_or_not() {
    let reader = Reader::plain();
    let known = reader.server.truth().swap_remove(17);
    let email = known.email.to_uppercase();
    for filter in [
        format!("userName%20eq%20%22{}%22", known.user_name),
        format!("email%20eq%20{}", known.email),
        format!("emails.value%20eq%20%22{email}%22"),
        format!("externalId%20eq%20%22{}%22", known.external_id),
        format!("id%20EQ%20{}", known.id),
    ] {
        let answer = reader.get(&format!("/Users?filter={filter}")).await;
        assert_eq!(answer.json()["totalResults"], 1, "{filter}");
        assert_eq!(answer.ids(), [known.id.as_str()], "{filter}");
    }
    let nobody = reader.get("/Users?filter=userName%20eq%20%22nobody%22").await;
    assert_eq!((nobody.status, nobody.json()["totalResults"].as_u64()), (200, Some(0)));
    let urn = "urn:ietf:params:scim:schemas:extension:lucid:1.0:User.productLicenses.Lucidchart";
    let editors = reader.get(&format!("/Users?filter={urn}%20eq%20true")).await;
    let truth = reader.server.truth().iter().filter(|user| user.license.can_edit()).count();
    assert_eq!(editors.json()["totalResults"], truth);
}

#[tokio::test]
async fn other_filters_are_refused() {
    let reader = Reader::plain();
    for filter in ["userName%20sw%20a", "userName", "userName%20eq%20a%20and%20b%20eq%20c", "shoeSize%20eq%2043"] {
        let answer = reader.get(&format!("/Users?filter={filter}")).await;
        assert_eq!(answer.status, 400, "{filter}");
        assert_eq!(answer.json()["scimType"], "invalidFilter");
        assert_eq!(answer.json()["status"], "400");
    }
}

#[tokio::test]
async fn attributes_can_be_chosen_one_way_at_a_time() {
    let reader = Reader::plain();
    let only = reader.get("/Users?count=1&attributes=userName,meta.created").await.resources().remove(0);
    let keys = |user: &Value| user.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
    let named = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(keys(&only), named(&["id", "meta", "schemas", "userName"]));
    assert_eq!(keys(&only["meta"]), named(&["created"]));
    let without = reader.get("/Users?count=1&excludedAttributes=emails,id").await.resources().remove(0);
    assert!(without.get("emails").is_none() && without.get("id").is_some());
    let id = &reader.true_ids()[0];
    for path in [
        "/Users?attributes=a&excludedAttributes=b".to_owned(),
        format!("/Users/{id}?attributes=a&excludedAttributes=b"),
    ] {
        assert_eq!(reader.get(&path).await.status, 400);
    }
}

#[tokio::test]
async fn a_single_user_has_an_etag_and_is_not_sent_twice() {
    let reader = Reader::plain();
    let known = reader.server.truth().swap_remove(3);
    let path = format!("/Users/{}", known.id);
    let answer = reader.get(&path).await;
    assert_eq!(answer.json()["userName"], known.user_name);
    let tag = answer.header("etag").expect("an ETag").to_owned();
    assert_eq!(answer.json()["meta"]["version"], tag);
    for (sent, status) in [(tag.as_str(), 304), ("*", 304), ("W/\"1\"", 200)] {
        let request = reader.client.get(format!("{}{path}", reader.server.base_url()));
        let request = request.bearer_auth(reader.server.token()).header("If-None-Match", sent);
        assert_eq!(request.send().await.expect("an answer").status(), status, "{sent}");
    }
}

#[tokio::test]
async fn groups_hold_the_people_of_the_day() {
    let reader = Reader::plain();
    let answer = reader.get("/Groups").await;
    let groups = answer.resources();
    assert_eq!(answer.json()["totalResults"], groups.len());
    assert_eq!(answer.json()["itemsPerPage"], 100, "for groups it reflects what was asked for");
    let members = |group: &Value| group["members"].as_array().cloned().unwrap_or_default();
    let users = groups
        .iter()
        .flat_map(members)
        .filter(|member| member["$ref"].as_str().expect("a reference").contains("/Users/"));
    assert_eq!(users.count(), 250, "everybody is in exactly one");
    let licensed = reader.get("/Groups?filter=displayName%20eq%20%22Licensed%22").await.resources().remove(0);
    assert_eq!(members(&licensed).len(), 3, "subgroups");
    let id = licensed["id"].as_str().expect("an id");
    let one = reader.get(&format!("/Groups/{id}?excludedAttributes=members")).await.json();
    assert_eq!((one["displayName"].as_str(), one.get("members")), (Some("Licensed"), None));
    assert!(reader.get("/Groups?filter=displayName%20eq%20%22licensed%22").await.ids().is_empty(), "case counts");
    assert_eq!(reader.get("/Groups?startIndex=2&count=1").await.ids().len(), 1);
}

#[tokio::test]
async fn discovery_answers() {
    let reader = Reader::plain();
    let config = reader.get("/ServiceProviderConfig").await.json();
    assert_eq!(config["filter"]["maxResults"], 100);
    assert_eq!(
        (config["sort"]["supported"].as_bool(), config["etag"]["supported"].as_bool()),
        (Some(false), Some(true))
    );
    for id in reader.get("/Schemas").await.ids() {
        assert_eq!(reader.get(&format!("/Schemas/{id}")).await.json()["id"], id.as_str());
    }
    assert_eq!(reader.get("/Schemas/urn:none").await.status, 404);
}

#[tokio::test]
async fn everything_else_is_a_scim_404() {
    let reader = Reader::plain();
    for path in ["/ResourceTypes", "/Bulk", "/Me", "/chart/Users", "/Users/lucid-1", "/Users/x", "/Groups/x", "/Users/"]
    {
        let answer = reader.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:Error", "{path}");
    }
    let written = reader.client.post(format!("{}/Users", reader.server.base_url())).bearer_auth(reader.server.token());
    assert_eq!(written.send().await.expect("an answer").status(), 404);
}

#[tokio::test]
async fn without_the_right_token_nothing_is_told() {
    let reader = Reader::plain();
    for token in [None, Some("wrong"), Some("")] {
        for path in ["/Users", "/Groups", "/Nothing"] {
            let response = reader.send(path, token).await.expect("an answer");
            assert_eq!(response.status(), 401, "{path} {token:?}");
            assert_eq!(response.headers()["www-authenticate"], "Bearer");
            let body: Value = serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON");
            assert_eq!(body["status"], "401");
        }
    }
}

#[tokio::test]
async fn the_day_moves_the_roster() {
    let reader = Reader::of(Config { grow_to: Some(400), ..Config::default() });
    let (first, day) = (reader.true_ids(), reader.server.day());
    reader.server.set_day(day + jiff::ToSpan::weeks(30));
    let later = reader.walk().await;
    assert_eq!(later, reader.true_ids());
    assert!(later.len() > first.len());
    let left = first.iter().find(|id| !later.contains(id)).expect("somebody left in half a year");
    let gone = reader.get(&format!("/Users/{left}")).await;
    assert_eq!((gone.status, gone.json()["active"].as_bool()), (200, Some(false)), "unlisted, but still to be read");
    let newcomer = later.iter().find(|id| !first.contains(id)).expect("somebody joined");
    reader.server.set_day(day);
    assert_eq!(reader.walk().await, first, "the day moves back as well");
    assert_eq!(reader.get(&format!("/Users/{newcomer}")).await.status, 404, "not yet there");
}
