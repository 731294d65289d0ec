/** The filters of the pages of administrators, in the address. */

export interface UsersSearch {
  readonly username?: string;
  readonly email?: string;
}

export function usersSearch({ username, email }: Record<string, unknown>): UsersSearch {
  return {
    ...(typeof username === "string" && username !== "" && { username }),
    ...(typeof email === "string" && email !== "" && { email }),
  };
}

export interface AuditSearch {
  readonly userId?: string;
  readonly actorId?: string;
}

export function auditSearch({ userId, actorId }: Record<string, unknown>): AuditSearch {
  return {
    ...(typeof userId === "string" && userId !== "" && { userId }),
    ...(typeof actorId === "string" && actorId !== "" && { actorId }),
  };
}
