/** A REST client, typed by the OpenAPI document. Every call gets a deadline, ids, a token, and retries. */

import createClient from "openapi-fetch";
import type { Client } from "openapi-fetch";

import type { components, paths } from "./core/openapi.js";
import { Refusal } from "./core/refusal.js";
import { transport } from "./core/transport.js";
import { Session } from "./session.js";
import type { Grant } from "./session.js";

export type Schemas = components["schemas"];

export interface RestCnop {
  readonly session: Session;
  /** Makes calls by path. They throw Refusal. */
  readonly api: Client<paths>;
  signIn(username: string, password: string): Promise<void>;
  signOut(): Promise<void>;
}

/** Connects to an edge, such as "http://localhost:8080". `shared` is the session of another client, to use it too. */
export function connectRest(edge: string, shared?: Session): RestCnop {
  const api = createClient<paths>({ baseUrl: edge });
  const renew = async (refresh_token: string) =>
    grantFrom(answer(await api.POST("/api/v1/auth/refresh", { body: { refresh_token } })));
  const session = shared ?? new Session(renew);
  const send = transport({ token: () => session.token(), refused: (token) => session.renewed(token) });
  api.use({ onRequest: ({ request, schemaPath }) => send(request, schemaPath) });
  return {
    session,
    api,
    async signIn(username, password) {
      session.begin(grantFrom(answer(await api.POST("/api/v1/auth/login", { body: { username, password } }))));
    },
    async signOut() {
      await api.POST("/api/v1/auth/logout", { body: {} });
      session.end();
    },
  };
}

/** The JSON of a successful call. */
export function answer<T>({ data, response }: { data?: T; response: Response }): T {
  if (data === undefined) {
    throw new Refusal("UNKNOWN", "the answer is empty", [], response.headers);
  }
  return data;
}

function grantFrom({ access_token, refresh_token, expires_in }: Schemas["LoginResponse"]): Grant {
  return { accessToken: access_token, refreshToken: refresh_token, expiresIn: expires_in };
}
