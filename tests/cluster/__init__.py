"""A real Kubernetes on this machine, in a network namespace of its own, and the tests of the chart inside it."""
