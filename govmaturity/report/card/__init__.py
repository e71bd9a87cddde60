"""The method card: what a framework does, on one A4 page (`make.method_card`)."""
