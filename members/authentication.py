"""Keys of programs: ``Authorization: Bearer <key>``."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from members.models import ApiClient
from members.models.client import digest_of


class KeyAuthentication(BaseAuthentication):
    """The ApiClient of a key; 401 for one that is unknown, expired or revoked: which of them is not said."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[ApiClient, str] | None:
        scheme, _space, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != self.keyword.lower():
            return None
        client = ApiClient.objects.filter(
            digest=digest_of(key.strip()), revoked_at=None, expires_at__gt=timezone.now()
        ).first()
        if client is None:
            raise AuthenticationFailed("密钥无效、已过期或已吊销。", code="key_refused")
        return client, "key"

    def authenticate_header(self, request: Request) -> str:
        return f'{self.keyword} realm="api"'


class KeyScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names it."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
