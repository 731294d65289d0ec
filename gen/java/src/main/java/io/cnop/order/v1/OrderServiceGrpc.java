package io.cnop.order.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Makes and lists the orders of the user who calls. No method takes a user id, and an order of another user is not
 * found.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class OrderServiceGrpc {

  private OrderServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.order.v1.OrderService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.order.v1.CreateOrderRequest,
      io.cnop.order.v1.Order> getCreateOrderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateOrder",
      requestType = io.cnop.order.v1.CreateOrderRequest.class,
      responseType = io.cnop.order.v1.Order.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.order.v1.CreateOrderRequest,
      io.cnop.order.v1.Order> getCreateOrderMethod() {
    io.grpc.MethodDescriptor<io.cnop.order.v1.CreateOrderRequest, io.cnop.order.v1.Order> getCreateOrderMethod;
    if ((getCreateOrderMethod = OrderServiceGrpc.getCreateOrderMethod) == null) {
      synchronized (OrderServiceGrpc.class) {
        if ((getCreateOrderMethod = OrderServiceGrpc.getCreateOrderMethod) == null) {
          OrderServiceGrpc.getCreateOrderMethod = getCreateOrderMethod =
              io.grpc.MethodDescriptor.<io.cnop.order.v1.CreateOrderRequest, io.cnop.order.v1.Order>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateOrder"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.CreateOrderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.Order.getDefaultInstance()))
              .setSchemaDescriptor(new OrderServiceMethodDescriptorSupplier("CreateOrder"))
              .build();
        }
      }
    }
    return getCreateOrderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.order.v1.PreviewOrderRequest,
      io.cnop.order.v1.PreviewOrderResponse> getPreviewOrderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PreviewOrder",
      requestType = io.cnop.order.v1.PreviewOrderRequest.class,
      responseType = io.cnop.order.v1.PreviewOrderResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.order.v1.PreviewOrderRequest,
      io.cnop.order.v1.PreviewOrderResponse> getPreviewOrderMethod() {
    io.grpc.MethodDescriptor<io.cnop.order.v1.PreviewOrderRequest, io.cnop.order.v1.PreviewOrderResponse> getPreviewOrderMethod;
    if ((getPreviewOrderMethod = OrderServiceGrpc.getPreviewOrderMethod) == null) {
      synchronized (OrderServiceGrpc.class) {
        if ((getPreviewOrderMethod = OrderServiceGrpc.getPreviewOrderMethod) == null) {
          OrderServiceGrpc.getPreviewOrderMethod = getPreviewOrderMethod =
              io.grpc.MethodDescriptor.<io.cnop.order.v1.PreviewOrderRequest, io.cnop.order.v1.PreviewOrderResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PreviewOrder"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.PreviewOrderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.PreviewOrderResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrderServiceMethodDescriptorSupplier("PreviewOrder"))
              .build();
        }
      }
    }
    return getPreviewOrderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.order.v1.GetOrderRequest,
      io.cnop.order.v1.Order> getGetOrderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetOrder",
      requestType = io.cnop.order.v1.GetOrderRequest.class,
      responseType = io.cnop.order.v1.Order.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.order.v1.GetOrderRequest,
      io.cnop.order.v1.Order> getGetOrderMethod() {
    io.grpc.MethodDescriptor<io.cnop.order.v1.GetOrderRequest, io.cnop.order.v1.Order> getGetOrderMethod;
    if ((getGetOrderMethod = OrderServiceGrpc.getGetOrderMethod) == null) {
      synchronized (OrderServiceGrpc.class) {
        if ((getGetOrderMethod = OrderServiceGrpc.getGetOrderMethod) == null) {
          OrderServiceGrpc.getGetOrderMethod = getGetOrderMethod =
              io.grpc.MethodDescriptor.<io.cnop.order.v1.GetOrderRequest, io.cnop.order.v1.Order>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetOrder"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.GetOrderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.Order.getDefaultInstance()))
              .setSchemaDescriptor(new OrderServiceMethodDescriptorSupplier("GetOrder"))
              .build();
        }
      }
    }
    return getGetOrderMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.order.v1.ListOrdersRequest,
      io.cnop.order.v1.ListOrdersResponse> getListOrdersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListOrders",
      requestType = io.cnop.order.v1.ListOrdersRequest.class,
      responseType = io.cnop.order.v1.ListOrdersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.order.v1.ListOrdersRequest,
      io.cnop.order.v1.ListOrdersResponse> getListOrdersMethod() {
    io.grpc.MethodDescriptor<io.cnop.order.v1.ListOrdersRequest, io.cnop.order.v1.ListOrdersResponse> getListOrdersMethod;
    if ((getListOrdersMethod = OrderServiceGrpc.getListOrdersMethod) == null) {
      synchronized (OrderServiceGrpc.class) {
        if ((getListOrdersMethod = OrderServiceGrpc.getListOrdersMethod) == null) {
          OrderServiceGrpc.getListOrdersMethod = getListOrdersMethod =
              io.grpc.MethodDescriptor.<io.cnop.order.v1.ListOrdersRequest, io.cnop.order.v1.ListOrdersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListOrders"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.ListOrdersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.ListOrdersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrderServiceMethodDescriptorSupplier("ListOrders"))
              .build();
        }
      }
    }
    return getListOrdersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.order.v1.ListAssetTransactionsRequest,
      io.cnop.order.v1.ListAssetTransactionsResponse> getListAssetTransactionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAssetTransactions",
      requestType = io.cnop.order.v1.ListAssetTransactionsRequest.class,
      responseType = io.cnop.order.v1.ListAssetTransactionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.order.v1.ListAssetTransactionsRequest,
      io.cnop.order.v1.ListAssetTransactionsResponse> getListAssetTransactionsMethod() {
    io.grpc.MethodDescriptor<io.cnop.order.v1.ListAssetTransactionsRequest, io.cnop.order.v1.ListAssetTransactionsResponse> getListAssetTransactionsMethod;
    if ((getListAssetTransactionsMethod = OrderServiceGrpc.getListAssetTransactionsMethod) == null) {
      synchronized (OrderServiceGrpc.class) {
        if ((getListAssetTransactionsMethod = OrderServiceGrpc.getListAssetTransactionsMethod) == null) {
          OrderServiceGrpc.getListAssetTransactionsMethod = getListAssetTransactionsMethod =
              io.grpc.MethodDescriptor.<io.cnop.order.v1.ListAssetTransactionsRequest, io.cnop.order.v1.ListAssetTransactionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAssetTransactions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.ListAssetTransactionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.ListAssetTransactionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrderServiceMethodDescriptorSupplier("ListAssetTransactions"))
              .build();
        }
      }
    }
    return getListAssetTransactionsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static OrderServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrderServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrderServiceStub>() {
        @java.lang.Override
        public OrderServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrderServiceStub(channel, callOptions);
        }
      };
    return OrderServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static OrderServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrderServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrderServiceBlockingV2Stub>() {
        @java.lang.Override
        public OrderServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrderServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return OrderServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static OrderServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrderServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrderServiceBlockingStub>() {
        @java.lang.Override
        public OrderServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrderServiceBlockingStub(channel, callOptions);
        }
      };
    return OrderServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static OrderServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrderServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrderServiceFutureStub>() {
        @java.lang.Override
        public OrderServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrderServiceFutureStub(channel, callOptions);
        }
      };
    return OrderServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Makes and lists the orders of the user who calls. No method takes a user id, and an order of another user is not
   * found.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Makes an order and fills it.
     * Answers the order as COMPLETED, or as PENDING when a dependency stays away: it will be completed or fail by itself,
     * and a replay of the request tells. (When even the table of orders is away, nobody knows whether the order was
     * stored; then too it is PENDING, without a price and a time, and a replay with the request_id of the answer tells, or
     * makes it.) An error is
     * final: the order's effect never appears. With UNAVAILABLE this try has stored nothing.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND), FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS,
     * OUT_OF_STOCK, ASSET_INACTIVE, ORDER_VALUE_OUT_OF_RANGE, PRICE_OUT_OF_BOUNDS) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    default void createOrder(io.cnop.order.v1.CreateOrderRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.Order> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateOrderMethod(), responseObserver);
    }

    /**
     * <pre>
     * What an order would cost and what would stand in its way. No effect.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    default void previewOrder(io.cnop.order.v1.PreviewOrderRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.PreviewOrderResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPreviewOrderMethod(), responseObserver);
    }

    /**
     * <pre>
     * One order.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND).
     * </pre>
     */
    default void getOrder(io.cnop.order.v1.GetOrderRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.Order> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetOrderMethod(), responseObserver);
    }

    /**
     * <pre>
     * The orders, newest first.
     * </pre>
     */
    default void listOrders(io.cnop.order.v1.ListOrdersRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.ListOrdersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListOrdersMethod(), responseObserver);
    }

    /**
     * <pre>
     * The fills of one asset, newest first.
     * </pre>
     */
    default void listAssetTransactions(io.cnop.order.v1.ListAssetTransactionsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.ListAssetTransactionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAssetTransactionsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service OrderService.
   * <pre>
   * Makes and lists the orders of the user who calls. No method takes a user id, and an order of another user is not
   * found.
   * </pre>
   */
  public static abstract class OrderServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return OrderServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service OrderService.
   * <pre>
   * Makes and lists the orders of the user who calls. No method takes a user id, and an order of another user is not
   * found.
   * </pre>
   */
  public static final class OrderServiceStub
      extends io.grpc.stub.AbstractAsyncStub<OrderServiceStub> {
    private OrderServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrderServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrderServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes an order and fills it.
     * Answers the order as COMPLETED, or as PENDING when a dependency stays away: it will be completed or fail by itself,
     * and a replay of the request tells. (When even the table of orders is away, nobody knows whether the order was
     * stored; then too it is PENDING, without a price and a time, and a replay with the request_id of the answer tells, or
     * makes it.) An error is
     * final: the order's effect never appears. With UNAVAILABLE this try has stored nothing.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND), FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS,
     * OUT_OF_STOCK, ASSET_INACTIVE, ORDER_VALUE_OUT_OF_RANGE, PRICE_OUT_OF_BOUNDS) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public void createOrder(io.cnop.order.v1.CreateOrderRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.Order> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateOrderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * What an order would cost and what would stand in its way. No effect.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public void previewOrder(io.cnop.order.v1.PreviewOrderRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.PreviewOrderResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPreviewOrderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * One order.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND).
     * </pre>
     */
    public void getOrder(io.cnop.order.v1.GetOrderRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.Order> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetOrderMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The orders, newest first.
     * </pre>
     */
    public void listOrders(io.cnop.order.v1.ListOrdersRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.ListOrdersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListOrdersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The fills of one asset, newest first.
     * </pre>
     */
    public void listAssetTransactions(io.cnop.order.v1.ListAssetTransactionsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.ListAssetTransactionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAssetTransactionsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service OrderService.
   * <pre>
   * Makes and lists the orders of the user who calls. No method takes a user id, and an order of another user is not
   * found.
   * </pre>
   */
  public static final class OrderServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<OrderServiceBlockingV2Stub> {
    private OrderServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrderServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrderServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes an order and fills it.
     * Answers the order as COMPLETED, or as PENDING when a dependency stays away: it will be completed or fail by itself,
     * and a replay of the request tells. (When even the table of orders is away, nobody knows whether the order was
     * stored; then too it is PENDING, without a price and a time, and a replay with the request_id of the answer tells, or
     * makes it.) An error is
     * final: the order's effect never appears. With UNAVAILABLE this try has stored nothing.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND), FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS,
     * OUT_OF_STOCK, ASSET_INACTIVE, ORDER_VALUE_OUT_OF_RANGE, PRICE_OUT_OF_BOUNDS) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public io.cnop.order.v1.Order createOrder(io.cnop.order.v1.CreateOrderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What an order would cost and what would stand in its way. No effect.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.order.v1.PreviewOrderResponse previewOrder(io.cnop.order.v1.PreviewOrderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPreviewOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One order.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND).
     * </pre>
     */
    public io.cnop.order.v1.Order getOrder(io.cnop.order.v1.GetOrderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The orders, newest first.
     * </pre>
     */
    public io.cnop.order.v1.ListOrdersResponse listOrders(io.cnop.order.v1.ListOrdersRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListOrdersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The fills of one asset, newest first.
     * </pre>
     */
    public io.cnop.order.v1.ListAssetTransactionsResponse listAssetTransactions(io.cnop.order.v1.ListAssetTransactionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAssetTransactionsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service OrderService.
   * <pre>
   * Makes and lists the orders of the user who calls. No method takes a user id, and an order of another user is not
   * found.
   * </pre>
   */
  public static final class OrderServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<OrderServiceBlockingStub> {
    private OrderServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrderServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrderServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes an order and fills it.
     * Answers the order as COMPLETED, or as PENDING when a dependency stays away: it will be completed or fail by itself,
     * and a replay of the request tells. (When even the table of orders is away, nobody knows whether the order was
     * stored; then too it is PENDING, without a price and a time, and a replay with the request_id of the answer tells, or
     * makes it.) An error is
     * final: the order's effect never appears. With UNAVAILABLE this try has stored nothing.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND), FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS,
     * OUT_OF_STOCK, ASSET_INACTIVE, ORDER_VALUE_OUT_OF_RANGE, PRICE_OUT_OF_BOUNDS) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public io.cnop.order.v1.Order createOrder(io.cnop.order.v1.CreateOrderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * What an order would cost and what would stand in its way. No effect.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.order.v1.PreviewOrderResponse previewOrder(io.cnop.order.v1.PreviewOrderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPreviewOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One order.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND).
     * </pre>
     */
    public io.cnop.order.v1.Order getOrder(io.cnop.order.v1.GetOrderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetOrderMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The orders, newest first.
     * </pre>
     */
    public io.cnop.order.v1.ListOrdersResponse listOrders(io.cnop.order.v1.ListOrdersRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListOrdersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The fills of one asset, newest first.
     * </pre>
     */
    public io.cnop.order.v1.ListAssetTransactionsResponse listAssetTransactions(io.cnop.order.v1.ListAssetTransactionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAssetTransactionsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service OrderService.
   * <pre>
   * Makes and lists the orders of the user who calls. No method takes a user id, and an order of another user is not
   * found.
   * </pre>
   */
  public static final class OrderServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<OrderServiceFutureStub> {
    private OrderServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrderServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrderServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes an order and fills it.
     * Answers the order as COMPLETED, or as PENDING when a dependency stays away: it will be completed or fail by itself,
     * and a replay of the request tells. (When even the table of orders is away, nobody knows whether the order was
     * stored; then too it is PENDING, without a price and a time, and a replay with the request_id of the answer tells, or
     * makes it.) An error is
     * final: the order's effect never appears. With UNAVAILABLE this try has stored nothing.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND), FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS,
     * OUT_OF_STOCK, ASSET_INACTIVE, ORDER_VALUE_OUT_OF_RANGE, PRICE_OUT_OF_BOUNDS) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.order.v1.Order> createOrder(
        io.cnop.order.v1.CreateOrderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateOrderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * What an order would cost and what would stand in its way. No effect.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.order.v1.PreviewOrderResponse> previewOrder(
        io.cnop.order.v1.PreviewOrderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPreviewOrderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * One order.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.order.v1.Order> getOrder(
        io.cnop.order.v1.GetOrderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetOrderMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The orders, newest first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.order.v1.ListOrdersResponse> listOrders(
        io.cnop.order.v1.ListOrdersRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListOrdersMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The fills of one asset, newest first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.order.v1.ListAssetTransactionsResponse> listAssetTransactions(
        io.cnop.order.v1.ListAssetTransactionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAssetTransactionsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_ORDER = 0;
  private static final int METHODID_PREVIEW_ORDER = 1;
  private static final int METHODID_GET_ORDER = 2;
  private static final int METHODID_LIST_ORDERS = 3;
  private static final int METHODID_LIST_ASSET_TRANSACTIONS = 4;

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
        case METHODID_CREATE_ORDER:
          serviceImpl.createOrder((io.cnop.order.v1.CreateOrderRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.order.v1.Order>) responseObserver);
          break;
        case METHODID_PREVIEW_ORDER:
          serviceImpl.previewOrder((io.cnop.order.v1.PreviewOrderRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.order.v1.PreviewOrderResponse>) responseObserver);
          break;
        case METHODID_GET_ORDER:
          serviceImpl.getOrder((io.cnop.order.v1.GetOrderRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.order.v1.Order>) responseObserver);
          break;
        case METHODID_LIST_ORDERS:
          serviceImpl.listOrders((io.cnop.order.v1.ListOrdersRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.order.v1.ListOrdersResponse>) responseObserver);
          break;
        case METHODID_LIST_ASSET_TRANSACTIONS:
          serviceImpl.listAssetTransactions((io.cnop.order.v1.ListAssetTransactionsRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.order.v1.ListAssetTransactionsResponse>) responseObserver);
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
          getCreateOrderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.order.v1.CreateOrderRequest,
              io.cnop.order.v1.Order>(
                service, METHODID_CREATE_ORDER)))
        .addMethod(
          getPreviewOrderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.order.v1.PreviewOrderRequest,
              io.cnop.order.v1.PreviewOrderResponse>(
                service, METHODID_PREVIEW_ORDER)))
        .addMethod(
          getGetOrderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.order.v1.GetOrderRequest,
              io.cnop.order.v1.Order>(
                service, METHODID_GET_ORDER)))
        .addMethod(
          getListOrdersMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.order.v1.ListOrdersRequest,
              io.cnop.order.v1.ListOrdersResponse>(
                service, METHODID_LIST_ORDERS)))
        .addMethod(
          getListAssetTransactionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.order.v1.ListAssetTransactionsRequest,
              io.cnop.order.v1.ListAssetTransactionsResponse>(
                service, METHODID_LIST_ASSET_TRANSACTIONS)))
        .build();
  }

  private static abstract class OrderServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    OrderServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.order.v1.OrderServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("OrderService");
    }
  }

  private static final class OrderServiceFileDescriptorSupplier
      extends OrderServiceBaseDescriptorSupplier {
    OrderServiceFileDescriptorSupplier() {}
  }

  private static final class OrderServiceMethodDescriptorSupplier
      extends OrderServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    OrderServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (OrderServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new OrderServiceFileDescriptorSupplier())
              .addMethod(getCreateOrderMethod())
              .addMethod(getPreviewOrderMethod())
              .addMethod(getGetOrderMethod())
              .addMethod(getListOrdersMethod())
              .addMethod(getListAssetTransactionsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
