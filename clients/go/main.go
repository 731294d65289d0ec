// A user's first minutes: register, sign in, deposit, preview, watch a price, buy, list the orders page by page, and handle two errors.
package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	inventoryv1 "github.com/cnop/cnop/gen/go/cnop/inventory/v1"
	orderv1 "github.com/cnop/cnop/gen/go/cnop/order/v1"
	userv1 "github.com/cnop/cnop/gen/go/cnop/user/v1"
	"google.golang.org/grpc"
)

func main() {
	log.SetFlags(0)
	address := "localhost:8080"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	config := "../service-config.json"
	if path := os.Getenv("CNOP_SERVICE_CONFIG"); path != "" {
		config = path
	}
	session := &session{}
	channel, err := dial(address, config, session)
	if err != nil {
		log.Fatal(err)
	}
	defer channel.Close()
	// The deadline of the whole program; each call also has that of the service config.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := firstMinutes(ctx, channel, session); err != nil {
		log.Fatal(explain(err))
	}
}

func firstMinutes(ctx context.Context, channel *grpc.ClientConn, session *session) error {
	auth := userv1.NewAuthServiceClient(channel)
	accounts := userv1.NewAccountServiceClient(channel)
	orders := orderv1.NewOrderServiceClient(channel)

	name, password := "go_"+strings.ToLower(rand.Text()[:10]), rand.Text()
	_, err := auth.Register(ctx, &userv1.RegisterRequest{Username: name, Email: name + "@example.com", Password: password,
		FirstName: "Ada", LastName: "Lovelace", RequestId: rand.Text()})
	if err != nil {
		return err
	}
	signedIn, err := auth.Login(ctx, &userv1.LoginRequest{Username: name, Password: password})
	if err != nil {
		return err
	}
	session.token = signedIn.AccessToken
	fmt.Println("signed in as", name)

	deposit, err := accounts.Deposit(ctx, &userv1.DepositRequest{Amount: "1000.00", RequestId: rand.Text()})
	if err != nil {
		return err
	}
	fmt.Println("deposited", deposit.Amount, "and has", deposit.BalanceAfter)

	preview, err := orders.PreviewOrder(ctx, &orderv1.PreviewOrderRequest{Side: orderv1.Order_BUY, AssetId: "ADA", Quantity: "10"})
	if err != nil {
		return err
	}
	fmt.Println("10 ADA would cost", preview.TotalAmount)
	if err := watchPrice(ctx, inventoryv1.NewInventoryServiceClient(channel)); err != nil {
		return err
	}

	buy := &orderv1.CreateOrderRequest{Side: orderv1.Order_BUY, AssetId: "ADA", Quantity: "10", RequestId: rand.Text()}
	order, err := orders.CreateOrder(ctx, buy)
	if err != nil {
		return err
	}
	fmt.Println("bought", order.Quantity, order.AssetId, "for", order.TotalAmount, order.Status)
	// If you do not know whether an order has arrived, send it again with the same request_id.
	again, err := orders.CreateOrder(ctx, buy)
	if err != nil {
		return err
	}
	fmt.Println("sent again, it is the same order:", again.OrderId == order.OrderId)

	buy.Quantity, buy.RequestId = "5", rand.Text()
	if _, err := orders.CreateOrder(ctx, buy); err != nil {
		return err
	}
	if err := listOrders(ctx, orders); err != nil {
		return err
	}

	buy.Quantity, buy.RequestId = "100000", rand.Text()
	_, err = orders.CreateOrder(ctx, buy)
	fmt.Println(explain(err))
	buy.Quantity, buy.RequestId = "-1", rand.Text()
	_, err = orders.CreateOrder(ctx, buy)
	fmt.Println(explain(err))
	return nil
}

// watchPrice reads the first message of a stream of prices. The next ones have what has changed; the last one says why
// the stream ends, and Recv then returns io.EOF: watch again, with ResumeSeq, to go on.
func watchPrice(ctx context.Context, inventory inventoryv1.InventoryServiceClient) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the stream
	stream, err := inventory.WatchPrices(ctx, &inventoryv1.WatchPricesRequest{AssetIds: []string{"ADA"}})
	if err != nil {
		return err
	}
	message, err := stream.Recv()
	if err != nil {
		return err
	}
	for _, price := range message.Prices {
		fmt.Println(price.AssetId, "is at", price.PriceUsd)
	}
	return nil
}

func listOrders(ctx context.Context, orders orderv1.OrderServiceClient) error {
	// One order per page, to show paging; the default is 50.
	request := &orderv1.ListOrdersRequest{PageSize: 1}
	for {
		page, err := orders.ListOrders(ctx, request)
		if err != nil {
			return err
		}
		for _, order := range page.Orders {
			fmt.Println("order", order.Side, order.Quantity, order.AssetId, order.Status)
		}
		if request.PageToken = page.NextPageToken; request.PageToken == "" {
			return nil
		}
	}
}
