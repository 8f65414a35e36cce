"""What every viewset of this storey shares."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone

from members.models import ApiClient
from members.rest import ScopedViewSet

READ = {"list": ApiClient.Scope.REGISTER_READ.value, "retrieve": ApiClient.Scope.REGISTER_READ.value}


class AllianceScopedViewSet(ScopedViewSet):
    """Bodies may name ids that are looked up beside the object that the path names."""

    scopes: ClassVar[dict[str, str]] = READ
    thing: Any = None

    def get_object(self) -> Any:
        self.thing = super().get_object()
        return self.thing

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "thing": self.thing}

    def now(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"by": self.request.user, "at": timezone.now()}
