/** Clients of the services by gRPC or gRPC-Web. Every call gets a deadline, ids, a token, and retries. */

import { clone } from "@bufbuild/protobuf";
import type { DescField, DescMessage, DescMethod, MessageShape } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { InventoryService } from "@cnop/contracts/cnop/inventory/v1/inventory_service_pb";
import { OrderService } from "@cnop/contracts/cnop/order/v1/order_service_pb";
import { AccountService } from "@cnop/contracts/cnop/user/v1/account_service_pb";
import { AuthService } from "@cnop/contracts/cnop/user/v1/auth_service_pb";
import { createClient } from "@connectrpc/connect";
import type { Client, Interceptor, Transport } from "@connectrpc/connect";

import { newRequestId } from "./core/ids.js";
import { methodOf, retryPolicy } from "./core/methods.js";
import type { Method } from "./core/methods.js";
import { Refusal } from "./core/refusal.js";
import { repeated } from "./core/retry.js";
import "./grpcErrors.js";
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

/** Connects to the services. `transportWith` creates the transport with the given interceptors. */
export function connect(transportWith: (interceptors: Interceptor[]) => Transport): Cnop {
  const session = new Session((refreshToken) => auth.refreshToken({ refreshToken }));
  // The token comes before the retries, so that a failed token refresh is not retried with the call.
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

/** Gives calls without a deadline that of the policy. Streams have none: they last until one side ends them. */
function withDeadlines(transport: Transport): Transport {
  return {
    unary: (method, signal, timeoutMs, ...rest) =>
      transport.unary(method, signal, timeoutMs ?? factsOf(method).timeoutMs, ...rest),
    stream: (...call) => transport.stream(...call),
  };
}

/** Gives all attempts of a call the same x-request-id, for the logs, and the same request_id, for the services. */
const withIds: Interceptor = (next) => async (request) => {
  if (!request.header.has("x-request-id")) {
    request.header.set("x-request-id", newRequestId());
  }
  if (request.stream) {
    return next(request);
  }
  return next({ ...request, message: withRequestId(request.method, request.message) });
};

/** Retries by the policy: reads, and calls with a request id, which have no second effect. */
const withRetries: Interceptor = (next) => async (request) => {
  const isRetried = !request.stream && factsOf(request.method).isRetried;
  return repeated(isRetried ? retryPolicy : undefined, request.signal, () => next(request));
};

/** Sends the token with calls that are not public; if that is refused, refreshes it and retries once. */
function withToken(session: Session): Interceptor {
  return (next) => async (request) => {
    if (factsOf(request.method).isPublic) {
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
      if (request.stream || !Refusal.from(error).isAboutToken) {
        throw error;
      }
    }
    await session.renewed(token);
    request.header.set("authorization", `Bearer ${(await session.token()) ?? ""}`);
    return next(request);
  };
}

/** The message with a request id: its own, or a new one. Unchanged if it has no such field. */
function withRequestId(method: DescMethod, message: MessageShape<DescMessage>): MessageShape<DescMessage> {
  const { input } = method;
  const field = requestIdField(method);
  if (field === undefined || reflect(input, message).get(field) !== "") {
    return message;
  }
  const named = clone(input, message);
  reflect(input, named).set(field, newRequestId());
  return named;
}

/** The field request_id of a change. A method without effects may have one that names another request. */
function requestIdField(method: DescMethod): (DescField & { fieldKind: "scalar" }) | undefined {
  const field = factsOf(method).isKeyed ? method.input.field["requestId"] : undefined;
  return field?.fieldKind === "scalar" ? field : undefined;
}

function factsOf(method: DescMethod): Method {
  return methodOf(`${method.parent.typeName}/${method.name}`);
}
