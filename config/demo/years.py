"""Last year's assessment, published, and this year's, open: what raters, masses and the estate's lead did."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from alliances.models import Alliance
from assessments import transitions
from assessments.models import Indicator, Opinion, OpinionSlip, Rating, Scheme, SelfReport, SlipBatch
from assessments.transitions.sheet import copied
from config.demo.chance import moment, skewed
from config.demo.sheets import EXPERIENCE, marks, supplement
from members.lifecycle import note
from members.models import Region, User

CITY = "1504"
ASKED = 40
"""So many alliances have asked the masses, and written a self-report."""

WEIGHTS = {"solve_rate": Decimal(35), "members": Decimal(25), "superior": Decimal(15)}
MASSES = {
    "group": "多方评价", "name": "群众评价", "weight": Decimal(10), "source": "masses",
    "standard": "居民群众凭邀请单评议，不记名",
}  # fmt: skip
WELL = "牵头单位每月碰头一次，把居民提得最多的几件事分给有条件的成员去办，办完由提出的单位确认。"
SHORT = "跨部门的事推进慢，有的事项认领后拖得久；新加入的成员还不知道自己能做什么。"
PLANS = "年初先把清单一起定下来，难办的事吹哨请部门到场，办完请居民当面评。"


class Years:
    """Plays the city's two years: ``users`` are the demo's accounts, ``actor`` everybody who has none."""

    def __init__(self, users: dict[str, User], actor: User, home: Alliance, today: date, rng: Random) -> None:
        self.users, self.actor, self.home, self.today, self.rng = users, actor, home, today, rng

    def last(self) -> None:
        """Published in January: at the estate two members spoke, which is too few, and two appeals were answered."""
        year = self.today.year - 1
        if self.today <= date(year + 1, 1, 20):
            return
        scheme = self._scheme(year, date(year, 12, 31), moment(date(year, 11, 10), 9), moment(date(year, 12, 1), 9))
        self._rate(scheme, date(year, 12, 15), share=0.9)
        self._estate(scheme, date(year, 12, 12))
        self._report(scheme, date(year, 12, 20), late=date(year, 12, 29))
        self._ask(scheme, date(year, 12, 18))
        marks(scheme, self.users, at=moment(date(year, 12, 22), 15))
        transitions.close(scheme, by=self.users["chifeng"], at=moment(date(year + 1, 1, 6), 10))
        self._appeals(scheme, date(year + 1, 1, 7))
        transitions.publish(
            scheme, by=self.users["chifeng2"], at=moment(date(year + 1, 1, 16), 10), reason="经复核，同意公布",
            document_number=f"赤组通〔{year + 1}〕2号",
        )  # fmt: skip
        Scheme.objects.filter(pk=scheme.pk).update(synthetic=True)

    def this(self) -> None:
        """Open: some have rated, some have reported, and the estate's self-report has come back."""
        first = date(self.today.year, 1, 21)
        drawn, opened = (max(first, self.today - timedelta(days=days)) for days in (20, 12))
        if opened >= self.today:
            return
        scheme = self._scheme(self.today.year, date(self.today.year, 12, 31), moment(drawn, 9), moment(opened, 9))
        self._rate(scheme, opened, share=0.35)
        self._report(scheme, opened)
        self._ask(scheme, opened)
        marks(scheme, self.users, at=moment(opened, 17))
        yesterday = self.today - timedelta(days=1)
        report = self._written(scheme, max(opened, yesterday - timedelta(days=3)))
        words = "不足写得太空，请写明哪几件事没办成、原因是什么。"
        transitions.return_(report, by=self.users["lindong"], at=moment(yesterday, 15), reason=words)
        SelfReport.objects.filter(pk=report.pk).update(synthetic=True)

    def _scheme(self, year: int, cut_off: date, drawn: datetime, opened: datetime) -> Scheme:
        one, other = self.users["chifeng"], self.users["chifeng2"]
        title = f"赤峰市{year}年度党建联合体考核方案"
        region = Region.objects.get(pk=CITY)
        scheme = transitions.draw_up(region, year=year, title=title, cut_off=cut_off, by=one, at=drawn)
        if not scheme.indicators.filter(source=Indicator.Source.MASSES).exists():
            rows = [{name: row[name] for name in row if name != "position"} for row in copied(scheme)]
            for row in rows:
                row["weight"] = WEIGHTS.get(row["metric"] or row["source"], row["weight"])
            terms = {"supplement_share": Decimal(20)}
            transitions.amend(scheme, terms, [*rows, MASSES, EXPERIENCE], by=one, at=drawn + timedelta(hours=1))
        Scheme.objects.filter(pk=scheme.pk).update(synthetic=True)
        scheme.refresh_from_db()
        own = supplement(scheme, self.users, at=drawn + timedelta(hours=2))
        transitions.adopt(own, by=one, at=drawn + timedelta(hours=4), reason="突出特色产业")
        return transitions.open_(scheme, by=other, at=opened, reason="权重经会议研究，同意启动")

    def _rate(self, scheme: Scheme, day: date, share: float) -> None:
        """Ratings of a share of the alliances: by some members, the superior, and of the members by the lead."""
        rated = Alliance.objects.within(CITY).as_of(scheme.cut_off).exclude(pk=self.home.pk).order_by("pk")
        ratings: list[Rating] = []
        for alliance in rated.prefetch_related("memberships"):
            if self.rng.random() < share:
                ratings += self._ratings_of(scheme, alliance, day)
        Rating.objects.bulk_create(ratings, batch_size=5000)

    def _ratings_of(self, scheme: Scheme, alliance: Alliance, day: date, most: int = 6) -> Iterable[Rating]:
        members = sorted(
            m.organization_id
            for m in alliance.memberships.all()
            if m.state == "accepted" and m.joined_on and m.joined_on <= day and m.organization_id != alliance.lead_id
        )
        raters = self.rng.sample(members, min(len(members), self.rng.randint(2, most)))
        said = [(pk, Rating.Direction.MEMBERS) for pk in raters] + [(pk, Rating.Direction.ALLIANCE) for pk in raters]
        said.append((alliance.supervising_id, Rating.Direction.SUPERIOR))
        level = 92 - skewed(self.rng, 7, 0.5)
        for pk, direction in said:
            score = Decimal(str(round(min(100.0, max(40.0, self.rng.gauss(level, 4))))))
            yield Rating(
                scheme=scheme,
                alliance=alliance,
                organization_id=pk,
                direction=direction,
                score=score,
                by=self.actor,
                at=moment(day, 11, self.rng),
                synthetic=True,
            )

    def _estate(self, scheme: Scheme, day: date) -> None:
        """The estate's own year: two members rated, the lead reported, five of six residents used their slips."""
        Rating.objects.bulk_create(self._ratings_of(scheme, self.home, day, most=2))
        report = self._written(scheme, day)
        SelfReport.objects.filter(pk=report.pk).update(synthetic=True)
        lead = self.users["dongshiqiao"]
        words: Any = {"count": 6, "by": lead, "at": moment(day, 14)}
        batch, codes = transitions.issue(scheme, self.home, self.home.lead, **words)
        SlipBatch.objects.filter(pk=batch.pk).update(synthetic=True)
        for code, stars in zip(codes, (5, 4, 5, 3, 4), strict=False):
            said = "楼道比去年干净，停车还是挤。" if stars == 3 else ""
            transitions.vote(code, stars=stars, words=said, at=moment(day + timedelta(days=2), 18))

    def _written(self, scheme: Scheme, day: date) -> SelfReport:
        by = self.users["dongshiqiao"]
        words: Any = {"went_well": WELL, "fell_short": SHORT, "plans": PLANS, "by": by}
        report = transitions.write(scheme, self.home, **words, at=moment(day, 9))
        return transitions.submit(report, by=by, at=moment(day, 10))

    def _appeals(self, scheme: Scheme, day: date) -> None:
        """One is upheld after the street's word, one is not."""
        lead, street, city = (self.users[name] for name in ("dongshiqiao", "lindong", "chifeng"))
        words: Any = {"by": lead, "at": moment(day, 10)}
        rate = scheme.indicators.get(metric="solve_rate")
        first = transitions.appeal(
            scheme, self.home, rate, reason="12月30日办结的两件，提出单位1月2日才确认，没有计入。", **words
        )
        transitions.forward(first, opinion="情况属实，两件确已办成。", by=street, at=moment(day, 15))
        transitions.uphold(
            first, points=Decimal(95), reason="两件办成在前、确认在后，按已解决计。", by=city,
            at=moment(day + timedelta(days=1), 9),
        )  # fmt: skip
        superior = scheme.indicators.get(source="superior")
        second = transitions.appeal(scheme, self.home, superior, reason="上级评分偏低，请复核。", **words)
        transitions.dismiss(
            second, reason="上级评价由街道党工委按平时掌握的情况作出，没有新的事实，不予更正。", by=city,
            at=moment(day + timedelta(days=1), 10),
        )  # fmt: skip
        scheme.appeals.update(synthetic=True)

    def _others(self, scheme: Scheme) -> list[Alliance]:
        rated = Alliance.objects.within(CITY).as_of(scheme.cut_off).exclude(pk=self.home.pk).order_by("pk")
        return list(rated.select_related("lead")[:ASKED])

    def _report(self, scheme: Scheme, day: date, late: date | None = None) -> None:
        """Some have submitted their self-reports, one of them late; of some there is only a draft, or nothing."""
        for place, alliance in enumerate(self._others(scheme)):
            if place % 4 == 3:
                continue
            state = SelfReport.State.DRAFT if place % 4 == 2 else SelfReport.State.SUBMITTED
            on = late if late and place == 4 else day
            report = SelfReport.objects.create(
                scheme=scheme, alliance=alliance, state=state, went_well=WELL, fell_short=SHORT, plans=PLANS,
                submitted_on=on if state == SelfReport.State.SUBMITTED else None, synthetic=True,
            )  # fmt: skip
            note(report, "begin", at=moment(day, 9), by=self.actor, to_state=SelfReport.State.DRAFT)
            if state == SelfReport.State.SUBMITTED:
                steps: Any = {"from_state": SelfReport.State.DRAFT, "to_state": state}
                note(report, "submit", at=moment(on, 16), by=self.actor, organization=alliance.lead, **steps)

    def _ask(self, scheme: Scheme, day: date) -> None:
        """Residents of some alliances have used the slips that the lead handed out; at every fifth too few have."""
        for place, alliance in enumerate(self._others(scheme)):
            if place % 2:
                continue
            batch = SlipBatch.objects.create(
                scheme=scheme, alliance=alliance, organization=alliance.lead, count=8, by=self.actor,
                at=moment(day, 10), synthetic=True,
            )  # fmt: skip
            note(batch, "issue", at=moment(day, 10), by=self.actor, organization=alliance.lead, detail={"count": 8})
            used = 2 if place % 5 == 0 else self.rng.randint(3, 7)
            OpinionSlip.objects.bulk_create(self._slips(batch, used))
            stars = [self.rng.choice((3, 4, 4, 5, 5)) for _slip in range(used)]
            Opinion.objects.bulk_create(
                Opinion(scheme=scheme, alliance=alliance, score=20 * star, at=moment(day, 0), synthetic=True)
                for star in stars
            )

    def _slips(self, batch: SlipBatch, used: int) -> Iterator[OpinionSlip]:
        """Slips whose codes nobody knows."""
        for place in range(batch.count):
            digest = hashlib.sha256(f"{batch.pk}/{place}/{self.rng.random()}".encode()).hexdigest()
            yield OpinionSlip(batch=batch, digest=digest, used=place < used)
