/** Errors of gRPC and gRPC-Web: the edge's, as Connect hands them on, and those of a connection. */

import { BadRequestSchema, ErrorInfoSchema } from "@cnop/contracts/google/rpc/error_details_pb";
import { Code, ConnectError } from "@connectrpc/connect";

import { alsoConvert, codeName, Refusal } from "./core/refusal.js";

alsoConvert((error) => {
  if (!(error instanceof ConnectError)) {
    return undefined;
  }
  const violations = error.findDetails(BadRequestSchema).flatMap((one) => one.fieldViolations);
  const details = [
    ...error.findDetails(ErrorInfoSchema),
    { field_violations: violations.map(({ field, description }) => ({ field, description })) },
  ];
  return new Refusal(codeName(error.code), error.rawMessage, details, error.metadata, error);
});

/** fetch, but an unreachable edge is UNAVAILABLE, as in gRPC. Browsers do not tell pages more, not even about CORS. */
export const reachingFetch: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch (error) {
    if (error instanceof TypeError) {
      throw new ConnectError("the edge cannot be reached", Code.Unavailable, undefined, undefined, error);
    }
    throw error;
  }
};
