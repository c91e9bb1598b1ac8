//! Which path answers what; everything else is a SCIM 404, writing too.

use std::future::ready;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, Uri};
use axum::middleware;
use axum::routing::get;

use super::gate::Valve;
use super::state::Shared;
use super::{discovery, doorman, groups, reply, rest, users};

type Here = State<Arc<Shared>>;

/// All of it, behind the doorman.
pub fn all(shared: Arc<Shared>) -> Router {
    let nothing = || ready(reply::refusal(404, None, "There is nothing here."));
    let groups = |State(shared): Here, uri: Uri| ready(groups::list(&shared, &uri));
    let group = |State(shared): Here, Path(id): Path<String>, uri: Uri| ready(groups::one(&shared, &id, &uri));
    let user = |State(shared): Here, Path(id): Path<String>, uri: Uri, headers: HeaderMap| {
        ready(users::one(&shared, &id, &uri, &headers))
    };
    let endpoints = Router::new()
        .route("/Users/{id}", get(user))
        .route("/Groups", get(groups))
        .route("/Groups/{id}", get(group))
        .route("/Schemas", get(|State(shared): Here| ready(discovery::schemas(&shared))))
        .route(
            "/Schemas/{id}",
            get(|State(shared): Here, Path(id): Path<String>| ready(discovery::schema(&shared, &id))),
        )
        .route("/ServiceProviderConfig", get(|State(shared): Here| ready(discovery::provider(&shared))))
        .merge(list_of_users())
        .method_not_allowed_fallback(nothing);
    Router::new()
        .nest("/scim/v2", endpoints)
        .nest("/v1", the_rest())
        .fallback(nothing)
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), doorman::admit))
        .with_state(shared)
}

/// The REST API.
fn the_rest() -> Router<Arc<Shared>> {
    let one = |State(shared): Here, Path(id): Path<String>| ready(rest::subscription(&shared, &id));
    let licenses = |State(shared): Here, Path(id): Path<String>, uri: Uri| ready(rest::licenses(&shared, &id, &uri));
    let held = |State(shared): Here, Path(id): Path<String>| ready(rest::licenses_of(&shared, &id));
    Router::new()
        .route("/users", get(|State(shared): Here, uri: Uri| ready(rest::users(&shared, &uri))))
        .route("/users/{id}/licenses", get(held))
        .route("/subscriptions", get(|State(shared): Here| ready(rest::subscriptions(&shared))))
        .route("/subscriptions/{id}", get(one))
        .route("/subscriptions/{id}/licenses", get(licenses))
        .method_not_allowed_fallback(|| ready(rest::unknown()))
}

/// Only the list of users.
pub fn list_of_users() -> Router<Arc<Shared>> {
    let users = |State(shared): Here, ConnectInfo(valve): ConnectInfo<Valve>, uri: Uri| {
        ready(users::list(&shared, &valve, &uri))
    };
    Router::new().route("/Users", get(users))
}
