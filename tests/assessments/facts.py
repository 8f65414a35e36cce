"""What happened in a quarter, written straight into the tables: lists, problems, sessions."""

from datetime import date, timedelta

from alliances.models import Activity, Session
from listings.models import Item, Listing
from members.lifecycle import note
from tests.cast import alliance, at, organization

QUARTER_END = date(2019, 6, 30)
AFTER = at(date(2019, 7, 1))


def listing(of, first=date(2019, 1, 1), last=date(2019, 12, 31), kind="problem"):
    made, _new = Listing.objects.get_or_create(
        alliance=of, kind=kind, period_from=first,
        defaults={"region_id": of.region_id, "period_to": last, "state": "signed", "signed_on": first,
                  "created_at": at(first)},
    )  # fmt: skip
    return made


def problem(of, collected_on, confirmed_on=None, asker=None):
    """A problem that was collected and, perhaps, solved."""
    state = "confirmed" if confirmed_on else "open"
    made = Item.objects.create(
        listing=listing(of), alliance=of, region_id=of.region_id, kind="problem", title="楼道照明损坏", state=state,
        asked_by=asker or of.lead, collected_on=collected_on, confirmed_on=confirmed_on,
    )  # fmt: skip
    note(made, "collect", at=at(collected_on), to_state="open")
    if confirmed_on:
        note(made, "confirm", at=at(confirmed_on), to_state="confirmed")
    return made


def solved(of, count, day=date(2019, 5, 6), after=timedelta(days=7)):
    return [problem(of, day, day + after) for _ in range(count)]


def unsolved(of, count, day=date(2019, 5, 6)):
    return [problem(of, day) for _ in range(count)]


def session(of, day, kind="theme_day"):
    """An activity held that day."""
    activity = Activity.objects.create(
        alliance=of, region_id=of.region_id, kind=kind, title="主题党日", host=of.lead, planned_on=day, state="held"
    )
    return Session.objects.create(activity=activity, region_id=of.region_id, held_on=day, recorded_at=at(day))


def many_alliances(cast, count, region="150422404001"):
    """Alliances of one lead, to have more than one batch."""
    lead = organization("临潢路社区党支部", region, kind="branch", sector="community")
    return [alliance(f"临潢路第{n}党建联合体", lead, cast.town_org) for n in range(count)]


def members_of(cast, of, count):
    """Further member organisations of an alliance, each with an account."""
    from tests.cast import join, user

    made = []
    for n in range(count):
        own = organization(f"成员{n}党支部", of.region_id)
        join(of, own)
        made.append((own, user(f"member{n}", "branch", organization=own)))
    return made
