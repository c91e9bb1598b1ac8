//! Pages as servers really send them: odd case, odd kinds, foreign bytes. A test per habit, with our own examples.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where its set-up fails")]

use scim::{ParseError, User, date_time, parse_error, parse_list, parse_service_provider_config};

const LIST: &str = r#""schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"]"#;

fn list(body: &str) -> Result<scim::ListResponse<'_, ()>, ParseError> {
    parse_list(body.as_bytes())
}

fn with_user<T>(user: &str, check: impl Fn(&User<'_, ()>) -> T) -> T {
    let body = format!(r#"{{{LIST},"totalResults":1,"Resources":[{user}]}}"#);
    let list = list(&body).expect("a page");
    assert_eq!(list.resources.len(), 1);
    check(&list.resources[0])
}

#[test]
fn a_full_user_is_read_and_borrowed_from_the_page() {
    let user = r#"{"schemas":[],"id":"u-1","externalId":"x","userName":"ida@acme.test","displayName":"Ida N.",
        "name":{"formatted":"Ida Nord","givenName":"Ida","middleName":"M","familyName":"Nord"},
        "emails":[{"value":"home@acme.test","type":"home"},{"value":"ida@acme.test","type":"work","primary":true}],
        "active":true,"groups":[{"value":"g-1","display":"Design"}],"meta":{"resourceType":"User",
        "created":"2024-02-05T09:14:02Z","lastModified":"2025-11-20T16:40:10Z"},
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R&D","costCenter":"CC-9"}}"#;
    with_user(user, |user| {
        assert!(matches!(user.id, Some(std::borrow::Cow::Borrowed("u-1"))));
        assert_eq!(user.user_name.as_deref(), Some("ida@acme.test"));
        assert_eq!(user.name.middle.as_deref(), Some("M"));
        assert_eq!(user.emails.len(), 2);
        assert!(user.emails[1].primary);
        assert_eq!(user.groups[0].display.as_deref(), Some("Design"));
        assert_eq!(user.meta.created.as_deref(), Some("2024-02-05T09:14:02Z"));
        assert_eq!(user.department.as_deref(), Some("R&D"));
        assert_eq!(user.cost_center.as_deref(), Some("CC-9"));
        assert_eq!(user.active, Some(true));
    });
}

#[test]
fn rfc7643_2_1_and_rfc7644_3_10_keys_and_urns_are_read_in_any_case() {
    let body = r#"{"TOTALRESULTS":"2","startindex":"1","ITEMSPERPAGE":2.0,"resources":[
        {"ID":"a","USERNAME":"A","Name":{"GIVENNAME":"x"},"Emails":[{"VALUE":"a@b.c","PRIMARY":"True"}],"META":{"CREATED":"t"},
        "URN:IETF:PARAMS:SCIM:SCHEMAS:EXTENSION:ENTERPRISE:2.0:USER":{"Department":"d"}}]}"#;
    let list = list(body).expect("a page");
    assert_eq!((list.total_results, list.start_index, list.items_per_page), (Some(2), Some(1), Some(2)));
    let user = &list.resources[0];
    assert_eq!(user.id.as_deref(), Some("a"));
    assert_eq!(user.name.given.as_deref(), Some("x"));
    assert!(user.emails[0].primary);
    assert_eq!(user.meta.created.as_deref(), Some("t"));
    assert_eq!(user.department.as_deref(), Some("d"));
}

#[test]
fn rfc7643_2_3_2_booleans_come_as_booleans_text_or_digits() {
    for yes in [
        "true",
        "\"True\"",
        "\" TRUE \"",
        "1",
        "\"1\"",
        "1.0",
        "\"yes\"",
        "\"Y\"",
        "\"On\"",
        "\"Active\"",
        "\"enabled\"",
        "[true]",
    ] {
        answered(yes, Some(true), false);
    }
    for no in [
        "false",
        "\"False\"",
        "0",
        "0.0",
        "\"0\"",
        "\"No\"",
        "\"n\"",
        "\"off\"",
        "\"inactive\"",
        "\"Disabled\"",
        "[\"false\"]",
    ] {
        answered(no, Some(false), false);
    }
    for absent in ["null", "[]", "[null]"] {
        answered(absent, None, false);
    }
    for odd in ["\"perhaps\"", "\"\"", "2", "-1", "1.5", "1e300", "[true,false]", "[2]", "{\"value\":true}", "{}"] {
        answered(odd, None, true);
    }
}

fn answered(sent: &str, active: Option<bool>, unreadable: bool) {
    with_user(&format!(r#"{{"id":"a","active":{sent}}}"#), |user| {
        assert_eq!((user.active, user.active_unreadable), (active, unreadable), "{sent}");
    });
}

#[test]
fn ids_may_be_numbers() {
    with_user(r#"{"id":50217}"#, |user| assert_eq!(user.id.as_deref(), Some("50217")));
    with_user(r#"{"id":-3}"#, |user| assert_eq!(user.id.as_deref(), Some("-3")));
    for none in ["null", "[]", "{}", "true"] {
        with_user(&format!(r#"{{"id":{none}}}"#), |user| assert_eq!(user.id, None, "{none}"));
    }
}

#[test]
fn a_number_that_stands_for_its_neighbors_too_is_no_id() {
    for id in ["200000000000000000001", "-9300000000000000000", "1e17", "9007199254740993.0"] {
        let mut body = format!(r#"{{"totalResults":1,"Resources":[{{"id":{id},"score":1e300}}]}}"#).into_bytes();
        let read = parse_list::<()>(&body).map(|list| list.resources.len());
        assert!(matches!(read, Err(ParseError::NumberTooLong { line: 1, .. })), "{id}: {read:?}");
        assert!(scim::quote_numbers(&mut body));
        assert_eq!(parse_list::<()>(&body).unwrap().resources[0].id.as_deref(), Some(id));
    }
    for kept in ["18446744073709551615", "-9223372036854775808", "0", "1.5"] {
        with_user(&format!(r#"{{"id":{kept}}}"#), |user| assert_eq!(user.id.as_deref(), Some(kept)));
    }
}

#[test]
fn rfc7643_2_5_null_and_wrong_kinds_count_as_absent_and_cost_nothing_else() {
    for odd in ["null", "[]", "[[1],{}]", "{}", "12", "1.5", "-1", "true"] {
        let user = format!(
            r#"{{"name":{odd},"emails":{odd},"groups":{odd},"meta":{odd},"userName":"kept","displayName":[{odd}],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{odd},"id":"a"}}"#
        );
        with_user(&user, |user| {
            assert_eq!(user.id.as_deref(), Some("a"), "{odd}");
            assert_eq!(user.user_name.as_deref(), Some("kept"));
            assert_eq!(user.name, scim::Name::default());
            assert_eq!(user.department, None);
            assert!(user.emails.iter().all(|email| email.value.is_none()));
        });
    }
}

#[test]
fn one_may_stand_for_many_and_text_for_an_object() {
    with_user(r#"{"id":"a","emails":"a@b.c","groups":["g-1","g-2"],"name":"Ida Nord"}"#, |user| {
        assert_eq!(user.emails[0].value.as_deref(), Some("a@b.c"));
        assert_eq!(user.groups[1].value.as_deref(), Some("g-2"));
        assert_eq!(user.name.formatted.as_deref(), Some("Ida Nord"));
    });
    with_user(r#"{"id":"a","emails":{"value":"a@b.c"}}"#, |user| {
        assert_eq!(user.emails[0].value.as_deref(), Some("a@b.c"));
    });
    let body = r#"{"totalResults":1,"Resources":{"id":"alone"}}"#;
    assert_eq!(list(body).expect("a page").resources[0].id.as_deref(), Some("alone"));
}

#[test]
fn rfc7644_8_1_escapes_and_every_script_survive() {
    with_user(r#"{"id":"a","userName":"\u00e5sa \ud83d\ude00 \"q\"","displayName":"名前 مريم"}"#, |user| {
        assert_eq!(user.user_name.as_deref(), Some("åsa 😀 \"q\""));
        assert_eq!(user.display_name.as_deref(), Some("名前 مريم"));
    });
    with_user(r#"{"\u0069d":"escaped key"}"#, |user| assert_eq!(user.id.as_deref(), Some("escaped key")));
}

#[test]
fn a_byte_order_mark_is_no_obstacle() {
    let body = "\u{feff} {\"totalResults\":0,\"Resources\":[]}\r\n";
    assert_eq!(list(body).expect("a page").total_results, Some(0));
}

#[test]
fn nobody_is_a_list_too() {
    for body in [r#"{"totalResults":0}"#, r#"{"totalResults":0,"Resources":null}"#, r#"{"Resources":[]}"#] {
        assert_eq!(list(body).expect("a page").resources.len(), 0, "{body}");
    }
}

#[test]
fn totals_that_cannot_be_are_not_told() {
    for total in ["-5", "null", "\"many\"", "[]", "true", "1.5"] {
        let body = format!(r#"{{"totalResults":{total},"Resources":[]}}"#);
        assert_eq!(list(&body).expect("a page").total_results, None, "{total}");
    }
    let huge = r#"{"totalResults":18446744073709551615,"Resources":[]}"#;
    assert_eq!(list(huge).expect("a page").total_results, Some(u64::MAX));
}

#[test]
fn what_is_not_scim_is_told_apart() {
    let web_page = ParseError::NotJson { looks_like_html: true };
    assert_eq!(list(" <!DOCTYPE html><html></html>"), Err(web_page.clone()));
    assert_eq!(web_page.to_string(), "The server answered with a web page, not with SCIM.");
    assert_eq!(list("OK"), Err(ParseError::NotJson { looks_like_html: false }));
    assert_eq!(list("\"text\""), Err(ParseError::NotJson { looks_like_html: false }));
    assert_eq!(list(""), Err(ParseError::Empty));
    assert_eq!(list("\u{feff} \n"), Err(ParseError::Empty));
    assert_eq!(list(r#"[{"id":"a"}]"#), Err(ParseError::NotAList));
    assert_eq!(list(r#"{"users":[]}"#), Err(ParseError::NotAList));
    assert_eq!(parse_list::<()>(b"{\"a\":\"\xff\"}"), Err(ParseError::NotUtf8));
    assert_eq!(parse_list::<()>(b"\xff\xfe{\0}\0"), Err(ParseError::NotUtf8));
}

#[test]
fn an_error_with_a_good_status_is_an_error() {
    let body = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"no"}"#;
    assert_eq!(list(body), Err(ParseError::ErrorInstead { status: Some(401) }));
    let body = r#"{"status":500,"detail":"no"}"#;
    assert_eq!(list(body), Err(ParseError::ErrorInstead { status: Some(500) }));
}

#[test]
fn a_cut_answer_is_told_apart_from_a_broken_one_and_neither_shows_a_value() {
    let body = r#"{"totalResults":1,"Resources":[{"id":"a","userName":"secret@åcme.test"}]}"#;
    for end in 1..body.len() {
        let cut = parse_list::<()>(&body.as_bytes()[..end]);
        assert!(matches!(cut, Err(ParseError::Truncated { .. })), "cut at {end}: {cut:?}");
    }
    let broken = list(r#"{"totalResults":1,"Resources":[{"id":"secret" "x"}]}"#).expect_err("broken");
    assert!(matches!(broken, ParseError::Malformed { line: 1, .. }), "{broken:?}");
    assert!(!format!("{broken} {broken:?}").contains("secret"));
    assert!(matches!(list(r#"{"Resources":[]} trailing"#), Err(ParseError::Malformed { .. })));
    assert!(matches!(list(r#"{"totalResults":1e400,"Resources":[]}"#), Err(ParseError::Malformed { .. })));
}

#[test]
fn two_hundred_thousand_levels_crash_nothing_and_are_told() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let objects = |levels: usize| format!("{}1{}", r#"{"a":"#.repeat(levels), "}".repeat(levels));
    for key in ["unknown", "name", "emails", "active", "id", "meta", "urn:x:extension:enterprise:2.0:User"] {
        for (some, many) in [(deep(100), deep(200_000)), (objects(100), objects(200_000))] {
            let user = |value: &str| format!(r#"{{"Resources":[{{"userName":"a","{key}":{value}}}]}}"#);
            let body = user(&some);
            assert_eq!(list(&body).expect("skipped").resources[0].user_name.as_deref(), Some("a"), "{key}");
            let error = list(&user(&many)).expect_err("too deep");
            assert!(
                error.to_string().starts_with("The server's answer is nested too deeply at line 1"),
                "{key}: {error}"
            );
        }
    }
    for key in ["totalResults", "schemas", "Resources", "other"] {
        let body = format!(r#"{{"startIndex":1,"{key}":{},"itemsPerPage":1}}"#, deep(200_000));
        assert!(matches!(list(&body), Err(ParseError::TooDeep { .. })), "{key}");
    }
}

#[test]
fn a_text_of_more_than_64_kib_is_refused() {
    let long = "x".repeat(64 * 1024 + 1);
    let known = format!(r#"{{"Resources":[{{"id":"a","userName":"{long}"}}]}}"#);
    assert!(matches!(list(&known), Err(ParseError::TextTooLong { .. })));
    let unknown = format!(r#"{{"Resources":[{{"id":"a","photo":"{long}"}}]}}"#);
    assert!(list(&unknown).is_ok(), "what nobody keeps may be long");
}

#[test]
fn rfc7643_2_3_5_instants_are_read_as_servers_write_them() {
    let same =
        ["2022-01-12T21:51:33Z", "2022-01-12T21:51:33.000000000Z", "2022-01-12T22:51:33+01:00", "2022-01-12 21:51:33Z"];
    for text in same {
        assert_eq!(
            date_time(text).map(|instant| instant.to_string()).as_deref(),
            Some("2022-01-12T21:51:33Z"),
            "{text}"
        );
    }
    assert_eq!(date_time("2022-01-12T21:51:33").map(jiff::Timestamp::as_second), Some(1_642_024_293));
    assert_eq!(date_time("2022-01-12").map(jiff::Timestamp::as_second), Some(1_641_945_600));
    for nonsense in ["", "yesterday", "2022-13-01T00:00:00Z", "12/01/2022"] {
        assert_eq!(date_time(nonsense), None, "{nonsense}");
    }
}

#[test]
fn a_servers_own_words_are_one_short_line() {
    let error =
        parse_error(br#"{"status":409,"scimType":"uniqueness","detail":"line\n one\u0000\t two"}"#).expect("an error");
    assert_eq!((error.status, error.scim_type.as_deref()), (Some(409), Some("uniqueness")));
    assert_eq!(error.detail.as_deref(), Some("line one two"));
    let other = parse_error(br#"{"code":"forbidden","message":"Not you"}"#).expect("another dialect");
    assert_eq!(other.detail.as_deref(), Some("Not you"));
    let long = format!(r#"{{"detail":"{}"}}"#, "word ".repeat(1_000));
    assert!(parse_error(long.as_bytes()).and_then(|error| error.detail).expect("words").chars().count() <= 301);
    assert_eq!(parse_error(b"<html>"), None);
    assert_eq!(parse_error(b"{}"), None);
}

#[test]
fn a_provider_config_is_a_hint() {
    let config = parse_service_provider_config(br#"{"Filter":{"supported":true,"maxresults":"100"},"patch":{}}"#);
    assert_eq!(config.map(|config| (config.recognised, config.max_results)), Ok((true, Some(100))));
    let config = parse_service_provider_config(br#"{"hello":1}"#);
    assert_eq!(config.map(|config| (config.recognised, config.max_results)), Ok((false, None)));
    let filter = |body: &str| parse_service_provider_config(body.as_bytes()).map(|config| config.filter);
    assert_eq!(filter(r#"{"filter":{"supported":"True","maxResults":5}}"#), Ok(Some(true)));
    assert_eq!(filter(r#"{"filter":{"supported":false}}"#), Ok(Some(false)));
    assert_eq!(filter(r#"{"filter":{"maxResults":5}}"#), Ok(None));
    let config = parse_service_provider_config(br#"{"filter":{"maxResults":0}}"#);
    assert_eq!(config.map(|config| config.max_results), Ok(None));
}

#[test]
fn rfc9865_4_pagination_is_described_and_nothing_told_is_no_promise() {
    let config = |body: &str| parse_service_provider_config(body.as_bytes()).expect("a description");
    let told = config(
        r#"{"filter":{"maxResults":200},"pagination":{"cursor":true,"index":"False","maxPageSize":100},"etag":{"supported":true}}"#,
    );
    assert_eq!((told.largest_page(), told.is_cursor_only(), told.etag), (Some(100), true, Some(true)));
    let silent = config(r#"{"patch":{"supported":true},"pagination":{"cursor":true}}"#);
    assert_eq!((silent.largest_page(), silent.is_cursor_only(), silent.etag), (None, false, None));
}

#[test]
fn rfc9865_2_a_cursor_is_kept_as_sent() {
    let page = list(r#"{"totalResults":2,"NEXTCURSOR":" a=b&c/+","Resources":[]}"#).expect("a page");
    assert_eq!(page.next_cursor.as_deref(), Some(" a=b&c/+"));
    for none in [r#"{"Resources":[],"nextCursor":""}"#, r#"{"Resources":[],"nextCursor":null}"#] {
        assert_eq!(list(none).expect("a page").next_cursor, None);
    }
}
