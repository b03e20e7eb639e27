"""What the programme steers by: projects, portfolios, the dashboard and the roadmap."""
