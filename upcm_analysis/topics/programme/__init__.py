"""What the programme steers by: projects, portfolios, the measurement plan and the brochure."""
