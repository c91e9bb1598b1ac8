"""dlt's REST source into SQLite, as its documentation says: dlt_pipe.py BASE_URL TOKEN DATABASE COUNT"""

import pathlib
import sys

import dlt
from dlt.sources.rest_api import rest_api_source


def main():
    base, token, path, count = sys.argv[1:]
    source = rest_api_source(
        {
            "client": {
                "base_url": base + "/",
                "auth": {"type": "bearer", "token": token},
                "paginator": {
                    "type": "offset",
                    "limit": int(count),
                    "offset": 1,
                    "offset_param": "startIndex",
                    "limit_param": "count",
                    "total_path": "totalResults",
                },
            },
            "resources": [
                {"name": "user", "primary_key": "id", "endpoint": {"path": "Users", "data_selector": "Resources"}}
            ],
        }
    )
    pipeline = dlt.pipeline(
        pipeline_name="roster",
        pipelines_dir=str(pathlib.Path(path).parent / "dlt"),
        destination=dlt.destinations.sqlalchemy(f"sqlite:///{path}"),
        dataset_name="main",
    )
    pipeline.run(source)


main()
