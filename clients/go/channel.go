package main

import (
	"context"
	"crypto/rand"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
)

// session holds the token of the signed-in user.
type session struct {
	token string
}

// dial opens a channel to the edge, with the retries and deadlines of the service config. Every call carries the token
// and an id that identifies it in the logs.
func dial(address, serviceConfig string, session *session) (*grpc.ClientConn, error) {
	config, err := os.ReadFile(serviceConfig)
	if err != nil {
		return nil, err
	}
	return grpc.NewClient(address,
		// Plaintext, as in `make run`; use credentials.NewTLS(nil) for an edge with a certificate.
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultServiceConfig(string(config)),
		grpc.WithUnaryInterceptor(session.sign),
		grpc.WithStreamInterceptor(session.signStream),
	)
}

func (s *session) sign(ctx context.Context, method string, request, reply any, channel *grpc.ClientConn,
	call grpc.UnaryInvoker, options ...grpc.CallOption) error {
	return call(s.signed(ctx), method, request, reply, channel, options...)
}

func (s *session) signStream(ctx context.Context, description *grpc.StreamDesc, channel *grpc.ClientConn, method string,
	open grpc.Streamer, options ...grpc.CallOption) (grpc.ClientStream, error) {
	return open(s.signed(ctx), description, channel, method, options...)
}

func (s *session) signed(ctx context.Context) context.Context {
	ctx = metadata.AppendToOutgoingContext(ctx, "x-request-id", rand.Text())
	if s.token != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+s.token)
	}
	return ctx
}
