"""How this house calls another one: over HTTPS, to public addresses or those that the operator named, once, briefly.

An address that somebody typed in is a way into the office's own network (SSRF). So the name is resolved here, every
address that it has must be allowed, and the connection goes to the very address that was looked at. No redirect is
followed, no proxy of the environment is used, and of the answer only the status and a few bytes are read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SECONDS = 10
LONGEST = 500
ANSWER = 4096

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Undelivered(Exception):
    """The other side did not take it; worth another try unless ``final``."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.final = reason, final


class Answer(NamedTuple):
    status: int
    body: bytes


def demand_address(url: str) -> SplitResult:
    """The parts of an address that may be called as far as one sees without asking for its name.

    Raises ValidationError for anything but HTTPS (plain HTTP only to hosts in ``OUTGOING_PLAIN``), for user names in
    it, odd ports, and literal addresses that are not public and not in ``OUTGOING_PRIVATE``.
    """
    refused = ValidationError(_("须是可以从本系统访问的 https 地址；内网地址请联系运维人员登记。"), code="address")
    if len(url) > LONGEST or not url.isascii() or any(ord(letter) <= 32 for letter in url):
        raise refused
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as odd:
        raise refused from odd
    plain = parts.scheme == "http" and _listed(host, _literal(host), settings.OUTGOING_PLAIN)
    if not (parts.scheme == "https" or plain) or not host or "@" in parts.netloc or port == 0 or parts.fragment:
        raise refused
    literal = _literal(host)
    if literal is not None and not _allowed(host, literal):
        raise refused
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send it once. Raises Undelivered where nobody may be or could be reached.

    Each step has its ``SECONDS``, the whole call twice as many: an answer that drips is none.
    """
    try:
        parts = demand_address(url)
    except ValidationError as refused:
        raise Undelivered(refused.messages[0], final=True) from refused
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    try:
        connection = _Pinned(host, port, _resolved(host, port), secure)
        with _deadline(connection):
            connection.request("POST", target, body, {**headers, "User-Agent": "party-alliances/1"})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(ANSWER))
    except ssl.SSLError as untrusted:
        raise Undelivered(_("对方的证书不可信。")) from untrusted
    except TimeoutError as late:
        raise Undelivered(_("对方没有在 %(seconds)s 秒内答复。") % {"seconds": SECONDS}) from late
    except (OSError, http.client.HTTPException, UnicodeError) as away:
        raise Undelivered(_("连接不上对方。")) from away


def demand_taken(answer: Answer) -> None:
    """Any 2xx is taken; 410 says never again; a redirect is no answer."""
    if not 200 <= answer.status < 300:
        raise Undelivered(_("对方答复 %(status)s。") % {"status": answer.status}, final=answer.status == 410)


class _Pinned(http.client.HTTPConnection):
    """Goes to the address that was looked at, and asks there for the certificate of the name."""

    def __init__(self, host: str, port: int, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self.address, self.secure = address, secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), SECONDS)
        if self.secure:
            secured = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secured
            secured.do_handshake()

    def hang_up(self) -> None:
        """Whoever waits for the other side wakes up. Past TLS, whose objects belong to the thread that waits."""
        sock: socket.socket | None = self.sock
        if sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


@contextmanager
def _deadline(connection: _Pinned) -> Iterator[None]:
    """Whatever comes of a call that was cut off is a TimeoutError, also an answer that looks whole. Closed after."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        connection.hang_up()

    timer = threading.Timer(2 * SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()
        if late.is_set():
            raise TimeoutError


def _resolved(host: str, port: int) -> str:
    """The first of the name's addresses, all of which must be allowed."""
    found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        literal = _literal(str(address))
        if literal is None or not _allowed(host, literal):
            raise Undelivered(_("地址指向内网，未经登记不能访问。"), final=True)
    return str(found[0])


def _literal(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _allowed(host: str, address: Address) -> bool:
    straight = address.version == 4 or (address in UNICAST and address not in TUNNELLED)
    public = address.is_global and not address.is_multicast and straight
    return public or _listed(host, address, settings.OUTGOING_PRIVATE)


UNICAST = ipaddress.ip_network("2000::/3")
"""All that is given out of IPv6; the rest holds local networks and other ways to write an IPv4 address (NAT64)."""
TUNNELLED = ipaddress.ip_network("2002::/16")
"""6to4: one more of them. (Teredo is not global.)"""


def _listed(host: str, address: Address | None, entries: Iterable[str]) -> bool:
    """Whether an entry names the host, or a network that holds the address."""
    for entry in entries:
        if host.lower() == entry.lower():
            return True
        try:
            network = ipaddress.ip_network(entry, strict=False)
        except ValueError:
            continue
        if address is not None and address.version == network.version and address in network:
            return True
    return False
