/** A REST client, typed by the OpenAPI document. Every call gets a deadline, ids, a token, and retries. */

import { getOption } from "@bufbuild/protobuf";
import type { DescMethod } from "@bufbuild/protobuf";
import { AssetAdminService } from "@cnop/contracts/cnop/inventory/v1/asset_admin_service_pb";
import { InventoryService } from "@cnop/contracts/cnop/inventory/v1/inventory_service_pb";
import { OrderAdminService } from "@cnop/contracts/cnop/order/v1/order_admin_service_pb";
import { OrderService } from "@cnop/contracts/cnop/order/v1/order_service_pb";
import { AccountService } from "@cnop/contracts/cnop/user/v1/account_service_pb";
import { AuditAdminService } from "@cnop/contracts/cnop/user/v1/audit_admin_service_pb";
import { AuditService } from "@cnop/contracts/cnop/user/v1/audit_service_pb";
import { AuthService } from "@cnop/contracts/cnop/user/v1/auth_service_pb";
import { UserAdminService } from "@cnop/contracts/cnop/user/v1/user_admin_service_pb";
import { UserService } from "@cnop/contracts/cnop/user/v1/user_service_pb";
import { http } from "@cnop/contracts/google/api/annotations_pb";
import type { HttpRule } from "@cnop/contracts/google/api/http_pb";
import createClient from "openapi-fetch";
import type { Client } from "openapi-fetch";

import { newRequestId, reachingFetch } from "./calls.js";
import { isPublic, requestIdField, rpcOf } from "./methods.js";
import type { components, paths } from "./openapi.js";
import { policyOf } from "./policy.js";
import { Refusal } from "./refusal.js";
import { repeated } from "./retry.js";
import { Session } from "./session.js";
import type { Grant } from "./session.js";

export type Schemas = components["schemas"];

export interface RestCnop {
  readonly session: Session;
  /** Makes calls by path. They throw errors that Refusal.from() converts. */
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
  api.use({
    onRequest: ({ request, schemaPath }) => send(request, methodAt(request.method, schemaPath), session),
  });
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
    throw Refusal.fromRest(response, undefined);
  }
  return data;
}

/** Makes a call, with retries by the policy of its method. Throws Refusal for every error response. */
async function send(call: Request, method: DescMethod | undefined, session: Session): Promise<Response> {
  const policy = policyOf(method === undefined ? "" : rpcOf(method));
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(policy.timeoutMs)]);
  const request = new Request(call, { signal });
  giveId(request, "x-request-id");
  if (method !== undefined && requestIdField(method) !== undefined && !(await hasRequestId(request))) {
    giveId(request, "idempotency-key"); // a body with a request_id needs none, and another one would be refused
  }
  const attempts = (token?: string) => repeated(policy.retry, signal, () => sendOnce(request, token));
  return method === undefined || isPublic(method) ? attempts() : withToken(session, attempts);
}

/** Makes a call with the token; if that has expired, refreshes it and retries once. */
async function withToken(session: Session, call: (token?: string) => Promise<Response>): Promise<Response> {
  const token = await session.token();
  try {
    return await call(token);
  } catch (error) {
    if (token === undefined || Refusal.from(error).reason !== "TOKEN_EXPIRED") {
      throw error;
    }
  }
  await session.renewed(token);
  return call(await session.token());
}

async function sendOnce(request: Request, token?: string): Promise<Response> {
  const attempt = request.clone(); // a body can be sent only once
  if (token !== undefined) {
    attempt.headers.set("authorization", `Bearer ${token}`);
  }
  const response = await reachingFetch(attempt);
  if (!response.ok) {
    throw Refusal.fromRest(response, await response.json().catch(() => undefined));
  }
  return response;
}

async function hasRequestId(request: Request): Promise<boolean> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  return typeof body === "object" && body !== null && "request_id" in body && Boolean(body.request_id);
}

function giveId(request: Request, header: string): void {
  if (!request.headers.has(header)) {
    request.headers.set(header, newRequestId());
  }
}

function grantFrom({ access_token, refresh_token, expires_in }: Schemas["LoginResponse"]): Grant {
  return { accessToken: access_token, refreshToken: refresh_token, expiresIn: expires_in };
}

const methods = [
  ...[AuthService, UserService, AccountService, AuditService, InventoryService, OrderService],
  ...[UserAdminService, AuditAdminService, AssetAdminService, OrderAdminService],
].flatMap((service) => service.methods);

const byPath = new Map(
  methods.flatMap((method) => {
    const rule = getOption(method, http);
    return [rule, ...rule.additionalBindings].map(({ pattern }) => [`${pattern.case ?? ""} ${path(pattern)}`, method]);
  }),
);

function path({ value }: HttpRule["pattern"]): string {
  return typeof value === "string" ? value : ""; // not a string only for custom verbs, which the contracts do not use
}

/** The method at a path of the OpenAPI document; undefined for paths of the edge itself, such as /health. */
function methodAt(verb: string, path: string): DescMethod | undefined {
  return byPath.get(`${verb.toLowerCase()} ${path}`);
}
