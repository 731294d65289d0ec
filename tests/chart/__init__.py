"""Tests of the Helm chart, and the programs that they need."""
