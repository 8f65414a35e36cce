"""All storeys' events joined: the white list of what programs may subscribe to."""

from __future__ import annotations

from alliances.events import EVENTS as OF_ALLIANCES
from listings.events import EVENTS as OF_LISTINGS
from members.events import Events

EVENTS: Events = {**OF_ALLIANCES, **OF_LISTINGS}
