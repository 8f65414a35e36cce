"""Whistles of 五金小区, as far as a test needs them: 东石桥 calls 妇联 and an organ that is linked to it."""

from alliances import transitions as together
from listings.transitions import call as answers
from listings.transitions import whistle as verbs
from tests.cast import NOW, organization, user

WHY = {"reason": "pressing", "need": "东侧污水外溢，社区没有设备，请来疏通"}


def linked_organ(cast, name="巴林左旗住建局党支部", account="zhujian"):
    """An organ of the banner, linked to 东石桥, no member of its alliance; and its account."""
    organ = organization(name, "150422", level="county")
    voice = user(account, "branch", organization=organ)
    link = together.ask(organ, cast.dongshiqiao_org, by=voice, at=NOW)
    together.accept_link(link, by=cast.dongshiqiao, at=NOW)
    return organ, voice


def blown(cast, item, *, lead=None, assistants=(), **words):
    """Asked by 东石桥, not yet approved."""
    said = WHY | words
    return verbs.blow(
        item, cast.dongshiqiao_org, lead=lead or cast.fulian_org, assistants=assistants, by=cast.dongshiqiao, at=NOW,
        **said,
    )  # fmt: skip


def sounded(cast, item, **words):
    """Approved by the street."""
    return verbs.approve(blown(cast, item, **words), by=cast.lindong, at=NOW)


def call_of(whistle, organ):
    return whistle.calls.get(organization=organ)


def answered(cast, whistle, organ=None, by=None, upto="report"):
    """One department's answers, up to the one named."""
    call, by = call_of(whistle, organ or cast.fulian_org), by or cast.fulian
    answers.sign_for(call, by=by, at=NOW)
    if upto in ("arrive", "report"):
        answers.arrive(call, "下午三点，两位同志到场", by=by, at=NOW)
    if upto == "report":
        answers.report(call, "管网已疏通", by=by, at=NOW)
    return call


def evaluated(cast, whistle, solved=True, satisfied=True):
    words = dict.fromkeys(whistle.calls.filter(state="reported").values_list("pk", flat=True), (satisfied, ""))
    return verbs.evaluate(
        whistle, solved=solved, satisfied=satisfied, departments=words, by=cast.dongshiqiao, at=NOW
    )
