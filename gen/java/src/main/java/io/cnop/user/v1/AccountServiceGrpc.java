package io.cnop.user.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The account of the user who calls: its cash in dollars, its ledger, its holdings. No method takes a user id.
 * Amounts are decimal strings: dollars with at most 2 decimals, quantities and prices with at most 8.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AccountServiceGrpc {

  private AccountServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "cnop.user.v1.AccountService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.GetBalanceRequest,
      io.cnop.user.v1.Balance> getGetBalanceMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetBalance",
      requestType = io.cnop.user.v1.GetBalanceRequest.class,
      responseType = io.cnop.user.v1.Balance.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.GetBalanceRequest,
      io.cnop.user.v1.Balance> getGetBalanceMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.GetBalanceRequest, io.cnop.user.v1.Balance> getGetBalanceMethod;
    if ((getGetBalanceMethod = AccountServiceGrpc.getGetBalanceMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getGetBalanceMethod = AccountServiceGrpc.getGetBalanceMethod) == null) {
          AccountServiceGrpc.getGetBalanceMethod = getGetBalanceMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.GetBalanceRequest, io.cnop.user.v1.Balance>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetBalance"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.GetBalanceRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.Balance.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("GetBalance"))
              .build();
        }
      }
    }
    return getGetBalanceMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.DepositRequest,
      io.cnop.user.v1.Transaction> getDepositMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Deposit",
      requestType = io.cnop.user.v1.DepositRequest.class,
      responseType = io.cnop.user.v1.Transaction.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.DepositRequest,
      io.cnop.user.v1.Transaction> getDepositMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.DepositRequest, io.cnop.user.v1.Transaction> getDepositMethod;
    if ((getDepositMethod = AccountServiceGrpc.getDepositMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getDepositMethod = AccountServiceGrpc.getDepositMethod) == null) {
          AccountServiceGrpc.getDepositMethod = getDepositMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.DepositRequest, io.cnop.user.v1.Transaction>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Deposit"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.DepositRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.Transaction.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("Deposit"))
              .build();
        }
      }
    }
    return getDepositMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.WithdrawRequest,
      io.cnop.user.v1.Transaction> getWithdrawMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Withdraw",
      requestType = io.cnop.user.v1.WithdrawRequest.class,
      responseType = io.cnop.user.v1.Transaction.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.WithdrawRequest,
      io.cnop.user.v1.Transaction> getWithdrawMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.WithdrawRequest, io.cnop.user.v1.Transaction> getWithdrawMethod;
    if ((getWithdrawMethod = AccountServiceGrpc.getWithdrawMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getWithdrawMethod = AccountServiceGrpc.getWithdrawMethod) == null) {
          AccountServiceGrpc.getWithdrawMethod = getWithdrawMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.WithdrawRequest, io.cnop.user.v1.Transaction>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Withdraw"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.WithdrawRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.Transaction.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("Withdraw"))
              .build();
        }
      }
    }
    return getWithdrawMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.ListTransactionsRequest,
      io.cnop.user.v1.ListTransactionsResponse> getListTransactionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListTransactions",
      requestType = io.cnop.user.v1.ListTransactionsRequest.class,
      responseType = io.cnop.user.v1.ListTransactionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.ListTransactionsRequest,
      io.cnop.user.v1.ListTransactionsResponse> getListTransactionsMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.ListTransactionsRequest, io.cnop.user.v1.ListTransactionsResponse> getListTransactionsMethod;
    if ((getListTransactionsMethod = AccountServiceGrpc.getListTransactionsMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getListTransactionsMethod = AccountServiceGrpc.getListTransactionsMethod) == null) {
          AccountServiceGrpc.getListTransactionsMethod = getListTransactionsMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.ListTransactionsRequest, io.cnop.user.v1.ListTransactionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListTransactions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListTransactionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListTransactionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("ListTransactions"))
              .build();
        }
      }
    }
    return getListTransactionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.GetHoldingRequest,
      io.cnop.user.v1.Holding> getGetHoldingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetHolding",
      requestType = io.cnop.user.v1.GetHoldingRequest.class,
      responseType = io.cnop.user.v1.Holding.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.GetHoldingRequest,
      io.cnop.user.v1.Holding> getGetHoldingMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.GetHoldingRequest, io.cnop.user.v1.Holding> getGetHoldingMethod;
    if ((getGetHoldingMethod = AccountServiceGrpc.getGetHoldingMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getGetHoldingMethod = AccountServiceGrpc.getGetHoldingMethod) == null) {
          AccountServiceGrpc.getGetHoldingMethod = getGetHoldingMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.GetHoldingRequest, io.cnop.user.v1.Holding>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetHolding"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.GetHoldingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.Holding.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("GetHolding"))
              .build();
        }
      }
    }
    return getGetHoldingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.ListHoldingsRequest,
      io.cnop.user.v1.ListHoldingsResponse> getListHoldingsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListHoldings",
      requestType = io.cnop.user.v1.ListHoldingsRequest.class,
      responseType = io.cnop.user.v1.ListHoldingsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.ListHoldingsRequest,
      io.cnop.user.v1.ListHoldingsResponse> getListHoldingsMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.ListHoldingsRequest, io.cnop.user.v1.ListHoldingsResponse> getListHoldingsMethod;
    if ((getListHoldingsMethod = AccountServiceGrpc.getListHoldingsMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getListHoldingsMethod = AccountServiceGrpc.getListHoldingsMethod) == null) {
          AccountServiceGrpc.getListHoldingsMethod = getListHoldingsMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.ListHoldingsRequest, io.cnop.user.v1.ListHoldingsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListHoldings"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListHoldingsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.ListHoldingsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("ListHoldings"))
              .build();
        }
      }
    }
    return getListHoldingsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.cnop.user.v1.GetPortfolioRequest,
      io.cnop.user.v1.Portfolio> getGetPortfolioMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetPortfolio",
      requestType = io.cnop.user.v1.GetPortfolioRequest.class,
      responseType = io.cnop.user.v1.Portfolio.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.cnop.user.v1.GetPortfolioRequest,
      io.cnop.user.v1.Portfolio> getGetPortfolioMethod() {
    io.grpc.MethodDescriptor<io.cnop.user.v1.GetPortfolioRequest, io.cnop.user.v1.Portfolio> getGetPortfolioMethod;
    if ((getGetPortfolioMethod = AccountServiceGrpc.getGetPortfolioMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getGetPortfolioMethod = AccountServiceGrpc.getGetPortfolioMethod) == null) {
          AccountServiceGrpc.getGetPortfolioMethod = getGetPortfolioMethod =
              io.grpc.MethodDescriptor.<io.cnop.user.v1.GetPortfolioRequest, io.cnop.user.v1.Portfolio>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetPortfolio"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.GetPortfolioRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.cnop.user.v1.Portfolio.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("GetPortfolio"))
              .build();
        }
      }
    }
    return getGetPortfolioMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AccountServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceStub>() {
        @java.lang.Override
        public AccountServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceStub(channel, callOptions);
        }
      };
    return AccountServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AccountServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingV2Stub>() {
        @java.lang.Override
        public AccountServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AccountServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AccountServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingStub>() {
        @java.lang.Override
        public AccountServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceBlockingStub(channel, callOptions);
        }
      };
    return AccountServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AccountServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceFutureStub>() {
        @java.lang.Override
        public AccountServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceFutureStub(channel, callOptions);
        }
      };
    return AccountServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The account of the user who calls: its cash in dollars, its ledger, its holdings. No method takes a user id.
   * Amounts are decimal strings: dollars with at most 2 decimals, quantities and prices with at most 8.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The cash balance.
     * </pre>
     */
    default void getBalance(io.cnop.user.v1.GetBalanceRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Balance> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetBalanceMethod(), responseObserver);
    }

    /**
     * <pre>
     * Brings dollars in.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with FAILED_PRECONDITION (DAILY_LIMIT_REACHED) and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    default void deposit(io.cnop.user.v1.DepositRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Transaction> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDepositMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes dollars out.
     * UNAVAILABLE does not say whether it happened: as for Deposit.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, DAILY_LIMIT_REACHED) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    default void withdraw(io.cnop.user.v1.WithdrawRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Transaction> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWithdrawMethod(), responseObserver);
    }

    /**
     * <pre>
     * The ledger, newest first.
     * </pre>
     */
    default void listTransactions(io.cnop.user.v1.ListTransactionsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListTransactionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListTransactionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * The holding of one asset.
     * Fails with NOT_FOUND (HOLDING_NOT_FOUND) when the user has none of it.
     * </pre>
     */
    default void getHolding(io.cnop.user.v1.GetHoldingRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Holding> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetHoldingMethod(), responseObserver);
    }

    /**
     * <pre>
     * The holdings, in the order of their asset ids.
     * </pre>
     */
    default void listHoldings(io.cnop.user.v1.ListHoldingsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListHoldingsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListHoldingsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Cash and holdings at market value, the most valuable first.
     * Fails with UNAVAILABLE (DEPENDENCY_UNAVAILABLE) when there are no prices.
     * </pre>
     */
    default void getPortfolio(io.cnop.user.v1.GetPortfolioRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Portfolio> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPortfolioMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AccountService.
   * <pre>
   * The account of the user who calls: its cash in dollars, its ledger, its holdings. No method takes a user id.
   * Amounts are decimal strings: dollars with at most 2 decimals, quantities and prices with at most 8.
   * </pre>
   */
  public static abstract class AccountServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AccountServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AccountService.
   * <pre>
   * The account of the user who calls: its cash in dollars, its ledger, its holdings. No method takes a user id.
   * Amounts are decimal strings: dollars with at most 2 decimals, quantities and prices with at most 8.
   * </pre>
   */
  public static final class AccountServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AccountServiceStub> {
    private AccountServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The cash balance.
     * </pre>
     */
    public void getBalance(io.cnop.user.v1.GetBalanceRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Balance> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetBalanceMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Brings dollars in.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with FAILED_PRECONDITION (DAILY_LIMIT_REACHED) and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public void deposit(io.cnop.user.v1.DepositRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Transaction> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDepositMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes dollars out.
     * UNAVAILABLE does not say whether it happened: as for Deposit.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, DAILY_LIMIT_REACHED) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public void withdraw(io.cnop.user.v1.WithdrawRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Transaction> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getWithdrawMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The ledger, newest first.
     * </pre>
     */
    public void listTransactions(io.cnop.user.v1.ListTransactionsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListTransactionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListTransactionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The holding of one asset.
     * Fails with NOT_FOUND (HOLDING_NOT_FOUND) when the user has none of it.
     * </pre>
     */
    public void getHolding(io.cnop.user.v1.GetHoldingRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Holding> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetHoldingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The holdings, in the order of their asset ids.
     * </pre>
     */
    public void listHoldings(io.cnop.user.v1.ListHoldingsRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.ListHoldingsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListHoldingsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Cash and holdings at market value, the most valuable first.
     * Fails with UNAVAILABLE (DEPENDENCY_UNAVAILABLE) when there are no prices.
     * </pre>
     */
    public void getPortfolio(io.cnop.user.v1.GetPortfolioRequest request,
        io.grpc.stub.StreamObserver<io.cnop.user.v1.Portfolio> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPortfolioMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AccountService.
   * <pre>
   * The account of the user who calls: its cash in dollars, its ledger, its holdings. No method takes a user id.
   * Amounts are decimal strings: dollars with at most 2 decimals, quantities and prices with at most 8.
   * </pre>
   */
  public static final class AccountServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AccountServiceBlockingV2Stub> {
    private AccountServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The cash balance.
     * </pre>
     */
    public io.cnop.user.v1.Balance getBalance(io.cnop.user.v1.GetBalanceRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetBalanceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Brings dollars in.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with FAILED_PRECONDITION (DAILY_LIMIT_REACHED) and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public io.cnop.user.v1.Transaction deposit(io.cnop.user.v1.DepositRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDepositMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes dollars out.
     * UNAVAILABLE does not say whether it happened: as for Deposit.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, DAILY_LIMIT_REACHED) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public io.cnop.user.v1.Transaction withdraw(io.cnop.user.v1.WithdrawRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getWithdrawMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The ledger, newest first.
     * </pre>
     */
    public io.cnop.user.v1.ListTransactionsResponse listTransactions(io.cnop.user.v1.ListTransactionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListTransactionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The holding of one asset.
     * Fails with NOT_FOUND (HOLDING_NOT_FOUND) when the user has none of it.
     * </pre>
     */
    public io.cnop.user.v1.Holding getHolding(io.cnop.user.v1.GetHoldingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetHoldingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The holdings, in the order of their asset ids.
     * </pre>
     */
    public io.cnop.user.v1.ListHoldingsResponse listHoldings(io.cnop.user.v1.ListHoldingsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListHoldingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Cash and holdings at market value, the most valuable first.
     * Fails with UNAVAILABLE (DEPENDENCY_UNAVAILABLE) when there are no prices.
     * </pre>
     */
    public io.cnop.user.v1.Portfolio getPortfolio(io.cnop.user.v1.GetPortfolioRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetPortfolioMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AccountService.
   * <pre>
   * The account of the user who calls: its cash in dollars, its ledger, its holdings. No method takes a user id.
   * Amounts are decimal strings: dollars with at most 2 decimals, quantities and prices with at most 8.
   * </pre>
   */
  public static final class AccountServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AccountServiceBlockingStub> {
    private AccountServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The cash balance.
     * </pre>
     */
    public io.cnop.user.v1.Balance getBalance(io.cnop.user.v1.GetBalanceRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetBalanceMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Brings dollars in.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with FAILED_PRECONDITION (DAILY_LIMIT_REACHED) and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public io.cnop.user.v1.Transaction deposit(io.cnop.user.v1.DepositRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDepositMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes dollars out.
     * UNAVAILABLE does not say whether it happened: as for Deposit.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, DAILY_LIMIT_REACHED) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public io.cnop.user.v1.Transaction withdraw(io.cnop.user.v1.WithdrawRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getWithdrawMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The ledger, newest first.
     * </pre>
     */
    public io.cnop.user.v1.ListTransactionsResponse listTransactions(io.cnop.user.v1.ListTransactionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListTransactionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The holding of one asset.
     * Fails with NOT_FOUND (HOLDING_NOT_FOUND) when the user has none of it.
     * </pre>
     */
    public io.cnop.user.v1.Holding getHolding(io.cnop.user.v1.GetHoldingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetHoldingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The holdings, in the order of their asset ids.
     * </pre>
     */
    public io.cnop.user.v1.ListHoldingsResponse listHoldings(io.cnop.user.v1.ListHoldingsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListHoldingsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Cash and holdings at market value, the most valuable first.
     * Fails with UNAVAILABLE (DEPENDENCY_UNAVAILABLE) when there are no prices.
     * </pre>
     */
    public io.cnop.user.v1.Portfolio getPortfolio(io.cnop.user.v1.GetPortfolioRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPortfolioMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AccountService.
   * <pre>
   * The account of the user who calls: its cash in dollars, its ledger, its holdings. No method takes a user id.
   * Amounts are decimal strings: dollars with at most 2 decimals, quantities and prices with at most 8.
   * </pre>
   */
  public static final class AccountServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AccountServiceFutureStub> {
    private AccountServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The cash balance.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.Balance> getBalance(
        io.cnop.user.v1.GetBalanceRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetBalanceMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Brings dollars in.
     * UNAVAILABLE does not say whether it happened: send the request again with the same request_id. The ErrorInfo of the
     * error names it, also when the client gave none.
     * Fails with FAILED_PRECONDITION (DAILY_LIMIT_REACHED) and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.Transaction> deposit(
        io.cnop.user.v1.DepositRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDepositMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes dollars out.
     * UNAVAILABLE does not say whether it happened: as for Deposit.
     * Fails with FAILED_PRECONDITION (INSUFFICIENT_FUNDS, DAILY_LIMIT_REACHED) and ALREADY_EXISTS
     * (IDEMPOTENCY_KEY_REUSED).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.Transaction> withdraw(
        io.cnop.user.v1.WithdrawRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getWithdrawMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The ledger, newest first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.ListTransactionsResponse> listTransactions(
        io.cnop.user.v1.ListTransactionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListTransactionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The holding of one asset.
     * Fails with NOT_FOUND (HOLDING_NOT_FOUND) when the user has none of it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.Holding> getHolding(
        io.cnop.user.v1.GetHoldingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetHoldingMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The holdings, in the order of their asset ids.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.ListHoldingsResponse> listHoldings(
        io.cnop.user.v1.ListHoldingsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListHoldingsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Cash and holdings at market value, the most valuable first.
     * Fails with UNAVAILABLE (DEPENDENCY_UNAVAILABLE) when there are no prices.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.cnop.user.v1.Portfolio> getPortfolio(
        io.cnop.user.v1.GetPortfolioRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPortfolioMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_BALANCE = 0;
  private static final int METHODID_DEPOSIT = 1;
  private static final int METHODID_WITHDRAW = 2;
  private static final int METHODID_LIST_TRANSACTIONS = 3;
  private static final int METHODID_GET_HOLDING = 4;
  private static final int METHODID_LIST_HOLDINGS = 5;
  private static final int METHODID_GET_PORTFOLIO = 6;

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
        case METHODID_GET_BALANCE:
          serviceImpl.getBalance((io.cnop.user.v1.GetBalanceRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.Balance>) responseObserver);
          break;
        case METHODID_DEPOSIT:
          serviceImpl.deposit((io.cnop.user.v1.DepositRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.Transaction>) responseObserver);
          break;
        case METHODID_WITHDRAW:
          serviceImpl.withdraw((io.cnop.user.v1.WithdrawRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.Transaction>) responseObserver);
          break;
        case METHODID_LIST_TRANSACTIONS:
          serviceImpl.listTransactions((io.cnop.user.v1.ListTransactionsRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.ListTransactionsResponse>) responseObserver);
          break;
        case METHODID_GET_HOLDING:
          serviceImpl.getHolding((io.cnop.user.v1.GetHoldingRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.Holding>) responseObserver);
          break;
        case METHODID_LIST_HOLDINGS:
          serviceImpl.listHoldings((io.cnop.user.v1.ListHoldingsRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.ListHoldingsResponse>) responseObserver);
          break;
        case METHODID_GET_PORTFOLIO:
          serviceImpl.getPortfolio((io.cnop.user.v1.GetPortfolioRequest) request,
              (io.grpc.stub.StreamObserver<io.cnop.user.v1.Portfolio>) responseObserver);
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
          getGetBalanceMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.GetBalanceRequest,
              io.cnop.user.v1.Balance>(
                service, METHODID_GET_BALANCE)))
        .addMethod(
          getDepositMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.DepositRequest,
              io.cnop.user.v1.Transaction>(
                service, METHODID_DEPOSIT)))
        .addMethod(
          getWithdrawMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.WithdrawRequest,
              io.cnop.user.v1.Transaction>(
                service, METHODID_WITHDRAW)))
        .addMethod(
          getListTransactionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.ListTransactionsRequest,
              io.cnop.user.v1.ListTransactionsResponse>(
                service, METHODID_LIST_TRANSACTIONS)))
        .addMethod(
          getGetHoldingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.GetHoldingRequest,
              io.cnop.user.v1.Holding>(
                service, METHODID_GET_HOLDING)))
        .addMethod(
          getListHoldingsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.ListHoldingsRequest,
              io.cnop.user.v1.ListHoldingsResponse>(
                service, METHODID_LIST_HOLDINGS)))
        .addMethod(
          getGetPortfolioMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.cnop.user.v1.GetPortfolioRequest,
              io.cnop.user.v1.Portfolio>(
                service, METHODID_GET_PORTFOLIO)))
        .build();
  }

  private static abstract class AccountServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AccountServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.cnop.user.v1.AccountServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AccountService");
    }
  }

  private static final class AccountServiceFileDescriptorSupplier
      extends AccountServiceBaseDescriptorSupplier {
    AccountServiceFileDescriptorSupplier() {}
  }

  private static final class AccountServiceMethodDescriptorSupplier
      extends AccountServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AccountServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AccountServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AccountServiceFileDescriptorSupplier())
              .addMethod(getGetBalanceMethod())
              .addMethod(getDepositMethod())
              .addMethod(getWithdrawMethod())
              .addMethod(getListTransactionsMethod())
              .addMethod(getGetHoldingMethod())
              .addMethod(getListHoldingsMethod())
              .addMethod(getGetPortfolioMethod())
              .build();
        }
      }
    }
    return result;
  }
}
