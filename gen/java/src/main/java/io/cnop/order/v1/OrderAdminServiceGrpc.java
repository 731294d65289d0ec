package io.cnop.order.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The quarantine: orders with a step that failed again and again for a reason that time does not heal. Such an order
 * stays PENDING and is not tried any more until an admin lets it out, so that it holds up no other.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class OrderAdminServiceGrpc {

  private OrderAdminServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.order.v1.OrderAdminService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.order.v1.ListQuarantinedOrdersRequest,
      io.cnop.order.v1.ListQuarantinedOrdersResponse> getListQuarantinedOrdersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListQuarantinedOrders",
      requestType = io.cnop.order.v1.ListQuarantinedOrdersRequest.class,
      responseType = io.cnop.order.v1.ListQuarantinedOrdersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.order.v1.ListQuarantinedOrdersRequest,
      io.cnop.order.v1.ListQuarantinedOrdersResponse> getListQuarantinedOrdersMethod() {
    io.grpc.MethodDescriptor<io.cnop.order.v1.ListQuarantinedOrdersRequest, io.cnop.order.v1.ListQuarantinedOrdersResponse> getListQuarantinedOrdersMethod;
    if ((getListQuarantinedOrdersMethod = OrderAdminServiceGrpc.getListQuarantinedOrdersMethod) == null) {
      synchronized (OrderAdminServiceGrpc.class) {
        if ((getListQuarantinedOrdersMethod = OrderAdminServiceGrpc.getListQuarantinedOrdersMethod) == null) {
          OrderAdminServiceGrpc.getListQuarantinedOrdersMethod = getListQuarantinedOrdersMethod =
              io.grpc.MethodDescriptor.<io.cnop.order.v1.ListQuarantinedOrdersRequest, io.cnop.order.v1.ListQuarantinedOrdersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListQuarantinedOrders"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.ListQuarantinedOrdersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.ListQuarantinedOrdersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrderAdminServiceMethodDescriptorSupplier("ListQuarantinedOrders"))
              .build();
        }
      }
    }
    return getListQuarantinedOrdersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.order.v1.ReleaseOrderRequest,
      io.cnop.order.v1.Order> getReleaseOrderMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReleaseOrder",
      requestType = io.cnop.order.v1.ReleaseOrderRequest.class,
      responseType = io.cnop.order.v1.Order.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.order.v1.ReleaseOrderRequest,
      io.cnop.order.v1.Order> getReleaseOrderMethod() {
    io.grpc.MethodDescriptor<io.cnop.order.v1.ReleaseOrderRequest, io.cnop.order.v1.Order> getReleaseOrderMethod;
    if ((getReleaseOrderMethod = OrderAdminServiceGrpc.getReleaseOrderMethod) == null) {
      synchronized (OrderAdminServiceGrpc.class) {
        if ((getReleaseOrderMethod = OrderAdminServiceGrpc.getReleaseOrderMethod) == null) {
          OrderAdminServiceGrpc.getReleaseOrderMethod = getReleaseOrderMethod =
              io.grpc.MethodDescriptor.<io.cnop.order.v1.ReleaseOrderRequest, io.cnop.order.v1.Order>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReleaseOrder"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.ReleaseOrderRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.order.v1.Order.getDefaultInstance()))
              .setSchemaDescriptor(new OrderAdminServiceMethodDescriptorSupplier("ReleaseOrder"))
              .build();
        }
      }
    }
    return getReleaseOrderMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static OrderAdminServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrderAdminServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrderAdminServiceStub>() {
        @java.lang.Override
        public OrderAdminServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrderAdminServiceStub(channel, callOptions);
        }
      };
    return OrderAdminServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static OrderAdminServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrderAdminServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrderAdminServiceBlockingV2Stub>() {
        @java.lang.Override
        public OrderAdminServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrderAdminServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return OrderAdminServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static OrderAdminServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrderAdminServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrderAdminServiceBlockingStub>() {
        @java.lang.Override
        public OrderAdminServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrderAdminServiceBlockingStub(channel, callOptions);
        }
      };
    return OrderAdminServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static OrderAdminServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrderAdminServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrderAdminServiceFutureStub>() {
        @java.lang.Override
        public OrderAdminServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrderAdminServiceFutureStub(channel, callOptions);
        }
      };
    return OrderAdminServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The quarantine: orders with a step that failed again and again for a reason that time does not heal. Such an order
   * stays PENDING and is not tried any more until an admin lets it out, so that it holds up no other.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The orders in quarantine, those that changed last first.
     * </pre>
     */
    default void listQuarantinedOrders(io.cnop.order.v1.ListQuarantinedOrdersRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.ListQuarantinedOrdersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListQuarantinedOrdersMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets an order out of quarantine and tries it again. Answers the order as it is afterwards; a replay of the
     * request_id has no second effect and answers the order as it is now. The release is in the audit trail before it
     * happens.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND) and FAILED_PRECONDITION (ORDER_NOT_QUARANTINED).
     * </pre>
     */
    default void releaseOrder(io.cnop.order.v1.ReleaseOrderRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.Order> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseOrderMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service OrderAdminService.
   * <pre>
   * The quarantine: orders with a step that failed again and again for a reason that time does not heal. Such an order
   * stays PENDING and is not tried any more until an admin lets it out, so that it holds up no other.
   * </pre>
   */
  public static abstract class OrderAdminServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return OrderAdminServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service OrderAdminService.
   * <pre>
   * The quarantine: orders with a step that failed again and again for a reason that time does not heal. Such an order
   * stays PENDING and is not tried any more until an admin lets it out, so that it holds up no other.
   * </pre>
   */
  public static final class OrderAdminServiceStub
      extends io.grpc.stub.AbstractAsyncStub<OrderAdminServiceStub> {
    private OrderAdminServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrderAdminServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrderAdminServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The orders in quarantine, those that changed last first.
     * </pre>
     */
    public void listQuarantinedOrders(io.cnop.order.v1.ListQuarantinedOrdersRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.ListQuarantinedOrdersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListQuarantinedOrdersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets an order out of quarantine and tries it again. Answers the order as it is afterwards; a replay of the
     * request_id has no second effect and answers the order as it is now. The release is in the audit trail before it
     * happens.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND) and FAILED_PRECONDITION (ORDER_NOT_QUARANTINED).
     * </pre>
     */
    public void releaseOrder(io.cnop.order.v1.ReleaseOrderRequest request,
        io.grpc.stub.StreamObserver<io.cnop.order.v1.Order> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseOrderMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service OrderAdminService.
   * <pre>
   * The quarantine: orders with a step that failed again and again for a reason that time does not heal. Such an order
   * stays PENDING and is not tried any more until an admin lets it out, so that it holds up no other.
   * </pre>
   */
  public static final class OrderAdminServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<OrderAdminServiceBlockingV2Stub> {
    private OrderAdminServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrderAdminServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrderAdminServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The orders in quarantine, those that changed last first.
     * </pre>
     */
    public io.cnop.order.v1.ListQuarantinedOrdersResponse listQuarantinedOrders(io.cnop.order.v1.ListQuarantinedOrdersRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListQuarantinedOrdersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets an order out of quarantine and tries it again. Answers the order as it is afterwards; a replay of the
     * request_id has no second effect and answers the order as it is now. The release is in the audit trail before it
     * happens.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND) and FAILED_PRECONDITION (ORDER_NOT_QUARANTINED).
     * </pre>
     */
    public io.cnop.order.v1.Order releaseOrder(io.cnop.order.v1.ReleaseOrderRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseOrderMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service OrderAdminService.
   * <pre>
   * The quarantine: orders with a step that failed again and again for a reason that time does not heal. Such an order
   * stays PENDING and is not tried any more until an admin lets it out, so that it holds up no other.
   * </pre>
   */
  public static final class OrderAdminServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<OrderAdminServiceBlockingStub> {
    private OrderAdminServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrderAdminServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrderAdminServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The orders in quarantine, those that changed last first.
     * </pre>
     */
    public io.cnop.order.v1.ListQuarantinedOrdersResponse listQuarantinedOrders(io.cnop.order.v1.ListQuarantinedOrdersRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListQuarantinedOrdersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets an order out of quarantine and tries it again. Answers the order as it is afterwards; a replay of the
     * request_id has no second effect and answers the order as it is now. The release is in the audit trail before it
     * happens.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND) and FAILED_PRECONDITION (ORDER_NOT_QUARANTINED).
     * </pre>
     */
    public io.cnop.order.v1.Order releaseOrder(io.cnop.order.v1.ReleaseOrderRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseOrderMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service OrderAdminService.
   * <pre>
   * The quarantine: orders with a step that failed again and again for a reason that time does not heal. Such an order
   * stays PENDING and is not tried any more until an admin lets it out, so that it holds up no other.
   * </pre>
   */
  public static final class OrderAdminServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<OrderAdminServiceFutureStub> {
    private OrderAdminServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrderAdminServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrderAdminServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The orders in quarantine, those that changed last first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.order.v1.ListQuarantinedOrdersResponse> listQuarantinedOrders(
        io.cnop.order.v1.ListQuarantinedOrdersRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListQuarantinedOrdersMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets an order out of quarantine and tries it again. Answers the order as it is afterwards; a replay of the
     * request_id has no second effect and answers the order as it is now. The release is in the audit trail before it
     * happens.
     * Fails with NOT_FOUND (ORDER_NOT_FOUND) and FAILED_PRECONDITION (ORDER_NOT_QUARANTINED).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.order.v1.Order> releaseOrder(
        io.cnop.order.v1.ReleaseOrderRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseOrderMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_QUARANTINED_ORDERS = 0;
  private static final int METHODID_RELEASE_ORDER = 1;

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
        case METHODID_LIST_QUARANTINED_ORDERS:
          serviceImpl.listQuarantinedOrders((io.cnop.order.v1.ListQuarantinedOrdersRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.order.v1.ListQuarantinedOrdersResponse>) responseObserver);
          break;
        case METHODID_RELEASE_ORDER:
          serviceImpl.releaseOrder((io.cnop.order.v1.ReleaseOrderRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.order.v1.Order>) responseObserver);
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
          getListQuarantinedOrdersMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.order.v1.ListQuarantinedOrdersRequest,
              io.cnop.order.v1.ListQuarantinedOrdersResponse>(
                service, METHODID_LIST_QUARANTINED_ORDERS)))
        .addMethod(
          getReleaseOrderMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.order.v1.ReleaseOrderRequest,
              io.cnop.order.v1.Order>(
                service, METHODID_RELEASE_ORDER)))
        .build();
  }

  private static abstract class OrderAdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    OrderAdminServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.order.v1.OrderAdminServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("OrderAdminService");
    }
  }

  private static final class OrderAdminServiceFileDescriptorSupplier
      extends OrderAdminServiceBaseDescriptorSupplier {
    OrderAdminServiceFileDescriptorSupplier() {}
  }

  private static final class OrderAdminServiceMethodDescriptorSupplier
      extends OrderAdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    OrderAdminServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (OrderAdminServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new OrderAdminServiceFileDescriptorSupplier())
              .addMethod(getListQuarantinedOrdersMethod())
              .addMethod(getReleaseOrderMethod())
              .build();
        }
      }
    }
    return result;
  }
}
