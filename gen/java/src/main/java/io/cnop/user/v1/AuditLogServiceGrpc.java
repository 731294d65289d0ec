package io.cnop.user.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Takes in what admins change in the other services, and whom these refuse. A change is recorded as INTENDED before it is
 * made, and its outcome after: one that cannot be recorded is not made.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AuditLogServiceGrpc {

  private AuditLogServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.user.v1.AuditLogService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.RecordEventRequest,
      io.cnop.user.v1.RecordEventResponse> getRecordEventMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RecordEvent",
      requestType = io.cnop.user.v1.RecordEventRequest.class,
      responseType = io.cnop.user.v1.RecordEventResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.RecordEventRequest,
      io.cnop.user.v1.RecordEventResponse> getRecordEventMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.RecordEventRequest, io.cnop.user.v1.RecordEventResponse> getRecordEventMethod;
    if ((getRecordEventMethod = AuditLogServiceGrpc.getRecordEventMethod) == null) {
      synchronized (AuditLogServiceGrpc.class) {
        if ((getRecordEventMethod = AuditLogServiceGrpc.getRecordEventMethod) == null) {
          AuditLogServiceGrpc.getRecordEventMethod = getRecordEventMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.RecordEventRequest, io.cnop.user.v1.RecordEventResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RecordEvent"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.RecordEventRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.RecordEventResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuditLogServiceMethodDescriptorSupplier("RecordEvent"))
              .build();
        }
      }
    }
    return getRecordEventMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.RecordRefusalRequest,
      io.cnop.user.v1.RecordRefusalResponse> getRecordRefusalMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RecordRefusal",
      requestType = io.cnop.user.v1.RecordRefusalRequest.class,
      responseType = io.cnop.user.v1.RecordRefusalResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.RecordRefusalRequest,
      io.cnop.user.v1.RecordRefusalResponse> getRecordRefusalMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.RecordRefusalRequest, io.cnop.user.v1.RecordRefusalResponse> getRecordRefusalMethod;
    if ((getRecordRefusalMethod = AuditLogServiceGrpc.getRecordRefusalMethod) == null) {
      synchronized (AuditLogServiceGrpc.class) {
        if ((getRecordRefusalMethod = AuditLogServiceGrpc.getRecordRefusalMethod) == null) {
          AuditLogServiceGrpc.getRecordRefusalMethod = getRecordRefusalMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.RecordRefusalRequest, io.cnop.user.v1.RecordRefusalResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RecordRefusal"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.RecordRefusalRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.RecordRefusalResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuditLogServiceMethodDescriptorSupplier("RecordRefusal"))
              .build();
        }
      }
    }
    return getRecordRefusalMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AuditLogServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditLogServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditLogServiceStub>() {
        @java.lang.Override
        public AuditLogServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditLogServiceStub(channel, callOptions);
        }
      };
    return AuditLogServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AuditLogServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditLogServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditLogServiceBlockingV2Stub>() {
        @java.lang.Override
        public AuditLogServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditLogServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AuditLogServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AuditLogServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditLogServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditLogServiceBlockingStub>() {
        @java.lang.Override
        public AuditLogServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditLogServiceBlockingStub(channel, callOptions);
        }
      };
    return AuditLogServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AuditLogServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditLogServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditLogServiceFutureStub>() {
        @java.lang.Override
        public AuditLogServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditLogServiceFutureStub(channel, callOptions);
        }
      };
    return AuditLogServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Takes in what admins change in the other services, and whom these refuse. A change is recorded as INTENDED before it is
   * made, and its outcome after: one that cannot be recorded is not made.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Records one event. With the same event_id it may be sent again: the first stays.
     * </pre>
     */
    default void recordEvent(io.cnop.user.v1.RecordEventRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.RecordEventResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRecordEventMethod(), responseObserver);
    }

    /**
     * <pre>
     * Records that a user was refused a method. Of those that are alike (user, actor, session, method, outcome and
     * network of the client) the trail keeps the first of an hour, the log all.
     * </pre>
     */
    default void recordRefusal(io.cnop.user.v1.RecordRefusalRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.RecordRefusalResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRecordRefusalMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AuditLogService.
   * <pre>
   * Takes in what admins change in the other services, and whom these refuse. A change is recorded as INTENDED before it is
   * made, and its outcome after: one that cannot be recorded is not made.
   * </pre>
   */
  public static abstract class AuditLogServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AuditLogServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AuditLogService.
   * <pre>
   * Takes in what admins change in the other services, and whom these refuse. A change is recorded as INTENDED before it is
   * made, and its outcome after: one that cannot be recorded is not made.
   * </pre>
   */
  public static final class AuditLogServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AuditLogServiceStub> {
    private AuditLogServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditLogServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditLogServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Records one event. With the same event_id it may be sent again: the first stays.
     * </pre>
     */
    public void recordEvent(io.cnop.user.v1.RecordEventRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.RecordEventResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRecordEventMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Records that a user was refused a method. Of those that are alike (user, actor, session, method, outcome and
     * network of the client) the trail keeps the first of an hour, the log all.
     * </pre>
     */
    public void recordRefusal(io.cnop.user.v1.RecordRefusalRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.RecordRefusalResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRecordRefusalMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AuditLogService.
   * <pre>
   * Takes in what admins change in the other services, and whom these refuse. A change is recorded as INTENDED before it is
   * made, and its outcome after: one that cannot be recorded is not made.
   * </pre>
   */
  public static final class AuditLogServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AuditLogServiceBlockingV2Stub> {
    private AuditLogServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditLogServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditLogServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Records one event. With the same event_id it may be sent again: the first stays.
     * </pre>
     */
    public io.cnop.user.v1.RecordEventResponse recordEvent(io.cnop.user.v1.RecordEventRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRecordEventMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Records that a user was refused a method. Of those that are alike (user, actor, session, method, outcome and
     * network of the client) the trail keeps the first of an hour, the log all.
     * </pre>
     */
    public io.cnop.user.v1.RecordRefusalResponse recordRefusal(io.cnop.user.v1.RecordRefusalRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRecordRefusalMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AuditLogService.
   * <pre>
   * Takes in what admins change in the other services, and whom these refuse. A change is recorded as INTENDED before it is
   * made, and its outcome after: one that cannot be recorded is not made.
   * </pre>
   */
  public static final class AuditLogServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AuditLogServiceBlockingStub> {
    private AuditLogServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditLogServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditLogServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Records one event. With the same event_id it may be sent again: the first stays.
     * </pre>
     */
    public io.cnop.user.v1.RecordEventResponse recordEvent(io.cnop.user.v1.RecordEventRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRecordEventMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Records that a user was refused a method. Of those that are alike (user, actor, session, method, outcome and
     * network of the client) the trail keeps the first of an hour, the log all.
     * </pre>
     */
    public io.cnop.user.v1.RecordRefusalResponse recordRefusal(io.cnop.user.v1.RecordRefusalRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRecordRefusalMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AuditLogService.
   * <pre>
   * Takes in what admins change in the other services, and whom these refuse. A change is recorded as INTENDED before it is
   * made, and its outcome after: one that cannot be recorded is not made.
   * </pre>
   */
  public static final class AuditLogServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AuditLogServiceFutureStub> {
    private AuditLogServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditLogServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditLogServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Records one event. With the same event_id it may be sent again: the first stays.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.RecordEventResponse> recordEvent(
        io.cnop.user.v1.RecordEventRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRecordEventMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Records that a user was refused a method. Of those that are alike (user, actor, session, method, outcome and
     * network of the client) the trail keeps the first of an hour, the log all.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.RecordRefusalResponse> recordRefusal(
        io.cnop.user.v1.RecordRefusalRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRecordRefusalMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_RECORD_EVENT = 0;
  private static final int METHODID_RECORD_REFUSAL = 1;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_RECORD_EVENT:
          serviceImpl.recordEvent((io.cnop.user.v1.RecordEventRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.RecordEventResponse>) responseObserver);
          break;
        case METHODID_RECORD_REFUSAL:
          serviceImpl.recordRefusal((io.cnop.user.v1.RecordRefusalRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.RecordRefusalResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getRecordEventMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.RecordEventRequest,
              io.cnop.user.v1.RecordEventResponse>(
                service, METHODID_RECORD_EVENT)))
        .addMethod(
          getRecordRefusalMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.RecordRefusalRequest,
              io.cnop.user.v1.RecordRefusalResponse>(
                service, METHODID_RECORD_REFUSAL)))
        .build();
  }

  private static abstract class AuditLogServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AuditLogServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.user.v1.AuditLogServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AuditLogService");
    }
  }

  private static final class AuditLogServiceFileDescriptorSupplier
      extends AuditLogServiceBaseDescriptorSupplier {
    AuditLogServiceFileDescriptorSupplier() {}
  }

  private static final class AuditLogServiceMethodDescriptorSupplier
      extends AuditLogServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AuditLogServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (AuditLogServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AuditLogServiceFileDescriptorSupplier())
              .addMethod(getRecordEventMethod())
              .addMethod(getRecordRefusalMethod())
              .build();
        }
      }
    }
    return result;
  }
}
