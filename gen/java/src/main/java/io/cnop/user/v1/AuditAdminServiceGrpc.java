package io.cnop.user.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The audit trail of everybody. It can be read; nothing can change it.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AuditAdminServiceGrpc {

  private AuditAdminServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.user.v1.AuditAdminService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.ListAuditEventsRequest,
      io.cnop.user.v1.ListAuditEventsResponse> getListAuditEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAuditEvents",
      requestType = io.cnop.user.v1.ListAuditEventsRequest.class,
      responseType = io.cnop.user.v1.ListAuditEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.ListAuditEventsRequest,
      io.cnop.user.v1.ListAuditEventsResponse> getListAuditEventsMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.ListAuditEventsRequest, io.cnop.user.v1.ListAuditEventsResponse> getListAuditEventsMethod;
    if ((getListAuditEventsMethod = AuditAdminServiceGrpc.getListAuditEventsMethod) == null) {
      synchronized (AuditAdminServiceGrpc.class) {
        if ((getListAuditEventsMethod = AuditAdminServiceGrpc.getListAuditEventsMethod) == null) {
          AuditAdminServiceGrpc.getListAuditEventsMethod = getListAuditEventsMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.ListAuditEventsRequest, io.cnop.user.v1.ListAuditEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAuditEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListAuditEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListAuditEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuditAdminServiceMethodDescriptorSupplier("ListAuditEvents"))
              .build();
        }
      }
    }
    return getListAuditEventsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AuditAdminServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditAdminServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditAdminServiceStub>() {
        @java.lang.Override
        public AuditAdminServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditAdminServiceStub(channel, callOptions);
        }
      };
    return AuditAdminServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AuditAdminServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditAdminServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditAdminServiceBlockingV2Stub>() {
        @java.lang.Override
        public AuditAdminServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditAdminServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AuditAdminServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AuditAdminServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditAdminServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditAdminServiceBlockingStub>() {
        @java.lang.Override
        public AuditAdminServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditAdminServiceBlockingStub(channel, callOptions);
        }
      };
    return AuditAdminServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AuditAdminServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditAdminServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditAdminServiceFutureStub>() {
        @java.lang.Override
        public AuditAdminServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditAdminServiceFutureStub(channel, callOptions);
        }
      };
    return AuditAdminServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The audit trail of everybody. It can be read; nothing can change it.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The events of all users, or of one, newest first. With an actor, a page may be short, or empty, and still not be the
     * last: go on while there is a next_page_token.
     * </pre>
     */
    default void listAuditEvents(io.cnop.user.v1.ListAuditEventsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListAuditEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAuditEventsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AuditAdminService.
   * <pre>
   * The audit trail of everybody. It can be read; nothing can change it.
   * </pre>
   */
  public static abstract class AuditAdminServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AuditAdminServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AuditAdminService.
   * <pre>
   * The audit trail of everybody. It can be read; nothing can change it.
   * </pre>
   */
  public static final class AuditAdminServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AuditAdminServiceStub> {
    private AuditAdminServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditAdminServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditAdminServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The events of all users, or of one, newest first. With an actor, a page may be short, or empty, and still not be the
     * last: go on while there is a next_page_token.
     * </pre>
     */
    public void listAuditEvents(io.cnop.user.v1.ListAuditEventsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListAuditEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAuditEventsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AuditAdminService.
   * <pre>
   * The audit trail of everybody. It can be read; nothing can change it.
   * </pre>
   */
  public static final class AuditAdminServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AuditAdminServiceBlockingV2Stub> {
    private AuditAdminServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditAdminServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditAdminServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The events of all users, or of one, newest first. With an actor, a page may be short, or empty, and still not be the
     * last: go on while there is a next_page_token.
     * </pre>
     */
    public io.cnop.user.v1.ListAuditEventsResponse listAuditEvents(io.cnop.user.v1.ListAuditEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAuditEventsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AuditAdminService.
   * <pre>
   * The audit trail of everybody. It can be read; nothing can change it.
   * </pre>
   */
  public static final class AuditAdminServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AuditAdminServiceBlockingStub> {
    private AuditAdminServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditAdminServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditAdminServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The events of all users, or of one, newest first. With an actor, a page may be short, or empty, and still not be the
     * last: go on while there is a next_page_token.
     * </pre>
     */
    public io.cnop.user.v1.ListAuditEventsResponse listAuditEvents(io.cnop.user.v1.ListAuditEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAuditEventsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AuditAdminService.
   * <pre>
   * The audit trail of everybody. It can be read; nothing can change it.
   * </pre>
   */
  public static final class AuditAdminServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AuditAdminServiceFutureStub> {
    private AuditAdminServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditAdminServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditAdminServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The events of all users, or of one, newest first. With an actor, a page may be short, or empty, and still not be the
     * last: go on while there is a next_page_token.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.ListAuditEventsResponse> listAuditEvents(
        io.cnop.user.v1.ListAuditEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAuditEventsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_AUDIT_EVENTS = 0;

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
        case METHODID_LIST_AUDIT_EVENTS:
          serviceImpl.listAuditEvents((io.cnop.user.v1.ListAuditEventsRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.ListAuditEventsResponse>) responseObserver);
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
          getListAuditEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.ListAuditEventsRequest,
              io.cnop.user.v1.ListAuditEventsResponse>(
                service, METHODID_LIST_AUDIT_EVENTS)))
        .build();
  }

  private static abstract class AuditAdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AuditAdminServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.user.v1.AuditAdminServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AuditAdminService");
    }
  }

  private static final class AuditAdminServiceFileDescriptorSupplier
      extends AuditAdminServiceBaseDescriptorSupplier {
    AuditAdminServiceFileDescriptorSupplier() {}
  }

  private static final class AuditAdminServiceMethodDescriptorSupplier
      extends AuditAdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AuditAdminServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AuditAdminServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AuditAdminServiceFileDescriptorSupplier())
              .addMethod(getListAuditEventsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
