"""The prices of all assets, as the inventory service publishes them and every service reads them."""
