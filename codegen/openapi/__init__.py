"""The OpenAPI document of the REST face, made from the contracts: their bindings, rules, policies and comments."""
