/** The generated facts about methods, with the contracts themselves as the oracle. */

import { getOption } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Level } from "@bufbuild/protobuf/wkt";
import { Policy_Caller, policy } from "@cnop/contracts/cnop/access/v1/access_pb";
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
import { expect, test } from "vitest";

import { methodAt, methodOf, retryPolicy } from "../src/core/methods.js";

const methods = [
  ...[AuthService, UserService, AccountService, AuditService, InventoryService, OrderService],
  ...[UserAdminService, AuditAdminService, AssetAdminService, OrderAdminService],
].flatMap((service) => service.methods);
const named = methods.map((method) => ({ name: `${method.parent.typeName}/${method.name}`, method }));

test.each(named)("$name is what the contract says, by gRPC and at each of its paths", ({ name, method }) => {
  const isRead = method.idempotency !== Level.IDEMPOTENCY_UNKNOWN;
  const isKeyed = !isRead && method.input.fields.some((field) => field.name === "request_id");
  const facts = methodOf(name);
  expect(facts.isPublic ?? false).toBe(getOption(method, policy).caller === Policy_Caller.PUBLIC);
  expect(facts.isKeyed ?? false).toBe(isKeyed);
  expect(facts.isRetried ?? false).toBe(isRead || isKeyed);
  expect(facts.timeoutMs).toBe(method.methodKind === "unary" ? 10_000 : undefined);
  const rule = getOption(method, http);
  for (const { pattern } of [rule, ...rule.additionalBindings]) {
    const path = typeof pattern.value === "string" ? pattern.value : ""; // another verb has an object
    expect(methodAt((pattern.case ?? "").toUpperCase(), path)).toBe(facts);
  }
});

test("a call has four attempts on UNAVAILABLE", () => {
  expect(retryPolicy).toMatchObject({ attemptsMax: 4, codes: ["UNAVAILABLE"] });
});

test("a look-up by a request id does not get a request id of its own", () => {
  expect(methodOf("cnop.order.v1.OrderService/CreateOrder").isKeyed).toBe(true);
  expect(methodOf("cnop.order.v1.OrderService/GetOrderByRequestId").isKeyed).toBeUndefined();
});

test("a path of the edge itself needs no token and is not retried", () => {
  expect(methodAt("GET", "/health")).toEqual({ isPublic: true, timeoutMs: 10_000 });
});
