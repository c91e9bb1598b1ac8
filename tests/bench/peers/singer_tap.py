"""A minimal tap on Singer's own SDK, in place of tap-lucid-scim, which is in no package registry.

singer_tap.py BASE_URL TOKEN COUNT"""

import sys

from singer_sdk import RESTStream, Tap
from singer_sdk import typing as th
from singer_sdk.authenticators import BearerTokenAuthenticator
from singer_sdk.pagination import BaseOffsetPaginator

BASE, TOKEN, COUNT = sys.argv[1], sys.argv[2], int(sys.argv[3])
NAMED = th.ArrayType(th.ObjectType(th.Property("value", th.StringType), th.Property("display", th.StringType)))


class Offset(BaseOffsetPaginator):
    """Index pages until the total is reached."""

    def has_more(self, response):
        return self.current_value + COUNT <= response.json()["totalResults"]


class Users(RESTStream):
    """The users of a SCIM server."""

    name = "user"
    path = "/Users"
    url_base = BASE
    primary_keys = ("id",)
    records_jsonpath = "$.Resources[*]"
    schema = th.PropertiesList(
        th.Property("id", th.StringType, required=True),
        th.Property("userName", th.StringType),
        th.Property("displayName", th.StringType),
        th.Property("title", th.StringType),
        th.Property("active", th.BooleanType),
        th.Property("canEdit", th.BooleanType),
        th.Property(
            "name",
            th.ObjectType(
                th.Property("givenName", th.StringType),
                th.Property("familyName", th.StringType),
                th.Property("formatted", th.StringType),
            ),
        ),
        th.Property("emails", NAMED),
        th.Property("groups", NAMED),
        th.Property("meta", th.ObjectType(*(th.Property(n, th.StringType) for n in ("created", "lastModified")))),
    ).to_dict()

    @property
    def authenticator(self):
        return BearerTokenAuthenticator(token=TOKEN)

    def get_new_paginator(self):
        return Offset(1, COUNT)

    def get_url_params(self, context, next_page_token):
        return {"startIndex": next_page_token or 1, "count": COUNT}


class Roster(Tap):
    """The tap."""

    name = "tap-roster"
    config_jsonschema = th.PropertiesList().to_dict()

    def discover_streams(self):
        return [Users(self)]


Roster(config={}).sync_all()
