/** Properties of a method from the contracts. */

import { getOption } from "@bufbuild/protobuf";
import type { DescField, DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { Policy_Caller, policy } from "@cnop/contracts/cnop/access/v1/access_pb";

/** The name of a method, like "cnop.order.v1.OrderService/CreateOrder". */
export function rpcOf(method: DescMethod): string {
  return `${method.parent.typeName}/${method.name}`;
}

/** Whether the method is public, so that it needs no token. */
export function isPublic(method: DescMethod): boolean {
  return getOption(method, policy).caller === Policy_Caller.PUBLIC;
}

/** The field request_id of a change, if it has one. A method without effects may have one that names another request. */
export function requestIdField(method: DescMethod): (DescField & { fieldKind: "scalar" }) | undefined {
  if (method.idempotency !== MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN) {
    return undefined;
  }
  const field = method.input.fields.find(({ name }) => name === "request_id");
  return field?.fieldKind === "scalar" ? field : undefined;
}
