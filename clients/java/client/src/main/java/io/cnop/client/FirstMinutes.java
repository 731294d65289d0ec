package io.cnop.client;

import io.cnop.inventory.v1.InventoryServiceGrpc;
import io.cnop.inventory.v1.WatchPricesRequest;
import io.cnop.order.v1.CreateOrderRequest;
import io.cnop.order.v1.ListOrdersRequest;
import io.cnop.order.v1.ListOrdersResponse;
import io.cnop.order.v1.Order;
import io.cnop.order.v1.OrderServiceGrpc;
import io.cnop.order.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import io.cnop.order.v1.PreviewOrderRequest;
import io.cnop.user.v1.AccountServiceGrpc;
import io.cnop.user.v1.AuthServiceGrpc;
import io.cnop.user.v1.DepositRequest;
import io.cnop.user.v1.LoginRequest;
import io.cnop.user.v1.RegisterRequest;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A user's first minutes: register, sign in, deposit, preview, watch a price, buy, list the orders, two errors. */
public final class FirstMinutes {
  private FirstMinutes() {}

  public static void main(String[] arguments) throws IOException {
    String address = arguments.length > 0 ? arguments[0] : "localhost:8080";
    String config = System.getenv().getOrDefault("CNOP_SERVICE_CONFIG", "../service-config.json");
    Session session = new Session();
    ManagedChannel channel = Edge.open(address, Path.of(config), session);
    try {
      play(channel, session);
    } catch (StatusRuntimeException error) {
      System.err.println(Errors.explain(error));
      System.exit(1);
    } finally {
      channel.shutdownNow();
    }
  }

  private static void play(ManagedChannel channel, Session session) {
    // Each call has the deadline of the service config; a stub may set another.
    var auth = AuthServiceGrpc.newBlockingStub(channel);
    var accounts = AccountServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    var orders = OrderServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);

    String name = "java_" + id().substring(0, 8);
    String password = id();
    auth.register(RegisterRequest.newBuilder().setUsername(name).setEmail(name + "@example.com").setPassword(password)
        .setFirstName("Ada").setLastName("Lovelace").setRequestId(id()).build());
    session.token = auth.login(LoginRequest.newBuilder().setUsername(name).setPassword(password).build())
        .getAccessToken();
    say("signed in as %s", name);

    var deposit = accounts.deposit(DepositRequest.newBuilder().setAmount("1000.00").setRequestId(id()).build());
    say("deposited %s and has %s", deposit.getAmount(), deposit.getBalanceAfter());

    var preview = orders.previewOrder(
        PreviewOrderRequest.newBuilder().setSide(Order.Side.BUY).setAssetId("ADA").setQuantity("10").build());
    say("10 ADA would cost %s", preview.getTotalAmount());
    watchPrice(channel);

    CreateOrderRequest buy = buy("10");
    Order order = orders.createOrder(buy);
    say("bought %s %s for %s %s", order.getQuantity(), order.getAssetId(), order.getTotalAmount(), order.getStatus());
    // If you do not know whether an order has arrived, send it again with the same request_id.
    say("sent again, it is the same order: %s", orders.createOrder(buy).getOrderId().equals(order.getOrderId()));
    orders.createOrder(buy("5"));
    listOrders(orders);

    for (String quantity : new String[] {"100000", "-1"}) {
      try {
        orders.createOrder(buy(quantity));
      } catch (StatusRuntimeException error) {
        say("%s", Errors.explain(error));
      }
    }
  }

  /**
   * Reads the first message of a stream of prices. The next ones have what has changed; the last one says why the stream
   * ends: watch again, with resume_seq, to go on.
   */
  private static void watchPrice(ManagedChannel channel) {
    var request = WatchPricesRequest.newBuilder().addAssetIds("ADA").build();
    try (var watching = Context.current().withCancellation()) { // closing it ends the stream
      watching.run(() -> {
        var messages = InventoryServiceGrpc.newBlockingStub(channel).watchPrices(request);
        messages.next().getPricesList().forEach(price -> say("%s is at %s", price.getAssetId(), price.getPriceUsd()));
      });
    }
  }

  private static CreateOrderRequest buy(String quantity) {
    return CreateOrderRequest.newBuilder().setSide(Order.Side.BUY).setAssetId("ADA").setQuantity(quantity)
        .setRequestId(id()).build();
  }

  private static void listOrders(OrderServiceBlockingStub orders) {
    // One order per page, to show paging; the default is 50.
    ListOrdersRequest request = ListOrdersRequest.newBuilder().setPageSize(1).build();
    ListOrdersResponse page;
    do {
      page = orders.listOrders(request);
      for (Order order : page.getOrdersList()) {
        say("order %s %s %s %s", order.getSide(), order.getQuantity(), order.getAssetId(), order.getStatus());
      }
      request = request.toBuilder().setPageToken(page.getNextPageToken()).build();
    } while (!page.getNextPageToken().isEmpty());
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(format, values));
  }
}
