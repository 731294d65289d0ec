/** Where a sign-in leads back to, in the address: what is not valid is left out. */

export interface SignInSearch {
  /** The page that was asked for; only paths of this site. */
  readonly to?: string;
}

export function signInSearch({ to }: Record<string, unknown>): SignInSearch {
  const path = typeof to === "string" ? ownPath(to) : undefined;
  return path === undefined ? {} : { to: path };
}

/** A path of this site as the browser understands it; undefined if it leads elsewhere, or back to a sign-in. */
export function ownPath(text: string): string | undefined {
  if (!text.startsWith("/") || !URL.canParse(text, window.location.origin)) {
    return undefined;
  }
  const { origin, pathname, search, hash } = new URL(text, window.location.origin);
  const isOwn = origin === window.location.origin && !pathname.startsWith("//"); // "/.//evil.com" is such a path
  return isOwn && !/^\/(sign-in|register)\b/.test(pathname) ? pathname + search + hash : undefined;
}
