"""A year that is being scored, a draft, a submitted self-report, and an appeal of 五金小区, for the matrix."""

from datetime import date

from assessments import transitions as yearly
from members.models import Region
from tests.assessments.running import TEXTS, WITH_MASSES, raised
from tests.cast import NOW, at


def build(world):
    """The city's year that runs is the world's own; the next one has been closed, and its appeal term is over."""
    cast, scheme = world.cast, world.things["scheme"]
    words = {**TEXTS, "by": cast.dongshiqiao, "at": NOW}
    report = yearly.submit(yearly.write(scheme, cast.alliance, **words), by=cast.dongshiqiao, at=NOW)
    draft = yearly.write(scheme, world.things["beside"], **words)
    scored = yearly.draw_up(
        Region.objects.get(code="1504"), year=2020, title="2020考核", cut_off=date(2020, 5, 31), by=cast.chifeng, at=NOW
    )
    yearly.amend(scored, {}, WITH_MASSES, by=cast.chifeng, at=NOW)
    yearly.open_(scored, by=cast.chifeng2, at=NOW)
    yearly.close(scored, by=cast.chifeng, at=at(date(2020, 6, 3)))
    world.keep(report=report, draft_report=draft, scored=scored, score_appeal=raised(cast, scored))
