"""requests and orjson into sqlite3: requests_pipe.py BASE_URL TOKEN DATABASE COUNT"""

import sys

import orjson
import requests

import rows


def main():
    base, token, path, count = sys.argv[1:]
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"
    database = rows.database(path)
    start = 1
    while True:
        answer = session.get(f"{base}/Users", params={"startIndex": start, "count": count})
        answer.raise_for_status()
        page = orjson.loads(answer.content)
        users = page["Resources"]
        database.executemany(rows.ADD, [rows.row(user) for user in users])
        start += len(users)
        if not users or start > page["totalResults"]:
            break
    database.execute("COMMIT")


main()
