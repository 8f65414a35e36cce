"""Who may do what, route by route, written from the role table of docs/threat-model.md and not from the code.

``Row(thing, sees, can)``: the thing of the world that the id names; who gets anything but 404; who of them is not
refused. A route without a row fails the matrix.
"""

from dataclasses import dataclass

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


PAGES = {
    "healthz": row(ALL, methods="GET", public=True),
    # members
    "accounts:login": row(ALL, public=True),
    "accounts:activate": row(ALL, public=True),
    "accounts:logout": row(ALL, methods="POST"),
    "accounts:switch": row(set(), methods="POST"),
    "accounts:elder": row(ALL, methods="POST", public=True),
    "accounts:keepalive": row(ALL, methods="GET"),
    "accounts:settings": page(),
    "accounts:password": row(ALL),
    "accounts:revoke_session": row(ALL, methods="POST"),
    "accounts:list": page(),
    "accounts:new": row(ALL, STAFF | LEAD | MEMBER | OUTSIDER | BESIDE | {"sysadmin"}),
    "accounts:detail": page(STAFF | LEAD | TRIO, "account"),
    "accounts:slip": verb("account", STAFF | LEAD | TRIO, STAFF | LEAD),
    "accounts:reset": verb("account", STAFF | LEAD | TRIO, STAFF | LEAD),
    "accounts:disable": verb("account", STAFF | LEAD | TRIO, STAFF | LEAD),
    "accounts:enable": verb("account", STAFF | LEAD | TRIO, STAFF | LEAD),
    "accounts:propose_role": verb("account", STAFF | LEAD | TRIO, DEPARTMENTS | LEAD | {"sysadmin"}),
    "accounts:grants": row(ALL, {"secadmin", "auditor"}, methods="GET"),
    "accounts:grant_approve": verb("grant", {"balinzuo", "secadmin", "auditor"}, {"secadmin"}),
    "accounts:grant_refuse": verb("grant", {"balinzuo", "secadmin", "auditor"}, {"secadmin"}),
    "organizations:list": page(),
    "organizations:new": row(ALL, DEPARTMENTS | BESIDE),
    "organizations:person_new": verb("organization", ALLIED, DEPARTMENTS | LEAD),
    "organizations:detail": page(ALLIED, "organization"),
    "organizations:year": row(ALLIED, STAFF | LEAD, "organization", "GET"),
    "organizations:duplicates": row(ALL, DEPARTMENTS | BESIDE, methods="GET"),
    "organizations:merge": verb("organization", ALLIED, DEPARTMENTS),
    "organizations:edit": verb("organization", ALLIED, DEPARTMENTS),
    "organizations:contact": verb("organization", ALLIED, DEPARTMENTS | LEAD),
    "organizations:phone": verb("organization", ALLIED, STAFF | LEAD),
    "organizations:people": row(ALLIED, STAFF | LEAD, "organization", "GET"),
    "organizations:hand_over": verb("organization", ALLIED, STAFF | LEAD),
    "organizations:person_phone": verb("person", STAFF | LEAD, STAFF | LEAD),
    "inbox:list": page(),
    "complaints:list": page(),
    "complaints:new": row(ALL),
    "complaints:detail": page(DEPARTMENTS | MEMBER, "complaint"),
    "complaints:answer": verb("complaint", DEPARTMENTS | MEMBER, DEPARTMENTS),
    "documents:download": page(SEES_ALLIANCE, "document"),
    "audit:denials": row(ALL, {"secadmin", "auditor"}, methods="GET"),
    "audit:steps": page(),
    # alliances
    "alliances:list": page(),
    "alliances:new": row(ALL, BUSINESS, methods="GET"),
    "alliances:found": verb("organization", STAFF | LEAD, STAFF | LEAD),
    "alliances:foundings": page(),
    "alliances:invitations": page(),
    "alliances:accept": verb("invitation", DEPARTMENTS | OUTSIDER, OUTSIDER),
    "alliances:decline": verb("invitation", DEPARTMENTS | OUTSIDER, OUTSIDER),
    "alliances:vote_on": verb("newcomer", SEES_ALLIANCE, LEAD | MEMBER),
    "alliances:revoke": verb("newcomer", SEES_ALLIANCE, set()),
    "alliances:join": page(),
    "alliances:apply": row({"lindong"}, thing="alliance"),  # who stands near and is neither member nor invited
    "alliances:detail": page(SEES_ALLIANCE, "alliance"),
    "alliances:members": page(SEES_ALLIANCE, "alliance"),
    "alliances:leadership": page(SEES_ALLIANCE, "alliance"),
    "alliances:nominate": verb("alliance", SEES_ALLIANCE, LEAD),
    "alliances:put_forward": verb("joint", ALLIED, LEAD | MEMBER),
    "posts:list": page(),
    "posts:detail": page(SEES_ALLIANCE, "nomination"),
    "posts:person": page(SEES_ALLIANCE, "nomination"),
    "posts:consent": verb("nomination", SEES_ALLIANCE, LEAD | MEMBER),
    "posts:retract": verb("nomination", SEES_ALLIANCE, LEAD),
    "posts:relieve": verb("held_post", SEES_ALLIANCE, LEAD),
    "participants:list": page(),
    "participants:take_in": verb("part", ALLIED, LEAD),
    "participants:turn_down": verb("part", ALLIED, LEAD),
    "participants:step_out": verb("part", ALLIED, MEMBER),
    "instructors:list": page(),
    "instructors:assign": verb("social", DEPARTMENTS | LEAD | MEMBER, DEPARTMENTS | LEAD),
    "instructors:recall": verb("instructor", DEPARTMENTS | LEAD | MEMBER, DEPARTMENTS | LEAD),
    "alliances:activities": page(SEES_ALLIANCE, "alliance"),
    "alliances:standing": page(SEES_ALLIANCE, "alliance"),
    "alliances:timeline": page(SEES_ALLIANCE, "alliance"),
    "alliances:edit": verb("alliance", SEES_ALLIANCE, STAFF | LEAD),
    "alliances:submit": verb("draft", STAFF | LEAD, STAFF | LEAD),
    "alliances:approve": verb("founding", STAFF | LEAD | MEMBER, STAFF),
    "alliances:return": verb("founding", STAFF | LEAD | MEMBER, STAFF),
    "alliances:activate": verb("draft", STAFF | LEAD, STAFF | LEAD),
    "alliances:withdraw": verb("draft", STAFF | LEAD, STAFF | LEAD),
    "alliances:invite": verb("alliance", SEES_ALLIANCE, STAFF | LEAD),
    "alliances:hand_over": verb("alliance", SEES_ALLIANCE, STAFF | LEAD),
    "alliances:rectify": verb("alliance", SEES_ALLIANCE, DEPARTMENTS),
    "alliances:reinstate": verb("alliance", SEES_ALLIANCE, DEPARTMENTS),
    "alliances:reward": verb("alliance", SEES_ALLIANCE, DEPARTMENTS),
    "alliances:place_under": verb("alliance", SEES_ALLIANCE, STAFF),
    "alliances:nest": row(SEES_ALLIANCE, STAFF | LEAD | MEMBER, "alliance", "GET"),
    "alliances:split": verb("alliance", SEES_ALLIANCE, STAFF | LEAD | MEMBER),
    "alliances:checklist": page(SEES_ALLIANCE, "alliance"),
    "alliances:mark": verb("alliance", SEES_ALLIANCE, LEAD),
    "rules:list": page(),
    "rules:detail": page(ALL, "banner"),
    "rules:change": verb("banner", ALL, DEPARTMENTS),
    "rules:fill_checklist": verb("banner", ALL, DEPARTMENTS),
    "alliances:plan": verb("alliance", SEES_ALLIANCE, {"lindong"} | LEAD | MEMBER),
    "activities:list": page(),
    "activities:detail": page(ALLIED, "activity"),
    "activities:hold": verb("activity", ALLIED, {"lindong"} | LEAD),
    "activities:cancel": verb("activity", ALLIED, {"lindong"} | LEAD),
    "activities:confirm_session": verb("session", ALLIED, STAFF),
    "activities:serve": verb("session", ALLIED, LEAD),
    # an alliance's year, one's own calendar
    "alliances:templates": page(SEES_ALLIANCE, "alliance"),
    "alliances:adopt_templates": verb("alliance", SEES_ALLIANCE, {"lindong"} | LEAD),
    "alliances:add_template": verb("alliance", SEES_ALLIANCE, {"lindong"} | LEAD),
    "alliances:plan_year": verb("alliance", SEES_ALLIANCE, {"lindong"} | LEAD),
    "activities:template_edit": verb("template", ALLIED, {"lindong"} | LEAD),
    "activities:template_drop": verb("template", ALLIED, {"lindong"} | LEAD),
    "activities:repeat": verb("activity", ALLIED, {"lindong"} | LEAD),
    "calendar:feed": row(ALL),
    "calendar:close": row(ALL, methods="POST"),
    "calendar:document": row(ALL, methods="GET", public=True),
    # meetings
    "alliances:meetings": page(SEES_ALLIANCE, "alliance"),
    "alliances:convene": verb("alliance", SEES_ALLIANCE, LEAD),
    "meetings:list": page(),
    "meetings:detail": page(ALLIED, "meeting"),
    "meetings:propose": verb("meeting", ALLIED, LEAD | MEMBER),
    "meetings:advance": verb("topic", ALLIED, LEAD),
    "meetings:strike": verb("topic", ALLIED, LEAD | MEMBER),
    "meetings:hold": verb("meeting", ALLIED, LEAD),
    "meetings:minutes": verb("held_meeting", ALLIED, LEAD),
    "meetings:cancel": verb("meeting", ALLIED, LEAD),
    "meetings:confirm": verb("late_meeting", ALLIED, STAFF),
    "meetings:decide": verb("held_meeting", ALLIED, LEAD),
    "meetings:vote": verb("voting", ALLIED, LEAD | MEMBER),
    "meetings:close_vote": verb("voting", ALLIED, LEAD),
    "meetings:enact": verb("decision", ALLIED, LEAD),
    # double registration
    "registrations:home": page(),
    "registrations:coverage": row(ALL, STAFF | BESIDE, methods="GET"),
    "registrations:organs_without": row(ALL, STAFF | BESIDE, methods="GET"),
    "registrations:people_without": row(ALL, STAFF | BESIDE, methods="GET"),
    "registrations:mine": page(),
    "registrations:links": page(),
    "registrations:link": page(ALLIED, "link"),
    "registrations:link_slip": page(ALLIED, "link"),
    "registrations:accept": verb("link", ALLIED, LEAD),
    "registrations:decline": verb("link", ALLIED, LEAD),
    "registrations:withdraw": verb("link", ALLIED, MEMBER),
    "registrations:end_link": verb("link", ALLIED, LEAD | MEMBER),
    "registrations:ask": verb("member_organization", DEPARTMENTS | LEAD | MEMBER, MEMBER),
    "registrations:register": verb("member_organization", DEPARTMENTS | LEAD | MEMBER, MEMBER),
    "registrations:form_team": verb("organization", ALLIED, LEAD),
    "registrations:people": page(),
    "registrations:register_person": verb("clerk", DEPARTMENTS | MEMBER, MEMBER),
    "registrations:skills": verb("clerk", DEPARTMENTS | MEMBER, MEMBER),
    "registrations:slip": page(ALLIED, "registered"),
    "registrations:end": verb("registered", ALLIED, MEMBER),
    "registrations:posts": page(),
    "registrations:offer": row(ALL, LEAD | OUTSIDER),
    "registrations:post": page(ALLIED, "post"),
    "registrations:take": verb("post", ALLIED, MEMBER),
    "registrations:close": verb("post", ALLIED, LEAD),
    "registrations:leave_post": verb("holding", ALLIED, MEMBER),
    "registrations:thank": verb("holding", ALLIED, LEAD),
    "registrations:teams": page(),
    "registrations:team": page(ALLIED, "team"),
    "registrations:join": verb("team", ALLIED, MEMBER),
    "registrations:end_team": verb("team", ALLIED, LEAD),
    "registrations:leave_team": verb("part", ALLIED, MEMBER),
    # means
    **{
        f"alliances:{name}": page(SEES_ALLIANCE, "alliance")
        for name in ("means", "funds", "reserve", "staff", "venues", "consortium", "distributions")
    },
    **{
        f"alliances:{name}": verb("alliance", SEES_ALLIANCE, LEAD)
        for name in ("receive", "spend", "draw", "take_on", "enlist", "draw_up_scheme")
    },
    "alliances:share": verb("alliance", SEES_ALLIANCE, LEAD | MEMBER),
    "means:reverse_fund": verb("fund", ALLIED, LEAD),
    "means:reverse_reserve": verb("drawn", ALLIED, LEAD),
    "means:end_staff": verb("staff", ALLIED, LEAD),
    "means:end_partner": verb("partner", ALLIED, LEAD),
    "means:distribute": verb("distribution_scheme", ALLIED, LEAD),
    "means:retire_scheme": verb("distribution_scheme", ALLIED, LEAD),
    "venues:list": page(),
    "venues:detail": page(ALLIED, "venue"),
    "venues:edit": verb("venue", ALLIED, LEAD),
    "venues:close": verb("venue", ALLIED, LEAD),
    "venues:book": verb("venue", ALLIED, LEAD | MEMBER),
    "venues:release": verb("booking", ALLIED, MEMBER),
    "venues:refuse": verb("booking", ALLIED, LEAD),
    "distributions:detail": page(ALLIED, "divided"),
    "distributions:paper": page(ALLIED, "divided"),
    "distributions:confirm": verb("divided", ALLIED, MEMBER),
    "distributions:settle": verb("divided", ALLIED, LEAD),
    "distributions:cancel": verb("divided", ALLIED, LEAD),
    "distributions:ask_reversal": verb("settled", ALLIED, LEAD),
    "distributions:agree_reversal": verb("settled", ALLIED, MEMBER),
    "distributions:keep": verb("settled", ALLIED, MEMBER),
    # listings
    "listings:list": page(),
    "listings:new": row(ALL, LEAD),
    "listings:detail": page(ALLIED, "listing"),
    "listings:sign": verb("listing", ALLIED, LEAD | MEMBER),
    "listings:revise": verb("listing", ALLIED, LEAD),
    "items:list": page(),
    "items:where": page(),
    "items:new": verb("listing", ALLIED, {"lindong"} | LEAD | MEMBER),
    "items:detail": page(ALLIED, "item"),
    "items:amend": verb("collected", ALLIED, {"lindong"} | LEAD),
    "items:study": verb("collected", ALLIED, {"lindong"} | LEAD),
    "items:open": verb("collected", ALLIED, {"lindong"} | LEAD),
    "items:return": verb("collected", ALLIED, {"lindong"} | LEAD),
    "items:refuse": verb("collected", ALLIED, {"lindong"} | LEAD),
    "items:resubmit": verb("returned", ALLIED, LEAD),
    "items:link": verb("problem", ALLIED, {"lindong"} | LEAD),
    "items:claim": verb("item", ALLIED, LEAD | MEMBER),
    "items:confirm": verb("done", ALLIED, LEAD | MEMBER),
    "items:send_back": verb("done", ALLIED, LEAD),
    "claims:list": page(),
    "claims:detail": page(ALLIED, "claim"),
    "claims:accept": verb("offered", ALLIED, MEMBER),
    "claims:decline": verb("offered", ALLIED, MEMBER),
    "claims:report": verb("claim", ALLIED, MEMBER),
    "claims:finish": verb("claim", ALLIED, MEMBER),
    "claims:release": verb("claim", ALLIED, MEMBER),
    "endings:leave": verb("membership", SEES_ALLIANCE, MEMBER),
    "endings:dissolve": verb("alliance", SEES_ALLIANCE, STAFF | LEAD),
    "endings:merge": verb("alliance", SEES_ALLIANCE, STAFF | LEAD),
    # the year, the quarter, the figures
    "register:sheet": page(SEES_ALLIANCE, "alliance"),
    "register:csv": page(),
    "register:xlsx": page(),
    "workbench": page(),
    "search": page(),
    "statistics:detail": row(ALL, BUSINESS, methods="GET"),
    "statistics:export": row(ALL, BUSINESS, methods="GET"),
    "statistics:published": row(ALL, BUSINESS, methods="GET"),
    "assessments:list": page(),
    "assessments:new": row(ALL, DEPARTMENTS | BESIDE),
    "assessments:detail": page(ALLIED, "scheme"),
    "assessments:edit": verb("sketch", STAFF, DEPARTMENTS),
    "assessments:open": verb("sketch", STAFF, DEPARTMENTS),
    "assessments:close": verb("scheme", ALLIED, {"chifeng"}),
    "assessments:publish": verb("scheme", ALLIED, {"chifeng"}),
    "assessments:sheet": page(ALLIED, "scheme"),
    "assessments:results": page(set(), "scheme"),
    # nothing is shown before the scores are published
    "assessments:result": row(set(), thing="scheme", methods="GET", more=[("alliance", "alliance")]),
    # a rating is for the one who has to give it; nobody else can tell that it is due
    "assessments:rate_members": row(
        MEMBER, thing="scheme", more=[("alliance", "alliance"), ("organization", "member_organization")]
    ),
    "assessments:rate_alliance": row(
        LEAD, thing="scheme", more=[("alliance", "alliance"), ("organization", "member_organization")]
    ),
    "assessments:rate_superior": row(
        STAFF, thing="scheme", more=[("alliance", "alliance"), ("organization", "supervising")]
    ),
    "reviews:list": row(ALL, STAFF | BESIDE, methods="GET"),
    "reviews:rules": row(ALL, STAFF | BESIDE, methods="GET"),
    "reviews:change_rules": verb("banner", ALL, DEPARTMENTS),
    "reviews:rehearsal": row(ALL, DEPARTMENTS | BESIDE, methods="GET"),
    "reviews:rectifications": row(ALL, STAFF | BESIDE, methods="GET"),
    "reviews:detail": row(ALL, STAFF | BESIDE, "run", "GET"),
    "proposals:list": page(),
    "proposals:detail": page(STAFF, "proposal"),
    "proposals:confirm": verb("proposal", STAFF, DEPARTMENTS),
    "proposals:overrule": verb("proposal", STAFF, DEPARTMENTS),
    "approvals:list": page(),
    "approvals:detail": page(DEPARTMENTS, "approval"),
    "approvals:approve": verb("approval", DEPARTMENTS, DEPARTMENTS),
    "approvals:refuse": verb("approval", DEPARTMENTS, DEPARTMENTS),
    # files in, files out: who imports what, who fetches persons
    "imports:list": page(),
    "imports:new_organizations": row(ALL, DEPARTMENTS | BESIDE),
    "imports:template_organizations": row(ALL, DEPARTMENTS | BESIDE, methods="GET"),
    "imports:new_people": row(ALL, BUSINESS),
    "imports:template_people": row(ALL, BUSINESS, methods="GET"),
    "imports:new_alliances": row(ALL, STAFF | BESIDE),
    "imports:template_alliances": row(ALL, STAFF | BESIDE, methods="GET"),
    "imports:new_listings": row(ALL, BUSINESS),
    "imports:template_listings": row(ALL, BUSINESS, methods="GET"),
    "imports:new_activities": row(ALL, BUSINESS),
    "imports:template_activities": row(ALL, BUSINESS, methods="GET"),
    "imports:detail": page(DEPARTMENTS, "import"),
    "imports:marked": row({"balinzuo"}, thing="import", methods="GET"),
    "imports:confirm": verb("import", DEPARTMENTS, {"balinzuo"}),
    "imports:undo": verb("import", DEPARTMENTS, {"balinzuo"}),
    "imports:resume": verb("import", DEPARTMENTS, {"balinzuo"}),
    "exports:people": row(ALL, BUSINESS),
    "exports:people_file": row(ALL, {"lindong"} | LEAD | MEMBER | OUTSIDER, methods="GET"),
    "exports:organizations": page(),
    "exports:alliances": page(),
    "exports:listings": page(),
    "exports:activities": page(),
}
