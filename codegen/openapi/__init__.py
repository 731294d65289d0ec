"""The OpenAPI document of the REST API, made from the contracts: their bindings, rules, policies and comments."""
