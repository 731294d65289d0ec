/** Properties of a method from the contracts. */

import { getOption } from "@bufbuild/protobuf";
import type { DescField, DescMessage, DescMethod } from "@bufbuild/protobuf";
import { Policy_Caller, policy } from "@cnop/contracts/cnop/access/v1/access_pb";

/** The name of a method, like "cnop.order.v1.OrderService/CreateOrder". */
export function rpcOf(method: DescMethod): string {
  return `${method.parent.typeName}/${method.name}`;
}

/** Whether the method is public, so that it needs no token. */
export function isPublic(method: DescMethod): boolean {
  return getOption(method, policy).caller === Policy_Caller.PUBLIC;
}

/** The field request_id, if the message has one. */
export function requestIdField(input: DescMessage): (DescField & { fieldKind: "scalar" }) | undefined {
  const field = input.fields.find(({ name }) => name === "request_id");
  return field?.fieldKind === "scalar" ? field : undefined;
}
