"""The methods of the users for admins: parse, one call, build the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.user.v1 import user_admin_service_pb2, user_admin_service_pb2_grpc

from services.common.rpc.pages import PageTokens, page_size
from services.user.identity.admin import UserAdmin
from services.user.identity.directory import Directory
from services.user.identity.domain import Profile
from services.user.identity.servicers import profile_message

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class UserAdminServicer(user_admin_service_pb2_grpc.UserAdminServiceServicer):
    """cnop.user.v1.UserAdminService."""

    admin: UserAdmin
    directory: Directory
    pages: PageTokens

    async def ListUsers(
        self, asked: user_admin_service_pb2.ListUsersRequest, context: Context
    ) -> user_admin_service_pb2.ListUsersResponse:
        prefix = asked.username_prefix.casefold()
        query = "users", prefix, asked.email.casefold()
        cursor = self.pages.open(asked.page_token, *query)
        if asked.email:
            found = await self.directory.by_email(asked.email)
            matches = found is not None and found.username.casefold().startswith(prefix)
            return user_admin_service_pb2.ListUsersResponse(users=[_user(found)] if found and matches else [])
        after = cursor["after"] if cursor else None
        profiles, rest = await self.directory.by_username(prefix, after, page_size(asked.page_size))
        return user_admin_service_pb2.ListUsersResponse(
            users=[_user(profile) for profile in profiles],
            next_page_token=self.pages.seal({"after": rest} if rest else None, *query),
        )

    async def GetUser(
        self, asked: user_admin_service_pb2.GetUserRequest, context: Context
    ) -> user_admin_service_pb2.User:
        return _user(await self.admin.get(asked.user_id))

    async def DisableUser(
        self, asked: user_admin_service_pb2.DisableUserRequest, context: Context
    ) -> user_admin_service_pb2.User:
        return _user(await self.admin.set_disabled(asked.user_id, asked.request_id, asked.reason, disabled=True))

    async def EnableUser(
        self, asked: user_admin_service_pb2.EnableUserRequest, context: Context
    ) -> user_admin_service_pb2.User:
        return _user(await self.admin.set_disabled(asked.user_id, asked.request_id, asked.reason, disabled=False))


def _user(profile: Profile) -> user_admin_service_pb2.User:
    return user_admin_service_pb2.User(profile=profile_message(profile), is_disabled=profile.disabled)
