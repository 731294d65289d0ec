package io.cnop.inventory.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The catalogue of assets: list, search, detail, prices. Anybody may read it.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class InventoryServiceGrpc {

  private InventoryServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.inventory.v1.InventoryService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.ListAssetsRequest,
      io.cnop.inventory.v1.ListAssetsResponse> getListAssetsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAssets",
      requestType = io.cnop.inventory.v1.ListAssetsRequest.class,
      responseType = io.cnop.inventory.v1.ListAssetsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.ListAssetsRequest,
      io.cnop.inventory.v1.ListAssetsResponse> getListAssetsMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.ListAssetsRequest, io.cnop.inventory.v1.ListAssetsResponse> getListAssetsMethod;
    if ((getListAssetsMethod = InventoryServiceGrpc.getListAssetsMethod) == null) {
      synchronized (InventoryServiceGrpc.class) {
        if ((getListAssetsMethod = InventoryServiceGrpc.getListAssetsMethod) == null) {
          InventoryServiceGrpc.getListAssetsMethod = getListAssetsMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.ListAssetsRequest, io.cnop.inventory.v1.ListAssetsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAssets"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.ListAssetsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.ListAssetsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InventoryServiceMethodDescriptorSupplier("ListAssets"))
              .build();
        }
      }
    }
    return getListAssetsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.GetAssetRequest,
      io.cnop.inventory.v1.Asset> getGetAssetMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAsset",
      requestType = io.cnop.inventory.v1.GetAssetRequest.class,
      responseType = io.cnop.inventory.v1.Asset.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.GetAssetRequest,
      io.cnop.inventory.v1.Asset> getGetAssetMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.GetAssetRequest, io.cnop.inventory.v1.Asset> getGetAssetMethod;
    if ((getGetAssetMethod = InventoryServiceGrpc.getGetAssetMethod) == null) {
      synchronized (InventoryServiceGrpc.class) {
        if ((getGetAssetMethod = InventoryServiceGrpc.getGetAssetMethod) == null) {
          InventoryServiceGrpc.getGetAssetMethod = getGetAssetMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.GetAssetRequest, io.cnop.inventory.v1.Asset>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAsset"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.GetAssetRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.Asset.getDefaultInstance()))
              .setSchemaDescriptor(new InventoryServiceMethodDescriptorSupplier("GetAsset"))
              .build();
        }
      }
    }
    return getGetAssetMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.ListPricesRequest,
      io.cnop.inventory.v1.ListPricesResponse> getListPricesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListPrices",
      requestType = io.cnop.inventory.v1.ListPricesRequest.class,
      responseType = io.cnop.inventory.v1.ListPricesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.ListPricesRequest,
      io.cnop.inventory.v1.ListPricesResponse> getListPricesMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.ListPricesRequest, io.cnop.inventory.v1.ListPricesResponse> getListPricesMethod;
    if ((getListPricesMethod = InventoryServiceGrpc.getListPricesMethod) == null) {
      synchronized (InventoryServiceGrpc.class) {
        if ((getListPricesMethod = InventoryServiceGrpc.getListPricesMethod) == null) {
          InventoryServiceGrpc.getListPricesMethod = getListPricesMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.ListPricesRequest, io.cnop.inventory.v1.ListPricesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListPrices"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.ListPricesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.ListPricesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InventoryServiceMethodDescriptorSupplier("ListPrices"))
              .build();
        }
      }
    }
    return getListPricesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static InventoryServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<InventoryServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<InventoryServiceStub>() {
        @java.lang.Override
        public InventoryServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new InventoryServiceStub(channel, callOptions);
        }
      };
    return InventoryServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static InventoryServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<InventoryServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<InventoryServiceBlockingV2Stub>() {
        @java.lang.Override
        public InventoryServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new InventoryServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return InventoryServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static InventoryServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<InventoryServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<InventoryServiceBlockingStub>() {
        @java.lang.Override
        public InventoryServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new InventoryServiceBlockingStub(channel, callOptions);
        }
      };
    return InventoryServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static InventoryServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<InventoryServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<InventoryServiceFutureStub>() {
        @java.lang.Override
        public InventoryServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new InventoryServiceFutureStub(channel, callOptions);
        }
      };
    return InventoryServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The catalogue of assets: list, search, detail, prices. Anybody may read it.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The assets that can be traded.
     * </pre>
     */
    default void listAssets(io.cnop.inventory.v1.ListAssetsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ListAssetsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAssetsMethod(), responseObserver);
    }

    /**
     * <pre>
     * One asset, with the quantity that is available at this moment.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    default void getAsset(io.cnop.inventory.v1.GetAssetRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAssetMethod(), responseObserver);
    }

    /**
     * <pre>
     * The history of an asset's price, newest first.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    default void listPrices(io.cnop.inventory.v1.ListPricesRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ListPricesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListPricesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service InventoryService.
   * <pre>
   * The catalogue of assets: list, search, detail, prices. Anybody may read it.
   * </pre>
   */
  public static abstract class InventoryServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return InventoryServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service InventoryService.
   * <pre>
   * The catalogue of assets: list, search, detail, prices. Anybody may read it.
   * </pre>
   */
  public static final class InventoryServiceStub
      extends io.grpc.stub.AbstractAsyncStub<InventoryServiceStub> {
    private InventoryServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected InventoryServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new InventoryServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The assets that can be traded.
     * </pre>
     */
    public void listAssets(io.cnop.inventory.v1.ListAssetsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ListAssetsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAssetsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * One asset, with the quantity that is available at this moment.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public void getAsset(io.cnop.inventory.v1.GetAssetRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAssetMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The history of an asset's price, newest first.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public void listPrices(io.cnop.inventory.v1.ListPricesRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ListPricesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListPricesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service InventoryService.
   * <pre>
   * The catalogue of assets: list, search, detail, prices. Anybody may read it.
   * </pre>
   */
  public static final class InventoryServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<InventoryServiceBlockingV2Stub> {
    private InventoryServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected InventoryServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new InventoryServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The assets that can be traded.
     * </pre>
     */
    public io.cnop.inventory.v1.ListAssetsResponse listAssets(io.cnop.inventory.v1.ListAssetsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAssetsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One asset, with the quantity that is available at this moment.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset getAsset(io.cnop.inventory.v1.GetAssetRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAssetMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The history of an asset's price, newest first.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.ListPricesResponse listPrices(io.cnop.inventory.v1.ListPricesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListPricesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service InventoryService.
   * <pre>
   * The catalogue of assets: list, search, detail, prices. Anybody may read it.
   * </pre>
   */
  public static final class InventoryServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<InventoryServiceBlockingStub> {
    private InventoryServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected InventoryServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new InventoryServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The assets that can be traded.
     * </pre>
     */
    public io.cnop.inventory.v1.ListAssetsResponse listAssets(io.cnop.inventory.v1.ListAssetsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAssetsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One asset, with the quantity that is available at this moment.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset getAsset(io.cnop.inventory.v1.GetAssetRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAssetMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The history of an asset's price, newest first.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.ListPricesResponse listPrices(io.cnop.inventory.v1.ListPricesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListPricesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service InventoryService.
   * <pre>
   * The catalogue of assets: list, search, detail, prices. Anybody may read it.
   * </pre>
   */
  public static final class InventoryServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<InventoryServiceFutureStub> {
    private InventoryServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected InventoryServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new InventoryServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The assets that can be traded.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.ListAssetsResponse> listAssets(
        io.cnop.inventory.v1.ListAssetsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAssetsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * One asset, with the quantity that is available at this moment.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.Asset> getAsset(
        io.cnop.inventory.v1.GetAssetRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAssetMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The history of an asset's price, newest first.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.ListPricesResponse> listPrices(
        io.cnop.inventory.v1.ListPricesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListPricesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_ASSETS = 0;
  private static final int METHODID_GET_ASSET = 1;
  private static final int METHODID_LIST_PRICES = 2;

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
        case METHODID_LIST_ASSETS:
          serviceImpl.listAssets((io.cnop.inventory.v1.ListAssetsRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ListAssetsResponse>) responseObserver);
          break;
        case METHODID_GET_ASSET:
          serviceImpl.getAsset((io.cnop.inventory.v1.GetAssetRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset>) responseObserver);
          break;
        case METHODID_LIST_PRICES:
          serviceImpl.listPrices((io.cnop.inventory.v1.ListPricesRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.ListPricesResponse>) responseObserver);
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
          getListAssetsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.ListAssetsRequest,
              io.cnop.inventory.v1.ListAssetsResponse>(
                service, METHODID_LIST_ASSETS)))
        .addMethod(
          getGetAssetMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.GetAssetRequest,
              io.cnop.inventory.v1.Asset>(
                service, METHODID_GET_ASSET)))
        .addMethod(
          getListPricesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.ListPricesRequest,
              io.cnop.inventory.v1.ListPricesResponse>(
                service, METHODID_LIST_PRICES)))
        .build();
  }

  private static abstract class InventoryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    InventoryServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.inventory.v1.InventoryServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("InventoryService");
    }
  }

  private static final class InventoryServiceFileDescriptorSupplier
      extends InventoryServiceBaseDescriptorSupplier {
    InventoryServiceFileDescriptorSupplier() {}
  }

  private static final class InventoryServiceMethodDescriptorSupplier
      extends InventoryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    InventoryServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (InventoryServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new InventoryServiceFileDescriptorSupplier())
              .addMethod(getListAssetsMethod())
              .addMethod(getGetAssetMethod())
              .addMethod(getListPricesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
