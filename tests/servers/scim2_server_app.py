"""Runs scim2-server (PyPI) with made-up people, so that a SCIM server that others wrote can be read.

Usage: SCIM_TOKEN=… scim2_server_app.py PEOPLE

Every first segment of a path is an account of its own, made on its first request: a test that changes one disturbs no
other. /NAME/v2 pages by index, or with "cursor" in NAME by RFC 9865 cursors only; with "small" in NAME it has the first
150 people.
"""

import datetime
import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

from scim2_models import Pagination, ResourceType, Schema, ScimProvider
from scim2_server.applications.wsgi import TenantDispatcher
from scim2_server.memory import InMemoryStorage
from scim2_server.service import ScimService
from scim2_server.testserver.application import BEARER_TOKEN_SCHEME, BearerTokenApplication
from scim2_server.testserver.cli import ThreadingWSGIServer
from scim2_server.utils import (
    load_default_resource_types,
    load_default_schemas,
    load_default_service_provider_config,
)

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
LUCID = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User"
PRODUCTS = ["Lucidchart", "Lucidspark", "LucidscaleCreator", "LucidscaleExplorer"]
GIVEN = ["Ada", "Zoë", "Åsa", "José", "Мария", "Nguyễn", "O'Neil"]
FAMILY = ["Byrne", "Østergård", "de la Cruz", "Fujimoto 藤本", "Kowalski"]
DEPARTMENTS = ["Design", "Engineering", "Finance", "People & Culture"]
SMALL = 150


def identifier(n: int) -> str:
    """Number 1, 2, 3… to ids that sort in another order: a new person may land on any page."""
    return f"{n * 7919 % 10007:05}"


def person(n: int) -> dict:
    """Person number n, from 1. crates/connect/tests/servers has the same rules in Rust, as the truth to compare with."""
    user_name = f"person{n}@corp.example"
    given, family = GIVEN[n % 7], f"{FAMILY[n % 5]} {n}"
    user = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "userName": user_name,
        "name": {"givenName": given, "familyName": family, "formatted": f"{given} {family}"},
        "active": n % 10 != 0,
        ENTERPRISE: {"department": DEPARTMENTS[n % 4], "costCenter": f"CC-{n % 9}"},
    }
    if n % 4 != 0:
        user["displayName"] = f"{family}, {given}"
    if n % 17 != 0:
        user["emails"] = [
            {"value": f"home{n}@private.example", "type": "home"},
            {"value": f"work{n}@corp.example", "type": "work", "primary": n % 2 == 0},
        ]
    if n % 45 != 0:
        user["schemas"].append(LUCID)
        user[LUCID] = {
            "productLicenses": {
                "Lucidchart": n % 3 != 0,
                "Lucidspark": n % 5 == 0,
                "LucidscaleCreator": False,
                "LucidscaleExplorer": True,
            }
        }
    return user


def lucid_schema() -> Schema:
    attribute = {"multiValued": False, "required": False, "mutability": "readWrite", "returned": "default"}
    products = [{**attribute, "name": name, "type": "boolean"} for name in PRODUCTS]
    licenses = {**attribute, "name": "productLicenses", "type": "complex", "subAttributes": products}
    return Schema.model_validate({"id": LUCID, "name": "Lucid", "description": "Lucid", "attributes": [licenses]})


def provider(by_cursor: bool) -> ScimProvider:
    schemas = [*load_default_schemas().values(), lucid_schema()]
    types = []
    for resource_type in load_default_resource_types().values():
        description = resource_type.model_dump()
        if resource_type.name == "User":
            description["schemaExtensions"].append({"schema": LUCID, "required": False})
        types.append(ResourceType.model_validate(description))
    config = load_default_service_provider_config()
    config.authentication_schemes = [BEARER_TOKEN_SCHEME]
    if by_cursor:
        config.pagination = Pagination(cursor=True, index=False, default_pagination_method="cursor", max_page_size=100)
    return ScimProvider.from_discovery(schemas, types, config=config)


class Storage(InMemoryStorage):
    """In memory, with ids and dates that a test can foresee."""

    def __init__(self):
        super().__init__(clock=lambda: datetime.datetime(2025, 11, 3, 9, 30, tzinfo=datetime.UTC))
        self.created = 0

    def generate_id(self, resource_type, resource):
        self.created += 1
        return identifier(self.created)


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass


def main() -> None:
    token, people = os.environ["SCIM_TOKEN"], int(sys.argv[1])
    providers = {by_cursor: provider(by_cursor) for by_cursor in (False, True)}
    user_type = next(kind for kind in providers[False].resource_types if kind.name == "User")
    model = providers[False].model_for_endpoint("/Users")
    everybody = Storage()
    for n in range(1, people + 1):
        everybody.create(user_type, model.model_validate(person(n)))

    def account(name: str) -> BearerTokenApplication:
        chosen = providers["cursor" in name]
        storage = Storage()
        first = everybody.resources[: SMALL if "small" in name else people]
        storage.resources = [user.model_copy(deep=True) for user in first]
        storage.created = len(first)
        service = ScimService(chosen, secret="for tests on loopback only")
        return BearerTokenApplication(storage, chosen, service=service, bearer_tokens=[token])

    with make_server(
        "127.0.0.1", 0, TenantDispatcher(account), server_class=ThreadingWSGIServer, handler_class=Quiet
    ) as server:
        print(f"base URL: http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
