package io.cnop.inventory.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Quotes and stock for the other services of the mesh. Each order takes stock at most once and returns it at most once:
 * the first outcome of each step is final, and every later call for it answers that outcome.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class StockServiceGrpc {

  private StockServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.inventory.v1.StockService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.BatchGetQuotesRequest,
      io.cnop.inventory.v1.BatchGetQuotesResponse> getBatchGetQuotesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchGetQuotes",
      requestType = io.cnop.inventory.v1.BatchGetQuotesRequest.class,
      responseType = io.cnop.inventory.v1.BatchGetQuotesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.BatchGetQuotesRequest,
      io.cnop.inventory.v1.BatchGetQuotesResponse> getBatchGetQuotesMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.BatchGetQuotesRequest, io.cnop.inventory.v1.BatchGetQuotesResponse> getBatchGetQuotesMethod;
    if ((getBatchGetQuotesMethod = StockServiceGrpc.getBatchGetQuotesMethod) == null) {
      synchronized (StockServiceGrpc.class) {
        if ((getBatchGetQuotesMethod = StockServiceGrpc.getBatchGetQuotesMethod) == null) {
          StockServiceGrpc.getBatchGetQuotesMethod = getBatchGetQuotesMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.BatchGetQuotesRequest, io.cnop.inventory.v1.BatchGetQuotesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchGetQuotes"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.BatchGetQuotesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.BatchGetQuotesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new StockServiceMethodDescriptorSupplier("BatchGetQuotes"))
              .build();
        }
      }
    }
    return getBatchGetQuotesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.TakeStockRequest,
      io.cnop.inventory.v1.TakeStockResponse> getTakeStockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TakeStock",
      requestType = io.cnop.inventory.v1.TakeStockRequest.class,
      responseType = io.cnop.inventory.v1.TakeStockResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.TakeStockRequest,
      io.cnop.inventory.v1.TakeStockResponse> getTakeStockMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.TakeStockRequest, io.cnop.inventory.v1.TakeStockResponse> getTakeStockMethod;
    if ((getTakeStockMethod = StockServiceGrpc.getTakeStockMethod) == null) {
      synchronized (StockServiceGrpc.class) {
        if ((getTakeStockMethod = StockServiceGrpc.getTakeStockMethod) == null) {
          StockServiceGrpc.getTakeStockMethod = getTakeStockMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.TakeStockRequest, io.cnop.inventory.v1.TakeStockResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TakeStock"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.TakeStockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.TakeStockResponse.getDefaultInstance()))
              .setSchemaDescriptor(new StockServiceMethodDescriptorSupplier("TakeStock"))
              .build();
        }
      }
    }
    return getTakeStockMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.ReturnStockRequest,
      io.cnop.inventory.v1.ReturnStockResponse> getReturnStockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReturnStock",
      requestType = io.cnop.inventory.v1.ReturnStockRequest.class,
      responseType = io.cnop.inventory.v1.ReturnStockResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.ReturnStockRequest,
      io.cnop.inventory.v1.ReturnStockResponse> getReturnStockMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.ReturnStockRequest, io.cnop.inventory.v1.ReturnStockResponse> getReturnStockMethod;
    if ((getReturnStockMethod = StockServiceGrpc.getReturnStockMethod) == null) {
      synchronized (StockServiceGrpc.class) {
        if ((getReturnStockMethod = StockServiceGrpc.getReturnStockMethod) == null) {
          StockServiceGrpc.getReturnStockMethod = getReturnStockMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.ReturnStockRequest, io.cnop.inventory.v1.ReturnStockResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReturnStock"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.ReturnStockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.ReturnStockResponse.getDefaultInstance()))
              .setSchemaDescriptor(new StockServiceMethodDescriptorSupplier("ReturnStock"))
              .build();
        }
      }
    }
    return getReturnStockMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static StockServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<StockServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<StockServiceStub>() {
        @java.lang.Override
        public StockServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new StockServiceStub(channel, callOptions);
        }
      };
    return StockServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static StockServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<StockServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<StockServiceBlockingV2Stub>() {
        @java.lang.Override
        public StockServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new StockServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return StockServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static StockServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<StockServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<StockServiceBlockingStub>() {
        @java.lang.Override
        public StockServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new StockServiceBlockingStub(channel, callOptions);
        }
      };
    return StockServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static StockServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<StockServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<StockServiceFutureStub>() {
        @java.lang.Override
        public StockServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new StockServiceFutureStub(channel, callOptions);
        }
      };
    return StockServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Quotes and stock for the other services of the mesh. Each order takes stock at most once and returns it at most once:
   * the first outcome of each step is final, and every later call for it answers that outcome.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The prices of assets now. Assets that are not in the catalogue are left out of the answer.
     * </pre>
     */
    default void batchGetQuotes(io.cnop.inventory.v1.BatchGetQuotesRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.BatchGetQuotesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchGetQuotesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes a quantity out of the house's stock, for a buy.
     * Fails with FAILED_PRECONDITION (OUT_OF_STOCK, also for an asset that is not there; STOCK_VOIDED): final for this
     * order, whatever comes in later; ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order took other values.
     * </pre>
     */
    default void takeStock(io.cnop.inventory.v1.TakeStockRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.TakeStockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTakeStockMethod(), responseObserver);
    }

    /**
     * <pre>
     * Puts a quantity into the house's stock: what a buy took and does not need (UNDO_TAKE), or what a user sold (SALE).
     * An undo of stock that was never taken leaves a tombstone, so that a take that comes late is refused.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND) for a sale of an asset that is not in the catalogue yet: to be tried again;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order returned other values.
     * </pre>
     */
    default void returnStock(io.cnop.inventory.v1.ReturnStockRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ReturnStockResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReturnStockMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service StockService.
   * <pre>
   * Quotes and stock for the other services of the mesh. Each order takes stock at most once and returns it at most once:
   * the first outcome of each step is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static abstract class StockServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return StockServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service StockService.
   * <pre>
   * Quotes and stock for the other services of the mesh. Each order takes stock at most once and returns it at most once:
   * the first outcome of each step is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static final class StockServiceStub
      extends io.grpc.stub.AbstractAsyncStub<StockServiceStub> {
    private StockServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected StockServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new StockServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The prices of assets now. Assets that are not in the catalogue are left out of the answer.
     * </pre>
     */
    public void batchGetQuotes(io.cnop.inventory.v1.BatchGetQuotesRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.BatchGetQuotesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchGetQuotesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes a quantity out of the house's stock, for a buy.
     * Fails with FAILED_PRECONDITION (OUT_OF_STOCK, also for an asset that is not there; STOCK_VOIDED): final for this
     * order, whatever comes in later; ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order took other values.
     * </pre>
     */
    public void takeStock(io.cnop.inventory.v1.TakeStockRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.TakeStockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTakeStockMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Puts a quantity into the house's stock: what a buy took and does not need (UNDO_TAKE), or what a user sold (SALE).
     * An undo of stock that was never taken leaves a tombstone, so that a take that comes late is refused.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND) for a sale of an asset that is not in the catalogue yet: to be tried again;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order returned other values.
     * </pre>
     */
    public void returnStock(io.cnop.inventory.v1.ReturnStockRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ReturnStockResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReturnStockMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service StockService.
   * <pre>
   * Quotes and stock for the other services of the mesh. Each order takes stock at most once and returns it at most once:
   * the first outcome of each step is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static final class StockServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<StockServiceBlockingV2Stub> {
    private StockServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected StockServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new StockServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The prices of assets now. Assets that are not in the catalogue are left out of the answer.
     * </pre>
     */
    public io.cnop.inventory.v1.BatchGetQuotesResponse batchGetQuotes(io.cnop.inventory.v1.BatchGetQuotesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchGetQuotesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a quantity out of the house's stock, for a buy.
     * Fails with FAILED_PRECONDITION (OUT_OF_STOCK, also for an asset that is not there; STOCK_VOIDED): final for this
     * order, whatever comes in later; ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order took other values.
     * </pre>
     */
    public io.cnop.inventory.v1.TakeStockResponse takeStock(io.cnop.inventory.v1.TakeStockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTakeStockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Puts a quantity into the house's stock: what a buy took and does not need (UNDO_TAKE), or what a user sold (SALE).
     * An undo of stock that was never taken leaves a tombstone, so that a take that comes late is refused.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND) for a sale of an asset that is not in the catalogue yet: to be tried again;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order returned other values.
     * </pre>
     */
    public io.cnop.inventory.v1.ReturnStockResponse returnStock(io.cnop.inventory.v1.ReturnStockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReturnStockMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service StockService.
   * <pre>
   * Quotes and stock for the other services of the mesh. Each order takes stock at most once and returns it at most once:
   * the first outcome of each step is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static final class StockServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<StockServiceBlockingStub> {
    private StockServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected StockServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new StockServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The prices of assets now. Assets that are not in the catalogue are left out of the answer.
     * </pre>
     */
    public io.cnop.inventory.v1.BatchGetQuotesResponse batchGetQuotes(io.cnop.inventory.v1.BatchGetQuotesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchGetQuotesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a quantity out of the house's stock, for a buy.
     * Fails with FAILED_PRECONDITION (OUT_OF_STOCK, also for an asset that is not there; STOCK_VOIDED): final for this
     * order, whatever comes in later; ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order took other values.
     * </pre>
     */
    public io.cnop.inventory.v1.TakeStockResponse takeStock(io.cnop.inventory.v1.TakeStockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTakeStockMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Puts a quantity into the house's stock: what a buy took and does not need (UNDO_TAKE), or what a user sold (SALE).
     * An undo of stock that was never taken leaves a tombstone, so that a take that comes late is refused.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND) for a sale of an asset that is not in the catalogue yet: to be tried again;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order returned other values.
     * </pre>
     */
    public io.cnop.inventory.v1.ReturnStockResponse returnStock(io.cnop.inventory.v1.ReturnStockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReturnStockMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service StockService.
   * <pre>
   * Quotes and stock for the other services of the mesh. Each order takes stock at most once and returns it at most once:
   * the first outcome of each step is final, and every later call for it answers that outcome.
   * </pre>
   */
  public static final class StockServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<StockServiceFutureStub> {
    private StockServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected StockServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new StockServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The prices of assets now. Assets that are not in the catalogue are left out of the answer.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.BatchGetQuotesResponse> batchGetQuotes(
        io.cnop.inventory.v1.BatchGetQuotesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchGetQuotesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes a quantity out of the house's stock, for a buy.
     * Fails with FAILED_PRECONDITION (OUT_OF_STOCK, also for an asset that is not there; STOCK_VOIDED): final for this
     * order, whatever comes in later; ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order took other values.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.TakeStockResponse> takeStock(
        io.cnop.inventory.v1.TakeStockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTakeStockMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Puts a quantity into the house's stock: what a buy took and does not need (UNDO_TAKE), or what a user sold (SALE).
     * An undo of stock that was never taken leaves a tombstone, so that a take that comes late is refused.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND) for a sale of an asset that is not in the catalogue yet: to be tried again;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the order returned other values.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.ReturnStockResponse> returnStock(
        io.cnop.inventory.v1.ReturnStockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReturnStockMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_BATCH_GET_QUOTES = 0;
  private static final int METHODID_TAKE_STOCK = 1;
  private static final int METHODID_RETURN_STOCK = 2;

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
        case METHODID_BATCH_GET_QUOTES:
          serviceImpl.batchGetQuotes((io.cnop.inventory.v1.BatchGetQuotesRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.BatchGetQuotesResponse>) responseObserver);
          break;
        case METHODID_TAKE_STOCK:
          serviceImpl.takeStock((io.cnop.inventory.v1.TakeStockRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.TakeStockResponse>) responseObserver);
          break;
        case METHODID_RETURN_STOCK:
          serviceImpl.returnStock((io.cnop.inventory.v1.ReturnStockRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ReturnStockResponse>) responseObserver);
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
          getBatchGetQuotesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.BatchGetQuotesRequest,
              io.cnop.inventory.v1.BatchGetQuotesResponse>(
                service, METHODID_BATCH_GET_QUOTES)))
        .addMethod(
          getTakeStockMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.TakeStockRequest,
              io.cnop.inventory.v1.TakeStockResponse>(
                service, METHODID_TAKE_STOCK)))
        .addMethod(
          getReturnStockMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.ReturnStockRequest,
              io.cnop.inventory.v1.ReturnStockResponse>(
                service, METHODID_RETURN_STOCK)))
        .build();
  }

  private static abstract class StockServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    StockServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.inventory.v1.StockServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("StockService");
    }
  }

  private static final class StockServiceFileDescriptorSupplier
      extends StockServiceBaseDescriptorSupplier {
    StockServiceFileDescriptorSupplier() {}
  }

  private static final class StockServiceMethodDescriptorSupplier
      extends StockServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    StockServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (StockServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new StockServiceFileDescriptorSupplier())
              .addMethod(getBatchGetQuotesMethod())
              .addMethod(getTakeStockMethod())
              .addMethod(getReturnStockMethod())
              .build();
        }
      }
    }
    return result;
  }
}
