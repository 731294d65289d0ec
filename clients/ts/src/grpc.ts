/** The services by gRPC or gRPC-Web, with what every call should have: a deadline, ids, a token, repetitions. */

import { clone } from "@bufbuild/protobuf";
import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { InventoryService } from "@cnop/contracts/cnop/inventory/v1/inventory_service_pb";
import { OrderService } from "@cnop/contracts/cnop/order/v1/order_service_pb";
import { AccountService } from "@cnop/contracts/cnop/user/v1/account_service_pb";
import { AuthService } from "@cnop/contracts/cnop/user/v1/auth_service_pb";
import { createClient } from "@connectrpc/connect";
import type { Client, Interceptor, Transport } from "@connectrpc/connect";

import { newRequestId } from "./calls.js";
import { isPublic, requestIdField, rpcOf } from "./methods.js";
import { policyOf } from "./policy.js";
import { Refusal } from "./refusal.js";
import { repeated } from "./retry.js";
import { Session } from "./session.js";

export interface Cnop {
  readonly session: Session;
  readonly auth: Client<typeof AuthService>;
  readonly account: Client<typeof AccountService>;
  readonly inventory: Client<typeof InventoryService>;
  readonly orders: Client<typeof OrderService>;
  signIn(username: string, password: string): Promise<void>;
  signOut(): Promise<void>;
}

/** The services over a transport, which `transportWith` makes with the interceptors that it is given. */
export function connect(transportWith: (interceptors: Interceptor[]) => Transport): Cnop {
  const session = new Session((refreshToken) => auth.refreshToken({ refreshToken }));
  // The token before the retries: a renewal that fails is no try of the call, and must not be repeated.
  const interceptors = [withIds, withToken(session), withRetries];
  const transport = withDeadlines(transportWith(interceptors));
  const auth = createClient(AuthService, transport);
  return {
    session,
    auth,
    account: createClient(AccountService, transport),
    inventory: createClient(InventoryService, transport),
    orders: createClient(OrderService, transport),
    async signIn(username, password) {
      session.begin(await auth.login({ username, password }));
    },
    async signOut() {
      await auth.logout({});
      session.end();
    },
  };
}

/** Gives calls that name no deadline the one of the policy. Streams have none: they go on until somebody leaves. */
function withDeadlines(transport: Transport): Transport {
  return {
    unary: (method, signal, timeoutMs, ...rest) =>
      transport.unary(method, signal, timeoutMs ?? policyOf(rpcOf(method)).timeoutMs, ...rest),
    stream: (...call) => transport.stream(...call),
  };
}

/** One name for all tries of a call: in the logs by x-request-id, and to the services by request_id. */
const withIds: Interceptor = (next) => async (request) => {
  if (!request.header.has("x-request-id")) {
    request.header.set("x-request-id", newRequestId());
  }
  if (request.stream) {
    return next(request);
  }
  return next({ ...request, message: withRequestId(request.method.input, request.message) });
};

/** Repeats what the policy names: reads, and what has a request id, by which it has no second effect. */
const withRetries: Interceptor = (next) => async (request) => {
  const policy = request.stream ? undefined : policyOf(rpcOf(request.method)).retry;
  return repeated(policy, request.signal, () => next(request));
};

/** Sends the token with what is not public, and a new one once when the system says that it has expired. */
function withToken(session: Session): Interceptor {
  return (next) => async (request) => {
    if (isPublic(request.method)) {
      return next(request);
    }
    const token = await session.token();
    if (token === undefined) {
      return next(request);
    }
    request.header.set("authorization", `Bearer ${token}`);
    try {
      return await next(request);
    } catch (error) {
      if (request.stream || Refusal.from(error).reason !== "TOKEN_EXPIRED") {
        throw error;
      }
    }
    await session.renewed(token);
    request.header.set("authorization", `Bearer ${(await session.token()) ?? ""}`);
    return next(request);
  };
}

/** The message with a request id: its own, or a new one. Unchanged when it has no place for one. */
function withRequestId(input: DescMessage, message: MessageShape<DescMessage>): MessageShape<DescMessage> {
  const field = requestIdField(input);
  if (field === undefined || reflect(input, message).get(field) !== "") {
    return message;
  }
  const named = clone(input, message);
  reflect(input, named).set(field, newRequestId());
  return named;
}
