"""How requests are sent: all that depends on how httpx works inside.

`stack` puts it together. From the top: `retries` above `limits` above `network`, or a `lane` of a pull, through
`proxies` over `tls`; `authentication` and `secrets` see to keys, `faults` reports what went wrong.
"""
