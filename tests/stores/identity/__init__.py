"""Registration, sign-in and passwords, over the table."""
