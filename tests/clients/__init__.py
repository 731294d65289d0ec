"""The clients of all languages, built and run against the whole system as a person would."""
