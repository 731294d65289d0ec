package io.envoy.service.ratelimit.v3;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Tells whether a request may pass.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class RateLimitServiceGrpc {

  private RateLimitServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "envoy.service.ratelimit.v3.RateLimitService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.envoy.service.ratelimit.v3.RateLimitRequest,
      io.envoy.service.ratelimit.v3.RateLimitResponse> getShouldRateLimitMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ShouldRateLimit",
      requestType = io.envoy.service.ratelimit.v3.RateLimitRequest.class,
      responseType = io.envoy.service.ratelimit.v3.RateLimitResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.envoy.service.ratelimit.v3.RateLimitRequest,
      io.envoy.service.ratelimit.v3.RateLimitResponse> getShouldRateLimitMethod() {
    io.grpc.MethodDescriptor<io.envoy.service.ratelimit.v3.RateLimitRequest, io.envoy.service.ratelimit.v3.RateLimitResponse> getShouldRateLimitMethod;
    if ((getShouldRateLimitMethod = RateLimitServiceGrpc.getShouldRateLimitMethod) == null) {
      synchronized (RateLimitServiceGrpc.class) {
        if ((getShouldRateLimitMethod = RateLimitServiceGrpc.getShouldRateLimitMethod) == null) {
          RateLimitServiceGrpc.getShouldRateLimitMethod = getShouldRateLimitMethod =
              io.grpc.MethodDescriptor.<io.envoy.service.ratelimit.v3.RateLimitRequest, io.envoy.service.ratelimit.v3.RateLimitResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ShouldRateLimit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.envoy.service.ratelimit.v3.RateLimitRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.envoy.service.ratelimit.v3.RateLimitResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RateLimitServiceMethodDescriptorSupplier("ShouldRateLimit"))
              .build();
        }
      }
    }
    return getShouldRateLimitMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static RateLimitServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceStub>() {
        @java.lang.Override
        public RateLimitServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RateLimitServiceStub(channel, callOptions);
        }
      };
    return RateLimitServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static RateLimitServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceBlockingV2Stub>() {
        @java.lang.Override
        public RateLimitServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RateLimitServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return RateLimitServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static RateLimitServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceBlockingStub>() {
        @java.lang.Override
        public RateLimitServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RateLimitServiceBlockingStub(channel, callOptions);
        }
      };
    return RateLimitServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static RateLimitServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RateLimitServiceFutureStub>() {
        @java.lang.Override
        public RateLimitServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RateLimitServiceFutureStub(channel, callOptions);
        }
      };
    return RateLimitServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Tells whether a request may pass.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Counts a request against the limits that its descriptors fall under. Fails with UNAVAILABLE when the counters
     * cannot be reached; the edge then decides by buckets of its own.
     * </pre>
     */
    default void shouldRateLimit(io.envoy.service.ratelimit.v3.RateLimitRequest request,
        io.grpc.stub.StreamObserver<io.envoy.service.ratelimit.v3.RateLimitResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getShouldRateLimitMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service RateLimitService.
   * <pre>
   * Tells whether a request may pass.
   * </pre>
   */
  public static abstract class RateLimitServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return RateLimitServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service RateLimitService.
   * <pre>
   * Tells whether a request may pass.
   * </pre>
   */
  public static final class RateLimitServiceStub
      extends io.grpc.stub.AbstractAsyncStub<RateLimitServiceStub> {
    private RateLimitServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RateLimitServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RateLimitServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Counts a request against the limits that its descriptors fall under. Fails with UNAVAILABLE when the counters
     * cannot be reached; the edge then decides by buckets of its own.
     * </pre>
     */
    public void shouldRateLimit(io.envoy.service.ratelimit.v3.RateLimitRequest request,
        io.grpc.stub.StreamObserver<io.envoy.service.ratelimit.v3.RateLimitResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getShouldRateLimitMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service RateLimitService.
   * <pre>
   * Tells whether a request may pass.
   * </pre>
   */
  public static final class RateLimitServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<RateLimitServiceBlockingV2Stub> {
    private RateLimitServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RateLimitServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RateLimitServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Counts a request against the limits that its descriptors fall under. Fails with UNAVAILABLE when the counters
     * cannot be reached; the edge then decides by buckets of its own.
     * </pre>
     */
    public io.envoy.service.ratelimit.v3.RateLimitResponse shouldRateLimit(io.envoy.service.ratelimit.v3.RateLimitRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getShouldRateLimitMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service RateLimitService.
   * <pre>
   * Tells whether a request may pass.
   * </pre>
   */
  public static final class RateLimitServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<RateLimitServiceBlockingStub> {
    private RateLimitServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RateLimitServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RateLimitServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Counts a request against the limits that its descriptors fall under. Fails with UNAVAILABLE when the counters
     * cannot be reached; the edge then decides by buckets of its own.
     * </pre>
     */
    public io.envoy.service.ratelimit.v3.RateLimitResponse shouldRateLimit(io.envoy.service.ratelimit.v3.RateLimitRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getShouldRateLimitMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service RateLimitService.
   * <pre>
   * Tells whether a request may pass.
   * </pre>
   */
  public static final class RateLimitServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<RateLimitServiceFutureStub> {
    private RateLimitServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RateLimitServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RateLimitServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Counts a request against the limits that its descriptors fall under. Fails with UNAVAILABLE when the counters
     * cannot be reached; the edge then decides by buckets of its own.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.envoy.service.ratelimit.v3.RateLimitResponse> shouldRateLimit(
        io.envoy.service.ratelimit.v3.RateLimitRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getShouldRateLimitMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SHOULD_RATE_LIMIT = 0;

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
        case METHODID_SHOULD_RATE_LIMIT:
          serviceImpl.shouldRateLimit((io.envoy.service.ratelimit.v3.RateLimitRequest) request,
              (io.grpc.stub.StreamObserver<io.envoy.service.ratelimit.v3.RateLimitResponse>) responseObserver);
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
          getShouldRateLimitMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.envoy.service.ratelimit.v3.RateLimitRequest,
              io.envoy.service.ratelimit.v3.RateLimitResponse>(
                service, METHODID_SHOULD_RATE_LIMIT)))
        .build();
  }

  private static abstract class RateLimitServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    RateLimitServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.envoy.service.ratelimit.v3.RlsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("RateLimitService");
    }
  }

  private static final class RateLimitServiceFileDescriptorSupplier
      extends RateLimitServiceBaseDescriptorSupplier {
    RateLimitServiceFileDescriptorSupplier() {}
  }

  private static final class RateLimitServiceMethodDescriptorSupplier
      extends RateLimitServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    RateLimitServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (RateLimitServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new RateLimitServiceFileDescriptorSupplier())
              .addMethod(getShouldRateLimitMethod())
              .build();
        }
      }
    }
    return result;
  }
}
