//! Groups, schemas, bare lists, and resources as trees.

#![allow(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

use scim::{GroupResource, Node, ParseError, Tree, parse_list, parse_listing, parse_records, parse_schemas};

fn groups(resources: &str) -> String {
    format!(r#"{{"totalResults":1,"Resources":[{resources}]}}"#)
}

#[test]
fn rfc7643_4_2_members_are_users_and_groups() {
    let body = groups(
        r#"{"ID":"g1","displayName":"Licensed","members":[
            {"value":"u1","$ref":"https://a.test/v2/Users/u1"},{"value":"g2","$REF":"../Groups/g2"},
            {"value":"u3","type":"User"},{"value":"g4","type":"group"},{"value":"x5"},"x6",7,null,
            {"value":"u8","$ref":"Users/u8/"},{"value":"u9","$ref":"https://a.test/Things/u9"}]}"#,
    );
    let group = parse_listing::<GroupResource<'_>>(body.as_bytes()).unwrap().resources.remove(0);
    assert_eq!((group.id.as_deref(), group.display_name.as_deref()), (Some("g1"), Some("Licensed")));
    let told: Vec<_> = group.members.iter().map(|member| (member.value.as_deref(), member.is_group())).collect();
    let expected = [
        (Some("u1"), Some(false)),
        (Some("g2"), Some(true)),
        (Some("u3"), Some(false)),
        (Some("g4"), Some(true)),
        (Some("x5"), None),
        (Some("x6"), None),
        (None, None),
        (None, None),
        (Some("u8"), Some(false)),
        (Some("u9"), None),
    ];
    assert_eq!(told, expected);
}

#[test]
fn rfc7643_7_schemas_tell_attributes_and_types() {
    let body = r#"{"Resources":[{"id":"urn:x:User","attributes":[
        {"name":"plan","type":"string"},
        {"name":"rights","type":"complex","multiValued":"true","subAttributes":[{"name":"value","type":"string"}]}]},
        {"id":null,"attributes":{"name":"one","type":"boolean"}},7]}"#;
    let schemas = parse_schemas(body.as_bytes()).unwrap();
    let first = &schemas[0].attributes;
    assert_eq!(
        (first[0].name.as_deref(), first[0].kind.as_deref(), first[0].many),
        (Some("plan"), Some("string"), false)
    );
    assert_eq!((first[1].many, first[1].parts[0].name.as_deref()), (true, Some("value")));
    assert_eq!((schemas[1].id.as_deref(), schemas[1].attributes.len()), (None, 1), "one may stand for many");
    assert_eq!(schemas.len(), 3);
    assert_eq!(parse_schemas(b"{}"), Err(ParseError::NotAList));
}

#[test]
fn rfc7643_2_3_8_the_order_of_attributes_and_schemas_means_nothing() {
    let one = r#"{"totalResults":1,"schemas":["a","b"],"Resources":[{"id":"1","name":{"givenName":"P","familyName":"N"},"active":true}]}"#;
    let other = r#"{"Resources":[{"active":true,"name":{"familyName":"N","givenName":"P"},"id":"1"}],"schemas":["b","a"],"totalResults":1}"#;
    assert_eq!(parse_list::<()>(one.as_bytes()), parse_list::<()>(other.as_bytes()));
}

#[test]
fn rfc7643_3_3_extensions_stay_in_their_containers() {
    let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    let body = groups(&format!(
        r#"{{"id":"1","department":"top","urn:x:unknown:User":{{"department":"x"}},"{enterprise}":{{"department":"D"}}}}"#
    ));
    assert_eq!(parse_list::<()>(body.as_bytes()).unwrap().resources[0].department.as_deref(), Some("D"));
    let top = groups(r#"{"id":"1","department":"top"}"#);
    assert_eq!(parse_list::<()>(top.as_bytes()).unwrap().resources[0].department, None);
}

#[test]
fn a_tree_holds_every_attribute_and_is_bounded() {
    let many: Vec<_> = (0..10_300).map(|n| format!("\"a{n}\":{n}")).collect();
    let body = groups(&format!(
        r#"{{"id":"1","Flag":false,"none":null,"list":["a",2,true,null],"deep":{{"a":{{"b":{{"c":{{"d":{{"e":{{"f":{{"g":{{"h":{{"i":{{"j":"gone"}}}}}}}}}}}}}}}}}}}},"many":{{{}}},"long":[{}]}}"#,
        many.join(","),
        vec!["1"; 10_500].join(",")
    ));
    let tree = parse_listing::<Tree<'_>>(body.as_bytes()).unwrap().resources.remove(0);
    assert_eq!(tree.get("ID"), Some(&Node::Text("1".into())));
    assert_eq!(tree.get("flag"), Some(&Node::Flag(false)));
    assert_eq!((tree.get("none"), tree.get("nothing")), (None, None));
    let Some(Node::Many(list)) = tree.get("list") else { panic!("a list") };
    assert_eq!(list.len(), 4);
    assert!(!format!("{:?}", tree.get("deep")).contains("gone"), "what no attribute can be is left out");
    let (Some(Node::Complex(many)), Some(Node::Many(long))) = (tree.get("many"), tree.get("long")) else {
        panic!("both")
    };
    assert_eq!((many.attributes().count(), long.len()), (10_001, 10_001));
    assert!(many.is_cut() && long.last() == Some(&Node::More), "it says that there was more");
    assert!(!tree.is_cut());
}

#[test]
fn bare_lists_are_read_with_the_same_care() {
    let read = |body: &str| parse_records::<GroupResource<'_>>(body.as_bytes()).map(|list| list.len());
    assert_eq!(read("\u{feff} [{\"id\":1},null,7]"), Ok(3));
    assert_eq!(read("[]"), Ok(0));
    assert_eq!(read("{}"), Err(ParseError::NotAList));
    assert_eq!(read("<p>"), Err(ParseError::NotJson { looks_like_html: true }));
    assert_eq!(read(""), Err(ParseError::Empty));
    assert!(matches!(read("[{\"id\":1},{"), Err(ParseError::Truncated { .. })));
    assert!(matches!(read(&"[".repeat(200_000)), Err(ParseError::TooDeep { .. })));
    assert!(matches!(read("[1 2]"), Err(ParseError::Malformed { .. })));
    assert!(matches!(parse_records::<()>(b"[\"\xc3"), Err(ParseError::Truncated { .. })));
    assert_eq!(parse_records::<()>(b"[\"\xff\"]"), Err(ParseError::NotUtf8));
}
