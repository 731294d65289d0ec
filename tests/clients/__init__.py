"""Tests of the clients in all languages, built and run as their READMEs say, against the whole system."""
