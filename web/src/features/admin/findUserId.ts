import { api, dataOf } from "@/shared/api";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of a user, of whom the name or the id is given; undefined if there is none of that name. */
export async function findUserId(text: string): Promise<string | undefined> {
  if (ID.test(text) || text === "operator") {
    return text.toLowerCase();
  }
  if (!/^[A-Za-z0-9_]{1,30}$/.test(text)) {
    return undefined;
  }
  const query = { username_prefix: text, page_size: 1 }; // the shortest name with this beginning comes first
  const { users } = dataOf(await api.GET("/api/v1/admin/users", { params: { query } }));
  const profile = users[0]?.profile;
  return profile?.username.toLowerCase() === text.toLowerCase() ? profile.user_id : undefined;
}
