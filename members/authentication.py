"""Keys of programs: ``Authorization: Bearer <key>``; a key that ends soon says so in every answer."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from members.models import ApiClient
from members.models.client import digest_of


class KeyAuthentication(BaseAuthentication):
    """The ApiClient of a key; 401 ``key_expired``, ``key_revoked`` or ``key_refused`` for one that opens nothing.

    Who knows a key may know what became of it; of a key that there never was nothing is said.
    """

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[ApiClient, str] | None:
        scheme, _space, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != self.keyword.lower():
            return None
        try:
            client = ApiClient.objects.get(digest=digest_of(key.strip()))
        except ApiClient.DoesNotExist as unknown:
            raise AuthenticationFailed("密钥无效。", code="key_refused") from unknown
        if client.revoked_at is not None:
            raise AuthenticationFailed("密钥已吊销，请联系签发的单位。", code="key_revoked")
        if client.expires_at <= timezone.now():
            raise AuthenticationFailed("密钥已过期，请申请新的密钥。", code="key_expired")
        return client, "key"

    def authenticate_header(self, request: Request) -> str:
        return f'{self.keyword} realm="api"'


class KeyScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document names it."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
