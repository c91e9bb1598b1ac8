"""The SCIM client of databricks-sdk into sqlite3: databricks_pipe.py BASE_URL TOKEN DATABASE COUNT

The client knows only its own path, so the server's defaults decide how many users there are. It models no license
extension and no meta: it stores less than the others."""

import sys
from urllib.parse import urlsplit

from databricks.sdk import WorkspaceClient

import rows


def main():
    base, token, path, count = sys.argv[1:]
    address = urlsplit(base)
    client = WorkspaceClient(host=f"{address.scheme}://{address.netloc}", token=token, auth_type="pat")
    database = rows.database(path)
    for user in client.users.list(count=int(count)):
        name = user.name
        database.execute(
            rows.ADD,
            (
                user.id,
                user.user_name,
                user.emails[0].value if user.emails else None,
                name.given_name if name else None,
                None,
                name.family_name if name else None,
                user.display_name,
                user.active,
                None,
                None,
                None,
                None,
                "; ".join(group.display or "" for group in user.groups or []),
                None,
            ),
        )
    database.execute("COMMIT")


main()
