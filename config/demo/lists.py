"""The lists of the demo: half-yearly, drawn up with their first item, signed by the lead and then by the members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from config.demo.bodies import Body
from config.demo.chance import moment
from config.demo.ledger import Ledger, Move
from listings.models import Listing, Signature
from listings.models.listing import Kind

State = Listing.State
SILENCE = timedelta(days=10)
MIDYEAR = 7


@dataclass(eq=False, slots=True)
class Sheet:
    """A list as the demo remembers it; ``signed`` may lie in the future."""

    pk: int
    kind: str
    drawn: date
    signed: date


class Lists:
    """Every list of the demo, made with its first item; items must come in the order of their days."""

    def __init__(self, ledger: Ledger, rng: Random, horizon: date) -> None:
        self.ledger, self.rng, self.horizon = ledger, rng, horizon
        self.sheets: dict[tuple[int, str, date], Sheet] = {}

    def of(self, body: Body, kind: str, day: date) -> Sheet:
        """The alliance's list of that kind for the half-year of the day."""
        begin, end = half_year(day)
        sheet = self.sheets.get((body.pk, kind, begin))
        if sheet is None:
            drawn = max(begin, body.activated, day - timedelta(days=self.rng.randint(0, 3)))
            sheet = self.sheets[body.pk, kind, begin] = self.draw_up(body, kind, (begin, end), drawn, max(drawn, day))
        return sheet

    def draw_up(self, body: Body, kind: str, period: tuple[date, date], drawn: date, ready: date) -> Sheet:
        """A list drawn up on a day; the lead signs some days after ``ready``, the others one by one or by silence."""
        lead_day = ready + timedelta(days=self.rng.randint(1, 9))
        days = self._signatures(body, lead_day)
        silent = len([day for day in days.values() if day is None])
        signed = lead_day + SILENCE if silent else max(day for day in days.values() if day)
        sheet = Sheet(self.ledger.key(Listing), kind, drawn, signed)
        moves = [
            Move(State.DRAFT, moment(drawn, 7), "draw_up", body.lead.pk),
            Move(State.SIGNING, moment(lead_day, 11), "sign", body.lead.pk),
        ]
        if silent:
            moves.append(Move(State.SIGNED, moment(signed, 0), "sign_in_silence"))
        else:
            last = max((day, pk) for pk, day in days.items() if day)
            moves.append(Move(State.SIGNED, moment(signed, 15), "sign", last[1]))
        moves = [move for move in moves if move.at.date() <= self.horizon]
        self._enter(body, sheet, period, moves, lead_day)
        self._sign(sheet, days)
        return sheet

    def _signatures(self, body: Body, lead_day: date) -> dict[int, date | None]:
        """Who signs when; None by silence."""
        days: dict[int, date | None] = {body.lead.pk: lead_day}
        diligent = self.rng.random() < 0.5
        for org in body.members(lead_day):
            if org is not body.lead:
                quick = diligent or self.rng.random() < 0.8
                days[org.pk] = lead_day + timedelta(days=self.rng.randint(0, 8)) if quick else None
        return days

    def _enter(self, body: Body, sheet: Sheet, period: tuple[date, date], moves: list[Move], lead_day: date) -> None:
        state = moves[-1].to
        self.ledger.put(
            Listing,
            id=sheet.pk,
            state=state,
            alliance_id=body.pk,
            region_id=body.region,
            kind=sheet.kind,
            period_from=period[0],
            period_to=period[1],
            lead_signed_on=lead_day if lead_day <= self.horizon else None,
            signed_on=sheet.signed if state == State.SIGNED else None,
            synthetic=True,
            created_at=moves[0].at,
            updated_at=moves[-1].at,
        )
        self.ledger.history(Listing, sheet.pk, moves)

    def _sign(self, sheet: Sheet, days: dict[int, date | None]) -> None:
        for pk, day in days.items():
            signed = day or sheet.signed
            if signed <= self.horizon:
                self.ledger.put(
                    Signature, listing_id=sheet.pk, organization_id=pk, signed_on=signed, silent=day is None
                )


def half_year(day: date) -> tuple[date, date]:
    """The first and the last day of the half-year."""
    if day.month < MIDYEAR:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, MIDYEAR, 1), date(day.year, 12, 31)


def service_kind(rng: Random, day: date) -> str:
    """On which list a service item stands: the sets of 2018 and of 2019 differ."""
    other = Kind.RESOURCE if day.year < 2019 else Kind.PROJECT
    return Kind.SUPPLY_DEMAND if rng.random() < 0.75 else other
