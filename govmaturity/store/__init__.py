"""What is kept between runs: uploads now; submissions and releases are to come."""
