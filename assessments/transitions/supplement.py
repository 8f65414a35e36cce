"""The verbs of a region's supplement to the scheme above it: to draw up, amend, adopt it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Indicator, Scheme, Supplement
from assessments.models.indicator import GROUPS
from assessments.transitions.sheet import Row, copied, pending_on, plain, weigh_100_or_refuse, write
from members.lifecycle import lock, moving, note
from members.models import Region
from members.states import Refused


def draw_up_supplement(scheme: Scheme, region: Region, *, share: Decimal, by: Any, at: datetime) -> Supplement:
    """A draft with the indicators of the region's latest supplement, or none yet.

    Raises PermissionDenied for a region that the scheme does not reach down to; Refused ``move_refused`` once the
    scheme is open, ``already_there``; ValidationError for more than the scheme leaves.
    """
    with transaction.atomic():
        lock(scheme)
        _still_draft(scheme)
        if not (region.pk.startswith(scheme.region_id) and region.pk != scheme.region_id):
            raise PermissionDenied(_("补充指标只能由方案所辖的旗县提出。"))
        if scheme.supplements.filter(region=region).exists():
            raise Refused("already_there", _("本地区已有这个方案的补充指标。"))
        _within_share(scheme, share)
        made = Supplement(scheme=scheme, region=region, share=share, synthetic=scheme.synthetic)
        made.full_clean(exclude=["scheme", "region"])
        made.save()
        latest = latest_before(made)
        rows = copied(latest) if latest else []
        Indicator.objects.bulk_create(Indicator(supplement=made, **row) for row in rows)
        note(made, "draw_up", at=at, by=by, to_state=Supplement.State.DRAFT)
    return made


def latest_before(supplement: Supplement) -> Supplement | None:
    """The region's own of the nearest year before."""
    before = Supplement.objects.filter(region=supplement.region_id, scheme__year__lt=supplement.scheme.year)
    return before.order_by("-scheme__year").first()


def amend_supplement(
    supplement: Supplement, *, share: Decimal, rows: Sequence[Row], by: Any, at: datetime
) -> Supplement:
    """Replace a draft's share and indicators. Not while a second person is looking at it."""
    with transaction.atomic():
        lock(supplement.scheme)
        lock(supplement)
        _still_draft(supplement.scheme)
        if supplement.state != Supplement.State.DRAFT:
            raise Refused("move_refused", _("补充指标已生效，不能再改。"))
        if pending_on(supplement).exists():
            raise Refused("already_proposed", _("补充指标正在等待复核，复核之前不能修改。"))
        _within_share(supplement.scheme, share)
        supplement.share = share
        supplement.full_clean()
        supplement.save()
        write(supplement, rows)
        weights = {row["name"]: str(row["weight"]) for row in rows}
        note(supplement, "amend", at=at, by=by, detail={"share": str(share), "weights": weights})
    return supplement


def adoptable_or_refuse(supplement: Supplement) -> None:
    """Raises ValidationError unless its weights sum to 100 and it fits the scheme; Refused once that is open."""
    _still_draft(supplement.scheme)
    weigh_100_or_refuse(supplement)
    _within_share(supplement.scheme, supplement.share)
    twice = repeated(supplement)
    if twice:
        raise ValidationError(_("“%(name)s”在上级方案中已经考核，不重复计分。") % {"name": twice.name})


def adopt(supplement: Supplement, *, by: Any, at: datetime, reason: str = "") -> Supplement:
    """From now on its alliances are scored with it."""
    with transaction.atomic():
        lock(supplement.scheme)
        with moving(supplement, Supplement.State.ADOPTED, at=at, by=by, reason=reason, verb="adopt"):
            adoptable_or_refuse(supplement)
    return supplement


def repeated(supplement: Supplement) -> Indicator | None:
    """An indicator of the supplement that the scheme has as well: the same outcome or the same group of raters."""
    own = supplement.scheme.indicators.all()
    outcomes = {indicator.metric for indicator in own if indicator.metric}
    groups = {indicator.source for indicator in own if indicator.source in GROUPS}
    return next((one for one in supplement.indicators.all() if one.metric in outcomes or one.source in groups), None)


def send_back_what_does_not_fit(scheme: Scheme, *, by: Any, at: datetime) -> None:
    """After the scheme was amended: adopted supplements that no longer fit are drafts again."""
    for one in scheme.supplements.adopted().select_related("region"):
        if one.share > scheme.supplement_share or repeated(one):
            with moving(one, Supplement.State.DRAFT, at=at, by=by, verb="send_back", reason=_("上级方案有修改")):
                pass


def _still_draft(scheme: Scheme) -> None:
    if scheme.state != Scheme.State.DRAFT:
        raise Refused("move_refused", _("方案已启动评价，补充指标不能再改。"))


def _within_share(scheme: Scheme, share: Decimal) -> None:
    if not 0 < share <= scheme.supplement_share:
        words = _("补充指标占比应大于 0、不超过方案允许的 %(most)s。")
        raise ValidationError({"share": words % {"most": plain(scheme.supplement_share)}})
