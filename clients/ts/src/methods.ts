/** What the contracts say about a method, for the clients of every transport. */

import { getOption } from "@bufbuild/protobuf";
import type { DescField, DescMessage, DescMethod } from "@bufbuild/protobuf";
import { Policy_Caller, policy } from "@cnop/contracts/cnop/access/v1/access_pb";

/** The name of a method, like "cnop.order.v1.OrderService/CreateOrder". */
export function rpcOf(method: DescMethod): string {
  return `${method.parent.typeName}/${method.name}`;
}

/** Whether anybody may call it. The system does not look at a token then. */
export function isPublic(method: DescMethod): boolean {
  return getOption(method, policy).caller === Policy_Caller.PUBLIC;
}

/** The field by which the system knows a request again, if there is one. */
export function requestIdField(input: DescMessage): (DescField & { fieldKind: "scalar" }) | undefined {
  const field = input.fields.find(({ name }) => name === "request_id");
  return field?.fieldKind === "scalar" ? field : undefined;
}
