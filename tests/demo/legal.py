"""Whether every history that the demo has written is legal."""

from collections import defaultdict
from itertools import pairwise

from django.contrib.contenttypes.models import ContentType

from alliances.models import (
    Activity,
    Agreement,
    Alliance,
    Charter,
    Decision,
    HostTurn,
    Meeting,
    Membership,
    OrganLink,
    Participant,
    Post,
    PostHolding,
    Rectification,
    RectificationAppeal,
    Registration,
    Rotation,
    ServicePost,
    Swap,
    Team,
    TeamMember,
)
from assessments.models import Appeal, Proposal, ReviewRun, Scheme, SelfReport, Supplement
from listings.models import Claim, Item, Listing
from members.models import Step

STATEFUL = (
    *(Alliance, Membership, Activity, Listing, Item, Claim, Scheme, ReviewRun, Proposal),
    *(SelfReport, Appeal, Supplement),
    *(OrganLink, Registration, ServicePost, PostHolding, Team, TeamMember),
    *(Meeting, Decision, Post, Participant, Rectification, RectificationAppeal),
    *(Charter, Agreement, Rotation, HostTurn, Swap),
)


def faults_of(model):
    """What is wrong with the histories of a model, in words; nothing where all is well."""
    kind = ContentType.objects.get_for_model(model)
    steps = Step.objects.filter(thing_type=kind).exclude(to_state="").order_by("at", "id")
    histories = defaultdict(list)
    for row in steps.values_list("thing_id", "from_state", "to_state", "at", "until"):
        histories[row[0]].append(row[1:])
    for pk, state in model.objects.values_list("pk", "state"):
        yield from _faults(model, pk, state, histories[pk])


def _faults(model, pk, state, history):
    here = f"{model.__name__} {pk}"
    if not history:
        yield f"{here} has no history"
        return
    if history[0][0]:
        yield f"{here} begins from {history[0][0]}"
    for (_, now, _, until), (before, after, at, _) in pairwise(history):
        if before != now or after not in model.MOVES.get(now, ()):
            yield f"{here} goes from {now} to {after}, said to be from {before}"
        if until != at:
            yield f"{here} leaves {now} at {until}, comes to {after} at {at}"
    if history[-1][1] != state or history[-1][3] is not None:
        yield f"{here} stands in {state}, its history in {history[-1][1]}"
