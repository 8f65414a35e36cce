"""The words in which the matrix says who may do what; written from the role table of docs/threat-model.md and from
the page of scopes, not from the code.

``Row(thing, sees, can)``: the thing of the world that the id names; who gets anything but 404; who of them is not
refused. ``Rest(thing, sees, can, scopes, body)``: as well; ``scopes`` are those of which a key needs one (none: for
browser sessions only); ``body`` gives the words of a caller: ``body(world, person)``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

STAFF = {"chifeng", "balinzuo", "lindong"}
DEPARTMENTS = {"chifeng", "balinzuo"}
LEAD, MEMBER, OUTSIDER = {"dongshiqiao"}, {"fulian"}, {"lushan"}
BESIDE = {"nanyang"}
TRIO = {"sysadmin", "secadmin", "auditor"}
BUSINESS = STAFF | LEAD | MEMBER | OUTSIDER | BESIDE
ALL = BUSINESS | TRIO
ALLIED = STAFF | LEAD | MEMBER
SEES_ALLIANCE = ALLIED | OUTSIDER  # the outsider is invited, and sees what it is invited to
PEOPLE = ("anonymous", *sorted(ALL))


@dataclass(frozen=True)
class Row:
    thing: str | None
    sees: frozenset
    can: frozenset
    methods: tuple = ("GET", "POST")
    more: tuple = ()  # further path parameters: (name, thing)
    public: bool = False


def row(sees, can=None, thing=None, methods="GET POST", more=(), public=False):
    sees = frozenset(sees)
    return Row(thing, sees, sees if can is None else frozenset(can), tuple(methods.split()), tuple(more), public)


def page(sees=ALL, thing=None):
    """A page that only shows."""
    return row(sees, thing=thing, methods="GET")


def verb(thing, sees, can, **options):
    return row(sees, can, thing, **options)


PARTY = {"member"}  # a Party member of the lead organisation
PROPOSER = {"chifeng2"}
EVERYBODY = ALL | PARTY
TOWN = {"lindong"}
SCOPES = (
    "statistics:read",
    "register:read",
    "lists:read",
    "items:write",
    "items:confirm",
    "claims:write",
)
REGISTER, STATISTICS = {"register:read"}, {"statistics:read"}
LISTS = {"lists:read", "items:write", "items:confirm", "claims:write"}
REASON = {"reason": "理由"}
TODAY = timezone.localdate().isoformat()


@dataclass(frozen=True)
class Rest:
    thing: str | None
    sees: frozenset
    can: frozenset
    scopes: frozenset
    body: Callable
    key_can: bool = True
    unseen: bool = False  # a body may name what the caller does not see: then 404 stands for 403
    own: bool = False  # every key has its own, wherever it reads: it makes one, and sees no other key's


def rest(thing=None, sees=EVERYBODY, can=None, scopes=(), body=None, **more):
    words = body if callable(body) else lambda world, person: body or {}
    return Rest(thing, frozenset(sees), frozenset(sees if can is None else can), frozenset(scopes), words, **more)


def own(world, person):
    """The organisation in whose name the person tries it: their own if they are a member, else the lead."""
    mine = {"fulian": world.cast.fulian_org, "claims:write": world.cast.fulian_org}
    return mine.get(person, world.cast.dongshiqiao_org).pk


def of(**names):
    """A body of ids: name -> attribute of the cast."""
    return lambda world, person: {name: getattr(world.cast, thing).pk for name, thing in names.items()}


def said(make, **words):
    return lambda world, person: make(world, person) | words


def year(world, person):
    row = {"kind": "theme_day", "title": "主题党日", "planned_on": world.today()}
    return {"host": world.cast.dongshiqiao_org.pk, "activities": [row]}


def in_own_name(**words):
    return lambda world, person: {"organization": own(world, person)} | words


ALLIANCE = SEES_ALLIANCE | PARTY
DRAFT = STAFF | LEAD | PARTY
FOUNDING = DRAFT | MEMBER
LEADS = STAFF | LEAD
STUDIES = TOWN | LEAD
