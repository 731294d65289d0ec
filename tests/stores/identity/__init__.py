"""Registration, sign-in, passwords and admins, with DynamoDB."""
