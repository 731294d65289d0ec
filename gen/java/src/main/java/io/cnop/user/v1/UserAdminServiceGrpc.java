package io.cnop.user.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Finds users, disables and enables them. Every change is in the audit trail, written in one transaction with it, and
 * has its effect once: a replay of a request_id has no second one and answers the user as it is now. No method changes a
 * role: that takes a command of the operator.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class UserAdminServiceGrpc {

  private UserAdminServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.user.v1.UserAdminService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.ListUsersRequest,
      io.cnop.user.v1.ListUsersResponse> getListUsersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListUsers",
      requestType = io.cnop.user.v1.ListUsersRequest.class,
      responseType = io.cnop.user.v1.ListUsersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.ListUsersRequest,
      io.cnop.user.v1.ListUsersResponse> getListUsersMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.ListUsersRequest, io.cnop.user.v1.ListUsersResponse> getListUsersMethod;
    if ((getListUsersMethod = UserAdminServiceGrpc.getListUsersMethod) == null) {
      synchronized (UserAdminServiceGrpc.class) {
        if ((getListUsersMethod = UserAdminServiceGrpc.getListUsersMethod) == null) {
          UserAdminServiceGrpc.getListUsersMethod = getListUsersMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.ListUsersRequest, io.cnop.user.v1.ListUsersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListUsers"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListUsersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListUsersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UserAdminServiceMethodDescriptorSupplier("ListUsers"))
              .build();
        }
      }
    }
    return getListUsersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.GetUserRequest,
      io.cnop.user.v1.User> getGetUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetUser",
      requestType = io.cnop.user.v1.GetUserRequest.class,
      responseType = io.cnop.user.v1.User.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.GetUserRequest,
      io.cnop.user.v1.User> getGetUserMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.GetUserRequest, io.cnop.user.v1.User> getGetUserMethod;
    if ((getGetUserMethod = UserAdminServiceGrpc.getGetUserMethod) == null) {
      synchronized (UserAdminServiceGrpc.class) {
        if ((getGetUserMethod = UserAdminServiceGrpc.getGetUserMethod) == null) {
          UserAdminServiceGrpc.getGetUserMethod = getGetUserMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.GetUserRequest, io.cnop.user.v1.User>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetUser"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.GetUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.User.getDefaultInstance()))
              .setSchemaDescriptor(new UserAdminServiceMethodDescriptorSupplier("GetUser"))
              .build();
        }
      }
    }
    return getGetUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.DisableUserRequest,
      io.cnop.user.v1.User> getDisableUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DisableUser",
      requestType = io.cnop.user.v1.DisableUserRequest.class,
      responseType = io.cnop.user.v1.User.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.DisableUserRequest,
      io.cnop.user.v1.User> getDisableUserMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.DisableUserRequest, io.cnop.user.v1.User> getDisableUserMethod;
    if ((getDisableUserMethod = UserAdminServiceGrpc.getDisableUserMethod) == null) {
      synchronized (UserAdminServiceGrpc.class) {
        if ((getDisableUserMethod = UserAdminServiceGrpc.getDisableUserMethod) == null) {
          UserAdminServiceGrpc.getDisableUserMethod = getDisableUserMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.DisableUserRequest, io.cnop.user.v1.User>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DisableUser"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.DisableUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.User.getDefaultInstance()))
              .setSchemaDescriptor(new UserAdminServiceMethodDescriptorSupplier("DisableUser"))
              .build();
        }
      }
    }
    return getDisableUserMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.EnableUserRequest,
      io.cnop.user.v1.User> getEnableUserMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EnableUser",
      requestType = io.cnop.user.v1.EnableUserRequest.class,
      responseType = io.cnop.user.v1.User.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.EnableUserRequest,
      io.cnop.user.v1.User> getEnableUserMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.EnableUserRequest, io.cnop.user.v1.User> getEnableUserMethod;
    if ((getEnableUserMethod = UserAdminServiceGrpc.getEnableUserMethod) == null) {
      synchronized (UserAdminServiceGrpc.class) {
        if ((getEnableUserMethod = UserAdminServiceGrpc.getEnableUserMethod) == null) {
          UserAdminServiceGrpc.getEnableUserMethod = getEnableUserMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.EnableUserRequest, io.cnop.user.v1.User>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EnableUser"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.EnableUserRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.User.getDefaultInstance()))
              .setSchemaDescriptor(new UserAdminServiceMethodDescriptorSupplier("EnableUser"))
              .build();
        }
      }
    }
    return getEnableUserMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static UserAdminServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UserAdminServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UserAdminServiceStub>() {
        @java.lang.Override
        public UserAdminServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UserAdminServiceStub(channel, callOptions);
        }
      };
    return UserAdminServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static UserAdminServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UserAdminServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UserAdminServiceBlockingV2Stub>() {
        @java.lang.Override
        public UserAdminServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UserAdminServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return UserAdminServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static UserAdminServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UserAdminServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UserAdminServiceBlockingStub>() {
        @java.lang.Override
        public UserAdminServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UserAdminServiceBlockingStub(channel, callOptions);
        }
      };
    return UserAdminServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static UserAdminServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UserAdminServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UserAdminServiceFutureStub>() {
        @java.lang.Override
        public UserAdminServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UserAdminServiceFutureStub(channel, callOptions);
        }
      };
    return UserAdminServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Finds users, disables and enables them. Every change is in the audit trail, written in one transaction with it, and
   * has its effect once: a replay of a request_id has no second one and answers the user as it is now. No method changes a
   * role: that takes a command of the operator.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The users by their usernames, in the order of the case-folded names.
     * </pre>
     */
    default void listUsers(io.cnop.user.v1.ListUsersRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListUsersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListUsersMethod(), responseObserver);
    }

    /**
     * <pre>
     * One user.
     * Fails with NOT_FOUND (USER_NOT_FOUND).
     * </pre>
     */
    default void getUser(io.cnop.user.v1.GetUserRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.User> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Keeps a user from signing in, and ends all sessions of the user: within a second no service takes its tokens any more.
     * What the user owns stays. Of a user who is disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); FAILED_PRECONDITION (OWN_ACCOUNT): an admin cannot disable itself;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
     * </pre>
     */
    default void disableUser(io.cnop.user.v1.DisableUserRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.User> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDisableUserMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets a user sign in again. Of a user who is not disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED), as DisableUser.
     * </pre>
     */
    default void enableUser(io.cnop.user.v1.EnableUserRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.User> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEnableUserMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service UserAdminService.
   * <pre>
   * Finds users, disables and enables them. Every change is in the audit trail, written in one transaction with it, and
   * has its effect once: a replay of a request_id has no second one and answers the user as it is now. No method changes a
   * role: that takes a command of the operator.
   * </pre>
   */
  public static abstract class UserAdminServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return UserAdminServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service UserAdminService.
   * <pre>
   * Finds users, disables and enables them. Every change is in the audit trail, written in one transaction with it, and
   * has its effect once: a replay of a request_id has no second one and answers the user as it is now. No method changes a
   * role: that takes a command of the operator.
   * </pre>
   */
  public static final class UserAdminServiceStub
      extends io.grpc.stub.AbstractAsyncStub<UserAdminServiceStub> {
    private UserAdminServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UserAdminServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UserAdminServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The users by their usernames, in the order of the case-folded names.
     * </pre>
     */
    public void listUsers(io.cnop.user.v1.ListUsersRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListUsersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListUsersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * One user.
     * Fails with NOT_FOUND (USER_NOT_FOUND).
     * </pre>
     */
    public void getUser(io.cnop.user.v1.GetUserRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.User> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Keeps a user from signing in, and ends all sessions of the user: within a second no service takes its tokens any more.
     * What the user owns stays. Of a user who is disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); FAILED_PRECONDITION (OWN_ACCOUNT): an admin cannot disable itself;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
     * </pre>
     */
    public void disableUser(io.cnop.user.v1.DisableUserRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.User> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDisableUserMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets a user sign in again. Of a user who is not disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED), as DisableUser.
     * </pre>
     */
    public void enableUser(io.cnop.user.v1.EnableUserRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.User> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEnableUserMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service UserAdminService.
   * <pre>
   * Finds users, disables and enables them. Every change is in the audit trail, written in one transaction with it, and
   * has its effect once: a replay of a request_id has no second one and answers the user as it is now. No method changes a
   * role: that takes a command of the operator.
   * </pre>
   */
  public static final class UserAdminServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<UserAdminServiceBlockingV2Stub> {
    private UserAdminServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UserAdminServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UserAdminServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The users by their usernames, in the order of the case-folded names.
     * </pre>
     */
    public io.cnop.user.v1.ListUsersResponse listUsers(io.cnop.user.v1.ListUsersRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One user.
     * Fails with NOT_FOUND (USER_NOT_FOUND).
     * </pre>
     */
    public io.cnop.user.v1.User getUser(io.cnop.user.v1.GetUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps a user from signing in, and ends all sessions of the user: within a second no service takes its tokens any more.
     * What the user owns stays. Of a user who is disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); FAILED_PRECONDITION (OWN_ACCOUNT): an admin cannot disable itself;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
     * </pre>
     */
    public io.cnop.user.v1.User disableUser(io.cnop.user.v1.DisableUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDisableUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a user sign in again. Of a user who is not disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED), as DisableUser.
     * </pre>
     */
    public io.cnop.user.v1.User enableUser(io.cnop.user.v1.EnableUserRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEnableUserMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service UserAdminService.
   * <pre>
   * Finds users, disables and enables them. Every change is in the audit trail, written in one transaction with it, and
   * has its effect once: a replay of a request_id has no second one and answers the user as it is now. No method changes a
   * role: that takes a command of the operator.
   * </pre>
   */
  public static final class UserAdminServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<UserAdminServiceBlockingStub> {
    private UserAdminServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UserAdminServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UserAdminServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The users by their usernames, in the order of the case-folded names.
     * </pre>
     */
    public io.cnop.user.v1.ListUsersResponse listUsers(io.cnop.user.v1.ListUsersRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One user.
     * Fails with NOT_FOUND (USER_NOT_FOUND).
     * </pre>
     */
    public io.cnop.user.v1.User getUser(io.cnop.user.v1.GetUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps a user from signing in, and ends all sessions of the user: within a second no service takes its tokens any more.
     * What the user owns stays. Of a user who is disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); FAILED_PRECONDITION (OWN_ACCOUNT): an admin cannot disable itself;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
     * </pre>
     */
    public io.cnop.user.v1.User disableUser(io.cnop.user.v1.DisableUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDisableUserMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a user sign in again. Of a user who is not disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED), as DisableUser.
     * </pre>
     */
    public io.cnop.user.v1.User enableUser(io.cnop.user.v1.EnableUserRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEnableUserMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service UserAdminService.
   * <pre>
   * Finds users, disables and enables them. Every change is in the audit trail, written in one transaction with it, and
   * has its effect once: a replay of a request_id has no second one and answers the user as it is now. No method changes a
   * role: that takes a command of the operator.
   * </pre>
   */
  public static final class UserAdminServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<UserAdminServiceFutureStub> {
    private UserAdminServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UserAdminServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UserAdminServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The users by their usernames, in the order of the case-folded names.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.ListUsersResponse> listUsers(
        io.cnop.user.v1.ListUsersRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListUsersMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * One user.
     * Fails with NOT_FOUND (USER_NOT_FOUND).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.User> getUser(
        io.cnop.user.v1.GetUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Keeps a user from signing in, and ends all sessions of the user: within a second no service takes its tokens any more.
     * What the user owns stays. Of a user who is disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); FAILED_PRECONDITION (OWN_ACCOUNT): an admin cannot disable itself;
     * ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) when the same admin used the request_id for another change.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.User> disableUser(
        io.cnop.user.v1.DisableUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDisableUserMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets a user sign in again. Of a user who is not disabled, this changes nothing.
     * Fails with NOT_FOUND (USER_NOT_FOUND); ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED), as DisableUser.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.User> enableUser(
        io.cnop.user.v1.EnableUserRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEnableUserMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_USERS = 0;
  private static final int METHODID_GET_USER = 1;
  private static final int METHODID_DISABLE_USER = 2;
  private static final int METHODID_ENABLE_USER = 3;

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
        case METHODID_LIST_USERS:
          serviceImpl.listUsers((io.cnop.user.v1.ListUsersRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.ListUsersResponse>) responseObserver);
          break;
        case METHODID_GET_USER:
          serviceImpl.getUser((io.cnop.user.v1.GetUserRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.User>) responseObserver);
          break;
        case METHODID_DISABLE_USER:
          serviceImpl.disableUser((io.cnop.user.v1.DisableUserRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.User>) responseObserver);
          break;
        case METHODID_ENABLE_USER:
          serviceImpl.enableUser((io.cnop.user.v1.EnableUserRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.User>) responseObserver);
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
          getListUsersMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.ListUsersRequest,
              io.cnop.user.v1.ListUsersResponse>(
                service, METHODID_LIST_USERS)))
        .addMethod(
          getGetUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.GetUserRequest,
              io.cnop.user.v1.User>(
                service, METHODID_GET_USER)))
        .addMethod(
          getDisableUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.DisableUserRequest,
              io.cnop.user.v1.User>(
                service, METHODID_DISABLE_USER)))
        .addMethod(
          getEnableUserMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.EnableUserRequest,
              io.cnop.user.v1.User>(
                service, METHODID_ENABLE_USER)))
        .build();
  }

  private static abstract class UserAdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    UserAdminServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.user.v1.UserAdminServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("UserAdminService");
    }
  }

  private static final class UserAdminServiceFileDescriptorSupplier
      extends UserAdminServiceBaseDescriptorSupplier {
    UserAdminServiceFileDescriptorSupplier() {}
  }

  private static final class UserAdminServiceMethodDescriptorSupplier
      extends UserAdminServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    UserAdminServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (UserAdminServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new UserAdminServiceFileDescriptorSupplier())
              .addMethod(getListUsersMethod())
              .addMethod(getGetUserMethod())
              .addMethod(getDisableUserMethod())
              .addMethod(getEnableUserMethod())
              .build();
        }
      }
    }
    return result;
  }
}
