"""Examples of REST's main operations for the OpenAPI document: operation -> query, body, answers by status.

A test holds each against the shapes that the document promises; schemathesis asks the bodies of the app.
"""

from __future__ import annotations

from typing import Any

MOMENT = "2019-06-03T10:12:45.103000+08:00"
LATER = "2019-06-12T16:40:02.551000+08:00"

ORGANIZATION = {
    "id": 412, "code": "ORG-000412", "name": "巴林左旗妇联党支部", "short_name": "妇联", "kind": "branch",
    "sector": "organ", "industry": "other", "level": "county", "ownership": "public", "region": "150422",
    "place": None, "parent": None, "contact": None, "phone": None, "source": "", "synthetic": False,
    "updated_at": MOMENT,
}  # fmt: skip
REGION = {"code": "150422", "name": "巴林左旗", "level": "county", "successor": None, "updated_at": MOMENT}
ALLIANCE = {
    "id": 17, "code": "LHT-150422-000017", "name": "五金小区党建联合体", "state": "active",
    "open_moves": ["rectifying", "merged", "dissolved"], "region": "150422404002", "form": "joint_committee",
    "mode": "regional", "formation": "non_established", "chains": ["governance"], "crossings": ["level"],
    "purpose": "共同办好小区的事", "parent": None, "split_from": None, "merged_into": None, "lead": 87,
    "supervising": 31, "members_now": 9, "last_session_on": "2019-05-24", "document_number": "",
    "established": "2018-11-20", "activated_on": "2018-11-20", "ended_on": None, "rectify_by": None, "source": "",
    "synthetic": False, "updated_at": MOMENT,
}  # fmt: skip
LISTING = {
    "id": 230, "state": "signed", "open_moves": ["superseded"], "alliance": 17, "region": "150422404002",
    "kind": "supply_demand", "period_from": "2019-01-01", "period_to": "2019-06-30", "version": 1, "previous": None,
    "lead_signed_on": "2019-01-08", "signed_on": "2019-01-18",
    "signatures": [], "synthetic": False, "updated_at": MOMENT,
}  # fmt: skip
ITEM = {
    "id": 4170, "number": "GX-2019-004170", "state": "collected",
    "open_moves": ["studied", "open", "returned", "refused"],
    "kind": "supply_demand", "title": "三号楼前路灯不亮", "detail": "", "category": "facility", "urgency": "normal",
    "site": "150422404002", "place": "三号楼前", "wants": "", "skills": [], "capacity": 1, "taken": 0, "due_on": None,
    "paused_at": None, "supervision": 0, "asked_by": 87, "for_resident": True, "origin": "hotline",
    "responsible": None, "external_id": "12345-2019-0417", "answered_by": None, "duplicate_of": None, "decision": None,
    "parent": None, "reopens": None, "came_from": None, "addendum": True, "listing": 230, "alliance": 17,
    "region": "150422404002", "collected_on": "2019-06-03", "first_claimed_on": None, "done_on": None,
    "confirmed_on": None, "satisfaction": "", "on_behalf": False, "goes_to": "", "synthetic": False,
    "updated_at": MOMENT,
}  # fmt: skip
CONFIRMED = ITEM | {
    "state": "confirmed", "open_moves": ["closed", "done", "linked"], "taken": 1, "due_on": "2019-07-02",
    "first_claimed_on": "2019-06-04", "done_on": "2019-06-11", "confirmed_on": "2019-06-12",
    "satisfaction": "satisfied", "updated_at": LATER,
}  # fmt: skip
CLAIM = {
    "id": 981, "state": "claimed", "open_moves": ["in_hand", "finished", "released"], "item": 4170, "alliance": 17,
    "region": "150422404002", "organization": 412, "role": "lead", "promised_on": "2019-06-14",
    "support": "联系电工一名", "waiting_position": None, "offered_until": None, "claimed_at": MOMENT,
    "finished_at": None, "outcome": "", "updated_at": MOMENT,
}  # fmt: skip
WAITING = CLAIM | {
    "state": "waiting", "open_moves": ["offered", "declined", "lapsed"], "role": "", "waiting_position": 1,
}  # fmt: skip
FIGURE = {
    "key": "problems_solved", "label": "解决问题", "unit": "个", "definition": "由提出方确认解决的问题",
    "nature": "flow", "additive": True,
}  # fmt: skip
STATISTICS = {
    "region": "1504", "from": "2019-01-01", "to": "2019-06-30", "as_of": "2019-06-30",
    "figures": {"problems_solved": 5310.0},
    "rows": [
        {"group": {"code": "150402", "label": "红山区"}, "figures": {"problems_solved": 1204.0}},
        {"group": {"code": "150422", "label": "巴林左旗"}, "figures": {"problems_solved": 388.0}},
    ],
}  # fmt: skip
WEBHOOK = {
    "id": 5, "url": "https://hotline.example.org/alliances", "events": ["item.done", "item.confirmed"],
    "created_at": MOMENT, "ended_at": None, "updated_at": MOMENT, "secret": "whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl",
}  # fmt: skip
PENDING = {
    "id": 63, "state": "pending", "open_moves": ["approved", "refused"], "verb": "keys.grant", "verb_of": "region",
    "thing_id": 150422, "region": "150422", "reason": "低保系统读取统计", "proposed_at": MOMENT, "decided_at": None,
    "answer": "", "updated_at": MOMENT,
}  # fmt: skip


def page(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"next": None, "previous": None, "results": list(rows)}


EXAMPLES: dict[str, dict[str, Any]] = {
    "regions_list": {
        "query": {"parent": "1504"},
        "answers": {200: page(REGION)},
    },
    "organizations_list": {"query": {"region": "150422", "kind": "branch"}, "answers": {200: page(ORGANIZATION)}},
    "alliances_list": {"query": {"region": "1504", "ordering": "-updated_at"}, "answers": {200: page(ALLIANCE)}},
    "alliances_retrieve": {"answers": {200: ALLIANCE}},
    "listings_list": {"query": {"kind": "supply_demand", "alliance": 17}, "answers": {200: page(LISTING)}},
    "items_list": {
        "query": {"state": "collected", "updated_since": "2019-06-01T00:00:00+08:00", "ordering": "updated_at"},
        "answers": {200: page(ITEM)},
    },
    "items_retrieve": {"answers": {200: ITEM}},
    "items_create": {
        "body": {
            "listing": 230, "asked_by": 87, "title": "三号楼前路灯不亮", "category": "facility", "for_resident": True,
            "place": "三号楼前", "external_id": "12345-2019-0417",
        },
        "answers": {201: ITEM},
    },
    "items_claims_create": {
        "body": {"organization": 412, "promised_on": "2019-06-14", "support": "联系电工一名", "wait": True},
        "answers": {201: CLAIM, 202: WAITING},
    },
    "items_confirm_create": {"body": {"satisfaction": "satisfied"}, "answers": {200: CONFIRMED}},
    "claims_list": {"query": {"item": 4170}, "answers": {200: page(CLAIM)}},
    "claims_report_create": {
        "body": {"text": "已更换灯头，明天换线"},
        "answers": {200: CLAIM | {"state": "in_hand", "open_moves": ["finished", "released"], "updated_at": LATER}},
    },
    "claims_finish_create": {
        "body": {"outcome": "路灯已亮"},
        "answers": {
            200: CLAIM
            | {"state": "finished", "open_moves": ["confirmed", "in_hand"], "finished_at": LATER, "outcome": "路灯已亮"}
        },
    },
    "figures_list": {"answers": {200: [FIGURE]}},
    "statistics_retrieve": {
        "query": {
            "region": "1504", "from": "2019-01-01", "to": "2019-06-30", "figures": "problems_solved", "by": "region",
        },
        "answers": {200: STATISTICS},
    },
    "webhooks_create": {
        "body": {"url": "https://hotline.example.org/alliances", "events": ["item.done", "item.confirmed"]},
        "answers": {201: WEBHOOK},
    },
    "keys_create": {
        "body": {
            "name": "民政局低保系统", "place": "150422", "scopes": ["statistics:read"], "days": 365,
            "reason": "低保系统读取统计",
        },
        "answers": {202: PENDING},
    },
}  # fmt: skip
