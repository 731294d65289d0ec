package io.cnop.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/** Describes errors. */
final class Errors {
  private Errors() {}

  /** Describes an error by its invalid field or its reason, which programs can rely on. */
  static String explain(StatusRuntimeException error) {
    Status status = StatusProto.fromThrowable(error);
    String said = error.getMessage();
    try {
      for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
        if (detail.is(BadRequest.class)) {
          var violation = detail.unpack(BadRequest.class).getFieldViolations(0);
          return "invalid %s: %s".formatted(violation.getField(), violation.getDescription());
        } else if (detail.is(ErrorInfo.class)) {
          String reason = detail.unpack(ErrorInfo.class).getReason();
          said = reason.equals("INSUFFICIENT_FUNDS")
              ? "not enough money: " + reason
              : "refused: %s (%s)".formatted(reason, status.getMessage());
        }
      }
    } catch (InvalidProtocolBufferException broken) {
      return said;
    }
    return said;
  }
}
