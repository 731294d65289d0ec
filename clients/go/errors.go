package main

import (
	"fmt"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// explain describes an error by its invalid field or its reason, which programs can rely on.
func explain(err error) string {
	answer := status.Convert(err)
	for _, detail := range answer.Details() {
		if bad, ok := detail.(*errdetails.BadRequest); ok && answer.Code() == codes.InvalidArgument {
			for _, violation := range bad.FieldViolations {
				return fmt.Sprintf("invalid %s: %s", violation.Field, violation.Description)
			}
		}
	}
	for _, detail := range answer.Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok && info.Reason == "INSUFFICIENT_FUNDS" {
			return "not enough money: " + info.Reason
		} else if ok {
			return fmt.Sprintf("refused: %s (%s)", info.Reason, answer.Message())
		}
	}
	return fmt.Sprintf("%s: %s", answer.Code(), answer.Message())
}
