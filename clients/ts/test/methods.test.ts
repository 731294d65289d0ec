import { MethodOptions_IdempotencyLevel as Level } from "@bufbuild/protobuf/wkt";
import { AccountService } from "@cnop/contracts/cnop/user/v1/account_service_pb";
import { AuthService } from "@cnop/contracts/cnop/user/v1/auth_service_pb";
import { OrderService } from "@cnop/contracts/cnop/order/v1/order_service_pb";
import { expect, test } from "vitest";

import { requestIdField, rpcOf } from "../src/methods.js";
import { policyOf } from "../src/policy.js";

const methods = [AuthService, AccountService, OrderService].flatMap((service) => service.methods);

test("a call has four attempts on UNAVAILABLE, within ten seconds", () => {
  const { timeoutMs, retry } = policyOf("cnop.order.v1.OrderService/CreateOrder");
  expect(timeoutMs).toBe(10_000);
  expect(retry).toMatchObject({ attemptsMax: 4, codes: ["UNAVAILABLE"] });
});

test.each(methods.map((method) => ({ name: rpcOf(method), method })))(
  "$name is retried only if that has no second effect",
  ({ name, method }) => {
    const isRead = method.idempotency !== Level.IDEMPOTENCY_UNKNOWN;
    const isKnownAgain = requestIdField(method) !== undefined;
    expect(policyOf(name).retry !== undefined).toBe(isRead || isKnownAgain);
  },
);

test("a method without an entry has a deadline and is not retried", () => {
  expect(policyOf("cnop.user.v1.AuthService/RefreshToken")).toEqual({ timeoutMs: 10_000 });
});

test("a look-up by a request id does not get a request id of its own", () => {
  expect(requestIdField(OrderService.method.createOrder)?.name).toBe("request_id");
  expect(requestIdField(OrderService.method.getOrderByRequestId)).toBeUndefined();
});
