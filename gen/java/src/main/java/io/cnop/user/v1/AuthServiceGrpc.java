package io.cnop.user.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Registers users and signs them in. A sign-in begins a session. It answers a signed access token (JWT, ES256) that
 * every service of the mesh verifies by itself, against the keys of GetJwks, and a refresh token for the next one. When
 * a session ends, both are refused everywhere within a second.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AuthServiceGrpc {

  private AuthServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.user.v1.AuthService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.RegisterRequest,
      io.cnop.user.v1.Profile> getRegisterMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Register",
      requestType = io.cnop.user.v1.RegisterRequest.class,
      responseType = io.cnop.user.v1.Profile.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.RegisterRequest,
      io.cnop.user.v1.Profile> getRegisterMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.RegisterRequest, io.cnop.user.v1.Profile> getRegisterMethod;
    if ((getRegisterMethod = AuthServiceGrpc.getRegisterMethod) == null) {
      synchronized (AuthServiceGrpc.class) {
        if ((getRegisterMethod = AuthServiceGrpc.getRegisterMethod) == null) {
          AuthServiceGrpc.getRegisterMethod = getRegisterMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.RegisterRequest, io.cnop.user.v1.Profile>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Register"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.RegisterRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.Profile.getDefaultInstance()))
              .setSchemaDescriptor(new AuthServiceMethodDescriptorSupplier("Register"))
              .build();
        }
      }
    }
    return getRegisterMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.LoginRequest,
      io.cnop.user.v1.LoginResponse> getLoginMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Login",
      requestType = io.cnop.user.v1.LoginRequest.class,
      responseType = io.cnop.user.v1.LoginResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.LoginRequest,
      io.cnop.user.v1.LoginResponse> getLoginMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.LoginRequest, io.cnop.user.v1.LoginResponse> getLoginMethod;
    if ((getLoginMethod = AuthServiceGrpc.getLoginMethod) == null) {
      synchronized (AuthServiceGrpc.class) {
        if ((getLoginMethod = AuthServiceGrpc.getLoginMethod) == null) {
          AuthServiceGrpc.getLoginMethod = getLoginMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.LoginRequest, io.cnop.user.v1.LoginResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Login"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.LoginRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.LoginResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthServiceMethodDescriptorSupplier("Login"))
              .build();
        }
      }
    }
    return getLoginMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.RefreshTokenRequest,
      io.cnop.user.v1.LoginResponse> getRefreshTokenMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RefreshToken",
      requestType = io.cnop.user.v1.RefreshTokenRequest.class,
      responseType = io.cnop.user.v1.LoginResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.RefreshTokenRequest,
      io.cnop.user.v1.LoginResponse> getRefreshTokenMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.RefreshTokenRequest, io.cnop.user.v1.LoginResponse> getRefreshTokenMethod;
    if ((getRefreshTokenMethod = AuthServiceGrpc.getRefreshTokenMethod) == null) {
      synchronized (AuthServiceGrpc.class) {
        if ((getRefreshTokenMethod = AuthServiceGrpc.getRefreshTokenMethod) == null) {
          AuthServiceGrpc.getRefreshTokenMethod = getRefreshTokenMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.RefreshTokenRequest, io.cnop.user.v1.LoginResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RefreshToken"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.RefreshTokenRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.LoginResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthServiceMethodDescriptorSupplier("RefreshToken"))
              .build();
        }
      }
    }
    return getRefreshTokenMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.LogoutRequest,
      io.cnop.user.v1.LogoutResponse> getLogoutMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Logout",
      requestType = io.cnop.user.v1.LogoutRequest.class,
      responseType = io.cnop.user.v1.LogoutResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.LogoutRequest,
      io.cnop.user.v1.LogoutResponse> getLogoutMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.LogoutRequest, io.cnop.user.v1.LogoutResponse> getLogoutMethod;
    if ((getLogoutMethod = AuthServiceGrpc.getLogoutMethod) == null) {
      synchronized (AuthServiceGrpc.class) {
        if ((getLogoutMethod = AuthServiceGrpc.getLogoutMethod) == null) {
          AuthServiceGrpc.getLogoutMethod = getLogoutMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.LogoutRequest, io.cnop.user.v1.LogoutResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Logout"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.LogoutRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.LogoutResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthServiceMethodDescriptorSupplier("Logout"))
              .build();
        }
      }
    }
    return getLogoutMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.ChangePasswordRequest,
      io.cnop.user.v1.ChangePasswordResponse> getChangePasswordMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ChangePassword",
      requestType = io.cnop.user.v1.ChangePasswordRequest.class,
      responseType = io.cnop.user.v1.ChangePasswordResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.ChangePasswordRequest,
      io.cnop.user.v1.ChangePasswordResponse> getChangePasswordMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.ChangePasswordRequest, io.cnop.user.v1.ChangePasswordResponse> getChangePasswordMethod;
    if ((getChangePasswordMethod = AuthServiceGrpc.getChangePasswordMethod) == null) {
      synchronized (AuthServiceGrpc.class) {
        if ((getChangePasswordMethod = AuthServiceGrpc.getChangePasswordMethod) == null) {
          AuthServiceGrpc.getChangePasswordMethod = getChangePasswordMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.ChangePasswordRequest, io.cnop.user.v1.ChangePasswordResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ChangePassword"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ChangePasswordRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ChangePasswordResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthServiceMethodDescriptorSupplier("ChangePassword"))
              .build();
        }
      }
    }
    return getChangePasswordMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.ListSessionsRequest,
      io.cnop.user.v1.ListSessionsResponse> getListSessionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSessions",
      requestType = io.cnop.user.v1.ListSessionsRequest.class,
      responseType = io.cnop.user.v1.ListSessionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.ListSessionsRequest,
      io.cnop.user.v1.ListSessionsResponse> getListSessionsMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.ListSessionsRequest, io.cnop.user.v1.ListSessionsResponse> getListSessionsMethod;
    if ((getListSessionsMethod = AuthServiceGrpc.getListSessionsMethod) == null) {
      synchronized (AuthServiceGrpc.class) {
        if ((getListSessionsMethod = AuthServiceGrpc.getListSessionsMethod) == null) {
          AuthServiceGrpc.getListSessionsMethod = getListSessionsMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.ListSessionsRequest, io.cnop.user.v1.ListSessionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSessions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListSessionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListSessionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthServiceMethodDescriptorSupplier("ListSessions"))
              .build();
        }
      }
    }
    return getListSessionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.RevokeSessionRequest,
      io.cnop.user.v1.RevokeSessionResponse> getRevokeSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RevokeSession",
      requestType = io.cnop.user.v1.RevokeSessionRequest.class,
      responseType = io.cnop.user.v1.RevokeSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.RevokeSessionRequest,
      io.cnop.user.v1.RevokeSessionResponse> getRevokeSessionMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.RevokeSessionRequest, io.cnop.user.v1.RevokeSessionResponse> getRevokeSessionMethod;
    if ((getRevokeSessionMethod = AuthServiceGrpc.getRevokeSessionMethod) == null) {
      synchronized (AuthServiceGrpc.class) {
        if ((getRevokeSessionMethod = AuthServiceGrpc.getRevokeSessionMethod) == null) {
          AuthServiceGrpc.getRevokeSessionMethod = getRevokeSessionMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.RevokeSessionRequest, io.cnop.user.v1.RevokeSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RevokeSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.RevokeSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.RevokeSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuthServiceMethodDescriptorSupplier("RevokeSession"))
              .build();
        }
      }
    }
    return getRevokeSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<com.google.protobuf.Empty,
      com.google.api.HttpBody> getGetJwksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetJwks",
      requestType = com.google.protobuf.Empty.class,
      responseType = com.google.api.HttpBody.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<com.google.protobuf.Empty,
      com.google.api.HttpBody> getGetJwksMethod() {
    io.grpc.MethodDescriptor<com.google.protobuf.Empty, com.google.api.HttpBody> getGetJwksMethod;
    if ((getGetJwksMethod = AuthServiceGrpc.getGetJwksMethod) == null) {
      synchronized (AuthServiceGrpc.class) {
        if ((getGetJwksMethod = AuthServiceGrpc.getGetJwksMethod) == null) {
          AuthServiceGrpc.getGetJwksMethod = getGetJwksMethod =
              io.grpc.MethodDescriptor.<com.google.protobuf.Empty, com.google.api.HttpBody>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetJwks"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.google.protobuf.Empty.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  com.google.api.HttpBody.getDefaultInstance()))
              .setSchemaDescriptor(new AuthServiceMethodDescriptorSupplier("GetJwks"))
              .build();
        }
      }
    }
    return getGetJwksMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AuthServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuthServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuthServiceStub>() {
        @java.lang.Override
        public AuthServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuthServiceStub(channel, callOptions);
        }
      };
    return AuthServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AuthServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuthServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuthServiceBlockingV2Stub>() {
        @java.lang.Override
        public AuthServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuthServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AuthServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AuthServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuthServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuthServiceBlockingStub>() {
        @java.lang.Override
        public AuthServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuthServiceBlockingStub(channel, callOptions);
        }
      };
    return AuthServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AuthServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuthServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuthServiceFutureStub>() {
        @java.lang.Override
        public AuthServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuthServiceFutureStub(channel, callOptions);
        }
      };
    return AuthServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Registers users and signs them in. A sign-in begins a session. It answers a signed access token (JWT, ES256) that
   * every service of the mesh verifies by itself, against the keys of GetJwks, and a refresh token for the next one. When
   * a session ends, both are refused everywhere within a second.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Registers a user with an empty account in dollars.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when a field breaks its rule or the password is too common or holds
     * the username, ALREADY_EXISTS (USERNAME_TAKEN, EMAIL_TAKEN, IDEMPOTENCY_KEY_REUSED), and RESOURCE_EXHAUSTED
     * (RATE_LIMITED) as Login does.
     * </pre>
     */
    default void register(io.cnop.user.v1.RegisterRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Profile> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRegisterMethod(), responseObserver);
    }

    /**
     * <pre>
     * Signs a user in: begins a session. A user has at most 20; the one that was least recently used ends for another.
     * Fails with UNAUTHENTICATED (BAD_CREDENTIALS), the same for an unknown user and for a wrong password, and, when the
     * password is right, with PERMISSION_DENIED (ACCOUNT_DISABLED). Wrong passwords make the next sign-in wait, longer
     * each time, whether there is such a user or not: RESOURCE_EXHAUSTED (RATE_LIMITED) with retry_after_seconds, by HTTP
     * also in the header retry-after.
     * </pre>
     */
    default void login(io.cnop.user.v1.LoginRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.LoginResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLoginMethod(), responseObserver);
    }

    /**
     * <pre>
     * Answers new tokens for a refresh token, which is good for this one call: the answer holds the next. The session
     * ends 30 days after the sign-in, however often it is refreshed.
     * An old refresh token that comes again is in two hands: the session ends for both.
     * Fails with UNAUTHENTICATED (REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, SESSION_ENDED) and PERMISSION_DENIED
     * (ACCOUNT_DISABLED). After UNAVAILABLE the token may be used up: then the next try ends the session.
     * </pre>
     */
    default void refreshToken(io.cnop.user.v1.RefreshTokenRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.LoginResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRefreshTokenMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends the session of the caller. Its tokens are refused everywhere within a second. When it has ended already, this
     * changes nothing.
     * </pre>
     */
    default void logout(io.cnop.user.v1.LogoutRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.LogoutResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLogoutMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the password and ends all sessions of the user, the caller's too: sign in with the new one.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when the new password breaks a rule, is too common or holds the
     * username, UNAUTHENTICATED (BAD_CREDENTIALS) when the current one is wrong, and RESOURCE_EXHAUSTED (RATE_LIMITED) as
     * Login does.
     * </pre>
     */
    default void changePassword(io.cnop.user.v1.ChangePasswordRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ChangePasswordResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getChangePasswordMethod(), responseObserver);
    }

    /**
     * <pre>
     * The sessions of the caller that have not ended, the last used first.
     * </pre>
     */
    default void listSessions(io.cnop.user.v1.ListSessionsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListSessionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSessionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends one session of the caller, as Logout ends the current one.
     * Fails with NOT_FOUND (SESSION_NOT_FOUND) when the caller has no such session, or it has ended.
     * </pre>
     */
    default void revokeSession(io.cnop.user.v1.RevokeSessionRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.RevokeSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRevokeSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * The public keys that verify access tokens, as a JSON Web Key Set (RFC 7517).
     * </pre>
     */
    default void getJwks(com.google.protobuf.Empty request,
        io.grpc.stub.StreamObserver<com.google.api.HttpBody> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetJwksMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AuthService.
   * <pre>
   * Registers users and signs them in. A sign-in begins a session. It answers a signed access token (JWT, ES256) that
   * every service of the mesh verifies by itself, against the keys of GetJwks, and a refresh token for the next one. When
   * a session ends, both are refused everywhere within a second.
   * </pre>
   */
  public static abstract class AuthServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AuthServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AuthService.
   * <pre>
   * Registers users and signs them in. A sign-in begins a session. It answers a signed access token (JWT, ES256) that
   * every service of the mesh verifies by itself, against the keys of GetJwks, and a refresh token for the next one. When
   * a session ends, both are refused everywhere within a second.
   * </pre>
   */
  public static final class AuthServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AuthServiceStub> {
    private AuthServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuthServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuthServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Registers a user with an empty account in dollars.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when a field breaks its rule or the password is too common or holds
     * the username, ALREADY_EXISTS (USERNAME_TAKEN, EMAIL_TAKEN, IDEMPOTENCY_KEY_REUSED), and RESOURCE_EXHAUSTED
     * (RATE_LIMITED) as Login does.
     * </pre>
     */
    public void register(io.cnop.user.v1.RegisterRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Profile> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRegisterMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Signs a user in: begins a session. A user has at most 20; the one that was least recently used ends for another.
     * Fails with UNAUTHENTICATED (BAD_CREDENTIALS), the same for an unknown user and for a wrong password, and, when the
     * password is right, with PERMISSION_DENIED (ACCOUNT_DISABLED). Wrong passwords make the next sign-in wait, longer
     * each time, whether there is such a user or not: RESOURCE_EXHAUSTED (RATE_LIMITED) with retry_after_seconds, by HTTP
     * also in the header retry-after.
     * </pre>
     */
    public void login(io.cnop.user.v1.LoginRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.LoginResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLoginMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Answers new tokens for a refresh token, which is good for this one call: the answer holds the next. The session
     * ends 30 days after the sign-in, however often it is refreshed.
     * An old refresh token that comes again is in two hands: the session ends for both.
     * Fails with UNAUTHENTICATED (REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, SESSION_ENDED) and PERMISSION_DENIED
     * (ACCOUNT_DISABLED). After UNAVAILABLE the token may be used up: then the next try ends the session.
     * </pre>
     */
    public void refreshToken(io.cnop.user.v1.RefreshTokenRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.LoginResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRefreshTokenMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends the session of the caller. Its tokens are refused everywhere within a second. When it has ended already, this
     * changes nothing.
     * </pre>
     */
    public void logout(io.cnop.user.v1.LogoutRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.LogoutResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLogoutMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the password and ends all sessions of the user, the caller's too: sign in with the new one.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when the new password breaks a rule, is too common or holds the
     * username, UNAUTHENTICATED (BAD_CREDENTIALS) when the current one is wrong, and RESOURCE_EXHAUSTED (RATE_LIMITED) as
     * Login does.
     * </pre>
     */
    public void changePassword(io.cnop.user.v1.ChangePasswordRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ChangePasswordResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getChangePasswordMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The sessions of the caller that have not ended, the last used first.
     * </pre>
     */
    public void listSessions(io.cnop.user.v1.ListSessionsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListSessionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSessionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends one session of the caller, as Logout ends the current one.
     * Fails with NOT_FOUND (SESSION_NOT_FOUND) when the caller has no such session, or it has ended.
     * </pre>
     */
    public void revokeSession(io.cnop.user.v1.RevokeSessionRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.RevokeSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRevokeSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The public keys that verify access tokens, as a JSON Web Key Set (RFC 7517).
     * </pre>
     */
    public void getJwks(com.google.protobuf.Empty request,
        io.grpc.stub.StreamObserver<com.google.api.HttpBody> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetJwksMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AuthService.
   * <pre>
   * Registers users and signs them in. A sign-in begins a session. It answers a signed access token (JWT, ES256) that
   * every service of the mesh verifies by itself, against the keys of GetJwks, and a refresh token for the next one. When
   * a session ends, both are refused everywhere within a second.
   * </pre>
   */
  public static final class AuthServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AuthServiceBlockingV2Stub> {
    private AuthServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuthServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuthServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Registers a user with an empty account in dollars.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when a field breaks its rule or the password is too common or holds
     * the username, ALREADY_EXISTS (USERNAME_TAKEN, EMAIL_TAKEN, IDEMPOTENCY_KEY_REUSED), and RESOURCE_EXHAUSTED
     * (RATE_LIMITED) as Login does.
     * </pre>
     */
    public io.cnop.user.v1.Profile register(io.cnop.user.v1.RegisterRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRegisterMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs a user in: begins a session. A user has at most 20; the one that was least recently used ends for another.
     * Fails with UNAUTHENTICATED (BAD_CREDENTIALS), the same for an unknown user and for a wrong password, and, when the
     * password is right, with PERMISSION_DENIED (ACCOUNT_DISABLED). Wrong passwords make the next sign-in wait, longer
     * each time, whether there is such a user or not: RESOURCE_EXHAUSTED (RATE_LIMITED) with retry_after_seconds, by HTTP
     * also in the header retry-after.
     * </pre>
     */
    public io.cnop.user.v1.LoginResponse login(io.cnop.user.v1.LoginRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLoginMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers new tokens for a refresh token, which is good for this one call: the answer holds the next. The session
     * ends 30 days after the sign-in, however often it is refreshed.
     * An old refresh token that comes again is in two hands: the session ends for both.
     * Fails with UNAUTHENTICATED (REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, SESSION_ENDED) and PERMISSION_DENIED
     * (ACCOUNT_DISABLED). After UNAVAILABLE the token may be used up: then the next try ends the session.
     * </pre>
     */
    public io.cnop.user.v1.LoginResponse refreshToken(io.cnop.user.v1.RefreshTokenRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRefreshTokenMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends the session of the caller. Its tokens are refused everywhere within a second. When it has ended already, this
     * changes nothing.
     * </pre>
     */
    public io.cnop.user.v1.LogoutResponse logout(io.cnop.user.v1.LogoutRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLogoutMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the password and ends all sessions of the user, the caller's too: sign in with the new one.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when the new password breaks a rule, is too common or holds the
     * username, UNAUTHENTICATED (BAD_CREDENTIALS) when the current one is wrong, and RESOURCE_EXHAUSTED (RATE_LIMITED) as
     * Login does.
     * </pre>
     */
    public io.cnop.user.v1.ChangePasswordResponse changePassword(io.cnop.user.v1.ChangePasswordRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getChangePasswordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The sessions of the caller that have not ended, the last used first.
     * </pre>
     */
    public io.cnop.user.v1.ListSessionsResponse listSessions(io.cnop.user.v1.ListSessionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends one session of the caller, as Logout ends the current one.
     * Fails with NOT_FOUND (SESSION_NOT_FOUND) when the caller has no such session, or it has ended.
     * </pre>
     */
    public io.cnop.user.v1.RevokeSessionResponse revokeSession(io.cnop.user.v1.RevokeSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRevokeSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The public keys that verify access tokens, as a JSON Web Key Set (RFC 7517).
     * </pre>
     */
    public com.google.api.HttpBody getJwks(com.google.protobuf.Empty request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetJwksMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AuthService.
   * <pre>
   * Registers users and signs them in. A sign-in begins a session. It answers a signed access token (JWT, ES256) that
   * every service of the mesh verifies by itself, against the keys of GetJwks, and a refresh token for the next one. When
   * a session ends, both are refused everywhere within a second.
   * </pre>
   */
  public static final class AuthServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AuthServiceBlockingStub> {
    private AuthServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuthServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuthServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Registers a user with an empty account in dollars.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when a field breaks its rule or the password is too common or holds
     * the username, ALREADY_EXISTS (USERNAME_TAKEN, EMAIL_TAKEN, IDEMPOTENCY_KEY_REUSED), and RESOURCE_EXHAUSTED
     * (RATE_LIMITED) as Login does.
     * </pre>
     */
    public io.cnop.user.v1.Profile register(io.cnop.user.v1.RegisterRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRegisterMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs a user in: begins a session. A user has at most 20; the one that was least recently used ends for another.
     * Fails with UNAUTHENTICATED (BAD_CREDENTIALS), the same for an unknown user and for a wrong password, and, when the
     * password is right, with PERMISSION_DENIED (ACCOUNT_DISABLED). Wrong passwords make the next sign-in wait, longer
     * each time, whether there is such a user or not: RESOURCE_EXHAUSTED (RATE_LIMITED) with retry_after_seconds, by HTTP
     * also in the header retry-after.
     * </pre>
     */
    public io.cnop.user.v1.LoginResponse login(io.cnop.user.v1.LoginRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLoginMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers new tokens for a refresh token, which is good for this one call: the answer holds the next. The session
     * ends 30 days after the sign-in, however often it is refreshed.
     * An old refresh token that comes again is in two hands: the session ends for both.
     * Fails with UNAUTHENTICATED (REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, SESSION_ENDED) and PERMISSION_DENIED
     * (ACCOUNT_DISABLED). After UNAVAILABLE the token may be used up: then the next try ends the session.
     * </pre>
     */
    public io.cnop.user.v1.LoginResponse refreshToken(io.cnop.user.v1.RefreshTokenRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRefreshTokenMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends the session of the caller. Its tokens are refused everywhere within a second. When it has ended already, this
     * changes nothing.
     * </pre>
     */
    public io.cnop.user.v1.LogoutResponse logout(io.cnop.user.v1.LogoutRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLogoutMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the password and ends all sessions of the user, the caller's too: sign in with the new one.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when the new password breaks a rule, is too common or holds the
     * username, UNAUTHENTICATED (BAD_CREDENTIALS) when the current one is wrong, and RESOURCE_EXHAUSTED (RATE_LIMITED) as
     * Login does.
     * </pre>
     */
    public io.cnop.user.v1.ChangePasswordResponse changePassword(io.cnop.user.v1.ChangePasswordRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getChangePasswordMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The sessions of the caller that have not ended, the last used first.
     * </pre>
     */
    public io.cnop.user.v1.ListSessionsResponse listSessions(io.cnop.user.v1.ListSessionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends one session of the caller, as Logout ends the current one.
     * Fails with NOT_FOUND (SESSION_NOT_FOUND) when the caller has no such session, or it has ended.
     * </pre>
     */
    public io.cnop.user.v1.RevokeSessionResponse revokeSession(io.cnop.user.v1.RevokeSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRevokeSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The public keys that verify access tokens, as a JSON Web Key Set (RFC 7517).
     * </pre>
     */
    public com.google.api.HttpBody getJwks(com.google.protobuf.Empty request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetJwksMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AuthService.
   * <pre>
   * Registers users and signs them in. A sign-in begins a session. It answers a signed access token (JWT, ES256) that
   * every service of the mesh verifies by itself, against the keys of GetJwks, and a refresh token for the next one. When
   * a session ends, both are refused everywhere within a second.
   * </pre>
   */
  public static final class AuthServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AuthServiceFutureStub> {
    private AuthServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuthServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuthServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Registers a user with an empty account in dollars.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when a field breaks its rule or the password is too common or holds
     * the username, ALREADY_EXISTS (USERNAME_TAKEN, EMAIL_TAKEN, IDEMPOTENCY_KEY_REUSED), and RESOURCE_EXHAUSTED
     * (RATE_LIMITED) as Login does.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.Profile> register(
        io.cnop.user.v1.RegisterRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRegisterMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Signs a user in: begins a session. A user has at most 20; the one that was least recently used ends for another.
     * Fails with UNAUTHENTICATED (BAD_CREDENTIALS), the same for an unknown user and for a wrong password, and, when the
     * password is right, with PERMISSION_DENIED (ACCOUNT_DISABLED). Wrong passwords make the next sign-in wait, longer
     * each time, whether there is such a user or not: RESOURCE_EXHAUSTED (RATE_LIMITED) with retry_after_seconds, by HTTP
     * also in the header retry-after.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.LoginResponse> login(
        io.cnop.user.v1.LoginRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLoginMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Answers new tokens for a refresh token, which is good for this one call: the answer holds the next. The session
     * ends 30 days after the sign-in, however often it is refreshed.
     * An old refresh token that comes again is in two hands: the session ends for both.
     * Fails with UNAUTHENTICATED (REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, SESSION_ENDED) and PERMISSION_DENIED
     * (ACCOUNT_DISABLED). After UNAVAILABLE the token may be used up: then the next try ends the session.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.LoginResponse> refreshToken(
        io.cnop.user.v1.RefreshTokenRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRefreshTokenMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends the session of the caller. Its tokens are refused everywhere within a second. When it has ended already, this
     * changes nothing.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.LogoutResponse> logout(
        io.cnop.user.v1.LogoutRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLogoutMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the password and ends all sessions of the user, the caller's too: sign in with the new one.
     * Fails with INVALID_ARGUMENT (INVALID_FIELD) when the new password breaks a rule, is too common or holds the
     * username, UNAUTHENTICATED (BAD_CREDENTIALS) when the current one is wrong, and RESOURCE_EXHAUSTED (RATE_LIMITED) as
     * Login does.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.ChangePasswordResponse> changePassword(
        io.cnop.user.v1.ChangePasswordRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getChangePasswordMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The sessions of the caller that have not ended, the last used first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.ListSessionsResponse> listSessions(
        io.cnop.user.v1.ListSessionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSessionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends one session of the caller, as Logout ends the current one.
     * Fails with NOT_FOUND (SESSION_NOT_FOUND) when the caller has no such session, or it has ended.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.RevokeSessionResponse> revokeSession(
        io.cnop.user.v1.RevokeSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRevokeSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The public keys that verify access tokens, as a JSON Web Key Set (RFC 7517).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<com.google.api.HttpBody> getJwks(
        com.google.protobuf.Empty request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetJwksMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_REGISTER = 0;
  private static final int METHODID_LOGIN = 1;
  private static final int METHODID_REFRESH_TOKEN = 2;
  private static final int METHODID_LOGOUT = 3;
  private static final int METHODID_CHANGE_PASSWORD = 4;
  private static final int METHODID_LIST_SESSIONS = 5;
  private static final int METHODID_REVOKE_SESSION = 6;
  private static final int METHODID_GET_JWKS = 7;

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
        case METHODID_REGISTER:
          serviceImpl.register((io.cnop.user.v1.RegisterRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.Profile>) responseObserver);
          break;
        case METHODID_LOGIN:
          serviceImpl.login((io.cnop.user.v1.LoginRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.LoginResponse>) responseObserver);
          break;
        case METHODID_REFRESH_TOKEN:
          serviceImpl.refreshToken((io.cnop.user.v1.RefreshTokenRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.LoginResponse>) responseObserver);
          break;
        case METHODID_LOGOUT:
          serviceImpl.logout((io.cnop.user.v1.LogoutRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.LogoutResponse>) responseObserver);
          break;
        case METHODID_CHANGE_PASSWORD:
          serviceImpl.changePassword((io.cnop.user.v1.ChangePasswordRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.ChangePasswordResponse>) responseObserver);
          break;
        case METHODID_LIST_SESSIONS:
          serviceImpl.listSessions((io.cnop.user.v1.ListSessionsRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.ListSessionsResponse>) responseObserver);
          break;
        case METHODID_REVOKE_SESSION:
          serviceImpl.revokeSession((io.cnop.user.v1.RevokeSessionRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.RevokeSessionResponse>) responseObserver);
          break;
        case METHODID_GET_JWKS:
          serviceImpl.getJwks((com.google.protobuf.Empty) request,
              (io.grpc.stub.StreamObserver<com.google.api.HttpBody>) responseObserver);
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
          getRegisterMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.RegisterRequest,
              io.cnop.user.v1.Profile>(
                service, METHODID_REGISTER)))
        .addMethod(
          getLoginMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.LoginRequest,
              io.cnop.user.v1.LoginResponse>(
                service, METHODID_LOGIN)))
        .addMethod(
          getRefreshTokenMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.RefreshTokenRequest,
              io.cnop.user.v1.LoginResponse>(
                service, METHODID_REFRESH_TOKEN)))
        .addMethod(
          getLogoutMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.LogoutRequest,
              io.cnop.user.v1.LogoutResponse>(
                service, METHODID_LOGOUT)))
        .addMethod(
          getChangePasswordMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.ChangePasswordRequest,
              io.cnop.user.v1.ChangePasswordResponse>(
                service, METHODID_CHANGE_PASSWORD)))
        .addMethod(
          getListSessionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.ListSessionsRequest,
              io.cnop.user.v1.ListSessionsResponse>(
                service, METHODID_LIST_SESSIONS)))
        .addMethod(
          getRevokeSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.RevokeSessionRequest,
              io.cnop.user.v1.RevokeSessionResponse>(
                service, METHODID_REVOKE_SESSION)))
        .addMethod(
          getGetJwksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              com.google.protobuf.Empty,
              com.google.api.HttpBody>(
                service, METHODID_GET_JWKS)))
        .build();
  }

  private static abstract class AuthServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AuthServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.user.v1.AuthServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AuthService");
    }
  }

  private static final class AuthServiceFileDescriptorSupplier
      extends AuthServiceBaseDescriptorSupplier {
    AuthServiceFileDescriptorSupplier() {}
  }

  private static final class AuthServiceMethodDescriptorSupplier
      extends AuthServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AuthServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AuthServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AuthServiceFileDescriptorSupplier())
              .addMethod(getRegisterMethod())
              .addMethod(getLoginMethod())
              .addMethod(getRefreshTokenMethod())
              .addMethod(getLogoutMethod())
              .addMethod(getChangePasswordMethod())
              .addMethod(getListSessionsMethod())
              .addMethod(getRevokeSessionMethod())
              .addMethod(getGetJwksMethod())
              .build();
        }
      }
    }
    return result;
  }
}
