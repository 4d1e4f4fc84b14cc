"""The pages of trust: what the law wants public, what each may read of their own data, what HR administrators watch over."""
