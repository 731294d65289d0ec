/** The requests of this tab whose outcome is not known yet, by the name of their form. They survive a reload. */

import { clearStored, newRequestId, readStored, writeStored } from "@/shared/lib";

const PREFIX = "cnop.request.";

export interface StoredRequest<Body> {
  readonly id: string;
  /** What was sent, without secrets. */
  readonly body: Body;
}

export function storedRequest<Body>(name: string): StoredRequest<Body> | undefined {
  const value = readStored("sessionStorage", PREFIX + name);
  const isRequest = typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
  return isRequest ? (value as StoredRequest<Body>) : undefined;
}

/** Keeps a request before it is sent. */
export function keepRequest<Body>(name: string, body: Body): StoredRequest<Body> {
  const request = { id: newRequestId(), body };
  writeStored("sessionStorage", PREFIX + name, request);
  return request;
}

/** Forgets a request, unless another one has taken its place. */
export function forgetRequest(name: string, id: string | undefined): void {
  if (id !== undefined && storedRequest(name)?.id === id) {
    writeStored("sessionStorage", PREFIX + name, undefined);
  }
}

/** Forgets all requests: another user may be next. */
export function clearRequests(): void {
  clearStored("sessionStorage", PREFIX);
}
