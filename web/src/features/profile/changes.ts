import type { Schemas } from "@/shared/api";

export type Data = Required<Schemas["UpdateProfileRequest"]>;

/** What differs, and so is sent. The password goes along with another e-mail address; case makes no other. */
export function changesOf(before: Data, after: Data): Schemas["UpdateProfileRequest"] {
  const { current_password, ...values } = after;
  const changed = Object.entries(values).filter(([name, value]) => value !== before[name as keyof Data]);
  const changes = Object.fromEntries(changed) as Schemas["UpdateProfileRequest"];
  return isSameAddress(after.email, before.email) ? changes : { ...changes, current_password };
}

export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
