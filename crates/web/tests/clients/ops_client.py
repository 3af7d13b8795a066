"""Talks to a running site through python-epo-ops-client, as programs written for the EPO's services do.

usage: ops_client.py http://127.0.0.1:8300          (needs: pip install python-epo-ops-client; a site with some patents)

Says what it saw; the exit code is 0 when everything was as the client expects it.
"""

import sys
import xml.etree.ElementTree as ET

import epo_ops
import requests
from epo_ops.models import Docdb, Epodoc

NS = {"ops": "http://ops.epo.org", "ex": "http://www.epo.org/exchange"}


class Quick(epo_ops.middlewares.middleware.Middleware):
    """Instead of the client's throttler, which waits between requests: looks at the header that the throttler reads."""

    def process_request(self, env, url, data, **kwargs):
        return url, data, kwargs

    def process_response(self, env, response):
        throttler = epo_ops.middlewares.throttle.storages.SQLite(":memory:")
        throttler.update(response.headers)
        known = throttler.db.execute("select search_status, search_limit from throttle_history").fetchone()
        expect(known is not None and known[0] in ("green", "yellow", "red"), "X-Throttling-Control cannot be read")
        return response


def expect(holds, what):
    if not holds:
        sys.exit(f"not as expected: {what}")


def fails(call, status, code):
    try:
        call()
    except requests.HTTPError as error:
        expect(error.response.status_code == status, f"status {error.response.status_code} instead of {status}")
        found = ET.fromstring(error.response.content).findtext("ops:code", namespaces=NS)
        expect(found == code, f"fault {found} instead of {code}")
    else:
        expect(False, f"no fault {code}")


def hits(response, path):
    root = ET.fromstring(response.content)
    expect(root.tag == "{http://ops.epo.org}world-patent-data", root.tag)
    return root, root.findall(path, NS)


def main(address):
    epo_ops.Client.__auth_url__ = f"{address}/ops/3.2/auth/accesstoken"
    epo_ops.Client.__service_url_prefix__ = f"{address}/ops/3.2/rest-services"
    client = epo_ops.Client(key="any", secret="any", middlewares=[Quick()])

    root, references = hits(client.published_data_search("pd>=2000", 1, 10), ".//ops:search-result/ops:publication-reference")
    total = int(root.find("ops:biblio-search", NS).get("total-result-count"))
    expect(total >= len(references) == min(10, total) > 0, f"{len(references)} of {total} hits")
    print(f"search: {total} patents, the first {len(references)} by number")

    number = references[0].find("ex:document-id", NS)
    country, serial, kind = (number.findtext(f"ex:{name}", "", NS) for name in ("country", "doc-number", "kind"))
    documents = ".//ex:exchange-documents/ex:exchange-document"
    _, found = hits(client.published_data("publication", Docdb(serial, country, kind)), documents)
    expect([document.get("doc-number") for document in found] == [serial], "biblio by docdb")
    _, found = hits(client.published_data("publication", Epodoc(country + serial), "biblio", ["abstract"]), documents)
    expect(any(document.get("kind") == kind for document in found), "biblio by epodoc")
    title = found[0].findtext(".//ex:invention-title", None, NS)
    expect(title, "a title")
    print(f"biblio: {country}{serial}{kind} «{title}»")

    asked = [Docdb(serial, country, kind), Docdb("1", "ZZ", "A")]
    _, several = hits(client.published_data("publication", asked), documents)
    expect([document.get("status") for document in several] == [None, "not found"], "several numbers")
    _, data = hits(client.published_data_search("pd>=2000", 1, 5, ["biblio"]), f".//ops:search-result/{documents[3:]}")
    expect(len(data) == min(5, total), "hits with their data")

    fails(lambda: client.published_data_search("ti=(", 1, 5), 400, "CLIENT.InvalidQuery")
    fails(lambda: client.published_data_search("ti=nothinglikethis", 1, 5), 404, "SERVER.EntityNotFound")
    fails(lambda: client.published_data_search("pd>=2000", 1951, 2050), 413, "CLIENT.InvalidRange")
    fails(lambda: client.published_data("publication", Docdb("1", "ZZ", "A")), 404, "SERVER.EntityNotFound")
    print("faults: as the services tell them")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
