"""Has lucid-sim judged by two testers of SCIM servers that others wrote: scim2-tester and scim-sanity.

Usage: SCIM_TOKEN=… conformance.py BASE_URL

lucid_sim_deviations.toml lists what must pass and what is known to deviate, with the reason. Anything else that a tester
finds fails, and so does a listed deviation that is no longer there. lucid-sim only reads: the testers' checks of reading
get somebody who is on the roster where they would have created somebody.
"""

import os
import re
import sys
import tomllib
from pathlib import Path

import scim2_tester.utils
from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models import ResourceType, Schema, ScimProvider, ServiceProviderConfig
from scim2_tester import Status, check_server
from scim_sanity.probe.runner import run_probe_api

CORE = "urn:ietf:params:scim:schemas:core:2.0:"
LUCID = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User"
FINE = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE}


def somebody_listed(manager, model, fill_all=False):
    """Stands in for the creation of a resource."""
    client = manager.context.client
    return client.query(model).resources[0]


def described(http: Client) -> tuple[ScimProvider, list]:
    """What the service says of itself, completed by what it leaves out: the latter is a deviation each."""
    missing = []
    schemas = {schema["id"]: schema for schema in http.get("/Schemas").json()["Resources"]}

    def complete(attributes: list, name: str, path: str) -> None:
        if all(attribute["name"] != name for attribute in attributes):
            attributes.append({"name": name, "type": "string", "multiValued": False})
            missing.append(("scim2-client", "attributes not in /Schemas", path))

    lucid = schemas[LUCID]["attributes"]
    complete(lucid, "officeIdAtPrintVendor", "lucid:2.0:User:officeIdAtPrintVendor")
    complete(lucid, "userIdAtPrintVendor", "lucid:2.0:User:userIdAtPrintVendor")
    members = next(each for each in schemas[f"{CORE}Group"]["attributes"] if each["name"] == "members")
    complete(members["subAttributes"], "$ref", "Group:members.$ref")

    extensions = [{"schema": urn, "required": False} for urn in schemas if ":extension:" in urn]
    users = {"name": "User", "endpoint": "/Users", "schema": f"{CORE}User", "schemaExtensions": extensions}
    groups = {"name": "Group", "endpoint": "/Groups", "schema": f"{CORE}Group"}
    types = [ResourceType.model_validate({"id": each["name"], **each}) for each in (users, groups)]
    config = ServiceProviderConfig.model_validate(http.get("/ServiceProviderConfig").json())
    models = [Schema.model_validate(schema) for schema in schemas.values()]
    return ScimProvider.from_discovery(models, types, config=config), missing


def read_everybody(client: SyncSCIMClient) -> list:
    """Every page of both lists, each record checked against the schemas by scim2-models."""
    judged = []
    for name in ("/Users", "/Groups"):
        model = client.provider.model_for_endpoint(name)
        seen, total, start = set(), None, 1
        while total is None or len(seen) < total:
            page = client.query(model, query_parameters={"startIndex": start, "count": 100})
            total = page.total_results
            fresh = {each.id for each in page.resources or []} - seen
            if not fresh:
                return [*judged, (False, "scim2-client", f"every record of {name}", f"{len(seen)} of {total} listed")]
            seen |= fresh
            start = len(seen) + 1
        judged.append((True, "scim2-client", f"every record of {name}", ""))
    return judged


def by_scim2_tester(url: str, token: str) -> list:
    headers = {"Authorization": f"Bearer {token}"}
    with Client(base_url=url, headers=headers, trust_env=False) as http:
        provider, missing = described(http)
        client = SyncSCIMClient(http, provider=provider)
        scim2_tester.utils.ResourceManager.create_and_register = somebody_listed
        results = check_server(client, include_tags={"discovery", "misc", "crud:read"})
        judged = [(False, *each) for each in missing] + read_everybody(client)
    for result in results:
        if result.status is not Status.SKIPPED:
            check = " ".join(filter(None, [result.title, result.resource_type]))
            judged.append((result.status in FINE, "scim2-tester", check, result.reason or ""))
    return judged


def by_scim_sanity(url: str, token: str) -> list:
    results = run_probe_api(url, token=token)["results"]
    told = [result for result in results if result["status"] != "skip"]
    return [(each["status"] == "pass", "scim-sanity", each["name"], each.get("message") or "") for each in told]


def main() -> int:
    url, token = sys.argv[1], os.environ["SCIM_TOKEN"]
    expected = tomllib.loads(Path(__file__).with_name("lucid_sim_deviations.toml").read_text(encoding="utf-8"))
    judged = by_scim2_tester(url, token) + by_scim_sanity(url, token)
    passed = {f"{tester}: {check}" for fine, tester, check, _ in judged if fine}
    found = [(tester, check, " ".join(says.split())[:200]) for fine, tester, check, says in judged if not fine]

    def matches(deviation: dict, tester: str, check: str, says: str) -> bool:
        same = deviation["tester"] == tester and deviation["check"] == check
        return same and re.fullmatch(deviation["says"], says) is not None

    known = expected["deviation"]
    wrong = [f"not passed: {name}" for name in expected["must_pass"] if name not in passed]
    wrong += [f"new deviation: {each}" for each in found if not any(matches(one, *each) for one in known)]
    wrong += [f"no longer found: {one}" for one in known if not any(matches(one, *each) for each in found)]
    print(f"{len(passed)} checks pass, {len(found)} findings, {len(known)} known deviations")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
