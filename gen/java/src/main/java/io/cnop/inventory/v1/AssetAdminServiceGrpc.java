package io.cnop.inventory.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Changes the catalogue and the house's stock. Each change is in the audit trail before it is made (UNAVAILABLE when the
 * trail cannot be written: nothing is changed then), and has its effect once: a replay of a request_id has no second
 * one and answers the asset as it is now. Lists and quotes show a change within a second.
 * Every method but CreateAsset fails with NOT_FOUND (ASSET_NOT_FOUND), and every one with ALREADY_EXISTS
 * (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AssetAdminServiceGrpc {

  private AssetAdminServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.inventory.v1.AssetAdminService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.CreateAssetRequest,
      io.cnop.inventory.v1.Asset> getCreateAssetMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateAsset",
      requestType = io.cnop.inventory.v1.CreateAssetRequest.class,
      responseType = io.cnop.inventory.v1.Asset.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.CreateAssetRequest,
      io.cnop.inventory.v1.Asset> getCreateAssetMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.CreateAssetRequest, io.cnop.inventory.v1.Asset> getCreateAssetMethod;
    if ((getCreateAssetMethod = AssetAdminServiceGrpc.getCreateAssetMethod) == null) {
      synchronized (AssetAdminServiceGrpc.class) {
        if ((getCreateAssetMethod = AssetAdminServiceGrpc.getCreateAssetMethod) == null) {
          AssetAdminServiceGrpc.getCreateAssetMethod = getCreateAssetMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.CreateAssetRequest, io.cnop.inventory.v1.Asset>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateAsset"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.CreateAssetRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.Asset.getDefaultInstance()))
              .setSchemaDescriptor(new AssetAdminServiceMethodDescriptorSupplier("CreateAsset"))
              .build();
        }
      }
    }
    return getCreateAssetMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.UpdateAssetRequest,
      io.cnop.inventory.v1.Asset> getUpdateAssetMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateAsset",
      requestType = io.cnop.inventory.v1.UpdateAssetRequest.class,
      responseType = io.cnop.inventory.v1.Asset.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.UpdateAssetRequest,
      io.cnop.inventory.v1.Asset> getUpdateAssetMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.UpdateAssetRequest, io.cnop.inventory.v1.Asset> getUpdateAssetMethod;
    if ((getUpdateAssetMethod = AssetAdminServiceGrpc.getUpdateAssetMethod) == null) {
      synchronized (AssetAdminServiceGrpc.class) {
        if ((getUpdateAssetMethod = AssetAdminServiceGrpc.getUpdateAssetMethod) == null) {
          AssetAdminServiceGrpc.getUpdateAssetMethod = getUpdateAssetMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.UpdateAssetRequest, io.cnop.inventory.v1.Asset>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateAsset"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.UpdateAssetRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.Asset.getDefaultInstance()))
              .setSchemaDescriptor(new AssetAdminServiceMethodDescriptorSupplier("UpdateAsset"))
              .build();
        }
      }
    }
    return getUpdateAssetMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.SetAssetActiveRequest,
      io.cnop.inventory.v1.Asset> getSetAssetActiveMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetAssetActive",
      requestType = io.cnop.inventory.v1.SetAssetActiveRequest.class,
      responseType = io.cnop.inventory.v1.Asset.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.SetAssetActiveRequest,
      io.cnop.inventory.v1.Asset> getSetAssetActiveMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.SetAssetActiveRequest, io.cnop.inventory.v1.Asset> getSetAssetActiveMethod;
    if ((getSetAssetActiveMethod = AssetAdminServiceGrpc.getSetAssetActiveMethod) == null) {
      synchronized (AssetAdminServiceGrpc.class) {
        if ((getSetAssetActiveMethod = AssetAdminServiceGrpc.getSetAssetActiveMethod) == null) {
          AssetAdminServiceGrpc.getSetAssetActiveMethod = getSetAssetActiveMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.SetAssetActiveRequest, io.cnop.inventory.v1.Asset>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetAssetActive"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.SetAssetActiveRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.Asset.getDefaultInstance()))
              .setSchemaDescriptor(new AssetAdminServiceMethodDescriptorSupplier("SetAssetActive"))
              .build();
        }
      }
    }
    return getSetAssetActiveMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.SetPriceRequest,
      io.cnop.inventory.v1.Asset> getSetPriceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetPrice",
      requestType = io.cnop.inventory.v1.SetPriceRequest.class,
      responseType = io.cnop.inventory.v1.Asset.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.SetPriceRequest,
      io.cnop.inventory.v1.Asset> getSetPriceMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.SetPriceRequest, io.cnop.inventory.v1.Asset> getSetPriceMethod;
    if ((getSetPriceMethod = AssetAdminServiceGrpc.getSetPriceMethod) == null) {
      synchronized (AssetAdminServiceGrpc.class) {
        if ((getSetPriceMethod = AssetAdminServiceGrpc.getSetPriceMethod) == null) {
          AssetAdminServiceGrpc.getSetPriceMethod = getSetPriceMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.SetPriceRequest, io.cnop.inventory.v1.Asset>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetPrice"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.SetPriceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.Asset.getDefaultInstance()))
              .setSchemaDescriptor(new AssetAdminServiceMethodDescriptorSupplier("SetPrice"))
              .build();
        }
      }
    }
    return getSetPriceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.inventory.v1.RestockRequest,
      io.cnop.inventory.v1.Asset> getRestockMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Restock",
      requestType = io.cnop.inventory.v1.RestockRequest.class,
      responseType = io.cnop.inventory.v1.Asset.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.inventory.v1.RestockRequest,
      io.cnop.inventory.v1.Asset> getRestockMethod() {
    io.grpc.MethodDescriptor<io.cnop.inventory.v1.RestockRequest, io.cnop.inventory.v1.Asset> getRestockMethod;
    if ((getRestockMethod = AssetAdminServiceGrpc.getRestockMethod) == null) {
      synchronized (AssetAdminServiceGrpc.class) {
        if ((getRestockMethod = AssetAdminServiceGrpc.getRestockMethod) == null) {
          AssetAdminServiceGrpc.getRestockMethod = getRestockMethod =
              io.grpc.MethodDescriptor.<io.cnop.inventory.v1.RestockRequest, io.cnop.inventory.v1.Asset>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Restock"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.RestockRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.inventory.v1.Asset.getDefaultInstance()))
              .setSchemaDescriptor(new AssetAdminServiceMethodDescriptorSupplier("Restock"))
              .build();
        }
      }
    }
    return getRestockMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AssetAdminServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AssetAdminServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AssetAdminServiceStub>() {
        @java.lang.Override
        public AssetAdminServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AssetAdminServiceStub(channel, callOptions);
        }
      };
    return AssetAdminServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AssetAdminServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AssetAdminServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AssetAdminServiceBlockingV2Stub>() {
        @java.lang.Override
        public AssetAdminServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AssetAdminServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AssetAdminServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AssetAdminServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AssetAdminServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AssetAdminServiceBlockingStub>() {
        @java.lang.Override
        public AssetAdminServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AssetAdminServiceBlockingStub(channel, callOptions);
        }
      };
    return AssetAdminServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AssetAdminServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AssetAdminServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AssetAdminServiceFutureStub>() {
        @java.lang.Override
        public AssetAdminServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AssetAdminServiceFutureStub(channel, callOptions);
        }
      };
    return AssetAdminServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Changes the catalogue and the house's stock. Each change is in the audit trail before it is made (UNAVAILABLE when the
   * trail cannot be written: nothing is changed then), and has its effect once: a replay of a request_id has no second
   * one and answers the asset as it is now. Lists and quotes show a change within a second.
   * Every method but CreateAsset fails with NOT_FOUND (ASSET_NOT_FOUND), and every one with ALREADY_EXISTS
   * (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Adds an asset to the catalogue. It has no stock and is not active: restock it, then activate it.
     * Fails with ALREADY_EXISTS (ASSET_EXISTS).
     * </pre>
     */
    default void createAsset(io.cnop.inventory.v1.CreateAssetRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateAssetMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the request holds and leaves the others.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    default void updateAsset(io.cnop.inventory.v1.UpdateAssetRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateAssetMethod(), responseObserver);
    }

    /**
     * <pre>
     * Opens an asset for trade or closes it. A closed asset refuses new orders with ASSET_INACTIVE; orders that are under
     * way are filled.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    default void setAssetActive(io.cnop.inventory.v1.SetAssetActiveRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetAssetActiveMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sets the price and adds it to the history.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    default void setPrice(io.cnop.inventory.v1.SetPriceRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetPriceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Adds a quantity to the house's stock.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    default void restock(io.cnop.inventory.v1.RestockRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRestockMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AssetAdminService.
   * <pre>
   * Changes the catalogue and the house's stock. Each change is in the audit trail before it is made (UNAVAILABLE when the
   * trail cannot be written: nothing is changed then), and has its effect once: a replay of a request_id has no second
   * one and answers the asset as it is now. Lists and quotes show a change within a second.
   * Every method but CreateAsset fails with NOT_FOUND (ASSET_NOT_FOUND), and every one with ALREADY_EXISTS
   * (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
   * </pre>
   */
  public static abstract class AssetAdminServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AssetAdminServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AssetAdminService.
   * <pre>
   * Changes the catalogue and the house's stock. Each change is in the audit trail before it is made (UNAVAILABLE when the
   * trail cannot be written: nothing is changed then), and has its effect once: a replay of a request_id has no second
   * one and answers the asset as it is now. Lists and quotes show a change within a second.
   * Every method but CreateAsset fails with NOT_FOUND (ASSET_NOT_FOUND), and every one with ALREADY_EXISTS
   * (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
   * </pre>
   */
  public static final class AssetAdminServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AssetAdminServiceStub> {
    private AssetAdminServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AssetAdminServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AssetAdminServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds an asset to the catalogue. It has no stock and is not active: restock it, then activate it.
     * Fails with ALREADY_EXISTS (ASSET_EXISTS).
     * </pre>
     */
    public void createAsset(io.cnop.inventory.v1.CreateAssetRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateAssetMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the fields that the request holds and leaves the others.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public void updateAsset(io.cnop.inventory.v1.UpdateAssetRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateAssetMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Opens an asset for trade or closes it. A closed asset refuses new orders with ASSET_INACTIVE; orders that are under
     * way are filled.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public void setAssetActive(io.cnop.inventory.v1.SetAssetActiveRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetAssetActiveMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sets the price and adds it to the history.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public void setPrice(io.cnop.inventory.v1.SetPriceRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetPriceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Adds a quantity to the house's stock.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public void restock(io.cnop.inventory.v1.RestockRequest request,
        io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRestockMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AssetAdminService.
   * <pre>
   * Changes the catalogue and the house's stock. Each change is in the audit trail before it is made (UNAVAILABLE when the
   * trail cannot be written: nothing is changed then), and has its effect once: a replay of a request_id has no second
   * one and answers the asset as it is now. Lists and quotes show a change within a second.
   * Every method but CreateAsset fails with NOT_FOUND (ASSET_NOT_FOUND), and every one with ALREADY_EXISTS
   * (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
   * </pre>
   */
  public static final class AssetAdminServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AssetAdminServiceBlockingV2Stub> {
    private AssetAdminServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AssetAdminServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AssetAdminServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds an asset to the catalogue. It has no stock and is not active: restock it, then activate it.
     * Fails with ALREADY_EXISTS (ASSET_EXISTS).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset createAsset(io.cnop.inventory.v1.CreateAssetRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateAssetMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields that the request holds and leaves the others.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset updateAsset(io.cnop.inventory.v1.UpdateAssetRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateAssetMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Opens an asset for trade or closes it. A closed asset refuses new orders with ASSET_INACTIVE; orders that are under
     * way are filled.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset setAssetActive(io.cnop.inventory.v1.SetAssetActiveRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetAssetActiveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets the price and adds it to the history.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset setPrice(io.cnop.inventory.v1.SetPriceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetPriceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds a quantity to the house's stock.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset restock(io.cnop.inventory.v1.RestockRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRestockMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AssetAdminService.
   * <pre>
   * Changes the catalogue and the house's stock. Each change is in the audit trail before it is made (UNAVAILABLE when the
   * trail cannot be written: nothing is changed then), and has its effect once: a replay of a request_id has no second
   * one and answers the asset as it is now. Lists and quotes show a change within a second.
   * Every method but CreateAsset fails with NOT_FOUND (ASSET_NOT_FOUND), and every one with ALREADY_EXISTS
   * (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
   * </pre>
   */
  public static final class AssetAdminServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AssetAdminServiceBlockingStub> {
    private AssetAdminServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AssetAdminServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AssetAdminServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds an asset to the catalogue. It has no stock and is not active: restock it, then activate it.
     * Fails with ALREADY_EXISTS (ASSET_EXISTS).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset createAsset(io.cnop.inventory.v1.CreateAssetRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateAssetMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields that the request holds and leaves the others.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset updateAsset(io.cnop.inventory.v1.UpdateAssetRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateAssetMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Opens an asset for trade or closes it. A closed asset refuses new orders with ASSET_INACTIVE; orders that are under
     * way are filled.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset setAssetActive(io.cnop.inventory.v1.SetAssetActiveRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetAssetActiveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets the price and adds it to the history.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset setPrice(io.cnop.inventory.v1.SetPriceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetPriceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds a quantity to the house's stock.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public io.cnop.inventory.v1.Asset restock(io.cnop.inventory.v1.RestockRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRestockMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AssetAdminService.
   * <pre>
   * Changes the catalogue and the house's stock. Each change is in the audit trail before it is made (UNAVAILABLE when the
   * trail cannot be written: nothing is changed then), and has its effect once: a replay of a request_id has no second
   * one and answers the asset as it is now. Lists and quotes show a change within a second.
   * Every method but CreateAsset fails with NOT_FOUND (ASSET_NOT_FOUND), and every one with ALREADY_EXISTS
   * (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
   * </pre>
   */
  public static final class AssetAdminServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AssetAdminServiceFutureStub> {
    private AssetAdminServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AssetAdminServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AssetAdminServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds an asset to the catalogue. It has no stock and is not active: restock it, then activate it.
     * Fails with ALREADY_EXISTS (ASSET_EXISTS).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.Asset> createAsset(
        io.cnop.inventory.v1.CreateAssetRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateAssetMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the fields that the request holds and leaves the others.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.Asset> updateAsset(
        io.cnop.inventory.v1.UpdateAssetRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateAssetMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Opens an asset for trade or closes it. A closed asset refuses new orders with ASSET_INACTIVE; orders that are under
     * way are filled.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.Asset> setAssetActive(
        io.cnop.inventory.v1.SetAssetActiveRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetAssetActiveMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sets the price and adds it to the history.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.Asset> setPrice(
        io.cnop.inventory.v1.SetPriceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetPriceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Adds a quantity to the house's stock.
     * Fails with NOT_FOUND (ASSET_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.inventory.v1.Asset> restock(
        io.cnop.inventory.v1.RestockRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRestockMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_ASSET = 0;
  private static final int METHODID_UPDATE_ASSET = 1;
  private static final int METHODID_SET_ASSET_ACTIVE = 2;
  private static final int METHODID_SET_PRICE = 3;
  private static final int METHODID_RESTOCK = 4;

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
        case METHODID_CREATE_ASSET:
          serviceImpl.createAsset((io.cnop.inventory.v1.CreateAssetRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset>) responseObserver);
          break;
        case METHODID_UPDATE_ASSET:
          serviceImpl.updateAsset((io.cnop.inventory.v1.UpdateAssetRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset>) responseObserver);
          break;
        case METHODID_SET_ASSET_ACTIVE:
          serviceImpl.setAssetActive((io.cnop.inventory.v1.SetAssetActiveRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset>) responseObserver);
          break;
        case METHODID_SET_PRICE:
          serviceImpl.setPrice((io.cnop.inventory.v1.SetPriceRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset>) responseObserver);
          break;
        case METHODID_RESTOCK:
          serviceImpl.restock((io.cnop.inventory.v1.RestockRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.inventory.v1.Asset>) responseObserver);
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
          getCreateAssetMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.CreateAssetRequest,
              io.cnop.inventory.v1.Asset>(
                service, METHODID_CREATE_ASSET)))
        .addMethod(
          getUpdateAssetMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.UpdateAssetRequest,
              io.cnop.inventory.v1.Asset>(
                service, METHODID_UPDATE_ASSET)))
        .addMethod(
          getSetAssetActiveMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.SetAssetActiveRequest,
              io.cnop.inventory.v1.Asset>(
                service, METHODID_SET_ASSET_ACTIVE)))
        .addMethod(
          getSetPriceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.SetPriceRequest,
              io.cnop.inventory.v1.Asset>(
                service, METHODID_SET_PRICE)))
        .addMethod(
          getRestockMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.inventory.v1.RestockRequest,
              io.cnop.inventory.v1.Asset>(
                service, METHODID_RESTOCK)))
        .build();
  }

  private static abstract class AssetAdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AssetAdminServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.inventory.v1.AssetAdminServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AssetAdminService");
    }
  }

  private static final class AssetAdminServiceFileDescriptorSupplier
      extends AssetAdminServiceBaseDescriptorSupplier {
    AssetAdminServiceFileDescriptorSupplier() {}
  }

  private static final class AssetAdminServiceMethodDescriptorSupplier
      extends AssetAdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AssetAdminServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AssetAdminServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AssetAdminServiceFileDescriptorSupplier())
              .addMethod(getCreateAssetMethod())
              .addMethod(getUpdateAssetMethod())
              .addMethod(getSetAssetActiveMethod())
              .addMethod(getSetPriceMethod())
              .addMethod(getRestockMethod())
              .build();
        }
      }
    }
    return result;
  }
}
