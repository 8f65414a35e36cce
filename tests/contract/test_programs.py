"""What is shown to other bureaux' programmers works as it stands: the client in one file, and the page of commands."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone

from assessments.events import EVENTS
from listings import transitions as verbs
from listings.models import Item
from members import webhooks
from members.channels.webhook import headers as signed
from members.models import ApiClient
from members.sealing import unseal
from tests.cast import KEY, NOW, client_of
from tests.listings.conftest import item_on, list_of

pytestmark = pytest.mark.django_db(transaction=True)
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def hotline(cast):
    """A hotline of the city, and a list on which 东石桥's needs stand."""
    client_of("1504", *set(ApiClient.Scope.values) - {"claims:write"})
    return list_of(cast.alliance, cast.dongshiqiao)


@pytest.fixture
def module():
    spec = importlib.util.spec_from_file_location("alliances_client", DOCS / "client" / "alliances.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def client(module, live_server, hotline):
    return module.Client(live_server.url, KEY)


def finished(item, cast):
    claim = verbs.claim(verbs.open_(item, by=cast.dongshiqiao, at=NOW), cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.finish(claim, by=cast.fulian, at=NOW)


def test_an_item_is_pushed_once_confirmed_by_who_pushed_it_and_found_among_the_changes(client, module, cast, hotline):
    words = {"listing": hotline.pk, "asked_by": cast.dongshiqiao_org.pk, "title": "路灯不亮"}
    first = client.push("12345-1", **words)
    again = [client.push("12345-1", **words), client.push("12345-1", **words | {"place": "三号楼"})]
    assert {one["id"] for one in again} == {first["id"]}
    with pytest.raises(module.Problem) as early:
        client.confirm(first)
    assert (early.value.status, early.value.code) == (409, "move_refused")
    rows, since = client.changes("items/", None)
    assert [row["id"] for row in rows] == [first["id"]]
    finished(Item.objects.get(), cast)
    assert client.confirm(first)["state"] == "confirmed"
    changed, later = client.changes("items/", since)
    assert [(row["id"], row["state"]) for row in changed] == [(first["id"], "confirmed")]
    assert later >= since


def test_lists_are_read_to_the_end_and_the_same_figures_are_sent_once(client, cast, hotline, module):
    for number in range(3):
        item_on(hotline, cast.dongshiqiao, cast.dongshiqiao_org, title=f"事项 {number}", opened=False)
    assert len(list(client.rows("items/", page_size=2, state="collected"))) == 3
    question = {"region": "1504", "from": "2019-01-01", "to": "2019-06-30"}
    sent, ask = [], client.ask
    client.ask = lambda *args, **kwargs: (sent.append(answer := ask(*args, **kwargs)), answer)[1]
    assert client.statistics(**question) is client.statistics(**question)
    assert [status for status, _headers, _said in sent] == [200, 304]
    with pytest.raises(module.Problem) as unknown:
        client.get("items/?colour=red")
    assert (unknown.value.status, list(unknown.value.errors)) == (422, ["colour"])


def test_what_the_platform_signs_the_client_believes_and_nothing_else(module, cast):
    hook, secret = webhooks.subscribe(
        client_of("1504", "lists:read"), "https://hotline.example.org/", ["item.confirmed"], events=EVENTS, at=NOW
    )
    assert unseal(hook.secret, "webhook") == secret
    body, now = b'{"id":"1","event":"ping"}', timezone.now()
    given = signed("1", body, secret, now)
    assert module.verified(secret, given, body) == {"id": "1", "event": "ping"}
    for odd in ((given, body + b" "), (given | {"webhook-id": "2"}, body), ({}, body)):
        with pytest.raises(ValueError, match=r"signed|old"):
            module.verified(secret, *odd)
    with pytest.raises(ValueError, match="old"):
        module.verified(secret, given, body, now=now.timestamp() + 301)


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl on this machine")
def test_the_commands_of_the_page_do_what_it_says(live_server, cast, hotline):
    """All of them in one shell, in order; a command that ends with ``# 409`` is answered so."""
    blocks = re.findall(r"```sh\n(.*?)```", (DOCS / "rest.md").read_text(), re.S)
    script = "\n".join(["set -e", *blocks[1:]])
    told = re.findall(r"curl [^\n]*(?:\\\n[^\n]*)*# ([0-9]{3})", script)
    given = {"URL": live_server.url, "KEY": KEY, "ORGANIZATION": str(cast.dongshiqiao_org.pk)}
    done = subprocess.run(
        ["bash", "-c", script], env=os.environ | given | {"no_proxy": "*"}, capture_output=True, text=True, timeout=120,
        check=True,
    )  # fmt: skip
    assert re.findall(r"HTTP/1.1 ([0-9]{3})", done.stdout) == told
    assert len(told) == 7
    assert '"problem' not in done.stderr
    assert Item.objects.get().external_id == "12345-2019-0417"
