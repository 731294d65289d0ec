package io.cnop.user.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Settles trades against accounts. Each order settles at most once: the first outcome of an order, settled, refused or
 * voided, is final, and every later call for it answers that outcome.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SettlementServiceGrpc {

  private SettlementServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.user.v1.SettlementService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.SettleTradeRequest,
      io.cnop.user.v1.SettleTradeResponse> getSettleTradeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SettleTrade",
      requestType = io.cnop.user.v1.SettleTradeRequest.class,
      responseType = io.cnop.user.v1.SettleTradeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.SettleTradeRequest,
      io.cnop.user.v1.SettleTradeResponse> getSettleTradeMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.SettleTradeRequest, io.cnop.user.v1.SettleTradeResponse> getSettleTradeMethod;
    if ((getSettleTradeMethod = SettlementServiceGrpc.getSettleTradeMethod) == null) {
      synchronized (SettlementServiceGrpc.class) {
        if ((getSettleTradeMethod = SettlementServiceGrpc.getSettleTradeMethod) == null) {
          SettlementServiceGrpc.getSettleTradeMethod = getSettleTradeMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.SettleTradeRequest, io.cnop.user.v1.SettleTradeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SettleTrade"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.SettleTradeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.SettleTradeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SettlementServiceMethodDescriptorSupplier("SettleTrade"))
              .build();
        }
      }
    }
    return getSettleTradeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.VoidTradeRequest,
      io.cnop.user.v1.VoidTradeResponse> getVoidTradeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VoidTrade",
      requestType = io.cnop.user.v1.VoidTradeRequest.class,
      responseType = io.cnop.user.v1.VoidTradeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.VoidTradeRequest,
      io.cnop.user.v1.VoidTradeResponse> getVoidTradeMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.VoidTradeRequest, io.cnop.user.v1.VoidTradeResponse> getVoidTradeMethod;
    if ((getVoidTradeMethod = SettlementServiceGrpc.getVoidTradeMethod) == null) {
      synchronized (SettlementServiceGrpc.class) {
        if ((getVoidTradeMethod = SettlementServiceGrpc.getVoidTradeMethod) == null) {
          SettlementServiceGrpc.getVoidTradeMethod = getVoidTradeMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.VoidTradeRequest, io.cnop.user.v1.VoidTradeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VoidTrade"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.VoidTradeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.VoidTradeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SettlementServiceMethodDescriptorSupplier("VoidTrade"))
              .build();
        }
      }
    }
    return getVoidTradeMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SettlementServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SettlementServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SettlementServiceStub>() {
        @java.lang.Override
        public SettlementServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SettlementServiceStub(channel, callOptions);
        }
      };
    return SettlementServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SettlementServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SettlementServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SettlementServiceBlockingV2Stub>() {
        @java.lang.Override
        public SettlementServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SettlementServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SettlementServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SettlementServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SettlementServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SettlementServiceBlockingStub>() {
        @java.lang.Override
        public SettlementServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SettlementServiceBlockingStub(channel, callOptions);
        }
      };
    return SettlementServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SettlementServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SettlementServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SettlementServiceFutureStub>() {
        @java.lang.Override
        public SettlementServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SettlementServiceFutureStub(channel, callOptions);
        }
      };
    return SettlementServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Settles trades against accounts. Each order settles at most once: the first outcome of an order, settled, refused or
   * voided, is final, and every later call for it answers that outcome.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Moves the cash and the asset of one trade in one transaction.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS, TRADE_VOIDED): final for this order,
     * whatever comes in later; NOT_FOUND (ACCOUNT_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order was
     * settled with other values.
     * </pre>
     */
    default void settleTrade(io.cnop.user.v1.SettleTradeRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.SettleTradeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSettleTradeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes sure that the trade of an order never settles: leaves a tombstone under its id, so that a settlement that
     * comes late is refused.
     * Fails with FAILED_PRECONDITION (TRADE_SETTLED) when it is settled already.
     * </pre>
     */
    default void voidTrade(io.cnop.user.v1.VoidTradeRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.VoidTradeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVoidTradeMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SettlementService.
   * <pre>
   * Settles trades against accounts. Each order settles at most once: the first outcome of an order, settled, refused or
   * voided, is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static abstract class SettlementServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SettlementServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SettlementService.
   * <pre>
   * Settles trades against accounts. Each order settles at most once: the first outcome of an order, settled, refused or
   * voided, is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static final class SettlementServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SettlementServiceStub> {
    private SettlementServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SettlementServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SettlementServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Moves the cash and the asset of one trade in one transaction.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS, TRADE_VOIDED): final for this order,
     * whatever comes in later; NOT_FOUND (ACCOUNT_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order was
     * settled with other values.
     * </pre>
     */
    public void settleTrade(io.cnop.user.v1.SettleTradeRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.SettleTradeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSettleTradeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes sure that the trade of an order never settles: leaves a tombstone under its id, so that a settlement that
     * comes late is refused.
     * Fails with FAILED_PRECONDITION (TRADE_SETTLED) when it is settled already.
     * </pre>
     */
    public void voidTrade(io.cnop.user.v1.VoidTradeRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.VoidTradeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVoidTradeMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SettlementService.
   * <pre>
   * Settles trades against accounts. Each order settles at most once: the first outcome of an order, settled, refused or
   * voided, is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static final class SettlementServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SettlementServiceBlockingV2Stub> {
    private SettlementServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SettlementServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SettlementServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Moves the cash and the asset of one trade in one transaction.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS, TRADE_VOIDED): final for this order,
     * whatever comes in later; NOT_FOUND (ACCOUNT_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order was
     * settled with other values.
     * </pre>
     */
    public io.cnop.user.v1.SettleTradeResponse settleTrade(io.cnop.user.v1.SettleTradeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSettleTradeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes sure that the trade of an order never settles: leaves a tombstone under its id, so that a settlement that
     * comes late is refused.
     * Fails with FAILED_PRECONDITION (TRADE_SETTLED) when it is settled already.
     * </pre>
     */
    public io.cnop.user.v1.VoidTradeResponse voidTrade(io.cnop.user.v1.VoidTradeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getVoidTradeMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SettlementService.
   * <pre>
   * Settles trades against accounts. Each order settles at most once: the first outcome of an order, settled, refused or
   * voided, is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static final class SettlementServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SettlementServiceBlockingStub> {
    private SettlementServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SettlementServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SettlementServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Moves the cash and the asset of one trade in one transaction.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS, TRADE_VOIDED): final for this order,
     * whatever comes in later; NOT_FOUND (ACCOUNT_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order was
     * settled with other values.
     * </pre>
     */
    public io.cnop.user.v1.SettleTradeResponse settleTrade(io.cnop.user.v1.SettleTradeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSettleTradeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes sure that the trade of an order never settles: leaves a tombstone under its id, so that a settlement that
     * comes late is refused.
     * Fails with FAILED_PRECONDITION (TRADE_SETTLED) when it is settled already.
     * </pre>
     */
    public io.cnop.user.v1.VoidTradeResponse voidTrade(io.cnop.user.v1.VoidTradeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVoidTradeMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SettlementService.
   * <pre>
   * Settles trades against accounts. Each order settles at most once: the first outcome of an order, settled, refused or
   * voided, is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static final class SettlementServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SettlementServiceFutureStub> {
    private SettlementServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SettlementServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SettlementServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Moves the cash and the asset of one trade in one transaction.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS, TRADE_VOIDED): final for this order,
     * whatever comes in later; NOT_FOUND (ACCOUNT_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order was
     * settled with other values.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.SettleTradeResponse> settleTrade(
        io.cnop.user.v1.SettleTradeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSettleTradeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes sure that the trade of an order never settles: leaves a tombstone under its id, so that a settlement that
     * comes late is refused.
     * Fails with FAILED_PRECONDITION (TRADE_SETTLED) when it is settled already.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.VoidTradeResponse> voidTrade(
        io.cnop.user.v1.VoidTradeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVoidTradeMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SETTLE_TRADE = 0;
  private static final int METHODID_VOID_TRADE = 1;

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
        case METHODID_SETTLE_TRADE:
          serviceImpl.settleTrade((io.cnop.user.v1.SettleTradeRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.SettleTradeResponse>) responseObserver);
          break;
        case METHODID_VOID_TRADE:
          serviceImpl.voidTrade((io.cnop.user.v1.VoidTradeRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.VoidTradeResponse>) responseObserver);
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
          getSettleTradeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.SettleTradeRequest,
              io.cnop.user.v1.SettleTradeResponse>(
                service, METHODID_SETTLE_TRADE)))
        .addMethod(
          getVoidTradeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.VoidTradeRequest,
              io.cnop.user.v1.VoidTradeResponse>(
                service, METHODID_VOID_TRADE)))
        .build();
  }

  private static abstract class SettlementServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SettlementServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.user.v1.SettlementServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SettlementService");
    }
  }

  private static final class SettlementServiceFileDescriptorSupplier
      extends SettlementServiceBaseDescriptorSupplier {
    SettlementServiceFileDescriptorSupplier() {}
  }

  private static final class SettlementServiceMethodDescriptorSupplier
      extends SettlementServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SettlementServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (SettlementServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SettlementServiceFileDescriptorSupplier())
              .addMethod(getSettleTradeMethod())
              .addMethod(getVoidTradeMethod())
              .build();
        }
      }
    }
    return result;
  }
}
