"""The methods on users for admins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.user.v1 import user_admin_service_pb2, user_admin_service_pb2_grpc

from services.common import texts
from services.common.rpc.pages import PageTokens, page_size
from services.user.identity.admin.usecases import UserAdmin
from services.user.identity.domain import Profile
from services.user.identity.servicers import profile_message

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class UserAdminServicer(user_admin_service_pb2_grpc.UserAdminServiceServicer):
    """cnop.user.v1.UserAdminService."""

    admin: UserAdmin
    pages: PageTokens

    async def ListUsers(
        self, request: user_admin_service_pb2.ListUsersRequest, context: Context
    ) -> user_admin_service_pb2.ListUsersResponse:
        prefix, email = texts.folded(request.username_prefix), texts.folded(request.email)
        page = self.pages.open(request.page_token, "users", prefix, email)
        cursor, size = page["cursor"] if page else None, page_size(request.page_size)
        profiles, next_cursor = await self.admin.list(prefix, email, cursor, size)
        token = self.pages.seal({"cursor": next_cursor} if next_cursor else None, "users", prefix, email)
        return user_admin_service_pb2.ListUsersResponse(
            users=[_user(profile) for profile in profiles], next_page_token=token
        )

    async def GetUser(
        self, request: user_admin_service_pb2.GetUserRequest, context: Context
    ) -> user_admin_service_pb2.User:
        return _user(await self.admin.get(request.user_id))

    async def DisableUser(
        self, request: user_admin_service_pb2.DisableUserRequest, context: Context
    ) -> user_admin_service_pb2.User:
        return _user(await self.admin.set_disabled(request.user_id, request.request_id, request.reason, disabled=True))

    async def EnableUser(
        self, request: user_admin_service_pb2.EnableUserRequest, context: Context
    ) -> user_admin_service_pb2.User:
        return _user(await self.admin.set_disabled(request.user_id, request.request_id, request.reason, disabled=False))


def _user(profile: Profile) -> user_admin_service_pb2.User:
    return user_admin_service_pb2.User(profile=profile_message(profile), is_disabled=profile.disabled)
