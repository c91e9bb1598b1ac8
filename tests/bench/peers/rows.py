"""The one table of the Python peers, and how a SCIM user becomes its row."""

import sqlite3

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
LUCID = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User"
CREATE = """CREATE TABLE user (id TEXT PRIMARY KEY, user_name TEXT, email TEXT, given_name TEXT, middle_name TEXT,
    family_name TEXT, display_name TEXT, active INTEGER, created TEXT, last_modified TEXT, department TEXT,
    cost_center TEXT, groups TEXT, products TEXT)"""
ADD = "INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def database(path):
    """A new database in one transaction that the caller commits."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(CREATE)
    connection.execute("BEGIN")
    return connection


def row(user):
    """A parsed SCIM user as a row."""
    name = user.get("name") or {}
    emails = user.get("emails") or [{}]
    enterprise = user.get(ENTERPRISE) or {}
    meta = user.get("meta") or {}
    products = (user.get(LUCID) or {}).get("productLicenses") or {}
    return (
        user["id"],
        user["userName"],
        emails[0].get("value"),
        name.get("givenName"),
        name.get("middleName"),
        name.get("familyName"),
        user.get("displayName"),
        user.get("active"),
        meta.get("created"),
        meta.get("lastModified"),
        enterprise.get("department"),
        enterprise.get("costCenter"),
        "; ".join(group.get("display") or "" for group in user.get("groups") or []),
        "; ".join(product for product, granted in products.items() if granted),
    )
