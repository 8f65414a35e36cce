"""Charter, agreements and rotation of the matrix: one of each in every state that a route needs."""

from datetime import date, timedelta

from django.utils import timezone

from alliances import transitions as together
from members.models import Document
from tests.cast import NOW, alliance
from tests.trust.files import PDF, upload

DAY = date(2019, 6, 3)


def build(world):
    """Keeps a charter that is put and a draft of one, agreements in three states, a calendar and a draft, a swap."""
    cast, lead = world.cast, {"by": world.cast.dongshiqiao, "at": NOW}
    charter = together.draft_charter(cast.alliance, text="第一条 自主自愿。", file=upload(PDF, "章程.pdf"), **lead)
    together.put_charter(charter, **lead)
    sketched = together.draft_charter(world.things["draft"], text="第一条 自主自愿。", **lead)
    words = {"text": "一、共用阵地。", "valid_from": DAY, "valid_to": DAY + timedelta(days=365), **lead}
    drafts = [together.draft_agreement(cast.alliance, title=f"协议{n}", **words) for n in range(3)]
    for agreement in drafts[1:]:
        together.put_agreement(agreement, **lead)
    together.sign_agreement(drafts[2], cast.fulian_org, by=cast.fulian, at=NOW)
    world.keep(
        charter=charter, charter_draft=sketched, document=Document.objects.of(charter).get(),
        agreement_draft=drafts[0], agreement=drafts[1], agreement_signed=drafts[2],
    )  # fmt: skip
    rotation(world)


def rotation(world):
    cast, lead = world.cast, {"by": world.cast.dongshiqiao, "at": NOW}
    running = together.draw_up_rotation(cast.alliance, starts_on=DAY + timedelta(days=9), **lead)
    together.set_rotation(running, **lead)
    other = alliance("轮值联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
    planned = together.draw_up_rotation(other, starts_on=timezone.localdate(), by=cast.dongshiqiao, at=timezone.now())
    first, second = running.turns.all()
    swap = together.ask_swap(first, other=second, reason="培训", **lead)
    world.keep(rotation=running, rotation_draft=planned, turn=second, swap=swap)
