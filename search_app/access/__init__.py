"""Who may see the library: a shared passphrase, or accounts of an OpenID provider."""
