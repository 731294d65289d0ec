/** The filters of an address: what is not valid is left out. */

export interface SignInSearch {
  /** The page that was asked for; only paths of this site. */
  readonly to?: string;
}

export function signInSearch({ to }: Record<string, unknown>): SignInSearch {
  return typeof to === "string" && /^\/(?![/\\])/.test(to) ? { to } : {};
}
