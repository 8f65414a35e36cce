"""The name of the request at work, for logs and for the page of an error."""

from __future__ import annotations

from contextvars import ContextVar

# Set by RequestIdMiddleware; "-" outside of a request.
request_id: ContextVar[str] = ContextVar("request_id", default="-")
