"""Points (积分), switched on by a region's rules: for whom they are there at all.

They are no ledger of their own. A point is a day on which a Party member lent a hand with an item that whoever asked
has confirmed; a correction of the confirmation takes it back by itself (the law against formalism: domain rule 1).
"""

from __future__ import annotations

from typing import Any

from alliances.models import RuleSet


def hold_for(user: Any) -> bool:
    """Whether the rules where an organisation of the user stands have points. Most houses have none at all."""
    if not RuleSet.objects.filter(points=True).exists():
        return False
    places = {role.organization.region_id for role in user.current_roles if role.organization is not None}
    return any(RuleSet.objects.for_region(place).points for place in places)
