"""A form that is sent once (一次提交): the same press again leads to what the first press did."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from members.models import IdempotentAnswer
from members.pages import VerbPage


class OncePage(VerbPage):
    """A page of a verb that makes something. Its form carries ``{{ once }}`` in a hidden field of that name.

    Key, work and answer share one transaction: two presses at the same moment wait for each other, and the second is
    led to what the first has made. A form that was sent back keeps its key, which stays free.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = self.key()
        if key is None:
            return super().post(request, *args, **kwargs)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    kept = IdempotentAnswer.objects.create(
                        principal=f"user:{request.user.pk}", key=key, fingerprint="page", at=timezone.now()
                    )
            except IntegrityError:
                known = IdempotentAnswer.objects.get(principal=f"user:{request.user.pk}", key=key)
                return HttpResponseRedirect(known.headers.get("Location", request.path))
            answer = super().post(request, *args, **kwargs)
            if isinstance(answer, HttpResponseRedirect):
                kept.status, kept.headers = answer.status_code, {"Location": answer.url}
                kept.save(update_fields=["status", "headers"])
            else:
                kept.delete()
        return answer

    def key(self) -> str | None:
        """The page's and the form's key; None where the form brought none, or an odd one."""
        try:
            return f"{self.request.path}#{UUID(self.request.POST.get('once', ''))}"
        except ValueError:
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(once=self.request.POST.get("once") or uuid4(), **kwargs)
