"""Compare two descriptions on the wire: everything an OpenAPI document says of requests and responses."""
